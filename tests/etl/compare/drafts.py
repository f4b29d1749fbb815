"""Drafts written for the tests: texts whose numbers carry the mark they have to get, "{49,086 tỷ đồng|+}"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.settings import ROOT
from core.store import Store, open_store
from etl.compare.run import Comparison, Marked, compare_draft
from etl.document import Block, Document
from etl.run import Wanted
from tests.bundled import bundled_database

WARD = UnitKey("MAU01", date(1900, 1, 1))
SIGNS = {"+": "agrees", "-": "differs", "?": "unknown"}
_MARKED = re.compile(r"\{([^|{}]+)\|([-+?])\}")


class Expected(NamedTuple):
    """A number of a draft: its line, its first character there, how it is written, the mark it has to get."""

    line: int
    start: int
    written: str
    mark: str


def parsed(draft: str) -> tuple[list[str], list[Expected]]:
    """The lines of a draft without the marks, and the marks."""
    lines, expected = [], []
    for line in filter(None, (line.strip() for line in draft.splitlines())):
        plain, at = "", 0
        for found in _MARKED.finditer(line):
            plain += line[at : found.start()]
            expected.append(Expected(len(lines), len(plain), found[1], SIGNS[found[2]]))
            plain += found[1]
            at = found.end()
        lines.append(plain + line[at:])
    return lines, expected


@cache
def bundled_store() -> Store:
    """The store with everything the program ships, for reading."""
    return open_store(bundled_database())


def compared(lines: list[str], store: Store | None = None, unit: UnitKey = WARD) -> Comparison:
    """A draft of these paragraphs against the store."""
    blocks = tuple(Block(line, f"đoạn {number}") for number, line in enumerate(lines, start=1))
    document = Document("du-thao.txt", "txt", "", blocks)
    return compare_draft(document, store or bundled_store(), load_catalogue(), Wanted(unit))


def found_at(comparison: Comparison, expected: Expected) -> Marked | None:
    """What was made of a number, None where it was passed over."""
    end = expected.start + len(expected.written)
    return next(
        (
            marked
            for marked in comparison.marks
            if marked.stated.part == expected.line
            and expected.start <= marked.stated.number.start < end
        ),
        None,
    )  # fmt: skip


def wrong_marks(draft: str) -> list[tuple[str, str, str]]:
    """The numbers of a draft that got another mark than they carry: (number, expected, got)."""
    lines, expected = parsed(draft)
    comparison = compared(lines)
    got = [(each, found_at(comparison, each)) for each in expected]
    return [
        (each.written, each.mark, marked.verdict.mark if marked else "none")
        for each, marked in got
        if marked is None or marked.verdict.mark != each.mark
    ]


def _text(name: str) -> str:
    return (ROOT / "tests" / "fixtures" / "drafts" / name).read_text(encoding="utf-8")


# The ward's report of 2020 for its conference: 28 numbers right, 6 wrong in six ways, 6 the store knows nothing of.
FORTY = _text("bao-cao-2020.txt")

# The same ward in a speech of 2024 and in a December report of 2022, whose figures are estimates.
SPEECH = _text("phat-bieu-2024.txt")
DECEMBER = _text("bao-cao-2022.txt")

# A report of 2017 with plans in brackets, gaps in đồng and a second part of wrong numbers.
PLANS = _text("bao-cao-2017.txt")
