"""The compare screen in a real browser: nothing compared across the merger, the nearest years one click away."""

from __future__ import annotations

from urllib.parse import quote

from core.texts import text

BAN_CO = f"tinh={quote('Thành phố Hồ Chí Minh')}&phuong={quote('Phường Bàn Cờ')}"


def test_two_years_across_the_merger_are_withheld_and_the_nearest_are_offered(visit):
    """The offer changes both years in the address, and the slope is drawn."""
    seen = visit()
    seen.go("/so-sanh?nam=2025")
    assert "1/7/2025" in seen.page.locator(".w-subtitle").last.inner_text()
    seen.page.get_by_role("button", name=text("slope.offer", "vi", old=2023, new=2024)).click()
    seen.page.locator("h2", has_text="2024 so với 2023").wait_for()
    seen.settle()
    assert "nam=2024" in seen.address and "so-voi=2023" in seen.address


def test_the_indicator_stands_in_the_address_and_the_wards_own_row_is_bold(visit):
    """A link opens the same comparison in either language."""
    seen = visit()
    seen.go(f"/so-sanh?{BAN_CO}&so-sanh-chi-tieu=budget_revenue&lang=English")
    assert "State budget revenue" in seen.page.locator(".w-subtitle").first.inner_text()
    bold = seen.page.locator(".js-plotly-plot svg.main-svg tspan[style*=bold]")
    assert bold.all_text_contents() == ["Phường Bàn Cờ", "1,333 billion VND"]
