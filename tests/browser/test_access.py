"""Everyone can read and use every page: keyboard alone, 200 % zoom, less motion, a screen reader, weak eyes."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from core.texts import text
from tests.browser.test_language import open_sidebar, open_tables
from tests.browser.test_pages import BAD_TEXT, PAGES, TANGLED, TOO_WIDE

# Each text node that can be seen, with its own colour over what is painted behind it. Text on a picture is left out:
# figures are drawn by theme, whose pairs of colours are tested there.
FAINT = """() => {
  const parse = colour => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (front, back) => front.rgb.map((each, i) => each * front.alpha + back[i] * (1 - front.alpha));
  const ground = element => {
    if (!element) return [255, 255, 255];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, ground(element.parentElement));
  };
  const light = rgb => rgb
    .map(each => each / 255)
    .map(each => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0);
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || parent.closest('svg, script, style, noscript')) continue;
    const style = getComputedStyle(parent), box = parent.getBoundingClientRect();
    if (style.visibility !== 'visible' || box.width < 2 || box.height < 2) continue;
    if (parent.closest('[disabled], [aria-disabled=true]')) continue;
    let opacity = 1;
    for (let each = parent; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
    const back = ground(parent), own = parse(style.color);
    const seen = over({ rgb: own.rgb, alpha: own.alpha * opacity }, back);
    const [high, low] = [light(seen), light(back)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (high + 0.05) / (low + 0.05), said = walker.currentNode.textContent.trim();
    if (ratio < (large ? 3 : 4.5) - 0.005) faint.push(`${ratio.toFixed(2)}: ${said.slice(0, 60)}`);
  }
  return [...new Set(faint)];
}"""
NAMELESS = """() => {
  const named = element => element.getAttribute('aria-label') || element.getAttribute('aria-labelledby')
    || element.textContent.trim() || element.getAttribute('title') || element.labels?.length
    || element.querySelector('img[alt]:not([alt=""])');
  const found = [];
  const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  for (const element of document.querySelectorAll(usable))
    if (!element.closest('[aria-hidden=true], [hidden]') && !named(element)) found.push(element.outerHTML);
  for (const image of document.querySelectorAll('img:not([alt])')) found.push(image.outerHTML);
  for (const chart of document.querySelectorAll('[data-testid=stPlotlyChart]'))
    if (!chart.closest('[aria-label]') && !chart.querySelector('[aria-label]')) found.push('a chart without words');
  return found;
}"""
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(each => getComputedStyle(each).visibility === 'visible' && each.offsetParent)
  .map(each => Number(each.tagName[1]))"""
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const around = [at.parentElement, at.parentElement?.parentElement].filter(Boolean);
  const marks = [at, ...at.querySelectorAll('*'), ...around].map(each => {
    const look = getComputedStyle(each);
    return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0 ? 'outline' : look.boxShadow;
  });
  return {
    test: at.dataset.testid ?? '', tag: at.tagName,
    said: at.value || at.getAttribute('aria-label') || at.textContent.trim(),
    inside: box.right > 0 && box.left < innerWidth && box.width > 0 && style.visibility === 'visible',
    marked: marks.some(mark => mark === 'outline' || mark !== 'none'),
  };
}"""
MOVING = """() => document.getAnimations().filter(each => {
  const timing = each.effect.getComputedTiming();
  return each.playState === 'running' && timing.duration > 50 && each.effect.target.getClientRects().length;
}).map(each => `${each.animationName ?? each.transitionProperty}: ${each.effect.target.outerHTML.slice(0, 120)}`)"""


def tab_to(page: Page, wanted, most: int = 60, key: str = "Tab") -> list[dict]:
    """Press Tab (or Shift+Tab) until the focused element is wanted; what was passed on the way, that element last."""
    passed = []
    for _ in range(most):
        page.keyboard.press(key)
        passed.append(page.evaluate(FOCUSED))
        if wanted(passed[-1]):
            return passed
    raise AssertionError([stop["said"] for stop in passed])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(visit, scheme):
    """4.5 to 1, large text 3 to 1, as computed by the browser, with tables and sidebar open."""
    seen = visit("1280", scheme=scheme)
    faint = {}
    for name, path in PAGES.items():
        seen.go(path)
        open_tables(seen)
        open_sidebar(seen.page)
        faint[name] = seen.page.evaluate(FAINT)
    assert {name: texts for name, texts in faint.items() if texts} == {}


def test_headings_are_in_order_and_everything_has_a_name(visit):
    """One h1, first; no level left out going down; main, navigation and header are there; no picture without words."""
    seen = visit()
    for name, path in PAGES.items():
        seen.go(path)
        levels = seen.page.evaluate(HEADINGS)
        assert levels[0] == 1 and levels.count(1) == 1, (name, levels)
        assert all(below - above <= 1 for above, below in pairwise(levels)), (name, levels)
        for landmark in ("main", "navigation", "banner"):
            assert seen.page.get_by_role(landmark).count() == 1, (name, landmark)
        assert seen.page.evaluate(NAMELESS) == [], name


def test_nothing_is_cut_at_twice_the_size(visit):
    """A window of 1280 by 720 at 200 % is one of 640 by 360: it scrolls down, never sideways."""
    seen = visit()
    seen.page.set_viewport_size({"width": 640, "height": 360})
    wide = {}
    for name, path in PAGES.items():
        seen.go(path)
        wide[name] = seen.page.evaluate(TOO_WIDE)
    assert {name: width for name, width in wide.items() if width > 1} == {}


def test_who_asks_for_less_motion_sees_none(visit):
    """Opening a table and the sidebar moves nothing on the way."""
    seen = visit()
    seen.page.emulate_media(reduced_motion="reduce")
    seen.go("/ngan-sach?nam=2020")
    assert seen.page.evaluate(MOVING) == []
    seen.page.locator("[data-testid=stExpander] summary").first.click()
    assert seen.page.evaluate(MOVING) == []
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    assert seen.page.evaluate(MOVING) == []


def test_every_stop_of_the_keyboard_can_be_seen(visit):
    """From the way to the content through menu, year and tables: each is on the screen, marked and says what it is."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    stops = tab_to(seen.page, lambda stop: stop["tag"] == "SUMMARY")
    assert stops[0]["test"] == "stSkipToContent"
    said = [stop["said"] for stop in stops]
    menu, year, table = said.index(text("frame.budget", "vi")), said.index("‹ 2019"), len(said) - 1
    assert 0 < menu < year < table
    assert [stop for stop in stops if not (stop["inside"] and stop["marked"] and stop["said"])] == []


