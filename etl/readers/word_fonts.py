"""The fonts of a Word document's runs: as the run says, its styles, its paragraph's styles, the document's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from etl.readers.office import elements, tree

_MOST_STYLES = 100  # that a style may go back through
_OLD = (b".vn", b"vni")


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, name: str = "val", missing: str = "") -> str:
    """An attribute of an element by its local name."""
    if element is None:
        return missing
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), missing)


@dataclass(slots=True)
class WordFonts:
    """Answers which font prints a run; `styles` are fonts by style id, "" the default's."""

    styles: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)

    def of(self, run: etree._Element | None, paragraph: str) -> str:
        """The font of a run in a paragraph of that style; "" where none is named."""
        properties = None if run is None else run.find("{*}rPr")
        if properties is not None:
            named = self.named(properties.find("{*}rFonts"))
            named = named or self.styles.get(value(properties.find("{*}rStyle")), "")
            if named:
                return named
        return self.styles.get(paragraph, "") or self.styles.get("", "")

    def named(self, fonts: etree._Element | None) -> str:
        """The font that <w:rFonts> names for letters beyond ASCII: a theme's goes before one by name."""
        for kind in ("hAnsi", "ascii"):
            theme = self.theme.get(value(fonts, f"{kind}Theme")[:5], "")
            if named := theme or value(fonts, kind):
                return named
        return ""


def word_fonts(parts: Mapping[str, bytes], document: bytes, styles: str, theme: str) -> WordFonts | None:
    """The fonts of a document by its parts; None where no font for an old encoding is named in any of them."""
    named = [document, *(parts.get(part, b"") for part in (styles, theme))]
    if not any(old in part.lower() for part in named for old in _OLD):
        return None
    fonts = WordFonts()
    if theme in parts:
        for kind in ("major", "minor"):
            latin = next(tree(parts[theme]).iterfind(f".//{{*}}{kind}Font/{{*}}latin"), None)
            fonts.theme[kind] = value(latin, "typeface")
    own: dict[str, tuple[str, str]] = {}  # style id -> its font, the style it goes back to
    for element in elements(parts[styles], "style", "rPrDefault") if styles in parts else ():
        font = fonts.named(element.find("{*}rPr/{*}rFonts"))
        if local(element) == "rPrDefault":
            fonts.styles[""] = font
            continue
        id = value(element, "styleId")
        own[id] = font, value(element.find("{*}basedOn"))
        if value(element, "default") in ("1", "true") and value(element, "type") == "paragraph":
            own[""] = font, value(element.find("{*}basedOn"))
    for id in own:
        fonts.styles[id] = _back(id, own) or fonts.styles.get(id, "")
    return fonts


def _back(id: str, own: Mapping[str, tuple[str, str]]) -> str:
    """The font of a style or of the first it goes back to that names one."""
    font, before = own.get(id, ("", ""))
    for _ in range(_MOST_STYLES):
        if font or not before:
            break
        font, before = own.get(before, ("", ""))
    return font
