"""The sheet of residential groups: what is typed becomes figures, and what is not assessed none."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.entry_groups import (
    MISSED,
    OPEN,
    REACHED,
    all_groups,
    counted,
    ended,
    from_draft,
    group_rows,
    new_group,
    same_total,
    stored_total,
    there_in,
    title_figures,
    to_draft,
)
from core.errors import FaultError
from core.figures import Figure, UnitKey
from core.store import Group

WARD = UnitKey("00238", date(1900, 1, 1))
COLUMNS = ["id", "name", "kind", "valid_from", "valid_to", "successor", "unit_code"]


def group(number, **dates) -> Group:
    """A group by its number."""
    return Group(f"to-dan-pho-{number}", WARD, f"Tổ dân phố {number}", "tổ dân phố", **dates)


def title(number, year, value, scenario="actual") -> Figure:
    """Whether a group reached the title."""
    return Figure("cultural_group_title", year, Decimal(value), WARD, f"to-dan-pho-{number}", scenario=scenario)


def total(value, of, year=2021, **rest) -> Figure:
    """The number of groups that did."""
    return Figure("cultural_groups", year, Decimal(value), WARD, of=Decimal(of), **rest)


@pytest.mark.parametrize(
    ("words", "code"), [("", "no_name"), (" – ", "no_name"), ("7", "known"), ("TDP số 07", "known")]
)
def test_a_new_group_has_a_name_of_its_own(words, code):
    """However the name of a known one is written."""
    with pytest.raises(FaultError) as error:
        new_group(words, "tổ dân phố", None, [group(7)], WARD)
    assert [fault.code for fault in error.value.faults] == [f"entry_groups.{code}"]


@pytest.mark.parametrize(("day", "code"), [(None, "no_day"), (date(2019, 12, 31), "ends_first")])
def test_a_group_ends_on_a_day_after_it_began(day, code):
    """A day is needed, and not one before its first."""
    with pytest.raises(FaultError) as error:
        ended(group(7, valid_from=date(2020, 1, 1)), day, "")
    assert [fault.code for fault in error.value.faults] == [f"entry_groups.{code}"]


def test_a_new_group_is_called_after_its_kind():
    """A number is enough."""
    made = new_group("19", "khu phố", date(2021, 7, 1), [group(7)], WARD)
    assert made == Group("khu-pho-19", WARD, "Khu phố số 19", "khu phố", date(2021, 7, 1))


def test_a_year_has_the_groups_that_existed_in_it():
    """One that ended in the year or began in it too; one without dates always."""
    groups = [
        group(1), group(2, valid_to=date(2020, 12, 31)), group(3, valid_to=date(2021, 1, 1)),
        group(4, valid_from=date(2021, 12, 31)), group(5, valid_from=date(2022, 1, 1)),
    ]  # fmt: skip
    assert [each.name[-1] for each in there_in(groups, 2021)] == ["1", "3", "4"]


def test_drafted_groups_join_the_stored_ones_in_their_order():
    """"TDP 2" stands before "TDP 10", and a draft's version of a group replaces the stored one."""
    known = pd.DataFrame(
        [[f"to-dan-pho-{n}", f"Tổ dân phố {n}", "tổ dân phố", None, None, "", "00238"] for n in (10, 2)],
        columns=COLUMNS,
    )
    over = ended(group(2), date(2021, 6, 30), "to-dan-pho-10")
    assert all_groups(known, [group(3), over], WARD) == [over, group(3), group(10)]


def test_a_row_says_what_was_reached_before_and_what_is_stored():
    """The surest of several results counts; a plan is none."""
    figures = [title(1, 2020, 1, "estimate"), title(1, 2020, 0, "final"), title(2, 2021, 1), title(3, 2021, 1, "plan")]
    rows = group_rows([group(1), group(2), group(3)], figures, 2021)
    assert [(row.before, row.result) for row in rows] == [(MISSED, OPEN), (OPEN, REACHED), (OPEN, OPEN)]


def test_a_group_that_was_not_assessed_has_no_figure():
    """What is stored is given as it is stored, so that storing again changes nothing."""
    stored = title(2, 2021, 1, "final")
    rows = group_rows([group(1), group(2), group(3), group(4)], [stored], 2021)
    chosen = {"to-dan-pho-1": MISSED, "to-dan-pho-3": OPEN}
    assert title_figures(rows, chosen, WARD, 2021) == [title(1, 2021, 0), stored]
    assert title_figures(rows, {"to-dan-pho-2": MISSED}, WARD, 2021) == [title(2, 2021, 0)]


def test_a_total_is_the_same_by_its_two_numbers():
    """What its whole is called does not count; the surest stored one is compared."""
    stored = [total(12, 18, scenario="estimate"), total(13, 18, of_kind="unstated"), total(9, 9, year=2020)]
    now = stored_total(stored, 2021)
    assert now is stored[1]
    assert same_total(now, total(13, 18, of_kind="assessed"))
    assert not same_total(now, total(13, 17))
    assert not same_total(None, total(13, 18))
    assert stored_total(stored, 2019) is None
    assert counted([], WARD, 2021) is None


@given(st.lists(st.sampled_from([REACHED, MISSED, OPEN]), min_size=1, max_size=30))
def test_the_total_counts_those_that_reached_among_those_assessed(results):
    """Whatever is ticked: the groups by name and their count agree, as the rule asks."""
    groups = [group(number) for number in range(len(results))]
    chosen = {each.id: said for each, said in zip(groups, results, strict=True)}
    titles = title_figures(group_rows(groups, [], 2021), chosen, WARD, 2021)
    made = counted(titles, WARD, 2021)
    if all(said == OPEN for said in results):
        assert made is None
    else:
        assert (made.value, made.of) == (results.count(REACHED), len(results) - results.count(OPEN))
        assert made.of == len(titles)


@given(st.lists(st.tuples(st.integers(1, 99), st.none() | st.dates(), st.none() | st.dates()), max_size=5))
def test_groups_come_back_from_a_draft_as_they_went_in(rows):
    """Through JSON, days too."""
    groups = [group(number, valid_from=first, valid_to=last) for number, first, last in rows]
    assert from_draft(json.loads(json.dumps(to_draft(groups))), WARD) == groups
