"""Makes data/templates/deck.pptx: 16:9, three layouts whose placeholders stand where the slides want them."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Inches

TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "templates" / "deck.pptx"
FONT = "Arial"  # stands on every office PC and has every Vietnamese letter
COLOURS = {"dk1": "17222D", "lt1": "FFFFFF", "dk2": "12436D", "lt2": "F2F5F8", "accent1": "12436D", "accent2": "B54A0A",
           "accent3": "6A6A6A", "accent4": "3D4751", "accent5": "658CB4", "accent6": "C9D1D9"}  # fmt: skip
TITLE, SENTENCE = (0.6, 0.25, 12.1, 1.1, 28, True), (0.6, 1.38, 12.1, 0.68, 18, False)  # two lines each
# layout of the library's own template -> (name of ours, placeholder index -> box in inches, points, bold)
LAYOUTS = {
    0: ("Bìa", {0: (0.9, 2.1, 11.5, 1.6, 44, True), 1: (0.9, 3.9, 11.5, 1.6, 24, False)}),
    1: ("Biểu đồ", {0: TITLE, 1: SENTENCE}),
    3: ("Gạch đầu dòng", {0: TITLE, 1: SENTENCE, 2: (0.6, 2.15, 12.1, 4.3, 20, False)}),
}  # fmt: skip
FOOT = {"dt": None, "ftr": (0.6, 6.95, 11.0, 0.4), "sldNum": (11.9, 6.95, 0.85, 0.4)}
FOOT_SIZE = 12  # points: who wants to know reads it from the file; nobody in the hall needs it


def main() -> None:
    """Write the template."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    _colour(deck)
    _place_foot(deck.slide_master)
    for number, layout in reversed(list(enumerate(deck.slide_layouts))):
        if number not in LAYOUTS:
            deck.slide_layouts.remove(layout)
            continue
        name, places = LAYOUTS[number]
        layout.name = name
        for shape in list(layout.placeholders):
            index = shape.placeholder_format.idx
            if index in places:
                _place(shape, places[index])
        _place_foot(layout)
    _centre_nothing(deck)
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    deck.save(TEMPLATE)


def _place(shape, box: tuple) -> None:
    left, top, width, height, size, bold = box
    shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in (left, top, width, height))
    levels = shape._element.txBody.find(qn("a:lstStyle"))
    for old in list(levels):
        levels.remove(old)
    bullet = "" if size != 20 else '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    indent = 'marL="285750" indent="-285750"' if bullet else 'marL="0" indent="0"'
    levels.append(_xml(
        f'<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" algn="l" {indent}>'
        f'<a:spcBef><a:spcPts val="600"/></a:spcBef>{bullet or "<a:buNone/>"}'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}"/></a:lvl1pPr>'
    ))  # fmt: skip
    properties = shape._element.txBody.find(qn("a:bodyPr"))
    properties.set("anchor", "b" if bold else "t")
    for old in list(properties):
        properties.remove(old)
    properties.append(_xml('<a:normAutofit xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'))


def _place_foot(layout: SlideLayout) -> None:
    for shape in list(layout.placeholders):
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "")
        if kind in FOOT and FOOT[kind] is None:
            shape._element.getparent().remove(shape._element)
        elif kind in FOOT:
            shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in FOOT[kind])
            levels = shape._element.txBody.find(qn("a:lstStyle"))
            for old in list(levels):
                levels.remove(old)
            levels.append(_xml(
                '<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
                f'algn="{"r" if kind == "sldNum" else "l"}"><a:defRPr sz="{FOOT_SIZE * 100}">'
                '<a:solidFill><a:srgbClr val="55606B"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
            ))  # fmt: skip


def _colour(deck) -> None:
    """The program's colours and font in the theme, so that whoever edits a slide finds them in the menus."""
    part = next(part for part in deck.slide_master.part.package.iter_parts() if "theme" in part.partname)
    theme = part.blob.decode("utf-8")
    for name, value in COLOURS.items():
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>', theme, count=1,
                       flags=re.DOTALL)  # fmt: skip
    theme = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", theme)
    part._blob = theme.encode("utf-8")


def _centre_nothing(deck) -> None:
    """Titles stand at the left, as a sentence does."""
    for level in deck.slide_master._element.findall(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}"):
        level.set("algn", "l")


def _xml(text: str):
    return etree.fromstring(text)


if __name__ == "__main__":
    main()
