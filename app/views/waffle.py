"""The residential groups of one year as squares: named only where a source names them, counted where none does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from app.views.groups import GROUPS, fraction_of, joined, rate_of, streak, title_ref, title_states, titles_of
from app.views.merged import derived_note
from app.views.sources import report_words
from app.views.view import Table, View
from app.views.words import fitting, place_words, source_words
from core.places import Unit
from core.series import Point
from core.texts import text
from core.vi.format import format_percent
from core.yearbook import Yearbook

NAMED, NUMBERED = 24, 60  # squares up to which names, then numbers, can be read
LISTED = 8  # names a sentence can hold


def waffle_view(book: Yearbook, groups: pd.DataFrame, year: int, unit: Unit, lang: str) -> View | None:
    """The residential groups of a year as squares; None where the year has neither titles nor a count out of a whole.

    Up to 24 groups with names, up to 60 with numbers, above that one filled share; without names where no source
    names the groups.
    """
    point = book.series(GROUPS).at(year)
    if point is None:
        return None
    states = title_states(book, groups, point.unit)
    squares = _squares(states, year)
    if squares.empty and (point.value is None or not point.of or point.of != point.of.to_integral_value()):
        return None
    if squares.empty:
        view = _unnamed(point, unit, lang)
        worked_out = [derived_note(book.merger, [year], lang)] if point.method == "derived" else []
        return replace(view, notes=(*view.notes, *worked_out))
    titles = titles_of(book, point.unit)
    return _named(point, squares, states, titles[titles["year"] == year], unit, lang)


def _squares(states: pd.DataFrame, year: int) -> pd.DataFrame:
    """The groups of a year that have a square: those that exist, and the few that come later, so that places stay."""
    now = states[states["year"] == year]
    if not now["state"].isin(["reached", "missed"]).any():
        return now.iloc[0:0]
    later = now["state"] == "before"
    kept = now[now["state"].isin(["reached", "missed", "unassessed"]) | (later & (later.sum() <= 6))]
    return kept.sort_values("row")


def _unnamed(point: Point, unit: Unit, lang: str) -> View:
    reached, of = int(point.value), int(point.of)
    rest, worked_out = of - reached, point.method == "derived"
    unnamed = text("boundary.unnamed" if worked_out else "culture.unnamed", lang)
    form = "unnamed" if of <= NUMBERED else "share"
    kind = ["reached"] * reached + ["missed"] * rest
    frame = pd.DataFrame(
        {
            "place": range(of), "name": "", "state": kind, "note": "",
            "hover": [text(f"culture.hover_unnamed_{state}", lang, unnamed=unnamed) for state in kind],
            "ref": point.ref(GROUPS),
        }
    )  # fmt: skip
    small = text("culture.noun_short", lang)
    said = {"count": rest, "of": of, "group": small}
    name = "boundary.waffle_title" if worked_out else "culture.waffle_unnamed"
    title = text(name if rest else f"{name}_all", lang, **said)
    words = text("culture.waffle_words" if form == "unnamed" else "culture.waffle_words_share", lang,
                 reached=reached, rest=rest, unnamed=unnamed)  # fmt: skip
    rows = [(text(f"culture.row_{name}", lang), number) for name, number in
            (("reached", reached), ("rest", rest), ("total", of))]  # fmt: skip
    columns = (text("culture.column_result", lang), text("culture.column_count", lang))
    table = Table(
        _waffle_caption(point, unit, lang), columns, tuple((name, str(number)) for name, number in rows),
        pd.DataFrame(rows, columns=list(columns)), tuple(("", point.ref(GROUPS)) for _ in rows),
    )
    tail = text("boundary.alt_unnamed" if worked_out else "culture.alt_unnamed", lang)
    return _whole(point, unit, lang, form, frame, title, table, tail, _base_notes(point, lang), words, reached, of)


def _named(
    point: Point, squares: pd.DataFrame, states: pd.DataFrame, titles: pd.DataFrame, unit: Unit, lang: str
) -> View:
    year = point.year
    form = "named" if len(squares) <= NAMED else "numbered" if len(squares) <= NUMBERED else "share"
    history = {group: list(zip(rows["year"], rows["state"], strict=True)) for group, rows in states.groupby("group_id")}
    notes = [_square_note(group, history[group.group_id], year, lang) for group in squares.itertuples()]
    words = {state: text(f"culture.hover_state_{state}", lang) for state in squares["state"].unique()}
    shown = squares["short"] if form != "numbered" else [_number_of(name) for name in squares["short"]]
    frame = pd.DataFrame(
        {
            "place": range(len(squares)), "name": list(shown), "note": notes,
            "state": squares["state"].replace({"before": "unassessed"}).to_list(),
            "hover": [
                text("culture.hover", lang, name=group.name, year=year, state=words[group.state]) + f"<br>{note}"
                for group, note in zip(squares.itertuples(), notes, strict=True)
            ],
            "ref": [title_ref(point.unit, year, group.group_id, group.state) for group in squares.itertuples()],
        }
    )  # fmt: skip
    counted = squares[squares["state"].isin(["reached", "missed"])]
    reached = int((counted["state"] == "reached").sum())
    missed = list(counted.loc[counted["state"] == "missed", "short"])
    table = _named_table(point, squares, history, notes, year, unit, lang)
    lines = _base_notes(point, lang)
    if missed and form != "named":
        lines.append(text("culture.note_list", lang, year=year, names=joined(missed, lang)))
    if point.value is not None and (int(point.value), int(point.of or len(counted))) != (reached, len(counted)):
        both = {"fraction": fraction_of(point, lang), "counted": f"{reached}/{len(counted)}"}
        lines.append(text("culture.note_difference", lang, **both))
    tail = _missed_tail(missed, lang)
    title = _missed_title(missed, len(counted), year, lang)
    words = text("culture.share_words", lang, reached=reached, rest=len(missed)) if form == "share" else ""
    view = _whole(point, unit, lang, form, frame, title, table, tail, lines, words, reached, len(counted))
    sample = view.is_sample or bool(titles["is_sample"].any())
    return replace(view, source=report_words(titles, lang), is_sample=sample)


def _missed_tail(missed: list[str], lang: str) -> str:
    if not missed:
        return text("culture.alt_all", lang)
    if len(missed) > LISTED:
        return text("culture.alt_table", lang)
    return text("culture.alt_missed", lang, names=joined(missed, lang))


def _missed_title(missed: list[str], of: int, year: int, lang: str) -> str:
    said = {
        "count": len(missed), "of": of, "year": year, "group": text("culture.noun_short", lang),
        "groups": text("culture.noun", lang),
    }  # fmt: skip
    if not missed:
        return text("culture.waffle_all", lang, **said)
    short = [text("culture.waffle_missed", lang, names=joined(missed, lang), **said)] if len(missed) <= LISTED else []
    return fitting([*short, text("culture.waffle_missed_many", lang, **said)])


def _whole(
    point: Point, unit: Unit, lang: str, form: str, frame: pd.DataFrame, title: str, table: Table, tail: str,
    notes: list[str], words: str, reached: int, of: int,
) -> View:  # fmt: skip
    name = {"named": "waffle_subtitle_named", "share": "waffle_subtitle_share"}.get(form, "waffle_subtitle")
    told = point if point.value is not None and point.of else None
    fraction = fraction_of(told, lang) if told else f"{reached}/{of}"
    rate = rate_of(told, lang) if told else format_percent(Decimal(reached) * 100 / of, lang)
    place = place_words(unit, lang)
    group = text("culture.noun_short", lang)
    return View(
        id="culture-waffle", kind="waffle", lang=lang, title=title, frame=frame, table=table,
        subtitle=text(f"culture.{name}", lang, place=place, year=point.year, fraction=fraction, rate=rate, of=of),
        alt=text(
            "culture.waffle_alt_share" if form == "share" else "culture.waffle_alt", lang, of=of, reached=reached,
            rest=of - reached, group=group, year=point.year, tail=tail,
        ),
        source=source_words([point], lang), notes=tuple(notes), is_sample=point.is_sample,
        detail={
            "form": form, "year": point.year, "reached": reached, "of": of, "words": words,
            "unnamed": not frame["name"].any(),
            "reached_words": text("culture.share_reached", lang, group=group),
            "rest_words": text("culture.share_rest", lang, group=group),
        },
    )  # fmt: skip


def _base_notes(point: Point, lang: str) -> list[str]:
    told = point.of_kind in ("registered", "assessed", "proposed")
    return [text(f"culture.note_of_{point.of_kind}", lang)] if told else []


def _waffle_caption(point: Point, unit: Unit, lang: str) -> str:
    return text("culture.table_waffle", lang, year=point.year, place=place_words(unit, lang))


def _square_note(group: object, history: list[tuple[int, str]], year: int, lang: str) -> str:
    """What the hall asks of a square: how long held, lost this year, new, or since when there is such a group."""
    past = dict(history)
    if group.state == "before":
        return text("culture.note_before", lang, year=int(group.first))
    if group.state == "missed":
        return text("culture.note_lost" if past.get(year - 1) == "reached" else "culture.note_missed", lang)
    if group.state == "unassessed":
        return text("culture.note_unassessed", lang)
    row = streak(history, year)
    if row > 1:
        return text("culture.note_row", lang, count=row)
    if past.get(year - 1) != "missed":
        return text("culture.note_reached", lang)
    held = any(state == "reached" for then, state in history if then < year)
    return text("culture.note_again" if held else "culture.note_first", lang)


def _number_of(name: str) -> str:
    digits = "".join(letter for letter in name.rpartition(" ")[2] if letter.isdigit())
    return digits or name[:4]


def _named_table(
    point: Point, squares: pd.DataFrame, history: dict, notes: list[str], year: int, unit: Unit, lang: str
) -> Table:
    header = (
        text("culture.column_group", lang), text("culture.column_state", lang, year=year),
        text("culture.column_streak", lang),
    )  # fmt: skip
    cells = [
        (group.name, text(f"culture.cell_{group.state}", lang), streak(history[group.group_id], year))
        for group in squares.itertuples()
    ]
    rows = tuple((name, state, str(run) if run else "–") for name, state, run in cells)
    refs = tuple(
        ("", title_ref(point.unit, year, group.group_id, group.state), "") for group in squares.itertuples()
    )
    return Table(_waffle_caption(point, unit, lang), header, rows, pd.DataFrame(cells, columns=list(header)), refs)
