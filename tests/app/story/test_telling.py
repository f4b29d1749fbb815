"""Telling a freeze: a good default for any ward and year, the presenter's own words, no number typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.story.frozen import find_freeze, open_freeze
from app.story.scenes import SCENES, SPAN, Look, every_scene, maker_of
from app.story.telling import deck_of, default_scenes, own_words_faults
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.figures import UnitKey
from core.store.freezes import make_freeze
from core.store.stories import Scene, Story
from tests.app.decks import CONFERENCES, deck, frozen, store

LANGS = ("vi", "en")


def story(*scenes, lang="vi") -> Story:
    """A story of the ward with everything."""
    unit, year = CONFERENCES["full"]
    return Story(unit, year, "Bài của tôi", lang, scenes)


@pytest.mark.parametrize("said", ["Thu đạt 77,7 tỷ đồng", "Đạt 113% kế hoạch", "5 tổ mất danh hiệu hết 999 hộ"])
def test_a_number_that_the_slide_does_not_say_is_refused_by_its_words(said):
    """It is named, with the slide it was written for."""
    with pytest.raises(FaultError) as refused:
        deck_of(frozen("full"), "vi", story(Scene("budget_revenue", sentence=said)))
    assert {fault.code for fault in refused.value.faults} == {"notes.stray_number"}
    assert refused.value.faults[0].where


def test_the_number_in_a_groups_name_is_no_figure_of_the_slide():
    """ "TDP 16" let "16/18 tổ đạt" stand over a chart of 13/18."""
    names = deck("full", "vi").slides
    groups = next(slide for slide in names if slide.id == "groups")
    assert any("16" in row[0] for row in groups.view.table.rows)
    with pytest.raises(FaultError):
        deck_of(frozen("full"), "vi", story(Scene("groups", title="Có 16/18 tổ đạt, vượt 16 tổ")))
    deck_of(frozen("full"), "vi", story(Scene("groups", title="Có 13/18 tổ đạt")))


def test_the_presenters_words_stand_in_place_of_the_programs():
    """With numbers the slide knows, years and days; what is left empty stays generated."""
    own = Scene("budget_revenue", title="Thu 2020 đạt 101,0% dự toán", notes="Cảm ơn chi cục thuế")
    (slide,) = deck_of(frozen("full"), "vi", story(own)).slides
    generated = next(each for each in deck("full", "vi").slides if each.id == "budget_revenue")
    assert (slide.title, slide.notes) == (own.title, own.notes)
    assert slide.sentence == generated.sentence and slide.view.table.rows == generated.view.table.rows


def test_a_scene_there_is_not_or_that_has_nothing_to_show_is_left_out():
    """A story arranged for another year does not fail in the hall."""
    told = deck_of(frozen("one report"), "vi", replace(story(Scene("no_such"), Scene("awards"), Scene("groups"))))
    assert [slide.id for slide in told.slides] == ["groups"]


def test_a_list_that_leaves_a_target_out_says_how_many_it_draws():
    """The title said 8 of 11 over ten bars."""
    targets = deck("full", "vi").slides[0]
    assert len(targets.view.frame) == 10 and "8/11" in targets.title
    assert targets.sentence.endswith("Hình vẽ 10 trong 11 chỉ tiêu.")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_default_tells_each_message_once_and_leaves_none_without_words(name, lang):
    """For a ward with everything, one that was just merged and one with a single report."""
    made = deck(name, lang)
    ids = [slide.id for slide in made.slides]
    assert ids[0] == "targets" and len(set(ids)) == len(ids) and made.lang == lang
    assert all(slide.title and (slide.view or slide.points) for slide in made.slides)
    assert len({"budget_revenue", "budget_revenue_own"} & set(ids)) <= 1
    assert not [slide for slide in made.slides if slide.view and slide.view.lang != lang]


def test_the_full_default_has_what_a_conference_asks_for():
    """Targets, money, mix, groups, families, awards, further indicators, shortfalls, the year to come."""
    ids = [slide.id for slide in deck("full", "vi").slides]
    wanted = ["targets", "budget_revenue", "budget_expenditure", "revenue_mix", "groups", "cultural_families", "awards",
              "shortfalls", "next_year"]  # fmt: skip
    assert [id for id in ids if id in wanted] == wanted
    assert 3 <= sum(id.startswith("indicator-") for id in ids) <= 4


def test_charts_of_a_hall_show_the_last_five_years_and_none_after_the_conferences():
    """2016 to 2020, though the ward has later figures."""
    for slide in deck("full", "vi").slides:
        slots = slide.view.detail.get("slots", ()) if slide.view else ()
        years = [int(word) for slot in slots for word in slot.replace("<br>", " ").split() if word.isdigit()]
        assert all(2020 - SPAN < year <= 2020 for year in years), slide.id


def test_every_scene_is_either_made_or_known_to_be_empty():
    """What can be chosen for a story makes a slide; every default is among it."""
    look = Look(frozen("full").context("vi"))
    can = every_scene(look)
    assert set(SCENES) & set(can) and all(maker_of(kind)(look) for kind in can)
    assert {scene.kind for scene in default_scenes(look)} <= set(can)


def test_the_results_are_those_of_the_year_with_exact_numbers_behind_them():
    """The budget's row as the store has it; a row for every family of the year."""
    rows = {row.name: row for row in deck("full", "vi").results}
    row = rows["Thu ngân sách nhà nước trên địa bàn"]
    assert (row.plan, row.value, row.percent, row.judged) == ("48600000000", "49086000000", "101,0%", "Vượt")
    assert not [row for row in rows.values() if not (row.planned or row.done or row.percent)]


