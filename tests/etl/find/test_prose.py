"""Whole reports: the year they speak of, what is asked instead of guessed, quotes, and the cost of long text."""

import sys
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.texts import text as text_of
from etl.document import Block, Document
from etl.find import find, prose_words
from etl.find.prose import find_prose
from etl.find.prose_lexicon import GRAMMAR, lexicon_of
from etl.find.prose_words import read_items, split_sentences, tokenize


def read(*paragraphs, **known):
    """What the reader finds in paragraphs."""
    blocks = [Block(text, f"đoạn {number}") for number, text in enumerate(paragraphs, 1)]
    return find_prose(blocks, load_catalogue(), **known)


def found(prose):
    return {(figure.indicator, figure.year, figure.scenario, figure.value) for figure in prose.figures}


def asked(prose):
    return [question.code for question in prose.questions]


def test_a_text_that_is_no_report_gives_nothing():
    """Empty text, no text, and text of other things."""
    for paragraphs in ((), ("",), ("   ",), ("Thực đơn hôm nay: 3 món canh, 2 món mặn, giá 45.000 đồng.",)):
        prose = read(*paragraphs)
        assert (prose.figures, prose.questions, prose.year) == ([], [], None)


def test_a_year_nobody_states_is_asked():
    """The figure is right, its year unknown: a question with the candidate."""
    prose = read("Phường có 91% hộ đạt gia đình văn hóa.")
    assert prose.figures == []
    assert asked(prose) == ["prose.year_unstated"]
    assert prose.questions[0].candidates[0].value == 91


@pytest.mark.parametrize(
    ("text", "known", "year"),
    [
        ("Sáng 15/12/2018, phường tổng kết công tác năm 2018, bàn nhiệm vụ năm 2019.", {}, 2018),
        ("UBND phường tổng kết công tác, triển khai nhiệm vụ năm 2021.", {}, 2020),
        ("Ngày đăng 28/01/2021\nPhường họp tổng kết.", {}, 2020),
        ("Phường họp tổng kết.", {"published": date(2022, 12, 20)}, 2022),
        ("Năm 2010 có 82% hộ; nay đạt 95%.", {"published": date(2015, 10, 8)}, 2015),
        ("Đại hội đánh giá nhiệm kỳ 2015 - 2020.", {}, 2020),
        ("Tổng kết công tác năm 2018.", {"year": 2017}, 2017),
        ("Tổng giá trị tăng so với năm 2016.", {}, None),
    ],
)
def test_the_report_year_is_what_it_sums_up(text, known, year):
    """What is summed up counts, what is planned points to the year before, and what the caller knows wins."""
    assert read(*text.split("\n"), **known).year == year


TITLES = [
    "Báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2020",
    "BÁO CÁO\nKết quả thực hiện nhiệm vụ năm 2020",
    "BÁO CÁO\nThực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2020",
    "BÁO CÁO\nTình hình thực hiện\nnhiệm vụ phát triển kinh tế - xã hội\nnăm 2020",
    "Kết quả thực hiện nhiệm vụ phát triển KT-XH năm 2020;\nphương hướng, nhiệm vụ năm 2021",
    "Kết quả thực hiện các chỉ tiêu, nhiệm vụ năm 2020 và mục tiêu, nhiệm vụ, giải pháp năm 2021",
    "Kết quả thực hiện nhiệm vụ năm 2020 / phương hướng nhiệm vụ năm 2021",
    "Kết quả thực hiện nhiệm vụ năm 2020; nhiệm vụ 2021",
    "Kết quả thực hiện Nghị quyết của HĐND phường về nhiệm vụ phát triển kinh tế - xã hội năm 2020",
    "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2020",
    "Tình hình kinh tế - xã hội năm 2020 và nhiệm vụ năm 2021",
    "Tình hình kinh tế - xã hội năm 2020 và phương hướng năm 2021",
    "Tình hình kinh tế - xã hội quý IV và cả năm 2020; nhiệm vụ, giải pháp năm 2021",
    "Tình hình thực hiện kế hoạch phát triển kinh tế - xã hội năm 2020 và kế hoạch năm 2021",
    "Báo cáo tình hình thực hiện dự toán ngân sách năm 2020, xây dựng dự toán ngân sách năm 2021",
    "Báo cáo tổng kết thực hiện nhiệm vụ, dự toán thu, chi ngân sách năm 2020",
    "Báo cáo kiểm điểm sự chỉ đạo, điều hành thực hiện nhiệm vụ năm 2020",
    "Báo cáo công tác chỉ đạo, điều hành năm 2020 và chương trình công tác năm 2021",
    "Tổng kết công tác năm 2020, triển khai nhiệm vụ năm 2021",
    "Tổng kết công tác 2020, nhiệm vụ 2021",
    "Kết quả thực hiện nhiệm vụ 2020 và phương hướng 2021",
    "Báo cáo tổng kết công tác năm 2020 - nhiệm vụ trọng tâm năm 2021",
    "Sơ kết 6 tháng đầu năm 2020",
    "Sơ kết công tác 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2020",
    "Hội nghị triển khai nhiệm vụ năm 2021",
    "Phương hướng, nhiệm vụ năm 2021",
    "Kế hoạch phát triển kinh tế - xã hội năm 2021",
]


@pytest.mark.parametrize("title", TITLES)
def test_every_usual_title_of_a_year_end_report_names_its_year(title):
    """In paragraphs or broken lines, in capitals, with a dash: tasks carried out are summed up, tasks to come are not.

    What the line of a title sums up outweighs the years that the text tells of.
    """
    for said in (title, title.upper(), title.replace(" - ", " – ")):
        assert (read(*said.split("\n")).year, read(said).year) == (2020, 2020), said
    if "2020" in title and "6 tháng" not in title and "\nnăm" not in title:
        past = ["Năm 2016 phường thành lập.", "Năm 2016, khu phố số 3 được xây.", "Năm 2016 có 12 hộ kinh doanh."]
        assert read(*title.split("\n"), *past, *past).year == 2020


def test_last_year_this_year_and_next_year_are_told_apart():
    """The same words in three years: a restated result, a result, a target."""
    prose = read(
        "Tổng kết công tác năm 2021. Năm 2020, thu ngân sách đạt 6 tỷ đồng.",
        "Năm 2021, thu ngân sách đạt 7 tỷ đồng.",
        "Năm 2022, phường phấn đấu thu ngân sách đạt 8 tỷ đồng.",
    )
    amount = Decimal(10) ** 9
    assert found(prose) == {
        ("budget_revenue", 2020, "actual", 6 * amount),
        ("budget_revenue", 2021, "actual", 7 * amount),
        ("budget_revenue", 2022, "plan", 8 * amount),
    }


def test_targets_under_a_heading_are_plans_of_its_year():
    """A heading governs the list below it until the next one."""
    prose = read(
        "Tổng kết công tác năm 2021.",
        "II. Phương hướng, nhiệm vụ năm 2022:",
        "- Thu ngân sách đạt 8 tỷ đồng.",
        "- 92% hộ đạt gia đình văn hóa.",
    )
    assert found(prose) == {
        ("budget_revenue", 2022, "plan", Decimal(8) * 10**9),
        ("cultural_families_rate", 2022, "plan", Decimal(92)),
    }


def test_a_half_year_report_never_becomes_a_year():
    """The period named when the session is opened holds for its figures."""
    prose = read("HĐND phường họp đánh giá 6 tháng đầu năm 2015.", "Tổng thu ngân sách đạt 5,68 tỷ đồng.")
    assert [(figure.period, figure.year) for figure in prose.figures] == [("h1", 2015)]


