"""Our own Excel form: its layout, and the figures typed into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.catalogue import Catalogue, Indicator
from core.errors import Fault, FaultError
from core.figures import BASES, OF_KINDS, Figure, Origin, Question, UnitKey
from core.texts import text
from core.vi.days import format_day
from core.vi.text import same_words
from etl.document import Cell, Document, Table
from etl.find.awards import find_awards, read_day
from etl.find.found import Found
from etl.find.groups import RULE as GROUPS_RULE
from etl.find.groups import find_groups
from etl.find.values import Measure, is_nothing, parse_measure, place_in, read_value

RULE = "template"
MARK = "ward-template"
VERSION = "2"
META = ("version", "catalogue", "unit_code", "unit_from", "year")
COLUMNS = (
    "id", "number", "indicator", "measure", "last_year", "basis", "plan", "document", "document_date", "scenario",
    "value", "of", "of_kind", "amiss", "promise",
)  # fmt: skip
LAYOUTS = {  # the columns of the first sheet by the form's version: every form that was ever handed out stays readable
    "1": ("id", "number", "indicator", "measure", "last_year", "plan", "basis", "scenario", "value", "of", "of_kind"),
    VERSION: COLUMNS,
}
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

    Exactly what was typed comes back. A form of a version nobody knows or for a unit the catalogue does not know gives
    faults. One made from an older catalogue is mapped: rows are found by the ids they have now (`was` in the
    catalogue), what was typed into a row that is no more is asked about, and a notice names those rows.
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
    if head.version not in LAYOUTS:
        found.faults.append(Fault("etl.template_version", meta.place, {"found": head.version, "expected": VERSION}))
        return found
    unit = catalogue.places.by_key.get(head.unit)
    found.unit_name = unit.name if unit else ""
    if not found.unit_name:
        found.faults.append(Fault("etl.template_unit", meta.place, {"code": head.unit.code}))
    gone: list[str] = []
    for table in document.tables:
        if table is not meta:
            gone += _read_sheet(table, catalogue, head, found)
    if head.digest != catalogue.digest:
        params = {"count": len(gone), "labels": "; ".join(gone)}
        found.notices.append(Fault("etl.template_rows_gone" if gone else "etl.template_older_catalogue", "", params))
    if found.is_empty:
        found.faults.append(Fault("etl.template_empty"))
    return found


def _read_sheet(table: Table, catalogue: Catalogue, head: _Head, found: Found) -> list[str]:
    """Read one sheet into `found`; the labels of its rows that an older catalogue had and this one has not."""
    gone: list[str] = []
    top = next((number for number, row in enumerate(table.rows) if row[0].text == "id"), None)
    if top is not None:
        for row in table.rows[top + 1 :]:
            if row[0].text:
                gone += _read_row(table, row, catalogue, head, found)
        return gone
    groups = find_groups(table, head.year)
    groups.figures = [row for row in groups.figures if row.origin.rule == GROUPS_RULE]
    awards = find_awards(table, catalogue, head.year, own=True)
    for part in (groups, awards):
        found.take(replace(part, unit_name="", year=None))
    return gone


def _read_row(table: Table, row: Sequence[Cell], catalogue: Catalogue, head: _Head, found: Found) -> list[str]:
    columns = LAYOUTS[head.version]
    missing = (Cell("", "") for _ in range(len(row), len(columns)))  # a program cut off empty columns on the right
    cells = dict(zip(columns, (*row, *missing), strict=False))
    id, _, member = cells["id"].text.partition("/")
    indicator = catalogue.indicators.get(catalogue.renamed(id))
    if indicator is None or (member and member not in catalogue.lines):
        return _unknown_row(table, cells, head.digest == catalogue.digest, found)
    reader = _Row(table, cells, indicator, member, head.year, found)
    if not is_nothing(cells["plan"]):
        reader.add_plan()
    if not is_nothing(cells["value"]):
        reader.add_result()
    return []


def _unknown_row(table: Table, cells: Mapping[str, Cell], is_same_catalogue: bool, found: Found) -> list[str]:
    """A row of no indicator: a mistake in a form of this catalogue; of an older one its figures are asked about."""
    if is_same_catalogue:
        found.faults.append(Fault("etl.template_row", place_in(table, cells["id"].ref), {"id": cells["id"].text}))
        return []
    label = cells["indicator"].text
    for name in ("plan", "value"):
        cell = cells[name]
        if not is_nothing(cell):
            params = {"label": label, "text": cell.text}
            origin = Origin(place_in(table, cell.ref), RULE)
            found.questions.append(Question("etl.question_row_gone", params, (), origin, f"{label} | {cell.text}"))
    return [label]


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

    def add_plan(self) -> None:
        """The plan with who set it and the document that says so."""
        basis = self.choice("basis", BASES)
        if "document" in self.cells and not self.cells["basis"].text:  # the first version's form may leave it open
            params = {"label": self.cells["indicator"].text}
            self._fault(Fault("etl.plan_basis_missing", self.cells["basis"].ref, params))
        self.add("plan", scenario="plan", basis=basis or "unstated", document=self._document())

    def _document(self) -> str:
        """The document that set the plan, with its day: "Quyết định số 5525/QĐ-UBND ngày 12/12/2023"."""
        if "document" not in self.cells:
            return ""
        written, cell = " ".join(self.cells["document"].text.split()), self.cells["document_date"]
        day = read_day(cell)
        if day is None and not is_nothing(cell):
            self._fault(Fault("etl.not_a_day", cell.ref, {"text": cell.text}))
        elif day is not None and not written:
            self._fault(Fault("etl.day_without_document", self.cells["document"].ref))
        return f"{written} ngày {format_day(day)}" if written and day else written

    def add_result(self) -> None:
        """The result with its denominator."""
        of, of_kind = None, ""
        if self.indicator.of_kinds:
            of_kind = self.choice("of_kind", OF_KINDS)
        if self.indicator.of_kinds and not is_nothing(self.cells["of"]):
            of = self._value("of", Measure(self.indicator.unit))
            of_kind = of_kind or "unstated"
        self.add("value", scenario=self.choice("scenario", SCENARIOS) or "actual", of=of, of_kind=of_kind)

    def add(self, column: str, document: str = "", **key: object) -> None:
        """A figure from one cell; the document that set it stands behind its place in brackets."""
        measure = parse_measure(self.cells["measure"].text)
        if self.indicator.unit != "vnd":
            measure = Measure(self.indicator.unit)
        elif measure is None:
            params = {"label": self.cells["indicator"].text}
            self._fault(Fault("etl.template_measure", self.cells["measure"].ref, params))
            return
        value = self._value(column, measure)
        if value is None:
            return
        cell = self.cells[column]
        place = place_in(self.table, cell.ref)
        origin = Origin(f"{place} ({document})" if document else place, RULE)
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
