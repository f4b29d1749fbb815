"""The menu under a chart that hands out its picture and its figures; each is made when it is asked for."""

from __future__ import annotations

import base64
import json
import tomllib
from functools import cache
from html import escape
from uuid import uuid4

import streamlit as st

from app.charts.picture import PLOTLY_JS, draw_picture
from app.exports.workbook import view_xlsx
from app.server.files import STATIC, address
from app.ui.context import Context
from app.ui.logged import log_export
from app.ui.tables import file_name, table_csv
from app.views.view import View
from core.settings import ROOT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WEIGHTS = ("400", "600", "700")  # what a picture is written in: text, its title, what is bold in it


def take_menu(ctx: Context, view: View) -> None:
    """A quiet menu: picture, workbook, CSV. What is chosen is made in that run and handed to the browser."""
    chosen = st.menu_button(
        ctx.t("ui.take"), ("png", "xlsx", "csv"), format_func=lambda kind: ctx.t(f"ui.take_{kind}"), type="tertiary",
        key=f"{view.id}-take",
    )  # fmt: skip
    if chosen:
        log_export(ctx, view.id, chosen)
        st.html(take_html(ctx, view, chosen), unsafe_allow_javascript=True)


def take_html(ctx: Context, view: View, kind: str) -> str:
    """The element that makes the browser hand out a view as "png", "xlsx" or "csv": our script and what it needs."""
    data = {"token": uuid4().hex, "name": f"{file_name(ctx.unit.name, view.id)}.{kind}"}
    if kind == "png":
        figure = draw_picture(view).to_json()
        data |= {"figure": figure, "fonts": _fonts(), "plotly": _plotly(), "failed": ctx.t("ui.take_failed")}
    else:
        content, mime = (view_xlsx(view), XLSX) if kind == "xlsx" else (table_csv(view.table), "text/csv;charset=utf-8")
        data |= {"content": base64.b64encode(content).decode(), "type": mime}
    said = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return f'<div><script src="{_script()}"{said}></script></div>'


@cache
def _script() -> str:
    return address(STATIC / "take.js")


@cache
def _plotly() -> str:
    return address(PLOTLY_JS, PLOTLY_JS.parent)


@cache
def _fonts() -> str:
    """The program's faces from its settings; Streamlit's own copy of them changes as it is sent to browsers."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        faces = tomllib.load(file)["theme"]["fontFaces"]
    return json.dumps([face for face in faces if face["weight"] in _WEIGHTS])
