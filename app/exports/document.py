"""A conference as a Word document: the annex of a report in the layout of Nghị định 30/2020."""

from __future__ import annotations

import io
import re

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.exports.annex import (
    BODY,
    CELL,
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
    Said,
    annex_of,
)
from app.exports.lettering import width_of
from app.exports.packed import repacked
from app.exports.slides import LONGEST_PROPERTY
from app.story.deck import Deck

FONT = "Times New Roman"  # the decree's; it stands on every office computer
_SIDES = {"L": SIDE.LEFT, "C": SIDE.CENTER, "R": SIDE.RIGHT}
# style of the library's own template -> points, bold, italic
STYLES = {"Normal": (BODY, False, False), "Title": (14, True, False), "Heading 1": (BODY, True, False),
          "Heading 2": (BODY, True, False), "List Bullet": (BODY, False, False), "Caption": (11, False, True),
          "Header": (BODY, False, False), "Footer": (FOOT, False, False)}  # fmt: skip
_STYLE_OF = {"body": "Normal", "point": "List Bullet", "note": "Caption", "caption": "Caption"}


def deck_docx(deck: Deck) -> bytes:
    """A deck as .docx: A4, real headings, header rows that repeat, page numbers from the second page.

    The same deck gives the same bytes.
    """
    annex, made = annex_of(deck), Document()
    _paper(made, annex)
    _head(made, annex)
    _titles(made, annex)
    for block in annex.blocks:
        if isinstance(block, Heading):
            made.add_heading(block.words, block.level)
        elif isinstance(block, Said):
            _said(made, block)
        else:
            _table(made, block)
    _signed(made, annex)
    properties, at = made.core_properties, deck.freeze.at.replace(tzinfo=None, microsecond=0)
    properties.title, author = annex.title[:LONGEST_PROPERTY], annex.author[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = at
    properties.comments, properties.language = annex.foot[:LONGEST_PROPERTY], LANGUAGES[deck.lang]
    out = io.BytesIO()
    made.save(out)
    return _as_made_once(out.getvalue())


def _said(made, block: Said) -> None:
    paragraph = made.add_paragraph(block.words, _STYLE_OF[block.style])
    if block.style in ("body", "point"):
        paragraph.alignment = SIDE.JUSTIFY
    paragraph.paragraph_format.keep_with_next = block.style == "caption"


def _paper(made, annex: Annex) -> None:
    """Page, styles, the number over every page but the first, the freeze under each."""
    section = made.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    for name, length in PAGE.items():
        setattr(section, name, Mm(length))
    for name, (size, bold, italic) in STYLES.items():
        _style(made.styles[name], size, bold=bold, italic=italic)
    _bare(made, LANGUAGES[annex.lang])
    _dashed(made)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = SIDE.CENTER
    _field(number, "PAGE")
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = annex.foot


def _style(style, size: int, *, bold: bool, italic: bool) -> None:
    font, shape = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic, font.color.rgb = FONT, Pt(size), bold, italic, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)
    for border in style.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(6 if bold else 0), Pt(4), 1.1


def _bare(made, language: str) -> None:
    """The template's own fonts and language give way to ours wherever a style says nothing."""
    for defaults in made.styles.element.xpath(".//w:rFonts[@w:asciiTheme]"):
        defaults.attrib.clear()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            defaults.set(qn(f"w:{kind}"), FONT)
    for said in made.styles.element.xpath(".//w:lang"):
        said.set(qn("w:val"), language)
    for said in made.settings.element.xpath(".//w:themeFontLang"):
        said.set(qn("w:val"), language)


def _dashed(made) -> None:
    """Lines of a list begin with a dash, as in an office's paper."""
    number = made.styles["List Bullet"].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")[0]
    numbering = made.part.numbering_part.element
    kind = numbering.xpath(f"./w:num[@w:numId='{number}']/w:abstractNumId/@w:val")[0]
    level = numbering.xpath(f"./w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[@w:ilvl='0']")[0]
    level.find(qn("w:lvlText")).set(qn("w:val"), "-")
    for fonts in level.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), FONT)


