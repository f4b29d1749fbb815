"""Every screen over a store with nothing, one year and everything, in both languages, as printed."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

import pytest


class Expected(NamedTuple):
    """What a screen prints: its message, its number of charts, and a figure or sentence somewhere on it."""

    title: str
    charts: int
    says: str


SCREENS = ("overview", "budget", "culture", "awards", "indicators", "compare", "sources", "search")
# (screen, amount of data, language) -> what is printed
EXPECTED: dict[tuple[str, str, str], Expected] = {
    ("overview", "empty", "vi"): Expected(
        "Chưa có số liệu", 0, "Số liệu hiện ra tại đây"),
    ("overview", "empty", "en"): Expected(
        "No figures yet", 0, "Figures appear here"),
    ("overview", "one year", "vi"): Expected(
        "Năm 2020, thu NSNN trên địa bàn đạt 101% dự toán; 13/18 tổ dân phố văn hóa", 0, "100%"),
    ("overview", "one year", "en"): Expected(
        "In 2020, state revenue reached 101% of plan; 13/18 cultural groups", 0, "100%"),
    ("overview", "full", "vi"): Expected(
        "Năm 2020, 8/11 chỉ tiêu đạt hoặc vượt kế hoạch; tổ dân phố văn hóa chưa đạt", 1, "14/18"),
    ("overview", "full", "en"): Expected(
        "In 2020, 8 of 11 indicators met or exceeded their plan; cultural groups missed it", 1, "14/18"),
    ("budget", "empty", "vi"): Expected(
        "Chưa có số liệu ngân sách", 0, "Số liệu hiện ra tại đây"),
    ("budget", "empty", "en"): Expected(
        "No figures on the budget yet", 0, "Figures appear here"),
    ("budget", "one year", "vi"): Expected(
        "Thu NSNN trên địa bàn năm 2020 đạt 101% dự toán", 1, "theo báo cáo"),
    ("budget", "one year", "en"): Expected(
        "State revenue reached 101% of plan in 2020", 1, "as reported"),
    ("budget", "full", "vi"): Expected(
        "Thu NSNN trên địa bàn đạt dự toán 11/13 năm; 2020 đạt 101,0%", 6, "49,1"),
    ("budget", "full", "en"): Expected(
        "State revenue met its plan in 11 of 13 years; 2020: 101.0%", 6, "49.1"),
    ("culture", "empty", "vi"): Expected(
        "Chưa có số liệu văn hóa", 0, "Số liệu hiện ra tại đây"),
    ("culture", "empty", "en"): Expected(
        "No figures on culture yet", 0, "Figures appear here"),
    ("culture", "one year", "vi"): Expected(
        "13/18 tổ dân phố đạt văn hóa năm 2020", 1, "báo cáo không nêu tên tổ"),
    ("culture", "one year", "en"): Expected(
        "13/18 residential groups held the cultural title in 2020", 1, "the report does not name"),
    ("culture", "full", "vi"): Expected(
        "13/18 tổ dân phố đạt văn hóa năm 2020, thiếu 1 tổ so với kế hoạch", 4, "91,6%"),
    ("culture", "full", "en"): Expected(
        "13/18 residential groups held the cultural title in 2020, 1 short of plan", 4, "91.6%"),
    ("awards", "empty", "vi"): Expected(
        "Chưa có số liệu thi đua, khen thưởng", 0, "Số liệu hiện ra tại đây"),
    ("awards", "empty", "en"): Expected(
        "No figures on awards yet", 0, "Figures appear here"),
    ("awards", "one year", "vi"): Expected(
        "Báo cáo năm 2020 nêu khen thưởng nhưng không nêu số lượng", 0, "không tính là lượt khen"),
    ("awards", "one year", "en"): Expected(
        "The 2020 report mentions awards but gives no counts", 0, "certificates"),
    ("awards", "full", "vi"): Expected(
        "Năm 2020 có 143 lượt khen: 43 tập thể, 91 cá nhân, 9 hộ gia đình; 2 lượt cấp Nhà nước", 5, "56"),
    ("awards", "full", "en"): Expected(
        "143 awards in 2020: 43 to collectives, 91 to individuals, 9 to households", 5, "56"),
    ("indicators", "empty", "vi"): Expected(
        "Thu ngân sách nhà nước trên địa bàn", 0, "Số liệu hiện ra tại đây"),
    ("indicators", "empty", "en"): Expected(
        "State budget revenue in the ward", 0, "Figures appear here"),
    ("indicators", "one year", "vi"): Expected(
        "Thu NSNN so kế hoạch năm 2020: 101%", 1, "Luật"),
    ("indicators", "one year", "en"): Expected(
        "State revenue, % of plan in 2020: 101%", 1, "Luật"),
    ("indicators", "full", "vi"): Expected(
        "Thu NSNN trên địa bàn năm 2020: 49,09 tỷ đồng", 2, "48,6"),
    ("indicators", "full", "en"): Expected(
        "State revenue in 2020: 49.09 billion VND", 2, "48.6"),
    ("compare", "empty", "vi"): Expected(
        "Chưa có số liệu", 0, "Số liệu hiện ra tại đây"),
    ("compare", "empty", "en"): Expected(
        "No figures yet", 0, "Figures appear here"),
    ("compare", "one year", "vi"): Expected(
        "Phường Khương Thượng chưa có số liệu tỷ lệ gia đình văn hóa năm 2020; 2 nơi khác có", 1, "không nêu mẫu số"),
    ("compare", "one year", "en"): Expected(
        "Phường Khương Thượng has no figure for share of cultural families in 2020; 2 other wards do", 1,
        "denominator unstated"),
    ("compare", "full", "vi"): Expected(
        "Năm 2020 chưa có phường, xã nào khác để so sánh", 1, "không so với phường, xã thật"),
    ("compare", "full", "en"): Expected(
        "There is no other ward to compare with in 2020", 1, "not compared with real ones"),
    ("search", "empty", "vi"): Expected(
        "Tìm chỉ tiêu, năm, phường, xã và trang", 0, "không cần dấu"),
    ("search", "empty", "en"): Expected(
        "Find indicators, years, wards and pages", 0, "Accents do not matter"),
    ("search", "one year", "vi"): Expected(
        "Tìm chỉ tiêu, năm, phường, xã và trang", 0, "thu ngan sach 2020 khuong thuong"),
    ("search", "one year", "en"): Expected(
        "Find indicators, years, wards and pages", 0, "revenue 2020 khuong thuong"),
    ("search", "full", "vi"): Expected(
        "Tìm chỉ tiêu, năm, phường, xã và trang", 0, "không cần dấu"),
    ("search", "full", "en"): Expected(
        "Find indicators, years, wards and pages", 0, "Accents do not matter"),
    ("sources", "empty", "vi"): Expected(
        "Chưa có số liệu", 0, "Số liệu hiện ra tại đây"),
    ("sources", "empty", "en"): Expected(
        "No figures yet", 0, "Figures appear here"),
    ("sources", "one year", "vi"): Expected(
        "3 số liệu 2020 từ một báo cáo, mỗi số có chỗ tra", 1, "101%"),
    ("sources", "one year", "en"): Expected(
        "3 figures of 2020 from one report, each traceable", 1, "101%"),
    ("sources", "full", "vi"): Expected(
        "* số liệu 2011–2025 từ * báo cáo, mỗi số có chỗ tra", 1, "49,086 tỷ đồng"),
    ("sources", "full", "en"): Expected(
        "* figures of 2011–2025 from * reports, each traceable", 1, "49.086 billion VND"),
}


@pytest.mark.parametrize("case", EXPECTED, ids="-".join)
def test_a_screen_prints_its_message_its_charts_and_its_figures(draw, case):
    """The message word for word (* stands for counts of all figures); the number of charts; one known figure."""
    expected, drawn = EXPECTED[case], draw(*case)
    assert fnmatchcase(drawn.title, expected.title), drawn.title
    assert drawn.charts == expected.charts
    assert expected.says in drawn.words


def test_no_screen_is_left_out():
    """Each screen is drawn over each amount of data in each language."""
    amounts = ("empty", "one year", "full")
    assert set(EXPECTED) == {(name, amount, lang) for name in SCREENS for amount in amounts for lang in ("vi", "en")}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("amount", ["one year", "full"])
def test_every_chart_has_words_for_those_who_do_not_see_it(draw, name, amount):
    """An alternative text of at most two sentences; once opened, as many tables with captions as charts or more."""
    drawn = draw(name, amount, "vi")
    for chart in drawn.app.get("plotly_chart"):
        assert chart.proto.alt and chart.proto.alt.count(". ") <= 1, chart.proto.alt
    twins = [each for each in drawn.app.expander if each.label == "Bảng số"]
    assert len(twins) == drawn.charts
    tables = [element.proto.body for element in drawn.app.get("html") if "<table" in element.proto.body]
    assert len(tables) >= drawn.charts and all("<caption>" in table for table in tables)


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in ("sources", "search")])
def test_a_real_ward_shows_no_sample_mark_and_the_sample_ward_shows_it(draw, name):
    """Beside the source of every chart; the list of sources has the frame's mark above its message."""
    assert "số liệu minh họa" not in draw(name, "one year", "vi").words
    assert "số liệu minh họa" in draw(name, "full", "vi").words


def test_nothing_is_invented_for_khuong_thuong(draw):
    """18 unnamed squares, 13 of them filled; the awards screen says that the report gives names without counts."""
    culture = draw("culture", "one year", "vi")
    assert "13/18" in culture.words and "không nêu tên tổ" in culture.words
    awards = draw("awards", "one year", "vi")
    assert awards.charts == 0 and "13 lượt" not in awards.words


def test_the_sources_screen_says_what_is_missing_and_whose_it_is(draw):
    """A year's coverage, the age of the figures and the owners, as tables with captions."""
    drawn = draw("sources", "full", "vi")
    for caption in ("Tuổi của số liệu theo lĩnh vực", "Chỉ tiêu phải nộp theo người phụ trách, năm 2020"):
        assert caption in drawn.words
    assert "khớp với số liệu" in drawn.words


def test_the_sources_screen_leads_to_the_open_data_in_its_language(draw):
    """Where freezes can be taken away as they stand."""
    for lang, where in (("vi", "/du-lieu-mo/"), ("en", "/du-lieu-mo/?lang=English")):
        bodies = [element.proto.body for element in draw("sources", "full", lang).app.get("html")]
        assert [body for body in bodies if f'href="{where}"' in body]
