"""Notes that stand on the years of a chart: one numbering on screen, in the table and in every export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.views.slots import Slot
from app.views.view import Event, View
from app.views.words import break_note, day_words
from core.series import Series
from core.store import Note
from core.texts import text

_BRIEF = 90  # characters of a note in the alternative text, which is heard and not read


def break_events(
    series: Series, slots: Sequence[Slot], notes: Sequence[str], lang: str, facet: str = ""
) -> tuple[Event, ...]:
    """Where the breaks of a series stand among its slots, each with the number its note has in `notes`."""
    placed = [(place, slot.gap) for place, slot in enumerate(slots) if slot.gap is not None]
    opened = [entry.at for _, entry in placed]
    for entry in series.breaks:
        if entry.at not in opened:
            at = next(place for place, slot in enumerate(slots) if slot.point is series.points[entry.at])
            placed.append((at - 0.5, entry))
    return marked([(place, break_note(entry, lang)) for place, entry in placed], notes, facet)


def marked(placed: Iterable[tuple[float, str]], notes: Sequence[str], facet: str = "") -> tuple[Event, ...]:
    """The marks of the notes among `placed` (slot, text) that stand in the list of notes."""
    found = [Event(notes.index(said) + 1, place, facet) for place, said in placed if said in notes]
    return tuple(sorted(found, key=lambda event: event.place))


def with_notes(view: View, found: Sequence[Note], lang: str) -> View:
    """A chart of years with the notes that speak of its years and indicators.

    What stands on the years comes first, from left to right, then everything else: so the list has one numbering.
    """
    places = _places(view)
    own = [note for note in found if _speaks_of(note, view) and note.year in places]
    if not own:
        return view
    lines = {note.id: note_words(note, lang) for note in own}
    placed = [(event.place, view.notes[event.number - 1], event.facet) for event in view.events]
    facets = [facet["id"] for facet in view.detail.get("facets", ())]
    placed += [
        (_place(note, places), lines[note.id], note.indicator if note.indicator in facets else "") for note in own
    ]
    placed.sort(key=lambda mark: mark[0])
    notes = tuple(dict.fromkeys([*(said for _, said, _ in placed), *view.notes]))
    events = tuple(Event(notes.index(said) + 1, place, facet) for place, said, facet in placed)
    said = tuple(f"{notes.index(line) + 1}. {line}" for line in sorted(lines.values(), key=notes.index))
    return replace(
        view, notes=notes, events=events, table=replace(view.table, notes=said), alt=_alt(view, own, lang),
    )  # fmt: skip


def note_words(note: Note, lang: str) -> str:
    """ "2020: dịch bệnh, chợ tạm đóng (Chỉ thị 16/CT-TTg)", with its day where it has one."""
    when = day_words(note.day) if note.day else str(note.year)
    name = "line_basis" if note.basis else "line"
    return text(f"notes.{name}", lang, when=when, text=note.text, basis=note.basis)


def _places(view: View) -> Mapping[int, list[int]]:
    """The slots of each year on the chart's axis; a year in two halves has two."""
    places: dict[int, list[int]] = {}
    for place, label in enumerate(view.detail.get("slots", ())):
        if label:
            places.setdefault(int(label[:4]), []).append(place)
    return places


def _place(note: Note, places: Mapping[int, list[int]]) -> int:
    """Of a year in halves the half of the note's day, without a day the later one."""
    first, *_, last = places[note.year] * 2
    return first if note.day is not None and note.day.month <= 6 else last


def _speaks_of(note: Note, view: View) -> bool:
    return bool(view.indicators) and (not note.indicator or note.indicator in view.indicators)


def _alt(view: View, own: Sequence[Note], lang: str) -> str:
    """The notes inside the last sentence of the alternative text, which has two at most."""
    said = "; ".join(f"{note.year}: {_brief(note.text)}" for note in own)
    return text("notes.alt", lang, said=view.alt.rstrip("."), notes=said)


def _brief(words: str) -> str:
    plain = words.rstrip(".").replace(". ", "; ")
    return plain if len(plain) <= _BRIEF else plain[:_BRIEF].rsplit(" ", 1)[0] + "…"
