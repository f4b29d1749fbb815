"""Writing on a screen: a sentence of one's own, its end when a figure changes, a note under the charts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import Figure, UnitKey
from core.rights import LOCAL, PUBLIC
from core.store import Slot, list_notes, open_store, store_batch, wording_of
from tests.bundled import own_copy
from tests.pages.conftest import plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
SLOT = Slot("budget", WARD, 2020, "vi")
OWN = "Thu ngân sách phường vẫn khá: 12,71 tỷ, dù năm 2020 khó khăn."


def draw_budget(database, role) -> None:
    """The script AppTest runs, on its own: the budget of the sample ward in 2020."""
    from datetime import date

    from app.ui.context import Context
    from core.catalogue import load_catalogue
    from core.figures import UnitKey
    from core.rights import Person
    from core.store import open_store, units_with_figures
    from pages import budget

    catalogue = load_catalogue()
    with open_store(database) as store:
        unit = catalogue.unit(UnitKey("MAU01", date(1900, 1, 1)))
        units = units_with_figures(store)
        budget.render(Context(store, catalogue, unit, year=2020, units=units, person=Person(role)))


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


@pytest.fixture
def screen(database):
    """The budget screen, drawn anew: screen() -> AppTest."""

    def drawn(role=LOCAL):
        app = AppTest.from_function(draw_budget, args=(database, role)).run(timeout=60)
        assert not app.exception
        return app

    return drawn


def bodies(app, start):
    """What stands in elements of our HTML that begin so."""
    return [plain(part.proto.body) for part in app.get("html") if start in part.proto.body]


def lead(app):
    """The sentence under the message."""
    (body,) = [part.proto.body for part in app.get("html") if "<h1" in part.proto.body]
    return plain(body[body.index('<p class="w-lead">') :])


def opened(app, control):
    """The screen with a window open."""
    return app.button(key=control).click().run(timeout=60)


def press(app, control, button, who="Nguyễn Thị Hà"):
    """Sign and press a button of the open window; what it refuses. A whole run keeps the window open by its control."""
    app.text_input(key="writer-asked").set_value(who)
    app.button(key=control).click()
    app.button(key=button).click().run(timeout=60)
    return [each.value for each in app.error]


def edit(app, words, who="Nguyễn Thị Hà"):
    """Open the editor, write, save."""
    opened(app, "write-sentence").text_area(key="sentence-text").set_value(words)
    return press(app, "write-sentence", "sentence-save", who)


def test_who_may_not_write_is_offered_nothing(screen):
    """No control, no window."""
    assert not {"write-sentence", "write-note"} & {button.key for button in screen(PUBLIC).button}


@pytest.mark.parametrize(
    ("words", "who", "says"),
    [(OWN.replace("12,71", "12,72"), "Hà", 'Số "12,72"'), (OWN, " ", "Chưa có tên"), (" ", "Hà", "Câu đang trống")],
)
def test_a_sentence_that_cannot_stand_is_refused_in_the_window(screen, database, words, who, says):
    """The reason stands under the field, and nothing is stored."""
    (said,) = edit(screen(), words, who)
    assert said.startswith(says)
    with open_store(database) as store:
        assert wording_of(store, SLOT) is None


def test_an_edited_sentence_stands_until_one_of_its_figures_changes(screen, database):
    """Its numbers still lead to their sources; then it is marked, and the generated one stands again."""
    generated = lead(screen())
    assert edit(screen(), OWN) == []
    assert lead(screen(PUBLIC)) == OWN
    with open_store(database) as store:
        store_batch(store, figures=[Figure("budget_expenditure", 2020, Decimal("12e9"), WARD, scenario="final")],
                    report=None, who="an")  # fmt: skip
        assert lead(screen(PUBLIC)) == OWN
        store_batch(store, figures=[Figure("budget_revenue_own", 2020, Decimal("13e9"), WARD, scenario="final")],
                    report=None, who="an")  # fmt: skip
    app = screen()
    assert lead(app) not in (OWN, generated) and "13 tỷ đồng" in lead(app)
    (mark,) = bodies(app, "w-stale")
    assert "là 12,71 tỷ đồng; nay là 13 tỷ đồng – xem lại" in mark and OWN in mark and "Nguyễn Thị Hà" in mark


def test_the_writer_is_offered_the_old_words_with_the_new_numbers_and_may_go_back(screen, database):
    """Confirmed as offered, it stands again; given up, the generated one does."""
    edit(screen(), OWN)
    with open_store(database) as store:
        store_batch(store, figures=[Figure("budget_revenue_own", 2020, Decimal("13e9"), WARD, scenario="final")],
                    report=None, who="an")  # fmt: skip
    offered = opened(screen(), "write-sentence").text_area(key="sentence-text").value
    assert offered == OWN.replace("12,71 tỷ", "13 tỷ đồng")
    assert edit(screen(), offered) == [] and lead(screen()) == offered
    press(opened(screen(), "write-sentence"), "write-sentence", "sentence-back")
    assert lead(screen()).startswith("Năm hụt dự toán")


def test_a_note_is_written_under_the_charts_and_taken_back(screen, database):
    """It gets its number among the others; without words it is refused."""
    app = opened(screen(), "write-note")
    assert press(app, "write-note", "note-save") == ["Ghi chú đang trống. Viết một câu ngắn."]
    app.text_area(key="note-text-new").set_value("Chợ trung tâm dời chỗ")
    assert press(app, "write-note", "note-save") == []
    with open_store(database) as store:
        number = max(note.id for note in list_notes(store, [WARD], [2020]))
    assert all("2020: Chợ trung tâm dời chỗ" in said for said in bodies(screen(), '<ol class="w-notes"')[:3])
    app = opened(screen(), "write-note")
    app.selectbox(key="note-chosen").set_value(number)
    opened(app, "write-note")
    assert press(app, "write-note", "note-withdraw") == []
    assert not any("Chợ trung tâm" in said for said in bodies(screen(), '<ol class="w-notes"'))
