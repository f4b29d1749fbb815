"""Review by clicks: missed plans are explained, what waits is seen by nobody else, what is approved by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.rights import ROLES
from core.store import award_register, history, open_store, store_batch
from core.store.accounts import create_account
from core.store.audit import audit_log
from core.store.office import choose
from core.store.review import approve_submitted, review_of, unlock
from core.store.shortfalls import Shortfall, list_shortfalls, write_shortfall
from pages.frame import SCREENS
from tests.bundled import own_copy
from tests.core.store.examples import award, figure
from tests.pages.conftest import draw_screen, open_tables, plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LOOK = [screen.title for screen in SCREENS if screen.right == "look"]
REVENUE = figure(value="45670000000", unit=WARD, scenario="final")
FAMILIES = figure("cultural_families", "4123", unit=WARD, of="4410")
AWARD = award(
    count=4321, unit=WARD, recipient="individual", mode="campaign", decision_no="147/QĐ-UBND",
    decision_date=date(2020, 5, 23),
)  # fmt: skip
SAID = Shortfall(
    WARD, 2020, "budget_revenue", "Chợ trung tâm cháy", "Dựng lại chợ", "Kế toán trưởng", date(2021, 6, 30)
)
# screen -> what it prints of the approved figures, and what it would print of the corrected ones
PRINTED = {
    "overview": ("49,09", "45,67"),
    "budget": ("49,09", "45,67"),
    "culture": ("91,6%", "93,5%"),
    "awards": ("91", "4.321"),
    "indicators": ("49,09", "45,67"),
    "compare": ("49,09", "45,67"),
    "sources": ("49,09", "45,67"),
    "search": ("", ""),
}


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships and an account of each role, named by it."""
    url = own_copy(tmp_path)
    with open_store(url) as store:
        for role in reversed(ROLES):
            create_account(store, role, f"Người {role}", role, by="test", at=NOW)
    return url


def screen(database, name, role, year=2020, lang="vi") -> AppTest:
    """A screen as somebody with a role sees it, over the sample ward."""
    app = AppTest.from_function(draw_screen, args=(name, database, WARD, year, lang, "reported", role)).run(timeout=60)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Everything printed, in charts and open tables too."""
    open_tables(app)
    said = [plain(element.proto.body) for element in app.get("html")]
    return "\n".join([*said, *(element.proto.spec for element in app.get("plotly_chart"))])


def key(app: AppTest, end: str) -> str:
    """The one widget of the form on revenue whose key ends so."""
    (found,) = [
        widget.key for kind in ("text_area", "text_input", "date_input", "button") for widget in getattr(app, kind)
        if widget.key and widget.key.startswith("shortfall-budget_revenue-2020-") and widget.key.endswith(f"-{end}")
    ]  # fmt: skip
    return found


def corrected(store) -> None:
    """The year unlocked and corrected by staff: a missed revenue, more families, more awards."""
    unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
    store_batch(store, figures=[REVENUE, FAMILIES], awards=[AWARD], report=None, who="staff")


def test_a_missed_plan_is_explained_by_clicks_before_the_year_is_approved(database):
    """The approver is refused with its name; an empty form is refused part by part; then the year is approved."""
    with open_store(database) as store:
        corrected(store)
        app = screen(database, "review", "approver")
        assert "2 chỉ tiêu không đạt kế hoạch, 2 chưa có giải trình" in words(app)
        assert "Chưa có giải trình: Thu NSNN trên địa bàn, Tổ dân phố văn hóa" in app.warning[0].value
        app.button(key="step-approve").click().run(timeout=60)
        assert [error.value.split(" năm 2020")[0] for error in app.error] == [
            "Thu ngân sách nhà nước trên địa bàn", "Tổ dân phố văn hóa",
        ]  # fmt: skip
        assert "45,67 tỷ đồng, kế hoạch 48,6 tỷ đồng" in app.error[0].value
        write_shortfall(store, replace(SAID, indicator="cultural_groups"), "staff")
        app = screen(database, "review", "staff")
        app.button(key=key(app, "save")).click().run(timeout=60)
        assert len(app.error) == 4 and review_of(store, WARD, 2020).state == "submitted"
        app.text_area(key=key(app, "cause")).input(SAID.cause)
        app.text_area(key=key(app, "remedy")).input(SAID.remedy)
        app.text_input(key=key(app, "person")).input(SAID.person)
        app.date_input(key=key(app, "due")).set_value(SAID.due)
        app.button(key=key(app, "save")).click().run(timeout=60)
        assert "2 chỉ tiêu không đạt kế hoạch, đều đã có giải trình" in words(app)
        app = screen(database, "review", "approver")
        assert not app.warning and "Nguyên nhân: Chợ trung tâm cháy. Khắc phục: Dựng lại chợ." in words(app)
        app.button(key="step-approve").click().run(timeout=60)
        assert review_of(store, WARD, 2020).state == "approved" and not app.text_area


def test_what_changed_on_the_way_to_the_button_is_shown_before_it_is_approved(database):
    """The first click is refused and the screen drawn anew; the second approves."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
        store_batch(store, figures=[FAMILIES], report=None, who="staff")
        write_shortfall(store, replace(SAID, indicator="cultural_groups"), "staff")
        app = screen(database, "review", "approver")
        store_batch(store, figures=[replace(FAMILIES, value=FAMILIES.value - 1)], report=None, who="staff")
        app.button(key="step-approve").click().run(timeout=60)
        assert "vừa thay đổi" in app.error[0].value and review_of(store, WARD, 2020).state == "submitted"
        app.button(key="step-approve").click().run(timeout=60)
        assert review_of(store, WARD, 2020).state == "approved"


