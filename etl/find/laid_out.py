"""Rows of tables that a file keeps as plain lines: a PDF without ruled lines, a text file, tabs in a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Block

_NUMBER = r"(?<![\d.,/])[-–]?\d+(?:[.,/]\d+)*%?"
_UNIT = r"(?:\s?(?:%|đồng|tr\.?đ|(?:nghìn|triệu|tỷ|tỉ)(?: đồng)?|hộ|tổ|người|thôn))?"
_PAIR = re.compile(rf"{_NUMBER}{_UNIT}\s+(?!\d{{3}}(?:\D|$)){_NUMBER}{_UNIT}(?![\w.,/])", re.I)
_LAST_PAIR = re.compile(rf"{_PAIR.pattern}\s*$", re.I)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[-+])[.)]?\s", re.I)
_CELL = re.compile(rf"\s*(?:{_NUMBER}{_UNIT}|\d+/\d+\b.*)\s*", re.I)
_ENDS_WITH_NUMBER = re.compile(rf"{_NUMBER}{_UNIT}\s*$", re.I)


def laid_out(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that are rows of a table in plain lines, in order; nobody can tell of which column a number is.

    A row ends in two numbers with nothing between them, or has columns apart; a numbered line beside a row that ends in
    one is another.
    """
    rows = [
        bool(_LAST_PAIR.search(block.text)) or len(_PAIR.findall(block.text)) > 1 or _has_columns(block.text)
        for block in blocks
    ]
    for order in (range(1, len(blocks)), range(len(blocks) - 2, -1, -1)):
        step = order.step
        for at in order:
            said = blocks[at].text
            rows[at] = rows[at] or (
                rows[at - step] and bool(_NUMBERED.match(said)) and bool(_ENDS_WITH_NUMBER.search(said))
            )
    return [block for block, is_row in zip(blocks, rows, strict=True) if is_row]


def _has_columns(text: str) -> bool:
    """Whether a line has three places or more between tabs, two of them numbers."""
    rows = ([cell for cell in line.split("\t") if cell.strip()] for line in text.splitlines() if "\t" in line)
    return any(len(row) > 2 and sum(bool(_CELL.fullmatch(cell)) for cell in row) > 1 for row in rows)
