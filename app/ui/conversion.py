"""Asking whether text in an encoding from before Unicode is to be converted, with lines of it before and after."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.tables import table_html
from app.views.view import Table
from core.errors import Fault
from core.vi.encodings import NAMES

NOT = "not"


def ask_conversion(ctx: Context, offered: Mapping[str, Fault], key: str) -> str | None:
    """What was recognised in a file, how sure, what it would read; the encoding chosen, NOT, None where none is yet.

    `offered` are the refusals that name an encoding, by its name; `key` is the file's.
    """
    html(f'<p class="w-title">{printed(ctx.t("upload.conversion"))}</p>')
    for name, fault in offered.items():
        fonts = str(fault.params.get("fonts", ""))
        by = ctx.t("upload.conversion_fonts", fonts=fonts) if fonts else ""
        words = ctx.t("upload.conversion_lead", encoding=NAMES[name], fonts=by, sure=fault.params["sure"])
        html(f"<p>{printed(words)}</p>{table_html(_samples(ctx, name, fault), words=(1,), stacked=ctx.phone)}")
    choices = ["+".join(offered), NOT]
    return st.radio(
        ctx.t("upload.conversion_ask"), choices, index=None, key=f"convert-{key}",
        format_func=lambda choice: _choice(ctx, choice),
    )  # fmt: skip


def _samples(ctx: Context, name: str, fault: Fault) -> Table:
    lines = str(fault.params["samples"]).split("\n")
    rows = tuple((before, after) for before, _, after in (line.partition("\t") for line in lines))
    header = (ctx.t("upload.conversion_before"), ctx.t("upload.conversion_after"))
    return Table(ctx.t("upload.conversion_samples", encoding=NAMES[name]), header, rows)


def _choice(ctx: Context, choice: str) -> str:
    if choice == NOT:
        return ctx.t("upload.convert_not")
    return ctx.t("upload.convert", encoding=" + ".join(NAMES[name] for name in choice.split("+")))