def test_two_values_for_one_key_are_a_question_and_one_value_said_twice_is_one_figure():
    """Neither of two numbers is chosen."""
    twice = read("Tổng kết năm 2021.", "Thu ngân sách đạt 101% kế hoạch.", "Như vậy thu ngân sách đạt 101% kế hoạch.")
    assert [figure.value for figure in twice.figures] == [101]
    differing = read("Tổng kết năm 2021.", "Thu ngân sách đạt 101% kế hoạch.", "Thu ngân sách đạt 102% kế hoạch.")
    assert differing.figures == []
    assert asked(differing) == ["prose.two_values"]
    assert {figure.value for figure in differing.questions[0].candidates} == {101, 102}


def test_an_ambiguous_amount_is_a_question_where_size_does_not_tell():
    """A ward of 2022 with 3.826 tỷ: thousands or decimals; a district's 10.221 tỷ is clear."""
    ward = read("Phường Mẫu Đơn", "Tổng kết năm 2022.", "Thu ngân sách đạt 3.826 tỷ đồng.")
    assert ward.figures == []
    assert asked(ward) == ["prose.two_readings"]
    district = read("Quận Mẫu Đơn", "Tổng kết năm 2022.", "Thu ngân sách đạt 10.221 tỷ đồng.")
    assert [figure.value for figure in district.figures] == [10221 * 10**9]


def test_another_units_figure_is_asked():
    """Two wards in one article: the second is not stored for the first."""
    prose = read(
        "Phường Mẫu Đơn",
        "Tổng kết năm 2022. Tại phường Mẫu Đơn, thu ngân sách đạt 110% dự toán.",
        "Tại phường Hoa Sen, thu ngân sách đạt 120% dự toán.",
    )
    assert found(prose) == {("budget_revenue_attainment", 2022, "actual", Decimal(110))}
    assert asked(prose) == ["prose.other_unit"]
    assert prose.questions[0].params["unit"] == "Phường Hoa Sen"


def test_the_unit_is_named_in_a_heading_or_after_its_committee():
    """ "UBND phường Mẫu Đơn" names the ward, also in capitals."""
    assert read("Hội nghị của UBND phường Mẫu Đơn tổng kết năm 2022.").unit_name == "Phường Mẫu Đơn"
    assert read("UBND PHƯỜNG MẪU ĐƠN", "Tổng kết năm 2022.").unit_name == "PHƯỜNG MẪU ĐƠN"
    assert read("Quận Mẫu Đơn", "Lãnh đạo phường Hoa Sen dự hội nghị tổng kết năm 2022.").unit_name == "Quận Mẫu Đơn"
    assert read("UBND huyện Mẫu Đơn", "UBND xã Hoa Sen", "Tổng kết năm 2022.").unit_name == "Xã Hoa Sen"
    assert read("Quận Mẫu Đơn có phường Hoa Sen tổng kết năm 2022.").unit_name == "Phường Hoa Sen"
    assert read("Tổng kết năm 2022.").unit_name == ""


def test_a_city_of_unknown_level_leaves_both_levels_open():
    """ "UBND thành phố" is district level in a province and province level in a centrally run city."""
    prose = read("Phường Không Có Thật", "Tổng kết năm 2022.", "UBND thành phố tặng bằng khen cho 2 cá nhân.")
    assert asked(prose) == ["prose.level_open"]
    assert {figure.indicator for figure in prose.questions[0].candidates} == {
        "award_individuals_district", "award_individuals_city",
    }  # fmt: skip


@pytest.mark.parametrize("opening", ["Quận Mẫu Đơn", "Phường Không Có Thật\nNgày đăng 12/09/2025"])
def test_a_city_that_can_only_be_a_province_is_one(opening):
    """A quận lies in a centrally run city, and since July 2025 no city lies below a province."""
    given = "UBND thành phố tặng bằng khen cho 2 cá nhân."
    for prose in (
        read(*opening.split("\n"), "Tổng kết năm 2024.", given),
        read("Phường Không Có Thật", "Tổng kết năm 2026.", given),
    ):
        assert [figure.indicator for figure in prose.figures] == ["award_individuals_city"]
        assert asked(prose) == []


def test_a_districts_own_council_is_no_higher_plan():
    """ "Dự toán HĐND huyện giao" is the district's own; to a ward it is one from above."""
    said = "Năm 2022, thu ngân sách đạt 133% dự toán tỉnh giao, đạt 106% dự toán HĐND huyện giao."
    assert {figure.basis: figure.value for figure in read(said, unit_name="Huyện Mẫu Đơn").figures} == {
        "assigned": 133, "council": 106,
    }  # fmt: skip
    ward = read("Năm 2022, thu ngân sách đạt 106% dự toán HĐND huyện giao.", unit_name="Xã Mẫu Đơn").figures
    assert [figure.basis for figure in ward] == ["assigned"]


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("UBND phường báo cáo tình hình tháng 11/2022.", "part"),
        ("UBND phường sơ kết công tác tháng 11 năm 2022, triển khai nhiệm vụ tháng 12.", "part"),
        ("UBND phường báo cáo tình hình tháng 12 và cả năm 2022.", "year"),
        ("UBND phường báo cáo tình hình tháng 12, tổng kết năm 2022.", "year"),
    ],
)
def test_a_months_report_is_no_years(opening, period):
    """Also one of November, whose sums are not those of the year; one of December may sum up both."""
    prose = read(f"{opening} Thu ngân sách đạt 9 tỷ đồng.", published=date(2022, 12, 2))
    assert [(figure.year, figure.period) for figure in prose.figures] == [(2022, period)]


def test_a_year_summed_up_stays_after_a_headline_that_looks_ahead():
    """ "Năm 2023, phường phấn đấu ..." heads a report of 2022."""
    prose = read(
        "Năm 2023, phường phấn đấu thu ngân sách đạt 10 tỷ đồng",
        "Phường tổng kết nhiệm vụ chính trị năm 2022, triển khai nhiệm vụ trọng tâm năm 2023. Hộ nghèo còn 4 hộ.",
    )
    assert {(figure.indicator, figure.year, figure.scenario) for figure in prose.figures} == {
        ("budget_revenue", 2023, "plan"), ("poor_households", 2022, "actual"),
    }  # fmt: skip


def test_revenue_without_scope_is_flagged_and_the_two_revenues_stay_apart():
    """NSNN on the territory, the ward's own, and unstated."""
    prose = read(
        "Tổng kết năm 2022. Thu NSNN trên địa bàn đạt 9 tỷ đồng, thu ngân sách phường đạt 4 tỷ đồng, đạt 109% kế hoạch."
    )
    assert {figure.indicator: figure.flags for figure in prose.figures} == {
        "budget_revenue": (), "budget_revenue_own": (), "budget_revenue_own_attainment": (),
    }  # fmt: skip
    unstated = read("Tổng kết năm 2022. Thu ngân sách đạt 9 tỷ đồng.")
    assert unstated.figures[0].flags == ("scope_unstated",)


REPORT = [
    "Phường Mẫu Đơn",
    "Ngày đăng 28/01/2021",
    "Hội nghị tổng kết công tác năm 2020. Các chỉ tiêu thu ngân sách trên địa bàn đạt 101%; tổ công tác 197 làm việc "
    "tốt, 100% các công trình xây dựng đều có phép. Có 13/18 Tổ dân phố đạt Danh hiệu TDP Văn hóa đề nghị Quận công "
    "nhận.",
    "Nhân dịp này, phường trao chứng nhận danh hiệu TDP văn hoá cho 13 tổ và khen thưởng các tập thể, cá nhân.",
]


