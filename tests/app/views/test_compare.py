"""The words and marks of wards side by side: n, the middle, and reasons where nothing is ranked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from app.views.compare import message_words, offered, value_words
from app.views.peers import Comparison, Group, Kind, Peer
from app.views.strip import apart_view, strip_view
from core.catalogue import load_catalogue
from core.figures import Ref
from core.places import Unit

SINCE = date(1900, 1, 1)
ATTAINED = "budget_revenue_attainment"
FIRM = Kind("year", "actual", "assigned", False, "", False)
LOOSE = replace(FIRM, basis="unstated", scope_unstated=True)


@pytest.fixture(scope="module")
def indicators():
    """The catalogue's indicators."""
    return load_catalogue().indicators


def ward(code, province="Thành phố Hà Nội", since=SINCE):
    """A ward named after its code."""
    return Unit(code, since, None, f"Phường {code}", "phường", "", province)


def peer(code, value, *, own=False, before=None, published=None, indicator=ATTAINED, **more):
    """One ward's figure."""
    unit = more.pop("unit", None) or ward(code)
    ref = Ref(unit.key, 2024, indicator)
    old = None if before is None else ref._replace(year=2023)
    return Peer(unit, Decimal(str(value)), own, "", "reported", ref, "Báo cáo", "", published,
                None if before is None else Decimal(str(before)), old)  # fmt: skip


OWN = peer("A", 101, own=True)
FOUR = (peer("B", 112), peer("C", "104.5"), OWN, peer("D", 90))


def compared(indicators, main=FOUR, apart=(), *, kind=FIRM, doubts=(), indicator=ATTAINED, year=2024):
    """A comparison made by hand."""
    return Comparison(indicators[indicator], year, Group(kind, main, doubts) if main else None, apart)


def known(**counts):
    """The frame of shared indicators: indicator=(how many wards know it, how many of them are one's own)."""
    rows = [(name, *count) for name, count in counts.items()]
    return pd.DataFrame(rows, columns=["indicator", "units", "own"])


def test_nothing_is_offered_where_nobody_shares_anything(indicators):
    """Neither where one's own ward shares its figures with itself before a merger alone."""
    assert offered(known(), indicators) == {}
    assert offered(known(poor_households=(2, 2)), indicators) == {}


def test_what_ones_own_ward_knows_is_offered_first_and_of_it_the_usual_one(indicators):
    """Then rates before amounts; counts of awards are reported in part only and never offered."""
    found = known(
        budget_revenue=(2, 1), health_insurance_rate=(2, 0), poor_household_rate=(2, 1),
        award_collectives_ward=(2, 1), budget_revenue_attainment=(3, 1),
    )  # fmt: skip
    assert offered(found, indicators) == {
        ATTAINED: 2, "poor_household_rate": 1, "budget_revenue": 1, "health_insurance_rate": 2,
    }  # fmt: skip


def test_a_ranked_ward_is_told_its_place_and_the_number_leads_to_its_figure(indicators):
    """n stands beside the place."""
    title, lead = message_words(compared(indicators), OWN.unit, "vi")
    assert title == "Phường A năm 2024: thu NSNN so kế hoạch 101%, thứ 3/4 phường, xã" and lead == ""
    assert [(said.words, said.refs) for said in title.said] == [("101%", (OWN.ref,))]


def test_where_there_is_a_doubt_no_place_is_said(indicators):
    """The middle of the printed numbers and the reason instead; of two not even a difference."""
    found = compared(indicators, kind=LOOSE, doubts=("basis", "scope"))
    title, lead = message_words(found, OWN.unit, "vi")
    assert title == "Phường A năm 2024: thu NSNN so kế hoạch 101%; trung vị của 4 nơi là 102,8%"
    assert lead.startswith("Chưa xếp hạng được")
    two = compared(indicators, FOUR[1:3], kind=LOOSE, doubts=("basis",))
    assert message_words(two, OWN.unit, "vi")[0].endswith("101%; Phường C 104,5%")
    assert strip_view(two, OWN.unit, "vi").title == "Không xếp hạng: Phường C 104,5%, Phường A 101%"


