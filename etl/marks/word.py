"""Marks put into a person's own Word file: numbers highlighted, a comment beside each; the rest as the file has it.

The XML is changed in place, so that nothing is lost that a library does not know. Runs in the child process.
"""

from __future__ import annotations

import copy
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from core.texts import LANGUAGES, text
from etl.marks.package import WORD, Package
from etl.marks.remark import Remark
from etl.readers.docx import Walk, cells_of_table, letters_of
from etl.readers.gate import check
from etl.readers.office import parsing
from etl.readers.parts import INVISIBLE, place, refuse

_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# told apart by shape as well as by colour: a printed page may be grey
_LOOKS = {"agrees": ("green", ""), "differs": ("magenta", "wave"), "unknown": ("yellow", "dotted")}
_BREAKS = "\x0b\x0c\x85\u2028\u2029\r"


def w(name: str) -> str:
    """A Word element's or attribute's name with its namespace."""
    return f"{{{WORD}}}{name}"


@dataclass
class _Finder(Walk):
    """The reader's own walk, keeping which element each place names."""

    paragraph_at: dict[str, etree._Element] = field(default_factory=dict)
    cell_at: dict[tuple[str, int, int], etree._Element] = field(default_factory=dict)
    tables: int = 0

    def paragraph(self, element: etree._Element, nesting: int) -> None:
        """A paragraph, remembered under the place the reader gives it."""
        self.paragraph_at[place("paragraph", number=self.paragraphs + 1)] = element
        Walk.paragraph(self, element, nesting)

    def table(self, element: etree._Element, nesting: int) -> None:
        """A table, its cells remembered under its place."""
        self.tables += 1
        where = place("table", number=self.tables)
        for row, column, cell in cells_of_table(element, where):
            self.cell_at[where, row, column] = cell
        Walk.table(self, element, nesting)


def marked(name: str, content: bytes, remarks: Sequence[Remark], lang: str) -> bytes:
    """The file with its numbers highlighted and a comment of ours beside each.

    What an earlier marking left in it is taken away. Raises FaultError (area "reading") where the file is no Word file
    that can be read.
    """
    check(name, content)
    with parsing():
        package = Package(content, "docx")
        document = package.tree(package.main)
        body = next(document.iter("{*}body"), None)
        if body is None:
            raise refuse("damaged")
        comments = _Comments(package, lang)
        comments.take_ours_from(document)
        finder = _Finder(set())
        finder.story(body)
        by_home: dict[tuple, list[Remark]] = defaultdict(list)
        for remark in remarks:
            by_home[remark.place, remark.row, remark.column].append(remark)
        for home, said in by_home.items():
            paragraphs = _paragraphs(finder, home)
            if paragraphs:
                _mark(paragraphs, said, comments)
        comments.write()
        return package.content()


def _paragraphs(finder: _Finder, home: tuple[str, int, int]) -> list[etree._Element]:
    where, row, _ = home
    if row < 0:
        found = finder.paragraph_at.get(where)
        return [] if found is None else [found]
    cell = finder.cell_at.get(home)
    return [] if cell is None else [each for each in cell.iter(w("p"))]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as read, and the piece of a run's text it stands in: `at` its first character there, `to` behind it."""

    text: str
    element: etree._Element | None
    at: int
    to: int


def _letters(paragraphs: Sequence[etree._Element]) -> list[_Letter]:
    """The letters of paragraphs as the reader gives them: composed, invisible ones and outer white space left out."""
    found: list[_Letter] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            found.append(_Letter("\n", None, 0, 0))
        found += _composed(letters_of(paragraph))
    while found and found[0].text.isspace():
        found.pop(0)
    while found and found[-1].text.isspace():
        found.pop()
    return found


def _composed(raw: Iterator[tuple[str, etree._Element | None, int]]) -> list[_Letter]:
    found: list[_Letter] = []
    for letter, element, at in raw:
        letter = "\n" if letter in _BREAKS else letter
        if INVISIBLE.match(letter):
            continue
        before = found[-1] if found else None
        joined = unicodedata.normalize("NFC", before.text + letter) if before else ""
        if before and unicodedata.combining(letter) and before.element is element and len(joined) == 1:
            found[-1] = _Letter(joined, element, before.at, at + 1)
        else:
            found.append(_Letter(unicodedata.normalize("NFC", letter), element, at, at + 1))
    return found


def _mark(paragraphs: Sequence[etree._Element], remarks: Sequence[Remark], comments: _Comments) -> None:
    """Mark the numbers of one paragraph or cell, the last first, so that what stands before them stays where it is."""
    letters = _letters(paragraphs)
    for remark in sorted(remarks, key=lambda each: each.start, reverse=True):
        own = letters[remark.start : remark.end]
        if "".join(letter.text for letter in own) != remark.written:
            continue  # the text was converted from an old encoding: its letters stand elsewhere
        pieces: dict[int, list[_Letter]] = defaultdict(list)
        for letter in own:
            if letter.element is not None and letter.element.tag == w("t"):
                pieces[id(letter.element)].append(letter)
        runs = [_cut_out(piece[0].element, piece[0].at, piece[-1].to) for piece in pieces.values()]
        runs = [run for run in runs if run is not None]
        if runs:
            for run in runs:
                _highlight(run, remark.mark)
            comments.add(runs, remark)


