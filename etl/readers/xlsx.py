"""Excel workbooks (.xlsx), read from their XML: values, dates, percent formats, merged, hidden, uncalculated formulas.

The XML is read here and not by a spreadsheet library because the library at hand drops formulas without a value and
hidden rows, and aborts the process on two cells in far corners; one pass over the XML gives everything once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from etl.readers.legacy import Letters
from etl.readers.office import core_properties, elements, folder, main_part, office_parts, parsing, relations, tree
from etl.readers.parts import (
    MAX_CELL_TEXT,
    MAX_MERGES,
    Content,
    Sheet,
    clean,
    column_letters,
    exact,
    refuse,
    tidy,
)

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,10})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read(content: bytes, letters: Letters) -> Content:
    """The sheets of an .xlsx in their order, one Table each; hidden sheets' cells are marked hidden."""
    parts = office_parts("xlsx", content, re.compile(r"(xl|docProps)/.*\.xml").fullmatch)
    with parsing():
        return _read(parts, letters)


def _read(parts: dict[str, bytes], letters: Letters) -> Content:
    main = main_part(parts)
    targets = {name: target for name, (_, target) in relations(parts, main).items()}
    book = tree(parts[main])
    base = folder(main)
    formats = Formats.of(parts.get(f"{base}styles.xml"))
    shared = parts.get(f"{base}sharedStrings.xml")
    fonts = CellFonts.of(parts.get(f"{base}styles.xml"), shared, letters)
    strings = _shared_strings(shared)
    setting = next(book.iter("{*}workbookPr"), None)
    calculation = next(book.iter("{*}calcPr"), None)
    reader = SheetReader(strings, formats, _true(setting, "date1904"), _true(calculation, "fullCalcOnLoad"), fonts)
    tables = []
    for element in book.iter("{*}sheet"):
        part = parts.get(targets.get(element.get(_R) or element.get(_R_STRICT) or "", ""))
        if part is None:  # a chart sheet, or a sheet whose part the workbook forgot
            continue
        hidden = element.get("state", "visible") != "visible"
        tables.append(reader.read(clean(element.get("name", "")), part, hidden).table())
    return Content(tuple(table for table in tables if table), core_properties(parts))


def _true(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _rich_text(element: etree._Element) -> str:
    """The text of a string item, without the reading aids of East Asian scripts."""
    said = "".join(child.text or "" if etree.QName(child).localname == "t" else
                   "".join(t.text or "" for t in child.iterfind("{*}t"))
                   for child in element if etree.QName(child).localname in ("t", "r"))
    return _plain_text(said)


def _plain_text(said: str) -> str:
    return clean(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), said) if "_x" in said else said)


def _shared_strings(part: bytes | None) -> list[str]:
    strings = []
    for element in elements(part, "si") if part else ():
        said = _rich_text(element)
        if len(said) > MAX_CELL_TEXT:
            raise refuse("cell_too_long", most=MAX_CELL_TEXT)
        strings.append(said)
    return strings


@dataclass(frozen=True, slots=True)
class Formats:
    """What each cell style does to a number: "date", "percent" (stored 0.5 is shown as 50%), "percent_sign" or ""."""

    styles: tuple[str, ...]

    @classmethod
    def of(cls, part: bytes | None) -> Formats:
        """The formats of a styles part."""
        if part is None:
            return cls(())
        styles_tree = tree(part)
        codes = {element.get("numFmtId"): element.get("formatCode", "") for element in styles_tree.iter("{*}numFmt")}
        styles = [number_format(int(xf.get("numFmtId") or 0), codes.get(xf.get("numFmtId"), ""))
                  for cell_formats in styles_tree.iter("{*}cellXfs") for xf in cell_formats.iterfind("{*}xf")]
        return cls(tuple(styles))

    def __getitem__(self, style: str | None) -> str:
        at = int(style or 0)
        return self.styles[at] if 0 <= at < len(self.styles) else ""


_OLD_FONT = re.compile(rb"""["'](\.vn|vni)""", re.IGNORECASE)


