"""The search screen: results are links that keep the visitor's choices or set those the query names."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

import pytest
from streamlit.testing.v1 import AppTest

from tests.bundled import bundled_database
from tests.pages.conftest import WARDS, draw_screen


@pytest.fixture
def results():
    """Search as a visitor of the sample ward in 2019: results("query", "vi") -> (message, [(name, address)])."""

    def once(query: str, lang: str = "vi") -> tuple[str, list[tuple[str, str, dict]]]:
        unit, _ = WARDS["full"]
        app = AppTest.from_function(draw_screen, args=("search", bundled_database(), unit, 2019, lang))
        app.session_state["q"] = query
        page = "".join(element.proto.body for element in app.run(timeout=60).get("html"))
        assert not app.exception
        found = re.findall(r'<li><a href="([^"]+)">(.*?)</a>', page)
        read = [(re.sub(r"<[^>]+>", "", name), urlparse(link.replace("&amp;", "&"))) for link, name in found]
        title = re.sub(r"<[^>]+>", "", re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0])
        return title, [
            (name, link.path, {key: value[0] for key, value in parse_qs(link.query).items()}) for name, link in read
        ]

    return once


def test_a_query_is_printed_as_text(results):
    """What a visitor types is no markup."""
    title, found = results("<b>zzz</b>")
    assert title == "Không tìm thấy gì cho “&lt;b&gt;zzz&lt;/b&gt;”" and found == []


def test_a_find_keeps_the_choices_of_the_visitor(results):
    """Language, ward and year stay; the indicator is set."""
    _, found = results("ho ngheo", "en")
    name, path, choices = found[0]
    assert (name, path) == ("Poor households", "/chi-tieu")
    assert (choices["lang"], choices["nam"], choices["chi-tieu"]) == ("English", "2019", "poor_households")
    assert choices["phuong"].startswith("Phường Mẫu")


def test_a_find_sets_the_year_and_the_ward_the_query_names(results):
    """And the province the ward is chosen in."""
    _, found = results("thu ngan sach 2020 khuong thuong")
    _, path, choices = found[0]
    assert (path, choices["nam"], choices["chi-tieu"]) == ("/chi-tieu", "2020", "budget_revenue")
    assert choices["phuong"].startswith("Phường Khương Thượng") and choices["tinh"] == "Thành phố Hà Nội"


def test_a_year_without_figures_is_not_set(results):
    """A link must lead somewhere."""
    _, found = results("ho ngheo 1999")
    assert found[0][2]["nam"] == "2019"


def test_a_residential_group_of_the_ward_is_found(results):
    """By the short form people use."""
    _, found = results("tdp 7")
    assert found[0][1] == "/van-hoa" and found[0][0].endswith(" 7")
