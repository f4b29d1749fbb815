"""OpenDocument workbooks (.ods), read from their XML: values as stored, merged, hidden, uncalculated formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from core.vi.encodings import font_encoding
from etl.readers.gate import check_xml, unpack
from etl.readers.legacy import Letters
from etl.readers.office import parsing, tree
from etl.readers.parts import MAX_CELLS, MAX_MERGES, Content, Sheet, clean, column_letters, exact, refuse, tidy
from etl.readers.xlsx import MAX_COLUMN, MAX_ROW, moment_text

_PARTS = ("mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_GROUPS = {_TABLE + name for name in ("table-row-group", "table-rows", "table-header-rows", "table-column-group",
                                      "table-columns", "table-header-columns")}


def read(content: bytes, letters: Letters) -> Content:
    """The sheets of an .ods in their order, one Table each; hidden sheets' cells are marked hidden."""
    macros: list[str] = []

    def wanted(name: str) -> bool:
        # An empty Basic library stands in many files: only a module in it is a macro.
        if (name.startswith("Basic/") and not name.endswith(("-lc.xml", "-lb.xml", "/"))) or (
                name.startswith("Scripts/") and not name.endswith("/")):
            macros.append(name)
        return name in _PARTS

    parts = unpack(content, wanted)
    if macros:
        raise refuse("macros", suffix=".ods")
    if not parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise refuse("content_not_name", suffix=".ods", found="ZIP")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refuse("encrypted")
    if "content.xml" not in parts:
        raise refuse("damaged")
    with parsing():
        body = tree(check_xml(parts["content.xml"]))
        fonts = CellFonts.of(body, parts.get("styles.xml"), letters)
        hidden_styles = {style.get(_STYLE + "name") for style in body.iter(_STYLE + "style")
                         for properties in style.iterfind(_STYLE + "table-properties")
                         if properties.get(_TABLE + "display") == "false"}
        sheets = body.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
        if sheets is None:
            raise refuse("damaged")
        tables = [_sheet(element, element.get(_TABLE + "style-name") in hidden_styles, fonts).table()
                  for element in sheets.iterfind(_TABLE + "table")]
        return Content(tuple(table for table in tables if table), _properties(parts.get("meta.xml")))


def _properties(part: bytes | None) -> dict[str, str]:
    names = {"title": "title", "subject": "subject", "creation-date": "created", "date": "modified"}
    return {names[name]: clean(element.text) for element in (tree(check_xml(part)).iter("{*}*") if part else ())
            if (name := etree.QName(element).localname) in names and element.text}


@dataclass(slots=True)
class CellFonts:
    """The fonts of styles by their names, some for an old encoding, and the styles of a sheet's columns."""

    letters: Letters
    fonts: dict[str, str]
    columns: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: etree._Element, named: bytes | None, letters: Letters) -> CellFonts | None:
        """The fonts by the two parts that hold styles; None where none of them is for an old encoding."""
        own: dict[str, tuple[str, str]] = {}  # style -> its font, the style it goes back to
        for root in ([tree(check_xml(named))] if named else []) + [content]:
            faces = {face.get(_STYLE + "name", ""): face.get(_SVG + "font-family", "")
                     for face in root.iter(_STYLE + "font-face")}
            for style in root.iter(_STYLE + "style"):
                look = style.find(_STYLE + "text-properties")
                face = "" if look is None else look.get(_STYLE + "font-name") or look.get(_FO + "font-family") or ""
                own[style.get(_STYLE + "name", "")] = faces.get(face, face), style.get(_STYLE + "parent-style-name", "")
        if not any(font_encoding(font) for font, _ in own.values()):
            return None
        return cls(letters, {name: font or own.get(before, ("", ""))[0] for name, (font, before) in own.items()})

    def text(self, runs: Iterable[tuple[str, str]], cell: etree._Element, column: int) -> str:
        """The text of a cell's runs, each with its style's name."""
        own = self.fonts.get(cell.get(_TABLE + "style-name") or self.columns.get(column, "") or "Default", "")
        return self.letters.text((said, self.fonts.get(style, "") or own) for said, style in runs)


