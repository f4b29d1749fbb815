"""The tidy views: the columns people were promised, computed rows by their rules, register or figure but never both."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import event, inspect

from core.figures import UnitKey
from core.store import TIDY_COLUMNS, Group, store_batch, tidy, units_with_figures, years_known
from core.store.review import unlock
from tests.core.store.examples import WARD, add_account, award, explain, figure, plan, report

README = Path(__file__).resolve().parents[3] / "data" / "README.md"
TRUTHS = {"is_sample", "approved"}


def promised_columns() -> dict[str, list[str]]:
    """The columns data/README.md lists for each view; all have those of tidy_indicators first."""
    (views,) = re.findall(r"^## Tidy tables$(.*?)^## ", README.read_text(encoding="utf-8"), flags=re.M | re.S)
    sections = re.split(r"^### ", views, flags=re.MULTILINE)[1:]
    own = {part.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \|", part, flags=re.MULTILINE) for part in sections}
    common = own["tidy_indicators"]
    return {name: common if name == "tidy_indicators" else common + columns for name, columns in own.items()}


def computed(store, indicator) -> pd.DataFrame:
    frame = tidy(store, "tidy_indicators", indicators=[indicator])
    return frame[frame.method == "computed"]


def test_a_view_that_is_not_there_is_named(sqlite_store):
    """Asking for an unknown view is a programming error, not an empty frame."""
    with pytest.raises(KeyError, match="tidy_happiness"):
        tidy(sqlite_store, "tidy_happiness")


def test_the_views_have_exactly_the_columns_the_readme_lists(store):
    """Database, program and documentation agree, in the same order, on both databases."""
    views = {name for name in inspect(store.reader).get_view_names() if name.startswith("tidy_")}
    assert views == set(promised_columns())
    for name, columns in promised_columns().items():
        assert [column["name"] for column in inspect(store.reader).get_columns(name)] == columns
        assert list(TIDY_COLUMNS[name]) == columns
        assert list(tidy(store, name).columns) == columns


def test_the_types_are_the_same_empty_or_full(store):
    """Numbers, truths and texts have one type each; a text is never NaN, a missing number never 0."""
    empty = {name: tidy(store, name) for name in TIDY_COLUMNS}
    groups = [Group("to-1", WARD, "Tổ 1", "tổ dân phố")]
    figures = [figure(), figure("cultural_groups", "13"), figure("cultural_group_title", "1", member="to-1")]
    store_batch(store, figures=figures, awards=[award()], groups=groups, report=None, who="an")
    for name in TIDY_COLUMNS:
        full = tidy(store, name)
        assert len(full)
        assert empty[name].dtypes.to_dict() == full.dtypes.to_dict()
        assert full.of.isna().all()
        check_types(full)


def check_types(full: pd.DataFrame) -> None:
    for column in full:
        if column in ("value", "of"):
            assert full[column].dtype == "float64"
        elif column in TRUTHS:
            assert full[column].dtype == "bool"
        elif column in ("year", "batch"):
            assert full[column].dtype == "int64"
        elif column == "unit_from":
            assert full[column].map(type).eq(date).all()
        else:
            assert full[column].map(type).eq(str).all()


def test_a_unit_of_a_frame_is_a_key(store):
    """Code and day as read from a frame find the unit again."""
    store_batch(store, figures=[figure()], report=None, who="an")
    row = next(units_with_figures(store).itertuples())
    assert UnitKey(row.unit_code, row.unit_from) == WARD
    assert (row.name, row.district, row.province) == ("Phường Khương Thượng", "Quận Đống Đa", "Thành phố Hà Nội")
    assert (row.first_year, row.last_year, row.figures) == (2020, 2020, 1)


def test_attainment_is_computed_where_value_and_plan_can_be_compared(store):
    """Value / plan × 100 under the plan's basis, for each basis and each scenario of its own."""
    store_batch(store, report=None, who="an", figures=[
        figure(value="8756"), figure(value="8000", scenario="estimate"),
        plan(value="8400"), plan(value="8000", basis="council"),
    ])  # fmt: skip
    frame = computed(store, "budget_revenue_attainment").set_index(["scenario", "basis"])
    assert frame.value.round(6).to_dict() == {
        ("actual", "assigned"): 104.238095, ("actual", "council"): 109.45,
        ("estimate", "assigned"): 95.238095, ("estimate", "council"): 100,
    }  # fmt: skip
    assert set(frame.unit_of_measure) == {"percent"}
    budget = tidy(store, "tidy_budget", indicators=["budget_revenue_attainment"])
    assert set(budget.flow) == {"revenue"}
    assert set(budget.scope) == {"territory"}


