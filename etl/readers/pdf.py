"""PDF files: paragraphs by pdfium, tables with ruled lines by pdfplumber, and only on pages small enough for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import pypdfium2
from pypdfium2 import raw

from core.vi.encodings import NAMES
from etl.readers.legacy import Letters, recognised
from etl.readers.parts import Content, Flow, Span, clean, one_line, place, refuse
from etl.readers.pdf_lines import Box, Line, edges_of, lines_of, texts_of

MAX_PAGES = 300
MAX_PAGE_CHARACTERS = 50_000
MAX_PAGE_OBJECTS = 20_000
# pdfplumber needs a hundred times what pdfium needs: it sees ruled pages only, and of those only so many.
MAX_TABLE_CHARACTERS = 15_000
MAX_TABLE_OBJECTS = 5_000
MAX_TABLE_PAGES = 40
RULED_PATHS = 4
LETTERS_OF_A_TEXT = 20
WORDS_OF_A_TEXT = 0.75  # of the different words; reports have more than 0.9, codes of glyphs about a half
SAME_EDGE = 3.0  # points
_PAGE_NUMBER = re.compile(r"-?\s*\d{1,3}\s*-?|(Trang|Page)\s*\d+(\s*/\s*\d+)?")
_NUMBER = re.compile(r"\d[\d.,/:%-]*[a-zđ]{0,3}|[a-zđ]\d+", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_WHOLE = re.compile(rf"{_GROUPED.pattern}|\d+(?:[.,]\d+)?")
_JOINED = re.compile(r"[-–/.,&_]|(?<=\D)\d+$")


@dataclass(slots=True)
class Ruled:
    """A ruled table: its cells, the left edges of its columns, its box, and the table of the page before it goes on."""

    rows: list[list[Span]]
    edges: list[float]
    box: Box


@dataclass(slots=True)
class PageText:
    """What one page says: its lines in reading order and its ruled tables from top to bottom."""

    number: int
    lines: list[Line]
    ruled: bool
    turned: bool
    tables: list[Ruled] = field(default_factory=list)


def read(content: bytes, letters: Letters) -> Content:
    """The paragraphs and ruled tables of a PDF in reading order, a table over several pages as one.

    `properties` may say "pages_without_text" (scanned pages among others) and "pages_without_tables" (ruled pages
    whose tables were left as text because the page is over the limits or the table reader failed).
    FaultError where the whole file has no text (a scan) or only text that cannot be used (glyphs without their
    letters, an old font), has a password, is damaged or over the limits.
    """
    pages, title = _pages(content)
    letters = [sum(len(line.text) for line in page.lines) for page in pages]
    if sum(letters) < LETTERS_OF_A_TEXT:
        raise refuse("scanned", pages=len(pages))
    _check_letters(pages)
    left_out = _add_tables(content, pages)
    empty = [str(page.number) for page, count in zip(pages, letters, strict=True) if not count]
    flow = Flow()
    _write(flow, pages)
    return flow.content({"title": title, "pages_without_text": ", ".join(empty),
                         "pages_without_tables": ", ".join(map(str, left_out))})


def _check_letters(pages: Sequence[PageText]) -> None:
    """Refuse text that prints well and reads as nonsense.

    Text in an old font is not converted: what a page says of ư is lost on the way to the reader.
    """
    lines = [line.text for page in pages for line in page.lines]
    if old := recognised(lines):
        raise refuse("pdf_old_font", font=NAMES[old[0]], example=old[1])
    words = {word for line in lines for word in line.split() if len(word) > 2}
    if sum(map(_is_word, words)) < WORDS_OF_A_TEXT * len(words):
        raise refuse("pdf_glyphs", example=lines[0][:40])


def _is_word(word: str) -> bool:
    """Whether something between spaces is a word, a number, or a sign that stands alone in real text."""
    bare = word.strip("()[]{}“”‘’\"'«».,;:!?…-–—/*+•%")
    if not bare:
        return len(set(word)) == 1
    if _NUMBER.fullmatch(bare):
        return True
    return all(part.isalpha() and (part.islower() or part.isupper() or part[1:].islower())
               for part in _JOINED.split(bare))


def _pages(content: bytes) -> tuple[list[PageText], str]:
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > MAX_PAGES:
            raise refuse("pdf_pages", pages=len(document), most=MAX_PAGES)
        pages = [_page(document, at) for at in range(len(document))]
        return pages, clean(document.get_metadata_dict().get("Title", ""))
    except pypdfium2.PdfiumError as error:
        raise refuse("encrypted" if "password" in str(error).lower() else "damaged") from error


def _page(document: pypdfium2.PdfDocument, at: int) -> PageText:
    page = document[at]
    where = place("page", page=at + 1)
    objects = raw.FPDFPage_CountObjects(page)
    if objects > MAX_PAGE_OBJECTS:
        raise refuse("pdf_page_full", where, found=objects, most=MAX_PAGE_OBJECTS)
    text = page.get_textpage()
    characters = text.count_chars()
    if characters > MAX_PAGE_CHARACTERS:
        raise refuse("pdf_page_full", where, found=characters, most=MAX_PAGE_CHARACTERS)
    small = characters <= MAX_TABLE_CHARACTERS and objects <= MAX_TABLE_OBJECTS
    ruled = _is_ruled(page, objects)
    found = PageText(at + 1, lines_of(text, characters), ruled and small, page.get_rotation() != 0)
    text.close()
    page.close()
    return found


def _is_ruled(page: pypdfium2.PdfPage, objects: int) -> bool:
    """Whether a page draws enough paths to hold a ruled table (forms may hide them)."""
    paths = 0
    for at in range(objects):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at))
        paths += 1 if kind == raw.FPDF_PAGEOBJ_PATH else RULED_PATHS if kind == raw.FPDF_PAGEOBJ_FORM else 0
        if paths >= RULED_PATHS:
            return True
    return False


def _add_tables(content: bytes, pages: Sequence[PageText]) -> list[int]:
    """Find the ruled tables of the pages; the numbers of ruled pages that were left as text."""
    wanted = [page for page in pages if page.ruled]
    left_out = [page.number for page in wanted[MAX_TABLE_PAGES:]]
    if not wanted:
        return left_out
    import pdfplumber  # slow to load, and most reports have no ruled page
    wanted = wanted[:MAX_TABLE_PAGES]
    try:
        with pdfplumber.open(BytesIO(content), pages=[page.number for page in wanted]) as document:
            for page, plumbed in zip(wanted, document.pages, strict=True):
                page.tables = sorted((_ruled(table, plumbed.bbox) for table in plumbed.find_tables()
                                      if len(table.cells) > 1), key=lambda table: -table.box[3])
                plumbed.close()
    except MemoryError:
        raise
    except Exception:  # its parser fails in many ways on files that pdfium reads; the text is there, tables are named
        left_out = [page.number for page in wanted if not page.tables] + left_out
    return left_out


def _ruled(table: object, page: Box) -> Ruled:
    """A table of pdfplumber with its spans, its box measured from the bottom of the page."""
    xs, ys = _edges(cell[0] for cell in table.cells), _edges(cell[1] for cell in table.cells)
    said = table.extract()
    rows = []
    for at, row in enumerate(table.rows):
        spans = []
        for number, cell in enumerate(row.cells):
            if cell is not None:
                left, top, right, bottom = cell
                columns = sum(left - 1 <= x < right - 1 for x in xs)
                height = sum(top - 1 <= y < bottom - 1 for y in ys)
                column = next((i for i, x in enumerate(xs) if abs(x - left) <= 1), number)
                spans.append(Span(cell_text(said[at][number]), column, max(columns, 1), max(height, 1)))
        rows.append(spans)
    left, top, right, bottom = table.bbox
    return Ruled(rows, xs, (left, page[3] - bottom, right, page[3] - top))


def _edges(positions: Sequence[float]) -> list[float]:
    """Positions in order, those within a point of each other once."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > 1:
            edges.append(position)
    return edges


