"""Figures marked "không trình chiếu": on no screen of the public; marked and unmarked where a number is explained."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app.ui.choices import UNIT
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.rights import LOCAL, PUBLIC
from core.store import open_store, store_batch
from core.store.unshown import Unshown, list_unshown, mark_unshown
from pages.frame import SCREENS
from tests.bundled import own_copy
from tests.core.store.examples import WARD, figure, plan, report
from tests.pages.conftest import draw_frame, draw_screen, open_tables, plain

LOOKS = [screen.path for screen in SCREENS if screen.right == "look"]
# figures of Khương Thượng in 2020 that no other report has -> what would tell them, whatever the screen
SECRETS = {
    "budget_revenue": r"47[.,]?113|47[.,]1\b|39[.,]?119|39[.,]1\b|120[.,]4",
    "cultural_groups": r"17/23|17 / 23|73[,.]9",
    "cultural_families": r"4[,.]?711|5[,.]?077|92[,.]8|92[,.]79",
}
FIGURES = (
    figure(value="47113000000", quote="thu 47.113 triệu đồng"), plan(value="39119000000"),
    figure("cultural_groups", "17", of="23", quote="17/23 tổ, 4.711/5.077 hộ"),
    figure("cultural_families", "4711", of="5077"), figure("conscripts", "12", quote="12 thanh niên; thu 47.113 triệu"),
)
REF = Ref(WARD, 2020, "budget_revenue")


@pytest.fixture
def database(tmp_path, monkeypatch):
    """The address of a store of its own with everything the program ships, which the program opens."""
    url = own_copy(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    with open_store(url) as store:
        store_batch(store, figures=FIGURES, report=report(), who="an")
    return url


def visit(role: str, path: str, **asked: str) -> AppTest:
    """A screen of Khương Thượng in 2020 for somebody with a role, its tables open."""
    app = AppTest.from_function(draw_frame, args=(role,))
    for name, value in {"tinh": "Thành phố Hà Nội", UNIT: "Phường Khương Thượng (–30/6/2025)", "nam": "2020"}.items():
        app.query_params[name] = value
    for name, value in asked.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(path)
    app.run(timeout=60)
    open_tables(app)
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    """All that reaches the browser: printed text, the data of charts, lists to choose from."""
    printed = [plain(each.proto.body) for each in app.get("html")]
    charts = [re.sub(r"[\d.]+(?=px)", "", each.proto.spec) for each in app.get("plotly_chart")]
    lists = [" ".join(each.options) for each in app.selectbox]
    return "\n".join([*printed, *charts, *lists, *(each.value for each in app.text)])


@pytest.mark.parametrize("path", LOOKS)
def test_the_public_meets_nothing_of_marked_figures_on_any_screen(database, path):
    """Neither printed nor in the data of a chart, in a table, a sentence, a list; signed-in people see them still."""
    with open_store(database) as store:
        for indicator in SECRETS:
            mark_unshown(store, Unshown(WARD, 2020, indicator, "chưa quyết toán"), "an")
    found = "|".join(SECRETS.values())
    seen = everything(visit(PUBLIC, path, q="thu ngan sach"))
    assert re.search(found, seen) is None, re.search(f".{{80}}(?:{found}).{{80}}", seen, re.DOTALL)
    if path in ("tong-quan", "ngan-sach", "van-hoa", "nguon-so-lieu"):
        assert re.search(found, everything(visit("viewer", path)))


def test_the_public_is_not_told_that_a_marked_figure_is_owed(database):
    """It was reported; that it may not be seen makes nobody late."""
    owed = load_catalogue().indicators["budget_revenue"].short("vi")
    assert owed not in late(visit(PUBLIC, "tong-quan"))
    with open_store(database) as store:
        mark_unshown(store, Unshown(WARD, 2020, "budget_revenue", "chưa quyết toán"), "an")
    told = late(visit(PUBLIC, "tong-quan"))
    assert "hộ nghèo" in told and owed not in told


def late(app: AppTest) -> str:
    """What the overview says is missing."""
    return "\n".join(plain(each.proto.body) for each in app.get("html") if "w-missing" in each.proto.body)


@pytest.mark.parametrize("indicator", SECRETS)
def test_an_address_that_asks_for_a_marked_figure_finds_nothing(database, indicator):
    """Addresses are anybody's to write."""
    with open_store(database) as store:
        mark_unshown(store, Unshown(WARD, 2020, indicator, "chưa quyết toán"), "an")
    asked = str(Ref(WARD, 2020, indicator))
    assert re.search(SECRETS[indicator], everything(visit(PUBLIC, "nguon-so-lieu", so=asked))) is None


def sources_of(database: str, role: str) -> AppTest:
    """The sources screen that the number of a tile leads to."""
    app = AppTest.from_function(draw_screen, args=("sources", database, WARD, 2020, "vi", "reported", role))
    app.query_params["so"] = str(REF)
    app.run(timeout=60)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Everything printed, and the faults."""
    return "\n".join([*(plain(each.proto.body) for each in app.get("html")), *(each.value for each in app.error)])


@pytest.mark.parametrize("role", [PUBLIC, "viewer"])
def test_who_may_not_enter_figures_has_no_control(database, role):
    """A viewer sees the badge and why; the public is told nothing."""
    with open_store(database) as store:
        mark_unshown(store, Unshown(WARD, 2020, "budget_revenue", "chưa quyết toán"), "an")
    app = sources_of(database, role)
    assert ("không trình chiếu" in words(app)) is (role != PUBLIC)
    assert [each.key for each in app.button if (each.key or "").startswith("unshown")] == []


def test_a_figure_is_marked_with_a_reason_and_unmarked_where_it_is_explained(database):
    """Without a reason it is refused by a sentence; each deed is signed."""
    app = sources_of(database, LOCAL)
    app.text_input(key="writer-asked").set_value("An")
    app.button(key="unshown-mark").click().run(timeout=60)
    assert "chưa ghi lý do" in words(app).lower()
    app.text_input(key="unshown-reason").set_value("chưa quyết toán")
    app.button(key="unshown-mark").click().run(timeout=60)
    with open_store(database) as store:
        (mark,) = list_unshown(store, [WARD])
        assert (mark.indicator, mark.reason, mark.who) == ("budget_revenue", "chưa quyết toán", "An")
        app = sources_of(database, LOCAL)
        assert "không trình chiếu" in words(app) and "chưa quyết toán (An" in words(app)
        app.text_input(key="writer-asked").set_value("Bình")
        app.button(key="unshown-withdraw").click().run(timeout=60)
        assert list_unshown(store, [WARD]) == ()


def test_a_merged_ward_of_today_goes_without_what_one_of_its_wards_keeps_back(database):
    """It cannot be worked out, and the screen says which ward is missing."""
    before = everything(visit(PUBLIC, "ngan-sach", **MERGED))
    with open_store(database) as store:
        mark_unshown(store, Unshown(UnitKey("MAU02", date(1900, 1, 1)), 2023, "budget_revenue", "đang soát"), "an")
    after = everything(visit(PUBLIC, "ngan-sach", **MERGED))
    assert "Phường Gương" in after and before != after


MERGED = {"tinh": "Tỉnh Mẫu", UNIT: "Phường Mẫu (1/7/2025–)", "nam": "2023", "ranh-gioi": "hien-nay"}
