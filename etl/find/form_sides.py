"""One side of a budget form, revenue or spending: its rows by rank, its amounts, every sum and percentage checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import Figure, Origin, Question
from core.vi.numbers import format_number
from core.vi.text import fold
from etl.document import Cell
from etl.find.columns import YEAR, Column, period_in
from etl.find.compared import results_of
from etl.find.found import Found
from etl.find.headings import measure_in
from etl.find.labels import Labels, amounts_in, is_child, plain_label
from etl.find.regions import Region
from etl.find.values import Measure, column_mark, is_nothing, parse_measure, place_in, plain_number, read_value

_ROMAN = re.compile(r"^\s*([IVX]{1,5})(?=[\s./)]|$)")
_ARABIC = re.compile(r"^\s*(\d{1,2})(?=[\s./)]|$)")
_PERCENT_TOLERANCE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Amount:
    """One read amount: where it stood, what it is in đồng, how fine it was written."""

    cell: Cell
    value: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a side: `rank` is total, level (adds up to the total), child or other; `numbered` roman or arabic."""

    label: str
    rank: str
    line: str
    parent: str
    cells: Sequence[Cell]
    numbered: str = ""


def _period(region: Region) -> str:
    """The part of the year an in-year form is of, by its title; "" where a quarter or months stay open."""
    words = region.heading.words
    said = fold(" ".join(line for line in words.splitlines() if not fold(line).startswith("ngay ")))
    period = period_in(said)
    return "" if period == "year" and re.search(r"\bquy\b|\bthang\b", said) else period