def test_a_year_end_report_gives_its_figures_with_their_quotes():
    """Three figures, each quote word for word where its origin says; certificates handed out are no awards."""
    prose = read(*REPORT)
    assert (prose.unit_name, prose.year, prose.published) == ("Phường Mẫu Đơn", 2020, date(2021, 1, 28))
    assert found(prose) == {
        ("budget_revenue_attainment", 2020, "actual", Decimal(101)),
        ("construction_permit_rate", 2020, "actual", Decimal(100)),
        ("cultural_groups", 2020, "actual", Decimal(13)),
    }
    groups = next(figure for figure in prose.figures if figure.indicator == "cultural_groups")
    assert (groups.of, groups.of_kind) == (18, "unstated")
    attainment = next(figure for figure in prose.figures if figure.indicator == "budget_revenue_attainment")
    assert attainment.basis == "unstated"
    for figure in prose.figures:
        number = int(figure.origin.place.split()[1])
        assert REPORT[number - 1][figure.origin.start : figure.origin.end] == figure.quote
        assert figure.origin.rule.startswith("prose.")


def test_decomposed_text_is_read_like_composed_text():
    """NFD from a Mac or a PDF gives the same figures."""
    assert found(read(*(unicodedata.normalize("NFD", text) for text in REPORT))) == found(read(*REPORT))


def test_a_phrase_added_to_the_catalogue_is_read_without_code():
    """The code holds the grammar, the catalogue the nouns."""
    catalogue = load_catalogue()
    indicator = replace(
        catalogue.indicators["health_insurance_rate"],
        id="trained_workers_rate", phrases={"subject": ["tỷ lệ lao động qua đào tạo"]},
    )  # fmt: skip
    larger = replace(catalogue, indicators={**catalogue.indicators, indicator.id: indicator})
    prose = find_prose([Block("Tỷ lệ lao động qua đào tạo đạt 78,2%.", "đoạn 1")], larger, year=2022)
    assert [(figure.indicator, figure.value) for figure in prose.figures] == [("trained_workers_rate", Decimal("78.2"))]


