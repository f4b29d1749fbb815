"""A whole story is presented by keyboard: from the server, after the server has stopped, and from a file alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from app.exports.offline import deck_html
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import open_store
from core.store.freezes import Freeze, make_freeze
from tests.app.decks import deck
from tests.bundled import own_copy
from tests.running import RunningProgram

SCREENS = ((1024, 768), (1280, 720), (1920, 1080))
LEAST, LEAST_FOOT = 24, 14  # px of a letter on the screen, and in the footer
# Words of the slide that is shown: size on the screen, whether in the footer, whether whole on the screen.
WORDS = """() => {
  const stage = document.getElementById('stage');
  const scale = stage.getBoundingClientRect().height / stage.offsetHeight;
  const found = [];
  for (const slide of document.querySelectorAll('.slide')) {
    if (!slide.getClientRects().length) continue;
    const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const range = document.createRange();
      range.selectNode(walk.currentNode);
      const box = range.getBoundingClientRect();
      const holder = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || !box.width || holder.closest('.unseen')) continue;
      found.push({
        words: walk.currentNode.data, size: parseFloat(getComputedStyle(holder).fontSize) * scale,
        foot: !!holder.closest('.foot'),
        inside: box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1,
      });
    }
  }
  return found;
}"""
# Whether anything of the page or of the slide must be scrolled to be seen.
SCROLLS = """() => {
  const page = document.documentElement;
  const slide = document.querySelector('.slide:not([hidden])');
  return page.scrollHeight > innerHeight || page.scrollWidth > innerWidth || slide.scrollHeight > slide.clientHeight
    || [...slide.querySelectorAll('.body, figure')].some((part) => part.scrollHeight > part.clientHeight + 1);
}"""


class Shown(NamedTuple):
    """A page in the browser, what it asked for and what went wrong on it."""

    page: Page
    asked: list[str]
    trouble: list[str]


@pytest.fixture
def open_page(browser: Browser) -> Iterator:
    """open_page(address, width, height, offline=False) -> Shown, once its slides can be seen."""
    contexts = []

    def start(address: str, width: int = 1280, height: int = 720, *, offline: bool = False) -> Shown:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_offline(offline)
        shown = Shown(context.new_page(), [], [])
        shown.page.on("request", lambda request: shown.asked.append(request.url))
        shown.page.on("pageerror", lambda error: shown.trouble.append(str(error)))
        shown.page.on("console", lambda said: shown.trouble.append(said.text) if said.type == "error" else None)
        shown.page.goto(address)
        shown.page.wait_for_selector("body[data-ready]")
        return shown

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """The downloaded pages of three conferences, one with everything, one just merged, one with a single report."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, lang in (("full", "vi"), ("merged", "vi"), ("merged", "en"), ("one report", "vi")):
        found[f"{name} {lang}"] = folder / f"{name}-{lang}.html".replace(" ", "-")
        found[f"{name} {lang}"].write_bytes(deck_html(deck(name, lang)))
    return found


class Hall(NamedTuple):
    """A running program and the freeze that is presented from it."""

    program: RunningProgram
    freeze: Freeze


@pytest.fixture
def hall(tmp_path) -> Iterator[Hall]:
    """A program of its own, because it is stopped."""
    database = own_copy(tmp_path)
    with open_store(database) as store:
        made = make_freeze(store, load_catalogue(), UnitKey("MAU01", date(1900, 1, 1)), 2020, "Hội nghị", "an")
    running = RunningProgram(database)
    yield Hall(running, made)
    running.stop()


def count(page: Page) -> int:
    """How many slides there are."""
    return page.locator(".slide").count()


def place(page: Page) -> int:
    """Which slide is shown, from 1; there is exactly one."""
    assert page.locator(".slide:visible").count() == 1
    return page.evaluate("[...document.querySelectorAll('.slide')].findIndex((slide) => !slide.hidden) + 1")


def is_drawn(page: Page) -> None:
    """The slide that is shown has its message, and its chart is drawn."""
    assert page.locator(".slide:visible h1").inner_text()
    if page.locator(".slide:visible .plot").count():
        page.wait_for_selector(".slide:not([hidden]) .plot svg.main-svg")


def test_a_story_goes_on_when_the_server_stops_half_way(open_page, hall):
    """By a clicker's keys from the cover to the last slide; nothing is asked for after the page itself."""
    shown = open_page(f"{hall.program.url}/trinh-chieu/{hall.freeze.hash[:10]}/mac-dinh?ve=/hoi-nghi%3Fnam%3D2020")
    page = shown.page
    last = count(page)
    assert place(page) == 1 and last > 10
    for number in range(2, last + 1):
        if number == last // 2:
            hall.program.stop()
        page.keyboard.press("PageDown")
        assert place(page) == number and page.url.endswith(f"#{number}")
        is_drawn(page)
    page.keyboard.press("PageDown")
    assert place(page) == last
    assert len(shown.asked) == 1 and shown.trouble == []


def test_leaving_full_screen_shows_the_way_back(open_page, hall):
    """F enters and leaves; while it is full nothing but the slide is seen; the link leads to the view one came from."""
    page = open_page(
        f"{hall.program.url}/trinh-chieu/{hall.freeze.hash[:10]}/mac-dinh?ve=/hoi-nghi%3Fnam%3D2020"
    ).page
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.wait_for_selector("#bar", state="hidden")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    back = page.get_by_role("link", name="Trở lại")
    back.wait_for()
    assert back.get_attribute("href") == "/hoi-nghi?nam=2020"


