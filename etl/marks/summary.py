"""The sheet that lists what is marked in a workbook: the cell as a link, what it says, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from core.texts import text
from etl.marks.mark import SHEET, Mark
from etl.marks.package import MAIN
from etl.marks.styles import Styles

_WIDTHS = (2, 6, 22, 30, 60, 60, 16)  # A is hidden: what is marked, in the style it had before
_LINE = 16  # points of one line of words
_FIRST = 5  # the row of the first mark


@dataclass(frozen=True, slots=True)
class Line:
    """A mark in a workbook: the cell it was put on ("" for none), that cell's words and its own style."""

    mark: Mark
    sheet: str
    ref: str
    words: str
    style: int


def summary(lines: Sequence[Line], styles: Styles, lang: str) -> bytes:
    """The sheet as a part of a workbook."""
    look = {
        "title": styles.plain(bold=True, size=15), "head": styles.plain(bold=True), "words": styles.plain(),
        "link": styles.plain(colour="FF0B5394"),
    }  # fmt: skip
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1" hidden="{int(at == 1)}"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    head = [text(f"etl.marks_{name}", lang) for name in ("number", "cell", "words", "why", "advice", "kind")]
    rows = [
        _row(1, {"A": (SHEET, look["words"]), "B": (text("etl.marks_title", lang), look["title"])}, height=24),
        _row(2, {"B": (text("etl.marks_lead", lang, count=len(lines)), look["words"])}, height=20),
        _row(_FIRST - 1, {letter: (said, look["head"]) for letter, said in zip("BCDEFG", head, strict=True)}),
        *(_line(_FIRST + at, at + 1, line, look, lang) for at, line in enumerate(lines)),
    ]
    links = "".join(
        f'<hyperlink ref="C{_FIRST + at}" location={quoteattr(_target(line))} display={quoteattr(_name(line))}/>'
        for at, line in enumerate(lines) if line.ref
    )  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="{_FIRST - 1}" '
        f'topLeftCell="A{_FIRST}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        '<mergeCells count="2"><mergeCell ref="B1:G1"/><mergeCell ref="B2:G2"/></mergeCells>'
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _line(row: int, number: int, line: Line, look: Mapping[str, int], lang: str) -> str:
    kind = text("etl.marks_question" if line.mark.is_question else "etl.marks_error", lang)
    place = _name(line) if line.ref else text("etl.marks_whole", lang)
    tall = max(len(words) // (width - 4) + 1 for words, width in zip((line.words, line.mark.why, line.mark.advice),
                                                                     _WIDTHS[3:6], strict=True))  # fmt: skip
    return _row(row, {
        "A": (_name(line) if line.ref else "", line.style), "B": (str(number), look["words"]),
        "C": (place, look["link" if line.ref else "words"]), "D": (line.words, look["words"]),
        "E": (line.mark.why, look["words"]), "F": (line.mark.advice, look["words"]), "G": (kind, look["words"]),
    }, height=_LINE * tall)  # fmt: skip


def _row(number: int, cells: Mapping[str, tuple[str, int]], height: int = 0) -> str:
    said = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'
        for letter, (words, style) in cells.items()
    )
    tall = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{said}</row>'


def _name(line: Line) -> str:
    return f"{line.sheet}!{line.ref}"


def _target(line: Line) -> str:
    name = line.sheet.replace("'", "''")
    return f"'{name}'!{line.ref}"
