"""The tables of a data package: which columns each has, what may stand in them, and their rows from a freeze."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.catalogue import FAMILIES, Catalogue
from core.figures import BASES, HEDGES, LEVELS, MODES, OF_KINDS, RECIPIENTS, SCENARIOS
from core.store.tables import AWARD_KEY, FIGURE_KEY, UNIT
from core.texts import LANGUAGES

PERIOD = r"year|h1|h2|q[1-4]|part|term|([1-9]|1[01])m"
SHA256 = r"[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is a type of Table Schema; `words` are all that may stand in it, `pattern` how they look."""

    name: str
    kind: str = "string"
    required: bool = False
    words: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """These columns name a row of another table by those columns."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its rows hold a value for each column, exact numbers as Decimal, None where there is none."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...]
    rows: tuple[tuple, ...]


_OF_UNIT = Link(UNIT, "units", ("code", "valid_from"))
_OF_REPORT = Link(("report",), "reports", ("sha256",))
_UNIT = (Column("unit_code", required=True), Column("unit_from", "date", True), Column("unit_name", required=True))
_YEAR = Column("year", "integer", True)
_ORIGIN = (Column("is_sample", "boolean", True), Column("report"), Column("place"), Column("quote"),
           Column("at", "datetime", True))  # fmt: skip

FIGURES = (
    *_UNIT, _YEAR, Column("period", required=True, pattern=PERIOD), Column("indicator", required=True),
    Column("name_vi", required=True), Column("name_en", required=True), Column("member"), Column("member_name"),
    Column("scenario", required=True, words=SCENARIOS), Column("basis", words=BASES), Column("value", "number", True),
    Column("of", "number"), Column("of_kind", words=OF_KINDS), Column("unit_of_measure", required=True),
    Column("hedge", words=HEDGES), Column("flags"), *_ORIGIN,
)  # fmt: skip
AWARDS = (
    *_UNIT, _YEAR, Column("honour", required=True), Column("name_vi", required=True), Column("name_en", required=True),
    Column("grade"), Column("level", required=True, words=LEVELS), Column("recipient", required=True, words=RECIPIENTS),
    Column("mode", required=True, words=MODES), Column("giver"), Column("decision_no"), Column("decision_date", "date"),
    Column("count", "integer", True), *_ORIGIN,
)  # fmt: skip
GROUPS = (*_UNIT, Column("id", required=True), Column("name", required=True), Column("kind"),
          Column("valid_from", "date"), Column("valid_to", "date"), Column("successor"))  # fmt: skip
REPORTS = (Column("sha256", required=True, pattern=SHA256), Column("title"), Column("kind"), Column("unit_code"),
           Column("unit_from", "date"), Column("year", "integer"), Column("url"), Column("published", "date"),
           Column("is_sample", "boolean", True))  # fmt: skip
UNITS = (Column("code", required=True), Column("valid_from", "date", True), Column("valid_to", "date"),
         Column("name", required=True), Column("kind", required=True), Column("district"),
         Column("province", required=True), Column("is_sample", "boolean", True))  # fmt: skip
SUCCESSIONS = (Column("on_date", "date", True), Column("old_code", required=True), Column("old_from", "date", True),
               Column("new_code", required=True), Column("new_from", "date", True),
               Column("part", required=True))  # fmt: skip
INDICATORS = (
    Column("id", required=True), Column("family", required=True, words=FAMILIES), Column("name_vi", required=True),
    Column("name_en", required=True), Column("definition_vi", required=True), Column("definition_en", required=True),
    Column("kind", required=True), Column("unit_of_measure", required=True), Column("decimals", "integer", True),
    Column("lowest", "number"), Column("highest", "number"), Column("polarity", required=True),
    Column("measured", required=True), Column("year_rule", required=True), Column("formula"),
)  # fmt: skip
HONOURS = (Column("id", required=True), Column("kind", required=True), Column("rank", "integer", True),
           Column("name_vi", required=True), Column("name_en", required=True))  # fmt: skip
LINES = (Column("id", required=True), Column("flow", required=True), Column("parent"), Column("name_vi", required=True),
         Column("name_en", required=True))  # fmt: skip
MEASURES = (Column("id", required=True), Column("name_vi", required=True), Column("name_en", required=True),
            Column("short_vi", required=True), Column("short_en", required=True))  # fmt: skip

_NAMED_UNIT = (_OF_UNIT,)
_MEASURED = Link(("unit_of_measure",), "measures", ("id",))


def sheets(content: Mapping, catalogue: Catalogue) -> tuple[Sheet, ...]:
    """The tables of what a freeze holds and of the catalogue it was read by, in the order people read them."""
    groups = {(row["unit_code"], row["unit_from"], row["id"]): row["name"] for row in content["groups"]}
    units = {(key.code, key.valid_from.isoformat()): unit for key, unit in catalogue.places.by_key.items()}
    samples = {row["sha256"] for row in content["reports"] if row["is_sample"]}
    named = _named(units, samples)
    return (
        _sheet("figures", FIGURES, (*FIGURE_KEY,), content["figures"], _figure(catalogue, named, groups), *_NAMED_UNIT,
               Link(("indicator",), "indicators", ("id",)), _MEASURED, _OF_REPORT),
        _sheet("awards", AWARDS, (*AWARD_KEY,), content["awards"], _award(catalogue, named), *_NAMED_UNIT,
               Link(("honour",), "honours", ("id",)), _OF_REPORT),
        _sheet("groups", GROUPS, (*UNIT, "id"), content["groups"], named, *_NAMED_UNIT),
        _sheet("reports", REPORTS, ("sha256",), content["reports"], dict),
        _sheet("units", UNITS, ("code", "valid_from"), catalogue.units, _fields(UNITS)),
        _sheet("successions", SUCCESSIONS, ("on_date", "old_code", "old_from", "new_code", "new_from"),
               catalogue.successions, _succession, Link(("old_code", "old_from"), "units", ("code", "valid_from")),
               Link(("new_code", "new_from"), "units", ("code", "valid_from"))),
        _sheet("indicators", INDICATORS, ("id",), catalogue.indicators.values(), _indicator, _MEASURED),
        _sheet("honours", HONOURS, ("id",), catalogue.honours.values(), _fields(HONOURS)),
        _sheet("lines", LINES, ("id",), catalogue.lines.values(), _fields(LINES)),
        _sheet("measures", MEASURES, ("id",), catalogue.measures.values(), _fields(MEASURES)),
    )  # fmt: skip


def _sheet(name: str, columns: tuple[Column, ...], key: tuple[str, ...], entries: Iterable, said: Callable,
           *links: Link) -> Sheet:  # fmt: skip
    rows = (said(entry) for entry in entries)
    return Sheet(name, columns, key, links, tuple(tuple(_cell(row, column) for column in columns) for row in rows))


def _cell(row: Mapping, column: Column) -> object:
    """A value as a table holds it: nothing instead of an empty word, a day and a moment as ISO text."""
    value = row[column.name]
    if value is None or value == "":
        return None
    if column.kind == "number":
        return Decimal(value)
    return value.isoformat() if isinstance(value, date) else value


def _figure(catalogue: Catalogue, named: Callable, groups: Mapping) -> Callable[[Mapping], dict]:
    def said(row: Mapping) -> dict:
        entry, line = catalogue.indicators[row["indicator"]], catalogue.lines.get(row["member"])
        member = line.name("vi") if line else groups.get((row["unit_code"], row["unit_from"], row["member"]), "")
        return named(row) | _names(entry) | {"unit_of_measure": entry.unit, "member_name": member}

    return said


def _award(catalogue: Catalogue, named: Callable) -> Callable[[Mapping], dict]:
    return lambda row: named(row) | _names(catalogue.honours[row["honour"]])


def _named(units: Mapping, samples: Collection[str]) -> Callable[[Mapping], dict]:
    """Reads a row of a freeze with the name of its unit and whether it was made up."""

    def said(row: Mapping) -> dict:
        unit = units[row["unit_code"], row["unit_from"]]
        return {**row, "unit_name": unit.name, "is_sample": unit.is_sample or row.get("report") in samples}

    return said


def _succession(step) -> dict:
    old, new = ({f"{side}_code": key.code, f"{side}_from": key.valid_from} for side, key in
                (("old", step.old), ("new", step.new)))  # fmt: skip
    return {"on_date": step.on, "part": step.part, **old, **new}


def _indicator(entry) -> dict:
    low, high = entry.bounds
    definitions = {f"definition_{lang}": entry.definition(lang) for lang in LANGUAGES}
    return _fields(INDICATORS)(entry) | definitions | {"unit_of_measure": entry.unit, "lowest": low, "highest": high}


def _fields(columns: tuple[Column, ...]) -> Callable[[object], dict]:
    """Reads an entry of the catalogue: its fields by the columns' names, its names in both languages."""

    def said(entry: object) -> dict:
        own = {column.name: getattr(entry, column.name) for column in columns if hasattr(entry, column.name)}
        return own | (_names(entry) if hasattr(entry, "names") else {})

    return said


def _names(entry) -> dict:
    shorts = {f"short_{lang}": entry.shorts[lang] for lang in LANGUAGES if hasattr(entry, "shorts")}
    return {f"name_{lang}": entry.names[lang] for lang in LANGUAGES} | shorts
