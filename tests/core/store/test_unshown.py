"""Figures that are not for the public: marked and unmarked by rows that stay, and left out of every read."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import behind
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.figures import Origin, Ref
from core.sentences import Said
from core.store import (
    Note,
    Slot,
    across_units,
    add_note,
    award_register,
    flags,
    history,
    list_notes,
    notes,
    read,
    shared_indicators,
    shortfalls,
    sources,
    store_batch,
    stored_figures,
    tidy,
    timeline,
    trail,
    units_with_figures,
    verify,
    wording_of,
    wordings,
    write_wording,
    years_known,
)
from core.store.unshown import Unshown, for_public, list_unshown, mark_unshown, withdraw_unshown
from core.store.write import Group
from core.withheld import kin
from tests.core.store.examples import WARD, award, figure, plan, report

REVENUE = Unshown(WARD, 2020, "budget_revenue", "chưa quyết toán")
GROUPS = replace(REVENUE, indicator="cultural_groups")
AWARDS = replace(REVENUE, indicator="award_collectives_ward")
OTHER = WARD._replace(code="00229")
MONEY = ("budget_revenue", "budget_revenue_attainment")
SECRET = 4711  # stands in every number that must not be read
# reads of the store that hand out no figure, or are none of the public's
NO_FIGURES = {
    "batch_count", "frame_of", "batches", "reports", "residential_groups", "known_view", "add_note", "withdraw_note",
    "withdraw_sample_notes", "was_ever_noted", "write_wording", "withdraw_wording", "differences",
    "write_shortfall", "withdraw_shortfall", "withdraw_sample_shortfalls",
}  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "who", "code"),
    [
        (replace(REVENUE, reason=" "), "an", "unshown.no_reason"),
        (replace(REVENUE, reason="dài " * 60), "an", "unshown.too_long"),
        (replace(REVENUE, year=20), "an", "notes.no_year"),
        (replace(REVENUE, indicator="no_such"), "an", "store.unknown_indicator"),
        (replace(REVENUE, unit=WARD._replace(code="99999")), "an", "store.unknown_unit"),
        (REVENUE, " ", "notes.no_who"),
    ],
)
def test_a_mark_that_cannot_stand_is_refused_with_a_sentence(store, mark, who, code):
    """In both languages, and nothing is marked."""
    with pytest.raises(FaultError) as error:
        mark_unshown(store, mark, who)
    (fault,) = error.value.faults
    assert fault.code == code and fault.sentence("vi") != fault.sentence("en")
    assert list_unshown(store, [WARD]) == ()


def test_a_figure_is_marked_once_and_unmarked_once(store):
    """Each by a row of its own, which stays; who comes second is told so."""
    number = mark_unshown(store, REVENUE, "an")
    with pytest.raises(FaultError, match="marked already"):
        mark_unshown(store, replace(REVENUE, reason="như trên"), "bình")
    (mark,) = list_unshown(store, [WARD])
    assert (mark.who, mark.reason, mark.id) == ("an", "chưa quyết toán", number)
    withdraw_unshown(store, number, "bình")
    with pytest.raises(FaultError, match="there is no entry"):
        withdraw_unshown(store, number, "bình")
    assert list_unshown(store, [WARD]) == () and for_public(store).withheld == frozenset()
    assert mark_unshown(store, REVENUE, "an") > number and verify(store) == []


def fill(store) -> None:
    """A year whose revenue, cultural groups and awards are secret, another year, another ward, and what tells them."""
    there = Origin("trang 2, câu 5", "prose.ratio")
    group = Group("TDP01", WARD, "Tổ dân phố 1", "tdp")
    secret = [
        figure(value=f"{SECRET}000000", quote="Thu 4711 triệu đồng", origin=there), plan(value=f"{SECRET}0"),
        figure("budget_revenue_attainment", "104.711", basis="assigned"),
        figure("cultural_groups", "4711", of="47110", quote="4711 tổ"),
        figure("cultural_group_title", "4711", member="TDP01"),
        figure("award_collectives", "4711"), figure("award_individuals_city", "4711"),
    ]  # fmt: skip
    told = figure("conscripts", "12", quote="Thu 4711 triệu đồng, 12 thanh niên", origin=there)
    given = [award(count=SECRET), award("tdp_van_hoa", SECRET, level="ward")]
    store_batch(store, figures=[*secret, told], awards=given, groups=[group], report=report(), who="an")
    others = [figure(value="9", year=2021), plan(value="8", year=2021), figure(value="7", unit=OTHER)]
    store_batch(store, figures=[*others, figure("conscripts", "6", unit=OTHER)], awards=[award(count=5, year=2021)],
                report=None, who="an")  # fmt: skip
    add_note(store, Note(WARD, 2020, "Thu vượt vì 4711 hộ mới", indicator="budget_revenue"), "an")
    missed = shortfalls.Shortfall(WARD, 2020, "cultural_groups", "4711 hộ mới", "Làm lại", "Bình", date(2021, 6, 30))
    shortfalls.write_shortfall(store, missed, "an")
    number = Said("4711", (Ref(WARD, 2020, "budget_revenue"),), "4711")
    write_wording(store, Slot("budget", WARD, 2021, "vi"), "Thu {0} triệu", [number], "an", generated="", replaces=None)


# every read of figures: what it takes, told with one answer that holds the secret while nothing is marked
READS = {
    "tidy": lambda store: [tidy(store, name, unit=WARD, period=None) for name in read.TIDY_COLUMNS],
    "units_with_figures": lambda store: units_with_figures(store)["figures"],
    "across_units": lambda store: [across_units(store, name, [2020, 2021], sample=False) for name in MONEY],
    "shared_indicators": lambda store: shared_indicators(store, 2020, own=[WARD], sample=False),
    "years_known": lambda store: years_known(store, WARD),
    "sources": lambda store: sources(store, [WARD, OTHER]),
    "stored_figures": lambda store: stored_figures(store, [WARD, OTHER]),
    "flags": lambda store: flags(store, WARD),
    "history": lambda store: [history(store, figure(name).key) for name in ("budget_revenue", "cultural_groups")],
    "award_register": lambda store: award_register(store, WARD),
    "list_notes": lambda store: list_notes(store, [WARD]),
    "wording_of": lambda store: wording_of(store, Slot("budget", WARD, 2021, "vi")),
    "list_shortfalls": lambda store: shortfalls.list_shortfalls(store, [WARD]),
    "timeline": lambda store: [
        timeline.timeline(store, [WARD], years=[2020], indicators=names) for names in (["budget_revenue"], [""])
    ],
    "values_now": lambda store: wordings.values_now(store, [Ref(WARD, 2020, "budget_revenue")]),
    "rows_behind": lambda store: [
        behind.rows_behind(store, load_catalogue(), Ref(WARD, 2020, name)) for name in ("budget_revenue", "")
    ],
}  # fmt: skip


def test_every_read_of_the_store_is_held_to_it():
    """A new one that is in neither list fails here."""
    rooms = (read, trail, notes, wordings, shortfalls, timeline, behind)
    made = [each for room in rooms for each in inspect.getmembers(room, inspect.isfunction) if _own(each[1], room)]
    known = {name for name, function in made if "store" in inspect.signature(function).parameters}
    assert known - NO_FIGURES == set(READS)


def _own(function, room) -> bool:
    return function.__module__ == room.__name__ and not function.__name__.startswith("_")


@pytest.mark.parametrize("name", READS)
def test_no_read_gives_the_public_a_marked_figure(store, name):
    """Nor a plan, rate, part, note or sentence that tells it; whoever is signed in reads on as before."""
    fill(store)
    before = said(READS[name](store))
    for mark in (REVENUE, GROUPS, AWARDS):
        mark_unshown(store, mark, "an")
    assert said(READS[name](store)) == before
    public = said(READS[name](for_public(store)))
    assert public != before and str(SECRET) not in public
    if name not in ("shared_indicators", "years_known", "units_with_figures", "flags"):
        assert str(SECRET) in before


def said(answer) -> str:
    """An answer as text, frames whole."""
    if isinstance(answer, list | tuple):
        return "\n".join(map(said, answer))
    return answer.to_csv() if isinstance(answer, pd.DataFrame | pd.Series) else repr(answer)


def test_other_figures_of_the_ward_and_of_others_stay(store):
    """Another year, another indicator, another ward; a sentence of the report that tells the secret goes."""
    fill(store)
    for mark in (REVENUE, GROUPS, AWARDS):
        mark_unshown(store, mark, "an")
    found = sources(for_public(store), [WARD, OTHER])
    assert set(found["value"]) == {12, 9, 8, 7, 6, 5} and set(found["quote"]) == {""}
    assert years_known(for_public(store), WARD)["year"].unique().tolist() == [2020, 2021]


@pytest.mark.parametrize(
    ("indicator", "with_it", "without"),
    [
        ("budget_revenue", {"budget_revenue_attainment"}, {"budget_revenue_own", "budget_expenditure"}),
        ("budget_revenue_attainment", {"budget_revenue"}, {"budget_expenditure"}),
        ("budget_expenditure", {"budget_expenditure_line", "budget_expenditure_attainment"}, {"budget_revenue_line"}),
        ("budget_expenditure_line", {"budget_expenditure_line"}, {"budget_expenditure"}),
        ("cultural_groups_rate", {"cultural_groups", "cultural_group_title"}, {"cultural_families"}),
        ("poor_households", {"poor_household_rate"}, {"near_poor_households"}),
        ("award_individuals", {"award_collectives_ward", "title_individuals_ldtt"}, {"cultural_groups"}),
    ],
)
def test_with_a_figure_goes_all_it_could_be_worked_out_from(indicator, with_it, without):
    """And nothing else of its family."""
    found = kin(load_catalogue(), indicator)
    assert with_it | {indicator} <= found and not without & found


MARKS = st.frozensets(
    st.tuples(
        st.sampled_from([WARD, OTHER]), st.sampled_from([2020, 2021]),
        st.sampled_from([*MONEY, "cultural_groups", "conscripts", "award_households"]),
    ),
    max_size=6,
)  # fmt: skip


def test_whatever_is_marked_the_public_reads_all_the_rest_and_nothing_else(store):
    """The law behind the examples: what is read is what signed-in people read, less the kin of every mark."""
    fill(store)
    whole = {name: tidy(store, name, period=None) for name in read.TIDY_COLUMNS}

    @given(MARKS)
    @settings(max_examples=25, deadline=None)
    def law(marks):
        hidden = {(unit.code, year, name) for unit, year, mark in marks for name in kin(load_catalogue(), mark)}
        public = replace(store, withheld=marks)
        for view in ("tidy_indicators", "tidy_budget", "tidy_culture"):
            rows = whole[view]
            kept = [key not in hidden for key in zip(rows["unit_code"], rows["year"], rows["indicator"], strict=True)]
            pd.testing.assert_frame_equal(tidy(public, view, period=None), rows[kept].reset_index(drop=True))

    law()
