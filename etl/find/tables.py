"""Tables with indicators down and plan, result or years across: the annex of a report and the sheet of many years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.catalogue import Catalogue, Indicator
from core.errors import Fault, FaultError
from core.figures import Figure, Origin, Question
from core.vi.numbers import format_number
from core.vi.text import fold
from etl.document import Cell, Table
from etl.find.columns import Column
from etl.find.compared import contradicted, results_of
from etl.find.found import Found
from etl.find.labels import Labels, amounts_in, bracketed, is_child, plain_label
from etl.find.regions import Region, of_part, regions
from etl.find.values import (
    Measure,
    Value,
    bound_in,
    column_mark,
    is_figure,
    is_nothing,
    marks_in,
    parse_measure,
    place_in,
    plain_number,
    read_value,
)

RULE = "table.wide"
FRACTION_LIMIT = Decimal("1.5")  # a number up to this under "% of plan" may be a bare quotient: 1.01 for 101 %
_CLOSE = Decimal("0.02")
_JUDGED = re.compile(  # never "năm", which may be five
    r"(?:chua |khong |co ban |tiep tuc )*(?:dat|vuot|hoan thanh|tang|giam|giu vung|giu on|duy tri|on dinh|tot|kha"
    r"|trung binh|xuat sac|bao dam|dam bao)\b"
)
_SECTION_OF_YEAR = re.compile(r"(?:[^\d]{0,3}\d{0,2}[^\d]{0,60}\b)?nam (20[0-4]\d)\W*")
_EVERYBODY = re.compile(
    r"(?:tong )?(?:so )?(?:ho|ho dan|ho gia dinh|nhan khau|dan so|to dan pho)(?: (?:tren|toan|cua|phuong)\b.*)?$"
)


def find_wide(
    table: Table, catalogue: Catalogue, labels: Labels, year: int | None, period: str = "year"
) -> Found:
    """The figures of a table whose rows are indicators of the catalogue.

    `year` and `period` are the report's, for columns and titles that name none. A label of no catalogue is a notice,
    an undecided number a question, an unreadable cell a fault.
    """
    found = Found()
    for region in regions(table):
        if region.of_role("value", "against_plan"):
            found.take(read_region(of_part(region, year, period), catalogue, labels, year))
    return found


def read_region(region: Region, catalogue: Catalogue, labels: Labels, year: int | None) -> Found:
    """The figures of the rows under one header whose columns are known."""
    return _Reader(region, catalogue, labels, year).read()


class _Reader:
    """Reads one region row by row."""

    def __init__(self, region: Region, catalogue: Catalogue, labels: Labels, year: int | None):
        self.region, self.catalogue, self.labels = region, catalogue, labels
        self.year = region.heading.year or year
        self.found = Found(unit_name=region.heading.unit_name, year=region.heading.year)
        self.marks = self._marks()
        percents = region.of_role("against_plan", "against_before")
        numbers = [self._numbers(row) for row in region.rows]
        self.results = results_of(percents, region.of_role("value"), numbers, self.year)

    def _marks(self) -> dict[int, str | None]:
        """The decimal mark of every column, where its own numbers, those of the amounts or of the table show it."""
        region = self.region
        values = region.of_role("value", "of")
        counted = [row for row in region.rows if self._is_counted(row)]
        counts = {row[column.at].ref for row in counted for column in values}

        def shown(columns: Sequence[Column]) -> set[str]:
            return marks_in((cell for column in columns for cell in region.cells(column)), counts)

        amounts = shown(values)
        numbers = shown(region.of_role("value", "of", "against_plan", "against_before"))  # "3.1" before a name is none
        common = next((min(marks) for marks in (amounts, numbers) if len(marks) == 1), None)
        own = {column.at: column_mark(region.cells(column), counts) or common for column in region.columns}
        if len(amounts) > 1:
            # typed by people of two habits: one number that shows its mark says nothing of the number below it
            own |= {column.at: None for column in values}
        return own

    def _is_counted(self, row: Sequence[Cell]) -> bool:
        """Whether a row's unit of measure counts something whole: households, people, files."""
        measure = self._measure(row, " ".join(row[self.region.label].text.split()), None)
        return measure is not None and measure.unit not in ("", "vnd", "percent")

    def read(self) -> Found:
        """The figures of every row the catalogue knows."""
        self._name_columns(self.region.of_role("open"))
        stranger = ""  # the last row that is no part of another, where it has figures and no name of the catalogue
        for row in self.region.rows:
            label = " ".join(row[self.region.label].text.split())
            valued = bool(label) and self._has_values(row)
            begun, part = len(self.found.figures), is_child(label)
            if not valued:
                self.year = _year_of_section(row) or self.year
            known = valued and self._read_row(row, label)
            if part and stranger:
                self._ask_whose(label, stranger, begun)
            elif label and not part:
                stranger = label if valued and not known and not _EVERYBODY.match(fold(plain_label(label))) else ""
        if self.found.figures:
            self._name_columns([column for column in self.region.columns if self._is_passed_over(column)])
        return self.found

    def _ask_whose(self, label: str, whole: str, begun: int) -> None:
        """Poor households among "Số hộ được vay vốn" may be those of the ward or of the loans: each is asked about."""
        said = {"label": label, "whole": whole}
        doubtful = [figure for figure in self.found.figures[begun:] if not figure.member]
        self.found.figures[begun:] = [figure for figure in self.found.figures[begun:] if figure.member]
        self.found.questions += [
            Question("etl.question_part", {**said, "where": each.origin.place}, (each,), each.origin, each.quote)
            for each in doubtful
        ]  # fmt: skip

    def _name_columns(self, columns: Sequence[Column]) -> None:
        """A column of figures that is left aside is named, not passed over."""
        for column in columns:
            first = next((cell for cell in self.region.cells(column) if not is_nothing(cell)), None)
            if first is not None:
                place = self._origin(first).place
                self.found.notices.append(Fault("etl.column_open", place, {"header": column.header}))

    def _is_passed_over(self, column: Column) -> bool:
        """Whether a column holds numbers, no mere count of the rows, under words that name nothing that is known."""
        if column.role or column.at <= self.region.label or not column.header.strip():
            return False
        cells = [cell for cell in self.region.cells(column) if not is_nothing(cell)]
        counted = [cell.text.strip() for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]
        return all(map(is_figure, cells)) and not counted

    def _has_values(self, row: Sequence[Cell]) -> bool:
        """Whether a row states anything: a heading merged over its whole width repeats its words in every cell."""
        if len({cell.text for cell in row}) == 1:
            return False
        return any(not is_nothing(row[column.at]) for column in self.region.of_role("value", "against_plan"))

    def _measure(self, row: Sequence[Cell], label: str, column: Column | None) -> Measure | None:
        said = [row[place.at].text for place in self.region.of_role("measure")]
        said += [*bracketed(label), *(amounts_in(column.header) if column else ())]
        for words in said:
            measure = parse_measure(words)
            if measure:
                return measure
        return None

    def _written_percent(self, row: Sequence[Cell]) -> Measure | None:
        """Percent where no words name a unit but every value of a row has its sign: "96%", "giảm còn 2%"."""
        values = [row[column.at] for column in self.region.of_role("value") if not is_nothing(row[column.at])]
        numbers = [cell for cell in values if any(letter.isdigit() for letter in cell.text)]
        return Measure("percent") if numbers and all("%" in cell.text for cell in numbers) else None

    def _is_of_shares(self) -> bool:
        """Whether the words above the table say "Đơn vị tính: %"."""
        measure = self.region.heading.measure
        return measure is not None and measure.unit == "percent"

    def _read_row(self, row: Sequence[Cell], label: str) -> bool:
        """Read a row; whether the catalogue knows its name."""
        stated = self._measure(row, label, None) or self._written_percent(row)
        stated = stated or (self.region.heading.measure if self._is_of_shares() else None)
        values: dict[int, Figure] = {}
        known = False
        for column in self.region.of_role("value"):
            measure = stated or self._measure(row, label, column)
            indicator, member = self._indicator(label, measure)
            known = known or indicator is not None
            if (
                indicator is None
                or is_nothing(row[column.at])
                or (column.scenario == "plan" and not indicator.plan_allowed)
            ):
                continue
            figure = self._figure(row, column, indicator, member, measure)
            if figure:
                values[column.at] = figure
                self.found.figures.append(figure)
        for column in self.region.of_role("against_plan"):
            indicator, member = self._indicator(label, stated)
            known = known or indicator is not None
            if indicator and not member and not is_nothing(row[column.at]):
                self._read_attainment(row, column, indicator, values)
        self._question_percents(row, label, values)
        if not known:
            place = place_in(self.region.table, row[self.region.label].ref)
            self.found.notices.append(Fault("etl.unknown_label", place, {"label": label}))
        return known

    def _question_percents(self, row: Sequence[Cell], label: str, values: dict[int, Figure]) -> None:
        """Ask about the percentages of a row that its own values contradict.

        What becomes a figure itself, a printed attainment, is set against plan and result by the rules of all figures;
        of shares nothing is asked, a change of theirs may be in points.
        """
        for column in self.region.of_role("against_plan", "against_before") if values else ():
            figure, cell = next(iter(values.values())), row[column.at]
            unit = self.catalogue.indicators[figure.indicator].unit
            attained = self.catalogue.attainment_of(figure.indicator)
            kept = column.role == "against_plan" and not figure.member and attained
            printed = plain_number(cell, self.marks[column.at])
            if kept or unit == "percent" or printed is None:
                continue
            year = column.year if column.year and column.role == "against_plan" else self.year
            result = self.results[column.at]
            worked = contradicted(column, self.region.of_role("value"), result, values, printed, unit, year)
            if worked is not None:
                said = {"printed": format_number(printed), "computed": format_number(worked, 1)}
                params = {"where": self._origin(cell).place, "label": label, **said}
                quote = self._quote(row, column)
                self.found.questions.append(Question("etl.question_percent", params, (), self._origin(cell), quote))

    def _indicator(self, label: str, measure: Measure | None) -> tuple[Indicator | None, str]:
        indicator = self.labels.find(label, measure.unit if measure else "")
        if indicator:
            return indicator, ""
        line = self.labels.find_line(label)
        if line and (measure is None or measure.unit == "vnd"):
            return self.catalogue.indicators[f"budget_{line.flow}_line"], line.id
        return None, ""

    def _figure(
        self, row: Sequence[Cell], column: Column, indicator: Indicator, member: str, measure: Measure | None
    ) -> Figure | None:
        cell = row[column.at]
        if measure is None and indicator.unit == "vnd" and not self._is_of_shares():
            measure = self.region.heading.measure
        if measure is None and indicator.unit == "vnd" and any(letter.isalpha() for letter in cell.text):
            measure = Measure("vnd")  # the cell writes its own unit: "8,4 tỷ đồng"
        if measure is None and indicator.unit == "vnd":
            self._fault("measure_missing", cell, label=indicator.name("vi"))
            return None
        year = column.year or self.year
        if year is None:
            self._fault("year_missing", cell, label=indicator.name("vi"))
            return None
        bound, bare = bound_in(cell.text) if cell.number is None else ("", "")
        if self._is_no_number(cell, column, bound):
            return None
        written = replace(cell, text=bare) if bound and (bound == "over" or column.scenario == "plan") else cell
        value = self._value(written, indicator, measure or Measure(indicator.unit), column)
        if value is None:
            return None
        if indicator.kind == "share" and indicator.polarity == "higher":  # 0.85 % of people insured is no share
            value = _with_fraction(value, cell, Decimal(1))
        of, of_kind = self._denominator(row, column, indicator, value)
        flags = ("scope_unstated",) if self.labels.is_unscoped(row[self.region.label].text) else ()
        basis = column.basis or ("unstated" if indicator.attainment_of else "")
        figure = Figure(
            indicator=indicator.id, year=year, value=value.readings[0], member=member, period=column.period,
            scenario=column.scenario, basis=basis, of=of, of_kind=of_kind,
            flags=flags + (("hidden",) if cell.hidden else ()), hedge="over" if bound == "over" else "",
            origin=self._origin(cell), quote=self._quote(row, column),
        )  # fmt: skip
        return self._decided(figure, value, cell)

    def _is_no_number(self, cell: Cell, column: Column, bound: str) -> bool:
        """Whether a cell only judges ("Đạt", "Giữ vững") or sets a limit from above: named, and no figure."""
        unwritten = cell.number is None and cell.moment is None and not cell.formula_without_value
        said = cell.text.strip()
        judged = unwritten and bool(_JUDGED.match(fold(said))) and not any(letter.isdigit() for letter in said)
        if judged or (bound == "most" and column.scenario == "plan"):
            name = "etl.words_for_number" if judged else "etl.limit_from_above"
            self.found.notices.append(Fault(name, self._origin(cell).place, {"text": said}))
            return True
        return False

    def _denominator(self, row, column: Column, indicator: Indicator, value: Value) -> tuple[Decimal | None, str]:
        if not indicator.of_kinds:
            return None, ""
        of = value.of
        for other in self.region.of_role("of"):
            belongs = other.year in (None, column.year) and column.scenario != "plan"
            if of is None and belongs and not is_nothing(row[other.at]) and indicator.unit != "percent":
                read = self._value(row[other.at], indicator, Measure(indicator.unit), other)
                of = read.readings[0] if read and len(read.readings) == 1 else None
        return of, "unstated" if of is not None else ""

    def _attained(self, indicator: Indicator) -> str:
        """The indicator that a percentage of an indicator's plan is: its attainment, or conscripts of the quota."""
        rate = self.catalogue.rate_of(indicator.id) or ""
        of_quota = rate and self.catalogue.indicators[rate].kind == "percent"
        return self.catalogue.attainment_of(indicator.id) or (rate if of_quota else "")

    def _read_attainment(self, row, column: Column, indicator: Indicator, values: dict[int, Figure]) -> None:
        id = self._attained(indicator)
        year = column.year or self.year
        if not id or year is None:
            return
        cell = row[column.at]
        if self._is_no_number(cell, column, ""):
            return
        value = self._value(cell, self.catalogue.indicators[id], Measure("percent"), column)
        if value is None:
            return
        places = self.region.of_role("value")
        plans = [place for place in places if place.scenario == "plan" and place.year in (None, year)]
        result = self.results[column.at]
        if result is None and (any(place.scenario != "plan" for place in places) or self.region.of_role("open")):
            return  # of what it is told nobody can tell: "so sánh" of next year's plan with this year's result
        bases = {plan.basis for plan in plans}
        basis = column.basis if column.basis != "unstated" or len(bases) != 1 else bases.pop()
        basis = basis if self.catalogue.indicators[id].attainment_of else ""
        quotient = _quotient(values, plans, result, basis)
        figure = Figure(
            indicator=id, year=year, value=value.readings[0], period=result.period if result else column.period,
            scenario=result.scenario if result else "actual", basis=basis,
            flags=("hidden",) if cell.hidden else (), origin=self._origin(cell), quote=self._quote(row, column),
        )  # fmt: skip
        figure = self._decided(figure, _nearest(_with_fraction(value, cell), quotient), cell)
        if figure:
            self.found.figures.append(figure)

    def _numbers(self, row: Sequence[Cell]) -> dict[int, Decimal]:
        """The plain numbers of a row's values and percentages by place, whatever they measure."""
        places = self.region.of_role("value", "against_plan", "against_before")
        said = ((place.at, plain_number(row[place.at], self.marks[place.at])) for place in places)
        return {at: number for at, number in said if number is not None}

    def _value(self, cell: Cell, indicator: Indicator, measure: Measure, column: Column) -> Value | None:
        try:
            value = read_value(cell, indicator, measure, self.marks[column.at])
        except FaultError as error:
            for fault in error.faults:
                self.found.faults.append(replace(fault, where=place_in(self.region.table, fault.where)))
            return None
        return value

    def _decided(self, figure: Figure, value: Value, cell: Cell) -> Figure | None:
        if len(value.readings) == 1:
            return replace(figure, value=value.readings[0])
        candidates = tuple(replace(figure, value=reading) for reading in value.readings)
        least, most = min(value.readings), max(value.readings)
        code = "etl.question_fraction" if least * 100 == most else "etl.question_ambiguous"
        self.found.questions.append(
            Question(
                code, {"text": cell.text, "where": self._origin(cell).place}, candidates, figure.origin, figure.quote
            )
        )
        return None

    def _origin(self, cell: Cell) -> Origin:
        return Origin(place_in(self.region.table, cell.ref), RULE)

    def _quote(self, row: Sequence[Cell], column: Column) -> str:
        label = " ".join(row[self.region.label].text.split())  # a PDF breaks it over lines
        return f"{label} | {column.header}: {row[column.at].text.strip()}"

    def _fault(self, name: str, cell: Cell, **params: object) -> None:
        fault = Fault(f"etl.{name}", self._origin(cell).place, {"text": cell.text, **params})
        if fault not in self.found.faults:
            self.found.faults.append(fault)


