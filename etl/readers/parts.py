"""What readers share: clean text, places in words, and the building of blocks and rectangular tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from core.errors import Fault, FaultError
from core.texts import text
from etl.document import Block, Cell, Table

MAX_CELLS = 2_000_000
MAX_BOX = 5_000_000
MAX_MERGES = 100_000
MAX_CELL_TEXT = 32_767
TEXTS_BEFORE = 3

# Controls other than tab and line feed, bidirectional marks, zero-width characters, soft hyphens: never seen on
# paper, but they split words and turn digits round.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069"
                       "\ufeff\ufffe\uffff]")
_UNPRINTED = re.compile(INVISIBLE.pattern.replace("\u00ad", ""))  # soft hyphens go last of all: in TCVN3 they are ư
_SHAPES = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")  # wide letters, and those of bold or script shape
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found: blocks and tables in reading order, and what the file says of itself."""

    parts: tuple[Block | Table, ...]
    properties: dict[str, str] = field(default_factory=dict)


def refuse(code: str, where: str = "", /, **params: object) -> FaultError:
    """The refusal of a file by a single fault of area "reading"."""
    return FaultError([Fault(f"reading.{code}", where, params)])


def clean(raw: str) -> str:
    """Text as people see it: NFC, one kind of line end and shape, no invisible characters, no outer white space."""
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    said = _UNPRINTED.sub("", _LINE_ENDS.sub("\n", raw))
    if _SHAPES.search(said):
        said = _SHAPES.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), said)
    return unicodedata.normalize("NFC", said).strip()


def one_line(raw: str) -> str:
    """Clean text with every run of white space as a single space, as HTML and PDF mean it."""
    return " ".join(clean(raw).split())


def place(name: str, /, **params: object) -> str:
    """A place in words, as origins keep it (Vietnamese)."""
    return text(f"reading.place_{name}", "vi", **params)


@cache
def column_letters(index: int) -> str:
    """The letters of a zero-based column (0 is A, 16383 is XFD)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros and exponent (101.0 is 101, 1E+3 is 1000)."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) if abs(number) < Decimal("1e27") else number
    return number.normalize()


_INTEGER, _SHORT = re.compile(r"-?(0|[1-9]\d{0,29})", re.ASCII), re.compile(r"-?\d{1,7}\.\d{1,7}", re.ASCII)


def exact(stored: float | str) -> Decimal:
    """The decimal number a spreadsheet means by a stored binary one.

    Spreadsheets keep 15 significant digits of what is typed and show no more: 0.10000000000000001 is 0.1. Integers
    written out in digits are taken as they stand. Raises ValueError or decimal.InvalidOperation on anything else.
    """
    if isinstance(stored, str):
        if _INTEGER.fullmatch(stored):
            return Decimal(stored)
        if _SHORT.fullmatch(stored):
            return tidy(Decimal(stored))
        stored = float(stored)
    if stored != stored or stored in (float("inf"), float("-inf")):
        raise ValueError(stored)
    return tidy(Decimal(format(stored, ".15g")))


@dataclass(slots=True)
class Sheet:
    """The filled cells of a spreadsheet by (row, column), zero-based, growing into a Table."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, said: str, number: Decimal | None = None, moment: date | None = None,
            formula_without_value: bool = False) -> None:
        """Fill a cell; FaultError where it stands twice or holds more text than a spreadsheet can."""
        ref = f"{column_letters(column)}{row + 1}"
        if len(said) > MAX_CELL_TEXT:
            raise refuse("cell_too_long", f"{self.name}!{ref}", most=MAX_CELL_TEXT)
        if (row, column) in self.cells:
            raise refuse("cell_twice", f"{self.name}!{ref}")
        if len(self.cells) >= MAX_CELLS:
            raise refuse("too_many_cells", self.name, most=MAX_CELLS)
        self.cells[row, column] = Cell(said, ref, number, moment, formula_without_value)

    def table(self) -> Table | None:
        """The smallest rectangle that holds every filled cell, merged cells repeated; None where nothing is filled."""
        if not self.cells:
            return None
        rows, columns = {row for row, _ in self.cells}, {column for _, column in self.cells}
        top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
        if (bottom - top + 1) * (right - left + 1) > MAX_BOX:
            raise refuse("too_sparse", self.name, most=MAX_BOX, first=f"{column_letters(left)}{top + 1}",
                         last=f"{column_letters(right)}{bottom + 1}")
        merged = self._spread(top, left, bottom, right)
        names = [column_letters(column) for column in range(left, right + 1)]
        grid = tuple(tuple(self._cell(row, left + at, name) for at, name in enumerate(names))
                     for row in range(top, bottom + 1))
        return Table(self.name, grid, merged)

    def _cell(self, row: int, column: int, letters: str) -> Cell:
        filled = self.cells.get((row, column))
        hidden = self.hidden or row in self.hidden_rows or column in self.hidden_columns
        if filled is None:
            return Cell("", f"{letters}{row + 1}", hidden=hidden)
        if not hidden:
            return filled
        return Cell(filled.text, filled.ref, filled.number, filled.moment, filled.formula_without_value, True)

    def _spread(self, top: int, left: int, bottom: int, right: int) -> tuple[tuple[int, int, int, int], ...]:
        """Repeat merged cells over what they cover inside the rectangle; the ranges, counted from its corner."""
        kept, area = [], 0
        for first, start, last, end in self.merged:
            first, start, last, end = max(first, top), max(start, left), min(last, bottom), min(end, right)
            if first > last or start > end or (first, start) == (last, end):
                continue
            area += (last - first + 1) * (end - start + 1)
            if area > (bottom - top + 1) * (right - left + 1):
                raise refuse("merges_overlap", self.name)
            kept.append((first - top, start - left, last - top, end - left))
            source = self.cells.get((first, start))
            for row in range(first, last + 1) if source else ():
                for column in range(start, end + 1):
                    if (row, column) not in self.cells:
                        self.cells[row, column] = Cell(source.text, f"{column_letters(column)}{row + 1}", source.number,
                                                       source.moment, source.formula_without_value)
        return tuple(kept)


