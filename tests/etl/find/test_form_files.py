"""Budget forms before and in the year say the same in whatever program an office keeps them."""

import pytest

from core.settings import ROOT
from etl.find import find
from etl.readers import read_file

FOLDER = ROOT / "tests" / "fixtures" / "forms"
KINDS = (".docx", ".xlsx", "-text.xlsx", ".ods", ".xls", ".pdf", ".html")
THOUSAND = 1000
OWN, TERRITORY, SPENT = "budget_revenue_own", "budget_revenue", "budget_expenditure"
LINE, PART = "budget_revenue_line", "budget_expenditure_line"
# form -> indicator, member, period, scenario, basis -> value; amounts in thousand đồng
ADOPTED = {
    "108": {
        (OWN, ""): 5200, (LINE, "r100"): 900, (LINE, "rshared"): 1100, (LINE, "rtopup"): 3200,
        (LINE, "rtopup_balance"): 3000, (LINE, "rtopup_target"): 200,
        (SPENT, ""): 5200, (PART, "edev"): 700, (PART, "ereg"): 4400, (PART, "ereserve"): 100,
    },
    "109": {
        (TERRITORY, ""): 9000, (OWN, ""): 5200, (LINE, "r100"): 900, (LINE, "rshared"): 1100, (LINE, "rtopup"): 3200,
        (LINE, "rtopup_balance"): 3000, (LINE, "rtopup_target"): 200,
    },
    "110": {(SPENT, ""): 5200, (PART, "edev"): 700, (PART, "ereg"): 4500, (PART, "ereserve"): 100},
}  # fmt: skip
LEFT_OUT = {
    **dict.fromkeys(("103", "104", "105"), "etl.form_draft"), **dict.fromkeys(("119", "120"), "etl.form_nothing_kept"),
}  # fmt: skip
# form -> the part of the year its title names, and of each indicator the year's plan and what that part brought
IN_YEAR = {
    "113": ("h1", {
        (OWN, ""): (5200, 2600), (LINE, "r100"): (900, 450), (LINE, "rshared"): (1100, 550),
        (LINE, "rtopup"): (3200, 1600), (SPENT, ""): (5200, 2080), (PART, "edev"): (700, 280),
        (PART, "ereg"): (4500, 1800),
    }, {f"{OWN}_attainment": 50, f"{SPENT}_attainment": 40}),
    "114": ("q3", {
        (TERRITORY, ""): (9000, 2700), (OWN, ""): (5200, 1300), (LINE, "r100"): (900, 225),
        (LINE, "rshared"): (1100, 275), (LINE, "rtopup"): (3200, 800),
    }, {f"{TERRITORY}_attainment": 30, f"{OWN}_attainment": 25}),
    "115": ("h1", {(SPENT, ""): (5200, 2080), (PART, "edev"): (700, 280), (PART, "ereg"): (4500, 1800)},
            {f"{SPENT}_attainment": 40}),
}  # fmt: skip


def read(name, kind, catalogue):
    """What is found in the file of a form; nothing in these is asked or refused."""
    path = FOLDER / f"{name}{kind}"
    found = find(read_file(path.name, path.read_bytes()), catalogue)
    assert (found.questions, found.faults) == ([], [])
    return found


def said(found):
    """Its figures by key; all are of 2024, and so is the file, though it was signed in December 2023."""
    assert {figure.year for figure in found.figures} | {found.year} == {2024}
    return {(f.indicator, f.member, f.period, f.scenario, f.basis): f.value for f in found.figures}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_no_plan_yet_or_holds_nothing_for_the_store_is_named_and_gives_no_figure(name, kind, catalogue):
    """What goes to the council is nobody's plan; projects and funds are no indicators."""
    found = read(name, kind, catalogue)
    assert found.figures == [] and [notice.code for notice in found.notices] == [LEFT_OUT[name]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ADOPTED)
def test_an_adopted_budget_is_the_councils_plan(name, kind, catalogue):
    """Rows under "Trong đó" join no total twice."""
    wanted = {(*key, "year", "plan", "council"): value * THOUSAND for key, value in ADOPTED[name].items()}
    assert said(read(name, kind, catalogue)) == wanted


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", IN_YEAR)
def test_an_in_year_form_gives_its_part_of_the_year(name, kind, catalogue):
    """The plan alone is the whole year's; what is set beside last year is no figure."""
    period, amounts, attained = IN_YEAR[name]
    wanted = {(*key, "year", "plan", "unstated"): pair[0] * THOUSAND for key, pair in amounts.items()}
    wanted |= {(*key, period, "estimate", ""): pair[1] * THOUSAND for key, pair in amounts.items()}
    wanted |= {(key, "", period, "estimate", "unstated"): value for key, value in attained.items()}
    assert said(read(name, kind, catalogue)) == wanted
