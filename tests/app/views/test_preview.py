"""What a preview promises is what storing then does; what would not change is not shown as a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.views.batches import batch_names, batches_table
from app.views.preview import change_tables, charts_changed, frame_with, groups_with, main_unit, word_columns
from core.catalogue import load_catalogue
from core.figures import Award, Figure, Origin, UnitKey
from core.store import (
    Changes,
    Group,
    batches,
    compare,
    flags,
    open_store,
    residential_groups,
    sources,
    store_batch,
    tidy,
    undo,
)
from core.yearbook import Yearbook
from tests.bundled import own_copy

WARD = UnitKey("MAU01", date(1900, 1, 1))
HERE = Origin("đoạn 3", "prose.name")


def figure(indicator, value, year=2020, **more) -> Figure:
    """A figure of the sample ward, as a report says it."""
    return Figure(indicator, year, Decimal(value), WARD, origin=HERE, quote=f"câu có {value}", **more)


NEW = {
    "a changed amount": [figure("budget_revenue", "51200000000")],
    "a changed plan": [figure("budget_revenue", "50000000000", scenario="plan", basis="assigned")],
    "a hedged amount, without attainment": [figure("budget_revenue", "51000000000", hedge="about")],
    "a changed share": [figure("cultural_groups", "16", of=Decimal(18), of_kind="total")],
    "a share whose whole is not said": [figure("cultural_groups", "16")],
    "a territory left unstated": [figure("budget_revenue", "51200000000", flags=("scope_unstated",))],
    "a year nobody has heard of": [figure("budget_revenue", "70000000000", year=2009)],
    "two at once": [figure("budget_revenue", "51200000000"),
                    figure("budget_revenue", "50000000000", scenario="plan", basis="council")],
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    """A store of its own with everything the program ships."""
    with open_store(own_copy(tmp_path)) as opened:
        yield opened


@pytest.fixture
def real():
    """The catalogue of the program."""
    return load_catalogue()


def rows(frame):
    """What a frame says, without which batch says it."""
    names = ["unit_code", "indicator", "member", "year", "period", "scenario", "basis", "method", "hedge"]
    return sorted(
        (*(str(row[name]) for name in names), round(row["value"], 9), "" if row["of"] != row["of"] else row["of"])
        for row in frame.to_dict("records")
    )


def newest(store):
    """The sample ward's newest figures of every period."""
    return tidy(store, "tidy_indicators", unit=WARD, period=None, approved=False)


@pytest.mark.parametrize("figures", NEW.values(), ids=NEW)
def test_the_frame_of_the_preview_is_the_frame_after_storing(store, real, figures):
    """Rates and attainments worked out of what changed included."""
    before, known = newest(store), sources(store, WARD, approved=False)
    promised = frame_with(before, figures, known, real, "bao-cao.docx")
    store_batch(store, figures=figures, report=None, who="Lan")
    assert rows(newest(store)) != rows(before)
    assert rows(promised) == rows(newest(store))


def test_without_anything_new_the_frame_stays_as_it_is(store, real):
    """The same one, not a copy of it."""
    before = newest(store)
    assert frame_with(before, [], sources(store, WARD, approved=False), real, "x") is before


def tables(store, real, figures, awards=(), lang="vi", remarks=None):
    """The tables of a preview over the store."""
    known = sources(store, WARD, approved=False)
    return change_tables(compare(store, figures, awards), known, remarks or {}, real, {}, lang)


def test_a_changed_figure_stands_with_the_old_value_and_whose_it_is(store, real):
    """By the name the other person gave."""
    store_batch(store, figures=[figure("budget_revenue", "50500000000")], report=None, who="Anh Ba")
    found = tables(store, real, [figure("budget_revenue", "51200000000")])
    assert list(found) == ["changed"]
    row = dict(zip(found["changed"].header, found["changed"].rows[0], strict=True))
    assert row["Đang có"] == "50,5 tỷ đồng" and row["Trong tệp"] == "51,2 tỷ đồng"
    assert row["Số đang có do ai nhập"].startswith("Anh Ba, ") and "câu có 51200000000" in row["Chỗ trong tệp"]


