"""The rules as rows of data/rules.toml: what each guards, how grave it is, and examples that break and keep it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.errors import Fault, FaultError
from core.figures import Award, Figure, Origin, UnitKey
from core.settings import ROOT
from core.texts import LANGUAGES
from etl.checks.case import Breaks, Case, Item

RULES_FILE = ROOT / "data" / "rules.toml"
SEVERITIES = ("error", "question", "notice")
_NEEDED = ("severity", "name", "guards", "fails", "keeps")
_UNIT, _YEAR, _BASIS, _FOUND_BY = "00238@1900-01-01", 2020, "council", "table.wide"
_LISTS = {"figures": Figure, "awards": Award, "history": Figure, "history_awards": Award}


@dataclass(frozen=True, slots=True)
class Example:
    """A small report, and what the store knows beside it."""

    figures: tuple[Figure, ...]
    awards: tuple[Award, ...]
    history: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its row; `broken` is the function that names what breaks it, `source` a law or a publication."""

    id: str
    severity: str
    names: Mapping[str, str]
    guards: Mapping[str, str]
    source: str
    fails: tuple[Example, ...]
    keeps: tuple[Example, ...]
    broken: Callable[[Case], Breaks]


@cache
def load_rules(functions: tuple[Callable[[Case], Breaks], ...], path: Path = RULES_FILE) -> tuple[Rule, ...]:
    """The rules of a file in its order, each with the function of its name.

    Raises FaultError with every fault: a row without a function or a function without a row, a field that is missing,
    unknown or in one language, a severity that is none, a rule without an example that breaks it and one that keeps it.
    """
    rows = _read(path)
    by_name = {function.__name__: function for function in functions}
    faults = [Fault("catalogue.rule_without_row", path.name, {"id": name}) for name in by_name.keys() - rows.keys()]
    for name, row in rows.items():
        faults += _row_faults(row, f"{path.name} [{name}]")
        if name not in by_name:
            faults.append(Fault("catalogue.row_without_rule", path.name, {"id": name}))
    if faults:
        raise FaultError(faults)
    return tuple(
        Rule(
            name, row["severity"], row["name"], row["guards"], row.get("source", ""),
            *(tuple(_example(each) for each in row[kind]) for kind in ("fails", "keeps")), by_name[name],
        )
        for name, row in rows.items()
    )  # fmt: skip


def _read(path: Path) -> dict[str, dict]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FaultError([Fault("catalogue.not_toml", path.name, {"what": str(error)})]) from error


def _row_faults(row: Mapping, where: str) -> list[Fault]:
    faults = [Fault("catalogue.missing_field", where, {"field": name}) for name in _NEEDED if not row.get(name)]
    faults += [Fault("catalogue.unknown_field", where, {"field": name}) for name in row.keys() - {*_NEEDED, "source"}]
    for name in ("name", "guards"):
        if row.get(name) and not (set(row[name]) == set(LANGUAGES) and all(row[name].values())):
            faults.append(Fault("catalogue.not_bilingual", where, {"field": name}))
    if row.get("severity") and row["severity"] not in SEVERITIES:
        allowed = {"field": "severity", "value": row["severity"], "allowed": ", ".join(SEVERITIES)}
        faults.append(Fault("catalogue.not_allowed", where, allowed))
    for example in (*row.get("fails", ()), *row.get("keeps", ())):
        faults += [Fault("catalogue.unknown_field", where, {"field": name}) for name in example.keys() - set(_LISTS)]
        for name, kind in _LISTS.items():
            known = {each.name for each in fields(kind)} | {"rule"}
            unknown = {field for item in example.get(name, ()) for field in item.keys() - known}
            faults += [Fault("catalogue.unknown_field", where, {"field": f"{name}.{field}"}) for field in unknown]
    return faults


def _example(row: Mapping) -> Example:
    figures, history = ([_figure(each) for each in row.get(name, ())] for name in ("figures", "history"))
    awards, register = ([_award(each) for each in row.get(name, ())] for name in ("awards", "history_awards"))
    return Example(tuple(figures), tuple(awards), (*history, *register))


def _figure(row: Mapping) -> Figure:
    said = {"year": _YEAR, "basis": _BASIS if row.get("scenario") == "plan" else "", **row}
    for name in ("value", "of"):
        if name in said:
            said[name] = Decimal(said[name])
    return Figure(**_placed(said, "Thu!C3"))


def _award(row: Mapping) -> Award:
    return Award(**_placed({"year": _YEAR, **row}, "Khen!B3"))


def _placed(said: dict, place: str) -> dict:
    code, _, first_day = said.pop("unit", _UNIT).partition("@")
    origin = Origin(place, said.pop("rule", _FOUND_BY))
    return {**said, "unit": UnitKey(code, date.fromisoformat(first_day)), "origin": origin}