PIECES = st.sampled_from(
    ["thu ngân sách", "đạt", "13/18", "tổ dân phố", "hộ nghèo", "còn", ",", "và", "(", ")", "12,5%", "9 tỷ đồng",
     "năm 2020", "khen thưởng", "tập thể", "được", "UBND phường", "1. 357 tỷ", "phấn đấu", ".", ";", "từ", "trong đó",
     "3 năm liền", "/", "%"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_mixture_of_words_is_read_without_failing(text):
    """No sentence breaks the reader; every quote stands in the text; one figure a key."""
    prose = read(text, year=2020)
    assert all(figure.quote and figure.quote in text for figure in prose.figures)
    keys = [figure.key for figure in prose.figures]
    assert len(keys) == len(set(keys))


def steps_of(text):
    """How many calls the reader makes for a text: a measure of work that no busy machine disturbs."""
    steps, document = 0, Document("a.txt", "txt", "", (Block(text, "đoạn 1"),))

    def count(frame, event, argument):
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find(document, load_catalogue(), year=2020)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize(
    "piece",
    ["1.", "1/", "(", "thu ngân sách ", "13/18 tổ dân phố, ", "năm 2020 - ", "12,5% (", "khen thưởng 3 tập thể và ",
     "3 tập thể và ", "hộ nghèo, ", "từ 3% ", "9 tỷ 5 triệu ", "thu ngân sách đạt 9 tỷ đồng, đạt 5% và ", "tổ 12, ",
     "thu ngân sách vượt 160% kế hoạch, ", "3 hộ đạt gia đình văn hóa, ", "còn 3 hộ nghèo và ", "6 tháng đầu năm ",
     "phường Mẫu Đơn ", "không còn hộ nghèo, ", "giai đoạn 2015-2020 ", "a- ", "\u0301", "1 234 ", "năm 2020 thu ",
     "tiếp nhận 5 hồ sơ, giải quyết 4 hồ sơ, ", "công nhận gia đình văn hóa cho 5 hộ, ", "tổng thu 5 tỷ, ", "1,2 điểm % ",
     "tháng 4, ", "trong đó có 5 hộ nghèo, ", "là 5 người, đạt 9%, "],
)  # fmt: skip
def test_work_grows_with_the_length_of_hostile_repetition(piece):
    """Eight times the text costs about eight times the steps, whatever is repeated in one endless sentence."""
    steps_of("")
    short, long = steps_of(piece * 60), steps_of(piece * 480)
    assert long <= 11 * short


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(PIECES, min_size=1, max_size=4).map(lambda pieces: " ".join(pieces) + " "))
def test_work_grows_with_the_length_whatever_mixture_is_repeated(piece):
    """The same law for mixtures that nobody thought of."""
    steps_of("")
    short, long = steps_of(piece * 25), steps_of(piece * 200)
    assert long <= 11 * short


def test_an_excess_that_may_be_the_whole_percentage_is_asked_with_both_readings():
    """ "vượt 136%" is 136 or 236% of the plan, unless the amounts of the sentence tell; "vượt 11,1%" is clear."""
    prose = read("Thu ngân sách vượt 136 % kế hoạch.", year=2020)
    assert asked(prose) == ["prose.two_readings"]
    assert [figure.value for figure in prose.questions[0].candidates] == [136, 236]
    told = read("Thu ngân sách đạt 6,8 tỷ đồng/5 tỷ đồng, vượt 136% kế hoạch.", year=2020)
    attained = [figure.value for figure in told.figures if figure.indicator == "budget_revenue_attainment"]
    assert (asked(told), attained) == ([], [136])
    clear = read("Thu ngân sách vượt 11,1% kế hoạch.", year=2020)
    assert [figure.value for figure in clear.figures] == [Decimal("111.1")]


def test_a_round_headline_gives_way_to_the_exact_figure_it_rounds():
    """ "gần 5 tỷ" above "4,79 tỷ" is one figure; a hedge that points the other way, or a far number, is a question."""
    same = read("Thu ngân sách phường đạt gần 5 tỷ đồng", "Năm 2020, thu ngân sách phường đạt 4,79 tỷ đồng.", year=2020)
    assert [figure.value for figure in same.figures] == [Decimal("4790000000")]
    for headline in ("hơn 5 tỷ", "gần 6 tỷ", "5,1 tỷ"):
        prose = read(f"Năm 2020 thu ngân sách phường đạt {headline} đồng.",
                     "Năm 2020, thu ngân sách phường đạt 4,79 tỷ đồng.", year=2020)  # fmt: skip
        assert [question.code for question in prose.questions] == ["prose.two_values"], headline


def test_two_counts_of_the_commended_may_belong_together():
    """One with a flag and five with certificates are six, if the reader of the report says so."""
    prose = read("Năm 2020 có 1 tập thể được UBND tỉnh tặng Cờ thi đua; 5 tập thể được UBND tỉnh tặng Bằng khen.")
    (question,) = prose.questions
    assert [figure.value for figure in question.candidates] == [6, 1, 5]
    (other,) = read("Năm 2020 có 13/18 tổ dân phố văn hóa.", "Năm 2020 có 12/18 tổ dân phố văn hóa.").questions
    assert [figure.value for figure in other.candidates] == [13, 12]


def test_a_long_list_of_targets_is_of_the_year_that_opens_it():
    """A dozen pieces further on, a target of next year was stored as this year's result."""
    goods = "; ".join(f"trồng mới {number} ha cây xanh đô thị" for number in range(2, 18))
    (figure,) = read("UBND xã Mẫu báo cáo kết quả năm 2025.",
                     f"Năm 2026, xã phấn đấu: {goods}; tỷ lệ hộ nghèo còn 1,1%.").figures
    assert (figure.year, figure.scenario, figure.value) == (2026, "plan", Decimal("1.1"))


def test_another_wards_meeting_of_the_same_day_is_asked_about():
    """ "Cùng ngày, HĐND xã Gương cũng tổ chức" turns to it, and so does the state of its economy."""
    prose = read(
        "HĐND xã Mẫu họp cuối năm 2022. Tổng thu ngân sách nhà nước xã Mẫu đạt 12 tỷ đồng.",
        "Cùng ngày, HĐND xã Gương cũng tổ chức kỳ họp.",
        "Năm 2022, kinh tế - xã hội xã Gương tiếp tục phát triển; tổng thu ngân sách trên 10 tỷ đồng.",
    )
    assert [figure.value for figure in prose.figures] == [12_000_000_000]
    assert [question.code for question in prose.questions] == ["prose.other_unit"]


def test_targets_of_a_resolution_that_was_voted_are_plans_of_its_year():
    """Posted early in that year; "đã biểu quyết" made results of them, and the dash of "xã hội - Quốc phòng" a bullet."""
    prose = read(
        "Ngày đăng 02/01/2024",
        "Đại biểu đã biểu quyết thông qua Nghị quyết về phát triển kinh tế xã hội - Quốc phòng an ninh năm 2024 với "
        "các chỉ tiêu chủ yếu như: tỷ lệ hộ nghèo còn 1,4%; tỷ lệ người dân tham gia BHYT đạt 93,5%.",
    )
    assert {(figure.year, figure.scenario) for figure in prose.figures} == {(2024, "plan")}


def test_a_session_in_the_middle_of_a_year_speaks_of_its_first_half():
    """Whatever number of the session stands beside it."""
    (figure,) = read("HĐND phường Mẫu - Kỳ họp giữa năm 2021", "Thu ngân sách phường đạt 9,1 tỷ đồng.").figures
    assert (figure.year, figure.period) == (2021, "h1")


def test_prizes_proposed_go_on_over_a_full_stop():
    """ "Đề nghị tặng ...: bằng khen ... Bằng khen của Thủ tướng cho 7 cá nhân." gives none."""
    said = "Năm 2020 UBND phường khen 3 tập thể. Đề nghị tặng bằng khen của UBND tỉnh cho 8 cá nhân."
    prose = read(f"{said} Bằng khen của Thủ tướng Chính phủ cho 7 cá nhân.")
    assert [figure.value for figure in prose.figures] == [3]


def test_the_day_of_a_resolution_that_is_cited_is_not_the_reports():
    """However long the name of who issued it."""
    prose = read(
        "Xã Mẫu được sáp nhập theo Nghị quyết 830 của Ủy ban Thường vụ Quốc hội ngày 17/12/2019.",
        "Tỷ lệ hộ nghèo năm 2022 là 16,9%.",
    )
    assert [(figure.year, figure.scenario) for figure in prose.figures] == [(2022, "actual")]


def test_no_year_before_the_reports_is_ahead_of_it():
    """A year compared with between "nhiệm vụ 6 tháng cuối năm" and the targets is no year of theirs."""
    prose = read(
        "UBND xã Mẫu báo cáo tình hình 6 tháng đầu năm 2025, nhiệm vụ 6 tháng cuối năm.",
        "Nhiệm vụ đề ra: thu tăng 12% so với cùng kỳ năm 2024.",
        "Trong 6 tháng cuối năm, xã phấn đấu 93% gia đình đạt danh hiệu gia đình văn hóa.",
    )
    said = [*prose.figures, *(one for question in prose.questions for one in question.candidates)]
    assert {figure.year for figure in said} <= {2025, 0}


def test_a_headline_that_says_an_estimate_again_is_no_result():
    """ "Thu ngân sách vượt 17%" over "ước đạt …, vượt 17,75%" leaves its last digits out; another number stays."""
    said = "Năm 2020 thu ngân sách phường ước đạt 5 tỷ đồng, vượt 17,75% dự toán."
    prose = read("Thu ngân sách phường vượt 17% dự toán", said)
    assert [(figure.scenario, figure.value) for figure in prose.figures][1:] == [("estimate", Decimal("117.75"))]
    other = read("Thu ngân sách phường vượt 16% dự toán", said)
    assert ("actual", Decimal(116)) in [(figure.scenario, figure.value) for figure in other.figures]


def test_a_headline_without_a_year_is_the_sentence_that_names_it():
    """The same share in the title of a report of another year is not told of two years."""
    prose = read("Phường Mẫu Đơn: 88% hộ đạt gia đình văn hóa",
                 "Năm 2022, phường Mẫu Đơn có 88% hộ đạt gia đình văn hóa.", year=2023)  # fmt: skip
    assert [(figure.year, figure.value) for figure in prose.figures] == [(2022, 88)]


def test_a_term_looked_back_on_names_its_last_year_and_a_congress_its_first():
    """ "Trong nhiệm kỳ 2008-2013" are results of 2013; the congress of the term 2020-2025 met in 2020."""
    past = read("Trong nhiệm kỳ 2008 - 2013, phong trào lan rộng.", "Đến nay có 2.310 hộ đạt gia đình văn hóa.")
    assert [(figure.value, figure.year) for figure in past.figures] == [(2310, 2013)]
    assert read("Đại hội Đảng bộ phường, nhiệm kỳ 2020-2025, có 90% hộ đạt gia đình văn hóa.").year == 2020


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Thực hiện Nghị định 122 ngày 17/9/2018, phường có 90% hộ đạt gia đình văn hóa năm 2022.", 2022),
        ("Từ ngày 01/01/2022 đến 30/11/2022, thu ngân sách đạt 9 tỷ đồng.", 2022),
        ("Kỷ niệm 92 năm ngày truyền thống (18/11/1930 - 18/11/2022), 90% hộ đạt gia đình văn hóa.", 2022),
        ("Thu ngân sách đạt 9 tỷ đồng, tăng 4% so với cùng kỳ năm 2021. Năm 2023, phường đề ra 12 chỉ tiêu.", 2022),
        ("Thu ngân sách đạt 45%. Kỳ họp bàn giải pháp thực hiện kế hoạch của cả năm 2022.", 2022),
        ("Đại hội đại biểu lần thứ I, nhiệm kỳ 2020-2025. Đến cuối năm 2025, 95% người dân tham gia BHYT.", 2020),
        ("Tổng kết thi đua giai đoạn 2015 - 2020 và phát động thi đua giai đoạn 2020 - 2025.", 2020),
        ("Sau 5 tháng vận hành chính quyền hai cấp, phường xem báo cáo giai đoạn 2021 - 2025.", 2025),
        ("HĐND phường, nhiệm kỳ 2021-2026, họp. HĐND nhiệm kỳ 2021-2026 nghe thu ngân sách đạt 9 tỷ đồng.", None),
        ("Giai đoạn 2021-2025, phường chỉnh trang đô thị. Thu ngân sách đạt 9 tỷ đồng.", None),
        ("Sơ kết giữa nhiệm kỳ 2020-2025. Thu ngân sách đạt 9 tỷ đồng.", None),
        ("Phường đã hoàn thành và hoàn thành vượt mức các mục tiêu, nhiệm vụ năm 2022. Thu ngân sách đạt 9 tỷ đồng.", 2022),
    ],
)  # fmt: skip
def test_a_report_without_a_day_names_its_year_by_what_it_tells(text, year):
    """Neither an anniversary's nor a decree's day is its own; a council's term and a period alone name no year."""
    assert read(text).year == year


def test_what_a_report_of_the_first_half_tells_of_the_second_is_asked():
    """A share said after the tasks of the last six months is a target, whether or not it says so."""
    prose = read("HĐND phường sơ kết 6 tháng đầu năm 2020.",
                 "Trong phương hướng 6 tháng cuối năm, phường đề ra các chỉ tiêu.",
                 "Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95%.")  # fmt: skip
    assert prose.figures == []
    assert [question.code for question in prose.questions] == ["prose.target_period"]