def test_new_and_unchanged_figures_and_awards_have_tables_of_their_own(store, real):
    """A kind without rows has none."""
    again = figure("budget_revenue", "51200000000")
    store_batch(store, figures=[again], report=None, who="Lan")
    award = Award(2024, "hc_lao_dong", "central", "collective", 2, WARD)
    found = tables(store, real, [again, replace(again, year=2009)], [award])
    assert "changed" not in found and len(found["same"].rows) == 1 and len(found["added"].rows) == 2


def test_a_rule_speaks_beside_the_figure_it_is_about(store, real):
    """There is no such column where no rule speaks."""
    new = [figure("budget_revenue", "51200000000")]
    said = tables(store, real, new, remarks={new[0].key: ["xem lại số này"]})["changed"]
    assert said.header[-1] == "Cần xem lại" and said.rows[0][-1] == "xem lại số này"
    elsewhere = {replace(new[0], year=2009).key: ["số khác"]}
    assert "Cần xem lại" not in tables(store, real, new, remarks=elsewhere)["changed"].header


def test_words_and_numbers_of_a_table_are_told_apart(store, real):
    """Years and values are numbers."""
    table = tables(store, real, [figure("budget_revenue", "51200000000")], lang="en")["changed"]
    assert [table.header[place] for place in range(len(table.header)) if place not in word_columns(table, "en")] == [
        "Year", "Now", "In the file"
    ]  # fmt: skip


def charts(store, real, figures):
    """The charts that some figures would change."""
    known, stood = sources(store, WARD, approved=False), flags(store, WARD, approved=False)
    groups, before = residential_groups(store, WARD), newest(store)
    after = frame_with(before, figures, known, real, "bao-cao.docx")
    books = [(Yearbook(real, (WARD,), frame, stood), groups) for frame in (before, after)]
    return charts_changed(*books, figures, real.unit(WARD), "vi")


def test_only_charts_that_would_say_something_else_are_shown(store, real):
    """The count's own and that of its rate; nothing of the budget."""
    found = charts(store, real, [figure("cultural_groups", "16", of=Decimal(18), of_kind="total")])
    names = {view.id for _, view in found}
    assert {"indicator-cultural_groups", "indicator-cultural_groups_rate"} <= names
    assert all(old is None or old.table.rows != new.table.rows for old, new in found)
    assert not any("budget" in name for name in names)


def test_an_estimate_beside_a_final_account_changes_no_chart(store, real):
    """The final account stays what is drawn."""
    assert charts(store, real, [figure("budget_revenue", "51200000000", scenario="estimate")]) == []


def test_figures_that_are_there_already_change_no_chart(store, real):
    """Neither does nothing at all."""
    same = figure("budget_revenue", "51200000000")
    store_batch(store, figures=[same], report=None, who="Lan")
    assert charts(store, real, [same]) == [] and charts(store, real, []) == []


def test_groups_named_for_the_first_time_join_the_list(store):
    """Known ones are not doubled."""
    known = residential_groups(store, WARD)
    first = known.iloc[0]
    again = Group(first["id"], WARD, first["name"], first["kind"])
    more = groups_with(known, [again, Group("x", WARD, "Tổ 99", "tổ dân phố")])
    assert len(more) == len(known) + 1 and more.iloc[-1]["name"] == "Tổ 99"
    assert groups_with(known, [again]) is known


def test_the_unit_most_figures_speak_of_is_shown_first():
    """None where nothing would change."""
    other = replace(figure("budget_revenue", "1"), unit=UnitKey("MAU02", date(1900, 1, 1)))
    mine = [figure("budget_revenue", "1"), figure("budget_revenue_own", "2")]
    assert main_unit(Changes(added=[other, *mine])) == WARD and main_unit(Changes()) is None


def test_batches_say_what_they_stored_or_took_back(store):
    """An undoing names the batch it undoes and counts no rows."""
    number = store_batch(store, figures=[figure("budget_revenue", "1")], report=None, who="Lan").id
    by = undo(store, number, "Lan", "nhầm")
    frame = batches(store).head(2)
    newest_row, stored = batches_table(frame, "vi").rows
    assert newest_row[0] == str(by) and newest_row[3:] == (f"hoàn tác lô {number}", "", "đang dùng", "nhầm")
    assert stored[3:] == ("nhập tay", "1", "đã hoàn tác", "")
    assert batch_names(frame, "en")[number].startswith(f"Batch {number}: by hand (Lan, ")
