"""What a table cell says: a number in the indicator's base unit, a pair "13/18", nothing, or something to ask about."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from core.catalogue import Indicator
from core.errors import Fault, FaultError
from core.vi.numbers import parse_number
from core.vi.text import fold
from core.vi.units import unit_cell_factor
from etl.document import Cell, Table

NOTHING = {"", "-", "--", "---", "–", "—", "−", "x", "#div/0!", "…", "...", "..", ".", "/"}
_PAIR = re.compile(r"\s*(?P<value>[\d.,  ]+?)\s*/\s*(?P<of>[\d.,  ]+?)\s*(?:\D[^\d/]*)?$")
_SEPARATED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)+(?![\d.,])")
_CELL_PLACE = re.compile(r"(?P<sheet>.+?)!(?P<ref>[A-Z]{1,3}[1-9][0-9]{0,6})(?: \(.*\))?", re.DOTALL)
_FIGURE = re.compile(r"\s*\(?-?\d[\d.,\s]*%?\)?\s*")
_GROUP = 3
_QUOTE = 60
_BOUND = re.compile(
    r"(?:(?P<least>≥|>=|⩾|tối thiểu|ít nhất|đạt từ|từ)|(?P<over>>|trên|hơn)|(?P<most>≤|<=|⩽|<|dưới|không quá|tối đa))?"
    r"\s*(?P<number>\d[\d.,]*\s*%?)\s*(?P<up>trở lên)?",
    re.I,
)
_LEVEL = re.compile(
    r"\s*(?:ước\s+)?(?:(?:giảm|hạ|tăng)\s+)?(?:(?:xuống|lên)\s+)?(?:còn|đạt|duy trì|giữ vững)(?:\s+ở\s+mức)?\s+(?=\d)",
    re.I,
)
_ASIDE = re.compile(  # "18 hộ (giảm 2 hộ)", "12/13 (92,3%)": words, and no unit of the number before them
    r"(?<=[\w%])\s*\((?=[^()]*[^\W\d_]|[^()]*%)(?![^()]*(?:đồng|tỷ|tỉ|triệu|nghìn|ngàn|tr\.|đ\b))[^()]*\)$", re.I
)
_TOO_LARGE = Decimal(10) ** 24  # đồng; a damaged cell or a wrong unit of measure, never a ward's figure
_EXACT = Context(prec=400, traps=[Inexact])  # a spreadsheet stores numbers of up to 309 digits


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's number in base units; `readings` has two where the form alone does not decide ("1.234")."""

    readings: tuple[Decimal, ...]
    of: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """The only reading."""
        (only,) = self.readings
        return only


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure as a table states it: a unit id of the catalogue ("" where only a scale is known), a factor."""

    unit: str
    factor: Decimal = Decimal(1)


_COUNTED = (
    ("household", r"ho|gia dinh|ho gia dinh|gd"),
    ("group", r"to|tdp|to dan pho|khu pho|thon|khom|khoi pho|ap|kdc"),
    ("agency", r"don vi|co quan|co quan,? don vi|cq"),
    ("person", r"nguoi|cong dan|thanh nien|chien si|dong chi|ca nhan"),
    ("work", r"cong trinh|ct"),
    ("file", r"ho so|hs"),
    ("complaint", r"don|vu viec|don thu"),
    ("target", r"chi tieu|ct"),
    ("award", r"luot|luot khen|tap the|danh hieu|giai|luot nguoi"),
)
_COUNTED_WORDS = tuple((unit, re.compile(rf"(?:so )?(?:{words})")) for unit, words in _COUNTED)


def parse_measure(words: str) -> Measure | None:
    """The unit of measure a header, a "Đơn vị:" cell or an ĐVT column names, or None where it names none known."""
    factor = unit_cell_factor(words)
    if factor is not None:
        return Measure("vnd", factor)
    said = " ".join(fold(words).split()).strip(" :;.()")
    if said in ("%", "phan tram", "percent", "ty le %", "ti le %", "ty le"):
        return Measure("percent")
    for unit, pattern in _COUNTED_WORDS:
        if said == unit or pattern.fullmatch(said):
            return Measure(unit)
    return None


def place_in(table: Table, ref: str) -> str:
    """A cell's place in words: "Thu!C14" in a spreadsheet, "bảng 2, hàng 3, cột 4" elsewhere."""
    return f"{table.place}!{ref}" if ref.isascii() else f"{table.place}, {ref}"


def cell_in(place: str) -> tuple[str, str] | None:
    """The sheet and the cell a place names, None where it is no place in a spreadsheet: place_in the other way round.

    A document may stand behind it in brackets: "Chỉ tiêu!F8 (Quyết định số 5525/QĐ-UBND)".
    """
    found = _CELL_PLACE.fullmatch(place)
    return (found["sheet"], found["ref"]) if found else None


