"""The figures sheet of the entry screen: its lines, what stands in their cells, and the figures that were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.catalogue import Catalogue, Indicator
from core.catalogue.form import RESULTS, form_rows, surest_results
from core.errors import Fault, FaultError
from core.figures import BASES, Figure, Origin, UnitKey
from core.texts import text
from core.vi.days import format_day, read_day
from core.vi.numbers import DECIMAL_MARK, format_number, parse_number
from core.vi.units import BILLION, MILLION, THOUSAND

NUMBERS, CHOICES, WORDS = ("plan", "value", "of"), ("basis", "scenario", "of_kind"), ("document", "day")
CELLS = (*NUMBERS, *CHOICES, *WORDS)
MONEY = (Decimal(1), THOUSAND, MILLION, BILLION)
_ON_DAY = re.compile(r"(?P<document>.*?)(?: ngày (?P<day>\d{2}/\d{2}/\d{4}))?")
_LONGEST = 200  # characters of a document's name

# A cell is "" where nothing stands, a number's canonical digits in the indicator's base unit, an id, or words;
# {"said": ...} keeps what was typed and cannot be read.
Cell = str | dict[str, str]
Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers are typed and printed in the sheet: a language's marks, and what one unit of money is."""

    lang: str
    factor: Decimal = MILLION

    def of(self, indicator: Indicator) -> Decimal:
        """What a typed number of an indicator is multiplied by."""
        return self.factor if indicator.unit == "vnd" else Decimal(1)

    def measure(self, indicator: Indicator) -> str:
        """The unit of measure beside an indicator."""
        if indicator.unit == "vnd":
            return text(f"numbers.scale_vnd_{self.factor:f}", self.lang)
        return indicator.unit_name(self.lang)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: an indicator with its budget line, at most one stored plan and one stored result.

    `extra` numbers a line that somebody added for a further plan or result.
    """

    indicator: Indicator
    member: str = ""
    plan: Figure | None = None
    result: Figure | None = None
    extra: int = 0

    @property
    def id(self) -> str:
        """The name of the line in a draft: the same as long as the same is stored."""
        keys = f"+{self.extra}" if self.extra else f"{self.plan.basis if self.plan else ''}/"
        return f"{self.indicator.id}/{self.member}/{keys}{self.result.scenario if self.result else ''}"

    @property
    def cells(self) -> dict[str, Cell]:
        """What is stored, as cells."""
        document, day = _document_of(self.plan)
        plan, result = self.plan, self.result
        return {
            "plan": _digits(plan.value) if plan else "", "basis": plan.basis if plan else "",
            "document": document, "day": day,
            "value": _digits(result.value) if result else "", "scenario": result.scenario if result else "",
            "of": _digits(result.of) if result and result.of is not None else "",
            "of_kind": result.of_kind if result else "",
        }  # fmt: skip


def lines(catalogue: Catalogue, stored: Iterable[Figure], extra: Sequence[str] = ()) -> list[Line]:
    """The lines of the sheet in the order of the form, for the stored figures of one year.

    An indicator has as many as it has stored plans or results, at least one, and one more for each time `extra` names
    it ("<indicator>/<budget line>").
    """
    plans: dict[tuple[str, str], list[Figure]] = {}
    results: dict[tuple[str, str], list[Figure]] = {}
    for figure in stored:
        if figure.period == "year":
            kind = plans if figure.scenario == "plan" else results
            kind.setdefault((figure.indicator, figure.member), []).append(figure)
    found = []
    for indicator, member in form_rows(catalogue):
        left = sorted(plans.get((indicator.id, member), ()), key=lambda figure: BASES.index(figure.basis))
        right = sorted(results.get((indicator.id, member), ()), key=lambda figure: -RESULTS.index(figure.scenario))
        for number in range(max(len(left), len(right), 1)):
            pair = (each[number] if number < len(each) else None for each in (left, right))
            found.append(Line(indicator, member, *pair))
        times = list(extra).count(f"{indicator.id}/{member}")
        found += [Line(indicator, member, extra=number + 1) for number in range(times)]
    return found


def shown(line: Line, column: str, cell: Cell, notation: Notation) -> str:
    """A cell as it stands in the sheet: numbers in the sheet's notation, ids as they are."""
    if isinstance(cell, dict):
        return cell["said"]
    if column not in NUMBERS or not cell:
        return cell
    return format_number(Decimal(cell) / _factor(line, column, notation), lang=notation.lang)


