"""The first run: four steps kept in the store, met by whoever may enter, once; then the program opens on one's ward."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.figures import UnitKey
from core.rights import LOCAL, PUBLIC
from core.store import batches, store_batch, units_with_figures, verify
from core.store.audit import audit_log
from core.store.office import Office, choose, office
from pages.frame import SCREENS
from tests.core.store.examples import SAMPLE, WARD, figure
from tests.etl.readers.making import docx, paragraph
from tests.pages.conftest import draw_frame, plain

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANG_TODAY = UnitKey("00199", date(2025, 7, 1))


@pytest.fixture
def app(monkeypatch, sqlite_store):
    """Open the program: app(role, **choices of the address) -> AppTest over a store of its own."""
    monkeypatch.setenv("DATABASE_URL", str(sqlite_store.url))

    def opened(role: str = LOCAL, **asked: str) -> AppTest:
        made = AppTest.from_function(draw_frame, args=(role,))
        for name, value in asked.items():
            made.query_params[name] = value
        return ran(made)

    return opened


def ran(app: AppTest) -> AppTest:
    """The program after its next run, which must not fail."""
    app.run(timeout=60)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Everything printed as HTML, and the faults."""
    return "\n".join([*(plain(each.proto.body) for each in app.get("html")), *(each.value for each in app.error)])


def press(app: AppTest, key: str, who: str = "An") -> AppTest:
    """Sign and press a button."""
    app.text_input(key="writer-asked").set_value(who)
    app.button(key=key).click()
    return ran(app)


def search(app: AppTest, query: str) -> AppTest:
    """Type into the field of the first step."""
    app.text_input(key="start-find").set_value(query)
    return ran(app)


def test_the_four_steps_on_an_empty_store_and_then_never_again(app, sqlite_store):
    """Ward, name, no sample to decide on; each is kept at once and signed; then one's ward opens, though empty."""
    here = app()
    assert "Bốn bước để bắt đầu" in words(here) and "Xem thử" not in words(here)
    press(search(here, "lang ha noi"), "start-choose-unit")
    assert office(sqlite_store).unit == LANG_TODAY
    again = app()  # a closed browser
    assert again.text_input(key="start-name-00199").value == "UBND phường Láng"
    assert "UBND phường Láng · Kết quả năm" in words(again)
    again.text_input(key="start-name-00199").set_value("Ủy ban nhân dân phường Láng")
    again.radio(key="start-colour-00199").set_value("red")
    press(again, "start-choose-name")
    assert office(sqlite_store).colour == "red"
    assert "Ủy ban nhân dân phường Láng, trang trình chiếu màu đỏ" in words(again)
    assert "Trong kho không có số liệu mẫu" in words(again) and not again.get("file_uploader")
    assert set(audit_log(sqlite_store)["who"]) == {"An"}
    choose(sqlite_store, "An", started=True)
    after = app()
    assert "Ủy ban nhân dân phường Láng" in words(after) and "Bốn bước" not in words(after)
    assert after.selectbox(key="phuong").value == "Phường Láng"


def test_without_a_name_nothing_is_chosen_and_the_page_says_so(app, sqlite_store):
    """The same for an empty printed name."""
    here = search(app(), "00199")
    press(here, "start-choose-unit", who=" ")
    assert "chưa có tên người ghi" in words(here).lower() and office(sqlite_store) == Office()
    press(here, "start-choose-unit")
    here.text_input(key="start-name-00199").set_value("  ")
    press(here, "start-choose-name")
    assert "tên in đang trống" in words(here).lower()


def test_a_search_that_finds_nothing_says_what_else_to_type(app):
    """And offers no button."""
    here = search(app(), "không có nơi này")
    assert "Không có phường, xã nào khớp" in words(here)
    assert [each.key for each in here.button if each.key == "start-choose-unit"] == []


@pytest.fixture
def with_sample(sqlite_store):
    """A store with figures of a real ward and of an invented one."""
    store_batch(sqlite_store, figures=[figure(value="7000000")], report=None, who="an")
    figures = [figure(value="9000000", unit=SAMPLE, year=year) for year in (2019, 2020)]
    store_batch(sqlite_store, figures=figures, report=None, who="bundled")
    return sqlite_store


@pytest.mark.parametrize(("key", "sample", "left"), [("keep", "kept", 2), ("remove", "removed", 1)])
def test_the_sample_is_kept_or_removed_and_the_choice_remembered(app, with_sample, key, sample, left):
    """Removing takes the batches of invented wards back, which the upload screen can restore; others stay."""
    choose(with_sample, "An", unit=LANG_TODAY, printed_name="UBND phường Láng")
    here = app()
    assert "1 phường không có thật (Phường Mẫu)" in words(here)
    press(here, f"start-sample-{key}")
    assert office(with_sample).sample == sample and len(units_with_figures(with_sample)) == left
    assert len(batches(with_sample)) == 4 - left
    assert "Nạp báo cáo các năm trước" in words(here)


@pytest.mark.parametrize(("button", "screen"), [("start-load-now", "Nạp báo cáo"), ("start-load-later", "Chưa có số")])
def test_with_the_sample_kept_the_first_run_ends_on_the_own_ward(app, with_sample, button, screen):
    """Until then the lists stood on the sample: neither its year nor its form is offered for the own ward."""
    here = press(search(app(), "lang ha noi"), "start-choose-unit")
    press(press(here, "start-choose-name"), "start-sample-keep")
    said = words(press(here, button))
    assert screen in said and "UBND phường Láng" in said and "Phường Mẫu" not in said


