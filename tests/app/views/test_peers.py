"""Like with like only: who may be held against whom, who stands apart, and why."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from app.views.peers import comparison
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.places import Places, Succession, Unit

SINCE, MERGED = date(1900, 1, 1), date(2025, 7, 1)
ATTAINED, EXPENDED = "budget_revenue_attainment", "budget_expenditure_attainment"
FAMILIES, POOR = "cultural_families_rate", "poor_household_rate"


def ward(code, *, since=SINCE, until=None, name=""):
    """A ward of its own name."""
    return Unit(code, since, until, name or f"Phường {code}", "phường", "", "Thành phố Thử")


WARDS = [ward(code) for code in "ABCDEF"]
OLD, PART = ward("CU", until=date(2025, 6, 30)), ward("PHAN", until=date(2025, 6, 30))
NEW = ward("MOI", since=MERGED)
A, B, C, D = (unit.key for unit in WARDS[:4])


@pytest.fixture(scope="module")
def catalogue():
    """The indicators as they are; six wards, and two that went into a third in July 2025."""
    steps = tuple(Succession(MERGED, unit.key, NEW.key, "full") for unit in (OLD, PART))
    return replace(load_catalogue(), places=Places((*WARDS, OLD, PART, NEW), steps))


def row(unit, value, **more):
    """One row as the store gives it across units."""
    key = unit.key if isinstance(unit, Unit) else unit
    return {
        "unit_code": key.code, "unit_from": key.valid_from, "unit_name": key.code, "year": 2024, "period": "year",
        "indicator": ATTAINED, "member": "", "scenario": "actual", "basis": "assigned", "value": float(value),
        "of": float("nan"), "of_kind": "", "unit_of_measure": "percent", "method": "reported", "hedge": "",
        "is_sample": False, "approved": True, "batch": 1, "source": "bc.docx", "scope_unstated": False,
        "title": "Báo cáo", "url": "", "published": None,
    } | more  # fmt: skip


def compare(catalogue, rows, *, own=(A,), indicator=ATTAINED, year=2024):
    """The comparison of some rows."""
    frame = pd.DataFrame([entry | {"indicator": indicator} for entry in rows])
    return comparison(catalogue, catalogue.indicators[indicator], frame, own, year)


def told(group):
    """The wards of a group in their order."""
    return [peer.unit.code for peer in group.peers]


def test_without_rows_there_is_nothing_to_compare(catalogue):
    """Neither a group nor a ward."""
    empty = comparison(catalogue, catalogue.indicators[ATTAINED], pd.DataFrame([row(A, 1)])[:0], (A,), 2024)
    assert (empty.main, empty.apart, empty.wards, empty.others) == (None, (), 0, 0)


def test_one_ward_alone_is_compared_with_nobody(catalogue):
    """It stands apart, and no other ward is counted."""
    found = compare(catalogue, [row(A, 101)])
    assert found.main is None and [told(group) for group in found.apart] == [["A"]] and found.others == 0


def test_figures_of_one_kind_are_ranked_the_better_first(catalogue):
    """Equal values share a place; the middle is that of the values."""
    group = compare(catalogue, [row(A, 99), row(B, 104), row(C, 104), row(D, 90)]).main
    assert told(group) == ["B", "C", "A", "D"] and group.ranked
    assert [group.place(peer) for peer in group.peers] == [1, 1, 3, 4]
    assert group.own.unit.key == A and group.median == 101.5


def test_where_less_is_better_the_least_stands_first(catalogue):
    """A poverty rate of 0 is the best."""
    rows = [row(A, 0.5, basis=""), row(B, 0, basis=""), row(C, 2, basis="")]
    group = compare(catalogue, rows, indicator=POOR).main
    assert told(group) == ["B", "A", "C"] and group.ranked


@pytest.mark.parametrize(
    "other",
    [
        {"basis": "council"}, {"basis": "unstated"}, {"scope_unstated": True}, {"scenario": "estimate"},
        {"scenario": "final"}, {"period": "h1"}, {"period": "9m"}, {"hedge": "about"},
    ],
    ids=str,
)  # fmt: skip
def test_a_figure_of_another_kind_stands_apart(catalogue, other):
    """Basis, scope, scenario, period and hedge each part two figures."""
    found = compare(catalogue, [row(A, 101), row(B, 102), row(C, 150, **other)])
    assert told(found.main) == ["B", "A"]
    assert [told(group) for group in found.apart] == [["C"]]


@pytest.mark.parametrize(
    ("indicator", "more", "doubts"),
    [
        (ATTAINED, {"basis": "unstated"}, ("basis",)),
        (ATTAINED, {"basis": "unstated", "scope_unstated": True}, ("basis", "scope")),
        (ATTAINED, {"hedge": "over"}, ("hedge",)),
        (FAMILIES, {"basis": ""}, ("of",)),
        (FAMILIES, {"basis": "", "of_kind": "total"}, ()),
        (POOR, {"basis": ""}, ()),
        (EXPENDED, {}, ("spending",)),
        ("budget_revenue", {"basis": ""}, ("size",)),
        ("onestop_files", {"basis": ""}, ("size", "neutral")),
    ],
)
def test_no_places_are_given_where_there_is_a_doubt(catalogue, indicator, more, doubts):
    """Unstated basis, scope or denominator, hedges, sizes, spending: the group is drawn, its wards are not ranked."""
    group = compare(catalogue, [row(A, 9, **more), row(B, 8, **more), row(C, 7, **more)], indicator=indicator).main
    assert group.doubts == doubts and group.ranked == (not doubts)


def test_of_fewer_than_three_there_is_no_middle(catalogue):
    """The middle of two is neither's."""
    assert compare(catalogue, [row(A, 99), row(B, 104)]).main.median is None


