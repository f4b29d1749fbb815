"""Notes on the years of a chart: placed, numbered with the breaks in one list, and said to those who do not see."""

from dataclasses import replace
from datetime import date

import pytest

from app.views.columns import columns_view
from app.views.events import with_notes
from app.views.lines import line_view, multiples_view
from core.store import Note
from core.yearbook import Yearbook


@pytest.fixture
def book(catalogue, frame_of, tidy_row, old_ward, new_ward):
    """Revenue and poverty of 2011 to 2025, across the merger."""
    rows = [tidy_row(name, year, value + year - 2011) for name, value in (("budget_revenue", 30e9),
            ("poor_household_rate", 1)) for year in range(2011, 2025)]  # fmt: skip
    rows += [tidy_row("budget_revenue", 2025, 90e9, unit=new_ward)]
    return Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


@pytest.fixture
def view(book, new_ward):
    """The columns of revenue."""
    return columns_view(book.series("budget_revenue"), new_ward, 2020, "vi", id="x", title="Thu ngân sách")


@pytest.fixture
def note(old_ward):
    """A note of 2020 on the whole ward."""
    return Note(old_ward.key, 2020, "Dịch bệnh, chợ tạm đóng. Thu giảm.", id=1)


def numbered(view):
    """The number and the note of every mark, from left to right."""
    return [(event.place, event.number, view.notes[event.number - 1][:5]) for event in view.events]


@pytest.mark.parametrize("change", [{"year": 2010}, {"indicator": "poor_household_rate"}, {"year": 2031}])
def test_a_note_on_other_years_or_figures_is_not_on_the_chart(view, note, change):
    """The view stays as it is."""
    assert with_notes(view, [replace(note, **change)], "vi") is view


def test_a_chart_that_has_no_years_takes_no_notes(view, note):
    """A bar list of one year has nowhere to put a mark."""
    assert with_notes(replace(view, detail={}), [note], "vi").events == view.events


def test_breaks_and_notes_share_one_numbering_from_left_to_right(view, note, old_ward):
    """The merger, which stood alone, becomes the last of them; other notes follow."""
    assert [said for *_, said in numbered(view)] == ["Từ 1/"]
    notes = [note, replace(note, id=2, year=2012, text="Suy giảm", indicator="budget_revenue")]
    second = replace(view, notes=("khác", *view.notes), events=(replace(view.events[0], number=2),))
    found = with_notes(second, notes, "vi")
    assert numbered(found) == [(1, 1, "2012:"), (9, 2, "2020:"), (14, 3, "Từ 1/")]
    assert found.notes[3:] == ("khác",)


def test_the_table_and_the_alternative_text_have_the_notes_too(view, note):
    """The table with the number they have under the chart; the text in two sentences still."""
    found = with_notes(view, [replace(note, basis="Chỉ thị 16")], "vi")
    assert found.table.notes == ("1. 2020: Dịch bệnh, chợ tạm đóng. Thu giảm. (Chỉ thị 16)",)
    assert found.alt.endswith("; ghi chú: 2020: Dịch bệnh, chợ tạm đóng; Thu giảm.")
    assert found.alt.count(". ") == view.alt.count(". ")


def test_in_a_year_of_two_halves_a_note_stands_at_its_own(
    book, catalogue, tidy_row, frame_of, old_ward, new_ward, note
):
    """By its day; without one at the later half."""
    rows = [tidy_row("budget_revenue", 2025, 20e9, period="h1"), tidy_row("budget_revenue", 2024, 40e9)]
    rows += [tidy_row("budget_revenue", 2025, 50e9, unit=new_ward, period="h2")]
    series = Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows)).series("budget_revenue")
    halves = columns_view(series, new_ward, 2025, "vi", id="x", title="Thu")
    first, later = (place for place, label in enumerate(halves.detail["slots"]) if label.startswith("2025"))
    for day, place in ((date(2025, 3, 1), first), (date(2025, 9, 1), later), (None, later)):
        found = with_notes(halves, [replace(note, year=2025, day=day)], "vi")
        assert place in [event.place for event in found.events if found.notes[event.number - 1].endswith("Thu giảm.")]


def test_lines_and_small_multiples_mark_their_years_too(book, new_ward, note):
    """A note on one indicator stands in its own panel only, one on the ward in all."""
    line = line_view(book.series("poor_household_rate"), new_ward, 2020, "vi", id="x")
    assert 9 in [event.place for event in with_notes(line, [note], "vi").events]
    rows = [book.catalogue.indicators[name] for name in ("budget_revenue", "poor_household_rate")]
    family = multiples_view(book, rows, new_ward, 2020, "vi", family="budget")
    own = replace(note, indicator="poor_household_rate", id=2, year=2015)
    facets = {event.place: event.facet for event in with_notes(family, [note, own], "vi").events}
    assert (facets[9], facets[4]) == ("", "poor_household_rate")