def test_two_wards_are_told_their_difference_in_points(indicators):
    """Percentages differ by điểm %, or not at all."""
    two = compared(indicators, FOUR[1:3])
    assert message_words(two, OWN.unit, "vi")[0].endswith("101%, thấp hơn Phường C 3,5 điểm %")
    same = compared(indicators, (peer("B", 101), OWN))
    assert message_words(same, OWN.unit, "en")[0].endswith("101%, the same as Phường B")


def test_a_ward_without_a_figure_is_told_so_and_the_strip_stands(indicators):
    """In the message and in a note; no row is picked out."""
    found = compared(indicators, (FOUR[0], FOUR[1], FOUR[3]))
    assert message_words(found, ward("Z"), "vi")[0].startswith("Phường Z chưa có số liệu thu NSNN so kế hoạch năm 2024")
    view = strip_view(found, ward("Z"), "vi")
    assert not view.frame["own"].any() and "Phường Z chưa có số liệu" in view.notes[0]


def test_without_two_of_a_kind_there_is_no_strip_and_the_message_says_why(indicators):
    """What is known is shown apart, by group."""
    alone = Group(replace(FIRM, period="h1"), (OWN,))
    found = compared(indicators, (), (alone, Group(LOOSE, (peer("B", 112),), ("basis", "scope"))))
    assert strip_view(found, OWN.unit, "vi") is None
    title, _ = message_words(found, OWN.unit, "vi")
    assert title == "Phường A 6 tháng đầu năm 2024: thu NSNN so kế hoạch 101%, chưa nơi nào có số cùng loại"
    apart = apart_view(found, OWN.unit, "vi")
    assert apart.title == "Không xếp hạng: 2 phường, xã có số khác loại"
    assert [group["heading"] for group in apart.detail["groups"]] == [
        "6 tháng đầu năm, thực hiện, so với kế hoạch cấp trên giao · n\u00a0=\u00a01",
        "Cả năm, thực hiện, kế hoạch không nêu bên giao, không nêu phạm vi thu · n\u00a0=\u00a01",
    ]
    assert apart_view(compared(indicators), OWN.unit, "vi") is None


def test_groups_apart_are_never_in_the_order_of_their_values(indicators):
    """By name within each; of three or more the middle is named, no ward has a place."""
    group = Group(LOOSE, (peer("D", 150), peer("C", 120), peer("B", 160)), ("basis", "scope"))
    view = apart_view(compared(indicators, apart=(group,)), OWN.unit, "vi")
    assert list(view.frame["name"]) == ["Phường B", "Phường C", "Phường D"]
    assert view.detail["groups"][0]["heading"].endswith("n\u00a0=\u00a03 · trung vị 150%")
    assert "Thứ" not in view.table.header and view.table.raw["place"].isna().all()
    assert any("không nêu kế hoạch do ai giao" in note for note in view.notes)


def test_the_strip_says_n_the_middle_the_span_and_the_days_of_publication(indicators):
    """Places stand in the table; the axis' start is said because it is not 0."""
    days = [date(2025, 1, 8), date(2024, 12, 8), None, date(2024, 12, 30)]
    peers = tuple(replace(one, published=day) for one, day in zip(FOUR, days, strict=True))
    view = strip_view(compared(indicators, peers), OWN.unit, "vi")
    assert view.title == "4 phường, xã từ 90% đến 112%, trung vị 102,8%"
    assert "n\u00a0=\u00a04" in view.subtitle and "trục bắt đầu từ" in view.subtitle
    assert view.detail["groups"][0]["median"] == 102.75 and view.detail["plan"]
    assert view.source == "Báo cáo · công bố từ 8/12/2024 đến 8/1/2025, 1 nơi không ghi ngày"
    assert [row[2] for row in view.table.rows] == ["1", "2", "3", "4"]
    assert view.table.refs[2][3] == str(OWN.ref) == view.frame["ref"][2]
    assert view.alt.count(". ") <= 1 and "Phường A tô đậm" in view.alt


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("doubts", [(), ("basis", "scope")])
def test_titles_are_short_and_have_a_number(indicators, lang, doubts):
    """Of two wards with long names too."""
    long = [peer(code, value, unit=replace(ward(code), name=f"Phường Thị trấn Rất Dài Tên {code}"))
            for code, value in (("A", 1234.5), ("B", 99.9))]  # fmt: skip
    for peers in (FOUR, tuple(long)):
        title = strip_view(compared(indicators, peers, doubts=doubts), OWN.unit, lang).title
        assert len(title) <= 90 and any(sign.isdigit() for sign in title)