def test_a_deck_says_whose_it_is_by_the_name_the_office_chose():
    """Other wards keep their own name."""
    assert deck("full", "vi").ward == "UBND phường Mẫu" and deck("one report", "vi").ward == "Phường Khương Thượng"


def test_a_freeze_is_found_by_the_beginning_of_its_hash():
    """As it stands in a footer; a mark of no freeze is named."""
    freeze = frozen("full").freeze
    assert find_freeze(store(), freeze.unit, freeze.hash[:10]).hash == freeze.hash
    with pytest.raises(FaultError) as refused:
        find_freeze(store(), freeze.unit, "zzz")
    assert refused.value.faults[0].code == "freeze.no_mark"


def test_own_words_may_name_days_and_years_freely():
    """They are no figures."""
    slide = deck("full", "vi").slides[0]
    assert own_words_faults(slide, Scene("targets", title="Hội nghị ngày 15/12/2020 của năm 2020"), "vi") == []


def test_money_and_rates_open_with_what_the_year_brought_against_its_plan():
    """Five years are the course under it; a miss is said in words, not by a minus."""
    told = {slide.id: slide for slide in deck("full", "vi").slides}
    assert told["budget_revenue"].title == "Thu NSNN trên địa bàn năm 2020 là 49,09 tỷ đồng, bằng 101,0% dự toán"
    assert told["budget_revenue"].sentence.startswith("Thu NSNN trên địa bàn: 5 năm đều đạt dự toán")
    assert told["indicator-poor_household_rate"].title == (
        "Tỷ lệ hộ nghèo năm 2020: 0,36%, thấp hơn kế hoạch 0,04 điểm %")  # fmt: skip
    assert told["shortfalls"].points == ("Tổ dân phố văn hóa: 13/18 tổ, kế hoạch 14 tổ; thiếu 1 tổ",)
    revenue = next(slide for slide in deck("one report", "vi").slides if slide.id == "budget_revenue")
    assert revenue.title.endswith("đạt 101% dự toán, theo báo cáo")
    assert not revenue.sentence.startswith(str(revenue.title).rpartition(",")[0]), "one year has no course to tell"


def test_next_years_plans_stand_beside_what_this_year_brought():
    """In a table, also in the list of slides; what this year has no figure of is no nought."""
    slide = deck("full", "vi").slides[-1]
    assert slide.view.table.header == ("Chỉ tiêu", "Thực hiện 2020", "Kế hoạch 2021")
    rows = {row[0]: row[1:] for row in slide.view.table.rows}
    assert rows["Thu NSNN trên địa bàn"] == ("49,09 tỷ đồng", "50 tỷ đồng")
    assert rows["Tỷ lệ hộ nghèo"] == ("0,36%", "0,30%")


REPORTED = (UnitKey("00602", date(2025, 7, 1)), 2025)  # a single year whose percent its report alone states


@pytest.mark.parametrize(("lang", "star"), [("vi", "dấu * là tỷ lệ theo báo cáo"), ("en", "* marks a percentage")])
def test_a_year_alone_is_told_once_and_its_star_is_explained_on_the_slide(lang, star):
    """The sentence said the title again, and what "159,6%*" means stood in the speaker's notes alone."""
    freeze = make_freeze(store(), load_catalogue(), *REPORTED, "Hội nghị", "an")
    slides = {slide.id: slide for slide in deck_of(open_freeze(store(), freeze), lang).slides}
    revenue = slides["budget_revenue"]
    assert revenue.sentence == revenue.view.subtitle and star in revenue.sentence
    starless = next(slide for slide in deck("full", lang).slides if slide.id == "budget_revenue")
    assert star not in starless.sentence
