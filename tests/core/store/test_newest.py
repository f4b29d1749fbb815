"""The newest figures and awards as they were taken in."""

from datetime import date
from decimal import Decimal

from core.figures import Award, Figure, Origin, UnitKey
from core.store import batches, newest_awards, newest_figures, store_batch, undo

HERE, THERE = UnitKey("00238", date(1900, 1, 1)), UnitKey("00229", date(1900, 1, 1))


def figure(value, unit=HERE, **more):
    more = {"indicator": "budget_revenue", "year": 2020, **more}
    return Figure(value=Decimal(value), unit=unit, origin=Origin("Thu!C3", "table.wide"), **more)


def award(count, unit=HERE, year=2020):
    return Award(year, "gk_phuong", "ward", "collective", count, unit, origin=Origin("Khen!B3", "table.awards"))


def test_of_units_and_indicators_of_which_nothing_is_stored_there_is_nothing(store):
    """No fault."""
    assert newest_figures(store, [HERE], ["budget_revenue"]) == []
    assert newest_awards(store, [HERE], [2020]) == []


def test_the_newest_live_values_come_back_exactly_as_they_went_in(store):
    """Of the units, indicators and years that are asked for and no others; place and rule with them."""
    old, new = figure("8756500000.25"), figure("8756500001")
    planned = figure("0.5", year=2011, scenario="plan", basis="council")
    other = [figure(1, unit=THERE), figure(2, indicator="budget_expenditure"), planned]
    store_batch(store, figures=[old, *other], awards=[award(3), award(4, THERE), award(5, year=2019)],
                report=None, who="a")  # fmt: skip
    store_batch(store, figures=[new], report=None, who="b")
    assert newest_figures(store, [HERE], ["budget_revenue"]) == [planned, new]
    assert newest_awards(store, [HERE], [2020]) == [award(3)]
    undo(store, int(batches(store)["batch"].max()), who="b")
    assert newest_figures(store, [HERE], ["budget_revenue"]) == [old, planned]
    assert {found.unit for found in newest_figures(store, [HERE, THERE], ["budget_revenue"])} == {HERE, THERE}
