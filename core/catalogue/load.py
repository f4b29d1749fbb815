"""Reads data/catalogue and checks it as a whole: every fault of every file is reported at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.catalogue.rows import Bilingual, BudgetLine, Catalogue, Honour, Indicator, Measure
from core.errors import Fault, FaultError
from core.figures import LEVELS, OF_KINDS, RECIPIENTS
from core.places import load_places
from core.vi.phrases import check_phrases

CATALOGUE = Path(__file__).resolve().parents[2] / "data" / "catalogue"
FAMILIES = ("budget", "culture", "awards", "order", "welfare", "administration")
KINDS = ("amount", "count", "share", "percent")
OPERATORS = (">=", "<=", "=", "maintain")
POLARITIES = ("higher", "lower", "neutral")
YEAR_RULES = ("calendar", "budget", "emulation", "culture", "survey")
AGGREGATIONS = ("add", "weighted", "none")
MEASURED = ("over", "end")
_PLAIN = ("formula", "member_kind", "rate_of", "attainment_of", "flow", "scope", "line", "honour", "level", "recipient")


def _read(path: Path, faults: list[Fault]) -> dict:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault("catalogue.not_toml", path.name, {"what": str(error)}))
        return {}


class _Row:
    """One TOML table being checked: every fault is noted, none stops the reading of the rest."""

    def __init__(self, data: Mapping, defaults: Mapping, where: str, faults: list[Fault]):
        self.data, self.defaults, self.where, self.faults = data, defaults, where, faults

    def fault(self, name: str, **params: object) -> None:
        self.faults.append(Fault(f"catalogue.{name}", self.where, params))

    def need(self, name: str):
        if name in self.data:
            return self.data[name]
        if name in self.defaults:
            return self.defaults[name]
        self.fault("missing_field", field=name)
        return None

    def get(self, name: str, default):
        return self.data.get(name, self.defaults.get(name, default))

    def both(self, name: str) -> Bilingual:
        value = self.need(name)
        if value is None:
            return {"vi": "", "en": ""}
        if not (isinstance(value, dict) and set(value) == {"vi", "en"} and all(value.values())):
            self.fault("not_bilingual", field=name)
            return {"vi": str(value), "en": str(value)}
        return value

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.need(name)
        if value is not None and value not in allowed:
            self.fault("not_allowed", field=name, value=value, allowed=", ".join(allowed))
        return value or ""

    def choices(self, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        values = tuple(self.get(name, ()))
        for value in values:
            if value not in allowed:
                self.fault("not_allowed", field=name, value=value, allowed=", ".join(allowed))
        return values

    def known(self, allowed: set[str]) -> None:
        for name in sorted(set(self.data) - allowed):
            self.fault("unknown_field", field=name)


_FIELDS = {
    "name", "short", "definition", "kind", "unit", "decimals", "bounds", "polarity", "operator", "near", "exceeded",
    "year_rule", "measured", "aggregation", "owner", "due", "legal", "breaks", "phrases", "examples", "inputs",
    "of_kinds", "overview_rank", "may_project", "plan_allowed", "was", *_PLAIN,
}  # fmt: skip


def _indicator(row: _Row, id: str, family: str, measures: Mapping[str, Measure]) -> Indicator | None:
    before = len(row.faults)
    row.known(_FIELDS)
    bounds = row.need("bounds") or []
    if len(bounds) > 2:
        row.fault("bounds", value=bounds)
    unit = row.choice("unit", tuple(measures))
    due = str(row.need("due") or "")
    try:
        date.fromisoformat(f"2024-{due}")
    except ValueError:
        row.fault("due", value=due)
    values = dict(
        id=id,
        family=family,
        names=row.both("name"),
        shorts=row.both("short"),
        definitions=row.both("definition"),
        kind=row.choice("kind", KINDS),
        decimals=row.need("decimals"),
        polarity=row.choice("polarity", POLARITIES),
        operator=row.choice("operator", OPERATORS),
        near=Decimal(str(row.get("near", 95))),
        exceeded=Decimal(str(row.get("exceeded", 100))),
        year_rule=row.choice("year_rule", YEAR_RULES),
        measured=row.choice("measured", MEASURED),
        aggregation=_aggregation(row),
        owners=row.both("owner"),
        due=due,
        legal=_dated(row, "legal", ("act", "from")),
        breaks=_dated(row, "breaks", ("date", "reason")),
        phrases=row.need("phrases") or {},
        examples=tuple(row.need("examples") or ()),
        inputs=tuple(row.get("inputs", ())),
        of_kinds=row.choices("of_kinds", OF_KINDS),
        overview_rank=row.get("overview_rank", None),
        may_project=row.get("may_project", True),
        plan_allowed=row.get("plan_allowed", True),
        was=tuple(row.get("was", ())),
        **{name: row.get(name, "") for name in _PLAIN},
    )
    row.faults += check_phrases(id, values["phrases"])
    if len(row.faults) > before:
        return None
    low, high = (Decimal(str(bounds[at])) if len(bounds) > at else None for at in (0, 1))
    return Indicator(measure=measures[unit], bounds=(low, high), **values)


def _aggregation(row: _Row) -> Mapping[str, object]:
    rule = row.need("aggregation") or {}
    if rule and rule.get("rule") not in AGGREGATIONS:
        row.fault("not_allowed", field="aggregation.rule", value=rule.get("rule"), allowed=", ".join(AGGREGATIONS))
    if rule.get("rule") == "weighted" and not rule.get("by"):
        row.fault("missing_field", field="aggregation.by")
    if rule.get("rule") == "none" and set(rule.get("why", {})) != {"vi", "en"}:
        row.fault("not_bilingual", field="aggregation.why")
    return rule


def _dated(row: _Row, name: str, needed: tuple[str, ...]) -> tuple[Mapping[str, object], ...]:
    entries = tuple(row.need(name) or ())
    for entry in entries:
        for key in needed:
            if key not in entry:
                row.fault("missing_field", field=f"{name}.{key}")
    return entries


def _load_indicators(folder: Path, measures: Mapping[str, Measure], faults: list[Fault]):
    indicators: dict[str, Indicator] = {}
    families: dict[str, Bilingual] = {}
    for name in FAMILIES:
        path = folder / "indicators" / f"{name}.toml"
        data = _read(path, faults) if path.exists() else {}
        if "family" not in data:
            faults.append(Fault("catalogue.missing_field", path.name, {"field": "family"}))
            continue
        defaults = data.pop("family")
        families[name] = defaults.pop("name")
        for id, table in data.items():
            where = f"{path.name} [{id}]"
            if id in indicators:
                faults.append(Fault("catalogue.twice", where, {"id": id}))
            row = _indicator(_Row(table, defaults, where, faults), id, name, measures)
            if row:
                indicators[id] = row
    return indicators, families


def _check_references(indicators: Mapping[str, Indicator], honours: Mapping[str, Honour], faults: list[Fault]) -> None:
    ranks: dict[int, str] = {}
    earlier = Counter(id for row in indicators.values() for id in row.was)
    for row in indicators.values():
        for id in row.was:
            if id in indicators or earlier[id] > 1:
                faults.append(Fault("catalogue.was_twice", row.id, {"id": id}))
        named = [*row.inputs, row.rate_of, row.attainment_of, str(row.aggregation.get("by", ""))]
        for other in named:
            if other and other not in indicators:
                faults.append(Fault("catalogue.unknown_reference", row.id, {"id": other}))
        if row.honour and row.honour not in honours:
            faults.append(Fault("catalogue.unknown_reference", row.id, {"id": row.honour}))
        rank = row.overview_rank
        if rank in ranks:
            faults.append(Fault("catalogue.rank_twice", row.id, {"rank": rank, "id": ranks[rank]}))
        if rank is not None:
            ranks[rank] = row.id


def _load_honours(path: Path, faults: list[Fault]) -> tuple[dict[str, Honour], dict[str, Bilingual]]:
    data = _read(path, faults)
    levels = data.pop("levels", {})
    honours: dict[str, Honour] = {}
    for id, table in data.items():
        row = _Row(table, {}, f"{path.name} [{id}]", faults)
        row.known({"name", "kind", "levels", "recipients", "classes", "rank", "laws", "grantors"})
        honours[id] = Honour(
            id=id,
            names=row.both("name"),
            kind=row.choice("kind", ("title", "form", "household_title", "collective_title")),
            levels=row.choices("levels", LEVELS),
            recipients=row.choices("recipients", RECIPIENTS),
            classes=tuple(row.get("classes", ())),
            rank=row.need("rank"),
            laws=row.choices("laws", ("2003", "2022")),
            grantors=_dated(row, "grantors", ("level", "from")),
        )
    return honours, levels


def _load_lines(path: Path, faults: list[Fault]) -> dict[str, BudgetLine]:
    lines: dict[str, BudgetLine] = {}
    data = _read(path, faults)
    for id, table in data.items():
        row = _Row(table, {}, f"{path.name} [{id}]", faults)
        row.known({"flow", "name", "parent", "labels", "in_attainment"})
        parent = row.get("parent", "")
        if parent and parent not in data:
            row.fault("unknown_reference", id=parent)
        lines[id] = BudgetLine(id, row.choice("flow", ("revenue", "expenditure")), row.both("name"), parent,
                               tuple(row.need("labels") or ()), row.get("in_attainment", True))  # fmt: skip
    return lines


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".toml", ".csv"):
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


@cache
def load_catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """The catalogue of a folder, read once a process.

    Raises FaultError with every fault of every file: a missing or unknown field, a value outside its list, a
    reference to nothing, an id or rank used twice.
    """
    faults: list[Fault] = []
    measures = {
        id: Measure(id, table["name"], table["short"])
        for id, table in _read(folder / "measures.toml", faults).items()
    }
    indicators, families = _load_indicators(folder, measures, faults)
    honours, levels = _load_honours(folder / "honours.toml", faults)
    lines = _load_lines(folder / "budget_lines.toml", faults)
    _check_references(indicators, honours, faults)
    forms = {path.stem: _read(path, faults) for path in sorted((folder / "forms").glob("*.toml"))}
    places = load_places(folder, faults)
    if faults:
        raise FaultError(faults)
    return Catalogue(
        indicators, honours, lines, levels, families, measures, forms, places, _digest(folder), folder,
        {row.rate_of: row.id for row in indicators.values() if row.rate_of},
        {row.attainment_of: row.id for row in indicators.values() if row.attainment_of},
        {id: row.id for row in indicators.values() for id in row.was},
    )  # fmt: skip
