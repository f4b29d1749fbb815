"""How much room words take on a slide, and the largest size in which they fit the room there is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.charts.lettering import BOLD, LETTER
from app.charts.theme import SIZE as SCREEN
from app.views.words import wrapped

SIZE = 18  # points: what the last row of a hall can read, and the smallest on a slide
EM = LETTER / SCREEN  # the mean advance of a letter, in heights of the font
LINE = 1.2  # heights of the font from line to line
INCH = 72  # points


def letters(wide: float, size: float = SIZE, *, bold: bool = False) -> int:
    """How many letters a line of `wide` inches takes."""
    return max(1, int(wide * INCH / (size * EM * (BOLD if bold else 1))))


def wide_of(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """The inches of the longest line of words that are not broken."""
    return max(len(line) for line in words.split("\n")) * size * EM * (BOLD if bold else 1) / INCH


def high_of(lines: int, size: float = SIZE) -> float:
    """The inches of some lines."""
    return lines * size * LINE / INCH


def lines_of(words: str, wide: float, size: float = SIZE, *, bold: bool = False) -> int:
    """How many lines words take where they are broken at `wide` inches; a word longer than a line is broken too."""
    most = letters(wide, size, bold=bold)
    lines = [line for part in words.split("\n") for line in wrapped(part, most)]
    return sum(max(1, math.ceil(len(line) / most)) for line in lines)


def size_for(words: str, wide: float, high: float, sizes: Sequence[float], *, bold: bool = False) -> float:
    """The first of `sizes`, largest first, in which words fit a box in inches; the last one where none does."""
    fits = (size for size in sizes if high_of(lines_of(words, wide, size, bold=bold), size) <= high + 0.01)
    return next(fits, sizes[-1])


def cut(words: str, wide: float, lines: int = 1, size: float = SIZE, *, bold: bool = False) -> str:
    """Words that take no more than `lines`, with "…" for what is left out: nothing is set smaller or over its box."""
    if lines_of(words, wide, size, bold=bold) <= lines:
        return words
    kept = words[: letters(wide, size, bold=bold) * lines]
    while kept and lines_of(f"{kept.rstrip()}…", wide, size, bold=bold) > lines:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def cut_inside(words: str, wide: float, lines: int = 1) -> str:
    """The same with "…" before the last word, which tells names of one beginning apart: "Tổ dân phố… 12"."""
    last = words.rpartition(" ")[2]
    if lines_of(words, wide) <= lines or lines_of(f"…{last}", wide) > lines:
        return cut(words, wide, lines)
    kept = words[: -len(last)].rstrip()
    while kept and lines_of(f"{kept.rstrip()}… {last}", wide) > lines:
        kept = kept[:-1]
    return f"{kept.rstrip()}… {last}".strip()
