"""Bullets that name nothing themselves, read behind the head that names what they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.vi.text import spelling_key
from etl.document import Block

_LISTED = re.compile(r"\s*(?:[-–+•*]|\(?(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[a-zđ])[.)/])*\s*")
_BARE = re.compile(  # words that say plan, result or change of something, and nothing that names it, up to a number
    r"(?=dự toán|kế hoạch|chỉ tiêu|thực hiện|ước|kết quả|tỷ lệ|đạt|bằng|tăng|giảm|vượt|so )"
    r"(?:(?:dự toán|kế hoạch|chỉ tiêu|thực hiện|ước|kết quả|tỷ lệ|đạt|bằng|tăng|giảm|vượt|so|với|hoàn thành|được|giao"
    r"|là|trong|cả|năm(?: (?:trước|ngoái|[0-9]{4}))?|cùng kỳ|đầu năm|của|quận|huyện|thành phố|tỉnh|hđnd|ubnd|phường|xã"
    r"|cấp trên|khoảng|gần|hơn|trên|xấp xỉ)[\s:,]+)+"
    r"(?!(?:19|20)[0-9]{2}(?![0-9.,]))[0-9]"
)
_RESULT = re.compile(r"(?:(?:ước )?thực hiện|kết quả)(?! năm)")
_HEAD_WORDS = 12


@dataclass(frozen=True, slots=True)
class UnderHead:
    """A paragraph as it is to be read: `block` its head and itself, `own` itself.

    `begin` is to be added to a place in `block` to find it in `own`; `result_beside` says that its list tells a result.
    """

    block: Block
    own: Block
    begin: int = 0
    result_beside: bool = False


def under_heads(blocks: Sequence[Block]) -> list[UnderHead]:
    """Every paragraph; bare bullets ("- Dự toán quận giao: 44 tỷ đồng") behind the line with a colon above them."""
    found: list[UnderHead] = []
    head, start = "", 0
    for block in blocks:
        key = spelling_key(block.text)
        label = _LISTED.match(key).end()
        if head and _BARE.match(key, label):
            joined = replace(block, text=f"{head} {block.text[label:]}")
            found.append(UnderHead(joined, block, label - len(head) - 1))
        else:
            found[start:] = _with_results(found[start:])
            head = _head(block.text, key, label)
            found.append(UnderHead(block, block))
            start = len(found)
    found[start:] = _with_results(found[start:])
    return found


def _head(text: str, key: str, label: int) -> str:
    """The words of a line that opens a list, "" where it opens none or tells numbers itself."""
    said = text[label:].strip()
    bare = said.endswith(":") and not re.search(r"[0-9]", said) and not _BARE.match(key, label)
    return said if bare and len(said.split()) <= _HEAD_WORDS else ""


def _with_results(bullets: Sequence[UnderHead]) -> list[UnderHead]:
    keys = [spelling_key(each.own.text) for each in bullets]
    told = any(_RESULT.match(key, _LISTED.match(key).end()) for key in keys)
    return [replace(each, result_beside=told) for each in bullets]