def _year_of_section(row: Sequence[Cell]) -> int | None:
    """The year of the rows below a row that only names one, "II. Năm 2023", "Chỉ tiêu năm 2024"; None for any other."""
    said = {fold(cell.text).strip() for cell in row} - {""}
    years = {found[1] for words in said if (found := _SECTION_OF_YEAR.fullmatch(words))}
    return int(years.pop()) if len(years) == 1 else None


def _quotient(values: dict[int, Figure], plans: Sequence[Column], result: Column | None, basis: str) -> Decimal | None:
    plan = next((values[place.at] for place in plans if place.at in values and place.basis == basis), None)
    actual = values.get(result.at) if result else None
    return actual.value / plan.value * 100 if actual and plan and plan.value else None


def _with_fraction(value: Value, cell: Cell, limit: Decimal = FRACTION_LIMIT) -> Value:
    """Both readings of a number that may be a bare quotient, as it has no sign; percent formats are undone before."""
    bare = len(value.readings) == 1 and "%" not in cell.text and 0 < value.value <= limit
    return replace(value, readings=(value.value, value.value * 100)) if bare else value


def _nearest(value: Value, expected: Decimal | None) -> Value:
    """The one reading that agrees with value over plan, where there is exactly one; else all of them."""
    if expected is None or len(value.readings) == 1:
        return value
    near = tuple(reading for reading in value.readings if abs(reading - expected) <= max(_CLOSE * expected, Decimal(1)))
    return replace(value, readings=near) if len(near) == 1 else value
