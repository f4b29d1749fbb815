"""The entry screen: what cannot be read stores nothing, a draft outlives its screen, storing asks for a second look."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.store import batches, newest_figures, open_store, store_batch
from core.store.accounts import create_account
from core.store.drafts import draft_of, keep_draft
from core.store.shortfalls import Shortfall, write_shortfall
from tests.bundled import own_copy
from tests.core.store.examples import figure
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
REVENUE, OWN, SPENT = 0, 3, 5  # lines of the budget's grid in 2020


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


@pytest.fixture
def staffed(database):
    """The same with an account of each of two roles, named by it."""
    with open_store(database) as store:
        for role in ("approver", "staff"):
            create_account(store, role, f"Người {role}", role, by="test", at=NOW)
    return database


def screen(database, *, role="local", year=2020, lang="vi", unit=WARD) -> AppTest:
    """The screen as somebody with a role sees it."""
    args = ("entry", database, unit, year, lang, "reported", role)
    return AppTest.from_function(draw_screen, args=args).run(timeout=60)


def type_in(app: AppTest, edits: dict[int, dict[str, str]]) -> AppTest:
    """Type into the grid, by line and column."""
    (add,) = (each.key for each in app.button if each.key.startswith("entry-add-"))
    app.session_state[add.replace("add", "grid", 1)] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    return app.run(timeout=60)


def grid(app: AppTest):
    """The grid as drawn, what the rules say beside its cells among it."""
    return app.dataframe[0].value


def words(app: AppTest) -> str:
    """Everything printed as HTML."""
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def signed(app: AppTest, reason: str = "") -> AppTest:
    """The name and the reason written below the sheet."""
    (name,) = (each for each in app.text_input if each.key == "writer-asked")
    name.input("Cán bộ An")
    if reason:
        app.text_input(key="entry-reason").input(reason)
    return app.run(timeout=60)


def stored(database, indicator="budget_revenue", year=2020):
    """The newest figures of one indicator and year."""
    with open_store(database) as store:
        return [each for each in newest_figures(store, [WARD], [indicator]) if each.year == year]


def test_what_cannot_be_read_is_said_beside_its_cell_and_stores_nothing(database):
    """The line says it, the list below too, and the button stays closed."""
    app = signed(type_in(screen(database), {REVENUE: {"value": "bốn chín"}, SPENT: {"value": "12.300"}}), "sửa")
    assert "'bốn chín' không phải là số" in grid(app).loc[REVENUE, "remark"]
    assert "Thu ngân sách nhà nước trên địa bàn: 'bốn chín' không phải là số" in words(app)
    assert app.button(key="entry-store").disabled
    with open_store(database) as store:
        assert "local" not in set(batches(store)["who"])


def test_a_broken_rule_closes_the_button_and_a_question_does_not(database):
    """An amount below nothing is refused; revenue against the printed percentage is asked about."""
    app = signed(type_in(screen(database), {REVENUE: {"value": "−5"}}), "sửa")
    assert grid(app).loc[REVENUE, "remark"] and app.button(key="entry-store").disabled
    app = type_in(app, {REVENUE: {"value": "52.000"}})
    assert "107,0%" in grid(app).loc[REVENUE, "remark"] and not app.button(key="entry-store").disabled


def test_an_approved_year_takes_nothing_and_says_where_it_is_unlocked(staffed):
    """The draft is kept all the same."""
    app = type_in(screen(staffed, role="staff"), {REVENUE: {"value": "52.000"}})
    assert "đã duyệt nên đang khóa" in app.error[0].value and "Mở trang Duyệt năm 2020" in words(app)
    app.text_input(key="entry-reason").input("sửa").run(timeout=60)
    assert app.button(key="entry-store").disabled
    with open_store(staffed) as store:
        assert draft_of(store, WARD, 2020, "staff", "figures")["cells"]


def test_what_somebody_else_stored_meanwhile_asks_for_a_second_look(database):
    """The button stores what its table showed and nothing else."""
    app = signed(type_in(screen(database), {REVENUE: {"value": "52.000"}}), "sửa")
    with open_store(database) as store:
        new = figure(value="51000000000", unit=WARD, scenario="final")
        store_batch(store, figures=[new], report=None, who="Bình")
    app.button(key="entry-store").click().run(timeout=60)
    assert "Xem lại bảng trên" in app.warning[0].value
    assert [each.value for each in stored(database) if each.scenario == "final"] == [51000000000]
    assert "Bình" in words(app)
    app.button(key="entry-store").click().run(timeout=60)
    assert [each.value for each in stored(database) if each.scenario == "final"] == [52000000000]


def test_a_draft_is_there_again_after_its_screen_is_gone(database):
    """As it was typed, read or not, until it is thrown away."""
    type_in(screen(database), {REVENUE: {"value": "52.000"}, OWN: {"value": "nhiều"}})
    app = screen(database)
    assert (grid(app).loc[REVENUE, "value"], grid(app).loc[OWN, "value"]) == ("52.000", "nhiều")
    assert "Bản nháp của bạn, giữ lúc" in words(app) and "52 tỷ đồng" in words(app)
    app.button(key="entry-drop").click().run(timeout=60)
    assert grid(app).loc[REVENUE, "value"] == "49.086" and "Chưa có gì khác" in words(app)
    assert grid(screen(database)).loc[REVENUE, "value"] == "49.086"


def test_a_draft_is_one_persons_and_named_to_others(staffed):
    """The other one sees who and since when, and has a sheet of their own."""
    type_in(screen(staffed, role="staff"), {REVENUE: {"value": "52.000"}})
    app = screen(staffed, role="approver")
    assert "Người staff đang nhập dở bảng Chỉ tiêu của năm 2020, lúc" in words(app)
    assert grid(app).loc[REVENUE, "value"] == "49.086"


def test_a_draft_of_another_year_is_pointed_at(database):
    """Whoever comes back finds it, whatever year the screen opens with; drafts of other screens are none of it."""
    type_in(screen(database), {REVENUE: {"value": "52.000"}})
    with open_store(database) as store:
        keep_draft(store, WARD, 2018, "local", "story", {"slides": []})
    app = screen(database, year=2019)
    assert "Bạn còn bản nháp năm 2020:" in words(app)
    app.selectbox(key="entry-year-2019").set_value(2020).run(timeout=60)
    assert grid(app).loc[REVENUE, "value"] == "52.000"


def test_a_draft_follows_the_language_and_the_unit_of_money(database):
    """The same amount, in the marks of the language and the unit of the sheet."""
    type_in(screen(database), {REVENUE: {"value": "52.000,5"}})
    app = screen(database, lang="en")
    assert grid(app).loc[REVENUE, "value"] == "52,000.5"
    app.selectbox(key="entry-money").select_index(3).run(timeout=60)
    assert grid(app).loc[REVENUE, "value"] == "52.0005"


def test_changing_what_is_stored_asks_for_a_reason_and_a_name(database):
    """The reason stands with the figure and its batch; the draft is gone; the way to the review screen is shown."""
    app = type_in(screen(database), {REVENUE: {"value": "52.000"}})
    assert app.button(key="entry-store").disabled and "Ghi lý do sửa" in words(app) and "Ghi tên" in words(app)
    assert "dữ liệu kèm chương trình" in words(app)
    app = signed(app, "quyết toán lại")
    app.button(key="entry-store").click().run(timeout=60)
    assert "Đã lưu 1 số mới hoặc sửa" in words(app) and "Xem năm 2020 ở trang Duyệt" in words(app)
    (final,) = (each for each in stored(database) if each.scenario == "final")
    assert (final.value, final.reason) == (52000000000, "quyết toán lại")
    with open_store(database) as store:
        last = batches(store).iloc[0]
        assert (last["who"], last["note"], last["report"]) == ("Cán bộ An", "quyết toán lại", "")
        assert draft_of(store, WARD, 2020, "local", "figures") is None
    assert grid(app).loc[REVENUE, "value"] == "52.000"


def test_the_final_account_leaves_its_estimate_where_it_is(database):
    """Both are on the sheet afterwards, on a line each."""
    app = type_in(screen(database, year=2010), {0: {"value": "52.000", "scenario": "estimate"}})
    signed(app).button(key="entry-store").click().run(timeout=60)
    app = type_in(screen(database, year=2010), {0: {"value": "53.100", "scenario": "final"}})
    signed(app).button(key="entry-store").click().run(timeout=60)
    kinds = {each.scenario: each.value for each in stored(database, year=2010)}
    assert kinds == {"estimate": 52000000000, "final": 53100000000}
    rows = grid(screen(database, year=2010))
    assert list(rows.loc[:1, "value"]) == ["53.100", "52.000"]


def test_a_plan_is_stored_with_the_document_that_set_it(database):
    """Number and day stand where a figure of a report has its place, and come back into the sheet."""
    typed = {"plan": "60.000", "basis": "assigned", "document": "Quyết định số 5525/QĐ-UBND", "day": "12/12/2009"}
    app = signed(type_in(screen(database, year=2010), {0: typed}))
    assert "Quyết định số 5525/QĐ-UBND ngày 12/12/2009" in words(app)
    app.button(key="entry-store").click().run(timeout=60)
    (plan,) = stored(database, year=2010)
    assert (plan.origin.place, plan.origin.rule) == ("Quyết định số 5525/QĐ-UBND ngày 12/12/2009", "")
    row = grid(screen(database, year=2010)).loc[0]
    assert {name: row[name] for name in typed} == typed


def test_an_added_line_takes_a_second_plan(database):
    """One from above, one of the council, in the same year and the same batch."""
    app = type_in(screen(database, year=2010), {0: {"plan": "60.000", "basis": "assigned"}})
    (more,) = (each for each in app.selectbox if each.key.startswith("entry-more-of-"))
    more.select_index(0).run(timeout=60)
    (add,) = (each for each in app.button if each.key.startswith("entry-add-"))
    add.click().run(timeout=60)
    app = signed(type_in(app, {1: {"plan": "61.000", "basis": "council"}}))
    app.button(key="entry-store").click().run(timeout=60)
    assert {each.basis: each.value for each in stored(database, year=2010)} == {
        "assigned": 60000000000, "council": 61000000000,
    }  # fmt: skip


def test_one_indicator_at_a_time_is_the_same_sheet(database):
    """Fields instead of a grid, for a phone or a screen reader; the draft is the same."""
    app = screen(database)
    app.toggle(key="entry-one-by-one").set_value(True).run(timeout=60)
    (value,) = (each for each in app.text_input if each.key.startswith("entry-value-"))
    assert value.value == "49.086" and not app.dataframe
    value.input("nhiều").run(timeout=60)
    assert "'nhiều' không phải là số" in app.warning[0].value
    (value,) = (each for each in app.text_input if each.key.startswith("entry-value-"))
    value.input("49.100").run(timeout=60)
    assert not app.warning and grid(screen(database)).loc[REVENUE, "value"] == "49.100"


def test_last_year_stands_beside_what_is_typed(database):
    """What the year before came to, read-only."""
    assert grid(screen(database)).loc[REVENUE, "last"] == "47.300"


def test_last_years_promise_stands_beside_its_indicator(database):
    """What was promised for a missed plan, by whom and until when; without any the column is not there."""
    assert "promise" not in grid(screen(database))
    missed = Shortfall(WARD, 2019, "budget_revenue", "dịch", "Rà soát hộ kinh doanh", "Kế toán", date(2020, 6, 30))
    with open_store(database) as store:
        write_shortfall(store, missed, "an")
    rows = grid(screen(database))
    assert rows.loc[REVENUE, "promise"] == "Rà soát hộ kinh doanh (Kế toán, hạn 30/06/2020)"
    assert rows.loc[SPENT, "promise"] == ""


def test_charts_before_and_after_are_drawn_on_demand(database):
    """They cost a second: only whoever asks waits for them."""
    app = type_in(screen(database), {REVENUE: {"value": "52.000"}})
    assert not app.get("plotly_chart")
    app.toggle(key="entry-charts").set_value(True).run(timeout=60)
    assert len(app.get("plotly_chart")) == 2