def test_a_wards_budget_of_hundreds_of_thousands_of_billions_is_asked():
    """ "269.505 tỷ" of a commune lost its comma or its sense; "3.550 tỷ" of one after the reform stands."""
    for said, codes in (("269.505 tỷ", ["prose.two_readings"]), ("3.550 tỷ", [])):
        prose = read(f"Thu ngân sách ước đạt {said} đồng.", year=2025, unit_name="Xã Mẫu Đơn")
        assert [question.code for question in prose.questions] == codes


def test_a_paragraph_that_turns_to_another_ward_speaks_of_it_until_its_end():
    """What stands behind "trên địa bàn thị trấn ..." is that town's, though its sentence does not say so again."""
    prose = read("Các phong trào trên địa bàn thị trấn Hoa Sen sôi nổi. Thu ngân sách đạt 14 tỷ đồng.",
                 "Có 91% hộ đạt gia đình văn hóa.", year=2020, unit_name="Xã Mẫu Đơn")  # fmt: skip
    assert [(question.code, question.params["unit"]) for question in prose.questions] == [
        ("prose.other_unit", "Thị trấn Hoa Sen")
    ]
    assert [(figure.indicator, figure.value) for figure in prose.figures] == [("cultural_families_rate", 91)]
    back = read("Tại thị trấn Hoa Sen, phong trào sôi nổi. Xã Mẫu Đơn thu ngân sách đạt 14 tỷ đồng.",
                year=2020, unit_name="Xã Mẫu Đơn")  # fmt: skip
    assert [figure.indicator for figure in back.figures] == ["budget_revenue"]


def test_a_closing_day_holds_for_its_own_paragraph():
    """What was counted to 30/11 stands in one paragraph; the year's estimate of the next is the year's."""
    prose = read("Tính đến ngày 30/11/2020, phường đã giải quyết 812 hồ sơ.",
                 "Thu ngân sách ước đạt 12 tỷ đồng.", year=2020)  # fmt: skip
    assert {(figure.indicator, figure.period) for figure in prose.figures} == {
        ("onestop_files", "11m"), ("budget_revenue", "year"),
    }  # fmt: skip


def test_a_report_of_one_month_gives_no_figure_of_the_year():
    """A meeting on the work of April speaks of a part of the year, whatever its sentences leave out."""
    prose = read("UBND quận sơ kết công tác tháng 4, triển khai nhiệm vụ tháng 5/2020.",
                 "Tổng thu ngân sách đạt 11 tỷ đồng.", year=2020)  # fmt: skip
    assert [(figure.value, figure.period) for figure in prose.figures] == [(Decimal(11 * 10**9), "part")]


def test_numbers_keep_their_places_in_the_text():
    """Every item of a sentence points at its own characters."""
    text = "Thu đạt 1. 357 tỷ đồng, bằng 91.5 % kế hoạch ngày 28/01/2021; tổ 12; giai đoạn 2015-2020."
    (sentence,) = split_sentences(text, tokenize(text))
    kinds = {
        text[item.start : item.end]: item.kind for item in read_items(sentence) if item.kind not in ("word", "punct")
    }
    assert kinds == {
        "1. 357 tỷ đồng": "quantity", "91.5 %": "quantity", "28/01/2021": "date", "12": "label", "2015-2020": "range",
    }  # fmt: skip


def test_the_grammar_and_the_catalogue_fill_one_tree():
    """Every grammar word is found again with its meaning."""
    lexicon = lexicon_of(load_catalogue())
    items = prose_words.tokenize("so với cùng kỳ")
    length, means = lexicon.match(items, 0)
    assert length == 4
    assert "compare" in means
    assert all(isinstance(phrases, tuple) for phrases in GRAMMAR.values())


def test_the_readers_questions_have_words_in_both_languages():
    """Every question code has its sentence."""
    for code in (
        "other_unit",
        "year_unstated",
        "level_open",
        "two_readings",
        "two_values",
        "term_award",
        "target_period",
        "average",
    ):
        for lang in ("vi", "en"):
            assert "…" in text_of(f"prose.{code}", lang, quote="…", unit="x", indicator="y")


def test_a_title_that_names_next_years_tasks_does_not_make_results_plans():
    """The commonest title of a report, its second line a paragraph of its own, and 'Phần I.' before a heading."""
    prose = read(
        "Tình hình thực hiện nhiệm vụ kinh tế - xã hội năm 2020,",
        "phương hướng, nhiệm vụ năm 2021",
        "Phần I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2020",
        "Qua bình xét, có 13/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
        "Phần III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2021",
        "Có 15/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
    )
    assert found(prose) == {("cultural_groups", 2020, "actual", 13), ("cultural_groups", 2021, "plan", 15)}


def test_one_giver_who_commends_twice_is_asked_about():
    """The year's papers and those for single deeds are neither the whole; the giver holds for both."""
    prose = read("UBND xã khen thưởng thường xuyên 9 tập thể, khen thưởng đột xuất 3 tập thể.", year=2023)
    assert (prose.figures, asked(prose)) == ([], ["prose.two_values"])
    passive = read("01 cá nhân được Thủ tướng tặng Bằng khen, 25 tập thể được khen thưởng.", year=2023)
    assert {figure.indicator for figure in passive.figures} == {"award_individuals_central", "award_collectives"}


def test_a_year_that_a_sentence_names_ends_with_its_section():
    """'Năm 2021 có ...' under one title is not the year of what the next title tells."""
    prose = read(
        "Báo cáo kết quả thực hiện nhiệm vụ năm 2022", "1. Văn hóa", "Năm 2021 có 96,2% gia đình văn hóa.",
        "Có 14/15 khu phố văn hóa.", "2. An sinh", "Tỷ lệ bao phủ BHYT đạt 93,4%.",
    )  # fmt: skip
    assert found(prose) == {
        ("cultural_families_rate", 2021, "actual", Decimal("96.2")), ("cultural_groups", 2021, "actual", 14),
        ("health_insurance_rate", 2022, "actual", Decimal("93.4")),
    }  # fmt: skip


def test_riêng_names_the_year_of_its_own_sentence_only():
    """What follows is of the report's time again."""
    prose = read("Riêng năm 2019 thu ngân sách đạt 51 tỷ đồng. Hộ nghèo còn 12 hộ.", year=2020)
    assert found(prose) == {("budget_revenue", 2019, "actual", 51 * 10**9), ("poor_households", 2020, "actual", 12)}


@pytest.mark.parametrize(
    "text",
    [
        "Công nhận 4.102 hộ gia đình văn hóa (đạt 97,3% số hộ đăng ký).",
        "97,3% số hộ đăng ký đạt danh hiệu gia đình văn hóa.",
    ],
)
def test_a_share_of_those_registered_says_so(text):
    """It is of the households that signed up, not of all."""
    rates = [figure for figure in read(text, year=2019).figures if figure.indicator == "cultural_families_rate"]
    assert [(figure.value, figure.of_kind) for figure in rates] == [(Decimal("97.3"), "registered")]


def test_tasks_of_a_quarter_are_no_results():
    """'Bình xét ... đạt 93%' under 'Nhiệm vụ quý IV' was the result of nine months."""
    lines = ("Báo cáo tình hình 9 tháng đầu năm 2019", "I. Kết quả", "Hộ nghèo còn 14 hộ.", "II. Nhiệm vụ quý IV")
    prose = read(*lines, "Gia đình văn hóa đạt 93%.")
    assert {figure.indicator for figure in prose.figures if figure.scenario != "plan"} == {"poor_households"}


