"""Printed lines of a PDF's page: their words, which make a paragraph, which are rows of a table without rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2

from etl.readers.parts import joins, one_line

COLUMN_GAP = 0.9  # of a line's height, its accents included: seldom is a space between two words as wide
WORDS_GAP = 2.0  # times the space between words of the same line
ALIKE = 1.0  # points: a justified line stretches its spaces all alike
CELLS_OF_A_ROW = 3
ROWS_OF_A_TABLE = 2
LINES_OF_A_CELL = 8  # a name in a narrow column is broken over so many
NARROW = 0.6  # of the width of the text: a wider line between two rows is a sentence, or one heading of a section
CLOSE = 2.6  # times the height of a line's first letter: as far apart as lines of a paragraph always may be
FAR = 4.5  # and no farther, however the other lines are spaced
SPACED = 1.4  # times the usual distance of lines
LETTERS = 6  # of a line's beginning tell how high it is
NEAR = 12  # lines of the file's order in which those beside each other stand
_ENDS = re.compile(r"[:;]$")
_SENTENCE_ENDS = re.compile(r"[.:;!?…]$")
_BULLET = re.compile(r"^[\uf000-\uf0ff•●▪◦‣⁃]\s*")  # symbol fonts have no letters of their own
_MARK = re.compile(r"(?:[-–+*]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[ivx]{1,5}[.)])\s", re.I)
_NUMBER = re.compile(r"[-–]?\d[\d.,/ ]*\s?(?:%|[^\W\d_]{1,6}(?: [^\W\d_]{1,6})?)?")
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line with its edges in points, from the left and from the bottom of the page; None where unknown.

    `cells` are its words between gaps as wide as those between columns, `word` is how wide the first word is.
    """

    text: str
    box: Box | None = None
    cells: tuple[str, ...] = ()
    word: float = 0.0


def lines_of(text: pypdfium2.PdfTextPage, characters: int) -> list[Line]:
    """The lines of a page in the file's order."""
    said = text.get_text_range() if characters else ""
    # Where a letter takes two places of the string, positions in it are no longer those of the page's letters.
    aligned = len(said) == characters
    lines = []
    for match in re.finditer(r"[^\r\n]+", said):
        written = match[0].replace("\ufffe", "-")
        shown = _BULLET.sub("- ", one_line(written))
        if not shown:
            continue
        if not aligned:
            lines.append(Line(shown, None, (shown,)))
            continue
        first = match.start() + len(written) - len(written.lstrip())
        last = match.end() - 1 - (len(written) - len(written.rstrip()))
        begun = [text.get_charbox(at) for at in range(first, min(first + LETTERS, last) + 1)]  # "-" alone is no height
        left, right = begun[0][0], text.get_charbox(last)[2]
        bottom, top = min(box[1] for box in begun), max(box[3] for box in begun)
        cells = tuple(one_line(cell) for cell in _cells(text, said[first : last + 1].replace("\ufffe", "-"), first))
        word = text.get_charbox(first + len(written.split(maxsplit=1)[0]) - 1)[2] - left
        lines.append(Line(shown, (left, bottom, right, top), cells, word))
    return lines


