"""The frame without a browser: what a visitor meets on an empty store, and the choices it passes on."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.figures import UnitKey
from core.rights import PUBLIC
from core.settings import ROOT
from core.store import open_store, store_batch
from core.store.office import choose
from tests.bundled import bundled_database, own_copy
from tests.core.store.examples import SAMPLE, WARD, add_account, figure
from tests.pages.conftest import draw_frame, plain


def test_without_the_gate_in_front_nobody_sees_anything(monkeypatch, sqlite_template):
    """The frame started by itself knows no visitor and shows the way to sign in."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sqlite_template}")
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py")).run(timeout=60)
    said = "\n".join(plain(element.proto.body) for element in app.get("html"))
    assert "Cần đăng nhập để xem số liệu" in said and "Chưa có số liệu nào" not in said


@pytest.fixture
def frame(monkeypatch):
    """Run the frame over a store with an address's choices: frame(database, nam="2020")."""

    def run(database: str, role: str = PUBLIC, **choices: str) -> str:
        monkeypatch.setenv("DATABASE_URL", database)
        app = AppTest.from_function(draw_frame, args=(role,))
        for name, value in choices.items():
            app.query_params[name] = value
        app.run(timeout=60)
        assert not app.exception
        return "\n".join(plain(element.proto.body) for element in app.get("html"))

    return run


def test_an_empty_store_says_so_and_how_to_fill_it(frame, sqlite_template):
    """No error, no empty charts."""
    assert "Chưa có số liệu nào" in frame(f"sqlite:///{sqlite_template}")


def test_the_program_opens_on_the_ward_with_most_years_in_vietnamese(frame):
    """With the sample mark, because that ward is invented."""
    words = frame(bundled_database())
    assert "Phường Mẫu · Kết quả năm 2025" in words and "số liệu minh họa" in words


def test_staff_do_not_open_on_a_year_that_only_waits_for_approval(frame, tmp_path):
    """It said that there were no figures of it; it stays to be chosen."""
    database = own_copy(tmp_path)
    with open_store(database) as store:
        add_account(store)
        unit = UnitKey("MAU03", date(2025, 7, 1))
        store_batch(store, figures=[figure(value="9", unit=unit, year=2026)], report=None, who="an")
    assert "Kết quả năm 2025" in frame(database, role="staff", phuong="Phường Mẫu")
    assert "Kết quả năm 2026" in frame(database, role="staff", phuong="Phường Mẫu", nam="2026")


def test_the_address_chooses_year_and_language(frame):
    """And nothing else is needed to come back."""
    assert "Phường Mẫu · Results of 2020" in frame(bundled_database(), nam="2020", lang="English")


def test_bad_choices_are_ignored(frame):
    """The page is drawn as if they had not been made."""
    words = frame(bundled_database(), nam="1800", lang="xx", tinh="<b>", phuong="'; drop table")
    assert "Phường Mẫu · Kết quả năm 2025" in words


def test_a_ward_with_nothing_but_plans_has_their_year_and_says_what_was_planned(frame):
    """Its report was loaded: the page names the ward and does not ask for the report again."""
    words = frame(bundled_database(), tinh="–", phuong="Xã Trung Đồng (–30/6/2025)")
    assert "Xã Trung Đồng · Kết quả năm 2021" in words and "tỷ lệ gia đình văn hóa 90%" in words


@pytest.mark.parametrize("waiting", [{"scenario": "plan", "basis": "council"}, {"period": "h1"}])
def test_next_years_plans_and_half_a_year_can_be_reviewed_though_no_other_screen_opens_on_them(
    monkeypatch, sqlite_store, waiting
):
    """The picker of the review has their year; without it they would wait for approval for ever."""
    monkeypatch.setenv("DATABASE_URL", str(sqlite_store.url))
    add_account(sqlite_store)
    choose(sqlite_store, "ba", unit=WARD, printed_name="UBND phường", started=True)
    store_batch(sqlite_store, figures=[figure(), figure(year=2021, **waiting)], report=None, who="lan")
    app = AppTest.from_function(draw_frame, args=("approver",)).run(timeout=60)
    assert app.selectbox(key="nam").options == ["2020"]
    app._page_hash = calc_hash("duyet")
    app.run(timeout=60)
    assert app.selectbox(key="nam").value == 2020 and app.selectbox(key="nam").options == ["2020", "2021"]
    app.selectbox(key="nam").set_value(2021).run(timeout=60)
    said = "\n".join(plain(element.proto.body) for element in app.get("html"))
    assert "Năm 2021: chờ duyệt" in said and "step-approve" in {button.key for button in app.button}


def test_a_batch_that_another_process_stored_is_there_at_the_next_run(frame, sqlite_store):
    """In the list of wards too, which is kept between runs."""
    database = str(sqlite_store.url)
    store_batch(sqlite_store, figures=[figure()], report=None, who="an")
    assert "Phường Khương Thượng · Kết quả năm 2020" in frame(database)
    with open_store(database) as other:
        store_batch(other, figures=[figure(year=year, unit=SAMPLE) for year in (2018, 2023)], report=None, who="an")
    assert "Phường Mẫu · Kết quả năm 2023" in frame(database)
