"""Two years side by side: only what may be compared, and the reason for everything else."""

import pytest

from app.views.slope import earlier_year, nearest_pair, pair_of, slope_view, withheld_words, years_of
from core.figures import Ref
from core.yearbook import Yearbook

HEALTH, FAMILIES, POOR, GROUPS = (
    "health_insurance_rate", "cultural_families_rate", "poor_household_rate", "cultural_groups",
)  # fmt: skip
MONEY = "budget_revenue"


@pytest.fixture
def book_of(catalogue, frame_of, old_ward, new_ward):
    """A yearbook of the ward before and after its merger."""
    return lambda *rows: Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


@pytest.fixture
def money(tidy_row):
    """An amount with its plan."""

    def both(year, value, plan, *, basis="assigned", indicator=MONEY, **more):
        return (
            tidy_row(indicator, year, value, **more),
            tidy_row(indicator, year, plan, **(more | {"scenario": "plan", "basis": basis})),
        )

    return both


def drawn(pair):
    """What is drawn: indicator -> its panel and how far it moved."""
    return {line.indicator.id: (line.panel, round(float(line.change), 2)) for line in pair.lines}


def test_two_years_without_a_common_indicator_say_so(book_of, tidy_row):
    """Nothing is drawn; one year alone has no partner."""
    book = book_of(tidy_row(HEALTH, 2023, 90), tidy_row(FAMILIES, 2024, 91))
    pair = pair_of(book, 2023, 2024)
    assert pair.lines == () and nearest_pair(book, 2024) is None
    assert withheld_words(pair, "vi") == "Không chỉ tiêu chính nào có số liệu ở cả 2023 và 2024."
    alone = book_of(tidy_row(HEALTH, 2023, 90))
    assert (years_of(alone), earlier_year(alone, 2023)) == ([2023], None)


def test_amounts_are_told_in_percent_of_plan_and_rates_as_they_are(book_of, tidy_row, money, old_ward):
    """Counts of a whole too; where less is better the panel is another's."""
    book = book_of(
        *money(2023, 104, 100), *money(2024, 99, 100), tidy_row(HEALTH, 2023, 90), tidy_row(HEALTH, 2024, 92.5),
        tidy_row(GROUPS, 2023, 15, of=18), tidy_row(GROUPS, 2024, 18, of=18), tidy_row(POOR, 2023, 0.5),
        tidy_row(POOR, 2024, 0.3),
    )  # fmt: skip
    pair = pair_of(book, 2023, 2024)
    assert drawn(pair) == {
        MONEY: ("plan", -5), GROUPS: ("rate", 16.67), POOR: ("low_rate", -0.2), HEALTH: ("rate", 2.5),
    }  # fmt: skip
    assert {line.indicator.id: line.verdict for line in pair.lines} == {
        MONEY: "worse", GROUPS: "better", POOR: "better", HEALTH: "better",
    }  # fmt: skip
    view = slope_view(pair, old_ward, "vi")
    assert list(view.frame["name"][view.frame["bold"]]) == ["Thu NSNN trên địa bàn", "Tổ dân phố văn hóa"]
    printed = view.frame.set_index("panel")
    assert printed.loc["plan", "new_printed"] == "99,0%" and printed.loc["low_rate", "change"] == "−0,20 điểm %"
    assert "15/18 (83,3%)" in set(view.frame["old_printed"])


def test_more_spending_is_neither_better_nor_worse(book_of, money, old_ward):
    """It is drawn, unjudged, and a note says so."""
    spent = "budget_expenditure"
    book = book_of(*money(2023, 95, 100, indicator=spent), *money(2024, 99, 100, indicator=spent))
    pair = pair_of(book, 2023, 2024)
    assert [line.verdict for line in pair.lines] == [""]
    assert any(note.startswith("Chi ngân sách tăng hay giảm") for note in slope_view(pair, old_ward, "vi").notes)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ({"scenario": "estimate"}, {}, "estimate"),
        ({"basis": "adjusted"}, {"basis": "assigned"}, "basis"),
        ({"hedge": "about"}, {}, "percent"),
        ({"basis": "unstated"}, {}, "percent"),
    ],
)
def test_what_is_of_another_kind_is_left_out_with_the_reason(book_of, money, tidy_row, old_ward, old, new, reason):
    """Named in the notes of what is drawn; the sentence where nothing is."""
    mixed = [*money(2023, 104, 100, **old), *money(2024, 99, 100, **new)]
    pair = pair_of(book_of(*mixed), 2023, 2024)
    assert pair.lines == () and [(left.indicator.id, left.reason) for left in pair.left_out] == [(MONEY, reason)]
    also = pair_of(book_of(*mixed, tidy_row(HEALTH, 2023, 90), tidy_row(HEALTH, 2024, 91)), 2023, 2024)
    (note,) = slope_view(also, old_ward, "vi").notes
    assert note.startswith("Không vẽ Thu NSNN trên địa bàn")