def _sheet(table: etree._Element, hidden: bool, fonts: CellFonts | None) -> Sheet:
    sheet = Sheet(clean(table.get(_TABLE + "name", "")), hidden=hidden)
    column = 0
    for element in _below(table, "table-column"):
        times = _times(element, "number-columns-repeated", MAX_COLUMN, sheet.name)
        columns = range(column, min(column + times, MAX_COLUMN))
        if element.get(_TABLE + "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(columns)
        if fonts:
            fonts.columns.update(dict.fromkeys(columns, element.get(_TABLE + "default-cell-style-name", "")))
        column += times
    row = 0
    for element in _below(table, "table-row"):
        times = _times(element, "number-rows-repeated", MAX_ROW, sheet.name)
        if element.get(_TABLE + "visibility") in ("collapse", "filter"):
            sheet.hidden_rows.update(range(row, row + times))
        _row(sheet, element, row, times, fonts)
        row += times
        if row > MAX_ROW:
            raise refuse("outside_grid", sheet.name, ref=str(row))
    return sheet


def _below(table: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == _TABLE + name:
            yield child
        elif child.tag in _GROUPS:
            yield from _below(child, name)


def _times(element: etree._Element, name: str, most: int, sheet: str) -> int:
    said = element.get(_TABLE + name, "1")
    if not said.isascii() or not said.isdigit() or len(said) > 10 or not 1 <= int(said) <= most:
        raise refuse("outside_grid", sheet, ref=said[:40])
    return int(said)


def _row(sheet: Sheet, element: etree._Element, row: int, times: int, fonts: CellFonts | None) -> None:
    column = 0
    for cell in element:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        repeated = _times(cell, "number-columns-repeated", MAX_COLUMN, sheet.name)
        if column + repeated > MAX_COLUMN:
            raise refuse("outside_grid", sheet.name, ref=f"{column_letters(column)}{row + 1}")
        if cell.tag == _TABLE + "table-cell":
            _merge(sheet, cell, row, column)
            _fill(sheet, cell, range(row, row + times), range(column, column + repeated), fonts)
        column += repeated


def _merge(sheet: Sheet, cell: etree._Element, row: int, column: int) -> None:
    columns = _times(cell, "number-columns-spanned", MAX_COLUMN, sheet.name)
    rows = _times(cell, "number-rows-spanned", MAX_ROW, sheet.name)
    if columns * rows > 1:
        if len(sheet.merged) >= MAX_MERGES:
            raise refuse("too_many_merges", sheet.name, most=MAX_MERGES)
        sheet.merged.append((row, column, row + rows - 1, column + columns - 1))


def _fill(sheet: Sheet, cell: etree._Element, rows: range, columns: range, fonts: CellFonts | None) -> None:
    said, number, moment = _value(sheet, cell, rows.start, columns.start, fonts)
    uncalculated = bool(cell.get(_TABLE + "formula")) and not cell.get(_OFFICE + "value-type")
    if not said and not uncalculated:
        return
    if len(sheet.cells) + len(rows) * len(columns) > MAX_CELLS:
        raise refuse("too_many_cells", sheet.name, most=MAX_CELLS)
    for row in rows:
        for column in columns:
            sheet.put(row, column, "" if uncalculated else said, None if uncalculated else number, moment, uncalculated)


def _value(
    sheet: Sheet, cell: etree._Element, row: int, column: int, fonts: CellFonts | None
) -> tuple[str, Decimal | None, datetime | None]:
    kind = cell.get(_OFFICE + "value-type", "")
    try:
        if kind in ("float", "currency", "percentage"):
            number = exact(cell.get(_OFFICE + "value", ""))
            if kind == "percentage":
                number = tidy(number * 100)
            return format(number, "f") + ("%" if kind == "percentage" else ""), number, None
        if kind == "date":
            moment = datetime.fromisoformat(cell.get(_OFFICE + "date-value", "")[:19])
            return moment_text(moment), None, moment.date()
    except (ValueError, InvalidOperation) as error:
        raise refuse("cell_unreadable", f"{sheet.name}!{column_letters(column)}{row + 1}") from error
    runs = [run for at, paragraph in enumerate(cell.iterfind(_TEXT + "p"))
            for run in [("\n" if at else "", ""), *_runs(paragraph, "")]]
    return clean(fonts.text(runs, cell, column) if fonts else "".join(said for said, _ in runs)), None, None


def _runs(element: etree._Element, style: str) -> Iterator[tuple[str, str]]:
    """The text of a paragraph and the names of its spans' styles; spaces and tabs written out, comments left out."""
    style = element.get(_TEXT + "style-name") or style if element.tag == _TEXT + "span" else style
    yield element.text or "", style
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * min(int(child.get(_TEXT + "c") or 1), 100), style
        elif child.tag == _TEXT + "tab":
            yield "\t", style
        elif child.tag == _TEXT + "line-break":
            yield "\n", style
        elif isinstance(child.tag, str) and not child.tag.startswith(_OFFICE):
            yield from _runs(child, style)
        yield child.tail or "", style