def _cells(text: pypdfium2.PdfTextPage, written: str, first: int) -> list[str]:
    """What a line says between gaps as wide as columns; `first` is the place of its first letter on the page."""
    spaces = [(match.start(), match.end()) for match in re.finditer(r"\s+", written)]
    edges = [(text.get_charbox(first + start - 1, loose=True), text.get_charbox(first + end, loose=True))
             for start, end in spaces]  # fmt: skip
    gaps = [right[0] - left[2] for left, right in edges]
    beside_number = [written[start - 1].isdigit() or written[end].isdigit() for start, end in spaces]
    height = max((box[3] - box[1] for pair in edges for box in pair), default=0.0)
    stretched = len(gaps) > 1 and max(gaps) - min(gaps) < ALIKE
    least = COLUMN_GAP * height
    usual = min(gaps) if len(gaps) > 1 and min(gaps) < least else 0.0
    wide = [space for space, gap, number in zip(spaces, gaps, beside_number, strict=True)
            if not stretched and gap > least and (number or gap > WORDS_GAP * usual)]  # fmt: skip
    ends = [0, *(place for space in wide for place in space), len(written)]
    return [written[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def edges_of(lines: Sequence[Line]) -> tuple[float, float]:
    """How far to the left and to the right the lines of a page go."""
    boxes = [line.box for line in lines if line.box]
    return min((box[0] for box in boxes), default=0.0), max((box[2] for box in boxes), default=0.0)


def texts_of(lines: Sequence[Line], edges: tuple[float, float]) -> list[str]:
    """The paragraphs of lines that follow each other on a page whose text has these edges.

    A table without rules is one text, a line a row, a tab a gap.
    """
    texts, done = [], 0
    for first, end in _tables(lines, edges[1] - edges[0]):
        rows = _rows(lines[first:end])
        texts += [*_paragraphs(lines[done:first], *edges), "\n".join("\t".join(row) for row in rows)]
        done = end
    return texts + _paragraphs(lines[done:], *edges)


def _tables(lines: Sequence[Line], width: float) -> Iterator[tuple[int, int]]:
    """Where lines are rows of a table: the first line and the one after the last.

    A row has three cells or more, in one line or in lines beside each other; two rows with numbers make a table. What a
    cell's further lines say between them belongs to it, and so does a number beside a name that follows.
    """
    rows = {at: cells for at in range(len(lines)) if len(cells := _row_of(lines, at)) > 1}
    runs: list[list[int]] = []
    for at, cells in rows.items():
        if runs and (len(cells) > 2 or _has_number(cells)) and _are_near(lines, runs[-1][-1], at, width):
            runs[-1].append(at)
        elif len(cells) >= CELLS_OF_A_ROW:
            runs.append([at])
    for run in runs:
        numbered = {round(lines[at].box[1]) for at in run if len(rows[at]) >= CELLS_OF_A_ROW and _has_number(rows[at])}
        if len(numbered) >= ROWS_OF_A_TABLE:
            yield run[0], run[-1] + 1


def _row_of(lines: Sequence[Line], at: int) -> list[str]:
    """The cells of a line and of those beside it."""
    if lines[at].box is None:
        return []
    near = lines[max(0, at - NEAR) : at + NEAR + 1]
    row = [line for line in near if line is lines[at] or _is_beside(lines[at], line)]
    return [cell for line in row for cell in line.cells]


def _has_number(cells: Sequence[str]) -> bool:
    return any(_NUMBER.fullmatch(cell) for cell in cells)


def _is_beside(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None:
        return False
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    lower = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    apart = one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
    return apart and shared > lower / 2


def _are_near(lines: Sequence[Line], above: int, below: int, width: float) -> bool:
    """Whether lines between two rows are further lines of their cells, or the heading of a section."""
    if below - above - 1 > LINES_OF_A_CELL:
        return False
    between = lines[above + 1 : below]
    return sum(line.box is None or line.box[2] - line.box[0] > NARROW * width for line in between) <= 1


def _rows(lines: Sequence[Line]) -> list[list[str]]:
    """The cells of a table's lines from top to bottom, those of lines beside each other as one row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.box[1] if line.box else 0.0):
        if rows and _is_beside(line, rows[-1][0]) and (len(rows[-1]) == 1 or _is_beside(line, rows[-1][-1])):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [[cell for line in sorted(row, key=lambda line: line.box or (0.0,)) for cell in line.cells] for row in rows]


def _paragraphs(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """Lines put together to paragraphs: by where they stand on the page, or by how they read where that is unknown."""
    if not lines:
        return []
    steps = [above.box[1] - line.box[1] for above, line in pairwise(lines) if above.box and line.box]
    usual = median([step for step in steps if step > 0] or [0.0])
    found, before = [lines[0].text], None
    for above, line in pairwise(lines):
        if above.box and line.box:
            goes_on = _is_next(above, line, left, right, usual) and _is_flush(before, above, line, left, right)
            goes_on = goes_on and not _ENDS.search(above.text)
        else:
            goes_on = joins(above.text, line.text)
        if goes_on:
            found[-1] = f"{found[-1]} {line.text}"
        else:
            found.append(line.text)
        before = above if goes_on else None
    return found


def _is_next(above: Line, line: Line, left: float, right: float, usual: float) -> bool:
    """Whether a line has no room for the next line's first word and that line stands one line below.

    `usual` is the distance of the lines around them; their own letters, high and low, tell it only roughly.
    """
    height = max(above.box[3] - above.box[1], line.box[3] - line.box[1], 1.0)
    width, end = right - left, above.box[2]
    full = end >= right - 0.06 * width or end + line.word + 0.4 * height >= right
    far = max(CLOSE * height, min(SPACED * usual, FAR * height))
    return full and 0 < above.box[1] - line.box[1] <= far


def _is_flush(before: Line | None, above: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line begins where a further line of its paragraph does.

    That is at the edge of the text, under the words behind a list's mark, or under the line above where that goes on
    itself (`before`) or ends no sentence. A mark begins a paragraph of its own.
    """
    step = line.box[0] - above.box[0]
    level, slack = abs(step) <= 2, 0.03 * (right - left)
    if _MARK.match(line.text) and (step < -2 or _SENTENCE_ENDS.search(above.text)):
        return False
    if line.box[0] <= left + slack:
        return True
    if _MARK.match(above.text) and not before:
        return 0 < step <= 2 * slack or (level and not _SENTENCE_ENDS.search(above.text))
    return level and (before is not None or not _SENTENCE_ENDS.search(above.text))
