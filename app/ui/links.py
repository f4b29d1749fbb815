"""Addresses inside the program: a screen, with the choices of the visitor or others in their place."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

import streamlit as st

from app.ui.choices import (
    BOUNDARIES,
    BOUNDARY,
    LANGUAGE,
    NOWHERE,
    PROVINCE,
    UNIT,
    YEAR,
    begin_anew,
    known_units,
    unit_labels,
)
from app.ui.context import Context
from core.places import Unit
from core.texts import LANGUAGES, text

SOURCES, REF = "nguon-so-lieu", "so"  # the screen of sources, and what asks it for the rows behind one number


def address(ctx: Context, path: str, *, unit: Unit | None = None, year: int | None = None, **more: object) -> str:
    """The address of a screen in the visitor's language, of `unit` and `year` where given, else of those chosen."""
    params = choices_of(ctx, unit, year) | {name: str(value) for name, value in more.items()}
    return f"/{path}?{urlencode(params, quote_via=quote)}"


def open_screen(ctx: Context, path: str) -> None:
    """Go on to a screen of the own ward at once, in the visitor's language."""
    lang = {LANGUAGE: text("frame.language", ctx.lang)} if ctx.lang != LANGUAGES[0] else {}
    begin_anew(PROVINCE, UNIT, YEAR)  # else the lists keep the ward that was chosen before the own one was known
    # Streamlit knows a screen by its address alone
    st.switch_page(st.Page(lambda: None, title=path, url_path=path), query_params=lang)


def choices_of(ctx: Context, unit: Unit | None = None, year: int | None = None) -> dict[str, str]:
    """The visitor's choices as an address carries them, `unit` and `year` in place of those chosen."""
    params = {LANGUAGE: text("frame.language", ctx.lang)} if ctx.lang != LANGUAGES[0] else {}
    params |= _place(ctx, unit or ctx.unit) if unit or ctx.unit else {}
    year = year if year is not None else ctx.year
    params |= {YEAR: str(year)} if year is not None else {}
    return params | ({BOUNDARY: BOUNDARIES[ctx.boundary]} if ctx.boundary == "today" and unit is None else {})


def _place(ctx: Context, unit: Unit) -> dict[str, str]:
    here = ctx.units if ctx.units.empty else ctx.units[ctx.units["province"] == unit.province]
    known = known_units(here, ctx.catalogue, ctx.office.unit)
    label = unit_labels([each for each in known if each.province == unit.province]).get(unit)
    return {PROVINCE: unit.province or NOWHERE, UNIT: label} if label else {}


def source_links(ctx: Context) -> Callable[[str], str]:
    """A maker of the addresses that show the rows behind a number, from the word of its reference."""
    base = address(ctx, SOURCES)
    return lambda ref: f"{base}{'&' if '=' in base else ''}{REF}={quote(ref, safe='')}"
