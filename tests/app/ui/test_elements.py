"""The elements of every screen: what they print and what they escape."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.charts.theme import DARK, LIGHT
from app.ui.elements import printed, status_glyph
from app.ui.style import style_html


def test_markup_in_text_is_escaped():
    """Names come from files that people send."""
    assert printed('<img src=x onerror="a">') == "&lt;img src=x onerror=&quot;a&quot;&gt;"


@pytest.mark.parametrize(
    ("words", "glued"),
    [("+0,49 tỷ đồng", "+0,49 tỷ đồng"), ("thấp hơn 0,04 điểm %", "thấp hơn 0,04 điểm %"),
     ("13/18 tổ dân phố", "13/18 tổ dân phố"), ("năm 2020 chi", "năm 2020 chi")],
)  # fmt: skip
def test_a_number_is_never_parted_from_its_unit(words, glued):
    """No line may end between them; elsewhere lines may."""
    assert printed(words).replace("\N{NO-BREAK SPACE}", " ") == words
    assert printed(words).count("\N{NO-BREAK SPACE}") == {"+": 2, "t": 2, "1": 2, "n": 0}[words[0]], glued


def test_a_shape_beside_its_word_is_silent_and_alone_it_speaks():
    """The word is the picture's alternative text, escaped."""
    assert 'alt=""' in status_glyph("reached", LIGHT)
    assert 'alt="Đạt &lt;"' in status_glyph("reached", LIGHT, "Đạt <")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_knows_every_colour_it_uses(theme):
    """A variable without a value would leave text in the browser's own colour."""
    import re

    sheet = style_html(theme, 'a"b', "menu")
    used, given = set(re.findall(r"var\((--w-[a-z-]+)\)", sheet)), set(re.findall(r"(--w-[a-z-]+):", sheet))
    assert used <= given and "</style>" not in sheet.removesuffix("</style>")


def one_chart() -> None:
    """A screen with one view of every part, drawn with a chart of the house."""
    import pandas as pd

    from app.ui.context import Context
    from app.ui.elements import Count, Tile, counts, empty, message, show, tiles
    from app.views.view import Table, View
    from core.catalogue import load_catalogue
    from core.figures import UnitKey
    from core.places import Unit
    from core.store import Store

    key = UnitKey("00238", pd.Timestamp("1900-01-01").date())
    unit = Unit(key.code, key.valid_from, None, "Phường <A>", "phường", "", "Tỉnh B", is_sample=True)
    context = Context(store=Store.__new__(Store), catalogue=load_catalogue(), unit=unit, year=2020)
    message(context, "Một <b>câu</b>", "Dẫn", "Trên")
    counts(context, [Count("reached", "5", "Đạt", "từ 100%")])
    tiles(context, [Tile("Thu", "49,09", "tỷ đồng", state="missed", state_word="Chưa đạt", sum="40 < 50")])
    empty(context, "khen thưởng")
    squares = pd.DataFrame({"place": [0], "name": ["TDP 1"], "state": ["reached"], "note": [""], "hover": ["TDP 1"]})
    view = View(
        id="o", kind="waffle", lang="vi", title="Tên & ý", subtitle="Phụ", frame=squares, alt="Một ô.",
        table=Table("Bảng", ("Tổ", "2020"), (("TDP 1", "đạt"),), refs=(("", "MAU01|1"),)), source="Báo cáo",
        notes=("Một",), is_sample=True, detail={"form": "named", "reached": 1, "of": 1},
    )  # fmt: skip
    show(context, view)


def test_a_view_is_shown_with_its_words_its_source_and_its_table():
    """Finding as h2, chart, note, source with the sample mark, a closed table and a menu of files; text escaped."""
    page = AppTest.from_function(one_chart).run(timeout=30)
    assert not page.exception
    words = "\n".join(element.proto.body for element in page.get("html"))
    assert "<h1" in words and "Một &lt;b&gt;câu&lt;/b&gt;" in words and words.count("<h2") == 2  # the tile and the view
    assert 'title="40 &lt; 50"' in words
    assert "Tên &amp; ý" in words and "<ol" in words and "số liệu minh họa" in words
    assert "Nguồn: Báo cáo" in words
    assert len(page.get("plotly_chart")) == 1 and page.get("plotly_chart")[0].proto.alt == "Một ô."
    assert page.expander[0].label == "Bảng số" and page.get("menu_button")[0].proto.label == "Tải về"


def test_a_table_is_made_when_it_is_opened_and_not_before():
    """A closed one costs nothing; an open one has caption, the chosen year's band and a link at each number."""
    page = AppTest.from_function(one_chart).run(timeout=30)
    assert not any("<table" in element.proto.body for element in page.get("html"))
    page.session_state["o-table"] = True
    words = "\n".join(element.proto.body for element in page.run(timeout=30).get("html"))
    assert "<caption>Bảng</caption>" in words and "w-chosen" in words
    assert '<a class="w-number" href="/nguon-so-lieu?' in words and "so=MAU01" in words