def read(line: Line, column: str, said: str | None, notation: Notation) -> Cell:
    """What was typed into a cell: a number in base units or a day where it is one, else as it was typed."""
    words = " ".join((said or "").split())
    if column in CHOICES or column == "document" or not words:
        return words
    try:
        return format_day(read_day(words)) if column == "day" else _digits(_number(line, column, words, notation))
    except FaultError:
        return {"said": words}


def merged(line: Line, draft: Mapping[str, Cells]) -> dict[str, Cell]:
    """A line's cells as a draft leaves them."""
    return {**line.cells, **draft.get(line.id, {})}


def differences(known: Sequence[Line], cells: Mapping[str, Cells]) -> dict[str, dict[str, Cell]]:
    """What of some lines' cells is not as stored: what a draft keeps."""
    found = {}
    for line in known:
        stored = line.cells
        changed = {name: cell for name, cell in cells[line.id].items() if cell != stored[name]}
        if changed:
            found[line.id] = changed
    return found


@dataclass
class Sheet:
    """The typed figures that differ from what is stored, and by line's id what is wrong or to be known there.

    `line_of` leads from a figure's key to the line it was typed in.
    """

    figures: list[Figure] = field(default_factory=list)
    line_of: dict[tuple, str] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    notices: dict[str, list[Fault]] = field(default_factory=dict)


def typed(known: Sequence[Line], draft: Mapping[str, Cells], unit: UnitKey, year: int, notation: Notation) -> Sheet:
    """The figures of every line a draft speaks of."""
    sheet = Sheet()
    stored = {figure.key: figure for line in known for figure in (line.plan, line.result) if figure is not None}
    for line in known:
        if line.id in draft:
            _take(sheet, _Reader(line, merged(line, draft), unit, year, notation), stored)
    ids = {line.id for line in known}
    for id in draft:
        if id not in ids:
            sheet.faults[id] = [Fault("entry.lost_line", params={"line": id})]
    return sheet


def _take(sheet: Sheet, reader: _Reader, stored: Mapping[tuple, Figure]) -> None:
    """Add what one line says, where it says something else than the store."""
    line = reader.line
    for figure in filter(None, (reader.plan(), reader.result())):
        there = stored.get(figure.key)
        if there is not None:
            figure = _as_stored(figure, there)
            if figure == there:
                continue
        if figure.key in sheet.line_of:
            reader.faults.append(Fault("entry.twice", params={"label": line.indicator.name(reader.notation.lang)}))
            continue
        sheet.figures.append(figure)
        sheet.line_of[figure.key] = line.id
    if reader.faults:
        sheet.faults[line.id] = reader.faults
    if reader.emptied():
        sheet.notices[line.id] = [Fault("entry.emptied")]


def _as_stored(figure: Figure, there: Figure) -> Figure:
    """The typed figure with what the sheet does not ask for, where its value is the stored one."""
    if (figure.value, figure.of, figure.of_kind) != (there.value, there.of, there.of_kind):
        return figure
    same = replace(figure, hedge=there.hedge, flags=there.flags, quote=there.quote, reason=there.reason)
    named, known = (each.origin.document if each.origin else "" for each in (figure, there))
    return same if named not in ("", known) else there


