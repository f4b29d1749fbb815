"""What is marked in a draft: a number, how, and what is said beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A marked number of a draft.

    `place` is that of its paragraph or table in the words of the reader; `row` and `column` count a table's cells from
    zero, −1 in a paragraph; `start` and `end` count characters there, which read `written`. `mark` is agrees, differs
    or unknown; `lines` are what is said of it, the mark in a word first.
    """

    place: str
    row: int
    column: int
    start: int
    end: int
    written: str
    mark: str
    lines: tuple[str, ...]