def test_a_plan_beside_its_result_is_of_the_same_year_and_a_plan_alone_of_the_next():
    """A report that also plans the year ahead put 'KH 18, thực hiện 18' into that year."""
    prose = read(
        "Kết quả phát triển kinh tế - xã hội năm 2021 và kế hoạch năm 2022",
        "Phần I: Tình hình thực hiện kế hoạch năm 2021",
        "Tỷ lệ hộ nghèo: KH 3,5%, thực hiện 3,2%, đạt.",
        "Thôn văn hóa: KH 12/14, thực hiện 11/14, đạt 91,7%.",
        "Giao quân: KH 18, thực hiện 18.",
        "Phần II: Kế hoạch năm 2022",
        "Tỷ lệ hộ nghèo: 2,9%.",
        "Thôn văn hóa: 13/14.",
    )
    assert found(prose) == {
        ("poor_household_rate", 2021, "plan", Decimal("3.5")), ("poor_household_rate", 2021, "actual", Decimal("3.2")),
        ("cultural_groups", 2021, "plan", 12), ("cultural_groups", 2021, "actual", 11),
        ("conscripts", 2021, "plan", 18), ("conscripts", 2021, "actual", 18),
        ("poor_household_rate", 2022, "plan", Decimal("2.9")), ("cultural_groups", 2022, "plan", 13),
    }  # fmt: skip
    assert asked(prose) == []


def test_a_title_that_opens_with_results_names_the_year_of_the_report():
    """A year compared with all through the text outvoted the year of a long title."""
    prose = read(
        "Kết quả thực hiện phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” năm 2018",
        "Gia đình văn hóa: 3.012 hộ/3.250 hộ đăng ký, đạt 92,7% (năm 2017: 91,5%).",
        "Tổ dân phố văn hóa: 19/22 tổ, tăng 02 tổ so với năm 2017.",
        "Năm 2019, phấn đấu có 20/22 tổ dân phố văn hóa.",
    )
    assert prose.year == 2018
    said = {(figure.indicator, figure.year, figure.value, figure.of_kind) for figure in prose.figures}
    assert said == {
        ("cultural_families", 2018, 3012, "registered"),
        ("cultural_families_rate", 2018, Decimal("92.7"), "registered"),
        ("cultural_groups", 2018, 19, "unstated"), ("cultural_groups", 2019, 20, "unstated"),
    }  # fmt: skip


def test_a_year_in_a_bracket_with_its_own_number_is_not_that_of_what_follows():
    """'(năm 2022: 1,5%); bảo hiểm y tế đạt 95%' is of the report's year; '(năm 2022)' alone dates its name."""
    prose = read("Tỷ lệ hộ nghèo 1,2% (năm 2022: 1,5%); bảo hiểm y tế đạt 95%.", year=2023)
    assert found(prose) == {
        ("poor_household_rate", 2023, "actual", Decimal("1.2")), ("health_insurance_rate", 2023, "actual", 95),
    }  # fmt: skip
    alone = read("Tỷ lệ hộ nghèo (năm 2022) còn 1,2%.", year=2023)
    assert found(alone) == {("poor_household_rate", 2022, "actual", Decimal("1.2"))}


def test_months_by_which_a_plan_was_reached_early_are_no_period():
    """'Về đích sớm 2 tháng' made the year's revenue one of two months."""
    prose = read("Thu ngân sách cán đích sớm 2 tháng với 23 tỷ 450 triệu đồng.", year=2022)
    assert [(figure.period, figure.value) for figure in prose.figures] == [("year", 23450 * 10**6)]


def test_at_least_is_a_target():
    """'Đạt từ 94% trở lên'."""
    prose = read("Mục tiêu năm 2024", "Tỷ lệ gia đình văn hóa đạt từ 94% trở lên.", year=2023)
    assert found(prose) == {("cultural_families_rate", 2024, "plan", 94)}


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách vượt 4,5% chỉ tiêu giao, đạt 12,5 tỷ đồng.",
        "Thu ngân sách hoàn thành 104,5% chỉ tiêu quận giao, tương ứng 12.500 triệu đồng.",
        "Thu ngân sách đạt 104,5% kế hoạch với tổng số tiền 12,5 tỷ đồng.",
    ],
)
def test_a_sum_behind_a_share_of_the_plan_is_the_result_where_words_turn_to_it(text):
    """It was stored as the plan; 'đạt 104,5% kế hoạch quận giao là 12 tỷ' is one."""
    said = {(figure.indicator, figure.scenario, figure.value) for figure in read(text, year=2023).figures}
    assert ("budget_revenue", "actual", 12_500_000_000) in said
    plan = read("Thu ngân sách đạt 104,5% kế hoạch quận giao là 12 tỷ đồng.", year=2023)
    assert ("budget_revenue", 2023, "plan", 12_000_000_000) in found(plan)


@pytest.mark.parametrize(
    "text",
    [
        "Có 8 chỉ tiêu vượt, 11 chỉ tiêu đạt kế hoạch.",
        "Trong 20 chỉ tiêu có 8 chỉ tiêu vượt kế hoạch, 11 chỉ tiêu đạt kế hoạch, 1 chỉ tiêu chưa đạt.",
    ],
)
def test_targets_exceeded_and_targets_reached_are_asked_about(text):
    """Neither number is how many were met; their sum or the greater one is."""
    prose = read(text, year=2023)
    assert (prose.figures, asked(prose)) == ([], ["prose.two_readings"])
    assert [candidate.value for candidate in prose.questions[0].candidates] == [19, 11]
    nested = read("Có 20 chỉ tiêu đạt, trong đó 8 chỉ tiêu vượt.", year=2023)
    assert found(nested) == {("targets_met", 2023, "actual", 20)}


def test_a_bracket_that_counts_others_does_not_hide_what_is_left():
    """'Còn 39 hộ (thoát nghèo 17 hộ)' was read as households that left poverty."""
    prose = read("Hộ nghèo đầu năm 54 hộ, cuối năm còn 39 hộ (thoát nghèo 17 hộ, phát sinh 02 hộ).", year=2023)
    assert found(prose) == {("poor_households", 2023, "actual", 39)}


def test_a_share_named_in_short_belongs_to_the_insured_named_before():
    """'Tỷ lệ bao phủ' after the insured persons."""
    for text in (
        "Số người tham gia BHYT 9.420 người, đạt tỷ lệ bao phủ 93,8%.",
        "Toàn phường có 9.420 người tham gia BHYT, tỷ lệ bao phủ đạt 93,8%.",
    ):
        assert found(read(text, year=2023)) == {("health_insurance_rate", 2023, "actual", Decimal("93.8"))}


def test_a_report_of_nine_months_is_of_the_year_whose_last_quarter_it_plans():
    """'Kết quả quý III và 9 tháng; nhiệm vụ quý IV năm 2021' was taken for 2020, its spending for the whole year's."""
    prose = read(
        "Kết quả thực hiện nhiệm vụ quý III và 9 tháng; phương hướng nhiệm vụ quý IV năm 2021",
        "Chi ngân sách 9 tháng 5,4 tỷ đồng. Tỷ lệ bao phủ BHYT đạt 91,3%.",
        "Nhiệm vụ quý IV: bình xét gia đình văn hóa đạt 92%.",
    )
    said = {(figure.indicator, figure.year, figure.period, figure.scenario) for figure in prose.figures}
    assert said == {("budget_expenditure", 2021, "9m", "actual"), ("health_insurance_rate", 2021, "9m", "actual")}
    assert asked(prose) == ["prose.target_period"]


def test_insured_persons_and_their_share_stand_side_by_side():
    """'8.730 người = 92,4% (KH: 92%)'."""
    prose = read("Số người tham gia BHYT: 8.730 người = 92,4% (KH: 92%).", year=2022)
    assert found(prose) == {
        ("health_insurance_rate", 2022, "actual", Decimal("92.4")), ("health_insurance_rate", 2022, "plan", 92),
    }  # fmt: skip