def cell_text(said: str | None) -> str:
    """The lines of a cell; a number that a narrow column broke is one again, where it could be no two."""
    lines = [one_line(line) for line in clean(said or "").split("\n") if line.strip()]
    whole = "".join(lines)
    broken = len(lines) > 1 and _GROUPED.fullmatch(whole) and not all(map(_WHOLE.fullmatch, lines))
    return whole if broken else "\n".join(lines)


def _write(flow: Flow, pages: Sequence[PageText]) -> None:
    """Pages into the flow; a table that begins a page with the columns of the one that ended the last goes on."""
    open_table: tuple[Ruled, str] | None = None
    for page in pages:
        items = _items(page)
        number = 0
        for at, item in enumerate(items):
            if isinstance(item, Ruled):
                if open_table and at == 0 and _goes_on(open_table[0], item):
                    open_table[0].rows.extend(without_rest(open_table[0].rows[-1], item.rows))
                    continue
                open_table = _close(flow, open_table)
                open_table = item, place("page_table", page=page.number, number=flow.next_table())
            else:
                open_table = _close(flow, open_table)
                number += 1
                flow.add_block(item, place("page_paragraph", page=page.number, number=number))
    _close(flow, open_table)


def _close(flow: Flow, open_table: tuple[Ruled, str] | None) -> None:
    if open_table:
        flow.add_table(open_table[0].rows, open_table[1])


