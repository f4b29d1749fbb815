"""Search without accents: what is found first, what is carried along, what is not found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.search import PAGES, find, group_items, items, marks, parted
from core.catalogue import load_catalogue
from core.places import Unit
from core.vi.text import fold

OLD = Unit("00238", date(1900, 1, 1), date(2025, 6, 30), "Phường Khương Thượng", "phường", "Quận Đống Đa", "Hà Nội")
SAMPLE = Unit("MAU01", date(1900, 1, 1), None, "Phường Mẫu", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
KNOWN = (
    *items(load_catalogue(), (OLD, SAMPLE), "vi"),
    *group_items(["Tổ dân phố số 2", "Tổ dân phố số 12"]),
)
INDICATORS = [row for row in load_catalogue().indicators.values() if not row.member_kind]


def first(query: str):
    """The best find of a query."""
    return find(KNOWN, query)[0].hits[0]


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzz", "thu zzz", "2099 zzz", "<script>", "x" * 500])
def test_what_is_nowhere_is_not_found(query):
    """Nothing instead of everything."""
    assert find(KNOWN, query) == ()


@pytest.mark.parametrize(
    ("query", "group", "name", "year", "unit"),
    [
        ("thu ngan sach", "indicator", "Thu ngân sách nhà nước trên địa bàn", None, None),
        ("THU NGÂN SÁCH", "indicator", "Thu ngân sách nhà nước trên địa bàn", None, None),
        ("state budget revenue", "indicator", "Thu ngân sách nhà nước trên địa bàn", None, None),
        ("ho ngheo", "indicator", "Hộ nghèo", None, None),
        ("2020", "page", "Tổng quan", 2020, None),
        ("khuong thuong", "ward", "Phường Khương Thượng", None, OLD),
        ("phuong khuong thuong 2020", "ward", "Phường Khương Thượng", 2020, OLD),
        ("khuong thu", "ward", "Phường Khương Thượng", None, OLD),
        ("thi dua", "page", "Thi đua – khen thưởng", None, None),
        ("khen thuong", "page", "Thi đua – khen thưởng", None, None),
        ("ngan sach khuong thuong", "page", "Ngân sách", None, OLD),
        ("thu ngan sach 2020 khuong thuong", "indicator", "Thu ngân sách nhà nước trên địa bàn", 2020, OLD),
        ("khuong thuong 2020 ho ngheo", "indicator", "Hộ nghèo", 2020, OLD),
        ("huan chuong doc lap", "honour", "Huân chương Độc lập", None, None),
        ("thu bo sung", "line", "Thu bổ sung từ ngân sách cấp trên", None, None),
        ("to dan pho so 12", "group", "Tổ dân phố số 12", None, None),
        ("tdp 2", "group", "Tổ dân phố số 2", None, None),
        ("nguon", "page", "Nguồn số liệu", None, None),
    ],
)
def test_the_best_find_comes_first(query, group, name, year, unit):
    """Indicators, years, wards, pages, honours, budget lines and groups, alone and together."""
    hit = first(query)
    assert (hit.item.group, hit.item.name, hit.year, hit.unit) == (group, name, year, unit)


def test_the_kind_of_a_ward_beside_its_name_asks_for_nothing_else():
    """"Phường Mẫu" is the ward, not every indicator with "phường" in it."""
    assert [group.group for group in find(KNOWN, "phuong mau")] == ["ward"]


def test_of_many_finds_eight_are_listed_and_the_rest_is_counted():
    """No group fills the screen."""
    many = find(group_items(f"Tổ dân phố số {number}" for number in range(30)), "to dan pho")
    assert (len(many[0].hits), many[0].more) == (8, 22)


@given(row=st.sampled_from(INDICATORS), upper=st.booleans(), lang=st.sampled_from(["vi", "en"]))
def test_any_indicator_is_found_first_by_its_name_without_accents(row, upper, lang):
    """In either language, whatever the case."""
    name = fold(row.name(lang))
    hit = first(name.upper() if upper else name)
    assert (hit.item.group, dict(hit.item.params)["chi-tieu"]) == ("indicator", row.id)


@given(name=st.text(max_size=40), words=st.lists(st.text("aăđe12 ", min_size=1, max_size=4), max_size=3))
def test_marking_loses_and_adds_nothing(name, words):
    """The pieces together are the name; no piece is empty."""
    from core.vi.text import nfc

    pieces = parted(name, marks(name, [word.strip() for word in words if word.strip()]))
    assert "".join(piece for piece, _ in pieces) == nfc(name) and all(piece for piece, _ in pieces)


def test_the_beginning_of_a_word_is_marked():
    """With its accents, as it stands in the name."""
    name = "Thu ngân sách phường"
    assert [piece for piece, match in parted(name, marks(name, ("ngan", "phu"))) if match] == ["ngân", "phư"]


def test_every_screen_can_be_found_by_its_title():
    """The list of pages is the frame's own; those for staff alone have a place in the menu of staff."""
    from pages.frame import SCREENS

    for_all = [screen for screen in SCREENS if screen.right == "look" and screen.title != "search"]
    assert [(screen.path, screen.title) for screen in for_all] == list(PAGES)