@dataclass(slots=True)
class CellFonts:
    """The fonts of a workbook some of whose text may be set in one for an old encoding; read by `letters`."""

    letters: Letters
    names: list[str]  # of the workbook's fonts
    styles: list[int]  # which of them a cell style has
    shared: list[list[tuple[str, str]]]  # runs of shared strings, "" where a run has the cell's font

    @classmethod
    def of(cls, styles: bytes | None, shared: bytes | None, letters: Letters) -> CellFonts | None:
        """The fonts by the styles and shared strings parts; None where none of them is for an old encoding."""
        if not any(part and _OLD_FONT.search(part) for part in (styles, shared)):
            return None
        names, used = [""], [0]
        if styles:
            root = tree(styles)
            names = [next((name.get("val", "") for name in font.iterfind("{*}name")), "")
                     for fonts in root.iterfind("{*}fonts") for font in fonts.iterfind("{*}font")]
            used = [int(xf.get("fontId") or 0) for formats in root.iter("{*}cellXfs")
                    for xf in formats.iterfind("{*}xf")]
        return cls(letters, names, used, [_runs(item) for item in elements(shared, "si")] if shared else [])

    def text(self, runs: list[tuple[str, str]], style: str | None) -> str:
        """The text of a cell's runs by the cell's style."""
        at = int(style or 0)
        font = self.styles[at] if 0 <= at < len(self.styles) else 0
        own = self.names[font] if 0 <= font < len(self.names) else ""
        return _plain_text(self.letters.text((said, named or own) for said, named in runs))


def _runs(item: etree._Element) -> list[tuple[str, str]]:
    """The runs of a string item with the fonts they name."""
    found = []
    for child in item:
        tag = etree.QName(child).localname
        if tag == "t":
            found.append((child.text or "", ""))
        elif tag == "r":
            named = next((font.get("val", "") for font in child.iterfind("{*}rPr/{*}rFont")), "")
            found.append(("".join(t.text or "" for t in child.iterfind("{*}t")), named))
    return found


def number_format(number: int, code: str) -> str:
    """What a number format does, by its number and, for a format of the file's own, its code (see Formats)."""
    if not code:
        return "percent" if number in (9, 10) else "date" if number in _DATE_FORMATS else ""
    code = code.split(";")[0]
    bare = _QUOTED.sub("", code)
    if "%" in bare:
        return "percent"
    if "%" in code:
        return "percent_sign"
    if bare.strip().lower() in ("", "general", "@"):
        return ""
    # "m" alone is minutes beside hours, months otherwise; a pure time of day is no date.
    return "date" if re.search("[dy]", bare, re.IGNORECASE) or re.fullmatch("[mM/. -]+", bare) else ""


def as_shown(stored: float | str, shown: str) -> tuple[str, Decimal]:
    """Text and number of a numeric cell; a percent format is undone, because people and reports say 50 %, not 0.5."""
    number = exact(stored)
    if shown == "percent":
        number = tidy(number * 100)
    return format(number, "f") + ("%" if shown.startswith("percent") else ""), number


def moment_of(serial: float, since_1904: bool = False) -> datetime | None:
    """The moment a spreadsheet's day number means; None outside the years 1900 to 9999."""
    if not 1 <= serial < 2_958_466:
        return None
    # The 1900 calendar of spreadsheets holds a 29 February 1900 that never was.
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    try:
        return start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None


