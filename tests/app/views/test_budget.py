"""The budget: two revenues that never meet, spending with its own sense, kinds of plan, what a year is made of."""

import math

import pytest

from app.views.budget import OWN, SPENDING, TERRITORY, message_words, mix_view, money_view, plans_view
from core.yearbook import Yearbook

PLANS = {2011: 18.2, 2012: 21.0, 2013: 21.5, 2015: 26.0}
DONE = {2011: 19.1, 2012: 19.4, 2013: 22.6, 2015: 28.9}


@pytest.fixture
def book(catalogue, frame_of, old_ward, new_ward):
    """A maker of a yearbook of the ward's two units."""
    return lambda rows: Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


@pytest.fixture
def run(tidy_row):
    """A maker of some years' plan and actual of one series, in tỷ đồng."""

    def make(indicator, plans=PLANS, done=DONE, **more):
        rows = [tidy_row(indicator, year, value * 1e9, **more) for year, value in done.items()]
        planned = more | {"scenario": "plan", "basis": "assigned"}
        return rows + [tidy_row(indicator, year, value * 1e9, **planned) for year, value in plans.items()]

    return make


def test_a_ward_without_budget_figures_has_no_message_and_no_chart(book, tidy_row, old_ward):
    """The screen says so instead."""
    here = book([tidy_row("cultural_groups", 2020, 13, of=18)])
    assert message_words(here, 2020, "vi") == ("", "")
    assert money_view(here, old_ward, TERRITORY, 2020, "vi") is None
    assert mix_view(here, old_ward, "revenue", 2020, "vi") is None
    assert plans_view(here, old_ward, TERRITORY, 2020, "vi") is None


def test_revenue_names_its_best_and_its_worst_year(book, run, old_ward):
    """The title is the finding; the subtitle has unit, place and period."""
    view = money_view(book(run(TERRITORY)), old_ward, TERRITORY, 2013, "vi")
    assert view.title == "Thu NSNN trên địa bàn: 2015 vượt cao nhất (111,2%), 2012 hụt nhiều nhất (92,4%)"
    assert view.subtitle == "Thu ngân sách nhà nước trên địa bàn, tỷ đồng, Phường Mẫu, 2011–2015"
    assert view.kind == "plan_actual"


def test_a_missing_year_keeps_its_slot_with_words(book, run, old_ward):
    """Never a column of height 0."""
    view = money_view(book(run(TERRITORY)), old_ward, TERRITORY, 2013, "vi")
    missing = view.frame[view.frame["label"] == "2014"].iloc[0]
    assert missing["words"] == "chưa có<br>số liệu"
    assert math.isnan(missing["actual"])
    assert view.table.rows[3][3] == "–"


def test_spending_above_its_plan_is_the_miss(book, run, old_ward):
    """The year over plan is named; no year "exceeds"."""
    done = {2011: 18.0, 2012: 21.5, 2013: 21.0, 2015: 25.0}
    view = money_view(book(run(SPENDING, done=done)), old_ward, SPENDING, 2013, "vi")
    assert view.title == "Chi ngân sách: trong dự toán 3/4 năm; vượt dự toán năm 2012"
    assert list(view.frame["state"].dropna()) == ["reached", "missed", "reached", "no_data", "reached"]
    assert view.detail["spending"]


def test_the_two_revenues_have_a_view_each(book, run, old_ward):
    """Neither holds a value of the other."""
    own = {year: value / 3 for year, value in DONE.items()}
    here = book(run(TERRITORY) + run(OWN, done=own))
    territory, mine = (money_view(here, old_ward, name, 2013, "vi") for name in (TERRITORY, OWN))
    assert set(territory.frame["actual"].dropna()).isdisjoint(mine.frame["actual"].dropna())
    assert territory.id != mine.id


