"""Scales and money words of Vietnamese amounts: nghìn, triệu, tỷ, their short forms and đồng."""

from __future__ import annotations

import re
from decimal import Decimal

THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9

SCALES = {  # as spelling_key gives them; "tr.đ" and "trđ" name the currency too
    "nghìn": THOUSAND, "ngàn": THOUSAND, "nghìn tỷ": THOUSAND * BILLION, "ngàn tỷ": THOUSAND * BILLION,
    "nghìn tỉ": THOUSAND * BILLION, "ngàn tỉ": THOUSAND * BILLION,
    "triệu": MILLION, "tr": MILLION, "tr.": MILLION, "tỷ": BILLION, "tỉ": BILLION,
    "trđ": MILLION, "tr.đ": MILLION, "tr đ": MILLION, "tỷđ": BILLION, "tỉđ": BILLION,
}  # fmt: skip
UNIT_CELLS = {  # what stands after "Đơn vị:" above a table
    "đồng": Decimal(1), "1 đồng": Decimal(1), "đ": Decimal(1), "vnđ": Decimal(1), "vnd": Decimal(1),
    "nghìn đồng": THOUSAND, "ngàn đồng": THOUSAND, "1000 đồng": THOUSAND, "1.000 đồng": THOUSAND, "1000đ": THOUSAND,
    "1000 đ": THOUSAND, "1.000đ": THOUSAND, "1.000 đ": THOUSAND, "nghìn đ": THOUSAND, "ngàn đ": THOUSAND,
    "triệu đồng": MILLION, "tr.đồng": MILLION, "tr. đồng": MILLION, "tr đồng": MILLION, "trđ": MILLION,
    "tr.đ": MILLION, "trđồng": MILLION, "triệu đ": MILLION, "1.000.000 đồng": MILLION, "1000000 đồng": MILLION,
    "nghìn": THOUSAND, "ngàn": THOUSAND, "triệu": MILLION, "tỉ": BILLION,
    "tỷ đồng": BILLION, "tỉ đồng": BILLION, "tỷ đ": BILLION, "tỉ đ": BILLION, "tỷđ": BILLION, "tỷ": BILLION,
}  # fmt: skip

# One scale with its currency, where a number has just ended. "tỷ lệ" and "tỷ trọng" are words, not billions.
SCALE_WORDS = (
    r"(?P<scale>(?:nghìn|ngàn)\s+t[ỷỉ](?!\s*(?:lệ|trọng|suất))|nghìn|ngàn|triệu"
    r"|t[ỷỉ]đ|t[ỷỉ](?!\s*(?:lệ|trọng|suất))|tr\.?\s?đ|tr\.?)(?![^\W\d_](?<!đ))"
)
CURRENCY_WORDS = r"(?P<currency>đồng|vnđ|vnd|đ|₫)(?![^\W\d_])"


def scale_factor(words: str) -> Decimal:
    """What a scale word multiplies by, from its words in lower case; KeyError for a word that is no scale."""
    return SCALES[re.sub(r"\s+", " ", words).strip()]


def unit_cell_factor(words: str) -> Decimal | None:
    """How many đồng one unit of a table is, from the words after "Đơn vị:", or None where they name no money."""
    key = re.sub(r"\s+", " ", words.lower()).strip(" :;.()")
    return UNIT_CELLS.get(key)