def test_an_address_opens_its_slide_and_a_reload_stays_there(open_page, hall):
    """#5 is the fifth slide; a number there is not is the nearest one."""
    base = f"{hall.program.url}/trinh-chieu/{hall.freeze.hash[:10]}/mac-dinh"
    page = open_page(f"{base}#5").page
    assert place(page) == 5
    page.keyboard.press("ArrowRight")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert place(page) == 6
    assert place(open_page(f"{base}#999").page) == count(page)
    assert place(open_page(f"{base}#x").page) == 1


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["full vi", "merged vi", "merged en", "one report vi"])
def test_every_slide_of_a_file_can_be_read_from_the_last_row(open_page, files, name, size):
    """Without network, from the disk: 24 px or more, all of it on the screen, no scrolling, nothing but the slide."""
    shown = open_page(files[name].as_uri(), *size, offline=True)
    page = shown.page
    page.keyboard.press("Home")
    for number in range(1, count(page) + 1):
        is_drawn(page)
        assert place(page) == number
        words = page.evaluate(WORDS)
        assert words and not page.evaluate(SCROLLS), number
        small = [each for each in words if each["size"] < (LEAST_FOOT if each["foot"] else LEAST) - 0.01]
        assert (small, [each["words"] for each in words if not each["inside"]]) == ([], []), number
        assert not page.locator("#bar").is_visible()
        page.keyboard.press("ArrowRight")
    assert shown.asked == [files[name].as_uri()] and shown.trouble == []


def test_a_chart_answers_the_pointer(open_page, files):
    """The enlarged chart finds the mark under the pointer and says its value."""
    page = open_page(files["full vi"].as_uri(), 1920, 1080, offline=True).page
    page.keyboard.press("Home")
    while page.locator(".slide:visible [data-chart]").count() == 0 or not page.locator(
        ".slide:visible h1", has_text="Các khoản thu"
    ).count():
        page.keyboard.press("ArrowRight")
    box = page.locator(".slide:visible .bars .point").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    label = page.locator(".slide:visible .hoverlayer .hovertext")
    label.first.wait_for()
    where = label.first.bounding_box()
    assert abs(where["y"] + where["height"] / 2 - box["y"] - box["height"] / 2) < box["height"]


def test_notes_are_shown_only_when_asked_for(open_page, files):
    """N opens the speaker's notes over the slide and closes them again; they stay open from slide to slide."""
    page = open_page(files["full vi"].as_uri(), offline=True).page
    page.keyboard.press("PageDown")
    talk = page.locator(".talk:visible")
    assert talk.count() == 0
    page.keyboard.press("n")
    assert talk.count() == 1 and talk.inner_text().strip()
    page.keyboard.press("PageDown")
    assert talk.count() == 1
    page.keyboard.press("n")
    assert talk.count() == 0


def test_every_key_of_a_presenter_does_its_deed(open_page, files):
    """Arrows, a clicker's pages, space, the ends; beyond an end nothing happens."""
    page = open_page(files["one report vi"].as_uri(), offline=True).page
    last = count(page)
    for key, reached in (("ArrowLeft", 1), ("ArrowRight", 2), ("Space", 3), ("PageDown", 4), ("PageUp", 3),
                         ("ArrowDown", 4), ("ArrowUp", 3), ("End", last), ("ArrowRight", last),
                         ("Home", 1), ("Shift+Space", 1)):  # fmt: skip
        page.keyboard.press(key)
        assert place(page) == reached, key


def test_a_kiosk_goes_on_by_itself_and_begins_again(browser, files):
    """?giay= sets the seconds a slide stands; K stops it; the clock is the browser's own, moved by hand."""
    context = browser.new_context()
    context.clock.install()
    page = context.new_page()
    page.goto(f"{files['one report vi'].as_uri()}?giay=15")
    page.wait_for_selector("body[data-ready]")
    last = count(page)
    for number in (*range(2, last + 1), 1, 2):
        context.clock.run_for(15_000)
        assert place(page) == number
    page.keyboard.press("k")
    context.clock.run_for(60_000)
    assert place(page) == 2
    context.close()


def test_the_keys_are_told_and_hide_themselves(browser, files):
    """They show at the start and when the mouse moves, and go after a while or with the first key."""
    context = browser.new_context()
    context.clock.install()
    page = context.new_page()
    page.goto(files["one report vi"].as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#bar").is_visible()
    context.clock.run_for(10_000)
    assert not page.locator("#bar").is_visible()
    page.mouse.move(300, 300)
    page.wait_for_selector("#bar")
    page.keyboard.press("ArrowRight")
    assert not page.locator("#bar").is_visible() and page.locator("a#back").count() == 0
    context.close()


def test_a_change_of_slide_is_said_to_who_cannot_see_it(open_page, files):
    """Number and message in a live region; every chart has words; each slide one heading."""
    page = open_page(files["full vi"].as_uri(), offline=True).page
    page.keyboard.press("ArrowRight")
    said = page.locator("#told").text_content()
    assert said.startswith(f"2 / {count(page)}") and page.locator(".slide:visible h1").inner_text() in said
    assert page.locator("#told").get_attribute("aria-live") == "polite"
    assert page.locator("figure:not([aria-label])").count() == 0 and page.locator("figure").count() > 5
    assert page.locator("html").get_attribute("lang") == "vi"
