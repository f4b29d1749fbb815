"""Awards by level over the years, one panel a kind of recipient, all on one scale."""

from __future__ import annotations

from datetime import date

import pandas as pd

from app.views.award_counts import COUNTED, SHOWN, AwardBook, Cell, level_end
from app.views.events import marked
from app.views.merged import derived_note, why_notes
from app.views.slots import Slot, merger_of, place_of
from app.views.sources import report_words
from app.views.view import Table, View
from app.views.words import break_note, day_words, fitting, lead_lower, period_words, place_words
from core.catalogue import Catalogue
from core.figures import LEVELS, RECIPIENTS, Ref
from core.places import Unit
from core.series import Break, Point
from core.texts import text
from core.vi.numbers import format_number
from core.vi.text import fold

TONES = {"central": 0, "ministry": 1, "province": 1, "district": 2, "ward": 3, "party_union": 4}


def ladder_views(book: AwardBook, year: int, unit: Unit, lang: str) -> tuple[View, ...]:
    """A ladder for collectives and one for individuals, one for households where there are any; none without awards."""
    point = book.at(year)
    if point is None or book.rows.empty:
        return ()
    given = set(book.rows["recipient"])
    panels = [recipient for recipient in RECIPIENTS if recipient in given]
    slots = _slots(book)
    cells = {
        (recipient, level): [None if slot.point is None else book.cell(slot.point, level, recipient) for slot in slots]
        for recipient in panels for level in _levels(book, recipient)
    }  # fmt: skip
    first = text(f"awards.recipient_{panels[0]}", lang)
    scale = tuple(
        tuple(cell.count if cell and cell.state == "given" else float("nan") for cell in row) for row in cells.values()
    )
    return tuple(
        _panel(book, recipient, cells, scale, slots, point, unit, lang, first=first)
        for recipient in panels
    )


def _levels(book: AwardBook, recipient: str) -> tuple[str, ...]:
    """The rows of a panel: the same for collectives and individuals; for households those that gave them anything."""
    return book.levels() if recipient in SHOWN else book.levels(recipient)


def level_label(level: str, unit: Unit, catalogue: Catalogue, lang: str) -> str:
    """A level as the ward calls it: "Thành phố" or "Tỉnh", "Quận" or "Huyện", its own kind."""
    if lang == "vi" and level == "province":
        name = "level_city" if fold(unit.province).startswith("thanh pho") else "level_province"
        return text(f"awards.{name}", lang)
    if lang == "vi" and level == "district" and unit.district:
        return text("awards.level_district", lang, kind=_district_kind(unit.district))
    if lang == "vi" and level == "ward":
        return unit.kind.capitalize()
    return catalogue.levels[level][lang]


def _district_kind(district: str) -> str:
    folded = fold(district)
    return next((kind for kind in ("Quận", "Huyện", "Thị xã", "Thành phố") if folded.startswith(fold(kind))), "Quận")


def _slots(book: AwardBook) -> tuple[Slot, ...]:
    gaps = {row.at: row for row in book.breaks}
    slots: list[Slot] = []
    for place, point in enumerate(book.points):
        if place in gaps:
            slots.append(Slot(gap=gaps[place]))
        slots.append(Slot(str(point.year), point))
    return tuple(slots)


def _panel(
    book: AwardBook, recipient: str, cells: dict, scale: tuple, slots: tuple[Slot, ...], point: Point, unit: Unit,
    lang: str, *, first: str,
) -> View:  # fmt: skip
    levels = _levels(book, recipient)
    label = {level: level_label(level, _widest(book, unit), book.catalogue, lang) for level in levels}
    name = text(f"awards.recipient_{recipient}", lang)
    rows = [
        {
            "row": row, "slot": place, "count": cell.count, "state": cell.state, "printed": _printed(cell, lang),
            "hover": text("awards.hover", lang, year=slots[place].year, level=label[level], name=name,
                          said=_said(cell, lang)),
            "ref": _ref(book, slots[place].point, level, recipient, cell),
        }
        for row, level in enumerate(levels) for place, cell in enumerate(cells[recipient, level]) if cell is not None
    ]  # fmt: skip
    totals = [book.total(slot.point, recipient) if slot.point else None for slot in slots]
    printed = ["" if total is None else _number(total, lang) for total in totals]
    laws = _laws(book, slots)
    notes = _notes(book, recipient, slots, laws, lang)
    own = book.rows[book.rows["recipient"] == recipient]
    title = _title(book, recipient, point, name, lang)
    known = [slot.year for slot, total in zip(slots, totals, strict=True) if total is not None and total == total]
    return View(
        id=f"awards-{recipient}", kind="ladder", lang=lang, title=title, frame=pd.DataFrame(rows),
        subtitle=text(
            "awards.ladder_subtitle" if first == name else "awards.ladder_subtitle_same", lang,
            place=place_words(unit, lang), period=period_words(slots[0].year, slots[-1].year), first=lead_lower(first),
        ),
        table=_table(levels, label, cells, recipient, slots, totals, book, unit, name, lang),
        alt=_alt(book, recipient, point, label, known, name, lang),
        source=report_words(own, lang), notes=notes, indicators=(f"award_{recipient}s",),
        events=marked(_placed(slots, laws, lang), notes),
        is_sample=bool(own["is_sample"].any()),
        detail={
            "slots": tuple(slot.label for slot in slots), "chosen": place_of(slots, point.year), "totals": printed,
            "levels": tuple((_headed(level, label[level], book, lang), TONES[level]) for level in levels),
            "total_head": text("awards.total_head", lang), "ended_words": text("awards.ended", lang),
            "keys": _keys(cells, slots, laws, lang) if recipient == SHOWN[0] else (),
            "laws": tuple(place for place, _ in laws), "scale_counts": scale,
        },
    )  # fmt: skip


