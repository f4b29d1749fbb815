"""The fonts of a web page's text, where some of them are for an old encoding: <font face>, styles, simple classes."""

from __future__ import annotations

import re

from lxml import etree

from etl.readers.legacy import Letters

_OLD_FONT = re.compile(r"[\"':=,\s](\.vn|vni[- ])", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?\s*:\s*([^;}]*)", re.IGNORECASE)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)


def in_unicode(root: etree._Element, said: str, letters: Letters) -> None:
    """Go over the text of a page, each piece with its font; nothing is done where the page names no old font."""
    if _OLD_FONT.search(said):
        _Fonts("\n".join("".join(style.itertext()) for style in root.iter("style"))).walk(root, "", letters)


class _Fonts:
    """The first font that each simple selector of a page's styles names: (tag, class), "" where it names none."""

    def __init__(self, styles: str):
        self.by_selector: dict[tuple[str, str], str] = {}
        for rule in styles.split("}"):
            selectors, _, body = rule.rpartition("{")
            font = _first_font(body)
            for selector in selectors.rpartition("*/")[2].split(",") if font else ():
                simple = _SELECTOR.fullmatch(selector.strip())
                if simple:
                    self.by_selector[(simple[1] or "").lower(), simple[2] or ""] = font

    def walk(self, element: etree._Element, inherited: str, letters: Letters) -> None:
        """Look at the text of an element and of those below it."""
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            return
        font = self._of(element) or inherited
        if element.text:
            element.text = letters.text([(element.text, font)])
        for child in element:
            self.walk(child, font, letters)
            if child.tail:
                child.tail = letters.text([(child.tail, font)])

    def _of(self, element: etree._Element) -> str:
        own = _first_font(element.get("style", ""))
        if own or (element.tag == "font" and (own := element.get("face", "").split(",")[0])):
            return own
        classes = (element.get("class") or "").split()
        choices = [*((element.tag, name) for name in classes), *(("", name) for name in classes), (element.tag, "")]
        return next((font for choice in choices if (font := self.by_selector.get(choice))), "")


def _first_font(style: str) -> str:
    named = _FAMILY.search(style)
    # the short form "font: bold 12pt .VnTime" ends with the family
    return named[1].split(",")[0].strip(" \"'\t\n").rpartition("pt ")[2].strip(" \"'") if named else ""
