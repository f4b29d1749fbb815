"""Drafts outlive whoever types: kept by unit, year, person and sheet, replaced whole, gone only when dropped."""

import pytest
from sqlalchemy.exc import IntegrityError

from core.store import verify
from core.store.drafts import draft_of, drafts_of, drop_draft, keep_draft
from tests.core.store.examples import SAMPLE, WARD

TYPED = {"budget_revenue": {"value": "12,5", "of": None}, "đơn vị": "triệu đồng"}


def test_a_draft_of_a_unit_nobody_knows_is_refused(store):
    """The database itself keeps drafts to units of the catalogue."""
    with pytest.raises(IntegrityError):
        keep_draft(store, WARD._replace(code="99999"), 2020, "an", "figures", TYPED)
    assert drafts_of(store, WARD) == []


def test_what_was_never_kept_is_nothing(store):
    """And dropping it changes nothing."""
    drop_draft(store, WARD, 2020, "an", "figures")
    assert draft_of(store, WARD, 2020, "an", "figures") is None


def test_a_draft_comes_back_as_it_was_typed(store):
    """Words with their accents, empty cells as empty; what is kept later stands instead of what was kept before."""
    keep_draft(store, WARD, 2020, "an", "figures", {"old": "1"})
    keep_draft(store, WARD, 2020, "an", "figures", TYPED)
    assert draft_of(store, WARD, 2020, "an", "figures") == TYPED
    assert [(each.year, each.who, each.sheet) for each in drafts_of(store, WARD)] == [(2020, "an", "figures")]


def test_a_draft_is_of_one_unit_year_person_and_sheet(store):
    """What differs in one of them is another draft, and dropping one leaves the others."""
    mine = (WARD, 2020, "an", "figures")
    others = [(SAMPLE, *mine[1:]), (WARD, 2021, *mine[2:]), (WARD, 2020, "bình", "figures"), (*mine[:3], "awards")]
    for number, key in enumerate((mine, *others)):
        keep_draft(store, *key, {"number": number})
    drop_draft(store, *mine)
    assert draft_of(store, *mine) is None
    assert [draft_of(store, *key)["number"] for key in others] == [1, 2, 3, 4]


def test_open_drafts_of_a_year_are_listed_newest_first(store):
    """So that a screen can say who else is typing, and since when."""
    for who in ("an", "bình", "an"):
        keep_draft(store, WARD, 2020, who, "figures", TYPED)
    found = drafts_of(store, WARD)
    assert [each.who for each in found] == ["an", "bình"]
    assert found[0].at >= found[1].at and found[0].at.tzinfo is not None
    assert verify(store) == []