def without_rest(last: list[Span], rows: list[list[Span]]) -> list[list[Span]]:
    """The rows of a table's next page, the first given to the row above it where it only ends what that began.

    A row that a page breaks goes on with words in small letters, and with no number.
    """
    rest = [span for span in rows[0] if span.text]
    above = {(span.column, span.columns): at for at, span in enumerate(last) if span.text}
    fits = [above.get((span.column, span.columns)) for span in rest]
    words = all(span.text[0].islower() and not any(map(str.isdigit, span.text)) for span in rest)
    if not rest or not words or None in fits:
        return rows
    for at, span in zip(fits, rest, strict=True):
        last[at] = replace(last[at], text=f"{last[at].text}\n{span.text}")
    return rows[1:]


def _goes_on(above: Ruled, below: Ruled) -> bool:
    return len(above.edges) == len(below.edges) and all(
        abs(one - other) <= SAME_EDGE for one, other in zip(above.edges, below.edges, strict=True))


def _items(page: PageText) -> list[str | Ruled]:
    """Paragraphs and tables of a page in reading order, without its page number."""
    waiting, edges = list(page.tables), edges_of(page.lines)
    items: list[str | Ruled] = []
    group: list[Line] = []
    for at, line in enumerate(page.lines):
        if at in (0, len(page.lines) - 1) and _PAGE_NUMBER.fullmatch(line.text):
            continue
        table = None if page.turned else next((one for one in page.tables if _inside(line, one)), None)
        while waiting and (table is waiting[0] or (table is None and _is_below(line, waiting[0]))):
            items += [*texts_of(group, edges), waiting.pop(0)]
            group = []
        if table is None:
            group.append(line)
    return [*items, *texts_of(group, edges), *waiting]


def _inside(line: Line, table: Ruled) -> bool:
    if line.box is None:
        return False
    left, bottom, right, top = line.box
    x, y = (left + right) / 2, (bottom + top) / 2
    return table.box[0] - 1 <= x <= table.box[2] + 1 and table.box[1] - 1 <= y <= table.box[3] + 1


def _is_below(line: Line, table: Ruled) -> bool:
    return line.box is not None and line.box[3] <= table.box[1] + 1