def test_only_printed_percentages_become_bullets_a_year_a_row(book, tidy_row, old_ward):
    """Khương Thượng: 101 %, and that the plan's giver is unstated stands under it."""
    here = book([tidy_row("budget_revenue_attainment", 2020, 101, basis="unstated")])
    view = money_view(here, old_ward, TERRITORY, 2020, "vi")
    assert (view.kind, list(view.frame["printed"])) == ("bullets", ["101%"])
    assert view.notes[0] == "Theo báo cáo, kế hoạch không nêu bên giao."
    title, lead = message_words(here, 2020, "vi")
    assert title == "Thu NSNN trên địa bàn năm 2020 đạt 101% dự toán"
    assert lead == "Báo cáo chỉ nêu tỷ lệ, không nêu số tiền và dự toán."


def test_an_estimate_is_marked_and_noted(book, run, tidy_row, old_ward):
    """Hatched in the chart, named in the table, explained in a note."""
    rows = [*run(TERRITORY), tidy_row(TERRITORY, 2016, 30e9, scenario="estimate")]
    view = money_view(book(rows), old_ward, TERRITORY, 2016, "vi")
    assert list(view.frame["estimate"])[-1]
    assert view.table.rows[-1][4] == "Ước thực hiện"
    assert any("ước thực hiện" in note for note in view.notes)
    assert ("hatched", "Ước thực hiện") in view.detail["keys"]


def test_an_outlier_is_cut_and_printed(book, run, old_ward):
    """608 % of a plan flattens nothing."""
    done = DONE | {2016: 300.0}
    view = money_view(book(run(TERRITORY, done=done, plans=PLANS | {2016: 49.3})), old_ward, TERRITORY, 2016, "vi")
    assert view.detail["cut"] < 100
    assert list(view.frame["foot"])[-1] == "300"
    assert list(view.frame["attained"])[-1] == "608,5%"


def test_the_halves_of_the_merger_stand_beyond_an_empty_slot(book, run, tidy_row, old_ward, new_ward):
    """Grey, parted, explained; they count for no year that met its plan."""
    rows = run(TERRITORY)
    for unit, period in ((old_ward, "h1"), (new_ward, "h2")):
        rows.append(tidy_row(TERRITORY, 2025, 30e9, unit=unit, period=period))
        rows.append(tidy_row(TERRITORY, 2025, 29e9, unit=unit, period=period, scenario="plan", basis="assigned"))
    here = book(rows)
    view = money_view(here, old_ward, TERRITORY, 2025, "vi")
    assert view.detail["slots"][-3:] == ["", "2025<br>nửa<br>đầu", "2025<br>nửa<br>cuối"]
    assert list(view.frame["split"])[-2:] == [True, True]
    assert "Từ 1/7/2025" in view.notes[0]
    assert message_words(here, 2025, "vi")[0].startswith("Thu NSNN trên địa bàn đạt dự toán 3/4 năm")


def test_kinds_of_plan_stay_apart(book, tidy_row, old_ward):
    """An adjusted plan never replaces the first; a plan repeated without a giver is no further kind."""
    rows = [tidy_row(TERRITORY, 2020, 49.09e9, scenario="final")]
    given = {"assigned": 48.6, "council": 50.0, "adjusted": 48.0, "unstated": 48.6}
    rows += [tidy_row(TERRITORY, 2020, value * 1e9, scenario="plan", basis=basis) for basis, value in given.items()]
    view = plans_view(book(rows), old_ward, TERRITORY, 2020, "vi")
    assert view.title == "Năm 2020: thực hiện đạt 2/3 mức dự toán đã giao"
    assert list(view.frame["printed"]) == ["48,6 (đạt 101,0%)", "50,0 (đạt 98,2%)", "48,0 (đạt 102,3%)", "49,1"]


def test_one_kind_of_plan_needs_no_comparison(book, run, old_ward):
    """Nothing is drawn for want of a second."""
    assert plans_view(book(run(TERRITORY)), old_ward, TERRITORY, 2013, "vi") is None