def test_a_correction_is_seen_by_nobody_else_until_it_is_approved(database):
    """On every screen, by the public and by a viewer: first the old values alone, after the approval the new ones."""
    assert set(PRINTED) == set(LOOK)
    with open_store(database) as store:
        corrected(store)
        for indicator in ("budget_revenue", "cultural_groups"):
            write_shortfall(store, replace(SAID, indicator=indicator), "staff")
        for role in ("public", "viewer"):
            for name, (old, new) in PRINTED.items():
                said = words(screen(database, name, role))
                assert old in said and "Chợ trung tâm cháy" not in said, (name, role)
                assert not new or new not in said, (name, role)
        approve_submitted(store, WARD, 2020, "approver")
        for role in ("public", "viewer"):
            for name, (_, new) in PRINTED.items():
                assert new in words(screen(database, name, role)), (name, role)


def test_an_approved_explanation_stands_beside_the_chart_and_names_nobody_to_the_public(database):
    """On the overview's gaps and on the indicator's own chart; a viewer who is signed in sees who answers."""
    with open_store(database) as store:
        corrected(store)
        write_shortfall(store, SAID, "staff")
        write_shortfall(store, replace(SAID, indicator="cultural_groups"), "staff")
        approve_submitted(store, WARD, 2020, "approver")
    for name in ("overview", "budget", "culture"):
        public, viewer = (words(screen(database, name, role)) for role in ("public", "viewer"))
        assert "Nguyên nhân: Chợ trung tâm cháy" in public and "Kế toán trưởng" not in public, name
        assert "Chịu trách nhiệm: Kế toán trưởng, hạn 30/6/2021" in viewer, name


