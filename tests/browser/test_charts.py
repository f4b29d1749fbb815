"""What a chart gives out in a real browser: the source of a mark, its table, its picture and its figures."""

from __future__ import annotations

import csv
import io
import struct
import zlib

import openpyxl
import pytest
from playwright.sync_api import TimeoutError

from core.figures import Ref
from core.texts import text

PAGES = ("/", "/ngan-sach", "/van-hoa", "/thi-dua-khen-thuong", "/chi-tieu")
# The middle of the mark that stands at `at` of the trace at `trace`, as Plotly laid it out: [left, top] in px.
MARK = """([chart, trace, at]) => {
  const plot = document.querySelectorAll('.js-plotly-plot')[chart];
  const full = plot._fullLayout, data = plot._fullData[trace];
  const x = full[data.xaxis.replace('x', 'xaxis')], y = full[data.yaxis.replace('y', 'yaxis')];
  const place = (axis, value) => axis._offset + axis.d2p(value);
  const box = plot.getBoundingClientRect();
  const middle = (value) => data.type === 'bar' ? value / 2 : value;
  const across = data.orientation === 'h';
  return [box.left + place(x, across ? middle(data.x[at]) : data.x[at]),
          box.top + place(y, across ? data.y[at] : middle(data.y[at]))];
}"""
# Every mark of a page that carries a reference: [chart, trace, point, reference].
REFERENCES = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot, chart) =>
  plot._fullData.flatMap((data, trace) => [...(data.ids || [])].map((ref, at) => [chart, trace, at, ref])))
  .filter(([, , , ref]) => ref)"""
FAINT = "plot => [...plot.querySelectorAll('.point')].some(mark => mark.style.opacity > 0 && mark.style.opacity < 1)"


def references(seen) -> list:
    """Every mark of the page that can be followed, once Plotly has laid them out."""
    seen.page.wait_for_function(f"() => ({REFERENCES})().length > 0")
    return seen.page.evaluate(REFERENCES)


def click(seen, chart: int, trace: int, at: int) -> None:
    """Point at a mark until it answers, and press: a page may still move when it is first pointed at."""
    seen.page.locator(".js-plotly-plot").nth(chart).scroll_into_view_if_needed()
    answer = seen.page.locator(".hoverlayer .hovertext").first
    for _ in range(20):
        left, top = seen.page.evaluate(MARK, [chart, trace, at])
        seen.page.mouse.move(left - 1, top - 1)
        seen.page.mouse.move(left, top)
        try:
            answer.wait_for(timeout=1500)
            break
        except TimeoutError:
            continue
    else:
        raise AssertionError(f"mark {at} of trace {trace} of chart {chart} does not answer the pointer")
    assert seen.page.locator(".nsewdrag").nth(chart).evaluate("it => getComputedStyle(it).cursor") == "pointer"
    seen.page.mouse.click(left, top)


@pytest.mark.parametrize("path", PAGES)
def test_one_click_on_a_mark_shows_where_its_number_comes_from(visit, path):
    """One mark of each chart of the page: the window opens once, the other marks stay as bright as they were."""
    seen = visit()
    seen.go(f"{path}?nam=2020")
    marks = references(seen)
    charts = sorted({chart for chart, *_ in marks})
    assert charts == list(range(seen.page.locator(".js-plotly-plot").count()))
    for number in charts:
        chart, trace, at, _ = next(mark for mark in reversed(marks) if mark[0] == number)
        click(seen, chart, trace, at)
        window = seen.page.get_by_role("dialog")
        window.locator(".w-origin").first.wait_for()
        assert text("origin.title", "vi") in window.inner_text() and window.locator(".w-origin").count() >= 1
        seen.page.keyboard.press("Escape")
        window.wait_for(state="detached")
        seen.settle()
        assert not seen.page.locator(".js-plotly-plot").nth(number).evaluate(FAINT)


def test_the_same_mark_can_be_asked_again_and_another_choice_opens_nothing(visit):
    """A second click on a mark opens its window again; a step to another year draws the page without one."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    chart, trace, at, _ = references(seen)[0]
    for _ in range(2):
        click(seen, chart, trace, at)
        seen.page.get_by_role("dialog").locator(".w-origin").first.wait_for()
        seen.page.keyboard.press("Escape")
        seen.page.get_by_role("dialog").wait_for(state="detached")
    seen.page.get_by_role("button", name="‹ 2019").click()
    seen.page.wait_for_url("**/ngan-sach?nam=2019")
    seen.settle()
    assert seen.page.get_by_role("dialog").count() == 0


