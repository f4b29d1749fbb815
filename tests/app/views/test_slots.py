"""The places along the years: none is left out, and a break has one of its own."""

from __future__ import annotations

from app.views.slots import merger_of, place_of, slots_of
from app.views.words import period_words
from core.yearbook import Yearbook


def test_a_missing_year_keeps_its_place_and_a_merger_gets_one(catalogue, old_ward, new_ward, tidy_row, frame_of):
    """Years before and after a merger never adjoin."""
    rows = [tidy_row("cultural_groups", 2022, 15, of=18), tidy_row("cultural_groups", 2024, 17, of=18),
            tidy_row("cultural_groups", 2025, 26, of=30, unit=new_ward)]  # fmt: skip
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))
    slots = slots_of(book.series("cultural_groups"), "vi")
    assert [slot.label for slot in slots] == ["2022", "2023", "2024", "", "2025"]
    assert place_of(slots, 2025) == 4 and place_of(slots, 2031) is None and place_of(slots, None) is None
    assert merger_of(slots).on == new_ward.valid_from


def test_one_year_is_no_span():
    """"2020–2020" says nothing more."""
    assert period_words(2020, 2020) == "2020" and period_words(2011, 2024) == "2011–2024"