@pytest.mark.parametrize(
    ("value", "printed"), [("99.96", "99,96%"), ("100", "100%"), ("129.53", "129,5%"), ("0.08", "0,08%")]
)
def test_a_number_is_never_rounded_over_its_plan(indicators, value, printed):
    """Whole percentages stand without a decimal, small ones with two."""
    assert value_words(indicators[ATTAINED], Decimal(value), "vi") == printed


def test_an_outlier_is_cut_and_never_flattens_the_others(indicators):
    """608 % is printed; the axis ends near the others."""
    peers = (peer("F", 608), peer("E", 130), *FOUR)
    view = strip_view(compared(indicators, peers), OWN.unit, "vi")
    assert 130 < view.detail["cut"] < 200 and view.detail["high"] < 200
    assert view.frame["printed"][0] == "608%" and ("cut", "Xa ngoài thang: số in bên cạnh") in view.detail["keys"]


def test_last_year_stands_beside_where_it_is_known(indicators):
    """The change is printed in điểm %; the table has both years."""
    peers = (FOUR[0], replace(FOUR[1], before=Decimal("106"), before_ref=OWN.ref._replace(year=2023)), OWN)
    view = strip_view(compared(indicators, peers), OWN.unit, "vi")
    assert list(view.frame["change"]) == ["", "−1,5 điểm %", ""] and view.detail["before"] == "So với 2023"
    assert "Năm 2023" in view.table.header and view.table.rows[0][4:6] == ("–", "–")


def test_a_new_boundary_and_new_rules_are_said_to_leave_last_year_out(indicators):
    """With the day, or the catalogue's reason."""
    young = tuple(replace(one, unit=ward(one.unit.code, since=date(2025, 7, 1))) for one in FOUR)
    notes = strip_view(compared(indicators, young, year=2025), young[2].unit, "vi").notes
    assert any("4 nơi chưa có chiều hướng so với 2024" in note and "1/7/2025" in note for note in notes)
    poor = compared(indicators, FOUR, indicator="poor_household_rate", kind=replace(FIRM, basis=""), year=2022)
    assert any(note.startswith("Không vẽ năm 2021") for note in strip_view(poor, OWN.unit, "vi").notes)


def test_the_province_is_named_only_where_there_are_several(indicators):
    """Without its kind."""
    assert set(strip_view(compared(indicators), OWN.unit, "vi").frame["where"]) == {""}
    far = (*FOUR, peer("E", 80, unit=ward("E", "Tỉnh Phú Thọ")))
    assert list(strip_view(compared(indicators, far), OWN.unit, "vi").frame["where"])[-2:] == ["Hà Nội", "Phú Thọ"]


def test_amounts_share_one_unit_and_are_not_ranked(indicators):
    """Money in the scale of the middle ward; sizes are no merit."""
    money = tuple(peer(code, value, own=code == "A", indicator="budget_revenue")
                  for code, value in (("B", 1332500000000), ("C", 321000000000), ("A", 36100000000)))  # fmt: skip
    found = compared(indicators, money, kind=replace(FIRM, basis=""), doubts=("size",), indicator="budget_revenue")
    view = strip_view(found, OWN.unit, "vi")
    assert "tỷ đồng" in view.subtitle and view.title.startswith("Không xếp hạng") and not view.detail["plan"]
    assert message_words(found, OWN.unit, "vi")[1] == "Không xếp hạng: số tuyệt đối lớn nhỏ theo quy mô phường, xã."
