"""Every page in a real browser at three widths and in both languages; the pictures stay in build/screenshots."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_plus

import pytest

from app.charts.theme import LIGHT
from app.ui.style import style_html
from core.settings import ROOT
from core.texts import text

PICTURES = ROOT / "build" / "screenshots"
PAGES = {
    "overview": "/",
    "budget": "/ngan-sach",
    "culture": "/van-hoa",
    "awards": "/thi-dua-khen-thuong",
    "indicators": "/chi-tieu",
    "compare": "/so-sanh",
    "sources": "/nguon-so-lieu",
    "search": "/tim-kiem",
}
KHUONG_THUONG = f"tinh={quote('Thành phố Hà Nội')}&phuong={quote('Phường Khương Thượng (–30/6/2025)')}"
# Text of a chart that is cut by the edge of its picture, or smaller than people can read.
BAD_TEXT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const box = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('svg.main-svg text')].filter(word => {
    const at = word.getBoundingClientRect();
    if (!word.textContent.trim() || !at.width) return false;
    const cut = at.left < box.left - 1.5 || at.right > box.right + 1.5
      || at.top < box.top - 1.5 || at.bottom > box.bottom + 1.5;
    return cut || parseFloat(getComputedStyle(word).fontSize) < 13.9;
  }).map(word => word.textContent);
})"""

# Two texts of one chart that lie on each other: more than 2 px in both directions.
TANGLED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const words = [...plot.querySelectorAll('svg.main-svg text')]
    .filter(word => word.textContent.trim() && getComputedStyle(word).visibility !== 'hidden')
    .map(word => ({said: word.textContent, at: word.getBoundingClientRect()})).filter(word => word.at.width);
  const over = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  return words.flatMap((one, place) => words.slice(place + 1)
    .filter(other => one.said !== other.said && over(one.at, other.at))
    .map(other => `${one.said} | ${other.said}`));
})"""

TOO_WIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollWidth - main.clientWidth;
}"""
PAPERS = """() => [...document.querySelectorAll('.js-plotly-plot svg.main-svg:first-of-type')]
  .map(paper => getComputedStyle(paper).backgroundColor)"""


def keep(visit, name: str) -> None:
    """A picture of the whole page: the page scrolls inside a container, so the window is made as high as that."""
    size = visit.page.viewport_size
    height = visit.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    visit.page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    visit.settle()
    PICTURES.mkdir(parents=True, exist_ok=True)
    visit.page.screenshot(path=PICTURES / f"{name}.png")
    visit.page.set_viewport_size(size)


