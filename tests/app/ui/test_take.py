"""What the menu of files hands to the browser."""

from __future__ import annotations

import base64
import html
import json
import re
from datetime import date

import pandas as pd
import pytest

from app.server.files import OwnFiles
from app.ui.context import Context
from app.ui.tables import table_csv
from app.ui.take import take_html
from app.views.view import Table, View
from core.catalogue import load_catalogue
from core.places import Unit
from core.store import Store


@pytest.fixture
def asked():
    """What a kind of file sends along: asked("png") -> the attributes of the script."""
    unit = Unit("00238", date(1900, 1, 1), None, 'Phường "A"', "phường", "", "Tỉnh B")
    context = Context(store=Store.__new__(Store), catalogue=load_catalogue(), unit=unit, year=2020)
    frame = pd.DataFrame({"label": ["a"], "value": [1.0], "tone": [""], "printed": ["1"], "hover": ["<b>a</b>"]})
    table = Table("Bảng", ("Tên", "Số"), (("a", "1"),), pd.DataFrame({"Tên": ["a"], "Số": [1]}))
    view = View("o", "bars", "vi", 'Tên "đầy đủ" & <b>', "Phụ", frame, table, "", "Báo cáo", detail={"largest": 1.0})

    def once(kind: str) -> tuple[dict[str, str], View]:
        page = take_html(context, view, kind)
        found = re.findall(r'\s(?:data-)?(\w+)="([^"]*)"', page)
        return {name: html.unescape(value) for name, value in found}, view

    return once


def test_each_wish_is_a_new_one(asked):
    """The same element drawn again hands out nothing; a second choice does."""
    assert asked("csv")[0]["token"] != asked("csv")[0]["token"]


def test_figures_are_sent_whole(asked):
    """CSV and workbook, under a plain name."""
    data, view = asked("csv")
    assert base64.b64decode(data["content"]) == table_csv(view.table)
    assert data["name"] == "phuong-a-o.csv"
    assert base64.b64decode(asked("xlsx")[0]["content"]).startswith(b"PK")


def test_a_picture_is_sent_as_a_figure_with_what_draws_it(asked):
    """Fonts and script stand under our own address, digest and all."""
    data, view = asked("png")
    figure = json.loads(data["figure"])
    assert (figure["layout"]["width"], figure["layout"]["height"]) == (1120, 630)
    assert any(words["text"] == view.title for words in figure["layout"]["annotations"])
    assert data["src"].startswith("/own/") and data["plotly"].startswith("/own/")
    faces = json.loads(data["fonts"])
    assert {face["weight"] for face in faces} == {"400", "600", "700"}
    served = OwnFiles(None)._files
    assert data["src"] in served and all(face["url"] in served for face in faces)
