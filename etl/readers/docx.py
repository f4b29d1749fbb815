"""Word documents (.docx): paragraphs and tables in reading order, walked element by element.

Never by a library's row and cell objects: those hang on a cell said to span two thousand million columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from core.vi.encodings import font_encoding
from etl.readers.legacy import Letters
from etl.readers.office import core_properties, elements, main_part, office_parts, parsing, relations, tree
from etl.readers.parts import Content, Flow, Span, clean, place, refuse
from etl.readers.word_fonts import WordFonts, local, value, word_fonts

MAX_SPAN = 200
MAX_COLUMNS = 1_000
MAX_NESTING = 20
_SYMBOL = re.compile("[Ff]0[0-9A-Fa-f]{2}|00[0-9A-Fa-f]{2}")
_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo",
            "AlternateContent", "Choice", "drawing", "pict", "inline", "anchor", "graphic", "graphicData", "wsp", "wpg",
            "wpc", "txbx", "shape", "textbox", "group", "rect", "r"}


def read(content: bytes, letters: Letters) -> Content:
    """The running text and the tables of a .docx; tracked deletions, hidden runs, headers and footers left out."""
    parts = office_parts("docx", content, re.compile(r"(word|docProps)/.*\.xml").fullmatch)
    with parsing():
        main = main_part(parts)
        beside = {kind.rpartition("/")[2]: target for kind, target in relations(parts, main).values()}
        styles = beside.get("styles", "")
        fonts = word_fonts(parts, parts[main], styles, beside.get("theme", ""))
        said = partial(_in_unicode, fonts, letters) if fonts else paragraph_text
        walk = Walk(_heading_styles(parts.get(styles)), said)
        body = next(tree(parts[main]).iter("{*}body"), None)
        if body is None:
            raise refuse("damaged")
        walk.story(body)
        return walk.flow.content(core_properties(parts))


def _on(element: etree._Element | None) -> bool:
    return element is not None and value(element, missing="true") not in ("0", "false", "off")


def _heading_styles(part: bytes | None) -> set[str]:
    """The ids of paragraph styles that are headings: an outline level, or the name of a heading or title."""
    found = set()
    for style in elements(part, "style") if part else ():
        level = style.find("{*}pPr/{*}outlineLvl")
        named = value(style.find("{*}name")).lower()
        if (level is not None and value(level) != "9") or named.startswith(("heading", "title")):
            found.add(value(style, "styleId"))
    return found


@dataclass(slots=True)
class Walk:
    """A walk through a document's body: the flow so far and the number of paragraphs passed."""

    headings: set[str]
    said: Callable[[etree._Element], str] = field(default_factory=lambda: paragraph_text)  # what a paragraph says
    flow: Flow = field(default_factory=Flow)
    paragraphs: int = 0

    def story(self, parent: etree._Element, nesting: int = 0) -> None:
        """The paragraphs and tables below an element, in order."""
        for child in _below(parent):
            if local(child) == "p":
                self.paragraph(child, nesting)
            else:
                self.table(child, nesting)

    def paragraph(self, element: etree._Element, nesting: int) -> None:
        """A paragraph as a block, the text boxes anchored in it after it."""
        self.paragraphs += 1
        self.flow.add_block(clean(self.said(element)), place("paragraph", number=self.paragraphs),
                            heading=self._is_heading(element))
        for box in _text_boxes(element, nesting):
            self.story(box, nesting + 1)

    def _is_heading(self, element: etree._Element) -> bool:
        level = element.find("{*}pPr/{*}outlineLvl")
        return (value(element.find("{*}pPr/{*}pStyle")) in self.headings
                or (level is not None and value(level) != "9"))

    def table(self, element: etree._Element, nesting: int) -> None:
        """A table; tables and text boxes inside its cells follow it."""
        if nesting >= MAX_NESTING:
            raise refuse("too_deep")
        where = place("table", number=self.flow.next_table())
        rows: list[list[Span]] = []
        inner: list[etree._Element] = []
        open_spans: dict[int, Span] = {}
        for row in _rows(element):
            spans = _row(row, where, open_spans, inner, self.said)
            rows.append(spans)
        self.flow.add_table(rows, where)
        for child in inner:
            self.table(child, nesting + 1)


