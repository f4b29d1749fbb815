"""Text written for the old Vietnamese fonts (.VnTime, VNI-Times): recognised and refused, because its letters lie."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.document import Block, Table
from etl.readers.parts import refuse

ENOUGH = 3
# TCVN3 puts its letters on signs such as µ ¸ ®, VNI puts a second sign behind a vowel. Both are told from Unicode
# text by standing inside words.
_SIGNS = "µ¸¶·¹¨»¾©¬ª"
_TCVN3 = re.compile(f"\\b[A-Za-z®]*(?:[A-Za-z®][{_SIGNS}]|®[a-z{_SIGNS}])[A-Za-z®{_SIGNS}È-ÿ]*")
# "oà", "oán", "uý" are Unicode syllables too: only pairs that Unicode Vietnamese never writes count.
_VNI = re.compile(r"\b[A-Za-z]*(?:[aeAE][øùûõïâêéèúüëàáåãä]|[oO][øûõïâåäê]|[uyUY][øûõï])[A-Za-zôöñ]*\b")
_UNICODE = re.compile(r"\b\w*[ăđơưĂĐƠƯ\u1ea0-\u1ef9]\w*\b")


def check_fonts(parts: Iterable[Block | Table]) -> None:
    """FaultError where the text holds words of an old font, and more of them than of Unicode Vietnamese."""
    tcvn3, vni, unicode, examples = 0, 0, 0, {}
    for said in _texts(parts):
        if said.isascii():
            continue
        unicode += len(_UNICODE.findall(said))
        for font, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI)):
            words = pattern.findall(said)
            if words:
                examples.setdefault(font, words[0][:40])
                tcvn3, vni = (tcvn3 + len(words), vni) if font == "TCVN3" else (tcvn3, vni + len(words))
    found, font = max((tcvn3, "TCVN3"), (vni, "VNI"))
    if found >= ENOUGH and found > unicode:
        raise refuse("legacy_font", font=font, example=examples[font])


def _texts(parts: Iterable[Block | Table]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Block):
            yield part.text
        else:
            for row in part.rows:
                for cell in row:
                    yield cell.text
