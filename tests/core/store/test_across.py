"""What several units reached in one indicator: real and sample apart, plans and members left out, by an index."""

import re
from datetime import date

from sqlalchemy import event

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import Group, across_units, shared_indicators, store_batch
from core.store.review import unlock
from tests.core.store.examples import SAMPLE, WARD, add_account, explain, figure, plan, report

OTHER = UnitKey("00235", date(1900, 1, 1))
ATTAINED = "budget_revenue_attainment"


def printed(value, unit, **rest):
    """A printed attainment."""
    return figure(ATTAINED, value, unit=unit, **({"basis": "unstated"} | rest))


def test_a_year_that_nobody_knows_gives_no_rows_but_every_column(store):
    """The types are those of a full frame."""
    empty = across_units(store, ATTAINED, [1999], sample=False)
    store_batch(store, figures=[printed("101", WARD)], report=report(published=date(2021, 1, 28)), who="an")
    full = across_units(store, ATTAINED, [2020], sample=False)
    assert empty.empty and empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert full.scope_unstated.tolist() == [False]


def test_sample_wards_and_real_ones_never_come_together(store):
    """Neither do a sample report's figures of a real ward come with the real ones."""
    store_batch(store, figures=[printed("101", WARD), printed("90", SAMPLE)], report=None, who="an")
    invented = report("mẫu", name="mau.docx", unit=OTHER, is_sample=True)
    store_batch(store, figures=[printed("150", OTHER)], report=invented, who="an")
    assert across_units(store, ATTAINED, [2020], sample=False).value.tolist() == [101]
    assert sorted(across_units(store, ATTAINED, [2020], sample=True).value) == [90, 150]


def test_plans_members_and_other_years_stay_away(store):
    """Parts of a year come too: they are told apart by their period."""
    groups = [Group("to-1", WARD, "Tổ 1", "tổ dân phố")]
    store_batch(store, report=None, who="an", groups=groups, figures=[
        figure(value="8"), figure(value="4", period="h1"), plan(value="9"), figure(value="7", year=2019),
        figure(value="6", year=2018), figure("cultural_group_title", "1", member="to-1"),
    ])  # fmt: skip
    rows = across_units(store, "budget_revenue", [2019, 2020], sample=False)
    assert list(zip(rows.year, rows.period, rows.value, strict=True)) == [
        (2019, "year", 7), (2020, "h1", 4), (2020, "year", 8),
    ]  # fmt: skip
    assert across_units(store, "cultural_group_title", [2020], sample=False).empty


def test_computed_attainments_come_with_the_printed_ones_and_with_their_report(store):
    """The flag of an unstated scope, the report's title, address and day stand beside each value."""
    store_batch(store, figures=[figure(value="8"), plan(value="10")], report=None, who="an")
    paper = report(title="Tin trên báo", url="https://bao.vn/1", published=date(2021, 1, 5), unit=OTHER)
    store_batch(store, figures=[printed("97", OTHER, flags=("scope_unstated",))], report=paper, who="an")
    rows = across_units(store, ATTAINED, [2020], sample=False).set_index("method")
    assert rows.value.to_dict() == {"computed": 80, "reported": 97}
    assert rows.scope_unstated.to_dict() == {"computed": False, "reported": True}
    told = rows.loc["reported"]
    assert (told.title, told.url, told.published) == ("Tin trên báo", "https://bao.vn/1", date(2021, 1, 5))
    assert rows.loc["computed"].title == ""


def test_only_approved_values_are_compared(store):
    """From the first account on, a new value waits; staff may ask for the newest."""
    store_batch(store, figures=[printed("101", WARD)], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", "sửa sau quyết toán")
    store_batch(store, figures=[printed("120", WARD)], report=None, who="an")
    assert across_units(store, ATTAINED, [2020], sample=False).value.tolist() == [101]
    assert across_units(store, ATTAINED, [2020], sample=False, approved=False).value.tolist() == [120]


def test_indicators_are_shared_that_two_units_know_in_the_year(store):
    """Computed ones count; a plan is no result, another year is another year."""
    store_batch(store, report=None, who="an", figures=[
        figure(value="8"), plan(value="10"), printed("97", OTHER), figure("poor_households", "3"),
        plan("poor_households", "3", unit=OTHER), figure("poor_households", "5", unit=OTHER, year=2019),
    ])  # fmt: skip
    rows = shared_indicators(store, 2020, own=[WARD], sample=False)
    assert rows.to_dict("records") == [{"indicator": ATTAINED, "units": 2, "own": 1}]
    assert shared_indicators(store, 2020, own=[UnitKey("00241", WARD.valid_from)], sample=False).own.tolist() == [0]
    assert shared_indicators(store, 2020, own=[WARD, OTHER], sample=False).own.tolist() == [2]
    assert shared_indicators(store, 2020, own=[WARD], sample=True).empty


def test_what_is_fetched_to_choose_from_grows_with_indicators_never_with_wards(store):
    """A province of three thousand wards shares as many rows as two wards do; parts of a year are no second ward."""
    wards = [unit.key for unit in load_catalogue().places.units if unit.valid_from == date(2025, 7, 1)][:12]

    def fill(keys):
        store_batch(store, report=None, who="an", figures=[
            figure(name, "8", unit=key, year=2025, period=period) for key in keys for period in ("year", "h1")
            for name in ("poor_households", "budget_revenue")
        ])  # fmt: skip
        return shared_indicators(store, 2025, own=wards[:1], sample=False)

    two, twelve = fill(wards[:2]), fill(wards[2:])
    assert list(two.indicator) == list(twelve.indicator) == ["budget_revenue", "poor_households"]
    assert (set(two.units), set(twelve.units)) == ({2}, {12})


def test_a_read_across_units_goes_by_the_index_of_the_years(store):
    """Neither table of figures is read whole, on either database."""
    store_batch(store, figures=[figure(), plan(), printed("97", OTHER)], report=None, who="an")
    seen = []
    event.listen(store.reader, "before_cursor_execute", lambda *a: seen.append((a[2], a[3])))
    across_units(store, ATTAINED, [2019, 2020], sample=False)
    shared_indicators(store, 2020, own=[WARD, SAMPLE], sample=False)
    queries = [(statement, values) for statement, values in seen if statement.startswith("SELECT")]
    assert len(queries) == 2
    for statement, values in queries:
        plan_of = explain(store, statement, values)
        assert "current_figure_of_year" in plan_of
        assert not re.search(r"(Seq Scan on|SCAN) (current_)?(figure|c|f)\b", plan_of), plan_of