def _cut_out(element: etree._Element, start: int, end: int) -> etree._Element | None:
    """The run that holds some characters of a text element alone, cut out of the run they stood in."""
    run = element.getparent()
    if run is None or run.tag != w("r"):
        return None
    said = element.text or ""
    behind = list(element.itersiblings())
    own, rest = _empty_like(run), _empty_like(run)
    own.append(_text(said[start:end]))
    if said[end:]:
        rest.append(_text(said[end:]))
    rest.extend(behind)
    element.text = said[:start]
    element.set(_SPACE, "preserve")
    run.addnext(own)
    if len(rest) > (1 if rest.find(w("rPr")) is not None else 0):
        own.addnext(rest)
    return own


def _empty_like(run: etree._Element) -> etree._Element:
    made = etree.Element(w("r"))
    properties = run.find(w("rPr"))
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _text(said: str) -> etree._Element:
    made = etree.Element(w("t"))
    made.text = said
    made.set(_SPACE, "preserve")
    return made


_AFTER = {  # what a run's properties hold behind these two, in the order the format asks for
    "highlight": ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
                  "specVanish", "oMath"),
    "u": ("effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
          "oMath"),
}  # fmt: skip


def _highlight(run: etree._Element, mark: str) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    colour, line = _LOOKS[mark]
    _put(properties, "highlight", colour)
    if line:
        _put(properties, "u", line)


def _put(properties: etree._Element, name: str, value: str) -> None:
    for old in properties.findall(w(name)):
        properties.remove(old)
    made = etree.Element(w(name))
    made.set(w("val"), value)
    later = {w(each) for each in _AFTER[name]} | {w("rPrChange")}
    at = next((at for at, each in enumerate(properties) if each.tag in later), len(properties))
    properties.insert(at, made)


class _Comments:
    """The comments of a Word file, ours added to those it has."""

    def __init__(self, package: Package, lang: str):
        self.package, self.lang = package, lang
        part = package.related(package.main, "comments")
        self.part = part
        self.root = package.tree(part) if part else etree.Element(w("comments"), nsmap={"w": WORD})
        known = [int(each.get(w("id"), "0")) for each in self.root if each.get(w("id"), "0").isdigit()]
        self.next = max(known, default=-1) + 1

    def take_ours_from(self, document: etree._Element) -> None:
        """Take away the comments and highlights of an earlier marking."""
        ours = {text("draft.comment_author", lang) for lang in LANGUAGES}
        old = [each for each in self.root if each.get(w("author")) in ours]
        ids = {each.get(w("id")) for each in old}
        for each in old:
            self.root.remove(each)
        if not ids:
            return
        opened: set[str] = set()
        gone = []
        for element in document.iter():
            id = element.get(w("id")) if isinstance(element.tag, str) else None
            if element.tag == w("commentRangeStart") and id in ids:
                opened.add(id)
                gone.append(element)
            elif element.tag == w("commentRangeEnd") and id in ids:
                opened.discard(id)
                gone.append(element)
            elif element.tag == w("commentReference") and id in ids:
                gone.append(element.getparent())
            elif element.tag in (w("highlight"), w("u")) and opened:
                gone.append(element)
        for element in gone:
            if element.getparent() is not None:
                element.getparent().remove(element)

    def add(self, runs: Sequence[etree._Element], remark: Remark) -> None:
        """A comment on some runs."""
        id, self.next = str(self.next), self.next + 1
        for tag, where in (("commentRangeStart", runs[0].addprevious), ("commentRangeEnd", runs[-1].addnext)):
            edge = etree.Element(w(tag))
            edge.set(w("id"), id)
            where(edge)
        shown = etree.Element(w("r"))
        reference = etree.SubElement(shown, w("commentReference"))
        reference.set(w("id"), id)
        runs[-1].getnext().addnext(shown)
        comment = etree.SubElement(self.root, w("comment"))
        for name, value in (("id", id), ("author", text("draft.comment_author", self.lang)),
                            ("initials", text("draft.comment_initials", self.lang))):  # fmt: skip
            comment.set(w(name), value)
        for number, line in enumerate(remark.lines):
            run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
            if number == 0:
                etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
            run.append(_text(INVISIBLE.sub("", line)))

    def write(self) -> None:
        """Put the comments into the package."""
        if self.part is None and len(self.root):
            content = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.package.add(self.package.main, "comments{}.xml", content, "comments", _COMMENTS)