def is_nothing(cell: Cell) -> bool:
    """Whether a cell holds no figure: blank, a dash, "x" or a division by zero; none of these is 0.

    A formula that was never calculated is something: it must be named.
    """
    written = cell.number is not None or cell.moment is not None or cell.formula_without_value
    return not written and fold(cell.text).strip() in NOTHING


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds nothing but a number."""
    return cell.number is not None or bool(_FIGURE.fullmatch(cell.text))


def bound_in(text: str) -> tuple[str, str]:
    """What a cell makes of its number, "least" (≥ 92, từ 92 trở lên), "over" (> 92) or "most", and the bare number.

    "" where it is no bound, or says more than that.
    """
    found = _BOUND.fullmatch(" ".join(text.split()))
    if not found:
        return "", text
    kind = next((name for name in ("least", "over", "most") if found[name]), "least" if found["up"] else "")
    open_range = (found["least"] or "").lower().endswith("từ") and not found["up"]  # "từ 92" to what?
    return (kind, found["number"]) if kind and not open_range else ("", text)


def proven_mark(text: str, *, whole: bool = False) -> str:
    """The decimal mark a written number gives away: "," for "1.234.567" and "12,5", "." for "1,234.5", else "".

    A `whole` number, a count, gives away more: the point of "2.310" households parts thousands.
    """
    found = _SEPARATED.search(text)
    if not found:
        return ""
    written = found.group()
    marks = re.findall(r"[.,]", written)
    if len(set(marks)) == 2:
        return marks[-1]
    digits_after = len(written) - max(written.rfind("."), written.rfind(",")) - 1
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    if digits_after != _GROUP or written.startswith("0"):
        return marks[0]
    return {".": ",", ",": "."}[marks[0]] if whole else ""


def marks_in(cells: Iterable[Cell], counts: Container[str] = ()) -> set[str]:
    """The decimal marks that written numbers give away; `counts` are the references of cells that hold whole ones.

    Two mean that "8.000" beside them may be either.
    """
    written = (cell for cell in cells if cell.number is None)
    return {proven_mark(cell.text, whole=cell.ref in counts) for cell in written} - {""}


def column_mark(cells: Iterable[Cell], counts: Container[str] = ()) -> str | None:
    """The decimal mark that all written numbers of a column agree on; None where none shows it or two contradict."""
    marks = marks_in(cells, counts)
    return marks.pop() if len(marks) == 1 else None


def _fits(reading: Decimal, indicator: Indicator) -> bool:
    low, high = indicator.bounds
    whole = indicator.unit != "percent"  # not even đồng come in parts
    return (low is None or reading >= low) and (high is None or reading <= high) and not (whole and reading % 1)


def _narrow(readings: tuple[Decimal, ...], indicator: Indicator) -> tuple[Decimal, ...]:
    """The readings an indicator allows; all of them where it allows none, so that the check can name the cell."""
    if len(readings) == 1:
        return readings
    return tuple(reading for reading in readings if _fits(reading, indicator)) or readings


def read_value(cell: Cell, indicator: Indicator, measure: Measure, mark: str | None = None) -> Value:
    """A cell's number in the indicator's base unit.

    `measure` is the unit the table states, `mark` the decimal mark its column shows. A number stored by the file is
    exact; text follows the number rule, and where the form is ambiguous only the readings the indicator's bounds and
    kind allow remain. Raises FaultError naming the cell: a formula never calculated, a date where a number should
    stand, a text that is no number, đồng where percent belongs.
    """
    if cell.formula_without_value:
        raise _fault("formula_without_value", cell)
    if cell.number is not None:
        return Value((_in_base(cell.number, measure.factor, cell),))
    if cell.moment is not None:
        raise _fault("date_for_number", cell, day=cell.moment.strftime("%d/%m/%Y"))
    pair = _PAIR.fullmatch(_ASIDE.sub("", cell.text.strip()))
    if pair:
        value, of = (_number(pair[name], cell, mark) for name in ("value", "of"))
        whole = _narrow(of.candidates, indicator)
        if len(whole) == 1:
            readings = tuple(_in_base(reading, Decimal(1), cell) for reading in value.candidates)
            return Value(_narrow(readings, indicator), _in_base(whole[0], Decimal(1), cell))
        raise _fault("not_a_number", cell)
    written = _bare(cell.text)
    parsed = _number(written, cell, mark)
    says_unit = parsed.unit or ("vnd" if any(letter.isalpha() for letter in written) else "")
    if says_unit and says_unit != measure.unit:
        raise _fault("unit_differs", cell, written=says_unit, stated=measure.unit)
    factor = Decimal(1) if says_unit else measure.factor
    return Value(_narrow(tuple(_in_base(reading, factor, cell) for reading in parsed.candidates), indicator))


def plain_number(cell: Cell, mark: str | None) -> Decimal | None:
    """The number of a cell of percentages, None where it holds none or more than one reading."""
    if cell.number is not None:
        return cell.number
    try:
        parsed = parse_number(cell.text.replace("%", "").strip(), decimal=mark)
    except FaultError:
        return None
    return parsed.candidates[0] if len(parsed.candidates) == 1 and not parsed.unit else None


def _in_base(number: Decimal, factor: Decimal, cell: Cell) -> Decimal:
    """The number in base units without zeros that say nothing, 8756500000.0 as 8756500000; never rounded."""
    based = _EXACT.multiply(number, factor)
    if abs(based) >= _TOO_LARGE:
        raise _fault("number_too_large", cell)
    whole = based == based.to_integral_value()
    return based.quantize(Decimal(1)) if whole else based.normalize(_EXACT)


def _number(written: str, cell: Cell, mark: str | None):
    try:
        return parse_number(written, decimal=mark)
    except FaultError:
        raise _fault("not_a_number", cell) from None


def _bare(written: str) -> str:
    """The number without the verb of its level before it ("giảm còn 2%" -> "2%") and the counting word behind it
    ("13 tổ" -> "13"); money and percent words stay, and so does a change ("giảm 2%").
    """
    number = _LEVEL.sub("", _ASIDE.sub("", written.strip()), count=1)
    tail = re.search(r"(?<=[\d%])\s*([^\W\d_][^\d]*)$", number)
    measure = parse_measure(tail.group(1)) if tail else None
    return number[: tail.start()] if tail and measure and measure.unit not in ("vnd", "percent") else number


def _fault(name: str, cell: Cell, **params: object) -> FaultError:
    written = cell.text if len(cell.text) <= _QUOTE else f"{cell.text[:_QUOTE]}…"
    return FaultError([Fault(f"etl.{name}", cell.ref, {"text": written, **params})])
