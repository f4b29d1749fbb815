"""Our own Excel form: its layout, and the figures typed into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.catalogue import Catalogue, Indicator
from core.errors import Fault, FaultError
from core.figures import BASES, OF_KINDS, Figure, Origin, UnitKey
from core.texts import text
from core.vi.text import same_words
from etl.document import Cell, Document, Table
from etl.find.awards import find_awards
from etl.find.found import Found
from etl.find.groups import RULE as GROUPS_RULE
from etl.find.groups import find_groups
from etl.find.values import Measure, is_nothing, parse_measure, place_in, read_value

RULE = "template"
MARK = "ward-template"
VERSION = "1"
META = ("version", "catalogue", "unit_code", "unit_from", "year")
COLUMNS = ("id", "number", "indicator", "measure", "last_year", "plan", "basis", "scenario", "value", "of", "of_kind")
SCENARIOS = ("actual", "estimate", "final")


@dataclass(frozen=True, slots=True)
class _Head:
    """What the hidden sheet says: for which unit and year the form was made, from which catalogue."""

    unit: UnitKey
    year: int
    version: str
    digest: str


def cell_id(indicator: str, member: str = "") -> str:
    """What stands in the hidden first column of a row."""
    return f"{indicator}/{member}" if member else indicator


def find_template(document: Document, catalogue: Catalogue) -> Found | None:
    """The figures, groups and awards of a filled-in form, or None where the file is none of ours.

    Exactly what was typed comes back. A form of another version, for a unit the catalogue does not know, or with a row
    it does not know gives faults; one made from an older catalogue a notice.
    """
    meta = next((table for table in document.tables if table.rows[0][0].text == MARK), None)
    if meta is None:
        return None
    said = {row[0].text: row[1].text for row in meta.rows if len(row) > 1}
    try:
        head = _Head(
            UnitKey(said["unit_code"], date.fromisoformat(said["unit_from"])),
            int(said["year"]), said["version"], said["catalogue"],
        )  # fmt: skip
    except (KeyError, ValueError):
        return Found(faults=[Fault("etl.template_damaged", meta.place)])
    found = Found(unit=head.unit, year=head.year)
    if head.version != VERSION:
        found.faults.append(Fault("etl.template_version", meta.place, {"found": head.version, "expected": VERSION}))
        return found
    if head.digest != catalogue.digest:
        found.notices.append(Fault("etl.template_older_catalogue", meta.place))
    unit = catalogue.places.by_key.get(head.unit)
    found.unit_name = unit.name if unit else ""
    if not found.unit_name:
        found.faults.append(Fault("etl.template_unit", meta.place, {"code": head.unit.code}))
    for table in document.tables:
        if table is not meta:
            _read_sheet(table, catalogue, head, found)
    if found.is_empty:
        found.faults.append(Fault("etl.template_empty"))
    return found


def _read_sheet(table: Table, catalogue: Catalogue, head: _Head, found: Found) -> None:
    top = next((number for number, row in enumerate(table.rows) if row[0].text == "id"), None)
    if top is not None:
        for row in table.rows[top + 1 :]:
            if row[0].text:
                _read_row(table, row, catalogue, head.year, found)
        return
    groups = find_groups(table, head.year)
    groups.figures = [row for row in groups.figures if row.origin.rule == GROUPS_RULE]
    awards = find_awards(table, catalogue, head.year)
    for part in (groups, awards):
        found.take(replace(part, unit_name="", year=None))


def _read_row(table: Table, row: Sequence[Cell], catalogue: Catalogue, year: int, found: Found) -> None:
    cells = dict(zip(COLUMNS, row, strict=False))
    id, _, member = cells["id"].text.partition("/")
    indicator = catalogue.indicators.get(id)
    if indicator is None or (member and member not in catalogue.lines):
        found.faults.append(Fault("etl.template_row", place_in(table, cells["id"].ref), {"id": cells["id"].text}))
        return
    reader = _Row(table, cells, indicator, member, year, found)
    if not is_nothing(cells["plan"]):
        basis = reader.choice("basis", BASES) or "unstated"
        reader.add("plan", scenario="plan", basis=basis)
    if not is_nothing(cells["value"]):
        reader.add_result()


class _Row:
    """Reads the cells of one indicator's row."""

    def __init__(
        self, table: Table, cells: Mapping[str, Cell], indicator: Indicator, member: str, year: int, found: Found
    ):
        self.table, self.cells, self.indicator, self.member = table, cells, indicator, member
        self.year, self.found = year, found

    def choice(self, column: str, allowed: Sequence[str]) -> str:
        """The id behind a word of a drop-down list; "" for an empty cell, a fault for any other word."""
        said = self.cells[column].text.strip()
        meant = next((id for id in allowed if same_words(said, text(f"etl.{column}_{id}", "vi"))), "")
        if said and not meant:
            words = ", ".join(text(f"etl.{column}_{id}", "vi") for id in allowed)
            self._fault(Fault("etl.not_allowed", self.cells[column].ref, {"text": said, "allowed": words}))
        return meant

    def add_result(self) -> None:
        """The result with its denominator."""
        of, of_kind = None, ""
        if self.indicator.of_kinds:
            of_kind = self.choice("of_kind", OF_KINDS)
        if self.indicator.of_kinds and not is_nothing(self.cells["of"]):
            of = self._value("of", Measure(self.indicator.unit))
            of_kind = of_kind or "unstated"
        self.add("value", scenario=self.choice("scenario", SCENARIOS) or "actual", of=of, of_kind=of_kind)

    def add(self, column: str, **key: object) -> None:
        """A figure from one cell."""
        measure = parse_measure(self.cells["measure"].text)
        if self.indicator.unit != "vnd":
            measure = Measure(self.indicator.unit)
        elif measure is None:
            self._fault(
                Fault("etl.measure_missing", self.cells["measure"].ref, {"label": self.cells["indicator"].text})
            )
            return
        value = self._value(column, measure)
        if value is None:
            return
        cell = self.cells[column]
        origin = Origin(place_in(self.table, cell.ref), RULE)
        quote = f"{self.cells['indicator'].text} | {cell.text} {self.cells['measure'].text}"
        self.found.figures.append(
            Figure(self.indicator.id, self.year, value, member=self.member, origin=origin, quote=quote, **key)
        )

    def _value(self, column: str, measure: Measure):
        cell = self.cells[column]
        try:
            value = read_value(cell, self.indicator, measure)
        except FaultError as error:
            for fault in error.faults:
                self._fault(fault)
            return None
        if len(value.readings) > 1:
            self._fault(Fault("etl.template_ambiguous", cell.ref, {"text": cell.text}))
            return None
        return value.value

    def _fault(self, fault: Fault) -> None:
        self.found.faults.append(replace(fault, where=place_in(self.table, fault.where)))
