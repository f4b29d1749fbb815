"""A conference as a .pdf: the annex of a report in the layout of Nghị định 30/2020, its letters inside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fpdf import FPDF, ViewerPreferences
from fpdf.structure_tree import StructElem

from app.exports.annex import (
    BODY,
    CELL,
    ENDS,
    FOOT,
    HALVES,
    LANGUAGES,
    PADDING,
    PAGE,
    SEAL,
    WIDTH,
    Annex,
    Grid,
    Heading,
    Row,
    Said,
    annex_of,
)
from app.exports.lettering import FAMILY, POINT, has_letter, load_fonts, width_of
from app.exports.tags import Tags
from app.story.deck import Deck
from core.texts import text

BOX = "□"  # for a letter the font lacks
LINE = 1.2  # of the letters' size
# style of words -> points, face, millimetres before and after, tag
SET = {"body": (BODY, "", 0, 1.6, "P"), "point": (BODY, "", 0, 0.8, "P"), "note": (11, "I", 1, 1.6, "P"),
       "caption": (11, "I", 0, 1.2, "P"), 1: (BODY, "B", 2.4, 1.4, "H1"), 2: (BODY, "B", 2, 1.2, "H2")}  # fmt: skip
DASH = 6  # millimetres from the dash of a list's line to its words
AFTER_TABLE = 2
_TOP, _LEFT, _BOTTOM = PAGE["top_margin"], PAGE["left_margin"], PAGE["page_height"] - PAGE["bottom_margin"]
_AIR = 0.65  # millimetres over and under the words of a cell
_HEADED = 30  # millimetres of a table's page for heading, sentence and caption
_HAIR = 0.01  # millimetres by which the library may count otherwise
_STROKE = 0.2


def deck_pdf(deck: Deck) -> bytes:
    """A deck as .pdf: A4, tagged, real text, header rows that repeat, page numbers from the second page.

    A letter the font lacks stands as a box, which the last lines explain. The same deck gives the same bytes.
    """
    annex = _drawable(annex_of(deck))
    sheet = _Sheet(annex)
    sheet.set_creation_date(deck.freeze.at)
    _head(sheet, annex)
    _titles(sheet, annex)
    for place, block in enumerate(annex.blocks):
        sheet.room(_needed(sheet, annex, place))
        _draw(sheet, block)
    _signed(sheet, annex)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """A4 with the decree's margins, the page's number over each page but the first, the freeze under each."""

    def __init__(self, annex: Annex) -> None:
        super().__init__(unit="mm", format="A4")
        load_fonts(self)
        self.foot = annex.foot
        self._broken: dict[tuple[str, float, str, float], list[str]] = {}
        self.struct_builder = self.tags = Tags()
        self.c_margin = 0
        self.set_line_width(_STROKE)
        self.set_margins(_LEFT, _TOP, PAGE["right_margin"])
        self.set_auto_page_break(True, PAGE["bottom_margin"])
        self.set_lang(LANGUAGES[annex.lang])
        self.set_title(annex.title)
        self.set_author(annex.author)
        self.set_subject(annex.foot)
        self.set_producer("fpdf2")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def header(self) -> None:
        """The page's number."""
        if self.page_no() > 1:
            self._apart(PAGE["header_distance"], BODY, str(self.page_no()), "C")

    def footer(self) -> None:
        """Whose figures, and which freeze."""
        self.set_font(FAMILY, "", FOOT)
        height = FOOT * POINT * LINE * len(self.lines(self.foot, WIDTH))
        self._apart(PAGE["page_height"] - PAGE["footer_distance"] - height, FOOT, self.foot, "L")

    def _apart(self, top: float, size: float, words: str, side: str) -> None:
        """Words of the page, not of the text."""
        self.set_font(FAMILY, "", size)
        with self.marked("Artifact"):
            self.set_y(top)
            self.put(words, _LEFT, WIDTH, size, side)
        self.set_xy(_LEFT, _TOP)

    @contextmanager
    def marked(self, tag: str, inside: StructElem | None = None) -> Iterator[None]:
        """What is drawn belongs to a tag, or to none ("Artifact"); no page may end in it."""
        if tag == "Artifact":
            self._out("/Artifact BMC")
        else:
            number, parent = self.tags.marked(self.page, tag, inside)
            self.pages[self.page].struct_parents = parent
            self._out(f"/{tag} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    def room(self, height: float) -> None:
        """Goes on to the next page where a height does not fit on this one but would on an empty one."""
        if self.y + height > _BOTTOM - _HAIR and self.y > _TOP and height <= _BOTTOM - _TOP:
            self.add_page()

    def lines(self, words: str, width: float) -> list[str]:
        """Words as they are broken into lines of the current font; asked for again and again, worked out once."""
        asked = (words, width, self.font_style, self.font_size_pt)
        if asked not in self._broken:
            self._broken[asked] = self.multi_cell(width, 1, words, align="L", dry_run=True, output="LINES") or [""]
        return self._broken[asked]

    def put(self, words: str, left: float, width: float, size: float, side: str = "C") -> None:
        """Words in the current font at the current height, which they move down."""
        self.set_x(left)
        self.multi_cell(width, size * POINT * LINE, words, align=side, new_x="LMARGIN", new_y="NEXT")


def _drawable(annex: Annex) -> Annex:
    """The annex in letters the font has, and a line that says so where some were lacking."""
    lacking = False

    def drawn(words: str) -> str:
        nonlocal lacking
        if all(map(has_letter, words)):
            return words
        lacking = True
        return "".join(letter if has_letter(letter) else BOX for letter in words if not _unseen(letter))

    def block(each: Heading | Said | Grid) -> Heading | Said | Grid:
        if not isinstance(each, Grid):
            return replace(each, words=drawn(each.words))
        rows = tuple(replace(row, cells=tuple(map(drawn, row.cells))) for row in each.rows)
        return replace(each, name=drawn(each.name), header=tuple(map(drawn, each.header)), rows=rows)

    plain = ("author", "day", "title", "foot")
    made = replace(annex, office=tuple(map(drawn, annex.office)), blocks=tuple(map(block, annex.blocks)),
                   **{name: drawn(getattr(annex, name)) for name in plain})  # fmt: skip
    said = Said(text("exports.paper_letters", annex.lang, box=BOX))
    return replace(made, blocks=(*made.blocks, said)) if lacking else made


def _unseen(letter: str) -> bool:
    """Signs that join or vary others and have no shape of their own."""
    return not has_letter(letter) and (unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f")


def _head(sheet: _Sheet, annex: Annex) -> None:
    """Who issues on the left, the nation on the right, each over its rule; number and date below."""
    split = WIDTH * HALVES[0]
    left, right = (_LEFT, split), (_LEFT + split, WIDTH - split)
    for words in annex.office:
        _line(sheet, words, 13, "B", *left)
    _rule(sheet, *left, min(split, width_of(annex.office[-1], 13, bold=True)) / 2)
    _line(sheet, annex.number, 13, "", *left)
    end = sheet.y
    sheet.set_y(_TOP)
    _line(sheet, annex.nation[0], 12, "B", *right)
    _line(sheet, annex.nation[1], 13, "B", *right)
    _rule(sheet, *right, width_of(annex.nation[1], 13, bold=True))
    for words in annex.gloss:
        _line(sheet, words, 11, "", *right)
    _line(sheet, annex.day, 13, "I", *right)
    sheet.set_y(max(end, sheet.y) + 5)


def _line(sheet: _Sheet, words: str, size: float, face: str, left: float, width: float, side: str = "C") -> None:
    sheet.set_font(FAMILY, face, size)
    with sheet.marked("P"):
        sheet.put(words, left, width, size, side)


def _rule(sheet: _Sheet, left: float, width: float, length: float) -> None:
    middle, top = left + width / 2, sheet.y + 0.6
    with sheet.marked("Artifact"):
        sheet.line(middle - length / 2, top, middle + length / 2, top)
    sheet.set_y(top + 1.2)


def _titles(sheet: _Sheet, annex: Annex) -> None:
    for words, face in ((annex.annex, "B"), (annex.title.upper(), "B"), (annex.attached, "I")):
        size = 13 if face == "I" else 14
        sheet.set_y(sheet.y + 0.6)
        _line(sheet, words, size, face, _LEFT, WIDTH)
    sheet.set_y(sheet.y + 0.6)


def _needed(sheet: _Sheet, annex: Annex, place: int) -> float:
    """Millimetres a block takes with what may not be torn from it: a heading's words, a caption's table, who signs."""
    block, height = annex.blocks[place], _height(sheet, annex.blocks[place])
    if place >= len(annex.blocks) - 2:
        return height + sum(_height(sheet, each) for each in annex.blocks[place + 1 :]) + _signature(annex)
    if isinstance(block, Heading) or (isinstance(block, Said) and block.style == "caption"):
        return height + _needed(sheet, annex, place + 1)
    return height


def _height(sheet: _Sheet, block: Heading | Said | Grid) -> float:
    """Millimetres of a block; of a long table only its header and first rows."""
    if isinstance(block, Grid):
        head = _row_height(sheet, block, Row(block.header))
        heights = [_row_height(sheet, block, row) for row in block.rows[: None if block.is_whole else ENDS]]
        whole = head + sum(heights) + AFTER_TABLE
        return whole if whole < _BOTTOM - _TOP - _HEADED else head + heights[0]
    size, face, before, after, _ = SET[_style(block)]
    sheet.set_font(FAMILY, face, size)
    return before + after + len(sheet.lines(block.words, WIDTH - _indent(block))) * size * POINT * LINE


def _style(block: Heading | Said) -> str | int:
    return block.level if isinstance(block, Heading) else block.style


def _indent(block: Heading | Said) -> float:
    return DASH if _style(block) == "point" else 0


def _draw(sheet: _Sheet, block: Heading | Said | Grid) -> None:
    if isinstance(block, Grid):
        _table(sheet, block)
        return
    size, face, before, after, tag = SET[_style(block)]
    sheet.set_y(sheet.y + (before if sheet.y > _TOP else 0))
    sheet.set_font(FAMILY, face, size)
    height, indent = size * POINT * LINE, _indent(block)
    if isinstance(block, Heading):
        sheet.start_section(block.words[:120], block.level - 1, strict=False)
    whole = sheet.lines(block.words, WIDTH - indent)
    side = "J" if face == "" else "L"
    most = int((_BOTTOM - _HAIR - sheet.y) / height)
    if len(whole) <= most:
        _paragraph(sheet, block.words, tag, height, indent, side)
    else:  # longer than its page: line by line, each page with its part
        for line in whole:
            sheet.room(height)
            sheet.set_font(FAMILY, face, size)
            _paragraph(sheet, line, tag, height, indent, "L", dash=line is whole[0])
    sheet.set_y(sheet.y + after)


def _paragraph(sheet: _Sheet, words: str, tag: str, height: float, indent: float, side: str, *,
               dash: bool = True) -> None:  # fmt: skip
    with sheet.marked(tag):
        if indent and dash:
            sheet.set_x(_LEFT)
            sheet.cell(indent, height, "-")
        sheet.set_x(_LEFT + indent)
        sheet.multi_cell(WIDTH - indent, height, words, align=side, new_x="LMARGIN", new_y="NEXT")


def _table(sheet: _Sheet, grid: Grid) -> None:
    """A table whose header row stands on every page and whose rows are never torn."""
    table = sheet.tags.opened("Table", title=grid.name, page=sheet.page)
    header = Row(grid.header)
    _row(sheet, grid, header, table, head=True)
    heights = [_row_height(sheet, grid, row) for row in grid.rows]
    for place, row in enumerate(grid.rows):
        end = next(at for at in range(place, len(heights)) if not grid.is_kept(at)) + 1
        whole = sum(heights[place:end])
        together = whole if whole < _BOTTOM - _TOP - _HEADED else heights[place]
        if sheet.y + together > _BOTTOM - _HAIR:
            sheet.add_page()
            _row(sheet, grid, header, None, head=True)
        _row(sheet, grid, row, table, head=False)
    sheet.set_y(sheet.y + AFTER_TABLE)


def _row_widths(grid: Grid, row: Row) -> list[float]:
    widths = [WIDTH * part for part in grid.widths]
    return [widths[0], sum(widths[1:])] if row.is_family else widths


def _row_height(sheet: _Sheet, grid: Grid, row: Row) -> float:
    """Millimetres of a row, whose font is set: families and headers are bold."""
    sheet.set_font(FAMILY, "B" if row.is_family or row.cells == grid.header else "", CELL)
    widths = _row_widths(grid, row)
    most = max(len(sheet.lines(words, width - 2 * PADDING)) for words, width in zip(row.cells, widths, strict=True))
    return most * CELL * POINT * LINE + 2 * _AIR


def _row(sheet: _Sheet, grid: Grid, row: Row, table: StructElem | None, *, head: bool) -> None:
    """A row at the current height; a header that is only repeated belongs to the page, not to the text."""
    height, top, left = _row_height(sheet, grid, row), sheet.y, float(_LEFT)
    sides = "C" * len(row.cells) if head else grid.sides
    line = sheet.tags.opened("TR", inside=table, page=sheet.page) if table else None
    for words, width, side in zip(row.cells, _row_widths(grid, row), sides, strict=False):
        inner = width - 2 * PADDING
        used = len(sheet.lines(words, inner)) * CELL * POINT * LINE
        with sheet.marked("Artifact"):
            sheet.rect(left, top, width, height)
        with sheet.marked("TH" if head else "TD", line) if line else sheet.marked("Artifact"):
            sheet.set_y(top + (height - used) / 2)
            sheet.put(words, left + PADDING, inner, CELL, side)
        left += width
    sheet.set_y(top + height)


def _signature(annex: Annex) -> float:
    """Millimetres of the last block, with room for signature and seal."""
    return 8 + (len(annex.signatory) + SEAL) * BODY * POINT * LINE


def _signed(sheet: _Sheet, annex: Annex) -> None:
    """Who gets it on the left, who signs on the right over room for the seal; never torn over two pages."""
    split = WIDTH * HALVES[0]
    top = sheet.y + 6
    sheet.set_y(top)
    for place, words in enumerate(annex.recipients):
        _line(sheet, words, 11 if place else 12, "" if place else "BI", _LEFT, split, "L")
    sheet.set_y(top)
    for words in annex.signatory:
        _line(sheet, words, 13, "B", _LEFT + split, WIDTH - split)
