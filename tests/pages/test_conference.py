"""The conference by clicks: frozen by whoever approves, arranged by whoever presents, taken away as files."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from app.exports.slides import deck_pptx
from app.story.frozen import open_freeze
from app.story.telling import deck_of
from core.figures import UnitKey
from core.store import open_store, store_batch
from core.store.audit import audit_log
from core.store.freezes import list_freezes
from core.store.stories import list_stories
from core.store.unshown import Unshown, mark_unshown
from tests.app.exports.test_slides import said
from tests.bundled import own_copy
from tests.core.store.examples import SAMPLE, figure
from tests.pages.conftest import draw_screen, plain


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


def screen(database, role="local", lang="vi", unit: UnitKey = SAMPLE, year=2020) -> AppTest:
    """The screen for somebody with a role, in 2020; whoever has no account has said their name."""
    args = ("conference", database, unit, year, lang, "reported", role)
    app = AppTest.from_function(draw_screen, args=args).run(timeout=60)
    assert not app.exception
    if role == "local":
        app.text_input(key="writer-asked").set_value("Chị Lan").run(timeout=60)
    return app


def words(app: AppTest) -> str:
    """Everything printed."""
    return "\n".join([*(plain(element.proto.body) for element in app.get("html")), *(each.value for each in app.error)])


def frozen(app: AppTest) -> AppTest:
    """The figures are frozen."""
    return app.button(key="freeze-make").click().run(timeout=60)


def titles(app: AppTest) -> list[str]:
    """The messages of the slides in their order."""
    table = next(each for each in (element.proto.body for element in app.get("html")) if "<caption" in each)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
    return [plain(re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)[1]) for row in rows[1:]]


def test_who_may_not_present_sees_nothing_of_it(database):
    """The public looks at screens; freezes and stories are the office's."""
    args = ("conference", database, SAMPLE, 2020, "vi", "reported", "public")
    app = AppTest.from_function(draw_screen, args=args).run(timeout=60)
    assert app.exception and not app.get("html")


def test_a_viewer_presents_but_freezes_nothing(database):
    """There is no button for it, and the screen says whose it is."""
    app = screen(database, "viewer")
    assert not [each for each in app.button if each.key == "freeze-make"]
    assert "Người duyệt bấm" in words(app)


def test_a_button_that_waits_for_a_name_says_so_until_it_is_there(database):
    """Grey alone told nobody what was missing."""
    app = screen(database)
    assert "Ghi họ tên người ghi ở trên" not in words(app) and not app.button(key="freeze-make").disabled
    app.text_input(key="writer-asked").set_value(" ").run(timeout=60)
    assert "Ghi họ tên người ghi ở trên" in words(app) and app.button(key="freeze-make").disabled


def test_a_year_with_nothing_approved_is_refused_by_name(database):
    """With what to do."""
    app = frozen(screen(database, unit=UnitKey("00238", SAMPLE.valid_from), year=2019))
    assert "chưa có số nào của năm 2019 được duyệt" in words(app).lower()
    with open_store(database) as store:
        assert list_freezes(store, [UnitKey("00238", SAMPLE.valid_from)]) == ()


def test_a_freeze_of_plans_alone_says_that_there_is_nothing_to_present(database):
    """A table of no slides stood there, and a cover went to the hall without a word."""
    app = frozen(screen(database, unit=UnitKey("04792", date(2025, 7, 1)), year=2026))
    assert "chưa có kết quả nào của năm 2026" in words(app) and "0 trang" not in words(app)


def test_a_freeze_is_made_told_and_taken_away_as_slides(database):
    """The file says what the table says, in its order, and the log knows of both."""
    app = frozen(screen(database))
    told = titles(app)
    assert told[0].startswith("Năm 2020, 8/11 chỉ tiêu") and len(told) >= 12
    with open_store(database) as store:
        (freeze,) = list_freezes(store, [SAMPLE])
    assert freeze.hash[:10] in words(app) and freeze.who == "Chị Lan"
    assert [each.label for each in app.get("download_button") if each.key == "data-zip"] == ["Dữ liệu mở (CSV, JSON)"]
    button = next(each for each in app.get("download_button") if each.key == "take-pptx")
    assert button.label == "PowerPoint"
    assert [each.key for each in app.get("download_button") if each.key.startswith("take-")] == [
        "take-pptx", "take-html", "take-docx", "take-pdf", "take-xlsx"]  # fmt: skip
    with open_store(database) as store:
        deck = deck_of(open_freeze(store, freeze), "vi")
        assert "freeze.made" in set(audit_log(store)["what"])
    pages = list(Presentation(io.BytesIO(deck_pptx(deck))).slides)[1:]
    assert [plain(slide.title) for slide in deck.slides] == told
    assert all(title in plain(said(page)) for title, page in zip(told, pages, strict=False))


def test_slides_are_moved_taken_out_added_and_said_in_own_words(database):
    """Each change is kept as a draft: whoever opens the screen again finds it."""
    app = frozen(screen(database))
    first, second, *_rest = titles(app)
    app.button(key="scene-down").click().run(timeout=60)
    assert titles(app)[:2] == [second, first]
    app.button(key="scene-remove").click().run(timeout=60)
    assert first not in titles(app)
    app.selectbox(key="scene-new").select("targets").run(timeout=60)
    app.button(key="scene-add").click().run(timeout=60)
    assert titles(app)[-1] == first
    app.text_input(key="title-0-budget_revenue-0").set_value("Thu đạt 101,0% dự toán năm 2020").run(timeout=60)
    assert titles(app)[0] == "Thu đạt 101,0% dự toán năm 2020"
    assert titles(screen(database)) == titles(app)