def test_ones_own_ward_is_drawn_with_its_like_even_where_another_group_is_larger(catalogue):
    """The larger group stands apart."""
    mine = [row(A, 99), row(B, 104)]
    unlike = [row(unit, 150, basis="unstated") for unit in WARDS[2:6]]
    found = compare(catalogue, mine + unlike)
    assert told(found.main) == ["B", "A"] and told(found.apart[0]) == ["C", "D", "E", "F"]


def test_without_ones_own_ward_the_largest_group_without_a_doubt_goes_first(catalogue):
    """Three comparable wards say more than four that may not be."""
    firm = [row(unit, 100) for unit in WARDS[:3]]
    unlike = [row(unit, 150, basis="unstated") for unit in WARDS[2:6]]
    found = compare(catalogue, firm + unlike, own=(UnitKey("Z", SINCE),))
    assert told(found.main) == ["A", "B", "C"] and found.main.own is None
    assert [told(group) for group in found.apart] == [["D", "E", "F"]]


def test_a_ward_with_figures_of_several_kinds_stands_once(catalogue):
    """With its like where it can, and not a second time among those apart; computed goes before printed."""
    rows = [
        row(A, 110), row(A, 106, basis="adjusted"), row(B, 104), row(B, 104.4, method="computed"),
        row(C, 90, basis="adjusted"), row(C, 91, basis="unstated"),
    ]  # fmt: skip
    found = compare(catalogue, rows)
    assert [(peer.unit.code, str(peer.value)) for peer in found.main.peers] == [("A", "110"), ("B", "104.4")]
    assert [(group.kind.basis, told(group)) for group in found.apart] == [("adjusted", ["C"])]


@pytest.mark.parametrize(
    ("own", "year", "kept"),
    [
        ((A,), 2024, ["A", "CU", "PHAN"]),
        ((NEW.key,), 2024, ["A", "MOI"]),
        ((A,), 2025, ["A", "MOI"]),
        ((PART.key,), 2025, ["A", "CU", "PHAN"]),
    ],
)
def test_a_ward_is_never_beside_one_that_it_came_from(catalogue, own, year, kept):
    """One's own stays, else the one that stood at the year's end; two that became one are two wards before."""
    rows = [row(unit, 100, year=year) for unit in (WARDS[0], OLD, PART, NEW)]
    assert sorted(told(compare(catalogue, rows, own=own, year=year).main)) == kept


def test_last_year_is_known_only_of_the_same_kind(catalogue):
    """With the reference of its own row; a change is this year's less last year's."""
    rows = [
        row(A, 104), row(A, 101, year=2023), row(B, 100), row(B, 99, year=2023, basis="council"),
        row(C, 90), row(C, 95, year=2022),
    ]  # fmt: skip
    peers = {peer.unit.code: peer for peer in compare(catalogue, rows).main.peers}
    assert (peers["A"].before, peers["A"].change) == (101, 3)
    assert peers["A"].before_ref == Ref(A, 2023, ATTAINED, scenario="actual", basis="assigned")
    assert peers["B"].before is None and peers["C"].change is None


def test_no_direction_crosses_a_break(catalogue):
    """Neither a change of the rules nor a ward's own beginning: what it tells of earlier years is another's."""
    year = [row(A, 1.5, basis="", year=year) for year in (2021, 2022)]
    changed = compare(catalogue, [*year, row(B, 1, basis="", year=2022)], indicator=POOR, year=2022)
    assert all(peer.before is None for peer in changed.main.peers)
    young = [row(NEW, value, year=year) for year, value in ((2024, 100), (2025, 120))] + [row(A, 90, year=2025)]
    assert all(peer.before is None for peer in compare(catalogue, young, year=2025).main.peers)
