"""Residential groups by year: who kept the cultural title, for how long, and when a group came or went."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from app.views.events import marked
from app.views.groups import GROUPS, fraction_of, joined, streak, title_ref, title_states, titles_of
from app.views.slots import Slot, merger_of, place_of, slots_of
from app.views.sources import report_words
from app.views.view import Table, View
from app.views.waffle import NUMBERED
from app.views.words import break_note, day_words, fitting, period_words, place_words
from core.figures import UnitKey
from core.places import Unit
from core.series import Series
from core.texts import text
from core.yearbook import Yearbook


def matrix_view(book: Yearbook, groups: pd.DataFrame, year: int, unit: Unit, lang: str) -> View | None:
    """Groups by year with streaks; None where no two years have titles by group.

    Shows the groups of the chosen year's boundary; of the one before where the new one has a single year. Of more than
    60 groups only those that missed the title at least once.
    """
    series = book.series(GROUPS)
    found = _unit_with_history(book, groups, series, year)
    if found is None:
        return None
    key, states = found
    kept = ["reached", "missed"] if states["group_id"].nunique() <= NUMBERED else ["missed"]
    shown = states[states["group_id"].isin(states.loc[states["state"].isin(kept), "group_id"])]
    shown = shown.assign(row=shown["row"].rank(method="dense").astype(int) - 1)
    if shown.empty:
        return None
    titles = titles_of(book, key)
    view = _whole(series, key, states, shown, year, unit, lang)
    return replace(view, source=report_words(titles, lang), is_sample=bool(titles["is_sample"].any()))


def _unit_with_history(
    book: Yearbook, groups: pd.DataFrame, series: Series, year: int
) -> tuple[UnitKey, pd.DataFrame] | None:
    point = series.at(year)
    if point is None:
        return None
    order = [point.unit, *(unit for unit in reversed(book.units) if unit != point.unit)]
    for key in order:
        states = title_states(book, groups, key)
        if states.loc[states["state"].isin(["reached", "missed"]), "year"].nunique() > 1:
            return key, states
    return None


def _whole(
    series: Series, key: UnitKey, every: pd.DataFrame, states: pd.DataFrame, year: int, unit: Unit, lang: str
) -> View:
    slots = slots_of(series, lang)
    own = {slot.year: place for place, slot in enumerate(slots) if slot.point and slot.point.unit == key}
    states = states[states["year"].isin(own)].assign(slot=lambda rows: rows["year"].map(own))
    told = sorted(states.loc[states["state"].isin(["reached", "missed"]), "year"].unique())
    end = max((then for then in told if then <= year), default=told[-1])
    chosen = place_of(slots, year)
    runs = _streaks(states, end, lang)
    finding = _matrix_title(every, end, lang)
    words = {name: text(f"culture.hover_state_{name}", lang) for name in states["state"].unique()}
    frame = states.assign(
        full=states["name"], name=states["short"],
        hover=[
            text("culture.hover", lang, name=row.name, year=row.year, state=words[row.state])
            for row in states.itertuples()
        ],
        ref=[title_ref(key, row.year, row.group_id, row.state) for row in states.itertuples()],
    )  # fmt: skip
    span = {"period": period_words(int(told[0]), int(told[-1])), "place": place_words(unit, lang)}
    notes = _matrix_notes(series, slots, told, lang)
    gaps = [(place, notes[-1]) for place, slot in enumerate(slots) if slot.gap is merger_of(slots)]
    name = "matrix_subtitle" if every["group_id"].nunique() <= NUMBERED else "matrix_subtitle_some"
    return View(
        id="culture-matrix", kind="matrix", lang=lang, title=finding, frame=frame,
        subtitle=text(f"culture.{name}", lang, **span),
        table=_matrix_table(key, states, slots, own, runs, unit, lang, end),
        alt=text("culture.matrix_alt", lang, groups=len(runs), years=len(told), finding=finding),
        source="", notes=notes, events=marked(gaps if merger_of(slots) else (), notes), indicators=(GROUPS,),
        detail={
            "slots": tuple(slot.label for slot in slots), "chosen": chosen,
            "fractions": tuple(_slot_fraction(slot, lang) for slot in slots),
            "streaks": tuple(runs[row] for row in sorted(runs)), "boxes": _boxes(states, lang),
            "brackets": _brackets(states),
            "elsewhere": tuple(
                (place, text("culture.elsewhere", lang)) for place, slot in enumerate(slots)
                if slot.point and slot.point.unit != key
            ),
            "keys": _matrix_keys(states, year, slots, chosen, lang),
            "fraction_head": text("culture.fraction_head", lang),
            "streak_head": text("culture.streak_head", lang, year=end),
        },
    )  # fmt: skip


def _slot_fraction(slot: Slot, lang: str) -> str:
    if slot.point is None:
        return ""
    return fraction_of(slot.point, lang) if slot.point.value is not None else text("culture.fraction_none", lang)


def _streaks(states: pd.DataFrame, end: int, lang: str) -> dict[int, tuple[str, str]]:
    """Row -> (words, tone) of what a group holds at the end of the run of years."""
    said = {}
    for row, group in states.groupby("row"):
        history = dict(zip(group["year"], group["state"], strict=True))
        count = streak(list(history.items()), end)
        if count > 1:
            said[int(row)] = (text("culture.streak_many", lang, count=count), "strong" if count >= 5 else "plain")
        elif count:
            said[int(row)] = (text("culture.streak_one", lang), "plain")
        else:
            name = {"missed": "missed", "after": "gone", "before": "not_yet"}.get(history.get(end, ""), "unassessed")
            said[int(row)] = (text(f"culture.streak_{name}", lang), "missed" if name == "missed" else "quiet")
    return said


def _matrix_title(states: pd.DataFrame, end: int, lang: str) -> str:
    counts = {
        group["short"].iloc[0]: streak(list(zip(group["year"], group["state"], strict=True)), end)
        for _, group in states.groupby("row")
    }
    most, group = max(counts.values()), text("culture.noun_short", lang)
    if most < 2:
        return text("culture.matrix_none", lang, group=group, year=end)
    least = min(4, most - 1)
    best = [name for name, count in counts.items() if count == most]
    if most <= 3 or least < 2:
        return text("culture.matrix_some", lang, count=len(best), group=group, most=most, year=end)
    kept = sum(count >= least for count in counts.values())
    said = {"count": kept, "group": group, "least": least, "most": most, "year": end}
    names = [text("culture.matrix_best", lang, names=joined(best, lang), **said)] if len(best) <= 4 else []
    return fitting([*names, text("culture.matrix_best_many", lang, **said)])


def _boxes(states: pd.DataFrame, lang: str) -> tuple[tuple[int, int, int, str], ...]:
    """Row, first and last slot and words of the years in which a group did not exist."""
    names = dict(zip(states["group_id"], states["short"], strict=True))
    found = []
    for (row, state), group in states[states["state"].isin(["before", "after"])].groupby(["row", "state"]):
        first, last, heir = group["first"].iloc[0], group["last"].iloc[0], names.get(group["successor"].iloc[0])
        if state == "before":
            name = "box_listed" if group["listed"].iloc[0] else "box_before"
            said = text(f"culture.{name}", lang, year=int(first))
        elif heir:
            said = text("culture.box_merged", lang, name=heir, year=int(last) + 1)
        else:
            said = text("culture.box_after", lang, year=int(last))
        found.append((int(row), int(group["slot"].min()), int(group["slot"].max()), said))
    return tuple(found)


def _brackets(states: pd.DataFrame) -> tuple[tuple[int, int, int], ...]:
    """Slot, first and last row of groups that went into the same one together."""
    gone = states[(states["state"] == "after") & (states["successor"] != "")]
    starts = gone.groupby(["successor", "row"])["slot"].min().reset_index()
    return tuple(
        (int(rows["slot"].min()), int(rows["row"].min()), int(rows["row"].max()))
        for _, rows in starts.groupby(["successor", "slot"])
        if len(rows) > 1
    )


def _matrix_keys(
    states: pd.DataFrame, year: int, slots: tuple[Slot, ...], chosen: int | None, lang: str
) -> tuple[tuple[str, str], ...]:
    present = set(states["state"])
    later = chosen is not None and (states.loc[states["state"] == "reached", "slot"] > chosen).any()
    keys = [("filled", text("culture.key_reached", lang, year=min(year, int(states["year"].max()))))]
    keys += [("later", text("culture.key_later", lang, year=year))] if later else []
    keys += [("dash", text("culture.key_missed", lang))] if "missed" in present else []
    keys += [("dotted", text("culture.key_absent", lang))] if present & {"before", "after"} else []
    merger = merger_of(slots)
    keys += [("break", text("culture.key_break", lang, date=day_words(merger.on)))] if merger else []
    return tuple(keys)


def _matrix_notes(series: Series, slots: tuple[Slot, ...], told: list[int], lang: str) -> tuple[str, ...]:
    notes = [text("culture.note_streak", lang, year=int(told[0]))]
    merger = merger_of(slots)
    if merger is not None:
        new = series.points[merger.at]
        said = text("culture.note_boundary", lang, date=day_words(merger.on), fraction=fraction_of(new, lang)) \
            if new.value is not None else break_note(merger, lang)  # fmt: skip
        notes.append(said)
    return tuple(notes)


def _matrix_table(
    key: UnitKey, states: pd.DataFrame, slots: tuple[Slot, ...], own: dict[int, int], runs: dict, unit: Unit,
    lang: str, end: int,
) -> Table:  # fmt: skip
    years = sorted(own)
    header = (
        text("culture.column_group", lang), *(slots[own[year]].label for year in years),
        text("culture.streak_head", lang, year=end),
    )  # fmt: skip
    rows, refs = [], []
    for row, group in states.groupby("row"):
        state = dict(zip(group["year"], group["state"], strict=True))
        refs.append(("", *(title_ref(key, year, group["group_id"].iloc[0], state[year]) for year in years), ""))
        cells = (text(f"culture.cell_{state[year]}", lang) for year in years)
        rows.append((group["name"].iloc[0], *cells, runs[int(row)][0]))
    caption = text("culture.table_matrix", lang, place=place_words(unit, lang))
    return Table(caption, header, tuple(rows), refs=tuple(refs))