def test_the_slide_that_is_open_stays_open_while_its_words_are_changed(database):
    """A browser sends the words it chose from the list: by the slide's own, the next edit went to the first slide."""
    app = frozen(screen(database))
    app.button(key="scene-down").click().run(timeout=60)
    offered = app.selectbox(key="scene-open").options
    app.text_input(key="title-0-targets-1").set_value("Lời thứ nhất").run(timeout=60)
    assert titles(app)[1] == "Lời thứ nhất" and app.selectbox(key="scene-open").options == offered


def test_what_is_presented_is_what_was_saved_and_the_screen_says_so_while_there_is_a_draft(database):
    """Beside the button; a viewer arranges too, and throws a draft away by a click."""
    frozen(screen(database))
    app = screen(database, "viewer")
    assert "chưa lưu" not in words(app) and not [each for each in app.button if each.key == "story-anew"]
    told = titles(app)
    app.button(key="scene-down").click().run(timeout=60)
    assert titles(app) != told and "Bản đang xếp chưa lưu: nút này mở bài mặc định như đã lưu." in words(app)
    app.button(key="story-anew").click().run(timeout=60)
    assert titles(app) == told and "Đã bỏ thay đổi chưa lưu." in words(app) and not app.exception


def test_two_freezes_are_compared_in_sentences(database):
    """The other one is offered only where there is another; nothing is worked out before it is asked for."""
    app = frozen(screen(database))
    assert not [each for each in app.expander if "So với" in each.label]
    with open_store(database) as store:
        store_batch(store, figures=[figure("conscripts", "77", unit=SAMPLE)], report=None, who="an")
    app = frozen(app)
    assert "77 người" not in words(app)
    app.session_state["freeze-compare"] = True
    app.run(timeout=60)
    assert "Công dân nhập ngũ năm 2020: từ 12/12 người thành 77 người" in words(app)


def test_a_slide_without_a_chart_is_seen_as_its_table(database):
    """Of the year to come, in the list of slides and in the look at it."""
    app = frozen(screen(database))
    app.selectbox(key="scene-open").select(len(titles(app)) - 1).run(timeout=60)
    app.session_state["scene-look"] = True
    app.run(timeout=60)
    assert not app.exception and "Kế hoạch 2021" in words(app) and "bảng" in words(app)


def test_a_figure_marked_after_a_freeze_is_warned_of_wherever_the_freeze_is_taken_from(database):
    """The freeze stays as it is; a newer one leaves the figure out and says so."""
    app = frozen(screen(database))
    assert "sau khi chốt" not in words(app)
    with open_store(database) as store:
        mark_unshown(store, Unshown(SAMPLE, 2020, "near_poor_households", "chưa công bố"), "an")
    assert "Bản chốt này còn nêu số liệu đã đánh dấu không trình chiếu sau khi chốt" in words(app.run(timeout=60))
    newer = words(frozen(app))
    assert "sau khi chốt" not in newer and "Bản chốt để ngoài 1 số liệu không trình chiếu" in newer


def test_a_number_typed_by_hand_is_refused_and_named(database):
    """The table is not shown until the words are mended."""
    app = frozen(screen(database))
    app.text_input(key="title-0-targets-0").set_value("Đạt 77,7% kế hoạch").run(timeout=60)
    assert any("77,7%" in each.value for each in app.error) and not app.get("download_button")
    app.text_input(key="story-name-0").set_value("Bài không chiếu được").run(timeout=60)
    app.button(key="story-save").click().run(timeout=60)
    with open_store(database) as store:
        assert list_stories(store, [SAMPLE], 2020, "vi") == (), "a story that cannot be presented is not saved"
    app.text_input(key="title-0-targets-0").set_value("").run(timeout=60)
    assert not app.error and app.get("download_button")


def test_a_story_is_saved_under_a_name_for_everybody(database):
    """Chosen again it comes in its order; the default stays."""
    app = frozen(screen(database))
    app.button(key="scene-remove").click().run(timeout=60)
    told = titles(app)
    app.button(key="story-save").click().run(timeout=60)
    assert any("chưa có tên" in each.value for each in app.error)
    app.text_input(key="story-name-0").set_value("Bài của chủ tịch").run(timeout=60)
    app.button(key="story-save").click().run(timeout=60)
    with open_store(database) as store:
        (story,) = list_stories(store, [SAMPLE], 2020, "vi")
    assert titles(app) == told and "Đã lưu bài 'Bài của chủ tịch'." in words(app), "what was saved stays chosen"
    again = screen(database)
    assert len(titles(again)) == len(told) + 1
    again.selectbox(key="story-chosen").select(story.id).run(timeout=60)
    assert titles(again) == told
    again.button(key="story-withdraw").click().run(timeout=60)
    assert len(titles(again)) == len(told) + 1
    with open_store(database) as store:
        assert list_stories(store, [SAMPLE], 2020, "vi") == ()


def test_the_screen_speaks_english_too(database):
    """Freeze, slides and files."""
    app = frozen(screen(database, lang="en"))
    assert "Year-end conference 2020" in words(app) and titles(app)[0].startswith("In 2020, 8 of 11")
