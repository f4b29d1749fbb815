"""The number rule: Vietnamese (and English) written numbers to exact decimals and back, never a silent guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact

from babel import Locale

from core.errors import Fault, FaultError
from core.vi.text import spelling_key
from core.vi.units import CURRENCY_WORDS, SCALE_WORDS, scale_factor

DECIMAL_MARK = {lang: Locale.parse(lang).number_symbols["latn"]["decimal"] for lang in ("vi", "en")}
GROUP_MARK = {lang: Locale.parse(lang).number_symbols["latn"]["group"] for lang in ("vi", "en")}
MINUS = "\N{MINUS SIGN}"

_WIDE = str.maketrans("０１２３４５６７８９．，％（）＋", "0123456789.,%()+")
_MINUSES = "-\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}"
_GAPS = "\u00a0\u202f\u2009 "  # no-break, narrow and thin spaces group digits as the plain one does

_GROUPED = re.compile(rf"[0-9]{{1,3}}(?P<mark>[.,{_GAPS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*")
_PLAIN = re.compile(r"[0-9]+")
_VULGAR = {
    sign: Decimal(unicodedata.numeric(sign).as_integer_ratio()[0]) / unicodedata.numeric(sign).as_integer_ratio()[1]
    for sign in "¼½¾⅛⅜⅝⅞"
}
_STRAY = re.compile(r"(?<=[0-9])([.,]) (?=[0-9]{3}(?![0-9]))")
_SCALE = re.compile(r"\s*" + SCALE_WORDS)
_CURRENCY = re.compile(r"\s*" + CURRENCY_WORDS)
_PART = re.compile(rf"[0-9.,¼½¾⅛⅜⅝⅞]+(?:[{_GAPS}][0-9]{{3}}(?![0-9]))*(?:[.,][0-9]+)?(?:\s?[¼½¾⅛⅜⅝⅞])?")
_MOST_DIGITS = 24  # longer than any figure, and exact with every scale
_EXACT = Context(prec=60, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a written number may mean: one candidate where the form is clear, two where it is not.

    `unit` is "percent", "vnd" or "" (no unit written). Scales (triệu, tỷ) are already applied.
    """

    text: str
    candidates: tuple[Decimal, ...]
    unit: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the form alone does not say which number is meant."""
        return len(self.candidates) > 1

    @property
    def value(self) -> Decimal:
        """The number; raises FaultError (numbers.ambiguous) where the form leaves two readings."""
        if self.ambiguous:
            first, second = (format_number(candidate, lang="vi") for candidate in self.candidates)
            raise FaultError([Fault("numbers.ambiguous", params={"text": self.text, "first": first, "second": second})])
        return self.candidates[0]


def _refuse(text: str) -> FaultError:
    return FaultError([Fault("numbers.not_a_number", params={"text": text})])


def _digits(written: str, decimal: str | None) -> tuple[Decimal, ...] | None:
    """The readings of bare digits with separators, or None where they follow no rule."""
    if len(written) > _MOST_DIGITS:
        return None
    if written[-1:] in _VULGAR:
        whole = written[:-1].rstrip(_GAPS)
        readings = _digits(whole, decimal) if whole else (Decimal(0),)
        return None if readings is None else tuple(_EXACT.add(reading, _VULGAR[written[-1]]) for reading in readings)
    if _PLAIN.fullmatch(written):
        return (Decimal(written),)
    grouped = _GROUPED.match(written)
    if grouped and grouped.end() == len(written):
        mark = grouped["mark"]
        joined = Decimal(re.sub(r"[^0-9]", "", written))
        if mark in _GAPS or written.count(mark) > 1:
            return (joined,)
        fraction = Decimal(written.replace(",", "."))
        if written.startswith("0") or mark == decimal:
            return (fraction,)
        return (joined,) if decimal else (joined, fraction)
    if grouped and written[grouped.end()] in ".," and written[grouped.end()] != grouped["mark"]:
        whole, fraction = written[: grouped.end()], written[grouped.end() + 1 :]
    else:
        whole, mark, fraction = written.partition("," if "," in written else ".")
        if not _PLAIN.fullmatch(whole):
            return None
    if not _PLAIN.fullmatch(fraction):
        return None
    return (Decimal(re.sub(r"[^0-9]", "", whole) + "." + fraction),)


def _unwrap(written: str) -> tuple[str, int]:
    """The digits without sign or accounting brackets, and the sign."""
    if written.startswith("(") and written.endswith(")"):
        return written[1:-1].strip(), -1
    if written[:1] and written[0] in _MINUSES:
        return written[1:].lstrip(), -1
    return (written[1:].lstrip() if written.startswith("+") else written), 1


def _amount(written: str, decimal: str | None) -> tuple[tuple[Decimal, ...], str] | None:
    """Readings and unit of "5 tỷ 137 triệu đồng": parts of falling scale, added."""
    readings: tuple[Decimal, ...] = (Decimal(0),)
    position, last, unit = 0, None, ""
    while position < len(written):
        part = _PART.match(written, position)
        digits = _digits(part.group(), decimal) if part else None
        if digits is None:
            return None
        position = part.end()
        scale = _SCALE.match(written, position)
        factor = scale_factor(scale["scale"]) if scale else Decimal(1)
        if scale:
            position = scale.end()
            unit = "vnd" if "đ" in scale["scale"] else unit
        currency = _CURRENCY.match(written, position)
        if last is not None and (factor >= last or not (scale or currency)):
            return None
        last = factor
        readings = tuple(_EXACT.add(known, _EXACT.multiply(digit, factor)) for known in readings for digit in digits)
        if currency:
            position, unit = currency.end(), "vnd"
        if position < len(written) and (currency or not written[position].isspace()):
            return None
        position = position if currency else position + len(written[position:]) - len(written[position:].lstrip())
        if position < len(written) and not scale:
            return None
    return tuple(dict.fromkeys(readings)), unit


def parse_number(text: str, *, decimal: str | None = None) -> Parsed:
    """The exact number a text writes, with its sign, scale and unit: "8.254,817 triệu đồng", "96.46%", "(5)", "¾".

    `decimal` ("," or ".") is the decimal mark of the text around it; it settles only the forms that are ambiguous by
    themselves ("1.234", "1,234"), which without it give both readings. A stray space ("1. 357 tỷ") and leading zeros
    are read. Raises FaultError (numbers.not_a_number) for everything else: nothing is changed to make it fit.
    """
    written = _STRAY.sub(r"\1", spelling_key(text).translate(_WIDE).strip())
    written, sign = _unwrap(written)
    unit = ""
    if written.endswith("%"):
        written, unit = written[:-1].rstrip(), "percent"
        readings = _digits(written, decimal) if written else None
        amount = None if readings is None else (readings, unit)
    else:
        amount = _amount(written, decimal) if written else None
    if amount is None:
        raise _refuse(text)
    readings, unit = amount
    return Parsed(text, tuple(reading.copy_negate() if sign < 0 and reading else reading for reading in readings), unit)


def as_decimal(value: Decimal | int | float) -> Decimal:
    """A number as an exact decimal; floats at twelve significant digits, which drops only arithmetic's own dust."""
    return Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The number rounded as people round: halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=60))


def format_number(value: Decimal | int | float, decimals: int | None = None, lang: str = "vi") -> str:
    """The number as a language writes it: "1.234.567,8" in Vietnamese, "1,234,567.8" in English, a true minus.

    `decimals` rounds half up and keeps the zeros; without it every digit of the value is printed and none added.
    """
    exact = as_decimal(value)
    if decimals is not None:
        exact = round_half_up(exact, decimals)
    plain = f"{exact.copy_abs():,f}"
    if decimals is None and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    marks = {",": GROUP_MARK[lang], ".": DECIMAL_MARK[lang]}
    return (MINUS if exact < 0 else "") + "".join(marks.get(sign, sign) for sign in plain)