def _below(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables below an element, through content controls and accepted insertions."""
    for child in parent:
        tag = local(child)
        if tag in ("p", "tbl"):
            yield child
        elif tag in _THROUGH:
            yield from _below(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        tag = local(child)
        if tag == "tr":
            if child.find("{*}trPr/{*}del") is None:
                yield child
        elif tag in _THROUGH:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        tag = local(child)
        if tag == "tc":
            yield child
        elif tag in _THROUGH:
            yield from _cells(child)


def _count(element: etree._Element | None, where: str) -> int:
    """A span or an offset in columns; FaultError where no real table has one so large."""
    said = value(element, missing="0")
    if not said.isascii() or not said.isdigit() or len(said) > 12 or int(said) > MAX_SPAN:
        raise refuse("span", where, found=said[:20], most=MAX_SPAN)
    return int(said)


def _row(row: etree._Element, where: str, open_spans: dict[int, Span], inner: list[etree._Element],
         paragraph: Callable[[etree._Element], str]) -> list[Span]:
    """The cells that begin in a row; cells that go on from above lengthen the span they belong to."""
    properties = row.find("{*}trPr")
    column = _count(row.find("{*}trPr/{*}gridBefore"), where)
    hidden = properties is not None and _on(properties.find("{*}hidden"))
    spans, still_open = [], {}
    for cell in _cells(row):
        columns = max(_count(cell.find("{*}tcPr/{*}gridSpan"), where), 1)
        merge = cell.find("{*}tcPr/{*}vMerge")
        begun = open_spans.get(column)
        if merge is not None and value(merge, missing="continue") != "restart" and begun:
            begun.rows += 1
            still_open[column] = begun
        else:
            span = Span(_cell_text(cell, inner, paragraph), column, columns, hidden=hidden)
            spans.append(span)
            if merge is not None:
                still_open[column] = span
        column += columns
        if column > MAX_COLUMNS:
            raise refuse("too_many_columns", where, most=MAX_COLUMNS)
    open_spans.clear()
    open_spans.update(still_open)
    return spans


def cells_of_table(table: etree._Element, where: str) -> Iterator[tuple[int, int, etree._Element]]:
    """Row and column, from zero, of every cell of a table that begins there, and its element."""
    for at, row in enumerate(_rows(table)):
        column = _count(row.find("{*}trPr/{*}gridBefore"), where)
        for cell in _cells(row):
            merge = cell.find("{*}tcPr/{*}vMerge")
            if merge is None or value(merge, missing="continue") == "restart":
                yield at, column, cell
            column += max(_count(cell.find("{*}tcPr/{*}gridSpan"), where), 1)


def _cell_text(cell: etree._Element, inner: list[etree._Element], paragraph: Callable[[etree._Element], str]) -> str:
    said = []
    for child in _below(cell):
        if local(child) == "p":
            said.append(paragraph(child))
        else:
            inner.append(child)
    return clean("\n".join(said))


def paragraph_text(element: etree._Element) -> str:
    """The text of a paragraph as printed: runs, tabs, line breaks; without field codes, deletions, hidden runs."""
    return "".join(said for said, _ in _pieces(element))


def _in_unicode(fonts: WordFonts, letters: Letters, element: etree._Element) -> str:
    """The same, its runs in fonts for an old encoding looked at and converted where a person chose so."""
    style = value(element.find("{*}pPr/{*}pStyle"))
    return letters.text((said, value(piece, "font") or fonts.of(piece.getparent(), style))
                        for said, piece in _pieces(element))


def letters_of(element: etree._Element) -> Iterator[tuple[str, etree._Element, int]]:
    """Each character of paragraph_text, the element it stands in and which character of that element's text it is."""
    for said, piece in _pieces(element):
        for at, letter in enumerate(said):
            yield letter, piece, at


def _pieces(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for child in element:
        tag = local(child)
        if tag == "t":
            yield child.text or "", child
        elif tag == "tab":
            yield "\t", child
        elif tag in ("br", "cr"):
            yield "\n", child
        elif tag == "noBreakHyphen":
            yield "-", child
        elif tag == "softHyphen":
            yield "\u00ad", child
        elif tag == "sym" and font_encoding(value(child, "font")) and _SYMBOL.fullmatch(value(child, "char")):
            yield chr(int(value(child, "char"), 16)), child
        elif tag == "r":
            properties = child.find("{*}rPr")
            if properties is None or not _on(properties.find("{*}vanish")):
                yield from _pieces(child)
        elif tag in _THROUGH and tag not in ("AlternateContent", "drawing", "pict"):
            yield from _pieces(child)


def _text_boxes(element: etree._Element, nesting: int) -> list[etree._Element]:
    """The contents of text boxes anchored in a paragraph, once each (they are stored twice for old programs)."""
    found: list[etree._Element] = []

    def search(parent: etree._Element) -> None:
        for child in parent:
            tag = local(child)
            if tag == "txbxContent":
                found.append(child)
            elif tag in _THROUGH:
                search(child)

    search(element)
    if found and nesting >= MAX_NESTING:
        raise refuse("too_deep")
    return found
