"""The switch to today's boundary, and the line that says where a ward came from or went, without a browser."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.rights import PUBLIC
from tests.bundled import bundled_database
from tests.pages.conftest import draw_frame, plain

NEW, OLD, OTHER = "Phường Mẫu (1/7/2025–)", "Phường Mẫu (–30/6/2025)", "Phường Gương (–30/6/2025)"


@pytest.fixture
def frame(monkeypatch):
    """Run the frame over the bundled figures with an address's choices; the app after its run."""
    st.cache_resource.clear()
    monkeypatch.setenv("DATABASE_URL", bundled_database())

    def run(ward: str, boundary: str = "", **choices: str) -> AppTest:
        app = AppTest.from_function(draw_frame, args=(PUBLIC,))
        asked = {"tinh": "Tỉnh Mẫu", "phuong": ward} | ({"ranh-gioi": boundary} if boundary else {}) | choices
        for name, value in asked.items():
            app.query_params[name] = value
        app.run(timeout=60)
        assert not app.exception
        return app

    yield run
    st.cache_resource.clear()


def words_of(app: AppTest) -> str:
    """Everything a person reads."""
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def links_of(app: AppTest) -> list[str]:
    """Where the links of the page lead, decoded."""
    bodies = "".join(element.proto.body for element in app.get("html"))
    return [unquote(where) for where in re.findall(r'href="([^"]*)"', bodies)]


def test_a_ward_made_of_no_other_has_no_switch_and_ignores_the_address(frame):
    """The old ward stands as it reported, also where a link asks for today's boundary."""
    app = frame(OLD, "hien-nay", nam="2020")
    assert not app.segmented_control or all(each.key != "ranh-gioi" for each in app.segmented_control)
    assert "tính lại" not in words_of(app) and "Kết quả năm 2020" in words_of(app)


def test_an_unknown_boundary_in_the_address_is_as_reported(frame):
    """The page is drawn as if it had not been asked for."""
    words = words_of(frame(NEW, "<b>", nam="2025"))
    assert "Không so sánh với 2024" in words and "tính lại theo địa giới" not in words


def test_a_merged_ward_is_shown_as_reported_until_todays_boundary_is_chosen(frame):
    """Then 2024 is there on the same territory, and the year of the merger is compared with it."""
    assert "Không so sánh với 2024" in words_of(frame(NEW, nam="2025"))
    words = words_of(frame(NEW, "hien-nay", nam="2025"))
    assert "Không so sánh với 2024" not in words and "So với 2024" in words
    assert "2025: tính lại theo địa giới từ 1/7/2025, từ số liệu của Phường Gương và Phường Mẫu" in words


def test_what_cannot_be_worked_out_is_named_with_its_reason_and_nobody_is_late_with_it(frame):
    """One ward gave no denominators, and populations nobody gives."""
    words = words_of(frame(NEW, "hien-nay", nam="2024"))
    assert "Năm 2024 không tính lại được theo địa giới hiện nay" in words
    assert "bao phủ BHYT (cần dân số của từng đơn vị" in words and "quá hạn" not in words


def test_a_year_that_no_sum_reaches_gives_way_to_the_newest(frame):
    """Of 2015 only one of the two wards is known."""
    assert "Kết quả năm 2025" in words_of(frame(NEW, "hien-nay", nam="2015"))


def test_an_old_ward_says_where_it_went_and_leads_there(frame):
    """And is still open as it reported."""
    app = frame(OTHER, nam="2023")
    assert "Từ 1/7/2025 nhập vào Phường Mẫu" in words_of(app) and "Kết quả năm 2023" in words_of(app)
    assert any(f"phuong={NEW}" in where for where in links_of(app))


def test_a_new_ward_leads_to_those_it_was_made_of(frame):
    """Both, by name."""
    where = links_of(frame(NEW, nam="2025"))
    assert all(any(f"phuong={ward}" in each for each in where) for ward in (OLD, OTHER))


def test_links_on_todays_boundary_stay_on_it(frame):
    """A number's source is opened with the same choices, and those of another ward are left to it."""
    where = links_of(frame(NEW, "hien-nay", nam="2024"))
    assert [each for each in where if "ranh-gioi=hien-nay" in each and f"phuong={NEW}" in each]
    assert not [each for each in where if "ranh-gioi" in each and f"phuong={OLD}" in each]


def draw_today(name, database, unit, year, lang) -> None:
    """The script AppTest runs: one screen on today's boundary."""
    from importlib import import_module

    from app.ui.context import Context
    from core.catalogue import load_catalogue
    from core.store import open_store, units_with_figures

    catalogue = load_catalogue()
    with open_store(database) as store:
        import_module(f"pages.{name}").render(
            Context(store=store, catalogue=catalogue, unit=catalogue.unit(unit), year=year, lang=lang,
                    units=units_with_figures(store), boundary="today")
        )  # fmt: skip


HA_DONG = UnitKey("09556", date(2025, 7, 1))  # a real ward: parts of eight others went into it
MERGED = UnitKey("MAU03", date(2025, 7, 1))
SAYS = {
    ("budget", 2024): "2022–2025: tính lại theo địa giới từ 1/7/2025",
    ("culture", 2024): "Danh sách tổ dân phố của từng phường cũ để riêng, không gộp",
    ("awards", 2024): "không gộp được sổ khen thưởng theo địa giới hiện nay",
    ("sources", 2024): "Tổng hợp chỉ tiêu 2022–2024",
    ("indicators", 2024): "2011–2013, 2015–2021 (Phường Gương chưa có số liệu)",
}


@pytest.mark.parametrize(("name", "year"), SAYS)
def test_every_screen_follows_the_switch(name, year):
    """And says in words what was worked out or why it was not."""
    app = AppTest.from_function(draw_today, args=(name, bundled_database(), MERGED, year, "vi")).run(timeout=60)
    assert not app.exception
    assert SAYS[name, year] in words_of(app)


@pytest.mark.parametrize("name", ["overview", "budget", "culture", "awards", "indicators", "sources"])
def test_a_ward_made_of_parts_of_others_shows_its_own_years_alone(name):
    """No figure of a ward that came over in part is used, on any screen."""
    app = AppTest.from_function(draw_today, args=(name, bundled_database(), HA_DONG, 2025, "en")).run(timeout=60)
    assert not app.exception
    assert "from the figures of" not in words_of(app)
