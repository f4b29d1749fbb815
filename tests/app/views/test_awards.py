"""Message, mix, register and silence of the awards screen; the ladder's words."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from app.views.award_counts import AwardBook
from app.views.awards import is_silent, message, mix_views, register_table, silence_notes
from app.views.ladder import ladder_views
from core.figures import Ref
from core.series import Reason
from tests.app.made import award_row


@pytest.fixture
def award():
    """A maker of one row of the register in tidy_awards."""
    return award_row


@pytest.fixture
def book(catalogue, old_ward, new_ward, frame_of, award):
    """Three years of a ward and one after its merger."""
    rows = [
        award(2022, "gk_phuong", "ward", 20), award(2023, "gk_phuong", "ward", 24),
        award(2023, "bk_tinh", "province", 4), award(2023, "gk_huyen", "district", 9),
        award(2023, "bk_thu_tuong", "central", 1, "individual"),
        award(2023, "ldtt", "ward", 18, "individual"), award(2024, "gk_phuong", "ward", 22),
        award(2025, "gk_phuong", "ward", 41, unit=new_ward),
    ]  # fmt: skip
    return AwardBook(catalogue, (old_ward.key, new_ward.key), frame_of(rows), (2021, 2025))


@pytest.fixture
def silent(catalogue, old_ward):
    """A ward without any award row or figure."""
    return AwardBook(catalogue, (old_ward.key,), pd.DataFrame(), (2020, 2020))


def test_a_report_without_counts_is_said_and_not_drawn(silent, old_ward):
    """No nought, no chart; certificates for groups are no award count."""
    title, _ = message(silent, 2020, old_ward, "vi")
    assert title == "Báo cáo năm 2020 nêu khen thưởng nhưng không nêu số lượng"
    assert is_silent(silent, 2020)
    assert ladder_views(silent, 2020, old_ward, "vi") == () and mix_views(silent, 2020, old_ward, "vi") == ()
    assert "13 tổ dân phố văn hóa năm 2020 là danh hiệu" in silence_notes("13", 2020, "vi")[0]
    assert silence_notes("", 2020, "vi") == ()


def test_of_a_ward_known_from_a_table_only_nothing_is_said_of_its_reports(silent, old_ward):
    """A published table of figures mentions no awards, so the screen may not say that it does."""
    assert message(silent, 2020, old_ward, "vi", reported=False)[0] == "Năm 2020 chưa có số liệu khen thưởng"


def test_the_message_counts_awards_and_not_people(book, old_ward):
    """By recipient, with those of the state."""
    title, lead = message(book, 2023, old_ward, "vi")
    assert title.replace("\xa0", " ") == "Năm 2023 có 56 lượt khen: 37 tập thể, 19 cá nhân; 1 lượt cấp Nhà nước"
    assert "không theo người" in lead and "người" not in title


def test_titles_of_the_ladder_find_the_most_the_change_and_the_break(book, old_ward):
    """More than last year, not compared across the law of 2024 and the merger, missing."""
    titles = {year: ladder_views(book, year, old_ward, "vi")[0].title for year in (2021, 2023, 2024, 2025)}
    assert titles == {
        2021: "Tập thể: năm 2021 chưa có số liệu",
        2023: "Tập thể: 37 lượt năm 2023, hơn năm 2022 17 lượt",
        2024: "Tập thể: 22 lượt năm 2024, theo luật mới",
        2025: "Tập thể: 41 lượt năm 2025, theo địa giới mới",
    }


def test_two_years_under_one_law_are_compared(catalogue, old_ward, award, frame_of):
    """Fewer than the year before, with how many."""
    rows = frame_of([award(2021, "gk_phuong", "ward", 30), award(2022, "gk_phuong", "ward", 21)])
    book = AwardBook(catalogue, (old_ward.key,), rows, (2021, 2022))
    assert ladder_views(book, 2022, old_ward, "vi")[0].title == "Tập thể: 21 lượt năm 2022, ít hơn năm 2021 9 lượt"
    assert "Ít hơn năm 2021 9 lượt." in message(book, 2022, old_ward, "vi")[1]


def test_a_new_law_is_no_more_and_no_less_and_is_named(book, old_ward):
    """24 awards under the old law and 22 under the new one are not held against each other."""
    lead = message(book, 2024, old_ward, "vi")[1]
    assert "06/2022/QH15" in lead and "không so với năm 2023" in lead and "Ít hơn" not in lead


def test_registers_that_cannot_be_put_together_are_said_not_drawn_as_none(catalogue, new_ward, award, frame_of):
    """On today's boundary a year without the register of one ward names that ward."""
    rows = frame_of([award(2025, "gk_phuong", "ward", 41, unit=new_ward)])
    why = Reason("missing", ("Phường Gương",))
    book = AwardBook(catalogue, (new_ward.key,), rows, (2024, 2025), merger=catalogue.places.merger(new_ward.key),
                     reasons={2024: why})  # fmt: skip
    title, lead = message(book, 2024, new_ward, "vi", reported=True)
    assert "không gộp được" in title and "Phường Gương" in lead
    notes = ladder_views(book, 2025, new_ward, "vi")[0].notes
    assert any("2024 (Phường Gương chưa có số liệu)" in note for note in notes)


