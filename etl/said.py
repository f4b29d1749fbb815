"""Words of the command line and of what is found in a report, and the name of a figure in them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.catalogue import Catalogue
from core.figures import Figure
from core.texts import text
from core.vi.format import pick_scale
from core.vi.numbers import format_number

NO_NAMES: Mapping[str, str] = {}


def said(name: str, lang: str, **params: object) -> str:
    """A sentence of the command line."""
    return text(f"etl.{name}", lang, **params)


def period_words(period: str, year: int, lang: str) -> str:
    """A period as people say it: "2020", "6 tháng đầu năm 2020", "9 tháng 2020"."""
    if period == "year":
        return str(year)
    if period[:-1].isdigit() and period.endswith("m"):
        return said("period_months", lang, months=period[:-1], year=year)
    return said(f"period_{period}", lang, year=year)


def when_words(period: str, year: int, lang: str) -> str:
    """The same inside a sentence: "năm 2020", "6 tháng đầu năm 2020"."""
    return said("period_year", lang, year=year) if period == "year" else period_words(period, year, lang)


def value_words(value: Decimal, unit_id: str, lang: str, of: Decimal | None = None) -> str:
    """A value with every digit, none rounded away: "8,7565 tỷ đồng", "13/18 tổ", "0,49%"."""
    scale = pick_scale(value, unit_id)
    number = format_number(scale.number(value), lang=lang)
    if of is not None:
        number += f"/{format_number(scale.number(of), lang=lang)}"
    return f"{number}%" if unit_id == "percent" else f"{number} {scale.label(lang, number)}"


def figure_name(figure: Figure, catalogue: Catalogue, lang: str, groups: Mapping[str, str] = NO_NAMES) -> str:
    """What a figure is of, and of which part: "Hộ nghèo", "Khoản thu – Thu kết dư"; `groups` are names by id."""
    line = catalogue.lines.get(figure.member)
    member = line.name(lang) if line else groups.get(figure.member, figure.member)
    name = catalogue.indicators[figure.indicator].name(lang)
    return f"{name} – {member}" if member else name
