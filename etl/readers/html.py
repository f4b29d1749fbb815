"""Web pages (.html): running text and tables of the page's content; menus, scripts, forms and footers left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from core.vi.encodings import western
from etl.readers.gate import decode
from etl.readers.html_fonts import in_unicode
from etl.readers.legacy import Letters
from etl.readers.parts import Content, Flow, Span, one_line, place, refuse

MAX_DEPTH = 500
MAX_SPAN = 1_000
MAX_TAG = 100 * 2**10
MAX_COLUMNS = 1_000
MENU_LINKS = 3
LONG_TEXT = 400  # letters; the first lines of other news are shorter
RUNNING_TEXT = 40  # letters beside a link, in which it is a word of a sentence
SENTENCE = 80
LAYOUT_ROWS, COLUMN_LETTERS = 4, 1_500

_WESTERN = ("windows-1252", "iso-8859-1")
_UNICODE = ("utf-8", "utf8", "utf-16", "utf-16le", "unicode")
_CHARSET = re.compile(r"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FIGURE = re.compile(r"[-+]?\d[\d.,/ ]*%?")
_CAPITAL, _BETWEEN = re.compile("(?<=[a-z])(?=[A-Z])"), re.compile(r"[\s_-]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
# Tags that stand alone, or that HTML closes by itself: an open one says nothing about depth.
_UNCLOSED = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
             "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"}
_LEFT_OUT = {"script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button", "select",
             "iframe", "object", "head", "menu", "audio", "video", "canvas"}
_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary"}
_MENU_WORDS = {"nav", "navbar", "navigation", "menu", "footer", "breadcrumb", "breadcrumbs", "sidebar", "topbar",
               "banner", "copyright", "cookie", "cookies", "consent", "related", "share", "social", "comments", "tags",
               "pagination", "rating"}
_MENU_NAMES = re.compile("lienquan|tinkhac|truycap|quangcao|binhluan")  # in names with their hyphens taken out
_CONTAINERS = {"ul", "ol", "dl", "div", "section", "table", "td", "p", "header", "center"}
_INLINE = {"a", "b", "em", "font", "i", "span", "strong", "sup", "u"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
           "fieldset", "figcaption", "figure", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
           "summary", "ul", "caption", "tr", "td", "th", *_HEADINGS}


def read(content: bytes, letters: Letters) -> Content:
    """The blocks and tables of a page in reading order; tables that only lay out the page are read as text."""
    said = _decoded(content, letters)
    declared = _CHARSET.search(said[:5000])
    if not (letters.chosen or letters.of_bytes or letters.is_western) and declared and (
            declared[1].lower() not in _UNICODE):
        _check_ascii(said, declared[1])
    _check_tags(_without_scripts(said))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(said.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise refuse("too_deep" if "depth" in str(error).lower() else "empty") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise refuse("too_deep")
    if root is None:
        raise refuse("empty")
    in_unicode(root, said, letters)
    title = next((one_line("".join(element.itertext())) for element in root.iter("title")), "")
    body = root.find("body")
    body = body if body is not None else root
    page = Page(_measured(body))
    page.walk(body)
    page.flush()
    return page.flow.content({"title": title})


def _decoded(content: bytes, letters: Letters) -> str:
    """The page's text; one that Word saved in the letters of Western Windows sets old fonts in them, piece by piece."""
    declared = _CHARSET.search(content[:5000].decode("latin-1"))
    if declared and declared[1].lower() in _WESTERN and letters.of_bytes is None:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            letters.is_western = True
            return western(content)
    return decode(content, letters)


def _check_ascii(said: str, declared: str) -> None:
    """A page that names another encoding is taken where its letters would be the same in both."""
    if not said.isascii() and declared.lower() not in ("us-ascii", "ascii"):
        line = next(number for number, text in enumerate(said.split("\n"), 1) if not text.isascii())
        raise refuse("html_charset", place("line", line=line), declared=declared)


