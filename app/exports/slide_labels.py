"""Labels of a native chart that read the cells of its sheet: the reader's own number form on every office PC.

A number format would print 34.8 on a computer set to English and 34,8 on one set to Vietnamese. The label is a cell of
the embedded sheet instead, worked out from the number beside it, so that it follows whoever corrects that number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from app.exports.slide_words import SIZE

_NUMBER = re.compile(r"([◐▼] )?([−-]?)([\d.,]+)(%?)")
_C15 = 'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
_LABELS, _RANGE = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}", "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOWN = "".join(f'<c:{name} val="0"/>' for name in ("showLegendKey", "showVal", "showCatName", "showSerName",
                                                     "showPercent", "showBubbleSize"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at a point: its words, where (inEnd, outEnd, t, b, l, r), in which colour, and moved how far aside.

    `aside` is a part of the chart's width, to the right; `under` stands on a second line and in no cell.
    """

    words: str
    spot: str
    ink: str
    aside: float = 0.0
    under: str = ""


def label_formula(cell: str, words: str, lang: str) -> str:
    """The formula that prints a cell's number as `words` prints it, in no country's form but the deck's language's.

    Empty for words that are more than a number after the sign of its state. FIXED groups and rounds in the form of the
    computer; whatever signs that takes, the last digits are the decimals.
    """
    found = _NUMBER.fullmatch(words)
    if found is None:
        return ""
    point, group = (",", ".") if lang == "vi" else (".", ",")
    places = len(found[3].rpartition(point)[2]) if point in found[3] else 0
    fixed = f"FIXED(ABS({cell}),{places})"
    whole = f"LEFT({fixed},LEN({fixed})-{places + 1})" if places else fixed
    signs = ('","', '"."', "CHAR(160)", '" "')
    for sign in signs:
        whole = f'SUBSTITUTE({whole},{sign},"|")'
    made = f'SUBSTITUTE({whole},"|","{group}")'
    made += f'&"{point}"&RIGHT({fixed},{places})' if places else ""
    minus = f'IF(ROUND({cell},{places})<0,"−","")'
    before, after = (f'"{found[1]}"&' if found[1] else ""), (f'&"{found[4]}"' if found[4] else "")
    return f"={before}{minus}&{made}{after}"


def add_labels(series, column: str, labels: list[Label | None], language: str) -> None:
    """Put labels at a series' points, None for a point without; their words stand in `column` of the sheet."""
    element = series._element
    held = element.get_or_add_dLbls()
    for old in list(held):
        held.remove(old)
    for place, label in enumerate(labels):
        if label is not None and label.words:
            held.append(_label(place, label, column, language))
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        held.append(parse_xml(f'<c:{name} {nsdecls("c")} val="0"/>'))
    held.append(parse_xml(
        f'<c:extLst {nsdecls("c")}><c:ext uri="{_LABELS}" {_C15}><c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
    ))  # fmt: skip
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(label.words)}</c:v></c:pt>' for place, label in enumerate(labels) if label
    )
    element.append(parse_xml(
        f'<c:extLst {nsdecls("c")}><c:ext uri="{_RANGE}" {_C15}><c15:datalabelsRange>'
        f"<c15:f>Sheet1!${column}$2:${column}${len(labels) + 1}</c15:f>"
        f'<c15:dlblRangeCache><c:ptCount val="{len(labels)}"/>{points}</c15:dlblRangeCache>'
        "</c15:datalabelsRange></c:ext></c:extLst>"
    ))  # fmt: skip


def _label(place: int, label: Label, column: str, language: str):
    """One label; a program that knows nothing of cells as labels shows the words that are written here."""
    look = (f'lang="{language}" sz="{SIZE * 100}" b="1"><a:solidFill><a:srgbClr val="{label.ink.lstrip("#")}"/>'
            "</a:solidFill>")  # fmt: skip
    usual = f"<a:pPr><a:defRPr {look}</a:defRPr></a:pPr>"
    moved = (f'<c:layout><c:manualLayout><c:x val="{label.aside:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
             if label.aside else "")  # fmt: skip
    name = str(uuid5(NAMESPACE_URL, f"{column}{place}{label.words}")).upper()
    under = f"<a:p>{usual}<a:r><a:rPr {look}</a:rPr><a:t>{escape(label.under)}</a:t></a:r></a:p>" if label.under else ""
    return parse_xml(
        f'<c:dLbl {nsdecls("c", "a")}><c:idx val="{place}"/>{moved}<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>'
        f'<a:p>{usual}<a:fld id="{{{name}}}" type="CELLRANGE"><a:rPr {look}</a:rPr>{usual}'
        f"<a:t>{escape(label.words)}</a:t></a:fld></a:p>{under}</c:rich></c:tx>"
        f'<c:dLblPos val="{label.spot}"/>{_SHOWN}<c:extLst><c:ext uri="{_LABELS}" {_C15}><c15:dlblFieldTable/>'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst></c:dLbl>'
    )