def tap(seen, chart: int, trace: int, at: int) -> tuple[float, float]:
    """Touch a mark until its window opens, and give the place: a page may still move when it is first touched."""
    for _ in range(5):
        across, down = seen.page.evaluate(MARK, [chart, trace, at])
        seen.page.touchscreen.tap(across, down)
        try:
            seen.page.get_by_role("dialog").wait_for(timeout=6000)
            return across, down
        except TimeoutError:
            continue
    raise AssertionError(f"mark {at} of trace {trace} of chart {chart} does not answer a finger")


def test_on_a_phone_a_finger_scrolls_over_a_chart_and_a_tap_shows_the_source(visit):
    """A chart whose marks can be clicked must not hold the page; a tap is of the mark under it, not the one before."""
    seen = visit("phone")
    seen.go("/ngan-sach?nam=2020")
    seen.page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    for chart, trace, at, ref in references(seen)[:2]:
        across, down = tap(seen, chart, trace, at)
        window = seen.page.get_by_role("dialog")
        window.locator("p.w-title", has_text=f"năm {Ref.parse(ref).year}").wait_for()
        seen.page.keyboard.press("Escape")
        window.wait_for(state="detached")
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before, touch = seen.page.evaluate(scrolled), seen.page.context.new_cdp_session(seen.page)
    for _ in range(5):  # a busy browser may take the first strokes of a finger for nothing
        for kind, shift in (("touchStart", 0), *(("touchMove", -12 * step) for step in range(1, 16))):
            points = [{"x": across, "y": down + shift}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        try:
            seen.page.wait_for_function(f"() => {scrolled} > {before} + 60", timeout=4000)
            break
        except TimeoutError:
            continue
    assert seen.page.evaluate(scrolled) > before + 60
    assert seen.page.get_by_role("dialog").count() == 0


def test_the_keyboard_reaches_a_source_by_the_table(visit):
    """Enter opens the table; its numbers are links that show their rows on the screen of sources."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    assert seen.page.locator("table.w-table").count() == 0
    opener = seen.page.locator("summary", has_text=text("ui.table", "vi")).first
    opener.focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator("table.w-table caption").first.wait_for(state="visible")
    seen.page.locator("table.w-table a.w-number").first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/nguon-so-lieu?**so=**")
    seen.settle()
    assert seen.page.locator(".w-origins tbody tr").count() >= 1


def taken(seen, kind: str, chart: int = 0) -> tuple[str, bytes]:
    """The file of a chart's menu: (name, content)."""
    seen.page.get_by_role("button", name=text("ui.take", "vi")).nth(chart).click()
    with seen.page.expect_download() as waiting:
        seen.page.get_by_text(text(f"ui.take_{kind}", "vi")).click()
    with open(waiting.value.path(), "rb") as file:
        return waiting.value.suggested_filename, file.read()


def rows_of(png: bytes) -> list[bytes]:
    """The rows of a PNG of eight bits a channel, without its filters undone: enough to tell blank from drawn."""
    place, packed = 8, b""
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        packed += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += 12 + size
    raw, wide = zlib.decompress(packed), struct.unpack(">I", png[16:20])[0]
    long = 1 + wide * (4 if png[25] == 6 else 3)
    return [raw[start : start + long] for start in range(0, len(raw), long)]


@pytest.mark.parametrize("path", PAGES)
def test_each_chart_is_taken_away_as_a_picture_of_1920_by_1080(visit, path):
    """Drawn in the browser, with the title in its first hundred rows and the source in its last."""
    seen = visit(scheme="dark")
    seen.go(f"{path}?nam=2020")
    for chart in range(seen.page.locator(".js-plotly-plot").count()):
        name, png = taken(seen, "png", chart)
        assert name.startswith("phuong-mau-") and name.endswith(".png")
        assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (1920, 1080)
        rows = rows_of(png)
        written = [len(set(row[1:])) > 4 for row in rows]
        assert sum(written[40:110]) > 20, "the title"
        assert sum(written[990:1050]) > 15, "the source"
        assert sum(written) > 120 and not any(written[:30])


def test_the_figures_of_a_chart_are_taken_away_as_workbook_and_csv(visit):
    """The same rows in both, real numbers in the workbook, a byte-order mark before the CSV."""
    seen = visit()
    seen.go("/ngan-sach?nam=2020")
    name, content = taken(seen, "csv")
    assert name.startswith("phuong-mau-") and content.startswith(b"\xef\xbb\xbf")
    plain = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    name, content = taken(seen, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert name.endswith(".xlsx") and rows[0] == plain[0] and len(rows) == len(plain)
    for row, words in zip(rows[1:], plain[1:], strict=True):
        for value, word in zip(row, words, strict=True):
            assert value == word if isinstance(value, str) else float(word) == pytest.approx(value)
    assert any(isinstance(value, (int, float)) and value > 10**9 for row in rows for value in row)