class Side:
    """Reads one side of a form: its label column and the amount columns to the right, up to the next label column."""

    def __init__(self, region: Region, profile, side, at: int, catalogue: Catalogue, labels: Labels, year: int | None):
        self.region, self.profile, self.side, self.at = region, profile, side, at
        self.catalogue, self.labels = catalogue, labels
        self.year = region.heading.year or year
        self.rule = f"form.{profile['number']}"
        self.period = _period(region) if profile.get("in_year") else "year"
        after = [column.at for column in region.columns if column.role == "label" and column.at > at]
        own = [column for column in region.columns if at < column.at < min(after, default=10**6)]
        self.columns = self._match(self._of_the_year(own))
        self.region = replace(region, heading=replace(region.heading, measure=self._measure(region)))
        self.rows = self._levelled(self._own([row for row in (self._row(cells) for cells in region.rows) if row]))
        self._clear(None)
        self.mark = self._decimal_mark()
        self.results = self._results()

    def _measure(self, region: Region) -> Measure | None:
        """The unit of the amounts: what their headers say in brackets, nearer than the line above the table."""
        amounts = [column for column, spec in self.columns.items() if not spec.get("percent")]
        said = [parse_measure(words) for column in amounts for words in amounts_in(column.header)]
        money = {measure for measure in said if measure and measure.unit == "vnd"}
        whole = [measure for words in region.columns if (measure := measure_in(words.header))]
        if len(money) > 1:
            return None  # which holds for a column without one?
        return money.pop() if money else next(iter(whole), region.heading.measure)

    def _clear(self, mark: str | None) -> None:
        self.mark = mark
        self.amounts: dict[tuple[int, int], _Amount] = {}
        self.figures: dict[tuple[int, int], Figure] = {}
        self.results: dict[int, Column] = {}
        self.open: set[int] = set()  # columns with an undecided cell: their sums prove nothing
        self.sums = 0
        self.found = Found(unit_name=self.region.heading.unit_name, year=self.region.heading.year)

    def _decimal_mark(self) -> str | None:
        """The decimal mark of the amounts: as they show it, as the percentages show it, or as the sums need it."""
        columns = {column: [*self.region.cells(column)] for column in self.columns}
        shown = column_mark(cell for column, cells in columns.items() if not self._percent(column) for cell in cells)
        shown = shown or column_mark(cell for cells in columns.values() for cell in cells)
        if shown or self._unreadable():
            return shown
        wrong: dict[str, tuple[bool, int]] = {}  # whether sums break, and how many percentages
        for mark in (",", "."):
            self._clear(mark)
            self._read_cells()
            self._check_sums()
            self._check_percents()
            codes = [question.code for question in self.found.questions]
            wrong[mark] = (not self.sums or "etl.question_sum" in codes, codes.count("etl.question_percent"))
        self._clear(None)
        best, other = sorted(wrong, key=wrong.get)
        return best if wrong[best] < wrong[other] else None

    def _of_the_year(self, columns: Sequence[Column]) -> list[Column]:
        """The columns without those of another year, where a header names the form's own: "Dự toán năm 2026 | 2027"."""
        years = {column.at: {int(year) for year in YEAR.findall(column.header)} for column in columns}
        return [column for column in columns if not years[column.at] or self.year in years[column.at]]

    def _match(self, columns: Sequence[Column]) -> dict[Column, Mapping]:
        matched = {}
        for column in columns:
            words = f" {plain_label(column.header)} "
            for spec in self.side["columns"]:
                if all(
                    any(f" {plain_label(word)} " in words for word in choice.split("|")) for choice in spec["words"]
                ):
                    if not spec.get("skip"):
                        matched[column] = spec
                    break
        compared = defaultdict(set)
        for spec in matched.values():
            if not spec.get("percent"):
                compared[spec["of"]].add(spec["scenario"] == "plan")
        return {  # a percentage of what is not there is none of the plan: "dự toán 2026 / ước thực hiện 2025"
            column: spec for column, spec in matched.items() if not spec.get("percent") or len(compared[spec["of"]]) > 1
        }

    def _own(self, rows: list[_Row]) -> list[_Row]:
        """The rows of this side; where sides stand under each other, each begins at its own total."""
        beside = [other for other in self.profile["sides"] if other["label"] == self.side["label"]]
        if len(beside) == 1:
            return rows
        totals = {plain_label(total) for other in beside for total in other["total"]}
        mine, inside = [], False
        for row in rows:
            inside = row.rank == "total" or (inside and plain_label(row.label) not in totals)
            mine += [row] if inside else []
        return mine

    def _levelled(self, rows: list[_Row]) -> list[_Row]:
        """The rows with those numbered 1, 2 as parts where others are numbered I, II."""
        if self.profile["level"] != "roman" or not any(row.rank == "level" and row.numbered == "roman" for row in rows):
            return rows
        return [
            replace(row, rank="child") if row.rank == "level" and row.numbered == "arabic" else row for row in rows
        ]

    def _percent(self, column: Column) -> bool:
        return bool(self.columns[column].get("percent"))

    def _row(self, cells: Sequence[Cell]) -> _Row | None:
        label = cells[self.at].text.strip()
        if not label:
            return None
        number = cells[self.at - 1].text if self.at > 0 and self._numbers_left() else ""
        line = self.labels.find_line(re.sub(r"^\s*[IVX]{1,5}\s+", "", label))
        rank = "other"
        if plain_label(label) in [plain_label(total) for total in self.side["total"]]:
            rank = "total"
        elif is_child(label) or (line and line.parent):
            rank = "child"
        elif self.profile["level"] == "roman":
            rank = "level" if _ROMAN.match(number) or _ROMAN.match(label) or line else "other"
        elif _ARABIC.match(number) or _ARABIC.match(label):
            rank = "level"
        flow_fits = line and self.side["lines"] == f"budget_{line.flow}_line"
        kinds = (("roman", _ROMAN), ("arabic", _ARABIC))
        numbered = next((kind for kind, form in kinds if form.match(number) or form.match(label)), "")
        return _Row(label, rank, line.id if flow_fits else "", line.parent if flow_fits else "", cells, numbered)

    def _numbers_left(self) -> bool:
        left = self.region.columns[self.at - 1]
        return left.role == "number" or not left.header.strip()

    def read(self) -> Found:
        """The figures of the side, its sums and percentages checked."""
        if not self.columns:
            return self.found
        if self._unreadable():
            fault = Fault(self._unreadable(), self.region.table.place, {"form": self.profile["number"]})
            self.found.faults.append(fault)
            return self.found
        self._read_cells()
        self._check_sums()
        self._check_percents()
        self.found.figures += self.figures.values()
        return self.found

    def _unreadable(self) -> str:
        """The fault that keeps the whole form from being read, or ""."""
        if self.region.heading.measure is None:
            return "etl.form_measure_missing"
        if self.year is None:
            return "etl.form_year_missing"
        return "" if self.period else "etl.form_period_missing"

    def _read_cells(self) -> None:
        for number, row in enumerate(self.rows):
            for column in self.columns:
                self._read_cell(number, row, column)
            self._notice_unknown_line(row)

    def _notice_unknown_line(self, row: _Row) -> None:
        """A numbered line of the form that no budget line is called by is named, not passed over."""
        said = [column for column, spec in self.columns.items() if spec.get("lines") and self._amount_at(row, column)]
        if said and row.rank == "level" and self.profile["level"] == "roman" and not row.line:
            place = place_in(self.region.table, row.cells[self.at].ref)
            self.found.notices.append(Fault("etl.unknown_label", place, {"label": row.label}))

    def _amount_at(self, row: _Row, column: Column) -> bool:
        cell = row.cells[column.at]
        return not is_nothing(cell) and cell.number != 0

    def _read_cell(self, number: int, row: _Row, column: Column) -> None:
        cell, spec = row.cells[column.at], self.columns[column]
        indicator = self._indicator(row, spec)
        if is_nothing(cell):
            return
        measured = self.catalogue.indicators[indicator or self.side["lines"]]
        percent = self._percent(column)
        try:
            value = read_value(
                cell,
                self.catalogue.indicators["budget_revenue_attainment"] if percent else measured,
                Measure("percent") if percent else self.region.heading.measure,
                None if percent else self.mark,
            )
        except FaultError as error:
            self.found.faults += (
                replace(fault, where=place_in(self.region.table, fault.where)) for fault in error.faults
            )
            return
        if percent:
            value = replace(value, readings=self._percent_readings(number, column, cell, value.readings))
        figure = self._figure(row, column, indicator, value.readings[0]) if indicator else None
        if len(value.readings) > 1:
            if figure:
                self._ask(cell, figure, value.readings)
            self.open.add(column.at)
            return
        self.amounts[number, column.at] = _Amount(cell, value.value, self._step(cell, percent))
        if figure:
            self.figures[number, column.at] = figure

    def _percent_readings(self, number: int, column: Column, cell: Cell, readings) -> tuple[Decimal, ...]:
        """A quotient 1.04 under "So sánh (%)" is 104 % where the amounts say so, stored or written."""
        expected = self._quotient(number, column)
        if len(readings) == 1 and readings[0] and "%" not in cell.text:
            readings = (readings[0], readings[0] * 100)
            if expected is None and readings[0] > 2:
                return readings[:1]
        if expected is None:
            return readings
        return (min(readings, key=lambda reading: abs(reading - expected)),)

    def _results(self) -> dict[int, Column]:
        """The column of results each column of percentages is of: a quarter may stand beside the months so far."""
        chosen = {}
        for percent in (column for column in self.columns if self._percent(column)):
            of = self.columns[percent]["of"]
            same = [(column, spec) for column, spec in self.columns.items()
                    if not spec.get("percent") and spec["of"] == of]  # fmt: skip
            values = [
                replace(column, role="value", scenario=spec["scenario"], basis="", year=None, period=self._part(column))
                for column, spec in same
            ]
            numbers = [{column.at: number for column in (percent, *self.columns)
                        if (number := plain_number(row.cells[column.at], self.mark)) is not None}
                       for row in self.rows]  # fmt: skip
            asked = replace(percent, role="against_plan", year=None, basis="")
            found = results_of([asked], values, numbers, self.year)[percent.at]
            if found:
                chosen[percent.at] = found
        return chosen

    def _part(self, column: Column) -> str:
        """The part of the year an amount is of: what its own header names, else what the form's title does."""
        named = period_in(fold(column.header)) if self.profile.get("in_year") else "year"
        return self.period if named == "year" else named

    def _quotient(self, number: int, percent: Column) -> Decimal | None:
        sides = {}
        result = self.results.get(percent.at)
        for column, other in self.columns.items():
            if not other.get("percent") and other["of"] == self.columns[percent]["of"]:
                planned = other["scenario"] == "plan"
                if (planned or result is None or column.at == result.at) and (number, column.at) in self.amounts:
                    sides["plan" if planned else "result"] = self.amounts[number, column.at].value
        return sides["result"] / sides["plan"] * 100 if sides.get("plan") and "result" in sides else None

    def _indicator(self, row: _Row, spec: Mapping) -> str:
        if row.rank == "total":
            return spec["total"]
        return self.side["lines"] if spec.get("lines") and row.line else ""

    def _figure(self, row: _Row, column: Column, indicator: str, value: Decimal) -> Figure:
        spec, cell = self.columns[column], row.cells[column.at]
        percent = self._percent(column)
        scenario = spec.get("scenario") or self._result_of(column).scenario
        planned = percent or scenario == "plan"
        return Figure(
            indicator=indicator, year=self.year, value=value,
            member=spec.get("member", "") if row.rank == "total" else row.line,
            period="year" if scenario == "plan" else self._result_of(column).period, scenario=scenario,
            basis=self.profile.get("basis", "unstated") if planned else "",
            flags=("hidden",) if cell.hidden else (),
            origin=Origin(place_in(self.region.table, cell.ref), self.rule),
            quote=f"{row.label} | {column.header}: {cell.text.strip()}",
        )  # fmt: skip

    def _result_of(self, column: Column) -> Column:
        """The column of results a figure is of: a percentage's own, else the column itself."""
        if not self._percent(column):
            return replace(column, period=self._part(column))
        return self.results.get(column.at) or replace(column, scenario="final", period=self.period)

    def _step(self, cell: Cell, percent: bool) -> Decimal:
        """The last place a cell writes, in base units."""
        digits = 0
        if cell.number is None:
            tail = re.search(rf"[{re.escape(self.mark or ',')}](\d+)\D*$", cell.text)
            digits = len(tail.group(1)) if tail and self.mark else 0
        else:
            digits = min(6, max(0, -cell.number.normalize().as_tuple().exponent))
        step = Decimal(1).scaleb(-digits)
        return step if percent else step * self.region.heading.measure.factor

    def _ask(self, cell: Cell, figure: Figure, readings: Sequence[Decimal]) -> None:
        params = {"text": cell.text, "where": figure.origin.place}
        candidates = tuple(replace(figure, value=reading) for reading in readings)
        self.found.questions.append(Question("etl.question_ambiguous", params, candidates, figure.origin, figure.quote))

    def _check_sums(self) -> None:
        for column in self.columns:
            if self._percent(column) or column.at in self.open:
                continue
            levels = [n for n, row in enumerate(self.rows) if row.rank == "level"]
            totals = [n for n, row in enumerate(self.rows) if row.rank == "total"]
            for total in totals:
                self._compare(total, levels, column)
            for parent, children in self._families().items():
                self._compare(parent, children, column)

    def _families(self) -> dict[int, list[int]]:
        at = {row.line: number for number, row in enumerate(self.rows) if row.line}
        families: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            if row.parent in at:
                families[at[row.parent]].append(number)
        return families

    def _compare(self, whole: int, parts: Sequence[int], column: Column) -> None:
        total = self.amounts.get((whole, column.at))
        added = [self.amounts[part, column.at] for part in parts if (part, column.at) in self.amounts]
        if total is None or not added:
            return
        self.sums += 1
        computed = sum((amount.value for amount in added), Decimal(0))
        slack = sum((amount.step for amount in (*added, total)), Decimal(0)) / 2
        if abs(computed - total.value) <= slack:
            return
        figure = self.figures.pop((whole, column.at), None)
        factor = self.region.heading.measure.factor
        place = place_in(self.region.table, total.cell.ref)
        params = {
            "where": place, "label": self.rows[whole].label,
            "printed": format_number(total.value / factor), "computed": format_number(computed / factor),
        }  # fmt: skip
        candidates = (figure, replace(figure, value=computed)) if figure else ()
        quote = figure.quote if figure else self.rows[whole].label
        self.found.questions.append(Question("etl.question_sum", params, candidates, Origin(place, self.rule), quote))

    def _check_percents(self) -> None:
        for (number, at), amount in self.amounts.items():
            column = next(column for column in self.columns if column.at == at)
            expected = self._quotient(number, column) if self._percent(column) else None
            if expected is None or abs(expected - amount.value) <= max(_PERCENT_TOLERANCE, amount.step / 2):
                continue
            place = place_in(self.region.table, amount.cell.ref)
            params = {
                "where": place, "label": self.rows[number].label,
                "printed": format_number(amount.value), "computed": format_number(expected, 1),
            }  # fmt: skip
            self.found.questions.append(
                Question("etl.question_percent", params, (), Origin(place, self.rule), self.rows[number].label)
            )