def test_next_years_review_shows_last_years_promise_and_what_became_of_it(database):
    """The groups were promised in 2020 and missed again in 2021."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "ghi giải trình")
        write_shortfall(store, replace(SAID, indicator="cultural_groups"), "staff")
    app = screen(database, "review", "staff", 2021)
    said = words(app)
    assert "Năm đã duyệt nên đang khóa" in said and not app.text_area  # approved before there were accounts
    assert "Cam kết của năm 2020 và kết quả năm 2021" in said
    assert "Giải trình năm 2020: Nguyên nhân: Chợ trung tâm cháy." in said
    assert "hạn 30/6/2021. Kết quả năm 2021: Chưa đạt." in said
    assert "Said in 2020: Cause: Chợ trung tâm cháy." in words(screen(database, "review", "staff", 2021, "en"))


@pytest.mark.parametrize("accounts", [False, True])
def test_where_nobody_reviews_missed_plans_are_listed_and_stop_nothing(tmp_path, accounts):
    """Before the first account, and in in an office of one that switched review off: approved as stored, and logged."""
    url, role = own_copy(tmp_path), "staff" if accounts else "local"
    with open_store(url) as store:
        if accounts:
            create_account(store, "staff", "Lan", "admin", by="test", at=NOW)
            choose(store, "staff", review=False)
        store_batch(store, figures=[REVENUE], report=None, who="staff")
        assert review_of(store, WARD, 2020).state == "approved"
        app = screen(url, "review", role)
        said = words(app)
        assert "2 chỉ tiêu không đạt kế hoạch, 2 chưa có giải trình" in said and "không bắt buộc" in said
        assert not [button for button in app.button if button.key and button.key.startswith("step-")]
        assert ("Cơ quan đã tắt bước duyệt" in said) is accounts
        if not accounts:
            app.text_input(key="writer-asked").input("Trần Hà")
        app.text_area(key=key(app, "cause")).input(SAID.cause)
        app.text_area(key=key(app, "remedy")).input(SAID.remedy)
        app.text_input(key=key(app, "person")).input(SAID.person)
        app.date_input(key=key(app, "due")).set_value(SAID.due)
        app.button(key=key(app, "save")).click().run(timeout=60)
        assert [each.who for each in list_shortfalls(store, [WARD], [2020])] == ["staff" if accounts else "Trần Hà"]
        assert "Chợ trung tâm cháy" in words(screen(url, "overview", "public"))
        app.button(key=key(app, "withdraw")).click().run(timeout=60)
        assert list_shortfalls(store, [WARD], [2020]) == ()
        assert "Chợ trung tâm cháy" not in words(screen(url, "overview", "public"))
        log = audit_log(store)
        assert any("review_off" in detail for detail in log["detail"]) is accounts


def test_what_waited_when_review_was_switched_off_is_let_go_by_one_click(database):
    """No approver is left to press another button."""
    with open_store(database) as store:
        corrected(store)
        choose(store, "admin", review=False)
        app = screen(database, "review", "staff")
        assert [button.key for button in app.button if button.key.startswith("step-")] == ["step-let_go"]
        app.button(key="step-let_go").click().run(timeout=60)
        assert review_of(store, WARD, 2020).state == "approved"
        assert not [button for button in app.button if button.key.startswith("step-")]


def test_the_final_account_beside_the_estimate_keeps_both(database):
    """Both are in the store, on the screen of figures and in the table under the chart; the final account counts."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "có quyết toán")
        estimate = replace(REVENUE, scenario="estimate")
        store_batch(store, figures=[estimate], report=None, who="staff")
        store_batch(store, figures=[replace(REVENUE, value=REVENUE.value + 3_000_000_000)], report=None, who="staff")
        approve_submitted(store, WARD, 2020, "approver")
        assert history(store, estimate.key)["value"].tolist() == [45_670_000_000]
        assert history(store, REVENUE.key)["value"].tolist()[-1] == 48_670_000_000
        assert len(history(store, REVENUE.key)) == 2
    for name in ("sources", "indicators"):
        said = words(screen(database, name, "viewer"))
        assert "45,67" in said and "48,67" in said, name
    assert "48,67" in words(screen(database, "overview", "viewer"))
    assert "45,67" not in words(screen(database, "overview", "viewer"))


def test_the_register_knows_the_corrected_award(database):
    """The correction above is of an award that the sample has."""
    with open_store(database) as store:
        found = award_register(store, WARD)
        assert ((found["decision_no"] == AWARD.decision_no) & (found["year"] == 2020)).sum() == 1
