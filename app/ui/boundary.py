"""The switch between figures as reported and on today's boundary, and the line that says where a ward came from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from app.ui.choices import BOUNDARIES, BOUNDARY, unit_keys
from app.ui.context import Context
from app.ui.links import address
from app.views.words import day_words, listed
from core.catalogue import Catalogue
from core.places import Merger, Unit

MOST_NAMED = 4  # wards a line can name


def may_switch(ctx: Context) -> bool:
    """Whether wards that have figures went into the chosen one."""
    merger = ctx.catalogue.places.merger(ctx.unit.key)
    known = _known(ctx.units, ctx.catalogue)
    return merger is not None and any(unit in known for unit in (*merger.full, *merger.partial))


def choose_boundary(ctx: Context) -> str:
    """The switch: "reported" (at first) or "today"."""
    asked = next((name for name, id in BOUNDARIES.items() if id == st.query_params.get(BOUNDARY)), "reported")
    chosen = st.segmented_control(
        ctx.t("boundary.choose"), list(BOUNDARIES), default=asked, required=True, key=BOUNDARY, width="stretch",
        label_visibility="collapsed", format_func=lambda name: ctx.t(f"boundary.{name}"),
    )  # fmt: skip
    if chosen == "today":
        st.query_params[BOUNDARY] = BOUNDARIES[chosen]
    elif BOUNDARY in st.query_params:
        del st.query_params[BOUNDARY]
    return chosen or "reported"


def lineage_line(ctx: Context) -> str:
    """Where the chosen ward came from or went, each ward with figures as a link to it; ready HTML, "" for nothing."""
    successions = ctx.catalogue.places.successors(ctx.unit.key)
    if successions:
        name = "went_into_parts" if len(successions) > 1 else "went_into"
        wards = [_linked(ctx, ctx.catalogue.unit(row.new), "") for row in successions]
        return _line(ctx, name, successions[0].on, wards)
    merger = ctx.catalogue.places.merger(ctx.unit.key)
    if merger is None or not may_switch(ctx):
        return ""
    known = _known(ctx.units, ctx.catalogue)
    parts = sorted((*merger.full, *merger.partial), key=lambda unit: unit not in known)
    return _line(ctx, "made_of", merger.on, [_part(ctx, merger, unit) for unit in parts])


def _line(ctx: Context, name: str, on: object, wards: Sequence[str]) -> str:
    rest = len(wards) - MOST_NAMED
    named = [*wards[:MOST_NAMED], ctx.t("boundary.others", count=rest)] if rest > 0 else list(wards)
    return ctx.t(f"boundary.{name}", day=day_words(on), wards=listed(named, ctx.lang))


def _part(ctx: Context, merger: Merger, unit: Unit) -> str:
    linked = _linked(ctx, unit, merger.name(unit))
    return linked if unit in merger.full else ctx.t("boundary.part_of", ward=linked)


def _linked(ctx: Context, unit: Unit, name: str) -> str:
    words = f'<span style="white-space:nowrap">{escape(name or unit.name)}</span>'
    if unit not in _known(ctx.units, ctx.catalogue):
        return words
    where = address(ctx, "", unit=unit).removeprefix("/")  # without a path: the screen that is open stays
    return f'<a href="{escape(where)}" target="_self">{words}</a>'


def _known(units: pd.DataFrame, catalogue: Catalogue) -> set[Unit]:
    """The units of core.store.units_with_figures."""
    if units.empty:
        return set()
    return {catalogue.unit(key) for key in unit_keys(units)}
