"""One sheet of a workbook as it is marked: its cells by reference, their styles, and notes beside them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from lxml import etree

from etl.marks.package import MAIN, RELATION, Package, tag
from etl.readers.parts import column_letters

_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_AFTER_NOTES = {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
                "extLst"}  # fmt: skip
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:260pt;height:96pt;z-index:1;'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox '
    'style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_TYPE_OF_SHAPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_FIRST_SHAPE = 60_000  # Excel numbers its own from 1025
_SHAPES = re.compile(r"<v:shape\b(?!type).*?</v:shape>", re.DOTALL)


def position(ref: str) -> tuple[int, int]:
    """Zero-based row and column of a reference such as C14."""
    letters, row = _REFERENCE.fullmatch(ref).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


class Sheet:
    """A sheet part of a package."""

    def __init__(self, package: Package, part: str):
        self.package, self.part = package, part
        self.root = package.tree(part)
        self._rows: dict[int, etree._Element] = {}
        self._merged: list[tuple[str, int, int, int, int]] | None = None
        self._walk()

    def _walk(self) -> None:
        """Number the rows and cells that leave their place to be counted."""
        self._data = self.root.find(tag("sheetData"))
        before = 0
        for row in self._data.iterfind(tag("row")):
            before = int(row.get("r") or before + 1)
            row.set("r", str(before))
            self._rows[before - 1] = row

    def style(self, ref: str) -> int:
        """The style of a cell: its own, else its row's, else its column's."""
        cell = self._find(*position(ref))
        if cell is not None:
            return int(cell.get("s") or 0)
        row, column = position(ref)
        element = self._rows.get(row)
        if element is not None and element.get("customFormat") in ("1", "true"):
            return int(element.get("s") or 0)
        for each in self.root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(each.get("min")) <= column + 1 <= int(each.get("max")):
                return int(each.get("style") or 0)
        return 0

    def set_style(self, ref: str, style: int) -> None:
        """Give a cell a style; a cell that is not there yet comes to be, empty."""
        row, column = position(ref)
        cell = self._find(row, column)
        if cell is None:
            cell = self._insert(row, column)
        cell.set("s", str(style))

    def anchor(self, ref: str) -> str:
        """The cell that shows a reference: of merged cells the first."""
        row, column = position(ref)
        if self._merged is None:
            areas = (each.get("ref", "").partition(":") for each in self.root.iter(tag("mergeCell")))
            self._merged = [(first, *position(first), *position(last or first)) for first, _, last in areas]
        inside = (first for first, top, left, bottom, right in self._merged
                  if top <= row <= bottom and left <= column <= right)  # fmt: skip
        return next(inside, ref)

    def _find(self, row: int, column: int) -> etree._Element | None:
        element = self._rows.get(row)
        return None if element is None else dict(_cells(element)).get(column)

    def _insert(self, row: int, column: int) -> etree._Element:
        line = self._rows.get(row)
        if line is None:
            line = etree.Element(tag("row"), r=str(row + 1))
            later = [number for number in self._rows if number > row]
            place = self._data.index(self._rows[min(later)]) if later else len(self._data)
            self._data.insert(place, line)
            self._rows[row] = line
        cell = etree.Element(tag("c"), r=f"{column_letters(column)}{row + 1}")
        before = [each for at, each in _cells(line) if at < column]
        line.insert(line.index(before[-1]) + 1 if before else 0, cell)
        return cell

    def note(self, notes: dict[str, str], author: str) -> None:
        """Write notes by reference, behind what somebody noted there; those of an earlier marking go."""
        part = self.package.related(self.part, "comments")
        if part is None and not notes:
            return
        if part is None:
            part, _ = self.package.add(self.part, "comments{}.xml", _COMMENTS.encode(), "comments", _COMMENTS_TYPE)
        comments = Comments(self.package.tree(part), author)
        gone = comments.clear() - set(notes)
        known = comments.known()
        for ref, words in notes.items():
            comments.write(ref, words)
        comments.sort()
        self._draw([ref for ref in notes if ref not in known], gone)

    def _notes_drawing(self) -> str | None:
        """The drawing of the notes; a sheet may have another one for pictures in its header."""
        named = self.root.find(tag("legacyDrawing"))
        return None if named is None else self.package.target(self.part, named.get(f"{{{RELATION}}}id", ""))

    def _draw(self, new: list[str], gone: set[str]) -> None:
        part = self._notes_drawing()
        if part is None:
            if not new:
                return
            part, id = self.package.add(
                self.part, "drawings/vmlDrawingMark{}.vml", _DRAWING.encode(), "vmlDrawing", _DRAWING_TYPE
            )
            after = [child for child in self.root if etree.QName(child).localname in _AFTER_NOTES]
            place = self.root.index(after[0]) if after else len(self.root)
            self.root.insert(place, etree.Element(tag("legacyDrawing"), {f"{{{RELATION}}}id": id}))
        drawing = self.package.parts[part].decode("utf-8")
        places = {position(ref) for ref in (*new, *gone)}
        drawing = _SHAPES.sub(lambda shape: "" if _shape_at(shape[0]) in places else shape[0], drawing)
        shapes = "" if 'id="_x0000_t202"' in drawing else _TYPE_OF_SHAPE
        used = {int(number) for number in re.findall(r'id="_x0000_s([0-9]+)"', drawing)}
        first = max([_FIRST_SHAPE, *used]) + 1
        shapes += "".join(_shape(ref, first + number) for number, ref in enumerate(new))
        head, _, tail = drawing.rpartition("</xml>")
        self.package.parts[part] = f"{head}{shapes}</xml>{tail}".encode()


def _cells(row: etree._Element):
    """The cells of a row with their columns; those that leave their place to be counted are numbered."""
    column = -1
    for cell in row.iterfind(tag("c")):
        column = position(cell.get("r"))[1] if cell.get("r") else column + 1
        cell.set("r", f"{column_letters(column)}{row.get('r')}")
        yield column, cell


def _shape(ref: str, id: int) -> str:
    row, column = position(ref)
    anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 6, {column + 4}, 12, {row + 6}, 6"
    return _SHAPE.format(id=id, anchor=anchor, row=row, column=column)


def _shape_at(shape: str) -> tuple[int, int] | None:
    row, column = (re.search(rf"<x:{name}>\s*([0-9]+)", shape) for name in ("Row", "Column"))
    return (int(row[1]), int(column[1])) if row and column else None


class Comments:
    """The notes of one sheet. Ours stand under an author of their own, or behind a line where somebody's note is."""

    def __init__(self, root: etree._Element, author: str):
        self.root, self.author = root, author
        self.line = f"— {author} —"
        self._list = root.find(tag("commentList"))
        self._authors = root.find(tag("authors"))

    def known(self) -> set[str]:
        """The cells that have a note."""
        return {each.get("ref") for each in self._list}

    def clear(self) -> set[str]:
        """Take away what an earlier marking wrote; the cells that are left without a note."""
        names = [author.text or "" for author in self._authors]
        gone = set()
        for comment in list(self._list):
            if names[int(comment.get("authorId", "0"))] == self.author:
                gone.add(comment.get("ref"))
                self._list.remove(comment)
                continue
            self._cut(comment)
        return gone

    def _cut(self, comment: etree._Element) -> None:
        """Take away what stands from our line on; a program that saved the file may have joined the runs of a note."""
        ours = False
        for said in list(comment.iter(tag("t"))):
            if not ours and self.line in (said.text or ""):
                ours = True
                said.text = said.text.partition(self.line)[0].removesuffix("\n")
            elif ours:
                said.text = ""

    def write(self, ref: str, words: str) -> None:
        """A note of ours for a cell."""
        known = next((each for each in self._list if each.get("ref") == ref), None)
        if known is None:
            known = etree.Element(tag("comment"), ref=ref, authorId=str(self._author()))
            etree.SubElement(known, tag("text"))
            self._list.append(known)
        else:
            words = f"\n{self.line}\n{words}"
        known.find(tag("text")).append(etree.fromstring(
            f'<r xmlns="{MAIN}"><rPr><sz val="10"/><color indexed="81"/><rFont val="Times New Roman"/></rPr>'
            f'<t xml:space="preserve">{escape(words)}</t></r>'
        ))  # fmt: skip

    def sort(self) -> None:
        """Put the notes into the order of their cells, as Excel keeps them."""
        self._list[:] = sorted(self._list, key=lambda each: position(each.get("ref")))

    def _author(self) -> int:
        for at, author in enumerate(self._authors):
            if author.text == self.author:
                return at
        etree.SubElement(self._authors, tag("author")).text = self.author
        return len(self._authors) - 1

