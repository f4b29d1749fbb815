"""The sheet of residential groups on the entry screen: a result for each by name, and what they add up to."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.store import batches, newest_figures, open_store, residential_groups, verify
from core.store.drafts import draft_of
from tests.bundled import own_copy
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
FULL, EMPTY = 2020, 2025  # a year of which every group and their total are stored, and one of which nothing is


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


def screen(database, year, lang="vi") -> AppTest:
    """The sheet of a year, for whoever sits at the computer."""
    app = AppTest.from_function(draw_screen, args=("entry", database, WARD, year, lang, "reported", "local"))
    app.run(timeout=60)
    return app.radio(key="entry-sheet").set_value("groups").run(timeout=60)


def result(app: AppTest, number: int):
    """The choice of one group."""
    (found,) = (each for each in app.radio if each.key.endswith(f"-title-to-dan-pho-{number}"))
    return found


def element(app: AppTest, kind: str, end: str):
    """A widget by the end of its key."""
    (found,) = (each for each in getattr(app, kind) if each.key.endswith(end))
    return found


def words(app: AppTest) -> str:
    """Everything printed."""
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def store_it(app: AppTest, reason: str = "") -> AppTest:
    """Sign, give a reason where one is asked for, press the button."""
    app.text_input(key="writer-asked").input("Lan")
    if reason:
        app.text_input(key="entry-reason").input(reason)
    app.run(timeout=60)
    return app.button(key="entry-store").click().run(timeout=60)


def titles(database, year) -> dict[str, int]:
    """The stored results of a year by group."""
    with open_store(database) as store:
        known = newest_figures(store, [WARD], ["cultural_group_title"])
    return {figure.member: int(figure.value) for figure in known if figure.year == year}


def totals(database, year) -> list[tuple]:
    """The stored totals of a year."""
    with open_store(database) as store:
        known = newest_figures(store, [WARD], ["cultural_groups"])
    return [(int(each.value), int(each.of)) for each in known if each.year == year and each.scenario == "actual"]


@pytest.mark.parametrize("name", ["", "TDP số 7"])
def test_a_group_without_a_name_of_its_own_is_not_added(database, name):
    """The refusal stands on the page, and there is no draft."""
    app = screen(database, EMPTY)
    element(app, "text_input", "-name").input(name)
    app = element(app, "button", "-add").click().run(timeout=60)
    assert [each.value for each in app.error]
    with open_store(database) as store:
        assert draft_of(store, WARD, EMPTY, "", "groups") is None


def test_a_stored_result_cannot_be_taken_out(database):
    """It can be changed; that undoing its batch takes it out is said."""
    app = screen(database, FULL)
    assert result(app, 7).options == ["Đạt", "Không đạt"]
    assert "hoàn tác lần nhập" in words(app)
    assert not [each for each in app.button if each.key == "entry-store"]


def test_thirteen_of_eighteen_are_ticked_counted_and_stored(database):
    """Some reached, some missed, the rest marked with one click; the total goes with them."""
    app = screen(database, EMPTY)
    assert result(app, 1).value == "open"
    assert "2024: đạt" in result(app, 1).label
    for number in (2, 5, 7, 11, 16):
        result(app, number).set_value("missed")
    app.run(timeout=60)
    assert "0 đạt, 5 không đạt, 13 chưa xét." in words(app)
    assert not element(app, "checkbox", "-total").value
    app = element(app, "button", "-rest").click().run(timeout=60)
    assert "13 đạt, 5 không đạt, 0 chưa xét. Chưa lưu tổng số của năm 2025." in words(app)
    assert element(app, "checkbox", "-total").value
    assert "13 trên 18 tổ" in element(app, "checkbox", "-total").label
    store_it(app)
    assert not app.exception
    stored = titles(database, EMPTY)
    assert (len(stored), sum(stored.values()), stored["to-dan-pho-7"]) == (18, 13, 0)
    assert totals(database, EMPTY) == [(13, 18)]
    with open_store(database) as store:
        assert draft_of(store, WARD, EMPTY, "", "groups") is None
        assert verify(store) == []


def test_groups_that_were_not_assessed_get_no_figure_and_the_total_is_not_pushed(database):
    """The person may still ask for it: of those that were assessed."""
    app = screen(database, EMPTY)
    result(app, 1).set_value("reached")
    result(app, 2).set_value("missed").run(timeout=60)
    assert not element(app, "checkbox", "-total").value
    app = element(app, "checkbox", "-total").check().run(timeout=60)
    store_it(app)
    assert titles(database, EMPTY) == {"to-dan-pho-1": 1, "to-dan-pho-2": 0}
    assert totals(database, EMPTY) == [(1, 2)]


def test_a_draft_is_there_again_in_another_browser(database):
    """Results, the choice about the total, and groups that come and go."""
    app = screen(database, EMPTY)
    result(app, 3).set_value("missed")
    element(app, "text_input", "-name").input("19")
    app = element(app, "button", "-add").click().run(timeout=60)
    result(app, 19).set_value("reached")
    app.run(timeout=60)
    element(app, "checkbox", "-total").check().run(timeout=60)
    again = screen(database, EMPTY)
    assert (result(again, 3).value, result(again, 19).value, result(again, 4).value) == ("missed", "reached", "open")
    assert element(again, "checkbox", "-total").value
    assert "Tổ dân phố số 19: mới" in words(again)


def test_a_correction_needs_a_reason_and_a_total_that_differs_is_asked_about(database):
    """What is stored stands beside what the groups add up to."""
    app = screen(database, FULL)
    before = sum(titles(database, FULL).values())
    number = next(int(id.rsplit("-", 1)[1]) for id, value in titles(database, FULL).items() if value)
    app = result(app, number).set_value("missed").run(timeout=60)
    assert f"Tổng số đang lưu là {before}/18; cộng từng tổ được {before - 1}/18." in words(app)
    assert "Hãy xem lại danh sách hoặc tổng số." in words(app)
    app.text_input(key="writer-asked").input("Lan").run(timeout=60)
    assert app.button(key="entry-store").disabled
    store_it(app, "nhập nhầm")
    assert titles(database, FULL)[f"to-dan-pho-{number}"] == 0
    assert totals(database, FULL) == [(before, 18)]


def test_a_group_that_was_merged_is_there_in_its_last_year_and_not_in_the_next(database):
    """The day and the group that took it in are stored with the results, as one batch."""
    app = screen(database, EMPTY)
    element(app, "selectbox", "-which").set_value("to-dan-pho-18")
    app.run(timeout=60)
    app = element(app, "button", "-end").click().run(timeout=60)
    assert "chưa có ngày kết thúc" in app.error[0].value
    element(app, "date_input", "-until").set_value(date(2025, 6, 30))
    element(app, "selectbox", "-successor").set_value("to-dan-pho-17")
    app = element(app, "button", "-end").click().run(timeout=60)
    assert "Tổ dân phố 18: đến hết ngày 30/06/2025, sáp nhập vào Tổ dân phố 17" in words(app)
    store_it(app)
    assert not app.exception
    with open_store(database) as store:
        known = residential_groups(store, WARD).set_index("id").loc["to-dan-pho-18"]
        assert (known["valid_to"], known["successor"]) == (date(2025, 6, 30), "to-dan-pho-17")
        assert batches(store)["who"].iloc[0] == "Lan"
        assert verify(store) == []
    assert result(screen(database, EMPTY), 18).value == "open"
    after = screen(database, EMPTY + 1)
    assert not [each for each in after.radio if each.key.endswith("-title-to-dan-pho-18")]


def test_a_change_to_the_list_is_dropped_again_by_a_click(database):
    """The draft is then empty, and nothing is to be stored."""
    app = screen(database, EMPTY)
    element(app, "text_input", "-name").input("Tổ dân phố mới")
    app = element(app, "button", "-add").click().run(timeout=60)
    app = element(app, "button", "-drop-to-dan-pho-moi").click().run(timeout=60)
    with open_store(database) as store:
        assert draft_of(store, WARD, EMPTY, "", "groups") is None
    assert not [each for each in app.button if each.key == "entry-store"]


def test_a_ward_without_groups_is_asked_for_the_first(tmp_path):
    """Khương Thượng's report names none; the form stands open, in English too."""
    database = own_copy(tmp_path)
    khuong_thuong = UnitKey("00238", date(1900, 1, 1))
    args = ("entry", database, khuong_thuong, 2020, "en", "reported", "local")
    app = AppTest.from_function(draw_screen, args=args).run(timeout=60)
    app = app.radio(key="entry-sheet").set_value("groups").run(timeout=60)
    assert "There are no groups in the list of 2020 yet." in words(app)
    element(app, "text_input", "-name").input("1")
    app = element(app, "button", "-add").click().run(timeout=60)
    assert result(app, 1).options == ["Reached", "Missed", "Not judged"]
