"""What single sentences of reports say: figures found, traps passed over. All sentences are our own."""

from decimal import Decimal

import pytest

from core.catalogue import load_catalogue
from etl.document import Block
from etl.find.prose import find_prose

UNIT = "Phường Mẫu Đơn"


def said(sentence, year=2022):
    """The figures of one sentence of a ward's report, as short texts."""
    found = find_prose([Block(sentence, "đoạn 1")], load_catalogue(), year=year, unit_name=UNIT)
    return {short(figure, year) for figure in found.figures}


def short(figure, year):
    """indicator=value/of with what differs from a plain actual figure of the year."""
    text = f"{figure.indicator}={number(figure.value)}" + (f"/{number(figure.of)}" if figure.of is not None else "")
    if figure.scenario != "actual":
        text += f" {figure.scenario}"
    if figure.basis and figure.basis != "unstated":
        text += f" {figure.basis}"
    if figure.period != "year":
        text += f" {figure.period}"
    if figure.year != year:
        text += f" {figure.year}"
    if figure.hedge:
        text += f" {figure.hedge}"
    return text


def number(value: Decimal) -> str:
    """A decimal without trailing zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


TRAPS = [
    "Toàn phường có 95% hộ đăng ký xây dựng gia đình văn hóa.",
    "Số hộ đăng ký gia đình văn hóa là 2.184 hộ, đạt 96,4%.",
    "Số tổ đăng ký tổ dân phố văn hóa là 32/32 tổ.",
    "Có 9/9 thôn đăng ký danh hiệu “Khu dân cư văn hóa”.",
    "Có 1.946 hộ đạt danh hiệu gia đình văn hóa 3 năm liền.",
    "12/19 tổ dân phố đạt danh hiệu tổ dân phố văn hóa 5 năm liên tục.",
    "100% tổ dân phố có nơi sinh hoạt văn hóa.",
    "18/18 tổ dân phố đã họp bình xét gia đình văn hóa.",
    "15% hộ dân đạt danh hiệu gia đình văn hóa kiểu mẫu.",
    "Tại tổ 12 có 84/84 hộ đạt gia đình văn hóa.",
    "Tổ dân phố số 5 có 90% hộ đạt gia đình văn hóa.",
    "UBND phường trao chứng nhận danh hiệu TDP văn hóa cho 13 tổ.",
    "Phường thăm, tặng quà 20 hộ nghèo nhân dịp Tết.",
    "Hỗ trợ sửa nhà cho 3 hộ nghèo với 150 triệu đồng.",
    "Trong năm có 02 hộ nghèo, 05 hộ cận nghèo thoát nghèo.",
    "Tỷ lệ hộ nghèo giảm 1,15%.",
    "Phường đã giảm được 5 hộ nghèo so với năm trước.",
    "Có 43 hộ nghèo được trợ cấp đột xuất.",
    "Quỹ Vì người nghèo thu được 71,3 triệu đồng, đạt 120% kế hoạch.",
    "Tổng giá trị sản xuất đạt 453 tỷ đồng, đạt 102% kế hoạch.",
    "Thu nhập bình quân đầu người đạt 55 triệu đồng/người/năm.",
    "Giải ngân vốn đầu tư công đạt 98% kế hoạch.",
    "Thu ngân sách tăng 12% so với cùng kỳ năm trước.",
    "Tổng chi trả trợ cấp là 2,2 tỷ đồng.",
    "Thu phí vệ sinh đạt 1,2 tỷ đồng, đạt 100% kế hoạch.",
    "UBND phường khen thưởng các tập thể, cá nhân tiêu biểu.",
    "Hội nghị đề nghị UBND quận khen thưởng 3 tập thể và 5 cá nhân.",
    "Đồ án quy hoạch tỷ lệ 1/2000 rộng 930 ha được duyệt.",
    "Không để hộ dân nào không có Tết.",
    "54 thanh niên viết đơn tình nguyện nhập ngũ.",
    "Có 12 gia đình học tập, 3 khu dân cư tiên tiến.",
    "Xã Bình Minh có 85% hộ đạt gia đình văn hóa.",
    "Còn 67 hộ nghèo và hộ cận nghèo.",
    "Ban chỉ đạo lập danh sách 30 hộ gia đình đề nghị UBND xã tặng giấy khen.",
    "Toàn quận có 90% hộ đạt gia đình văn hóa.",
]

SENTENCES = [
    # budget
    ("Tổng thu ngân sách nhà nước trên địa bàn đạt 9,117 tỷ đồng, bằng 117% dự toán.",
     "budget_revenue=9117000000; budget_revenue_attainment=117"),
    ("Thu ngân sách ước đạt gần 21 tỷ đồng, đạt 112,5% kế hoạch.",
     "budget_revenue=21000000000 estimate nearly; budget_revenue_attainment=112.5 estimate"),
    ("Thu ngân sách phường đạt 4,799 tỷ đồng, đạt 109% dự toán HĐND phường giao.",
     "budget_revenue_own=4799000000; budget_revenue_own_attainment=109 council"),
    ("Thu NSNN trên địa bàn thực hiện được 8.254,817 triệu đồng, đạt 113%KH quận giao.",
     "budget_revenue=8254817000; budget_revenue_attainment=113 assigned"),
    ("Thu ngân sách đạt 63%KH thị xã giao.", "budget_revenue_attainment=63 assigned"),
    ("Tổng thu ngân sách đạt 87,4% dự toán UBND Thị xã giao, đạt 90% so với HĐND phường giao.",
     "budget_revenue_attainment=87.4 assigned; budget_revenue_attainment=90 council"),
    ("Thu ngân sách đạt (4,896 tỷ/4,8 tỷ), bằng 102% kế hoạch.",
     "budget_revenue=4896000000; budget_revenue=4800000000 plan; budget_revenue_attainment=102"),
    ("Tổng thu ngân sách đạt 489 triệu/456 triệu đồng, đạt 107,2% kế hoạch.",
     "budget_revenue=489000000; budget_revenue=456000000 plan; budget_revenue_attainment=107.2"),
    ("Thu ngân sách được 5 tỷ 137 triệu đồng.", "budget_revenue=5137000000"),
    ("Tổng thu ngân sách là 36,1 tỷ đồng (bằng 608% dự toán).",
     "budget_revenue=36100000000; budget_revenue_attainment=608"),
    ("Thu ngân sách vượt 11,1% dự toán.", "budget_revenue_attainment=111.1"),
    ("Thu ngân sách đạt 12 tỷ đồng, vượt 8% so với kế hoạch.",
     "budget_revenue=12000000000; budget_revenue_attainment=108"),
    ("Thu ngân sách đạt 7,5 tỷ đồng (vượt chỉ tiêu thành phố giao 5,2%).",
     "budget_revenue=7500000000; budget_revenue_attainment=105.2 assigned"),
    ("Thu ngân sách đạt 5,6 tỷ đồng, tăng 15% so với cùng kỳ.", "budget_revenue=5600000000"),
    ("Thu ngân sách đạt 5,6 tỷ đồng, đạt 103% dự toán, bằng 115% so với cùng kỳ năm trước.",
     "budget_revenue=5600000000; budget_revenue_attainment=103"),
    ("Tổng chi ngân sách ước 18 tỷ đồng, đạt 97,36% dự toán.",
     "budget_expenditure=18000000000 estimate; budget_expenditure_attainment=97.36 estimate"),
    ("Chi ngân sách hoàn thành 98% kế hoạch.", "budget_expenditure_attainment=98"),
    ("Thu, chi ngân sách: Tổng thu ngân sách đạt 105% kế hoạch; tổng chi ngân sách đạt 96% kế hoạch.",
     "budget_revenue_attainment=105; budget_expenditure_attainment=96"),
    ("Thu ngân sách 6 tháng đầu năm đạt 3,2 tỷ đồng, đạt 52% dự toán.",
     "budget_revenue=3200000000 h1; budget_revenue_attainment=52 h1"),
    ("Phấn đấu năm 2023 thu ngân sách đạt 10 tỷ đồng.", "budget_revenue=10000000000 plan 2023"),
    ("Năm 2021, thu ngân sách đạt 6 tỷ đồng; năm 2022 đạt 7 tỷ đồng.", "budget_revenue=6000000000 2021; budget_revenue=7000000000"),
    ("Tổng thu ngân sách trên địa bàn phường: 12.345 triệu đồng, đạt 110% KH.",
     "budget_revenue=12345000000; budget_revenue_attainment=110"),
    ("Thu ngân sách trên địa bàn đạt 1.234.567.000 đồng/1.200.000.000 đồng.",
     "budget_revenue=1234567000; budget_revenue=1200000000 plan"),
    ("Phường hoàn thành 112% kế hoạch thu ngân sách.", "budget_revenue_attainment=112"),
    ("Thu ngân sách năm 2022 của phường thực hiện 8,4 tỷ đồng, đạt 104% so với dự toán đầu năm.",
     "budget_revenue=8400000000; budget_revenue_attainment=104"),
    ("Quyết toán thu ngân sách phường là 6,4 tỷ đồng.", "budget_revenue_own=6400000000 final"),
    ("Công tác thu ngân sách của địa phương đạt và vượt chỉ tiêu huyện giao (2.145/1.780 triệu đồng, đạt 120,5% "
     "so với dự toán năm, so với cùng kỳ tăng 19,9%).",
     "budget_revenue=2145000000; budget_revenue=1780000000 plan assigned; budget_revenue_attainment=120.5"),
    ("Tổng thu NSNN đạt 9.117 triệu đồng, tăng 5,4% so với cùng kỳ và đạt 108,2% so với dự toán.",
     "budget_revenue=9117000000; budget_revenue_attainment=108.2"),
    ("Tổng thu ngân sách đạt 103,4% dự toán thành phố giao và đạt 101% so với dự toán HĐND phường giao.",
     "budget_revenue_attainment=103.4 assigned; budget_revenue_attainment=101 council"),
    ("Dự toán thu ngân sách năm 2022 là 15,5 tỷ đồng, thực hiện đạt 16,2 tỷ đồng, bằng 104,5%.",
     "budget_revenue=15500000000 plan; budget_revenue=16200000000; budget_revenue_attainment=104.5"),
    ("Thu ngân sách nhà nước 11 tháng đạt 12 tỷ đồng.", "budget_revenue=12000000000 11m"),
    ("Tổng thu ngân sách tính đến ngày 15/12/2022 là 23,4 tỷ đồng.", "budget_revenue=23400000000 part"),
    ("Giai đoạn 2018-2022, tổng thu ngân sách đạt 56 tỷ đồng.", "budget_revenue=56000000000 term"),
    ("Thu ngân sách đạt 8,2 tỷ đồng, tăng 109,3% so với kế hoạch.",
     "budget_revenue=8200000000; budget_revenue_attainment=109.3"),
    # culture
    ("Có 1.345 hộ đạt gia đình văn hóa trên tổng số 1.450 hộ đăng ký, đạt 92,8%.",
     "cultural_families=1345/1450; cultural_families_rate=92.8"),
    ("Có 1.020/1.100 hộ (92,7%) đạt danh hiệu Gia đình văn hóa.",
     "cultural_families=1020/1100; cultural_families_rate=92.7"),
    ("Toàn xã có 8/8 thôn giữ vững danh hiệu làng văn hóa, trong đó 2 thôn đạt cấp tỉnh.", "cultural_groups=8/8"),
    ("Toàn phường có 3.215 hộ được công nhận gia đình văn hóa, chiếm 92,3% tổng số hộ.",
     "cultural_families=3215; cultural_families_rate=92.3"),
    ("Có 13/18 tổ dân phố đạt danh hiệu TDP Văn hoá.", "cultural_groups=13/18"),
    ("12/15 tổ dân phố, 9/9 đơn vị đạt danh hiệu Tổ dân phố, cơ quan đơn vị văn hóa.",
     "cultural_groups=12/15; cultural_agencies=9/9"),
    ("Kết quả có 2013 hộ gia đình đạt danh hiệu gia đình văn hóa, đạt tỷ lệ 94,5%.",
     "cultural_families=2013; cultural_families_rate=94.5"),
    ("Có 66.513/73.306 hộ đạt gia đình văn hóa 90,7%.", "cultural_families=66513/73306; cultural_families_rate=90.7"),
    ("Toàn phường có 1.250/1.300 = 96,2% đạt gia đình văn hoá.",
     "cultural_families=1250/1300; cultural_families_rate=96.2"),
    ("Tỷ lệ “Gia đình văn hóa” đạt 90%, “Tổ dân phố văn hóa” đạt 85%.",
     "cultural_families_rate=90; cultural_groups_rate=85"),
    ("Tỷ lệ hộ gia đình văn hóa đạt 94%; làng văn hóa đạt 84,8 %.",
     "cultural_families_rate=94; cultural_groups_rate=84.8"),
    ("Danh hiệu Gia đình văn hóa là 88%.", "cultural_families_rate=88"),
    ("Đơn vị văn hóa 10/12, đạt 83,3%.", "cultural_agencies=10/12; cultural_agencies_rate=83.3"),
    ("Có 21 cơ quan, đơn vị, doanh nghiệp đạt chuẩn văn hóa (đạt 87,5%).",
     "cultural_agencies=21; cultural_agencies_rate=87.5"),
    ("100% khối phố đạt danh hiệu khối phố văn hóa.", "cultural_groups_rate=100"),
    ("7 khối phố văn hóa, đạt tỷ lệ 70%.", "cultural_groups=7; cultural_groups_rate=70"),
    ("91% số hộ, 85% tổ dân phố đạt danh hiệu gia đình văn hóa, tổ dân phố văn hóa.",
     "cultural_families_rate=91; cultural_groups_rate=85"),
    ("Tỷ lệ gia đình văn hóa nay tăng lên 95,1%.", "cultural_families_rate=95.1"),
    ("Toàn phường có 1.020 hộ thì đã có 980 hộ đạt gia đình văn hóa.", "cultural_families=980"),
    ("Phấn đấu năm 2023 có 90% hộ đạt gia đình văn hóa, 85% tổ dân phố đạt tổ dân phố văn hóa.",
     "cultural_families_rate=90 plan 2023; cultural_groups_rate=85 plan 2023"),
    ("Có 2.345 hộ/2.500 hộ đạt gia đình văn hóa.", "cultural_families=2345/2500"),
    ("Số tổ dân phố đạt danh hiệu văn hóa: 13/18 tổ (72,2%).", "cultural_groups=13/18; cultural_groups_rate=72.2"),
    ("Có 13 trên tổng số 18 tổ dân phố được công nhận tổ dân phố văn hóa.", "cultural_groups=13/18"),
    ("Gia đình văn hóa: 2.345/2.500 hộ = 93,8%.", "cultural_families=2345/2500; cultural_families_rate=93.8"),
    ("Đạt 13/18 (72,2%) tổ dân phố văn hóa.", "cultural_groups=13/18; cultural_groups_rate=72.2"),
    ("5/7 khối đạt đơn vị văn hóa.", "cultural_groups=5/7"),
    ("Tỷ lệ hộ gia đình văn hóa đạt 96%/95%.", "cultural_families_rate=96; cultural_families_rate=95 plan"),
    # welfare
    ("Tỷ lệ hộ nghèo giảm còn 0,58%.", "poor_household_rate=0.58"),
    ("Tỷ lệ hộ nghèo từ 3,3% giảm xuống còn 2,7%.", "poor_household_rate=2.7"),
    ("Trên địa bàn còn 19 hộ nghèo và 49 hộ cận nghèo.", "poor_households=19; near_poor_households=49"),
    ("Hộ nghèo giảm từ 12 hộ xuống còn 5 hộ, chiếm 0,2%.", "poor_households=5; poor_household_rate=0.2"),
    ("Hộ nghèo còn 0,36% (05 hộ).", "poor_household_rate=0.36; poor_households=5"),
    ("Phường không còn hộ nghèo.", "poor_households=0"),
    ("Đến nay trên địa bàn không có hộ nghèo, còn 12 hộ cận nghèo.", "poor_households=0; near_poor_households=12"),
    ("Trong năm giảm 5 hộ nghèo, còn 10 hộ.", "poor_households=10"),
    ("Toàn xã còn 23 hộ nghèo chiếm 1,2%, 30 hộ cận nghèo chiếm 1,5%.",
     "poor_households=23; poor_household_rate=1.2; near_poor_households=30"),
    ("Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95,2%.", "health_insurance_rate=95.2"),
    ("92% dân số tham gia BHYT.", "health_insurance_rate=92"),
    ("Tỷ lệ bao phủ BHYT đạt trên 96%.", "health_insurance_rate=96 over"),
    ("Phường không còn hộ nghèo, hộ cận nghèo.", "poor_households=0; near_poor_households=0"),
    ("Không còn hộ nghèo, hộ cận nghèo chỉ còn 0,7%.", "poor_households=0"),
    ("Tỷ lệ hộ nghèo 0,35%, cận nghèo 0,8%.", "poor_household_rate=0.35"),
    ("Tỷ lệ hộ nghèo của phường chỉ còn 0,12%, không có hộ tái nghèo.", "poor_household_rate=0.12"),
    ("Hiện toàn xã có 35 hộ nghèo, tỷ lệ 1,2%; 48 hộ cận nghèo, tỷ lệ 1,65%.",
     "poor_households=35; poor_household_rate=1.2; near_poor_households=48"),
    # order
    ("100% công trình xây dựng có giấy phép.", "construction_permit_rate=100"),
    ("Phường có 14/13 thanh niên lên đường nhập ngũ.", "conscripts=14/13"),
    ("Công tác giao quân đạt 100% kế hoạch.", "conscription_rate=100"),
    ("Hoàn thành chỉ tiêu giao quân với 12/12 thanh niên nhập ngũ, đạt 100%.",
     "conscripts=12/12; conscription_rate=100"),
    ("Phường hoàn thành 100% chỉ tiêu giao quân.", "conscription_rate=100"),
    ("Bàn giao 12 tân binh lên đường nhập ngũ, đạt 100% kế hoạch.", "conscripts=12; conscription_rate=100"),
    ("Tuyển quân đạt 100% chỉ tiêu giao.", "conscription_rate=100"),
    # administration
    ("98,7% hồ sơ TTHC được giải quyết đúng hạn.", "onestop_on_time_rate=98.7"),
    ("Giải quyết 100% hồ sơ đúng và trước hạn.", "onestop_on_time_rate=100"),
    ("Bộ phận một cửa đã tiếp nhận 3.456 hồ sơ.", "onestop_files=3456"),
    ("Tỷ lệ giải quyết đơn thư khiếu nại, tố cáo đạt 100%.", "complaints_resolved_rate=100"),
    ("Đã giải quyết 12/12 đơn thư khiếu nại, tố cáo, đạt 100%.", "complaints=12/12; complaints_resolved_rate=100"),
    ("Phường hoàn thành 13/14 chỉ tiêu.", "targets_met=13/14"),
    # awards
    ("Dịp này, UBND phường khen thưởng 11 tập thể, 25 cá nhân.",
     "award_collectives_ward=11; award_individuals_ward=25"),
    ("UBND phường tặng giấy khen cho 9 tập thể, 4 gia đình và 12 cá nhân.",
     "award_collectives_ward=9; award_households_ward=4; award_individuals_ward=12"),
    ("Có 07 cá nhân và 03 tập thể được UBND quận trao tặng giấy khen.",
     "award_individuals_district=7; award_collectives_district=3"),
    ("UBND huyện tặng giấy khen cho 2 tập thể; UBND xã khen thưởng 5 tập thể và 8 cá nhân.",
     "award_collectives_district=2; award_collectives_ward=5; award_individuals_ward=8"),
    ("1 tập thể được Thủ tướng Chính phủ tặng bằng khen.", "award_collectives_central=1"),
    ("Chủ tịch UBND tỉnh tặng bằng khen cho 2 cá nhân.", "award_individuals_city=2"),
    ("Hội nghị đã khen thưởng 27 cá nhân và 23 tập thể.", "award_individuals=27; award_collectives=23"),
    ("Nhân dịp này, trao giấy khen của Chủ tịch UBND phường cho 6 tập thể.", "award_collectives_ward=6"),
    ("Phường khen thưởng cho 14 gia đình văn hóa tiêu biểu.", "award_households_ward=14"),
    ("3 cá nhân đạt danh hiệu chiến sỹ thi đua cơ sở, 15 cá nhân đạt lao động tiên tiến.",
     "title_individuals_cstdcs=3; title_individuals_ldtt=15"),
    ("15 đồng chí đạt Lao động tiên tiến.", "title_individuals_ldtt=15"),
    ("2 tập thể được công nhận danh hiệu tập thể lao động xuất sắc.", "title_collectives_ttldxs=2"),
]  # fmt: skip


@pytest.mark.parametrize("sentence", TRAPS)
def test_numbers_that_only_look_like_figures_are_passed_over(sentence):
    """Registrations, prizes, changes, help, parts of the ward and other units are no figures of the ward."""
    assert said(sentence) == set()


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_says_what_it_says(sentence, expected):
    """Every figure of the sentence, and nothing else."""
    assert said(sentence) == set(expected.split("; "))
