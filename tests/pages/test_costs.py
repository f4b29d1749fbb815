"""What a page asks of the store: few questions, and as few in a province's store as in a small one."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st
from sqlalchemy import event
from sqlalchemy.engine import Engine
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.rights import PUBLIC
from core.store import store_batch
from tests.bundled import bundled_database
from tests.core.store.examples import award, figure, plan
from tests.pages.conftest import draw_frame, draw_screen

MOST = 22  # statements of a page's run; a read for each year, indicator or link would be hundreds
SCREENS = ("overview", "budget", "culture", "awards", "indicators", "sources", "search", "review", "history")
WARD, *OTHERS = [unit.key for unit in load_catalogue().places.units if unit.valid_from == date(2025, 7, 1)][:60]


@pytest.fixture
def asked():
    """Every question sent to any database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def fill(store, keys) -> None:
    """Two years of plan and result, groups and awards for each ward."""
    figures = [
        make(indicator, "13", unit=key, year=year, of="18" if indicator == "cultural_groups" else None)
        for key in keys for year in (2025, 2026) for make in (figure, plan)
        for indicator in ("budget_revenue", "cultural_groups", "conscripts")
    ]  # fmt: skip
    store_batch(store, figures=figures, awards=[award(unit=key, year=2026) for key in keys], report=None, who="an")


@pytest.mark.parametrize("name", SCREENS)
def test_a_page_asks_few_questions_and_no_more_for_other_wards(name, asked, sqlite_store):
    """The frame's own reads are not among them: the list of wards grows with the wards."""
    fill(sqlite_store, [WARD])
    alone = questions(name, asked, sqlite_store)
    fill(sqlite_store, OTHERS)
    assert questions(name, asked, sqlite_store) == alone
    assert 0 < len(alone) <= MOST


def questions(name, asked, store) -> list[str]:
    """The statements of one run of a screen."""
    asked.clear()
    app = AppTest.from_function(draw_screen, args=(name, str(store.url), WARD, 2026, "vi")).run(timeout=60)
    assert not app.exception
    return list(asked)


def test_a_choice_is_drawn_in_one_run_of_the_server(asked, monkeypatch):
    """The year before, the other language, another ward: none sets off a second run by itself."""
    st.cache_resource.clear()
    monkeypatch.setenv("DATABASE_URL", bundled_database())
    app = AppTest.from_function(draw_frame, args=(PUBLIC,)).run(timeout=60)
    choices = (
        lambda: app.button(key="frame-year_before").click(),
        lambda: app.segmented_control(key="lang").set_value("en"),
        lambda: app.selectbox(key="phuong").select("Phường Gương (–30/6/2025)"),
    )
    for choose in choices:
        asked.clear()
        choose().run(timeout=60)
        assert not app.exception
        assert sum("FROM batch" in words and "count(*)" in words for words in asked) == 1  # the frame's first question
    st.cache_resource.clear()
