"""Marks put into a person's own workbook; everything that is not marked stays as the file has it.

The XML is changed in place and not by a spreadsheet library, because such a library writes back only what it knows:
results of formulas, pictures, shapes and validations of newer programs would be lost. Runs in the child process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from core.texts import text
from etl.marks.mark import SHEET, Mark
from etl.marks.package import RELATION, Package, tag
from etl.marks.sheet import Sheet, position
from etl.marks.styles import Styles
from etl.marks.summary import Line, summary
from etl.readers import xlsx
from etl.readers.gate import check
from etl.readers.legacy import Letters
from etl.readers.office import parsing, relations
from etl.readers.parts import clean

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = re.compile(rb'\stabSelected="(?:1|true)"')
_NOTE = 1_000  # characters of all that is noted beside one cell
_WORDS = 300  # characters of a cell in the summary


def marked(name: str, content: bytes, marks: Sequence[Mark], lang: str) -> bytes:
    """The workbook with its doubtful cells outlined, a note beside each, and a sheet that lists them and opens first.

    What an earlier marking left in it is taken away. Raises FaultError (area "reading") where the file is no workbook
    that can be read.
    """
    check(name, content)
    words = {
        table.place: {cell.ref: _said(cell, lang) for row in table.rows for cell in row}
        for table in xlsx.read(content, Letters()).parts
    }
    with parsing():
        package = Package(content)
        book = _Book(package, words)
        book.restore()
        lines = book.mark(marks)
        book.note(lines)
        book.list(lines, lang)
        return package.content()


def _said(cell, lang: str) -> str:
    if cell.formula_without_value:
        return text("etl.marks_formula", lang)
    said = cell.moment.strftime("%d/%m/%Y") if cell.moment else cell.text
    return said if len(said) <= _WORDS else f"{said[:_WORDS]}…"


class _Book:
    """The sheets of a package."""

    def __init__(self, package: Package, words: Mapping[str, Mapping[str, str]]):
        self.package, self.words = package, words
        self.root = package.tree(package.main)
        self.styles = Styles(package)
        targets = relations({name: package.parts[name] for name in package.parts if name.endswith(".rels")},
                            package.main)  # fmt: skip
        self.parts: dict[str, str] = {}
        for element in self.root.iter(tag("sheet")):
            _, part = targets.get(element.get(f"{{{RELATION}}}id") or "", ("", ""))
            if part in package.parts and part.rpartition("/")[0].endswith("worksheets"):
                self.parts[clean(element.get("name", ""))] = part
        self._open: dict[str, Sheet] = {}
        self.summary = next((name for name in self.parts if words.get(name, {}).get("A1") == SHEET), "")

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name."""
        if name not in self._open:
            self._open[name] = Sheet(self.package, self.parts[name])
        return self._open[name]

    def restore(self) -> None:
        """Give cells marked before the styles they had: the summary's hidden column kept them."""
        if not self.summary:
            return
        kept = self.sheet(self.summary)
        for ref, words in self.words[self.summary].items():
            sheet, _, cell = words.rpartition("!")
            if ref.startswith("A") and ref[1:].isdigit() and sheet in self.parts and sheet != self.summary:
                self.sheet(sheet).set_style(cell, kept.style(ref))

    def mark(self, marks: Sequence[Mark]) -> list[Line]:
        """Outline the cells, the worse of two marks giving the colour; lines for the summary in the cells' order."""
        lines = []
        before: dict[tuple[str, str], int] = {}
        for mark in marks:
            if mark.sheet not in self.parts or mark.sheet == self.summary:
                lines.append(Line(mark, "", "", "", 0))
                continue
            sheet = self.sheet(mark.sheet)
            ref = sheet.anchor(mark.ref)
            key = (mark.sheet, ref)
            if key not in before:
                before[key] = sheet.style(ref)
                sheet.set_style(ref, self.styles.marked(before[key], mark.is_question))
            lines.append(Line(mark, mark.sheet, ref, self.words.get(mark.sheet, {}).get(ref, ""), before[key]))
        sheets = {name: number for number, name in enumerate(self.parts)}
        return sorted(lines, key=lambda line: (sheets[line.sheet], position(line.ref)) if line.ref else (-1, (0, 0)))

    def note(self, lines: Sequence[Line]) -> None:
        """A note beside each marked cell with all that is said of it."""
        notes: dict[str, dict[str, list[str]]] = {name: {} for name in self.parts if name != self.summary}
        for line in lines:
            if line.ref:
                said = ". ".join(filter(None, (line.mark.why.rstrip("."), line.mark.advice)))
                notes[line.sheet].setdefault(line.ref, []).append(said)
        author = text("etl.marks_author", "vi")
        for name, each in notes.items():
            if each or self.package.related(self.parts[name], "comments"):
                self.sheet(name).note({ref: "\n\n".join(said)[:_NOTE] for ref, said in each.items()}, author)

    def list(self, lines: Sequence[Line], lang: str) -> None:
        """The summary: in the place of an earlier one, else as the last sheet; it is the sheet that opens."""
        for part in self.parts.values():
            self._unselect(part)
        content = summary(lines, self.styles, lang)
        if self.summary:
            part = self.parts[self.summary]
            self.package.replace(part, content)
        else:
            part, id = self.package.add(self.package.main, "worksheets/marks{}.xml", content, "worksheet", _TYPE)
            sheets = self.root.find(tag("sheets"))
            number = max((int(each.get("sheetId", "0")) for each in sheets), default=0) + 1
            said = {"name": self._free_name(lang), "sheetId": str(number), f"{{{RELATION}}}id": id}
            etree.SubElement(sheets, tag("sheet"), said)
        names = [clean(each.get("name", "")) for each in self.root.iter(tag("sheet"))]
        place = names.index(self.summary) if self.summary else len(names) - 1
        for view in self.root.iter(tag("workbookView")):
            view.set("activeTab", str(place))
            view.attrib.pop("firstSheet", None)

    def _unselect(self, part: str) -> None:
        if self.package.is_open(part):
            for view in self.package.tree(part).iter(tag("sheetView")):
                view.attrib.pop("tabSelected", None)
            return
        head, found, rest = self.package.parts[part].partition(b"<sheetData")
        self.package.parts[part] = _SELECTED.sub(b"", head) + found + rest

    def _free_name(self, lang: str) -> str:
        name, taken = text("etl.marks_sheet", lang), {known.casefold() for known in self.parts}
        return next(each for number in range(1, len(taken) + 2)
                    if (each := name if number == 1 else f"{name} {number}").casefold() not in taken)  # fmt: skip