def test_a_removed_sample_can_be_restored_by_one_button(app, with_sample):
    """Every batch of it at once, each by a batch of its own; until then the store has none to keep."""
    choose(with_sample, "An", unit=LANG_TODAY, printed_name="UBND phường Láng")
    press(app(), "start-sample-remove")
    here = app()
    assert "Đã xóa" in words(here)
    here.button(key="start-change-sample").click()
    press(ran(here), "start-sample-restore")
    assert office(with_sample).sample == "kept" and len(units_with_figures(with_sample)) == 2
    assert verify(with_sample) == []


def test_the_way_to_the_sample_and_every_address_with_a_ward_pass_by_the_first_run(app, with_sample):
    """Whoever wants to look first may; nobody is asked again on the way."""
    assert "Xem thử với số liệu mẫu" in words(app())
    seen = words(app(tinh="Tỉnh Mẫu", phuong="Phường Mẫu (–30/6/2025)"))
    assert "Phường Mẫu · Kết quả năm 2020" in seen and "Bốn bước" not in seen


@pytest.mark.parametrize("role", ["viewer", PUBLIC])
def test_a_viewer_and_the_public_never_meet_it(app, with_sample, role):
    """They see the ward with most years until one is chosen, then that."""
    assert "Phường Mẫu · Kết quả năm 2020" in words(app(role))
    choose(with_sample, "An", unit=WARD)
    assert "Phường Khương Thượng · Kết quả năm 2020" in words(app(role))


@pytest.mark.parametrize("role", ["staff", "approver", "admin"])
def test_every_account_that_may_enter_meets_it(app, with_sample, role):
    """Until it is over; who changes the office's ward afterwards is another question."""
    assert "Bốn bước để bắt đầu" in words(app(role))
    choose(with_sample, "an", unit=WARD, printed_name="UBND phường", started=True)
    assert "UBND phường · Kết quả năm 2020" in words(app(role))


@pytest.mark.parametrize(("role", "may"), [(LOCAL, True), ("admin", True), ("approver", False), ("staff", False)])
def test_once_it_is_over_only_some_may_change_what_was_chosen(with_sample, role, may):
    """The screen itself refuses the others, whatever stands in front of it."""
    choose(with_sample, "an", unit=WARD, printed_name="UBND phường", started=True)
    app = AppTest.from_function(draw_start, args=(str(with_sample.url), role)).run(timeout=60)
    assert bool(app.exception) is not may
    assert ("Phường, xã của cơ quan: Phường Khương Thượng" in words(app)) is may


def draw_start(database: str, role: str) -> None:
    """The script AppTest runs: the screen alone, as the frame draws it."""
    from app.ui.context import Context
    from core.catalogue import load_catalogue
    from core.rights import Person
    from core.store import open_store, units_with_figures
    from core.store.office import office
    from pages import start

    catalogue = load_catalogue()
    with open_store(database) as store:
        own = office(store)
        person = Person(role, account=None if role == "local" else 1, name=role)
        start.render(
            Context(store, catalogue, catalogue.unit(own.unit), units=units_with_figures(store), person=person,
                    office=own)
        )  # fmt: skip


def test_the_first_report_goes_into_an_empty_store_through_the_upload_screen(app, sqlite_store):
    """Before any figure is there the screen knows the own ward; afterwards the overview shows what was stored."""
    choose(sqlite_store, "An", unit=WARD, printed_name="UBND phường Khương Thượng")
    here = press(app(), "start-load-now")
    assert office(sqlite_store).started and "UBND phường Khương Thượng" in words(here)
    here.file_uploader[0].upload("bao-cao-2020.docx", report("Thu ngân sách nhà nước đạt 48 tỷ đồng."), DOCX)
    ran(here)
    next(each for each in here.button if each.label.startswith("Lưu")).click()
    ran(here)
    assert units_with_figures(sqlite_store)[["unit_code", "last_year"]].values.tolist() == [["00238", 2020]]
    assert "Kết quả năm 2020" in words(app())


def report(*sentences: str) -> bytes:
    """A Word report of the ward for 2020 that says these sentences."""
    head = ("ỦY BAN NHÂN DÂN PHƯỜNG KHƯƠNG THƯỢNG", "BÁO CÁO kết quả công tác năm 2020")
    return docx("".join(paragraph(said) for said in (*head, *sentences)))


@pytest.mark.parametrize("path", [screen.path for screen in SCREENS if screen.right in ("look", "enter")])
def test_every_screen_of_an_office_without_any_figure_says_something(app, sqlite_store, path):
    """With an own ward and nothing loaded: one message, no fault; without one the first run stands there."""
    assert "Bốn bước để bắt đầu" in words(to(app(), path))
    choose(sqlite_store, "An", unit=LANG_TODAY, printed_name="UBND phường Láng", started=True)
    here = to(app(), path)
    assert "Bốn bước" not in words(here) and len([each for each in here.get("html") if "<h1" in each.proto.body]) == 1


def to(app: AppTest, path: str) -> AppTest:
    """Another screen of the same visit, as the menu opens it."""
    app._page_hash = calc_hash(path)
    return ran(app)
