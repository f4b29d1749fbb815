"""A file as read: text blocks and tables, every piece knowing where it stood. Knows no indicator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of running text; `place` in words ("đoạn 12", "trang 3, đoạn 2"). Text is NFC."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands: its text (NFC), and a number only where the file itself stores one.

    `ref` is "C14" in a spreadsheet, "hàng 3, cột 2" elsewhere. `formula_without_value` marks a formula that was never
    calculated: it must be named, never read as empty or zero. `hidden` marks a cell of a hidden row or column. A
    percent format is undone: a stored 1.01 that is shown as 101% is the number 101 with the text "101%".
    """

    text: str
    ref: str
    number: Decimal | None = None
    moment: date | None = None
    formula_without_value: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangle of cells (rows of equal length, merged cells repeated in every place they cover).

    `merged` holds (top, left, bottom, right), zero-based and inclusive. `before` is the text standing just above.
    """

    place: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file: `parts` are blocks and tables in reading order; `properties` what the file says of itself."""

    name: str
    kind: str
    sha256: str
    parts: tuple[Block | Table, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The running text."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(part for part in self.parts if isinstance(part, Table))