def _ref(book: AwardBook, point: Point, level: str, recipient: str, cell: Cell) -> str:
    """Behind a count stand its rows; behind a ring the whole register of that year, which has no such row."""
    if cell.state == "given":
        return _refs(book, point, level=level, recipient=recipient)
    return _refs(book, point, recipient=recipient) if cell.state == "none" else ""


def _refs(book: AwardBook, point: Point, **asked: str) -> str:
    return " ".join(str(Ref(unit, point.year, **asked)) for unit in book.wards(point))


def _widest(book: AwardBook, unit: Unit) -> Unit:
    """The unit whose words name the levels: the oldest, which still had a district."""
    oldest = book.catalogue.unit(book.units[0])
    return oldest if oldest.district else unit


def _headed(level: str, label: str, book: AwardBook, lang: str) -> str:
    last = level_end(book.catalogue, level)
    if last is None or book.years is None or book.years[1] < last.year:
        return label
    return text("awards.level_until", lang, level=label, month=f"{last.month}/{last.year}")


def _number(total: float, lang: str) -> str:
    return text("numbers.none", lang) if total != total else format_number(int(total), 0, lang)


def _printed(cell: Cell, lang: str) -> str:
    return "0" if cell.state == "none" else _number(cell.count, lang)


def _said(cell: Cell, lang: str) -> str:
    if cell.state == "given":
        return text("awards.hover_given", lang, count=_number(cell.count, lang))
    return text(f"awards.hover_{cell.state}", lang)


def _laws(book: AwardBook, slots: tuple[Slot, ...]) -> list[tuple[int, Break]]:
    """Where the law or the competence changed: the slot before which it is marked, and the change itself."""
    found = []
    merger = merger_of(slots)
    for entry in book.catalogue.indicators[COUNTED].breaks:
        day = date.fromisoformat(str(entry["date"]))
        place = place_of(slots, day.year)
        if place and not (merger and merger.on == day):
            found.append((place, Break(place, day, "catalogue", entry["reason"])))
    return found


def _keys(cells: dict, slots: tuple[Slot, ...], laws: list, lang: str) -> tuple[tuple[str, str], ...]:
    """The keys of all panels, printed over the first."""
    states = {cell.state for row in cells.values() for cell in row if cell}
    highest = [cell for (_, level), row in cells.items() if level == LEVELS[0] for cell in row]
    given = any(cell and cell.state == "given" for cell in highest)
    keys = [("ringed", text("awards.key_ringed", lang))] if given else []
    keys += [("ring", text("awards.key_none", lang))] if "none" in states else []
    keys += [("dash", text("awards.key_missing", lang))] if "missing" in states else []
    keys += [("law", text("awards.key_law", lang))] if laws else []
    merger = merger_of(slots)
    return (*keys, *([("break", text("culture.key_break", lang, date=day_words(merger.on)))] if merger else []))


def _notes(
    book: AwardBook, recipient: str, slots: tuple[Slot, ...], laws: list[tuple[int, Break]], lang: str
) -> tuple[str, ...]:
    if recipient != SHOWN[0]:
        return _differences(book, recipient, lang)
    notes = [said for _, said in _placed(slots, laws, lang)]
    if book.merger is not None:
        told = sorted(year for year in set(book.rows["year"]) if year < book.merger.on.year)
        notes += [derived_note(book.merger, told, lang)] if told else []
        notes += why_notes(book.merger, [("", book.reasons)], lang)
    return (text("awards.note_year", lang), *notes, *_differences(book, recipient, lang))


