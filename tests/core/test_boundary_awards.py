"""Registers of merged wards: put together where every ward has one, else the reason; the new ward's own years stand."""

import pandas as pd
import pytest

from core.boundary_awards import awards_on_boundary_of
from tests.core.test_boundary import BOTH, NEW, A, B, places, row


def award(unit, year, count, *, registered=True, honour="gk_phuong", level="ward"):
    """One row of tidy_awards: of the register, or a report's total."""
    name = "" if registered else "award_collectives_ward"
    source = f"{'register' if registered else 'figure'}: {unit.code}.docx"
    return row(unit, name, float(count), year, source=source) | {
        "honour": honour if registered else "", "class": "", "level": level, "recipient": "collective",
        "mode": "regular", "decision_no": "",
    }  # fmt: skip


def merged(*rows, catalogue=BOTH):
    """The awards of the new ward."""
    return awards_on_boundary_of(catalogue, NEW.key, pd.DataFrame(list(rows)))


def test_a_ward_that_was_made_of_no_other_is_refused():
    """There is nothing to put together."""
    with pytest.raises(ValueError, match="MAU03"):
        merged(award(A, 2024, 3), catalogue=places())


def test_the_register_of_one_ward_alone_is_not_the_register_of_both():
    """The other is named; a total beside a register is no register either."""
    found = merged(award(A, 2024, 3), award(A, 2023, 2), award(B, 2023, 5, registered=False), award(NEW, 2025, 9))
    assert list(found.frame["year"]) == [2025]
    assert [(found.reasons[year].name, found.reasons[year].wards) for year in (2024, 2023)] == [
        ("missing", ("Phường Gương",)), ("registers", ("Phường Gương",)),
    ]  # fmt: skip


def test_a_partial_predecessor_leaves_every_year_open():
    """Whose awards came over is not known."""
    found = merged(award(A, 2024, 3), award(B, 2024, 3), catalogue=places((A, "full"), (B, "partial")))
    assert found.frame.empty and found.reasons[2024].name == "partial"


def test_two_registers_are_one_under_the_new_ward():
    """Every row of both; totals reports print beside them are left out, for they are of one ward."""
    rows = [award(A, 2024, 3), award(B, 2024, 5), award(B, 2024, 6, registered=False)]
    found = merged(*rows)
    assert sorted(found.frame["value"]) == [3, 5] and set(found.frame["unit_code"]) == {NEW.code}


def test_totals_of_all_wards_add_up_where_none_has_a_register():
    """3 and 5 awards to collectives are 8."""
    found = merged(award(A, 2024, 3, registered=False), award(B, 2024, 5, registered=False))
    assert [int(count) for count in found.frame["value"]] == [8]
    assert found.frame["source"].iloc[0].startswith("figure")
    assert found.frame["level"].iloc[0] == "ward"


def test_the_year_of_the_change_is_the_new_wards_own():
    """A register tells no half of a year: the old wards' rows of that year are not added to it."""
    found = merged(award(A, 2025, 3), award(B, 2025, 3), award(NEW, 2025, 9))
    assert list(found.frame["value"]) == [9]