@pytest.mark.parametrize(
    ("value", "planned"),
    [
        (figure(), plan(basis="unstated")),
        (figure(hedge="about"), plan()),
        (figure(), plan(hedge="over")),
        (figure(), plan(year=2021)),
        (figure(), plan(period="9m")),
        (figure(), plan(unit=UnitKey("00001", date(1900, 1, 1)))),
        (figure(), plan("budget_revenue_own")),
        (figure(), plan(value="0")),
        (figure(flags=("scope_unstated",)), plan()),
        (plan(value="90", basis="council"), plan()),
    ],
    ids=["unstated", "hedged", "hedged plan", "year", "period", "unit", "scope", "no plan", "scope unstated", "plans"],
)
def test_attainment_is_not_computed_otherwise(store, value, planned):
    """Where a side is unsure, or the two speak of different things, there is no computed row."""
    store_batch(store, figures=[value, planned], report=None, who="an")
    assert computed(store, "budget_revenue_attainment").empty


def test_a_reported_attainment_stays_beside_the_computed_one(store):
    """Both are told, and which is which."""
    printed = figure("budget_revenue_attainment", "104", basis="assigned")
    store_batch(store, figures=[figure(value="8756"), plan(value="8400"), printed], report=None, who="an")
    frame = tidy(store, "tidy_budget", indicators=["budget_revenue_attainment"])
    assert frame.set_index("method").value.round(2).to_dict() == {"computed": 104.24, "reported": 104}


def test_rates_are_computed_from_value_and_denominator(store):
    """13 of 18 groups is 72.2 %; without a denominator, with none at all or hedged there is no rate."""
    store_batch(store, report=None, who="an", figures=[
        figure("cultural_groups", "13", of="18", of_kind="registered"),
        plan("cultural_groups", "15", of="18"),
        figure("cultural_groups", "13", year=2019),
        figure("cultural_groups", "0", of="0", year=2018),
        figure("cultural_groups", "13", of="18", year=2017, hedge="about"),
    ])  # fmt: skip
    frame = computed(store, "cultural_groups_rate").set_index(["year", "scenario"])
    assert frame.value.round(2).to_dict() == {(2020, "actual"): 72.22, (2020, "plan"): 83.33}
    assert frame.of_kind.to_dict() == {(2020, "actual"): "registered", (2020, "plan"): ""}
    assert frame.basis.to_dict() == {(2020, "actual"): "", (2020, "plan"): "assigned"}


def test_periods_other_than_the_year_are_asked_for(store):
    """Charts of years take full years only; nothing else slips in."""
    store_batch(store, figures=[figure(), figure(period="9m", value="70")], report=None, who="an")
    assert tidy(store, "tidy_budget").value.tolist() == [100]
    assert tidy(store, "tidy_budget", period="9m").value.tolist() == [70]
    assert sorted(tidy(store, "tidy_budget", period=None).value) == [70, 100]


