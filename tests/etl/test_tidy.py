"""Each key once, with its unit; doubts become questions."""

from datetime import date
from decimal import Decimal

from core.figures import Award, Figure, Origin, UnitKey
from etl.find import Found, GroupName
from etl.tidy import tidy

KHUONG_THUONG = UnitKey("00238", date(1900, 1, 1))


def figure(value=5, year=2020, indicator="poor_households", place="Thu!C3", rule="table.wide", **more):
    return Figure(indicator, year, Decimal(value), origin=Origin(place, rule), **more)


def found(*figures, name="Phường Khương Thượng", **more):
    return Found(unit_name=name, year=2020, figures=list(figures), **more)


def codes(result):
    return [question.code for question in result.questions]


def test_a_report_that_names_no_unit_is_asked_about(catalogue):
    """Its figures stay without one."""
    result = tidy(found(figure(), name=""), catalogue)
    assert (codes(result), result.figures[0].unit) == (["etl.question_unit_missing"], None)


def test_a_name_no_unit_bears_in_that_year_is_asked_about(catalogue):
    """Kim Liên's later name or a slip of the pen."""
    assert codes(tidy(found(figure(), name="Phường Không Có"), catalogue)) == ["etl.question_unit_unknown"]


def test_a_name_borne_by_several_units_is_asked_about_unless_the_report_says_where(catalogue):
    """Trung Văn may be guessed by nobody; the district in the text decides."""
    several = tidy(found(figure(), name="Phường Quang Trung"), catalogue)
    assert codes(several) == ["etl.question_unit"]
    assert several.figures[0].unit is None
    told = tidy(found(figure(), name="Phường Quang Trung"), catalogue, "UBND phường Quang Trung, quận Đống Đa, Hà Nội")
    assert codes(told) == []
    assert catalogue.unit(told.figures[0].unit).district == "Quận Đống Đa"


def test_a_name_spelt_with_its_accents_is_no_other_name_of_the_same_letters(catalogue):
    """Thuận Hóa of 2025 is not Thuận Hòa, which ended in that year; without accents either may be meant."""
    (told,) = tidy(found(figure(year=2025), name="PHƯỜNG THUẬN HOÁ"), catalogue).figures
    assert catalogue.unit(told.unit).name == "Phường Thuận Hóa"
    assert codes(tidy(found(figure(year=2025), name="Phuong Thuan Hoa"), catalogue)) == ["etl.question_unit"]


def test_two_values_for_one_key_are_asked_about_and_neither_is_kept(catalogue):
    """The candidates say where each stood."""
    result = tidy(found(figure(5), figure(6, place="Thu!D3")), catalogue)
    assert result.figures == []
    (question,) = result.questions
    assert [candidate.value for candidate in question.candidates] == [5, 6]
    assert "Thu!C3, Thu!D3" in question.params["where"]


def test_a_figure_of_a_hidden_row_is_asked_about_unless_it_also_stands_in_sight(catalogue):
    """People who check the sheet do not see hidden rows."""
    hidden = figure(7, place="Thu!C9", flags=("hidden",))
    alone = tidy(found(hidden), catalogue)
    assert (codes(alone), alone.figures) == (["etl.question_hidden"], [])
    beside = tidy(found(hidden, figure(5)), catalogue)
    assert (codes(beside), [f.value for f in beside.figures]) == ([], [5])


def test_a_value_said_twice_is_one_figure_with_the_denominator_that_one_of_them_has(catalogue):
    """Text and annex of one report."""
    result = tidy(
        found(figure(13, indicator="cultural_groups"), figure(13, indicator="cultural_groups", of=Decimal(18))),
        catalogue,
    )
    assert [(f.value, f.of) for f in result.figures] == [(13, 18)]


def test_an_amount_rounded_in_the_text_and_full_in_the_table_is_one_figure(catalogue):
    """8,25 tỷ is 8.254,817 triệu; a count is never taken for rounded."""
    amount = tidy(
        found(figure("8250000000", indicator="budget_revenue"), figure("8254817000", indicator="budget_revenue")),
        catalogue,
    )
    assert [f.value for f in amount.figures] == [8254817000]
    assert codes(tidy(found(figure(10), figure(13)), catalogue)) == ["etl.question_two_values"]


def test_each_figure_goes_to_the_unit_of_its_year(catalogue):
    """Phường Mẫu before and after July 2025 are two units."""
    result = tidy(Found(unit_name="Phường Mẫu", figures=[figure(year=2024), figure(year=2025)]), catalogue)
    assert [f.unit.code for f in result.figures] == ["MAU01", "MAU03"]
    assert result.unit is None


def test_a_unit_chosen_by_a_person_wins_and_reaches_into_the_years_of_its_namesake(catalogue):
    """--unit MAU03 with a table that goes back before the merger."""
    chosen = Found(unit=UnitKey("MAU03", date(2025, 7, 1)), figures=[figure(year=2024), figure(year=2025)])
    assert [f.unit.code for f in tidy(chosen, catalogue).figures] == ["MAU01", "MAU03"]


def test_groups_come_with_the_unit_of_their_figures(catalogue):
    """Named as the report names them."""
    title = figure(1, indicator="cultural_group_title", member="to-dan-pho-1")
    (group,) = tidy(found(title, groups=[GroupName("Tổ dân phố số 1")]), catalogue).groups
    assert (group.id, group.unit, group.name) == ("to-dan-pho-1", KHUONG_THUONG, "Tổ dân phố số 1")


def test_rows_of_one_award_are_added_up(catalogue):
    """A decision may list one honour on two rows."""
    award = Award(2020, "gk_phuong", "ward", "collective", 3)
    (both,) = tidy(found(awards=[award, award]), catalogue).awards
    assert (both.count, both.unit) == (6, KHUONG_THUONG)


def test_part_of_a_year_goes_to_the_unit_that_existed_at_its_end(catalogue):
    """The first half of 2025 is the old ward's, the year as a whole the new one's."""
    parts = [figure(year=2025, period="h1"), figure(year=2025, period="9m"), figure(year=2025)]
    result = tidy(Found(unit_name="Phường Mẫu", figures=parts), catalogue)
    assert [f.unit.code for f in result.figures] == ["MAU01", "MAU03", "MAU03"]
