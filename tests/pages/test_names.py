"""Names of people on screen: beside the register for those signed in, and the one action that purges them."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import FaultError
from core.figures import Award, UnitKey
from core.rights import Person
from core.store import open_store, reports, store_batch, verify
from core.store.audit import audit_log
from core.store.people import names_of
from tests.bundled import own_copy
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
NAMES = ("Lò Văn Pịa", "Hồ Thị Nhớ")
GIVEN = Award(2020, "gk_phuong", "ward", "individual", 2, unit=WARD, decision_no="7/QĐ-UBND")


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    """The bundled store with two names beside a row of the register."""
    url = own_copy(tmp_path_factory.mktemp("names"))
    with open_store(url) as store:
        store_batch(store, figures=[], awards=[GIVEN], report=None, who="an", names={GIVEN.key: NAMES})
    return url


def screen(database, name, role, lang="vi") -> AppTest:
    """A screen of the ward in 2020 as somebody with a role sees it."""
    return AppTest.from_function(draw_screen, args=(name, database, WARD, 2020, lang, "reported", role)).run(timeout=60)


def words(app: AppTest) -> str:
    """Everything printed."""
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize("role", ["public", "viewer", "staff", "approver"])
def test_only_an_administrator_opens_the_purge(database, role):
    """Whatever stands in front of it; nothing is drawn for anybody else."""
    app = screen(database, "names", role)
    assert [fault.message for fault in app.exception]
    assert not app.button


@pytest.mark.parametrize("role", ["viewer", "staff", "admin", "local"])
def test_names_stand_folded_beside_the_register_for_those_signed_in(database, role):
    """With the row they belong to; the table to take away has none."""
    app = screen(database, "awards", role)
    assert not app.exception
    folded = [plain(each.proto.body) for expander in app.expander for each in expander.get("html")]
    (said,) = [body for body in folded if NAMES[0] in body]
    assert "Giấy khen của phường, xã · Cá nhân · Phường · 7/QĐ-UBND" in said
    assert words(app).count(NAMES[0]) == 1


def test_the_public_sees_no_name(database):
    """Neither on the awards screen nor on that of sources."""
    for name in ("awards", "sources"):
        app = screen(database, name, "public")
        assert not app.exception
        assert not [person for person in NAMES if person in words(app)]


@pytest.mark.parametrize("role", ["public", "viewer", "admin"])
@pytest.mark.parametrize("name", NAMES)
def test_the_search_finds_no_person(database, role, name):
    """Whoever asks: names are in no list that is searched."""
    app = AppTest.from_function(draw_screen, args=("search", database, WARD, 2020, "vi", "reported", role))
    app.query_params["q"] = name
    app.run(timeout=60)
    assert not app.exception
    assert f"Không tìm thấy gì cho “{name}”" in words(app)


@pytest.mark.parametrize(("role", "lang"), [("admin", "vi"), ("local", "en")])
def test_a_purge_is_one_action_with_a_reason(tmp_path, role, lang):
    """The button waits for reason and consent; then names and files are gone, figures and digests are not."""
    database = own_copy(tmp_path)
    with open_store(database) as store:
        store_batch(store, figures=[], awards=[GIVEN], report=None, who="an", names={GIVEN.key: NAMES})
        files = len(reports(store))
    app = screen(database, "names", role, lang)
    assert app.button(key="names-purge").disabled
    app.checkbox(key="names-sure").check().run()
    assert app.button(key="names-purge").disabled
    app.text_input(key="names-reason").input("hết hạn công khai")
    if role == "local":
        app.text_input(key="writer-asked").input("Lan")
    app.run()
    app.button(key="names-purge").click().run(timeout=60)
    assert not app.exception
    said = words(app)
    assert ("Đã xóa 2 tên người" if lang == "vi" else "Purged 2 names") in said
    assert ("Đang giữ 0 tên người và 0 tệp" if lang == "vi" else "0 people's names and 0 report files") in said
    with open_store(database) as store:
        assert names_of(store, WARD, approved=False).empty
        assert len(reports(store)) == files
        assert verify(store) == []
        assert audit_log(store, what="names.purged")["who"].tolist() == ["admin" if role == "admin" else "Lan"]


def test_a_purge_of_one_ward_is_chosen_from_those_with_something_to_purge(database):
    """Wards without names and files are not offered."""
    app = screen(database, "names", "admin")
    options = app.selectbox(key="names-whose").options
    assert options[0] == "mọi phường, xã"
    assert any("Phường Mẫu" in each for each in options)
    assert len(options) == len(set(options)) > 1


def test_the_refusal_says_what_the_right_is_for():
    """In both languages, as every right's refusal does."""
    with pytest.raises(FaultError) as error:
        Person("staff").require("purge")
    assert "quản trị" in error.value.faults[0].sentence("vi")
    assert "administrator" in error.value.faults[0].sentence("en")