class _Reader:
    """Reads the cells of one line into its plan and its result."""

    def __init__(self, line: Line, cells: Cells, unit: UnitKey, year: int, notation: Notation):
        self.line, self.cells, self.notation = line, cells, notation
        self.head = {"indicator": line.indicator.id, "member": line.member, "unit": unit, "year": year}
        self.faults: list[Fault] = []

    def plan(self) -> Figure | None:
        """The plan with the document that set it."""
        document, day = self.words("document"), self.words("day")
        value = self.number("plan")
        if value is None:
            self._refuse_alone(("document", document), ("day", day), to="plan")
            return None
        if not self.line.indicator.plan_allowed:
            self._fault("no_plan")
            return None
        if day and not document:
            self._fault("day_without_document")
        if len(document) > _LONGEST:
            self._fault("long_document", count=len(document), most=_LONGEST)
        place = f"{document} ngày {day}" if document and day else document
        origin = Origin(place, "") if place else None
        return Figure(value=value, scenario="plan", basis=self.words("basis") or "unstated", origin=origin, **self.head)

    def result(self) -> Figure | None:
        """The result with its denominator."""
        value, of, kind = self.number("value"), self.number("of"), self.words("of_kind")
        if value is None:
            self._refuse_alone(("of", of), to="value")
            return None
        stored = self.line.result
        asks = bool(self.line.indicator.of_kinds) and self.line.indicator.unit != "percent"
        if of is not None and not asks and not (stored and of == stored.of):
            self._fault("no_of")
        if kind and kind not in self.line.indicator.of_kinds:
            self._fault("no_of_kind")
            kind = ""
        if of is not None:
            kind = kind or "unstated"
        return Figure(value=value, scenario=self.words("scenario") or "actual", of=of, of_kind=kind, **self.head)

    def number(self, column: str) -> Decimal | None:
        """A cell's number, None for an empty one; what cannot be read is a fault."""
        cell = self.cells[column]
        if isinstance(cell, dict):
            try:
                return _number(self.line, column, cell["said"], self.notation)
            except FaultError as error:
                self.faults += error.faults
            return None
        return Decimal(cell) if cell else None

    def words(self, column: str) -> str:
        """A cell's words; a day that cannot be read is a fault."""
        cell = self.cells[column]
        if isinstance(cell, str):
            return cell
        self.faults.append(Fault("numbers.not_a_day", params={"text": cell["said"]}))
        return ""

    def emptied(self) -> bool:
        """Whether a stored number's cell was emptied."""
        return any(self.line.cells[name] and not self.cells[name] for name in NUMBERS)

    def _refuse_alone(self, *named: tuple[str, object], to: str) -> None:
        """Name what was typed beside an empty cell and belongs to what is missing there."""
        changed = [name for name, said in named if said and self.cells[name] != self.line.cells[name]]
        if changed and not isinstance(self.cells[to], dict) and not self.line.cells[to]:
            self._fault(f"{changed[0]}_alone")

    def _fault(self, name: str, **params: object) -> None:
        self.faults.append(Fault(f"entry.{name}", params=params))


def _digits(value: Decimal) -> str:
    """A number's one plain form: no exponent, no zeros that say nothing."""
    return f"{value.normalize():f}"


def _factor(line: Line, column: str, notation: Notation) -> Decimal:
    return Decimal(1) if column == "of" else notation.of(line.indicator)


def _number(line: Line, column: str, said: str, notation: Notation) -> Decimal:
    """A typed number in base units; a unit written with it ("5 tỷ 137 triệu", "96,5%") stands instead of the sheet's.

    Raises FaultError naming what cannot be read, and a unit that is not the indicator's.
    """
    if "/" in said:
        raise FaultError([Fault("entry.fraction", params={"text": said})])
    parsed = parse_number(said, decimal=DECIMAL_MARK[notation.lang])
    unit = parsed.unit or ("vnd" if any(sign.isalpha() for sign in said) else "")
    if unit and unit != line.indicator.unit:
        params = {"text": said, "measure": line.indicator.unit_name(notation.lang)}
        raise FaultError([Fault("entry.other_unit", params=params)])
    return parsed.value * (1 if unit else _factor(line, column, notation))


def _document_of(plan: Figure | None) -> tuple[str, str]:
    """Number and day of the document that set a plan; empty where a report told the plan alone."""
    said = plan.origin.document if plan and plan.origin else ""
    found = _ON_DAY.fullmatch(said)
    return (found["document"], found["day"] or "") if found else (said, "")


def label(line: Line, catalogue: Catalogue, lang: str) -> str:
    """The name of a line: the indicator's, or its budget line's under it."""
    if not line.member:
        return line.indicator.name(lang)
    budget_line = catalogue.lines[line.member]
    return f"{'– – ' if budget_line.parent else '– '}{budget_line.name(lang)}"


def last_year(figures: Iterable[Figure], catalogue: Catalogue, notation: Notation) -> dict[tuple[str, str], str]:
    """What the year before came to, by indicator and budget line, in the sheet's notation."""
    found = {}
    for key, figure in surest_results(figures).items():
        said = format_number(figure.value / notation.of(catalogue.indicators[key[0]]), lang=notation.lang)
        said += "" if figure.of is None else f"/{format_number(figure.of, lang=notation.lang)}"
        hedge = f"numbers.hedge_{figure.hedge}"
        found[key] = text(hedge, notation.lang, value=said) if figure.hedge else said
    return found