def test_what_takes_commendations_apart_is_not_added_to_them():
    """Parts behind 'trong đó' made the whole a question; a count of decisions hid who gave."""
    prose = read(
        "Chủ tịch UBND phường đã ban hành 15 quyết định khen thưởng cho 46 tập thể, 218 cá nhân, trong đó khen thường"
        " xuyên 20 tập thể, 96 cá nhân; khen đột xuất 26 tập thể, 122 cá nhân.",
        "UBND huyện khen 3 tập thể (trong đó 1 tập thể trường học), 5 cá nhân.",
        year=2023,
    )
    assert asked(prose) == []
    assert found(prose) == {
        ("award_collectives_ward", 2023, "actual", 46), ("award_individuals_ward", 2023, "actual", 218),
        ("award_collectives_district", 2023, "actual", 3), ("award_individuals_district", 2023, "actual", 5),
    }  # fmt: skip


def test_a_list_by_levels_names_the_giver_of_each_count():
    """'Khen thưởng cấp phường: ...; cấp quận: ...'."""
    for text in (
        "Khen thưởng cấp phường: 10 tập thể; cấp quận: 2 tập thể; cấp tỉnh: 1 tập thể.",
        "Có 13 lượt tập thể, cá nhân được khen thưởng, trong đó cấp phường 10 tập thể, cấp quận 2 tập thể, cấp tỉnh 1"
        " tập thể.",
    ):
        assert found(read(text, year=2023)) == {
            ("award_collectives_ward", 2023, "actual", 10), ("award_collectives_district", 2023, "actual", 2),
            ("award_collectives_city", 2023, "actual", 1),
        }  # fmt: skip


def test_a_target_said_of_the_whole_year_needs_no_question_in_a_half_years_report():
    """What is aimed at until December is asked about only where the year is not named."""
    prose = read(
        "Sơ kết 6 tháng đầu năm 2026",
        "Trong 6 tháng cuối năm, xã phấn đấu thu ngân sách cả năm đạt 72 tỷ đồng.",
        "Phấn đấu gia đình văn hóa đạt 93%.",
    )
    assert found(prose) == {("budget_revenue", 2026, "plan", 72 * 10**9)}
    assert asked(prose) == ["prose.target_period"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch năm 2023: 17/18 tổ dân phố văn hóa.", {("cultural_groups", 2023, "plan", 17)}),
        ("Kế hoạch năm 2023 có 17/18 tổ dân phố văn hóa.", {("cultural_groups", 2023, "plan", 17)}),
        (
            "Kế hoạch: 17/18 tổ dân phố văn hóa; thực hiện: 16/18 tổ dân phố văn hóa.",
            {("cultural_groups", 2023, "plan", 17), ("cultural_groups", 2023, "actual", 16)},
        ),
        ("Thực hiện kế hoạch năm 2023, có 17/18 tổ dân phố văn hóa.", {("cultural_groups", 2023, "actual", 17)}),
        (
            "UBND quận giao thu ngân sách 12 tỷ đồng, phường đã thu 13 tỷ đồng.",
            {("budget_revenue", 2023, "plan", 12 * 10**9), ("budget_revenue", 2023, "actual", 13 * 10**9)},
        ),
    ],
)
def test_a_sentence_that_begins_with_a_plan_tells_no_results(text, expected):
    """Nor does one that says who gave it; words for a result end the plan."""
    assert found(read(text, year=2023)) == expected


def test_who_gave_a_plan_may_stand_before_its_name():
    """'HĐND phường giao tỷ lệ hộ nghèo 1,2%', 'dự toán thành phố giao thu ngân sách'."""
    said = read(
        "HĐND phường giao tỷ lệ hộ nghèo 1,2%, kết quả còn 1,1%. Dự toán thành phố giao thu ngân sách 12 tỷ đồng.",
        year=2023,
    )
    plans = {(figure.indicator, figure.basis) for figure in said.figures if figure.scenario == "plan"}
    assert plans == {("poor_household_rate", "council"), ("budget_revenue", "assigned")}


def test_targets_listed_after_a_council_adopted_next_years_tasks_are_plans():
    """'Các chỉ tiêu kinh tế: ...' after the adoption was read as this year's results."""
    lines = (
        "HĐND quận biểu quyết thông qua Nghị quyết về kế hoạch phát triển kinh tế - xã hội năm 2024",
        "Các chỉ tiêu kinh tế: Thu ngân sách nhà nước trên địa bàn là 8,4 tỷ đồng.",
    )
    assert found(read(*lines, year=2023)) == {("budget_revenue", 2024, "plan", 8_400_000_000)}
    results = read(lines[1], year=2023)
    assert found(results) == {("budget_revenue", 2023, "actual", 8_400_000_000)}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Thu ngân sách lũy kế đến 30/11 đạt 17,82 tỷ đồng.", "11m"),
        ("Về thu ngân sách: lũy kế đến ngày 20/12/2023 đạt 17,82 tỷ đồng.", "part"),
        ("Thu ngân sách đến 10/12 đạt 17,82 tỷ đồng.", "part"),
        ("Tháng 11, thu ngân sách được 17,82 tỷ đồng.", "part"),
    ],
)
def test_a_sum_up_to_a_day_or_of_one_month_is_no_years(text, period):
    """'Đến 30/11' was taken for a fraction and hid the sum; one month's was the year's."""
    assert [(f.indicator, f.period) for f in read(text, year=2023).figures] == [("budget_revenue", period)]


def test_up_to_ten_of_twelve_groups_is_a_count():
    """'Lên đến 10/12 tổ' is no tenth of December."""
    prose = read("Nâng số tổ dân phố văn hóa lên đến 10/12 tổ dân phố văn hóa.", year=2023)
    assert found(prose) == {("cultural_groups", 2023, "actual", 10)}


def test_one_months_files_stand_beside_the_years():
    """'Tháng 12 ... giải quyết 409 hồ sơ; lũy kế cả năm ... 5.221 hồ sơ' were two values of the year."""
    prose = read(
        "Một cửa: tháng 12 tiếp nhận 412 hồ sơ, giải quyết 409 hồ sơ; lũy kế cả năm tiếp nhận 5.230 hồ sơ, giải quyết"
        " 5.221 hồ sơ.",
        year=2023,
    )
    assert asked(prose) == []
    assert {(f.period, f.value) for f in prose.figures} == {("part", 409), ("year", 5221)}


def test_a_list_told_of_the_years_start_is_left_aside():
    """'Kết quả rà soát hộ nghèo đầu năm 2022: ...' stood against the figures of December."""
    prose = read(
        "Rà soát hộ nghèo đầu năm 2022: toàn phường có 35 hộ nghèo (0,92%), 61 hộ cận nghèo.",
        "Rà soát cuối năm 2022: tổng số hộ nghèo cuối năm 22 hộ, tỷ lệ 0,57%; hộ cận nghèo 48 hộ.",
        year=2022,
    )
    assert asked(prose) == []
    assert found(prose) == {
        ("poor_households", 2022, "actual", 22), ("poor_household_rate", 2022, "actual", Decimal("0.57")),
        ("near_poor_households", 2022, "actual", 48),
    }  # fmt: skip