def _placed(slots: tuple[Slot, ...], laws: list[tuple[int, Break]], lang: str) -> list[tuple[float, str]]:
    """The slot and note of each change of law or competence and of the merger."""
    changes = [
        (place - 0.5, text("awards.note_law", lang, day=day_words(law.on), reason=law.reason[lang]))
        for place, law in laws
    ]
    merger = merger_of(slots)
    gaps = [place for place, slot in enumerate(slots) if slot.gap is not None and slot.gap is merger]
    return [*changes, *((place, break_note(merger, lang)) for place in gaps)]


def _differences(book: AwardBook, recipient: str, lang: str) -> tuple[str, ...]:
    """A report's own total that is not the sum of the levels is said, never smoothed over."""
    said = []
    for point in book.points:
        total, printed = book.sum_of_levels(point, recipient), book.printed_total(point, recipient)
        if printed == printed and total == total and printed != total:
            said.append(text("awards.note_difference", lang, year=point.year, printed=_number(printed, lang),
                             total=_number(total, lang)))  # fmt: skip
    return tuple(said)


def _title(book: AwardBook, recipient: str, point: Point, name: str, lang: str) -> str:
    total = book.total(point, recipient)
    said = {"name": name, "year": point.year, "total": _number(total, lang)}
    if total != total:
        name = "title_apart" if point.year in book.reasons else "title_missing"
        return text(f"awards.{name}", lang, **said)
    past = [
        (old.year, book.total(old, recipient)) for old in book.points
        if old.year < point.year and book.comparable(old, point)
    ]  # fmt: skip
    known = [(year, count) for year, count in past if count == count]
    before = dict(known).get(point.year - 1)
    if len(known) > 1 and total > max(count for _, count in known):
        return fitting([text("awards.title_most", lang, first=known[0][0], **said)])
    if before is None:
        parted = [book.parting(old, point) for old in book.points if old.year < point.year]
        name = {"boundary": "title_new_boundary", "catalogue": "title_new_law"}
        moved = parted[-1].kind if parted and parted[-1] and not known else ""
        return text(f"awards.{name.get(moved, 'title_only')}", lang, **said)
    name = "title_same" if before == total else "title_more" if total > before else "title_less"
    gap = _number(abs(total - before), lang)
    return text(f"awards.{name}", lang, gap=gap, before=point.year - 1, **said)


def _alt(
    book: AwardBook, recipient: str, point: Point, label: dict[str, str], known: list[int], name: str, lang: str
) -> str:
    given = [
        text("awards.alt_level", lang, level=label[level], count=_number(cell.count, lang))
        for level in _levels(book, recipient) if (cell := book.cell(point, level, recipient)).state == "given"
    ]  # fmt: skip
    period = period_words(known[0], known[-1]) if known else str(point.year)
    now = text("awards.alt_now", lang, year=point.year, levels=", ".join(given)) if given else \
        text("awards.alt_none", lang, year=point.year)  # fmt: skip
    return text("awards.alt", lang, name=name, now=now, period=period)


def _table(
    levels: tuple[str, ...], label: dict[str, str], cells: dict, recipient: str, slots: tuple[Slot, ...],
    totals: list[float | None], book: AwardBook, unit: Unit, name: str, lang: str,
) -> Table:  # fmt: skip
    header = (text("awards.column_year", lang), *(label[level] for level in levels), text("awards.total_head", lang))
    rows, raw, refs = [], [], []
    for place, slot in enumerate(slots):
        if slot.point is None:
            continue
        own = [cells[recipient, level][place] for level in levels]
        said = [text("awards.cell_ended", lang) if cell.state == "ended" else _printed(cell, lang) for cell in own]
        rows.append((slot.label, *said, _number(totals[place], lang)))
        raw.append((slot.year, *(cell.count for cell in own), totals[place]))
        behind = (_ref(book, slot.point, level, recipient, cell) for level, cell in zip(levels, own, strict=True))
        known = totals[place] is not None and totals[place] == totals[place]
        refs.append(("", *behind, _refs(book, slot.point, recipient=recipient) if known else ""))
    caption = text("awards.table_ladder", lang, name=name, place=place_words(unit, lang))
    return Table(caption, header, tuple(rows), pd.DataFrame(raw, columns=list(header)), tuple(refs))