def test_two_denominators_of_different_kinds_are_not_compared(book_of, tidy_row):
    """Of those registered, of all: another rate."""
    rows = [tidy_row(GROUPS, year, 15, of=18, of_kind=kind) for year, kind in ((2023, "total"), (2024, "registered"))]
    assert [left.reason for left in pair_of(book_of(*rows), 2023, 2024).left_out] == ["of"]


def test_nothing_is_drawn_across_the_merger_and_the_nearest_years_are_offered(book_of, tidy_row, new_ward):
    """With the day on which the boundary changed."""
    rows = [tidy_row(HEALTH, year, 90 + year - 2020) for year in (2021, 2023, 2024)]
    book = book_of(*rows, tidy_row(HEALTH, 2026, 99, unit=new_ward))
    pair = pair_of(book, 2024, 2026)
    assert slope_view(pair, new_ward, "vi") is None
    assert withheld_words(pair, "vi") == (
        "Không so 2024 với 2026: từ 1/7/2025 địa giới thay đổi, số liệu hai bên không so sánh được."
    )
    assert (earlier_year(book, 2026), nearest_pair(book, 2026)) == (2024, (2023, 2024))


def test_a_change_of_rules_leaves_its_indicator_out_and_says_why(book_of, tidy_row, old_ward):
    """The poverty standard of 2022: the year before is passed over by itself only where nothing else is common."""
    rows = [tidy_row(POOR, year, 1) for year in (2020, 2021, 2022)]
    book = book_of(*rows)
    assert "chuẩn nghèo" in withheld_words(pair_of(book, 2021, 2022), "vi").lower()
    assert (earlier_year(book, 2021), earlier_year(book, 2022)) == (2020, 2021)
    healthy = [tidy_row(HEALTH, year, 90) for year in (2021, 2022)]
    (note,) = slope_view(pair_of(book_of(*rows, *healthy), 2021, 2022), old_ward, "vi").notes
    assert note.startswith("Không vẽ Tỷ lệ hộ nghèo: ") and "chuẩn nghèo" in note


def test_the_last_year_that_can_be_compared_is_the_partner(book_of, money, tidy_row):
    """A nearer one of another kind is passed over."""
    rows = [*money(2022, 104, 100), *money(2023, 100, 100, scenario="estimate"), *money(2024, 99, 100)]
    assert earlier_year(book_of(*rows), 2024) == 2022


def test_every_number_leads_to_its_row_and_the_words_are_short(book_of, money, old_ward):
    """Marks and cells carry references; title, alt text and table speak in both languages."""
    pair = pair_of(book_of(*money(2023, 104, 100), *money(2024, 99, 100)), 2023, 2024)
    for lang in ("vi", "en"):
        view = slope_view(pair, old_ward, lang)
        assert len(view.title) <= 90 and "2024" in view.title and view.alt.count(". ") <= 1
        assert list(view.frame["ref"]) == [str(Ref(old_ward.key, 2024, MONEY))]
        assert view.table.refs[0][2:4] == (str(Ref(old_ward.key, 2023, MONEY)), str(Ref(old_ward.key, 2024, MONEY)))
    assert slope_view(pair, old_ward, "vi").table.rows[0][4] == "−5,0 điểm %"


def test_ten_lines_are_drawn_and_the_others_are_named(book_of, money, tidy_row, catalogue, old_ward):
    """In the order of the overview."""
    rows = []
    for row in catalogue.headline():
        for year, value in ((2023, 90), (2024, 91)):
            if row.unit == "percent":
                rows.append(tidy_row(row.id, year, value))
            elif row.unit == "group":
                rows.append(tidy_row(row.id, year, value - 80, of=18))
            else:
                rows += money(year, value, 100, indicator=row.id)
    pair = pair_of(book_of(*rows), 2023, 2024)
    over = catalogue.headline()[10:]
    assert len(pair.lines) == 10 and over and pair.left_out == tuple((row, "many", None) for row in over)
    assert any(over[0].short("vi") in note for note in slope_view(pair, old_ward, "vi").notes)


def test_a_final_account_beside_an_actual_figure_is_noted(book_of, money, old_ward):
    """They are compared, because both are whole results, and the note says which is which."""
    pair = pair_of(book_of(*money(2023, 104, 100, scenario="final"), *money(2024, 99, 100)), 2023, 2024)
    assert any("quyết toán" in note for note in slope_view(pair, old_ward, "vi").notes)
