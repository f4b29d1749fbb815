"""The annex of a year-end report says the same in whatever file an office keeps it."""

from decimal import Decimal

import pytest

from core.settings import ROOT
from etl.find import find
from etl.readers import read_file

ANNEX = ROOT / "tests" / "fixtures" / "annex"
MILLION = 10**6


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods", "pdf", "html"])
def test_an_annex_reads_the_same_from_every_kind_of_file(kind, catalogue):
    """Two bases, nine months, the year's estimate, last year and next year's plan, each told by its header.

    Money in a child row joins no total; the one percentage that its amounts contradict is asked about, and the others,
    ratios and changes alike, are not.
    """
    path = ANNEX / f"phu-luc.{kind}"
    found = find(read_file(path.name, path.read_bytes()), catalogue)
    assert (found.unit_name.lower(), found.year, found.faults) == ("phường mẫu", 2023, [])
    said = {(f.indicator, f.member, f.year, f.period, f.scenario, f.basis): f.value for f in found.figures}
    revenue = {key[2:]: value for key, value in said.items() if key[0] == "budget_revenue"}
    assert revenue == {
        (2022, "year", "actual", ""): Decimal("8100.5") * MILLION,
        (2023, "year", "plan", "assigned"): 8400 * MILLION,
        (2023, "year", "plan", "council"): 8600 * MILLION,
        (2023, "9m", "actual", ""): 6100 * MILLION,
        (2023, "year", "estimate", ""): Decimal("8756.5") * MILLION,
        (2024, "year", "plan", "unstated"): 9000 * MILLION,
    }
    assert said["budget_revenue_attainment", "", 2023, "year", "estimate", "assigned"] == Decimal("104.2")
    assert said["budget_expenditure_line", "edev", 2023, "year", "estimate", ""] == 950 * MILLION
    assert said["health_insurance_rate", "", 2023, "year", "estimate", ""] == Decimal("95.6")
    assert said["poor_households", "", 2024, "year", "plan", "unstated"] == 5
    assert len(said) == 37
    (question,) = found.questions
    assert (question.code, question.params["computed"]) == ("etl.question_percent", "100,0")
    assert question.quote == "- Chi thường xuyên | So sánh (%) Ước TH so với cùng kỳ: 190"
    assert [notice.params["label"] for notice in found.notices] == ["Trong đó: Thu tiền sử dụng đất"]
