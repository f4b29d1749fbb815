"""Numbers of a message in a real browser: reached by keyboard, unobtrusive, each leading to its rows and back."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize("address", ["/ngan-sach?nam=2020", "/van-hoa?nam=2020&lang=English"])
def test_a_number_leads_to_its_rows_in_the_same_tab_and_the_choices_stay(visit, address):
    """By keyboard; year and language are those of before; from there the way leads on to all figures."""
    seen = visit()
    seen.go(address)
    first = seen.page.locator("h1.w-message a.w-said").first
    assert first.evaluate("link => getComputedStyle(link).textDecorationColor") == "rgba(0, 0, 0, 0)"
    assert first.get_attribute("aria-label").startswith(first.inner_text())
    first.focus()
    assert first.evaluate("link => getComputedStyle(link).textDecorationColor") != "rgba(0, 0, 0, 0)"
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url(re.compile("nguon-so-lieu"))
    seen.settle()
    assert len(seen.page.context.pages) == 1
    assert "nam=2020" in seen.address and ("lang=English" in seen.address) == ("lang=English" in address)
    shown = seen.page.locator("table.w-origins tbody tr").count()
    assert 0 < shown < 40 and seen.page.locator("h1").inner_text().startswith(str(shown))
    seen.page.get_by_role("link", name=re.compile("Xem mọi số liệu|See all figures")).click()
    seen.page.wait_for_url(lambda url: "so=" not in url)
    seen.settle()
    assert seen.page.locator("table.w-origins tbody tr").count() > shown


@pytest.mark.parametrize("size", ["1280", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_numbers_of_notes_stand_at_their_years(visit, size, scheme):
    """The number printed in the chart is that of the note under it."""
    seen = visit(size, scheme=scheme)
    seen.go("/chi-tieu?nam=2020&linh-vuc=welfare&chi-tieu=poor_household_rate")
    chart = seen.page.locator("[data-testid=stPlotlyChart]").first
    chart.locator("svg.main-svg .annotation-text").first.wait_for(state="attached")
    printed = chart.locator("svg.main-svg .annotation-text").all_text_contents()
    notes = seen.page.locator("ol.w-notes").first.locator("li").all_inner_texts()
    (number,) = [place for place, said in enumerate(notes, start=1) if "Dịch bệnh" in said]
    assert str(number) in printed