def moment_text(moment: datetime) -> str:
    """A moment as ISO text, the time only where it says something."""
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ", "minutes")


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads the sheets of one workbook: its strings, number formats, calendar; `stale` where the workbook says that
    its formulas are still to be calculated (a 0 stored beside a formula is then no result)."""

    strings: list[str]
    formats: Formats
    since_1904: bool
    stale: bool
    fonts: CellFonts | None = None

    def read(self, name: str, part: bytes, hidden: bool) -> Sheet:
        """The cells of one sheet part."""
        sheet = Sheet(name, hidden=hidden)
        row = -1
        for element in elements(part, "row", "col", "mergeCell"):
            tag = etree.QName(element).localname
            if tag == "row":
                row = self._row(sheet, element, row)
            elif tag == "col" and (_true(element, "hidden") or element.get("width") == "0"):
                first, last = (_whole(element.get(side), MAX_COLUMN, name) for side in ("min", "max"))
                sheet.hidden_columns.update(range(first - 1, last))
            elif tag == "mergeCell":
                if len(sheet.merged) >= MAX_MERGES:
                    raise refuse("too_many_merges", name, most=MAX_MERGES)
                first, _, last = element.get("ref", "").partition(":")
                sheet.merged.append((*_position(first, name), *_position(last or first, name)))
        return sheet

    def _row(self, sheet: Sheet, element: etree._Element, before: int) -> int:
        row = _whole(element.get("r"), MAX_ROW, sheet.name) - 1 if element.get("r") else before + 1
        if row >= MAX_ROW:
            raise refuse("outside_grid", sheet.name, ref=str(row + 1))
        if _true(element, "hidden") or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element.iterfind("{*}c"):
            ref = cell.get("r")
            following = f"{column_letters(column + 1)}{row + 1}"
            at, column = (row, column + 1) if not ref or ref == following else _position(ref, sheet.name)
            if at != row or column >= MAX_COLUMN:
                raise refuse("outside_grid", sheet.name, ref=ref or str(column + 1))
            self._cell(sheet, row, column, cell)
        return row

    def _cell(self, sheet: Sheet, row: int, column: int, cell: etree._Element) -> None:
        kind, raw, formula, inline = cell.get("t", "n"), None, False, None
        for child in cell:
            tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if tag == "v":
                raw = child.text
            elif tag == "f":
                formula = True
            elif tag == "is":
                inline = child
        if formula and kind != "str" and (not raw or (self.stale and raw in ("0", "0.0"))):
            sheet.put(row, column, "", formula_without_value=True)
        elif kind == "inlineStr":
            if inline is not None and (said := self._said(_runs(inline), _rich_text(inline), cell.get("s"))):
                sheet.put(row, column, said)
        elif raw and raw.strip():
            self._value(sheet, row, column, kind, raw, cell.get("s"))

    def _value(self, sheet: Sheet, row: int, column: int, kind: str, raw: str, style: str | None) -> None:
        try:
            if kind == "s":
                if not raw.strip().isdigit():  # a negative place would count from the end
                    raise ValueError(raw)
                said = self.strings[int(raw)]
                if self.fonts and not said.isascii():
                    said = self.fonts.text(self.fonts.shared[int(raw)], style)
                if said:
                    sheet.put(row, column, said)
            elif kind == "n":
                self._number(sheet, row, column, raw.strip(), self.formats[style])
            elif kind == "b":
                sheet.put(row, column, "TRUE" if raw.strip() == "1" else "FALSE")
            elif kind == "d":
                moment = datetime.fromisoformat(raw.strip())
                sheet.put(row, column, moment_text(moment), moment=moment.date())
            elif said := self._said([(raw, "")], _plain_text(raw), style):
                sheet.put(row, column, said)
        except (ValueError, IndexError, InvalidOperation) as error:
            raise refuse("cell_unreadable", f"{sheet.name}!{column_letters(column)}{row + 1}") from error

    def _said(self, runs: list[tuple[str, str]], plain: str, style: str | None) -> str:
        return self.fonts.text(runs, style) if self.fonts else plain

    def _number(self, sheet: Sheet, row: int, column: int, raw: str, shown: str) -> None:
        moment = moment_of(float(raw), self.since_1904) if shown == "date" else None
        if moment:
            sheet.put(row, column, moment_text(moment), moment=moment.date())
        else:
            said, number = as_shown(raw, shown)
            sheet.put(row, column, said, number)


def _position(ref: str, sheet: str) -> tuple[int, int]:
    """Zero-based (row, column) of a reference such as C14; FaultError outside a spreadsheet's grid."""
    match = _REFERENCE.fullmatch(ref)
    if match:
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        row = int(match[2])
        if 1 <= row <= MAX_ROW and column <= MAX_COLUMN:
            return row - 1, column - 1
    raise refuse("outside_grid", sheet, ref=ref[:40])


def _whole(raw: str | None, most: int, sheet: str) -> int:
    if raw and raw.isascii() and raw.isdigit() and len(raw) <= 10 and 1 <= int(raw) <= most:
        return int(raw)
    raise refuse("outside_grid", sheet, ref=(raw or "")[:40])
