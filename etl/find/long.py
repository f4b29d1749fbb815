"""Tidy tables: one row a value, columns named like the store's own views or by their Vietnamese names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.catalogue import Catalogue, Indicator
from core.errors import Fault, FaultError
from core.figures import BASES, HEDGES, OF_KINDS, PERIODS, SCENARIOS, Figure, Origin, Question, UnitKey
from core.groups import group_id
from core.vi.text import fold
from etl.document import Cell, Table
from etl.find.columns import YEAR, basis_in, period_in, read_column, scenario_in
from etl.find.found import Found, GroupName
from etl.find.groups import group_name
from etl.find.headings import read_heading
from etl.find.labels import Labels
from etl.find.values import Measure, Value, column_mark, is_nothing, parse_measure, place_in, read_value

RULE = "table.tidy"
_NAMES = {  # column of the views: its other names, folded
    "unit_code": ("ma don vi", "ma phuong", "ma xa"),
    "unit_from": ("don vi tu ngay",),
    "unit_name": (
        "unit",
        "don vi hanh chinh",
        "ten don vi",
        "phuong",
        "xa",
        "ten phuong",
        "ten xa",
        "phuong xa",
        "phuong/xa",
    ),
    "district": ("quan", "huyen", "quan huyen", "quan/huyen", "quan, huyen"),
    "province": ("tinh", "thanh pho", "tinh thanh pho", "tinh/thanh pho", "tinh, thanh pho"),
    "year": ("nam",),
    "period": ("ky", "ky bao cao"),
    "indicator": ("chi tieu", "ma chi tieu", "ten chi tieu", "noi dung"),
    "member": ("thanh phan", "to dan pho", "khoan muc"),
    "scenario": ("loai so lieu", "loai so", "ke hoach/thuc hien", "tinh chat"),
    "basis": ("ben giao", "can cu", "ke hoach do ai giao", "cap giao"),
    "value": ("gia tri", "so lieu", "ket qua"),
    "of": ("tren tong so", "mau so", "tong so"),
    "of_kind": ("loai tong so", "loai mau so"),
    "unit_of_measure": ("don vi tinh", "dvt"),
    "method": ("cach tinh",),
    "hedge": ("muc do chinh xac",),
    "flags": (),
    "group_name": ("ten to dan pho",),
    "mode": (),
}
_COLUMN_OF = {name: column for column, others in _NAMES.items() for name in (column, *others)}
_PERIOD = re.compile(r"(?:[1-9]|1[0-2])m")


@dataclass(frozen=True, slots=True)
class _Record:
    """One row by column name."""

    cells: Mapping[str, Cell]

    def said(self, column: str) -> str:
        """The text of a column, empty where the table has none."""
        return self.cells[column].text.strip() if column in self.cells else ""


def _column(cell: Cell) -> str | None:
    return _COLUMN_OF.get(" ".join(fold(cell.text).split()))


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(table.rows[:20]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = _column(cell)
            if name and name not in columns:
                columns[name] = at
        if {"indicator", "value"} <= set(columns) and ({"year", "unit_of_measure", "scenario"} & set(columns)):
            across = "scenario" not in columns and any(
                read_column(at, cell.text).role in ("value", "against_plan")
                for at, cell in enumerate(row) if at not in columns.values()
            )  # fmt: skip
            return None if across else (number, columns)  # "KH 2025 | Kết quả" is an annex
    return None


def find_tidy(table: Table, catalogue: Catalogue, labels: Labels, year: int | None) -> Found:
    """The figures of a tidy table; empty where the header is none.

    Rows with method "computed" are left out: the store works them out itself. So are the register's rows of an exported
    tidy_awards, with a notice: they are sums over decisions and would come back as figures beside them. A row's
    unit is read from unit_code and unit_from, so that an exported table goes back unchanged.
    """
    header = _header(table)
    if not header:
        return Found()
    number, columns = header
    heading = read_heading(table.before, table.rows[:number])
    found = Found(unit_name=heading.unit_name, year=heading.year)
    rows = table.rows[number + 1 :]
    marks = {name: column_mark(row[columns[name]] for row in rows) for name in ("value", "of") if name in columns}
    if "unit_code" in columns:  # the store's own export: a point is a decimal point
        marks = {name: mark or "." for name, mark in marks.items()}
    names = set()
    for row in rows:
        record = _Record({name: row[at] for name, at in columns.items()})
        if not record.said("indicator") or is_nothing(record.cells["value"]):
            continue
        if record.said("mode"):  # only the register knows it
            if not found.notices:
                found.notices.append(Fault("etl.register_row", table.place))
            continue
        names.add(record.said("unit_name"))
        _Reader(table, record, catalogue, labels, marks, heading.measure, heading.year or year, found).read()
    if len(names - {""}) == 1:
        found.unit_name = (names - {""}).pop()
    return found


class _Reader:
    """Reads one row."""

    def __init__(self, table, record: _Record, catalogue, labels, marks, measure, year, found: Found):
        self.table, self.record, self.catalogue, self.labels = table, record, catalogue, labels
        self.marks, self.measure, self.year, self.found = marks, measure, year, found

    def read(self) -> None:
        record = self.record
        if record.said("method") == "computed":
            return
        try:
            measure = self._measure()
            indicator, member = self._indicator(measure)
            value = read_value(
                record.cells["value"], indicator, measure or self._assumed(indicator), self.marks["value"]
            )
            figure = self._figure(indicator, member, value)
        except FaultError as error:
            self.found.faults += (self._placed(fault) for fault in error.faults)
            return
        if len(value.readings) == 1:
            self.found.figures.append(figure)
            return
        candidates = tuple(replace(figure, value=reading) for reading in value.readings)
        params = {"text": record.said("value"), "where": figure.origin.place}
        self.found.questions.append(Question("etl.question_ambiguous", params, candidates, figure.origin, figure.quote))

    def _placed(self, fault: Fault) -> Fault:
        return replace(fault, where=place_in(self.table, fault.where or self.record.cells["indicator"].ref))

    def _refuse(self, name: str, column: str, **params: object) -> FaultError:
        cell = self.record.cells[column]
        return FaultError([Fault(f"etl.{name}", cell.ref, {"text": cell.text, **params})])

    def _measure(self) -> Measure | None:
        words = self.record.said("unit_of_measure")
        measure = parse_measure(words)
        if measure is None and words in self.catalogue.measures:
            measure = Measure(words)
        return measure or self.measure

    def _assumed(self, indicator: Indicator) -> Measure:
        if indicator.unit == "vnd":
            raise self._refuse("measure_missing", "value", label=indicator.name("vi"))
        return Measure(indicator.unit)

    def _indicator(self, measure: Measure | None) -> tuple[Indicator, str]:
        label = self.record.said("indicator")
        member = self.record.said("member")
        row = self.catalogue.indicators.get(label)
        if row and row.member_kind == "residential_group":
            name = group_name(self.record.said("group_name") or member)
            if self.record.said("group_name"):
                self.found.groups.append(GroupName(name.name, name.kind))
                return row, member or group_id(name.name)
            self.found.groups.append(name)
            return row, group_id(name.name)
        if row:
            return row, member
        row = self.labels.find(label, measure.unit if measure else "")
        if row:
            return row, ""
        line = self.labels.find_line(label)
        if line:
            return self.catalogue.indicators[f"budget_{line.flow}_line"], line.id
        raise self._refuse("unknown_indicator", "indicator", label=label)

    def _choice(self, column: str, allowed: Sequence[str], spoken) -> str:
        said = self.record.said(column)
        if not said or said in allowed:
            return said
        meant = spoken(fold(said))
        if not meant:
            raise self._refuse("not_allowed", column, allowed=", ".join(allowed))
        return meant

    def _year(self) -> int:
        said = YEAR.search(self.record.said("year"))
        year = int(said.group()) if said else self.year
        if year is None:
            raise self._refuse("year_missing", "value", label=self.record.said("indicator"))
        return year

    def _figure(self, indicator: Indicator, member: str, value: Value) -> Figure:
        cell = self.record.cells["value"]
        said_period = self.record.said("period")
        period = (
            said_period if said_period in PERIODS or _PERIOD.fullmatch(said_period) else period_in(fold(said_period))
        )
        scenario = self._choice("scenario", SCENARIOS, scenario_in) or "actual"
        takes_basis = scenario == "plan" or indicator.attainment_of
        of = value.of
        if "of" in self.record.cells and not is_nothing(self.record.cells["of"]):
            of = read_value(self.record.cells["of"], indicator, Measure(indicator.unit), self.marks["of"]).readings[0]
        of_kind = self._choice("of_kind", OF_KINDS, _of_kind) or ("unstated" if of is not None else "")
        said = (self.record.said(name) for name in ("year", "indicator", "scenario", "value", "of"))
        year = self._year()
        return Figure(
            indicator=indicator.id, year=year, value=value.readings[0], unit=self._unit(year), member=member,
            period=period, scenario=scenario,
            basis=(self._choice("basis", BASES, basis_in) or "unstated") if takes_basis else "",
            of=of, of_kind=of_kind, hedge=self._choice("hedge", HEDGES, lambda words: ""),
            flags=(*self.record.said("flags").split(), *(("hidden",) if cell.hidden else ())),
            origin=Origin(place_in(self.table, cell.ref), RULE),
            quote=" | ".join(filter(None, said)),
        )  # fmt: skip

    def _unit(self, year: int) -> UnitKey | None:
        """The row's own unit: by key, or by name where the table places it in a district or province."""
        code, begins = self.record.said("unit_code"), self.record.said("unit_from")
        if code and re.fullmatch(r"\d{4}-\d\d-\d\d", begins):
            return UnitKey(code, date.fromisoformat(begins))
        name, district, province = (self.record.said(part) for part in ("unit_name", "district", "province"))
        if not (name and (district or province)):
            return None
        units = self.catalogue.find_units(name, district, province, date(year, 12, 31))
        if len(units) != 1:
            place = ", ".join(filter(None, (name, district, province)))
            raise self._refuse("row_unit", "unit_name", place=place, year=year, count=len(units))
        return units[0].key


def _of_kind(words: str) -> str:
    kinds = (("registered", "dang ky"), ("assessed", "xet"), ("proposed", "de nghi"), ("total", "tong"))
    return next((kind for kind, said in kinds if said in words), "")