def _head(made, annex: Annex) -> None:
    """Who issues on the left, the nation on the right, each over its rule; number and date below."""
    left, right = _halves(made)
    for words in annex.office:
        _line(left, words, 13, bold=True)
    _rule(left, HALVES[0], min(width_of(annex.office[-1], 13, bold=True), WIDTH * HALVES[0]) / 2)
    _line(left, annex.number, 13)
    _line(right, annex.nation[0], 12, bold=True, language="vi-VN")
    _line(right, annex.nation[1], 13, bold=True, language="vi-VN")
    _rule(right, HALVES[1], width_of(annex.nation[1], 13, bold=True))
    for words in annex.gloss:
        _line(right, words, 11)
    _line(right, annex.day, 13, italic=True)


def _titles(made, annex: Annex) -> None:
    _spaced(made.add_paragraph(annex.annex, "Title"), before=12)
    title = made.add_paragraph(annex.title, "Title")
    title.runs[0].font.all_caps = True
    _spaced(title)
    attached = made.add_paragraph()
    attached.alignment = SIDE.CENTER
    attached.add_run(annex.attached).italic = True


def _spaced(paragraph: Paragraph, before: int = 0) -> None:
    paragraph.alignment = SIDE.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(2)


def _signed(made, annex: Annex) -> None:
    """Who gets it on the left, who signs on the right over room for the seal; never torn over two pages."""
    for paragraph in (*made.paragraphs[-2:], made.add_paragraph()):
        paragraph.paragraph_format.keep_with_next = True
    left, right = _halves(made)
    for line, words in enumerate(annex.recipients):
        _line(left, words, 12 if line == 0 else 11, bold=line == 0, italic=line == 0, side=SIDE.LEFT)
    for words in annex.signatory:
        _line(right, words, 13, bold=True)
    for _ in range(SEAL):
        _line(right, "", 13)


def _halves(made):
    """Two cells side by side without lines, the row held together."""
    table = made.add_table(1, 2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _whole(table.rows[0])
    for column, (cell, part) in enumerate(zip(table.rows[0].cells, HALVES, strict=True)):
        cell.width = table.columns[column].width = Mm(WIDTH * part)
    return table.rows[0].cells


def _line(cell, words: str, size: int, *, bold: bool = False, italic: bool = False, side=SIDE.CENTER,
          language: str = "") -> None:  # fmt: skip
    """A line in one of the two heads; the first takes the cell's empty paragraph."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    paragraph.alignment = side
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if language:
        said = OxmlElement("w:lang")
        said.set(qn("w:val"), language)
        run._r.get_or_add_rPr().append(said)


def _rule(cell, half: float, length: float) -> None:
    """A line of `length` millimetres across the middle of a cell, which takes a part of the page's width."""
    paragraph = cell.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((WIDTH * half - 2 * PADDING - length) / 2)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(1), Pt(0), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")  # fmt: skip


def _table(made, grid: Grid) -> None:
    """A table whose header row stands on every page and whose rows are never torn."""
    table = made.add_table(1 + len(grid.rows), len(grid.header), "Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _named(table, grid.name)
    widths = [Mm(WIDTH * part) for part in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head, *lines = table.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _fill(head, grid.header, "C" * len(grid.header), widths, bold=True)
    _kept_with_next(head)
    for place, (row, line) in enumerate(zip(grid.rows, lines, strict=True)):
        if row.is_family:
            line.cells[1].merge(line.cells[-1])
        _fill(line, row.cells, grid.sides, widths, bold=row.is_family)
        if grid.is_kept(place):
            _kept_with_next(line)
    gap = made.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _fill(line, cells: tuple[str, ...], sides: str, widths: list, *, bold: bool) -> None:
    _whole(line)
    for place, (cell, words, side) in enumerate(zip(line.cells, cells, sides, strict=False)):
        cell.width = widths[place] if len(cells) == len(widths) or place == 0 else sum(widths[place:], Mm(0))
        paragraph = cell.paragraphs[0]
        paragraph.alignment = _SIDES[side]
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(2), Pt(2), 1.0
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(CELL)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _kept_with_next(line) -> None:
    for cell in line.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _named(table, name: str) -> None:
    for tag in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(tag)
        said.set(qn("w:val"), name)
        table._tbl.tblPr.append(said)


def _whole(line) -> None:
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word works out, such as the page's number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "2"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def _as_made_once(made: bytes) -> bytes:
    """The same parts without the moment of packing, without the template's picture, its theme in our font."""

    def settled(name: str, part: bytes) -> bytes:
        if name.startswith("word/theme/"):
            return re.sub(rb'(<a:latin typeface=")[^"]*', rb"\g<1>" + FONT.encode(), part)
        return part

    return repacked(made, settled)