def test_a_count_of_merged_registers_leads_to_the_old_wards(catalogue, new_ward, old_ward, award, frame_of):
    """The new ward has no rows of its own in that year."""
    rows = frame_of([award(2024, "gk_phuong", "ward", 41, unit=new_ward)])
    book = AwardBook(catalogue, (new_ward.key,), rows, (2024, 2025), merger=catalogue.places.merger(new_ward.key))
    frame = ladder_views(book, 2024, new_ward, "vi")[0].frame
    assert Ref.parse(frame.loc[frame["count"] == 41, "ref"].iloc[0]).unit == old_ward.key
    assert book.cell(book.at(2024), "district", "collective").state == "none"


def test_levels_stand_in_rank_order_and_the_panels_share_their_scale(book, old_ward):
    """The highest on top; the district with the month it ended."""
    collectives, individuals = ladder_views(book, 2023, old_ward, "vi")
    assert [label for label, _ in collectives.detail["levels"]] == [
        "Nhà nước, Chính phủ", "Tỉnh", "Quận<br>(đến 6/2025)", "Phường",
    ]  # fmt: skip
    assert collectives.detail["scale_counts"] == individuals.detail["scale_counts"]
    assert collectives.detail["totals"] == ["–", "20", "37", "22", "", "41"]
    assert collectives.detail["slots"] == ("2021", "2022", "2023", "2024", "", "2025")


def test_a_panel_that_stands_alone_refers_to_no_other(catalogue, old_ward, frame_of, award):
    """A ward with awards to individuals only has no chart of collectives to share a scale with."""
    rows = frame_of([award(2023, "ldtt", "ward", 18, "individual")])
    (alone,) = ladder_views(AwardBook(catalogue, (old_ward.key,), rows, (2023, 2023)), 2023, old_ward, "vi")
    assert "diện tích chấm là số lượt" in alone.subtitle and "cùng thang chấm" not in alone.subtitle


def test_the_law_of_2024_and_the_merger_are_marked(book, old_ward):
    """A mark before 2024, an empty slot before 2025, a note for each."""
    view = ladder_views(book, 2023, old_ward, "vi")[0]
    assert view.detail["laws"] == (3,)
    assert any("06/2022/QH15" in note for note in view.notes) and any("1/7/2025" in note for note in view.notes)


def test_the_mix_is_ordered_and_a_single_form_is_no_mix(book, old_ward):
    """The largest first; a year of one form has no chart."""
    collectives, individuals = mix_views(book, 2023, old_ward, "vi")
    assert list(collectives.frame["value"]) == [24, 9, 4]
    assert collectives.title == "24/37 lượt khen tập thể là giấy khen của phường, xã"
    assert collectives.detail["largest"] == individuals.detail["largest"] == 24
    assert mix_views(book, 2022, old_ward, "vi") == ()


def test_some_honours_of_a_larger_total_are_no_mix(catalogue, old_ward, frame_of, award):
    """A report told of 92 more: "24 of 37 awards" would not be true of the year."""
    rows = [
        award(2023, "gk_phuong", "ward", 24), award(2023, "bk_tinh", "province", 4),
        award(2023, "gk_huyen", "district", 9), award(2023, "", "ward", 92),
    ]  # fmt: skip
    book = AwardBook(catalogue, (old_ward.key,), frame_of(rows), (2023, 2023))
    assert mix_views(book, 2023, old_ward, "vi") == ()


def test_the_register_lists_decisions_with_the_highest_level_first(catalogue, old_ward):
    """Without cultural titles; a missing number is a dash."""
    rows = pd.DataFrame(
        [
            {"year": 2020, "honour": honour, "class": grade, "level": level, "giver": "", "recipient": "individual",
             "mode": "regular", "count": 3, "decision_no": number, "decision_date": day}
            for honour, grade, level, number, day in (
                ("gk_phuong", "", "ward", "", None), ("hc_lao_dong", "Ba", "central", "12/QĐ-CTN", date(2020, 9, 2)),
                ("tdp_van_hoa", "", "district", "9/QĐ", None),
            )
        ]
    )  # fmt: skip
    table = register_table(rows, catalogue, 2020, old_ward, "vi")
    assert [row[0] for row in table.rows] == ["Huân chương Lao động hạng Ba", "Giấy khen của phường, xã"]
    assert table.rows[0][5:7] == ("12/QĐ-CTN", "2/9/2020") and table.rows[1][5:7] == ("–", "–")
    assert register_table(rows, catalogue, 2019, old_ward, "vi") is None


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("year", [2021, 2023, 2025])
def test_every_view_keeps_the_rules(book, old_ward, lang, year):
    """A title with a number, at most 90 characters; at most two sentences of alternative text; a table."""
    for view in (*ladder_views(book, year, old_ward, lang), *mix_views(book, year, old_ward, lang)):
        assert len(view.title) <= 90 and any(letter.isdigit() for letter in view.title), view.title
        assert view.alt.count(". ") <= 1 and view.table.rows and view.source and view.is_sample
        assert all(len(row) == len(view.table.header) for row in view.table.rows)
