"""What storing a report would change: figures old and new with whose the old one is, and charts before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from app.views.budget import mix_view
from app.views.indicators import indicator_view
from app.views.matrix import matrix_view
from app.views.sources import entry_of, stored_value
from app.views.stored import who_words
from app.views.view import Table, View
from app.views.waffle import waffle_view
from core.catalogue import Catalogue
from core.figures import Award, Figure, UnitKey
from core.places import Unit
from core.store import Changes, Group
from core.texts import text
from core.vi.format import format_moment
from core.yearbook import Yearbook

KINDS = ("changed", "added", "same")
_SLOT = ("unit_code", "unit_from", "indicator", "member", "year", "period")
_KEY = (*_SLOT, "scenario", "basis", "honour", "class", "level", "recipient")
_QUOTE = 160  # characters of a sentence in a cell
_UNSTATED = "scope_unstated"


def change_tables(
    changes: Changes, known: pd.DataFrame, remarks: Mapping[tuple, Sequence[str]], catalogue: Catalogue,
    names: Mapping[str, str], lang: str, area: str = "upload",
) -> dict[str, Table]:
    """One table each of KINDS that has rows: figure, kind, year, old value and whose, new value, where it stood.

    `known` are the newest values (core.store.sources) of the units and years spoken of, `remarks` what the rules say
    beside a figure or award, by its key, `names` those of residential groups by id; `area` says whether
    the new values are those of a file ("upload") or typed by hand ("entry").
    """  # fmt: skip
    items: dict[str, list[tuple[Figure | Award, Figure | Award | None]]] = {
        "changed": [(new, old) for old, new in (*changes.changed, *changes.awards_changed)],
        "added": [(new, None) for new in (*changes.added, *changes.awards_added)],
        "same": [(new, None) for new in (*changes.same, *changes.awards_same)],
    }
    every = [new for found in items.values() for new, _ in found]
    several = len({item.unit for item in every}) > 1
    stored = {_key(row): row for row in known.to_dict("records")}
    made = {}
    for kind, found in items.items():
        rows = [_row(new, old, stored, remarks, catalogue, names, lang) for new, old in found]
        if rows:
            made[kind] = _table(kind, rows, several=several, lang=lang, area=area)
    return made


def _row(new, old, stored: Mapping, remarks: Mapping, catalogue: Catalogue, names: Mapping, lang: str) -> dict:
    row = row_of(new)
    said, there = entry_of(row, catalogue, dict(names), {}, lang), stored.get(_key(row))
    whose = ""
    if old is not None and there is not None:
        whose = text("upload.whose", lang, who=who_words(there["who"], lang), at=format_moment(there["at"]))
    quote = " ".join(said.quote.split())
    quote = f"“{quote[:_QUOTE]}{'…' if len(quote) > _QUOTE else ''}”" if quote else ""
    return {
        "unit": catalogue.unit(new.unit).name, "figure": said.name, "kind": said.kind, "year": str(said.year),
        "old": "" if old is None else stored_value(row_of(old), catalogue, lang), "new": said.value, "owner": whose,
        "place": " ".join(filter(None, (said.place, quote))), "remark": " ".join(remarks.get(new.key, ())),
    }  # fmt: skip


def _table(kind: str, rows: list[dict], *, several: bool, lang: str, area: str) -> Table:
    columns = ["figure", "kind", "year", "new", "place"]
    if kind == "changed":
        columns[3:4] = ["old", "new", "owner"]
    columns += ["remark"] if any(row["remark"] for row in rows) else []
    columns += ["unit"] if several else []
    if not any(row["place"] for row in rows):
        columns.remove("place")
    header = tuple(_column(name, lang, area) for name in columns)
    cells = tuple(tuple(row[name] for name in columns) for row in rows)
    return Table(text(f"{area}.caption_{kind}", lang), header, cells)


def _column(name: str, lang: str, area: str) -> str:
    """The head of a column; what stands in a file and what was typed differ in two of them."""
    return text(f"{area if name in ('new', 'place') else 'upload'}.column_{name}", lang)


def word_columns(table: Table, lang: str) -> tuple[int, ...]:
    """Which columns of such a table hold words."""
    numbers = {_column(name, lang, area) for name in ("year", "old", "new") for area in ("upload", "entry")}
    return tuple(place for place, name in enumerate(table.header) if name not in numbers)


def row_of(item: Figure | Award) -> dict:
    """A figure or award as a row of core.store.sources, of no batch yet."""
    origin, unit = item.origin, item.unit
    row = {
        "unit_code": unit.code, "unit_from": unit.valid_from, "year": item.year, "report": "", "quote": item.quote,
        "place": origin.place if origin else "", "rule": origin.rule if origin else "", "batch": 0, "who": "",
        "at": None, "is_sample": False, "url": "", "published": None,
    }  # fmt: skip
    if isinstance(item, Award):
        return row | {
            "indicator": "", "member": "", "period": "year", "scenario": "actual", "basis": "", "value": item.count,
            "of": None, "hedge": "", "flags": "", "honour": item.honour, "class": item.grade, "level": item.level,
            "recipient": item.recipient,
        }  # fmt: skip
    return row | {
        "indicator": item.indicator, "member": item.member, "period": item.period, "scenario": item.scenario,
        "basis": item.basis, "value": float(item.value), "of": None if item.of is None else float(item.of),
        "hedge": item.hedge, "flags": " ".join(item.flags), "honour": "", "class": "", "level": "", "recipient": "",
    }  # fmt: skip


def _key(row: Mapping) -> tuple:
    return tuple(str(row[name]) for name in _KEY)


def replacements(changes: Changes) -> list[tuple]:
    """What would be stored and what it would replace (None for nothing): where it differs from what somebody looked at,
    somebody else has stored in between."""
    pairs = [(new, old) for old, new in (*changes.changed, *changes.awards_changed)]
    return [*pairs, *((new, None) for new in (*changes.added, *changes.awards_added))]


def frame_with(
    frame: pd.DataFrame, figures: Iterable[Figure], known: pd.DataFrame, catalogue: Catalogue, source: str
) -> pd.DataFrame:
    """The rows of tidy_indicators as they would be with some figures stored, worked-out rates and attainments too.

    `known` as in change_tables says which stored values leave their territory unstated; `source` is the report's name.
    """
    new = [row_of(figure) for figure in figures]
    if not new:
        return frame
    unstated = {_stored_key(row) for row in known.to_dict("records") if _UNSTATED in row["flags"]}
    replaced = {_stored_key(row) for row in new}
    unstated = (unstated - replaced) | {_stored_key(row) for row in new if _UNSTATED in row["flags"]}
    slots = {_slot(row) for row in new}
    kept = [row for row in frame.to_dict("records")
            if not (_stored_key(row) in replaced if row["method"] == "reported" else _made_in(row, slots, catalogue))]
    like = {"unit_name": "", "method": "reported", "of_kind": "", "unit_of_measure": "", "approved": False,
            "source": source}  # fmt: skip
    rows = [*kept, *(_plain(row) | like for row in new)]
    rows += [row for slot in sorted(slots) for row in _worked_out(slot, rows, unstated, catalogue)]
    return pd.DataFrame(rows, columns=list(frame.columns)).astype({"value": "float64", "of": "float64"})


def _plain(row: dict) -> dict:
    return row | {"of": float("nan") if row["of"] is None else row["of"]}


def _slot(row: Mapping) -> tuple:
    return tuple(str(row[name]) for name in _SLOT)


def _stored_key(row: Mapping) -> tuple:
    return (*_slot(row), row["scenario"], row["basis"])


def _made_in(row: Mapping, slots: set[tuple], catalogue: Catalogue) -> bool:
    """Whether a worked-out row was made of a figure of one of these slots."""
    indicator = catalogue.indicators[row["indicator"]]
    return _slot(row | {"indicator": indicator.attainment_of or indicator.rate_of or ""}) in slots


def _worked_out(slot: tuple, rows: Sequence[dict], unstated: set[tuple], catalogue: Catalogue) -> Iterable[dict]:
    """The rate and the attainments of what was reached in one slot, by the rules of the store's own views."""
    here = [row for row in rows if row["method"] == "reported" and _slot(row) == slot and not row["hedge"]]
    reached = [row for row in here if row["scenario"] != "plan"]
    plans = [row for row in here if row["scenario"] == "plan" and row["basis"] not in ("", "unstated") and row["value"]]
    rate, attainment = catalogue.rate_of(slot[2]), catalogue.attainment_of(slot[2])
    none = {"method": "computed", "of": float("nan"), "unit_of_measure": "percent"}
    for row in here if rate else ():
        if row["of"] == row["of"] and row["of"]:
            yield row | none | {"indicator": rate, "value": _percent(row["value"], row["of"])}
    for row in reached if attainment else ():
        for plan in plans:
            if (_stored_key(row) in unstated) == (_stored_key(plan) in unstated):
                value = _percent(row["value"], plan["value"])
                yield row | none | {"indicator": attainment, "basis": plan["basis"], "value": value, "of_kind": ""}