def test_a_ward_and_a_year_are_chosen_by_keyboard_alone(visit):
    """The year before by Enter; then the sidebar, its list, letters and Enter; at last a table."""
    seen = visit()
    seen.go("/?nam=2020")
    page = seen.page
    tab_to(page, lambda stop: stop["said"] == "‹ 2019")
    page.keyboard.press("Enter")
    page.wait_for_url("**nam=2019**")
    seen.settle()
    tab_to(page, lambda stop: stop["test"] == "stExpandSidebarButton", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")
    tab_to(page, lambda stop: stop["said"] == "Tỉnh Mẫu", 12, "Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Hà Nội")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".w-eyebrow", has_text="Phường Mẫu").wait_for(state="detached")
    seen.settle()
    tab_to(page, lambda stop: stop["tag"] == "SUMMARY")
    page.keyboard.press("Enter")
    expect(page.locator("table.w-table caption").first).to_be_visible()


def test_the_way_to_the_content_leads_past_the_menu(visit):
    """The first stop, by Enter: the next one lies in the main part."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    tab_to(seen.page, lambda stop: stop["test"] == "stSkipToContent", 1)
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")


def test_an_open_sidebar_leaves_a_projector_its_charts(visit):
    """At 1280 px no text of a chart is cut or over another, and the switch of boundaries is whole."""
    seen = visit("1280")
    trouble = {}
    for name, path in PAGES.items():
        seen.go(f"{path}?nam=2020")
        open_sidebar(seen.page)
        seen.settle()
        with suppress(TimeoutError):  # the charts follow the page's new width when the sidebar has slid in
            seen.page.wait_for_function(f"() => ({BAD_TEXT})().length + ({TANGLED})().length === 0", timeout=10_000)
        trouble[name] = seen.page.evaluate(BAD_TEXT) + seen.page.evaluate(TANGLED)
    assert {name: words for name, words in trouble.items() if words} == {}
    switch = seen.page.get_by_role("radiogroup", name=text("boundary.choose", "vi"), exact=True)
    assert switch.evaluate("group => group.scrollWidth - group.clientWidth") <= 1
