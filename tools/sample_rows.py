"""The annex of a year's report as rows of text, in the order and words of a ward's own table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tools import sample_story as story


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `plan` of the level above, `council` where the ward's council planned otherwise, both may be empty."""

    label: str
    measure: str
    plan: str
    result: str
    percent: str = ""
    council: str = ""
    adjusted: str = ""


def vi(number) -> str:
    """1234567 as 1.234.567, a text as it is."""
    return number if isinstance(number, str) else f"{number:,}".replace(",", ".")


def percent(part, whole, places: int = 1) -> str:
    """part / whole in percent, rounded half up, with a decimal comma; 101.0 is 101."""
    value = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{value.normalize():f}".replace(".", ",")


def reached(year: int) -> str:
    """"13/18"."""
    return f"{len(story.GROUPS_REACHED[year])}/{story.group_count(year)}"


def money_rows(year: int, estimate: bool = False) -> list[Row]:
    """Revenue in the ward, own revenue and spending, in million đồng."""

    def row(label, plans, results, estimates, council="", adjusted=""):
        result = estimates[year] if estimate else results[year]
        return Row(label, "triệu đồng", vi(plans[year]), vi(result), percent(result, plans[year]), council, adjusted)

    council = vi(story.REVENUE_COUNCIL_PLAN[year]) if year in story.REVENUE_COUNCIL_PLAN else ""
    adjusted = vi(story.REVENUE_ADJUSTED_PLAN[year]) if year in story.REVENUE_ADJUSTED_PLAN else ""
    return [
        row("Thu ngân sách nhà nước trên địa bàn", story.REVENUE_PLAN, story.REVENUE, story.REVENUE_ESTIMATE, council,
            adjusted),
        row("Thu ngân sách phường được hưởng", story.OWN_PLAN, story.OWN, story.OWN_ESTIMATE),
        row("Chi ngân sách phường", story.SPENDING_PLAN, story.SPENDING, story.SPENDING_ESTIMATE),
    ]  # fmt: skip


def social_rows(year: int) -> list[Row]:
    """Everything that is not money."""
    near_poor = story.NEAR_POOR_FIRST_TOLD.get(year, story.NEAR_POOR[year])
    return [
        Row("Tổ dân phố văn hóa", "tổ", str(story.GROUPS_PLAN[year]), reached(year)),
        Row("Gia đình văn hóa", "hộ", "", f"{vi(story.FAMILIES[year])}/{vi(story.FAMILIES_OF[year])}"),
        Row("Tỷ lệ gia đình văn hóa", "%", vi(story.FAMILIES_PLAN[year]), percent(story.FAMILIES[year], story.FAMILIES_OF[year])),
        Row("Cơ quan, đơn vị đạt chuẩn văn hóa", "đơn vị", "", f"{story.AGENCIES[year]}/{story.AGENCIES_OF[year]}"),
        Row("Hộ nghèo", "hộ", "", f"{story.POOR[year]}/{vi(story.HOUSEHOLDS[year])}"),
        Row("Tỷ lệ hộ nghèo", "%", story.POOR_PLAN[year], percent(story.POOR[year], story.HOUSEHOLDS[year], 2)),
        Row("Hộ cận nghèo", "hộ", "", str(near_poor)),
        Row("Tỷ lệ bao phủ bảo hiểm y tế", "%", story.INSURED_PLAN[year], story.INSURED[year]),
        Row("Công trình xây dựng có phép", "công trình", "", f"{story.WORKS[year]}/{story.WORKS_OF[year]}"),
        Row("Tỷ lệ công trình xây dựng có phép", "%", "100", percent(story.WORKS[year], story.WORKS_OF[year])),
        Row("Công dân nhập ngũ", "người", str(story.CONSCRIPTS_OF[year]), f"{story.CONSCRIPTS[year]}/{story.CONSCRIPTS_OF[year]}"),
        Row("Tỷ lệ hoàn thành chỉ tiêu giao quân", "%", "100", percent(story.CONSCRIPTS[year], story.CONSCRIPTS_OF[year])),
        Row("Hồ sơ một cửa đã giải quyết", "hồ sơ", "", vi(story.FILES[year])),
        Row("Tỷ lệ hồ sơ giải quyết đúng và trước hạn", "%", story.ON_TIME_PLAN[year], story.ON_TIME[year]),
        Row("Đơn thư khiếu nại, tố cáo, kiến nghị đã giải quyết", "đơn", "", f"{story.COMPLAINTS[year]}/{story.COMPLAINTS_OF[year]}"),
        Row("Tỷ lệ giải quyết đơn thư", "%", "95", percent(story.COMPLAINTS[year], story.COMPLAINTS_OF[year])),
        Row("Chỉ tiêu kinh tế – xã hội hoàn thành", "chỉ tiêu", "", f"{story.TARGETS[year]}/{story.TARGETS_OF[year]}"),
    ]  # fmt: skip


def annex(year: int, estimate: bool = False) -> list[Row]:
    """The whole annex of a year."""
    return [*money_rows(year, estimate), *social_rows(year)]


def group_rows(year: int) -> list[tuple[str, str]]:
    """Each residential group and whether it reached the title."""
    names = ((number, f"TDP {number}") for number in range(1, story.group_count(year) + 1))
    return [(name, "Đạt" if number in story.GROUPS_REACHED[year] else "Không đạt") for number, name in names]