@dataclass(slots=True)
class Span:
    """A cell of a text document's table before it is laid out: its text and how far it reaches."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1
    hidden: bool = False


def lay_out(rows: Sequence[Sequence[Span]], where: str, before: Iterable[str] = ()) -> Table | None:
    """A Table from rows of spans placed by column; FaultError where its rectangle has too many cells."""
    height = len(rows)
    width = max((span.column + span.columns for row in rows for span in row), default=0)
    if not width:
        return None
    if height * width > MAX_CELLS:
        raise refuse("too_many_cells", where, most=MAX_CELLS)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    merged = []
    for top, row in enumerate(rows):
        for span in row:
            bottom, right = min(top + span.rows, height) - 1, span.column + span.columns - 1
            if (bottom, right) != (top, span.column):
                merged.append((top, span.column, bottom, right))
            for at in range(top, bottom + 1):
                for column in range(span.column, right + 1):
                    grid[at][column] = Cell(span.text, place("cell", row=at + 1, column=column + 1), hidden=span.hidden)
    filled = tuple(tuple(cell or Cell("", place("cell", row=at + 1, column=column + 1))
                         for column, cell in enumerate(row)) for at, row in enumerate(grid))
    return Table(where, filled, tuple(merged), tuple(before))


class Flow:
    """Blocks and tables in reading order; remembers the heading and the last texts to stand before a table."""

    def __init__(self) -> None:
        self.parts: list[Block | Table] = []
        self._heading = ""
        self._texts: list[str] = []
        self._tables = 0

    def add_block(self, said: str, where: str, *, heading: bool = False) -> None:
        """A paragraph, unless it is empty."""
        if not said:
            return
        self.parts.append(Block(said, where))
        self._texts = [*self._texts, said][-TEXTS_BEFORE:]
        if heading:
            self._heading, self._texts = said, []

    def add_table(self, rows: Sequence[Sequence[Span]], where: str) -> None:
        """A table with the heading and the texts that stand above it, unless nothing is written in it."""
        before = ([self._heading] if self._heading else []) + self._texts
        table = lay_out(rows, where, before)
        if table and any(cell.text for row in table.rows for cell in row):
            self.parts.append(table)
            self._texts = []

    def next_table(self) -> int:
        """The number of the next table, counted from 1."""
        self._tables += 1
        return self._tables

    def content(self, properties: dict[str, str]) -> Content:
        """Everything gathered; empty properties are left out."""
        return Content(tuple(self.parts), {name: said for name, said in properties.items() if said})


_LIST_ITEM = re.compile(r"(\d+|[a-zđA-ZĐ]|[IVX]+)[.)]\s|[-+*•–]\s")


def joins(line: str, following: str) -> bool:
    """Whether a long line without an end goes on in the following one (text wrapped by a program)."""
    return (len(line) >= 60 and line[-1] not in ".:;!?" and not _LIST_ITEM.match(following)
            and (following[0].islower() or following[0].isdigit() or following[0] in "(%,"))
