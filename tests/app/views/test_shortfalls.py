"""What is said of missed plans: beside its charts, under the gaps, and late where a promise was not kept."""

from dataclasses import replace
from datetime import date

import pytest

from app.views.columns import columns_view
from app.views.events import with_notes
from app.views.overview import overview
from app.views.shortfalls import as_notes, gap_notes, missed_words, promised_words, promises_table
from core.approval import PlansOfYear
from core.missed import missed_plans
from core.store.shortfalls import Shortfall
from core.yearbook import Yearbook

REVENUE, GROUPS, INSURED = "budget_revenue", "cultural_groups", "health_insurance_rate"
TODAY = date(2026, 11, 22)


@pytest.fixture
def book(catalogue, frame_of, old_ward, new_ward, tidy_row):
    """A maker of a yearbook: (indicator, year, value, plan) each."""

    def make(*given):
        rows = []
        for indicator, year, value, plan in given:
            rows.append(tidy_row(indicator, year, value))
            rows.append(tidy_row(indicator, year, plan, scenario="plan", basis="assigned"))
        return Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))

    return make


@pytest.fixture
def said(old_ward):
    """A maker of shortfalls: said(indicator, year) -> Shortfall."""

    def make(indicator, year, **rest):
        return replace(
            Shortfall(old_ward.key, year, indicator, f"chợ đóng cửa {year}.", "mở lại chợ", "Kế toán phường",
                      date(year + 1, 6, 30), id=year * 10 + len(indicator)),
            **rest,
        )  # fmt: skip

    return make


def revenue_view(book, unit):
    """The columns of revenue over the years."""
    return columns_view(book.series(REVENUE), unit, 2020, "vi", id="x", title="t")


def test_what_is_said_stands_on_its_year_under_the_chart(book, said, catalogue, old_ward):
    """Numbered and marked like a note; who answers and by when only for those who may know."""
    view = revenue_view(book((REVENUE, 2019, 90, 100), (REVENUE, 2020, 80, 100)), old_ward)
    found = (said(REVENUE, 2019), said(REVENUE, 2020), said(GROUPS, 2020))
    shown = with_notes(view, as_notes(found, view, 2020, catalogue, person=True), "vi")
    assert shown.notes[:2] == (
        "2019: không đạt kế hoạch. Nguyên nhân: chợ đóng cửa 2019. Khắc phục: mở lại chợ. "
        "Chịu trách nhiệm: Kế toán phường, hạn 30/6/2020.",
        "2020: không đạt kế hoạch. Nguyên nhân: chợ đóng cửa 2020. Khắc phục: mở lại chợ. "
        "Chịu trách nhiệm: Kế toán phường, hạn 30/6/2021.",
    )
    assert [event.number for event in shown.events] == [1, 2] and len(shown.table.notes) == 2
    public = with_notes(view, as_notes(found, view, 2020, catalogue, person=False), "vi")
    assert "Kế toán" not in "".join((*public.notes, public.alt)) and "mở lại chợ" in public.notes[0]


def test_a_chart_says_three_at_most_those_nearest_the_chosen_year(said, catalogue, book, old_ward):
    """More would leave a slide no room for its chart."""
    view = revenue_view(book((REVENUE, 2015, 90, 100), (REVENUE, 2020, 80, 100)), old_ward)
    found = [said(REVENUE, year) for year in range(2015, 2021)]
    assert [note.year for note in as_notes(found, view, 2020, catalogue, person=True)] == [2020, 2019, 2018]
    assert [note.year for note in as_notes(found, view, 2016, catalogue, person=True)] == [2016, 2017, 2015]


def test_what_is_said_of_a_count_stands_on_the_chart_of_its_share(said, catalogue, book, old_ward):
    """A chart of several indicators names the one that is meant."""
    view = replace(revenue_view(book((REVENUE, 2020, 80, 100)), old_ward), indicators=(REVENUE, "cultural_groups_rate"))
    (note,) = as_notes([said(GROUPS, 2020)], view, 2020, catalogue, person=False)
    assert note.indicator == "cultural_groups_rate" and note.text.startswith("Tổ dân phố văn hóa không đạt kế hoạch.")