def _percent(part: float, whole: float) -> float:
    return float(Decimal(repr(part)) * 100 / Decimal(repr(whole)))


def groups_with(groups: pd.DataFrame, new: Iterable[Group]) -> pd.DataFrame:
    """The store's list of residential groups with those a report names for the first time."""
    known = set(groups["id"])
    rows = [
        {"id": group.id, "name": group.name, "kind": group.kind, "valid_from": group.valid_from,
         "valid_to": group.valid_to, "successor": group.successor, "unit_code": group.unit.code}
        for group in new if group.id not in known
    ]  # fmt: skip
    return pd.concat([groups, pd.DataFrame(rows, columns=list(groups.columns))], ignore_index=True) if rows else groups


def charts_changed(
    before: tuple[Yearbook, pd.DataFrame], after: tuple[Yearbook, pd.DataFrame], figures: Sequence[Figure], unit: Unit,
    lang: str,
) -> list[tuple[View | None, View]]:
    """Every chart that would say something else, as it is (None where there is none yet) and as it would be.

    `before` and `after` are a book and the residential groups; `figures` what would be stored.
    """  # fmt: skip
    if not figures:
        return []
    year, indicators = max(figure.year for figure in figures), _spoken_of(figures, before[0].catalogue)
    old, new = (
        {view.id: view for view in _views(*shown, indicators, unit, year, lang)} for shown in (before, after)
    )
    return [(old.get(id), view) for id, view in new.items() if id not in old or old[id].table.rows != view.table.rows]


def _spoken_of(figures: Iterable[Figure], catalogue: Catalogue) -> list[str]:
    """The indicators of some figures and what is worked out of them, in the catalogue's order, those of parts apart."""
    named = {figure.indicator for figure in figures}
    named |= {made for name in named for made in (catalogue.rate_of(name), catalogue.attainment_of(name)) if made}
    return [id for id, row in catalogue.indicators.items() if id in named and not row.member_kind]


def _views(
    book: Yearbook, groups: pd.DataFrame, indicators: Sequence[str], unit: Unit, year: int, lang: str
) -> list[View]:
    if book.years is None:
        return []
    views = [indicator_view(book, id, unit, year, lang) for id in indicators]
    views += [mix_view(book, unit, flow, year, lang) for flow in ("revenue", "expenditure")]
    views += [waffle_view(book, groups, year, unit, lang), matrix_view(book, groups, year, unit, lang)]
    return [view for view in views if view is not None]


def main_unit(changes: Changes) -> UnitKey | None:
    """The unit that most of what would be stored speaks of."""
    units = [item.unit for item in (*changes.new_figures, *changes.new_awards)]
    return max(units, key=units.count, default=None)