def _without_scripts(said: str) -> str:
    """The page without what stands inside scripts and styles, where a "<" is no tag."""
    small, kept, at = said.lower(), [], 0
    for begin, end in (("<script", "</script"), ("<style", "</style")):
        while (start := small.find(begin, at)) >= 0 and (stop := small.find(end, start)) >= 0:
            kept.append(said[at:start])
            at = stop
        said, small, kept, at = "".join(kept) + said[at:], "".join(kept).lower() + small[at:], [], 0
    return said


def _check_tags(said: str) -> None:
    """Refuse what makes parsers hang: very long tags, very deep nesting. Counted on the raw text, before any parser."""
    depth = deepest = 0
    for tag in _TAG.finditer(said):
        if tag[2].lower() not in _UNCLOSED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise refuse("too_deep")
    start = said.find("<")
    while start >= 0:
        end = said.find(">", start)
        if (len(said) if end < 0 else end) - start > MAX_TAG and said[start:start + 4] != "<!--":
            raise refuse("html_tag", most=MAX_TAG // 2**10)
        start = said.find("<", end) if end >= 0 else -1


@dataclass(slots=True)
class Amount:
    """How much an element says: letters in all, in links and in long stretches outside of them; its longest one."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0
    longest: int = 0
    figures: bool = False  # whether a table in it holds figures

    @property
    def is_list_of_links(self) -> bool:
        """Menus, other news with their first lines, addresses of other sites: many links, little said beside them."""
        return (self.links >= MENU_LINKS and self.linked * 4 >= self.letters and not self.figures
                and self.longest < LONG_TEXT)


def _measured(root: etree._Element) -> dict[etree._Element, Amount]:
    """How much every element below one says, each piece of text counted once."""
    amounts: dict[etree._Element, Amount] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        amounts[element] = amount = Amount()
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            continue
        own = [(element.text or "").strip(), *((child.tail or "").strip() for child in element)]
        said = sum(map(len, own))
        for child in element:
            below = amounts[child]
            amount.letters += below.letters
            if child.tag not in _INLINE or said < max(RUNNING_TEXT, below.linked):  # laws are cited by links, too
                amount.linked += below.linked
                amount.links += below.links
            amount.prose += below.prose
            amount.longest = max(amount.longest, below.longest)
            amount.figures = amount.figures or below.figures
        amount.letters += said
        if element.tag == "a":
            amount.links, amount.linked, amount.prose, amount.longest = 1, amount.letters, 0, 0
        else:
            amount.prose += sum(length for length in map(len, own) if length >= SENTENCE)
            amount.longest = max(amount.longest, *map(len, own))
        if element.tag == "table" and not amount.figures:
            amount.figures = not _lays_out(element, amounts) and _holds_figures(element)
    return amounts


def _holds_figures(table: etree._Element) -> bool:
    cells = (cell for name in ("td", "th") for cell in table.iter(name))
    return sum(_FIGURE.fullmatch("".join(cell.itertext()).strip()) is not None for cell in cells) > 1


@dataclass(slots=True)
class Page:
    """A walk through a page; `amounts` are what its elements say."""

    amounts: dict[etree._Element, Amount]
    flow: Flow = field(default_factory=Flow)
    paragraphs: int = 0
    _said: list[str] = field(default_factory=list)
    _heading: bool = False

    def walk(self, element: etree._Element) -> None:
        """The blocks and tables of an element, in order."""
        tag = element.tag
        if not isinstance(tag, str) or self._left_out(element):
            return
        if tag == "table" and not _lays_out(element, self.amounts):
            self.flush()
            self._table(element)
            return
        block = tag in _BLOCKS or tag == "table"
        if block:
            self.flush()
        self._heading = self._heading or tag in _HEADINGS
        if tag == "br":
            self._said.append("\n")
        self._said.append(_unwrapped(element.text, tag == "pre"))
        for child in element:
            self.walk(child)
            self._said.append(_unwrapped(child.tail, tag == "pre"))
        if block:
            self.flush()

    def flush(self) -> None:
        """End the paragraph being gathered; a double line break divides it."""
        lines = [one_line(line) for line in "".join(self._said).split("\n")]
        self._said.clear()
        for said in "\n".join(lines).split("\n\n"):
            if said.strip():
                self.paragraphs += 1
                self.flow.add_block(said.strip(), place("paragraph", number=self.paragraphs), heading=self._heading)
        self._heading = False

    def _left_out(self, element: etree._Element) -> bool:
        if element.tag in _LEFT_OUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if re.search(r"display\s*:\s*none", element.get("style", ""), re.IGNORECASE):
            return True
        amount = self.amounts[element]
        suspect = element.get("role", "").lower() in _ROLES or _is_named_as_menu(element)
        links = element.tag in _CONTAINERS and amount.is_list_of_links
        # A page whose author calls the whole of it "menu" is still a page, and so is an article beside much other news.
        return (links and amount.linked > amount.prose) or (
            (suspect or links) and amount.letters * 2 < next(reversed(self.amounts.values())).letters)

    def _table(self, element: etree._Element) -> None:
        where = place("table", number=self.flow.next_table())
        for caption in element.iterfind("caption"):
            self.flow.add_block(one_line("".join(caption.itertext())), where)
        self.flow.add_table(_spans(element, where), where)


def _is_named_as_menu(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if names == " ":
        return False
    words = _BETWEEN.split(_CAPITAL.sub(" ", names).lower())
    return not _MENU_WORDS.isdisjoint(words) or _MENU_NAMES.search("".join(words)) is not None


def _unwrapped(said: str | None, as_typed: bool) -> str:
    """Text whose line ends are spaces, unless the page wants them as typed: only <br> divides lines."""
    return (said or "") if as_typed else (said or "").replace("\n", " ").replace("\r", " ")


def _lays_out(table: etree._Element, amounts: dict[etree._Element, Amount]) -> bool:
    """Whether a table only lays out the page: it holds another table, no row of two cells, or the page's columns."""
    if table.find(".//table") is not None:
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if not any(len(row) > 1 for row in rows):
        return True
    return len(rows) <= LAYOUT_ROWS and any(
        cell.find(f".//{heading}") is not None or amounts[cell].letters > COLUMN_LETTERS
        for row in rows for cell in row for heading in ("h1", "h2"))


def _span(cell: etree._Element, name: str, where: str) -> int:
    said = cell.get(name, "1").strip() or "1"
    if not said.isascii() or not said.isdigit():
        return 1  # as browsers do
    if len(said) > 12 or int(said) > MAX_SPAN:
        raise refuse("span", where, found=said[:20], most=MAX_SPAN)
    return max(int(said), 1)


def _spans(table: etree._Element, where: str) -> list[list[Span]]:
    """The cells of a table with the columns they begin at, as browsers place them beside row spans from above."""
    rows: list[list[Span]] = []
    taken: dict[int, int] = {}  # column -> rows still covered from above
    for element in table.iter("tr"):
        row: list[Span] = []
        column = 0
        below: dict[int, int] = {at: left - 1 for at, left in taken.items() if left > 1}
        for cell in element:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column):
                column += 1
            columns, height = _span(cell, "colspan", where), _span(cell, "rowspan", where)
            if column + columns > MAX_COLUMNS:
                raise refuse("too_many_columns", where, most=MAX_COLUMNS)
            row.append(Span(_cell_text(cell), column, columns, height))
            if height > 1:
                below.update((at, height - 1) for at in range(column, column + columns))
            column += columns
        rows.append(row)
        taken = below
    return rows


def _cell_text(cell: etree._Element) -> str:
    said: list[str] = []

    def gather(element: etree._Element) -> None:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
            return
        if element.tag in ("br", "p", "div", "li") and said:
            said.append("\n")
        said.append(" ".join((element.text or "").split("\n")))
        for child in element:
            gather(child)
            said.append(" ".join((child.tail or "").split("\n")))

    gather(cell)
    lines = (one_line(line) for line in "".join(said).split("\n"))
    return "\n".join(line for line in lines if line)
