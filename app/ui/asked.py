"""The rows behind one number of a sentence or chart, where the address of the sources screen asks for them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.ui.book import nameless
from app.ui.context import Context
from app.ui.elements import heading, html, message, printed
from app.ui.groups import groups_of
from app.ui.links import REF, SOURCES, address
from app.ui.origin import origin_html, origin_of
from app.ui.source_table import entries_html
from app.ui.unshown import unshown_control
from app.views import sources as view
from core.behind import rows_behind, units_behind
from core.figures import Ref
from core.store import reports

MOST_REFS = 6  # of a count of many figures each has its own mark or number elsewhere


def show_asked(ctx: Context) -> bool:
    """Draw the rows the address asks for and the way to all others; False where it asks for none that are there.

    Of a few references also what the window behind a mark says: sums, reasons, approval, earlier values.
    """
    refs = asked_refs(st.query_params.get(REF, ""), ctx)
    frames = [nameless(ctx, rows_behind(ctx.store, ctx.catalogue, ref)) for ref in refs]
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return False
    rows = pd.concat(filled, ignore_index=True).drop_duplicates(ignore_index=True)
    units = tuple(dict.fromkeys(unit for ref in refs for unit in units_behind(ctx.catalogue, ref)))
    known = reports(ctx.store, rows["batch"].unique())
    found = view.entries(rows, ctx.catalogue, groups_of(ctx, units), known, ctx.lang)
    message(ctx, ctx.t("notes.asked_title", count=len(found)), ctx.t("notes.asked_lead"))
    html(f'<p class="w-small"><a href="{address(ctx, SOURCES)}">{printed(ctx.t("notes.all"))}</a></p>')
    html(entries_html(found, ctx.t("notes.asked_caption"), ctx))
    if len(refs) <= MOST_REFS:
        heading(ctx.t("origin.each"))
        html("".join(origin_html(ctx, origin_of(ctx, ref)) for ref in refs))
    unshown_control(ctx, refs)
    return True


def asked_refs(words: str, ctx: Context) -> tuple[Ref, ...]:
    """The references an address names, with a space between; what is none, or names no unit or indicator, is left out.

    An address is anybody's to write.
    """
    found = []
    for word in dict.fromkeys(words.split()):
        try:
            ref = Ref.parse(word)
            ctx.catalogue.unit(ref.unit)
        except (KeyError, ValueError):
            continue
        if not ref.indicator or ref.indicator in ctx.catalogue.indicators:
            found.append(ref)
    return tuple(found)