@pytest.mark.parametrize("size", ["1280", "1920", "phone"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_drawn_whole(visit, size, lang):
    """One message, its charts drawn, no text cut, tiny or over another, nothing too wide, nothing asked of others."""
    seen = visit(size)
    cut = {}
    for name, path in PAGES.items():
        seen.go(path + ("?lang=English" if lang == "en" else ""))
        keep(seen, f"{name}-{lang}-{size}")
        assert seen.page.locator(".ward h1").count() == 1, name
        assert seen.page.evaluate("document.documentElement.lang") == lang
        assert seen.page.locator(".w-badge").first.inner_text() == text("ui.sample_mark", lang)
        assert seen.page.title() == text(f"frame.{name}", lang)
        assert seen.page.evaluate(TOO_WIDE) <= 1, f"{name} scrolls sideways"
        cut[name] = seen.page.evaluate(BAD_TEXT) + seen.page.evaluate(TANGLED)
    assert {name: words for name, words in cut.items() if words} == {}


def test_table_and_downloads_stand_on_one_line(visit):
    """Under every chart the words of both have the same middle."""
    seen = visit("1280")
    seen.go("/ngan-sach?nam=2020")
    middles = [
        [box["y"] + box["height"] / 2 for box in (part.bounding_box() for part in parts.all())]
        for parts in (
            seen.page.locator("summary", has_text=text("ui.table", "vi")).locator("p"),
            seen.page.get_by_role("button", name=text("ui.take", "vi")).locator("p"),
        )
    ]
    assert len(middles[0]) > 2
    assert all(abs(table - files) <= 2 for table, files in zip(*middles, strict=True)), middles


def test_every_page_is_drawn_in_the_dark(visit):
    """The figures follow the browser's wish as the page does: their ground is the page's."""
    seen = visit("1280", scheme="dark")
    for name, path in PAGES.items():
        seen.go(path)
        ground = seen.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        assert set(seen.page.evaluate(PAPERS)) <= {ground}, name
        keep(seen, f"{name}-dark-1280")


def test_pictures_for_the_documents_are_taken(visit):
    """The first screen of every page in 2020, sharp enough to print; `make screenshots` copies them to docs/images."""
    seen = visit()
    (PICTURES / "docs").mkdir(parents=True, exist_ok=True)
    for name, path in PAGES.items():
        seen.go(f"{path}?nam=2020")
        seen.page.screenshot(path=PICTURES / "docs" / f"{name}.png")


def test_the_menu_leads_to_every_page(visit):
    """Each name in the menu opens its page, whose choices stay those of the address."""
    seen = visit()
    seen.go("/?nam=2020")
    for name, path in PAGES.items():
        seen.page.get_by_role("link", name=text(f"frame.{name}", "vi"), exact=True).click()
        seen.page.wait_for_url(re.compile(re.escape(path) + r"\?"))
        seen.settle()
        assert seen.address.startswith(f"{path}?") and "nam=2020" in seen.address


def test_a_link_reopens_the_same_view(visit):
    """Ward, year and language come back from the address alone, on any page."""
    seen = visit()
    seen.go(f"/van-hoa?{KHUONG_THUONG}&lang=English")
    assert "Phường Khương Thượng" in seen.page.locator(".w-eyebrow").inner_text()
    assert "2020" in seen.page.locator(".w-eyebrow").inner_text()
    assert "13/18" in seen.page.locator("[data-testid=stMain]").inner_text()


def test_bad_choices_in_the_address_are_ignored(visit):
    """The page opens as if they were not there."""
    seen = visit()
    seen.go("/ngan-sach?nam=1800&tinh=zzz&phuong=%3Cscript%3E&lang=klingon&la=1")
    assert seen.page.locator(".ward h1").count() == 1
    assert "Phường Mẫu" in seen.page.locator(".w-eyebrow").inner_text()


def test_the_ward_is_chosen_in_the_sidebar_by_province_and_name(visit):
    """Another province offers its wards, the year becomes one of the ward's, the address names both."""
    seen = visit()
    seen.go("/?nam=2015")
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_role("combobox", name=text("frame.choose_province", "vi")).click()
    seen.page.get_by_role("option", name="Thành phố Hà Nội").click()
    seen.page.locator(".w-eyebrow", has_text="Phường Mẫu").wait_for(state="detached")
    wards = seen.page.get_by_role("combobox", name=text("frame.choose_unit", "vi"))
    wards.fill("Khương Thượng")
    seen.page.get_by_role("option", name="Phường Khương Thượng").click()
    seen.page.locator(".w-eyebrow", has_text="Phường Khương Thượng").wait_for()
    seen.settle()
    assert "101%" in seen.page.locator("[data-testid=stMain]").inner_text()
    assert "tinh=Thành phố Hà Nội" in unquote_plus(seen.address) and "nam=2015" not in seen.address


def test_the_year_is_stepped_and_the_way_back_leads_to_the_year_before(visit):
    """The address follows the buttons, the browser's back button follows the address."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    seen.page.get_by_role("button", name="‹ 2019").click()
    seen.page.wait_for_url("**/ngan-sach?nam=2019")
    seen.settle()
    seen.page.go_back()
    seen.page.locator(".w-eyebrow", has_text="2020").wait_for()


def test_the_language_is_switched_in_the_sidebar(visit):
    """Titles, menu and charts change, the address says so."""
    seen = visit()
    seen.go("/")
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_text("English", exact=True).click()
    seen.page.get_by_role("link", name="Budget", exact=True).wait_for()
    seen.settle()
    assert "lang=English" in seen.address


def test_the_sheet_finds_the_elements_of_streamlit_that_it_touches(visit):
    """Each selector of the sheet's last section still meets something: an upgrade that renames one is noticed."""
    seen = visit()
    seen.go("/")
    ours, _, theirs = style_html(LIGHT).partition("/* Streamlit's own elements. */")
    theirs = re.sub(r":has\((?:[^()]|\([^()]*\))*\)", "", theirs)  # what an element must hold is no element of its own
    selectors = set(re.findall(r'(\[data-testid="\w+"\][^{:]*)', theirs))
    assert selectors and "stHeader" not in ours
    for selector in selectors:
        assert seen.page.locator(selector.strip()).count() >= 1, selector
