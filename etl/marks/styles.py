"""The cell styles of a workbook: every marked cell gets its own style once more, outlined and filled."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from etl.marks.package import MAIN, Package, tag

_COLOURS = {False: ("FFC00000", "FFFBD5D5"), True: ("FFB45F06", "FFFCE8B8")}  # is it a question: outline, filling
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)


class Styles:
    """Adds styles to a workbook's table of them; what is there already is never changed."""

    def __init__(self, package: Package):
        part = package.related(package.main, "styles")
        if part is None:
            part, _ = package.add(package.main, "styles{}.xml", _EMPTY.encode(), "styles", _TYPE)
        self._root = package.tree(part)
        self._made: dict[tuple[int, bool], int] = {}
        self._dressed: dict[bool, dict[str, str]] = {}

    def marked(self, style: int, is_question: bool) -> int:
        """The style of a marked cell whose own style is given."""
        if (style, is_question) not in self._made:
            if is_question not in self._dressed:
                self._dressed[is_question] = self._dress(*_COLOURS[is_question])
            self._made[style, is_question] = self._add_format(style, self._dressed[is_question])
        return self._made[style, is_question]

    def plain(self, *, bold: bool = False, colour: str = "", size: int = 12) -> int:
        """A style for words: wrapped, at the top, in Times New Roman."""
        font = etree.fromstring(
            f'<font xmlns="{MAIN}">{"<b/>" if bold else ""}{"<u/>" if colour else ""}<sz val="{size}"/>'
            f'<color rgb="{colour or "FF000000"}"/><name val="Times New Roman"/></font>'
        )
        return self._add_format(0, {
            "fontId": self._add("fonts", font), "fillId": "0", "borderId": "0", "numFmtId": "0", "applyFont": "1",
        }, wrapped=True)  # fmt: skip

    def _dress(self, outline: str, filling: str) -> dict[str, str]:
        sides = "".join(f'<{side} style="medium"><color rgb="{outline}"/></{side}>'
                        for side in ("left", "right", "top", "bottom"))  # fmt: skip
        border = etree.fromstring(f'<border xmlns="{MAIN}">{sides}<diagonal/></border>')
        fill = etree.fromstring(
            f'<fill xmlns="{MAIN}"><patternFill patternType="solid"><fgColor rgb="{filling}"/><bgColor indexed="64"/>'
            "</patternFill></fill>"
        )
        return {"borderId": self._add("borders", border), "fillId": self._add("fills", fill),
                "applyBorder": "1", "applyFill": "1"}  # fmt: skip

    def _add_format(self, style: int, changes: dict[str, str], wrapped: bool = False) -> int:
        formats = self._root.find(tag("cellXfs"))
        format = deepcopy(formats[style if style < len(formats) else 0])
        format.attrib.update(changes)
        if wrapped:
            for child in format.findall(tag("alignment")):
                format.remove(child)
            format.set("applyAlignment", "1")
            format.insert(0, etree.Element(tag("alignment"), wrapText="1", vertical="top"))
        return int(self._add("cellXfs", format))

    def _add(self, table: str, element: etree._Element) -> str:
        rows = self._root.find(tag(table))
        rows.append(element)
        rows.set("count", str(len(rows)))
        return str(len(rows) - 1)
