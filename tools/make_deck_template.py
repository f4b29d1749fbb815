"""Makes data/templates/deck.pptx: 16:9, four layouts whose placeholders stand where the slides want them."""

from __future__ import annotations

import re
from pathlib import Path

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import SlideLayout
from pptx.util import Inches

TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "templates" / "deck.pptx"
FONT = "Arial"  # stands on every office PC and has every Vietnamese letter
# accent1 is the ward's own, which each deck sets; the others are those of the charts
COLOURS = {"dk1": "17222D", "lt1": "FFFFFF", "dk2": "17222D", "lt2": "F2F5F8", "accent1": "0B5F5B",
           "accent2": "12436D", "accent3": "B54A0A", "accent4": "6A6A6A", "accent5": "658CB4",
           "accent6": "C9D1D9"}  # fmt: skip
INK, MUTED, OWN = "tx1", "muted", "accent1"
# left, top, width, height in inches, points, bold, colour, where the words stand in their box, a sign before each line
TITLE = (0.6, 0.28, 12.13, 1.06, 28, True, INK, "b", "")
SENTENCE = (0.6, 1.38, 12.13, 0.32, 18, False, MUTED, "t", "")
SOURCE = (0.6, 6.4, 12.13, 0.32, 18, False, MUTED, "b", "")
SOURCE_INDEX = 13
# layout of the library's own template -> (name of ours, placeholder index -> as above)
LAYOUTS = {
    0: ("Bìa", {0: (1.2, 0.9, 11.4, 2.9, 44, True, OWN, "b", ""), 1: (1.2, 4.2, 11.4, 2.6, 24, False, INK, "t", "")}),
    1: ("Biểu đồ", {0: TITLE, 1: SENTENCE}),
    3: ("Gạch đầu dòng", {0: TITLE, 1: SENTENCE, 2: (0.6, 2.15, 12.13, 3.85, 24, False, INK, "t", "•")}),
    4: ("Hai cột", {0: TITLE, 1: SENTENCE, 2: (0.6, 2.15, 5.9, 3.85, 24, False, INK, "t", "•"),
                    4: (6.83, 2.15, 5.9, 3.85, 24, False, INK, "t", "•")}),
}  # fmt: skip
COVER = "Bìa"
FOOT = {"ftr": (0.6, 6.88, 11.2, 0.4), "sldNum": (11.88, 6.88, 0.85, 0.4)}
FOOT_SIZE = 18  # points: nothing on a slide is smaller


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
        layout.name, places = LAYOUTS[number]
        for shape in list(layout.placeholders):
            index = shape.placeholder_format.idx
            if index in places:
                _place(shape, places[index])
            elif index < 10:  # from ten on stand date, footer and number
                shape._element.getparent().remove(shape._element)
        _place_foot(layout)
        if layout.name == COVER:
            _band(layout, 0, 0, 0.55, 7.5)
            _band(layout, 1.2, 3.95, 2.2, 0.06)
        else:
            _source(layout)
            _band(layout, 0, 0, 13.333, 0.14)
            _band(layout, 0.6, 6.8, 12.13, 0.015, "accent6")
    _centre_nothing(deck)
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    deck.save(TEMPLATE)


def _place(shape, box: tuple) -> None:
    left, top, width, height, size, bold, colour, anchor, sign = box
    shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in (left, top, width, height))
    levels = shape._element.txBody.find(qn("a:lstStyle"))
    for old in list(levels):
        levels.remove(old)
    bullet = f'<a:buFont typeface="{FONT}"/><a:buChar char="{sign}"/>' if sign else "<a:buNone/>"
    own_bullet = f'<a:buClr><a:schemeClr val="{OWN}"/></a:buClr>{bullet}' if sign else bullet
    indent = 'marL="342900" indent="-342900"' if sign else 'marL="0" indent="0"'
    levels.append(_xml(
        f'<a:lvl1pPr {nsdecls("a")} algn="l" {indent}><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{800 if sign else 0}"/></a:spcBef>{own_bullet}'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}">{_fill(colour)}</a:defRPr></a:lvl1pPr>'
    ))  # fmt: skip
    properties = shape._element.txBody.find(qn("a:bodyPr"))
    properties.set("anchor", anchor)
    for side in ("lIns", "rIns", "tIns", "bIns"):
        properties.set(side, "0")
    for old in list(properties):
        properties.remove(old)
    properties.append(_xml(f"<a:noAutofit {nsdecls('a')}/>"))


def _fill(colour: str) -> str:
    if colour == MUTED:
        return '<a:solidFill><a:srgbClr val="55606B"/></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def _source(layout: SlideLayout) -> None:
    """A place for the source under each chart, which follows the layout when an office changes it."""
    tree = layout.shapes._spTree
    tree.append(_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{90}" name="Nguồn"/><p:cNvSpPr/>'
        f'<p:nvPr><p:ph type="body" sz="quarter" idx="{SOURCE_INDEX}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>Nguồn</a:t></a:r></a:p></p:txBody></p:sp>"
    ))  # fmt: skip
    _place(layout.placeholders[-1], SOURCE)


def _band(layout: SlideLayout, left: float, top: float, width: float, height: float, colour: str = OWN) -> None:
    """A stripe of one of the theme's colours, behind everything else."""
    place = "".join(f' {name}="{Inches(value)}"' for name, value in (("x", left), ("y", top)))
    size = "".join(f' {name}="{Inches(value)}"' for name, value in (("cx", width), ("cy", height)))
    band = _xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{91 + len(layout.shapes)}" name="Dải màu"/><p:cNvSpPr/>'
        f"<p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr><a:xfrm><a:off{place}/><a:ext{size}/></a:xfrm>"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    layout.shapes._spTree.insert(2, band)  # after the tree's own properties


def _place_foot(layout: SlideLayout) -> None:
    """The footer and the number in one line at the bottom; no date, which the freeze says."""
    for shape in list(layout.placeholders):
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        elif kind in FOOT:
            shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in FOOT[kind])
            properties = shape._element.txBody.find(qn("a:bodyPr"))
            for side in ("lIns", "rIns", "tIns", "bIns"):
                properties.set(side, "0")
            levels = shape._element.txBody.find(qn("a:lstStyle"))
            for old in list(levels):
                levels.remove(old)
            levels.append(_xml(
                f'<a:lvl1pPr {nsdecls("a")} algn="{"r" if kind == "sldNum" else "l"}">'
                f'<a:defRPr sz="{FOOT_SIZE * 100}">{_fill(MUTED)}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
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
    return parse_xml(text)


if __name__ == "__main__":
    main()