def test_the_register_speaks_before_the_reports_total(store):
    """Where the register has rows of a level and recipient the report's total of these is not shown beside them."""
    totals = [
        figure("award_collectives", "20"), figure("award_collectives_ward", "12"),
        figure("award_collectives_district", "5"), figure("award_individuals_ward", "30"),
        figure("title_collectives_ttldtt", "4"), figure("award_collectives_ward", "11", year=2019),
    ]  # fmt: skip
    register = [award(count=6), award(count=7, mode="campaign", decision_no="12/QĐ-UBND")]
    store_batch(store, figures=totals, awards=register, report=report(name="bc.docx"), who="an")
    frame = tidy(store, "tidy_awards", years=[2020])
    ward = frame[frame.indicator == "award_collectives_ward"]
    assert sorted(ward.value) == [6, 7]
    assert set(ward.source) == {"register: bc.docx"}
    assert set(ward.honour + ward.level + ward.recipient) == {"gk_phuong" + "ward" + "collective"}
    rest = frame[frame.indicator != "award_collectives_ward"]
    assert rest.set_index("indicator").value.to_dict() == {
        "award_collectives": 20, "award_collectives_district": 5, "award_individuals_ward": 30,
        "title_collectives_ttldtt": 4,
    }  # fmt: skip
    assert set(rest.source) == {"figure: bc.docx"}
    assert tidy(store, "tidy_awards", years=[2019]).value.tolist() == [11]
    assert "award_collectives_ward" in set(tidy(store, "tidy_indicators").indicator)


def test_a_title_in_the_register_does_not_stand_for_commendations(store):
    """Titles and commendations at one level are different things: the title replaces the title's total alone."""
    totals = [figure("award_collectives_ward", "12"), figure("title_collectives_ttldtt", "4")]
    store_batch(store, figures=totals, awards=[award("ttldtt", 3)], report=None, who="an")
    frame = tidy(store, "tidy_awards").set_index("indicator")
    assert frame.value.to_dict() == {"award_collectives_ward": 12, "title_collectives_ttldtt": 3}
    assert frame.source.to_dict() == {"award_collectives_ward": "figure", "title_collectives_ttldtt": "register"}


def test_an_unapproved_register_replaces_the_figure_only_for_those_who_see_the_newest(store):
    """Viewers keep the approved figure until the register is approved."""
    store_batch(store, figures=[figure("award_collectives_ward", "12")], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", "có sổ khen thưởng")
    store_batch(store, figures=[], awards=[award(count=6)], report=None, who="an")
    assert tidy(store, "tidy_awards").value.tolist() == [12]
    assert tidy(store, "tidy_awards", approved=False).value.tolist() == [6]


def test_a_page_asks_only_for_what_it_shows(store):
    """One statement, by the index of the key: nothing of other units is read."""
    store_batch(store, figures=[figure(), plan(), figure("cultural_groups", "13", of="18")], report=None, who="an")
    seen = []
    event.listen(store.reader, "before_cursor_execute", lambda *a: seen.append((a[2], a[3])))
    for name in TIDY_COLUMNS:
        seen.clear()
        tidy(store, name, unit=WARD)
        queries = [(statement, values) for statement, values in seen if statement.startswith("SELECT")]
        assert len(queries) == 1
        plan_of = explain(store, *queries[0])
        assert not re.search(r"(Seq Scan on|SCAN) (current_)?(figure|award|c|f|a|ca)\b", plan_of), plan_of


def test_years_are_known_by_period_and_scenario_and_only_when_approved(store):
    """What a year picker offers: no year twice, none of another ward, none that waits for its approval."""
    other = UnitKey("00235", WARD.valid_from)
    figures = [figure(year=2020), figure("conscripts", year=2020), plan(year=2021), figure(unit=other, year=2019)]
    store_batch(store, figures=[*figures, figure(period="h1", year=2022)], report=None, who="an")
    add_account(store)
    store_batch(store, figures=[figure(year=2023)], report=None, who="an")
    expected = [(2020, "year", "actual"), (2021, "year", "plan"), (2022, "h1", "actual")]
    assert list(years_known(store, WARD).itertuples(index=False, name=None)) == expected
    assert list(years_known(store, WARD, approved=False)["year"]) == [2020, 2021, 2022, 2023]