def test_a_year_is_made_of_ordered_lines_and_each_đồng_is_drawn_once(book, tidy_row, old_ward):
    """A line whose parts are known is shown by its parts; a total that differs from the lines is noted."""
    amounts = {"r100": 8, "rshared": 14, "rtopup": 16, "rtopup_balance": 10, "rtopup_target": 6}
    rows = [
        tidy_row("budget_revenue_line", 2020, value * 1e9, member=line, scenario="final")
        for line, value in amounts.items()
    ]
    rows.append(tidy_row(OWN, 2020, 40e9, scenario="final"))
    view = mix_view(book(rows), old_ward, "revenue", 2020, "vi")
    assert list(view.frame["value"]) == [14, 10, 8, 6]
    assert view.notes == ("Các khoản cộng lại là 38 tỷ đồng, tổng số báo cáo ghi là 40 tỷ đồng; giữ cả hai.",)


def test_two_lines_of_many_are_no_mix(book, tidy_row, old_ward):
    """Of 148 billion 71 are known by line: that one of them is 86 % of the year, or its largest, nobody can say."""
    amounts = {"r100": 9.9e9, "rshared": 61e9}
    rows = [tidy_row("budget_revenue_line", 2020, value, member=line) for line, value in amounts.items()]
    assert mix_view(book(rows), old_ward, "revenue", 2020, "vi") is not None
    rows.append(tidy_row(OWN, 2020, 148e9, scenario="estimate"))
    assert mix_view(book(rows), old_ward, "revenue", 2020, "vi") is None


def test_a_year_without_lines_or_kinds_of_plan_shows_the_last_before_it_that_has_them(book, tidy_row, old_ward):
    """The title has that year and a note says so; a later year is never shown for an earlier one."""
    rows = [tidy_row(TERRITORY, year, 50e9) for year in (2018, 2019, 2020, 2021)]
    for year in (2018, 2020):
        rows += [tidy_row(TERRITORY, year, 48e9, scenario="plan", basis=basis) for basis in ("assigned", "council")]
        rows += [tidy_row("budget_revenue_line", year, 9e9, member=line) for line in ("r100", "rshared")]
    here = book(rows)
    for chosen, shown in ((2021, 2020), (2020, 2020), (2019, 2018)):
        plans = plans_view(here, old_ward, TERRITORY, chosen, "vi")
        mix = mix_view(here, old_ward, "revenue", chosen, "vi")
        assert f"{shown}" in plans.title and f"năm {shown}" in mix.title
        said = [note for note in (*plans.notes, *mix.notes) if "năm gần nhất có" in note]
        assert len(said) == (0 if chosen == shown else 2)
    assert plans_view(here, old_ward, TERRITORY, 2017, "vi") is mix_view(here, old_ward, "revenue", 2017, "vi") is None


def test_an_outlier_does_not_flatten_the_other_years(book, tidy_row, old_ward):
    """608 % of the plan: its column is cut and its number printed; the axis serves the others."""
    rows = [tidy_row(TERRITORY, year, 10e9 + year * 1e6) for year in range(2015, 2020)]
    rows += [tidy_row(TERRITORY, year, 10e9, scenario="plan", basis="assigned") for year in range(2015, 2021)]
    rows.append(tidy_row(TERRITORY, 2020, 60.8e9))
    view = money_view(book(rows), old_ward, TERRITORY, 2020, "vi")
    assert view.detail["cut"] < 30
    last = view.frame.iloc[-1]
    assert (last["actual"], last["attained"]) == (60.8, "608,0%")


def test_a_printed_percentage_of_608_is_printed_whole_beside_a_cut_bar(book, tidy_row, old_ward):
    """Xã Ứng Hòa 2025: no amount, no plan, and the highest attainment we have."""
    rows = [
        tidy_row("budget_revenue_attainment", year, value, basis="unstated")
        for year, value in ((2019, 101), (2020, 608))
    ]
    view = money_view(book(rows), old_ward, TERRITORY, 2020, "vi")
    assert (view.kind, list(view.frame["printed"])) == ("bullets", ["608%", "101%"])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("indicator", [TERRITORY, OWN, SPENDING])
def test_titles_fit_two_lines_and_hold_a_number(book, run, old_ward, indicator, lang):
    """At most 90 characters in either language."""
    view = money_view(book(run(indicator)), old_ward, indicator, 2013, lang)
    assert len(view.title) <= 90
    assert any(sign.isdigit() for sign in view.title)
    assert view.alt.count(". ") <= 1
