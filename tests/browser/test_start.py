"""The first run in a real browser, by keyboard alone; closed half way, it goes on from the step that was left."""

from __future__ import annotations

from datetime import date

import pytest

from core.figures import UnitKey
from core.store import migrate, open_store, store_batch, units_with_figures
from core.store.office import Office, office
from tests.browser.conftest import Visit
from tests.core.store.examples import SAMPLE, figure
from tests.running import RunningProgram

AT = "place => document.activeElement.closest(`.st-key-${place}`) !== null"


@pytest.fixture
def store(tmp_path):
    """A store as at the first start, with figures of an invented ward."""
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as made:
        migrate(made)
        figures = [figure(value="9000000", unit=SAMPLE, year=year) for year in (2019, 2020)]
        store_batch(made, figures=figures, report=None, who="bundled")
        yield made


@pytest.fixture
def visit(store, browser):
    """The program over that store in a browser."""
    running = RunningProgram(str(store.url))
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    yield Visit(page, running.url)
    page.context.close()
    running.stop()


def tab_to(visit: Visit, key: str) -> None:
    """Press Tab until the element of a key has the focus."""
    visit.page.locator(f".st-key-{key}").wait_for()
    for _ in range(60):
        if visit.page.evaluate(AT, key):
            return
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"{key} cannot be reached by Tab")


def write(visit: Visit, key: str, words: str) -> None:
    """Type into a field reached by Tab and hand it in by Enter."""
    tab_to(visit, key)
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type(words)
    visit.page.keyboard.press("Enter")
    visit.settle()


def press(visit: Visit, key: str) -> None:
    """Press a button reached by Tab."""
    tab_to(visit, key)
    visit.page.keyboard.press("Enter")


def test_the_first_run_by_keyboard_alone_and_never_again(visit, store):
    """Ward, name, sample away, later: then the bare address opens on the own ward under its printed name."""
    visit.go("/")
    write(visit, "start-find", "lang ha noi")
    write(visit, "writer-asked", "An")
    press(visit, "start-choose-unit")
    visit.page.locator(".st-key-start-choose-name").wait_for()
    visit.go("/")  # as after a closed browser: nobody remembers who writes, everything else is there
    write(visit, "start-name-00199", "UBND phường Láng, Hà Nội")
    write(visit, "writer-asked", "An")
    press(visit, "start-choose-name")
    press(visit, "start-sample-remove")
    press(visit, "start-load-later")
    visit.page.locator("h1", has_text="Chưa có số liệu").wait_for()  # the overview, at once
    visit.go("/")
    assert "UBND phường Láng, Hà Nội" in visit.page.locator(".w-eyebrow").inner_text()
    assert visit.page.locator("h1").inner_text() == "Chưa có số liệu"
    assert units_with_figures(store).empty
    own = UnitKey("00199", date(2025, 7, 1))
    assert office(store) == Office(own, "UBND phường Láng, Hà Nội", True, "removed", True)


def test_the_sample_can_be_looked_at_first(visit, store):
    """The link leads past the first run, and nothing is chosen by it."""
    visit.go("/")
    visit.page.get_by_role("link", name="Xem thử với số liệu mẫu trước").click()
    visit.page.get_by_text("Phường Mẫu · Kết quả năm 2020").wait_for()
    visit.settle()
    assert office(store) == Office()