def test_a_series_of_years_is_told_in_the_last_of_them():
    """The first year of a series became the report's, and the later results its plans."""
    prose = read(
        "Thu ngân sách năm 2018 đạt 45 tỷ đồng, năm 2019 đạt 62 tỷ đồng và năm 2020 ước đạt 70 tỷ đồng.",
        "Tỷ lệ hộ nghèo giảm từ 3,8% (năm 2016) xuống 1,2% (năm 2020).",
    )
    assert prose.year == 2020
    assert found(prose) == {
        ("budget_revenue", 2019, "actual", 62 * 10**9), ("budget_revenue", 2020, "estimate", 70 * 10**9),
        ("poor_household_rate", 2020, "actual", Decimal("1.2")),
    }  # fmt: skip
    assert asked(prose) == ["prose.old_year"]


def test_the_insured_may_be_named_by_three_letters_only():
    """'BHYT: 99%' in a list; of one kind of people, paid in or aimed at it is another thing."""
    assert found(read("BHYT: 99%.", year=2023)) == {("health_insurance_rate", 2023, "actual", 99)}
    for other in ("BHYT học sinh đạt 100%.", "Thu BHYT đạt 98% kế hoạch.", "Hộ nghèo có BHYT 100%."):
        assert read(other, year=2023).figures == []


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách đạt 12 tỷ đồng, vượt so với dự toán 275 triệu đồng.",
        "Thu ngân sách đạt 12 tỷ đồng, thấp hơn dự toán 275 triệu đồng.",
        "Thu ngân sách đạt 12 tỷ đồng, thiếu so với kế hoạch là 2 tỷ đồng.",
    ],
)
def test_how_far_a_result_is_from_its_plan_is_no_plan(text):
    """275 triệu became the plan; 'so với dự toán 11 tỷ đồng' is one."""
    assert found(read(text, year=2023)) == {("budget_revenue", 2023, "actual", 12 * 10**9)}
    plan = read("Thu ngân sách đạt 12 tỷ đồng so với dự toán 11 tỷ đồng.", year=2023)
    assert ("budget_revenue", 2023, "plan", 11 * 10**9) in found(plan)


def test_a_year_that_dates_one_number_is_not_that_of_what_is_named_next():
    """'Còn 16 hộ, năm 2022 là 22 hộ, tỷ lệ hộ nghèo 0,36%': the share is of the report's year."""
    prose = read("Hộ nghèo chỉ còn 16 hộ, năm 2022 là 22 hộ, tỷ lệ hộ nghèo 0,36%.", year=2023)
    assert found(prose) == {
        ("poor_households", 2023, "actual", 16), ("poor_households", 2022, "actual", 22),
        ("poor_household_rate", 2023, "actual", Decimal("0.36")),
    }  # fmt: skip


def test_a_ratio_in_words_counts_nothing():
    """'Cứ 100 gia đình thì gần 92 gia đình đạt danh hiệu văn hóa'."""
    assert read("Cứ 100 gia đình thì gần 92 gia đình đạt danh hiệu văn hóa.", year=2023).figures == []


def test_a_short_form_with_its_point_does_not_end_a_clause():
    """'UBND TP. Vũng Tàu tặng giấy khen' hid its verb, and the counts went to the province named before."""
    prose = read(
        "Phường được UBND tỉnh tặng Cờ thi đua, 02 tập thể được UBND TX. Thuận An tặng giấy khen.",
        "Thu ngân sách đạt 105% dự toán TP. giao và 102% dự toán HĐND phường giao.",
        year=2017,
    )
    assert {(figure.indicator, figure.basis, figure.value) for figure in prose.figures} == {
        ("award_collectives_district", "", 2), ("budget_revenue_attainment", "assigned", 105),
        ("budget_revenue_attainment", "council", 102),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Tỉ lệ hộ nghèo theo tiêu chí cũ còn 12,4%, theo tiêu chí mới là 21,6%.",
        "Tỷ lệ hộ nghèo 12,4% (theo chuẩn mới 21,6%).",
    ],
)
def test_the_poor_by_two_standards_are_asked_about(text):
    """In the year of a new standard a report tells both; the first was taken without a word."""
    prose = read(text, year=2010)
    assert (prose.figures, asked(prose)) == ([], ["prose.two_readings"])
    assert [float(figure.value) for figure in prose.questions[0].candidates] == [12.4, 21.6]


def test_files_settled_in_time_are_not_all_that_were_settled():
    """'Giải quyết đúng hạn 6.101 hồ sơ đạt 99,64%, trễ hạn 22 hồ sơ': the share stands, the count does not."""
    prose = read("Giải quyết đúng hạn 6.101 hồ sơ đạt 99,64%, trễ hạn 22 hồ sơ.", year=2014)
    assert found(prose) == {("onestop_on_time_rate", 2014, "actual", Decimal("99.64"))}


@pytest.mark.parametrize(
    "text",
    [
        "Tổ dân phố số 7: 98% hộ đạt gia đình văn hóa; không còn hộ nghèo.",
        "Hội Cựu chiến binh có 97% hộ hội viên đạt gia đình văn hóa, không còn hộ nghèo.",
        "98% hộ gia đình hội viên phụ nữ đạt gia đình văn hóa.",
        "Thu ngân sách xã hưởng 100% đạt 540 triệu đồng.",
        "Thu ngân sách ước đạt từ 102% đến 105% dự toán.",
        "Công nhận lại 3 khu phố văn hóa, công nhận mới 2 khu phố.",
        "Xét duyệt 12 thanh niên đủ điều kiện nhập ngũ.",
    ],
)
def test_a_part_of_the_ward_or_of_the_thing_is_not_the_whole(text):
    """One group, an association's members, one tax, a guessed span, those named anew, those only fit to serve."""
    prose = read(text, year=2023)
    assert (prose.figures, prose.questions) == ([], [])


def test_an_association_that_helped_does_not_hide_the_wards_own_figure():
    """'...; toàn phường còn 12 hộ nghèo'."""
    prose = read("Hội Nông dân giúp 3 hộ nghèo thoát nghèo; toàn phường còn 12 hộ nghèo.", year=2023)
    assert found(prose) == {("poor_households", 2023, "actual", 12)}


def test_the_poor_and_the_near_poor_with_a_number_each():
    """'31 hộ, cận nghèo 54' was one name, and the poor were counted as near poor; a sum of both is neither."""
    for text in ("Hộ nghèo còn 31 hộ, cận nghèo 54.", "Hộ nghèo 31 hộ, cận nghèo còn 54 hộ."):
        assert found(read(text, year=2023)) == {
            ("poor_households", 2023, "actual", 31), ("near_poor_households", 2023, "actual", 54),
        }  # fmt: skip
    assert read("Hộ nghèo + cận nghèo: 85 hộ.", year=2023).figures == []


def test_a_board_that_sits_commends_nobody():
    """'Hội đồng thi đua, khen thưởng phường họp xét 12 tập thể' was a commendation of twelve."""
    for board in ("Hội đồng thi đua khen thưởng phường", "Hội đồng thi đua, khen thưởng phường"):
        assert read(f"{board} họp xét 12 tập thể, 60 cá nhân.", year=2023).figures == []


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách (không kể thu tiền sử dụng đất) đạt 6,2 tỷ đồng.",
        "Nếu không tính tiền đất, thu ngân sách đạt 6,2 tỷ đồng.",
        "Nợ đọng thu ngân sách còn 1,2 tỷ đồng.",
        "Thất thu ngân sách 200 triệu đồng.",
        "Thu ngân sách bình quân đầu người đạt 2,1 triệu đồng.",
    ],
)
def test_a_sum_that_leaves_something_out_or_is_owed_is_no_revenue(text):
    """Nor is one a head."""
    assert read(text, year=2023).figures == []


def test_a_mark_that_was_passed_is_a_hedge():
    """'Vượt mốc 10 tỷ đồng' says more than ten."""
    prose = read("Thu ngân sách vượt mốc 10 tỷ đồng.", year=2023)
    assert [(figure.value, figure.hedge) for figure in prose.figures] == [(10 * 10**9, "over")]
