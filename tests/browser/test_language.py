"""The Vietnamese program speaks Vietnamese: every page, list and menu, what goes wrong, and Streamlit's own words."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from playwright.sync_api import Page, TimeoutError, expect

from app.server.translated import translations
from core.texts import text
from tests.browser.conftest import DRAWN
from tests.browser.test_pages import PAGES
from tests.bundled import bundled_database
from tests.running import RunningProgram
from tests.vietnamese import foreign_words

# All that a person sees, hears from a screen reader or reads under the pointer, but what is marked as another language.
SAID = """() => {
  const said = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest('script, style, noscript, [lang=en], [data-testid=stIconMaterial]'))
      said.push(walker.currentNode.textContent);
  }
  const spoken = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'];
  for (const element of document.querySelectorAll('*'))
    for (const name of spoken) said.push(element.getAttribute(name) ?? '');
  return [...new Set(said.map(each => each.trim()).filter(Boolean))];
}"""
# The middle of a bar, scrolled to.
A_BAR = """() => {
  const bars = [...document.querySelectorAll('.js-plotly-plot .bars .point path')];
  const bar = bars.find(each => each.getBoundingClientRect().height > 40);
  bar.scrollIntoView({ block: 'center' });
  const box = bar.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""
MENUS = "[aria-haspopup=menu], [aria-haspopup=dialog], [data-testid=stPopover] button"


def english(page: Page) -> dict[str, list[str]]:
    """What stands on the page now and is not Vietnamese: each text with the words that give it away."""
    found = {said: foreign_words(said) for said in page.evaluate(SAID)}
    return {said: words for said, words in found.items() if words}


def open_tables(seen) -> None:
    """Every part of the page that can be folded out, one after the other."""
    closed = seen.page.locator("[data-testid=stExpander] details:not([open]) > summary")
    while closed.count():
        closed.first.click()
        seen.settle()


def open_sidebar(page: Page) -> None:
    """Where it is closed; a browser remembers it from page to page."""
    if page.get_by_test_id("stExpandSidebarButton").is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")


def close_sidebar(page: Page) -> None:
    """Where a page before this one left it open: on a phone it covers the page."""
    sidebar = page.get_by_test_id("stSidebar")
    if sidebar.get_attribute("data-collapsed") == "false":
        sidebar.locator("[aria-controls=stSidebar]").click()
        expect(sidebar).to_have_attribute("data-collapsed", "true")


def unfold(seen, field) -> None:
    """Open a list, as a person does: once more where the page was still busy with what came before."""
    options = seen.page.get_by_role("listbox")
    for _ in range(5):
        field.click()
        try:
            options.wait_for(timeout=3000)
            return
        except TimeoutError:
            seen.settle()
    raise AssertionError(f"the list {field.get_attribute('aria-label')} does not open")


@pytest.mark.parametrize("size", ["1280", "phone"])
def test_every_page_speaks_vietnamese_with_all_of_it_open(visit, size):
    """Tables, the sidebar and its menu included; English visitors alone get a page that says it is English."""
    seen = visit(size)
    found = {}
    for name, path in PAGES.items():
        seen.go(path)
        close_sidebar(seen.page)
        open_tables(seen)
        open_sidebar(seen.page)
        found[name] = english(seen.page)
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_every_list_and_menu_speaks_vietnamese(visit):
    """Opened, and searched for what is not in it."""
    seen = visit()
    found = {}
    for name, path in PAGES.items():
        seen.go(path)
        open_sidebar(seen.page)
        for field in seen.page.locator("input[role=combobox]").all():
            if not field.is_visible():
                continue
            unfold(seen, field)
            found[f"{name}, a list"] = english(seen.page)
            if field.is_editable():
                field.fill("zzzz")
                expect(seen.page.get_by_role("listbox")).to_contain_text("Không có kết quả")
                found[f"{name}, an empty list"] = english(seen.page)
            seen.page.keyboard.press("Escape")
            expect(seen.page.get_by_role("listbox")).to_have_count(0)
            seen.settle()
        for menu in seen.page.locator(MENUS).all():
            if menu.is_visible():
                menu.click()
                seen.settle()
                found[f"{name}, a menu"] = english(seen.page)
                seen.page.keyboard.press("Escape")
    assert {place: texts for place, texts in found.items() if texts} == {}


def test_the_window_of_a_figure_s_source_speaks_vietnamese(visit):
    """A click on a mark opens it; it closes by a button that says so."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    bar = seen.page.evaluate(A_BAR)
    seen.page.mouse.click(*bar)
    window = seen.page.get_by_role("dialog")
    expect(window).to_be_visible()
    seen.settle()
    assert english(seen.page) == {}
    window.get_by_role("button", name="Đóng").click()
    expect(window).to_have_count(0)


def test_english_visitors_get_streamlit_s_own_words(visit):
    """Its scripts are the originals: the way to the content and the sidebar are named in English."""
    seen = visit()
    seen.go("/?lang=English")
    assert seen.page.get_by_test_id("stSkipToContent").inner_text() == "Skip to main content"
    assert seen.page.get_by_test_id("stExpandSidebarButton").get_attribute("aria-label") == "Expand sidebar"


def test_another_language_is_another_document_at_the_same_address(visit):
    """Once chosen, <html lang> and the scripts are the other language's; what else was chosen stays."""
    seen = visit()
    seen.go("/chi-tieu?nam=2020&chi-tieu=cultural_groups_rate&linh-vuc=culture")
    chosen = seen.page.locator(".w-eyebrow").inner_text()
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_text("English", exact=True).click()
    seen.page.wait_for_function("() => document.documentElement.lang === 'en'")
    seen.settle()
    assert "nam=2020" in seen.address and "chi-tieu=cultural_groups_rate" in seen.address
    scripts = seen.page.evaluate("[...document.scripts].map(script => script.src)")
    assert not [script for script in scripts if "/scripts/" in script]
    assert "2020" in chosen and "2020" in seen.page.locator(".w-eyebrow").inner_text()
    seen.page.get_by_text("Tiếng Việt", exact=True).click()
    seen.page.wait_for_function("() => document.documentElement.lang === 'vi'")
    seen.settle()
    assert english(seen.page) == {} and "lang=" not in seen.address


def test_a_browser_in_another_country_writes_dates_and_numbers_as_in_vietnam(browser, program):
    """The language of the page decides, not that of the browser: Streamlit asks the browser in its own scripts."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(program.url)
    sources = [script_of(program.url, page, name) for name in ("styled-components", "formatNumber", "DateField")]
    assert all("`vi-VN`" in source for source in sources)
    context.close()


def script_of(home: str, page: Page, name: str) -> str:
    """The source of a translated script, asked for as a browser does."""
    folder = page.locator("script[src^='/scripts/']").get_attribute("src").rpartition("/")[0]
    static = Path(streamlit.__file__).parent / "static" / "static" / "js"
    file = next(path for path in static.glob(f"{name}.*.js") if path.name.count(".") == 2)
    with urllib.request.urlopen(f"{home}{folder}/{file.name}") as got:
        body = got.read()
        return (gzip.decompress(body) if got.headers["Content-Encoding"] == "gzip" else body).decode()


def test_every_translated_script_is_still_a_program(visit):
    """The browser reads and runs each of them, those of elements included that no page shows yet."""
    static = Path(streamlit.__file__).parent / "static"
    table = translations(streamlit.__version__, static)["vi"]
    names = [path.name for path in (static / "static" / "js").glob("*.js") if table.changes(path)]
    seen = visit()
    seen.go("/")
    load = "([folder, name]) => import(folder + name).then(() => '', problem => String(problem))"
    problems = {name: seen.page.evaluate(load, [f"{table.address}js/", name]) for name in names}
    assert len(names) > 30 and {name: problem for name, problem in problems.items() if problem} == {}


def test_a_page_that_does_not_exist_says_so_in_vietnamese(browser, program):
    """What follows in English for others is marked as English."""
    page = browser.new_page()
    page.goto(f"{program.url}/khong-co-trang-nay")
    expect(page.locator("body")).to_contain_text(text("frame.not_found", "vi"))
    assert english(page) == {} and page.locator("[lang=en]").inner_text() == text("frame.not_found", "en")
    page.close()


@pytest.fixture
def own_program(tmp_path) -> Iterator[tuple[RunningProgram, Path]]:
    """A program that may be stopped, over a store that may be spoiled."""
    database = tmp_path / "ward.db"
    shutil.copy(urlsplit(bundled_database()).path, database)
    running = RunningProgram(f"sqlite:///{database}")
    yield running, database
    running.stop()


def test_a_lost_connection_is_said_in_vietnamese(browser, own_program):
    """The server stops while the page is open: a window says what happened and what to do, the corner that it waits."""
    running, _ = own_program
    page = browser.new_page()
    page.goto(running.url)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")  # what a page fetches late it must have before the server goes
    running.stop()
    expect(page.get_by_role("dialog")).to_contain_text("Mất kết nối", timeout=120_000)
    assert english(page) == {}
    page.close()


def test_a_screen_that_fails_says_so_in_vietnamese(browser, own_program):
    """A number and what to do, nothing of what the program calls things."""
    running, database = own_program
    page = browser.new_page()
    page.goto(running.url)
    page.locator(".ward h1").wait_for()
    with sqlite3.connect(database) as spoiled:
        for (view,) in spoiled.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            spoiled.execute(f'DROP VIEW "{view}"')
    spoiled.close()
    page.get_by_role("link", name=text("frame.budget", "vi"), exact=True).click()
    expect(page.get_by_test_id("stMain")).to_contain_text("Lỗi #", timeout=30_000)
    assert english(page) == {}
    page.close()