def test_long_explanations_leave_a_slide_room_for_its_chart(said, catalogue, book, old_ward):
    """The first always stands; those there is no room for are named under the gaps."""
    found = [said(name, 2020, cause="dài " * 50, remedy="dài " * 50) for name in (REVENUE, INSURED)]
    notes = gap_notes((INSURED, REVENUE), found, catalogue, "vi", person=True)
    assert len(notes) == 2 and notes[1] == "Cũng có giải trình: thu NSNN trên địa bàn."
    view = replace(revenue_view(book((REVENUE, 2020, 80, 100)), old_ward), indicators=(REVENUE, INSURED))
    assert len(as_notes(found, view, 2020, catalogue, person=True)) == 1
    assert gap_notes((), found, catalogue, "vi", person=True) == ()


MISSES = ((REVENUE, 2020, 80, 100), (INSURED, 2020, 60, 95), (GROUPS, 2020, 9, 18))


def test_the_gaps_tell_the_worst_first(book, said, old_ward):
    """Under the list of gaps, of the chosen year alone."""
    found = [said(GROUPS, 2020), said(REVENUE, 2020), said(REVENUE, 2019), said(INSURED, 2020)]
    shown = overview(book(*MISSES), old_ward, 2020, "vi", TODAY, found)
    assert [note.split(" không đạt")[0] for note in shown.bullets.notes[:3]] == [
        "Tổ dân phố văn hóa", "Bao phủ BHYT", "Thu NSNN trên địa bàn",
    ]  # fmt: skip
    assert "2019" not in "".join(shown.bullets.notes) and shown.explained == ()


def test_without_a_list_of_gaps_what_is_said_stands_by_itself(book, said, old_ward):
    """One judged indicator makes no list."""
    shown = overview(book(MISSES[0]), old_ward, 2020, "vi", TODAY, [said(REVENUE, 2020)])
    assert shown.bullets is None and shown.explained[0].startswith("Thu NSNN trên địa bàn không đạt kế hoạch.")


@pytest.mark.parametrize(
    ("due", "value", "is_late"),
    [
        (date(2020, 6, 30), 80, True),
        (date(2020, 6, 30), 100, False),  # met: the promise was kept
        (date(2021, 6, 30), 80, False),  # the year does not say yet
    ],
)
def test_a_promise_is_late_where_its_day_has_passed_and_the_plan_is_missed_again(
    book, said, old_ward, due, value, is_late
):
    """With who promised it, for the public with who owns the indicator."""
    here, found = book((REVENUE, 2020, value, 100)), [said(REVENUE, 2019, due=due)]
    late = overview(here, old_ward, 2020, "vi", TODAY, found, person=True).promises
    assert (late is not None) is is_late
    if late:
        (row,) = late.rows
        assert (row.owner, row.state, row.late) == ("Kế toán phường", "missed", True) and "30/6/2020" in row.due
        assert overview(here, old_ward, 2020, "vi", TODAY, found).promises.rows[0].owner != "Kế toán phường"


def test_the_review_screen_says_what_was_missed_and_what_last_year_promised(book, said, old_ward):
    """By how much, against which plan; the promise with this year's result."""
    here = book(*MISSES, ("conscripts", 2020, 10, 10))
    promised = (said(REVENUE, 2019), said("conscripts", 2019))
    plans = PlansOfYear(missed_plans(here, old_ward.key, 2020), {}, promised, here, old_ward.key, 2020)
    assert len(plans.lacking) == 3
    by_id = {plan.indicator.id: missed_words(plan, "vi") for plan in plans.missed}
    assert by_id[INSURED] == "60%, kế hoạch 95% (cấp trên giao): −35 điểm %."
    assert promised_words(plans, GROUPS, "vi") == ""
    assert promised_words(plans, REVENUE, "vi").endswith("hạn 30/6/2020. Kết quả năm 2020: Chưa đạt.")
    assert [row[-1] for row in promises_table(plans, here.catalogue, "vi").rows] == ["Chưa đạt", "Đạt"]
    assert promises_table(replace(plans, promised=()), here.catalogue, "vi") is None
