"""Review: what everyone sees is the newest approved state; corrections wait, and an approved year is locked."""

from datetime import date

import pytest
from sqlalchemy import text

from core.errors import FaultError
from core.store import award_register, history, sources, store_batch, tidy, undo, verify
from core.store.audit import audit_log
from core.store.office import choose
from core.store.review import approve_submitted, give_back, review_of, reviews, submit, unlock
from core.store.shortfalls import Shortfall, write_shortfall
from tests.core.store.examples import WARD, add_account, approve, award, figure, plan


def seen(store, **rest) -> dict:
    frame = tidy(store, "tidy_indicators", **rest)
    return {(row.indicator, row.scenario): round(row.value, 2) for row in frame.itertuples()}


REASON = "sửa sau quyết toán"
SAID = Shortfall(WARD, 2020, "budget_revenue", "Chợ đóng cửa", "Mở lại chợ", "Kế toán phường", date(2021, 6, 30))


def code(refused) -> str:
    """The one thing a refusal names."""
    (fault,) = refused.value.faults
    return fault.code.removeprefix("review.")


def stored(store, value="1", who="an", year=2020):
    """A figure stored by somebody."""
    return store_batch(store, figures=[figure(value=value, year=year)], report=None, who=who)


STEPS = {
    "submit": lambda store: submit(store, WARD, 2020, "an"),
    "give_back": lambda store: give_back(store, WARD, 2020, "chủ tịch", "thiếu kế hoạch"),
    "approve": approve,
    "unlock": lambda store: unlock(store, WARD, 2020, "chủ tịch", REASON),
}
# where a year stands -> the steps that can be taken from there
OPEN = {
    "empty": (),
    "submitted": ("give_back", "approve"),
    "returned": ("submit",),
    "approved": ("unlock",),
    "unlocked": ("submit",),
}


def brought_to(store, state) -> None:
    """A year brought to a state by the steps that lead there."""
    add_account(store)
    if state != "empty":
        stored(store)
    for step in {"returned": ["give_back"], "approved": ["approve"], "unlocked": ["approve", "unlock"]}.get(state, []):
        STEPS[step](store)


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_only_from_where_it_makes_sense(sqlite_store, state, step):
    """Every step from every state; a refused one leaves the year where it stood."""
    brought_to(sqlite_store, state)
    before = review_of(sqlite_store, WARD, 2020)
    assert before.state == state
    if step in OPEN[state]:
        STEPS[step](sqlite_store)
        assert review_of(sqlite_store, WARD, 2020).state != state
        return
    with pytest.raises(FaultError) as refused:
        STEPS[step](sqlite_store)
    assert code(refused) == f"cannot_{step}"
    assert review_of(sqlite_store, WARD, 2020) == before


@pytest.mark.parametrize("reason", ["", "  "])
def test_returning_and_unlocking_need_a_reason(store, reason):
    """Who comes later must be able to understand."""
    brought_to(store, "submitted")
    with pytest.raises(FaultError) as refused:
        give_back(store, WARD, 2020, "chủ tịch", reason)
    assert code(refused) == "no_reason"
    approve(store)
    with pytest.raises(FaultError) as refused:
        unlock(store, WARD, 2020, "chủ tịch", reason)
    assert code(refused) == "no_reason"


def test_nobody_approves_what_they_stored_themselves(store):
    """Nor a year of which they stored a part; undone and approved parts do not count."""
    add_account(store)
    stored(store, "1", who="an")
    stored(store, "2", who="bình")
    for who in ("an", "bình"):
        with pytest.raises(FaultError) as refused:
            approve(store, who=who)
        assert code(refused) == "own_figures"
    approve(store, who="chủ tịch")
    unlock(store, WARD, 2020, "an", REASON)
    batch = stored(store, "3", who="an")
    undo(store, batch.id, "an")
    stored(store, "4", who="bình")
    approve(store, who="an")
    assert seen(store) == {("budget_revenue", "actual"): 4}


@pytest.mark.parametrize(
    "change",
    [
        lambda store, batch: stored(store, "2"),
        lambda store, batch: undo(store, batch, "an"),
        lambda store, batch: write_shortfall(store, SAID, "an"),
    ],
)
def test_what_changed_after_the_approver_looked_is_not_approved_unseen(store, change):
    """A figure stored, one taken back, something said of a missed plan: look again, then approve."""
    add_account(store)
    stored(store, "9")
    batch = stored(store, "1")
    seen_then = review_of(store, WARD, 2020).stands
    change(store, batch.id)
    with pytest.raises(FaultError) as refused:
        approve_submitted(store, WARD, 2020, "chủ tịch", seen_then)
    assert code(refused) == "not_seen" and review_of(store, WARD, 2020).state == "submitted"
    approve_submitted(store, WARD, 2020, "chủ tịch", review_of(store, WARD, 2020).stands)
    assert review_of(store, WARD, 2020).state == "approved"


def test_nobody_approves_what_they_said_of_a_missed_plan(store):
    """Of an earlier approval's words nobody is the author any more."""
    add_account(store)
    stored(store, "1")
    write_shortfall(store, SAID, "chủ tịch")
    with pytest.raises(FaultError) as refused:
        approve(store)
    assert code(refused) == "own_figures"
    approve(store, who="phó chủ tịch")
    unlock(store, WARD, 2020, "an", REASON)
    stored(store, "2")
    approve(store)
    assert seen(store) == {("budget_revenue", "actual"): 2}


def test_an_approved_year_is_locked_against_everything_that_changes_it(store):
    """A new value, an award, an undo; what changes nothing passes, and another year is open."""
    add_account(store)
    batch = store_batch(store, figures=[figure(value="1")], awards=[award(count=1)], report=None, who="an")
    approve(store)
    for change in (
        lambda: stored(store, "2"),
        lambda: store_batch(store, figures=[figure(value="2"), figure(value="9", year=2021)], report=None, who="an"),
        lambda: store_batch(store, figures=[], awards=[award(count=2)], report=None, who="an"),
        lambda: undo(store, batch.id, "an"),
    ):
        with pytest.raises(FaultError) as refused:
            change()
        assert code(refused) == "locked"
    assert tidy(store, "tidy_indicators", approved=False, years=[2021]).empty
    assert stored(store, "1").rows == 0
    assert stored(store, "9", year=2021).rows == 1
    unlock(store, WARD, 2020, "chủ tịch", REASON)
    assert stored(store, "2").rows == 1


def test_a_year_of_which_only_plans_are_approved_is_open_for_its_results(store):
    """This year's report carries next year's plans: approving them must not shut next year's report out."""
    add_account(store)
    store_batch(store, figures=[plan(year=2021)], report=None, who="an")
    submitted = review_of(store, WARD, 2021)
    approve(store, 2021)
    assert submitted.state == "submitted" and review_of(store, WARD, 2021).state == "approved"
    assert stored(store, "9", year=2021).rows == 1
    assert review_of(store, WARD, 2021).state == "submitted"
    approve(store, 2021)
    with pytest.raises(FaultError) as refused:
        stored(store, "8", year=2021)
    assert code(refused) == "locked"


def test_with_review_switched_off_figures_are_approved_as_they_are_stored(store):
    """Nothing is locked, and the step says why nobody else approved it."""
    add_account(store)
    choose(store, "an", review=False)
    stored(store, "1")
    stored(store, "2")
    assert seen(store) == {("budget_revenue", "actual"): 2}
    assert set(reviews(store, WARD)["reason"]) == {"review_off"}
    approvals = audit_log(store, what="year.approved")
    assert len(approvals) == 2 and all('"review_off"' in detail for detail in approvals["detail"])
    assert '"review": "off"' in audit_log(store, what="office.chosen")["detail"].iloc[0]
    choose(store, "an", review=True)
    with pytest.raises(FaultError):
        stored(store, "3")


@pytest.mark.parametrize("state", ["submitted", "returned", "unlocked"])
def test_what_waited_when_review_was_switched_off_is_approved_by_submitting_it(store, state):
    """Nobody is left to approve it; the step says why none did, and a year that waits for nothing is refused."""
    brought_to(store, state)
    if state == "unlocked":
        stored(store, "2")
    choose(store, "an", review=False)
    submit(store, WARD, 2020, "an")
    assert review_of(store, WARD, 2020).state == "approved" and reviews(store, WARD)["reason"].iloc[0] == "review_off"
    assert seen(store) == {("budget_revenue", "actual"): 2 if state == "unlocked" else 1}
    with pytest.raises(FaultError) as refused:
        submit(store, WARD, 2020, "an")
    assert code(refused) == "cannot_submit"


def test_every_step_is_in_the_audit_log(store):
    """Who, what, which year, and why."""
    brought_to(store, "submitted")
    for step in ("give_back", "submit", "approve", "unlock"):
        STEPS[step](store)
    log = audit_log(store)
    assert list(log["what"])[:5] == [
        "year.unlocked", "year.approved", "year.submitted", "year.returned", "batch.stored",
    ]  # fmt: skip
    assert f'"reason": "{REASON}"' in log["detail"].iloc[0] and log["target"].iloc[0] == WARD.code
    assert list(reviews(store, WARD)["state"]) == ["unlocked", "approved", "submitted", "returned", "submitted"]


def test_without_accounts_everything_is_approved_as_it_is_stored(store):
    """A ward that has no accounts yet sees its figures at once, and its corrections."""
    store_batch(store, figures=[figure(value="1")], awards=[award(count=1)], report=None, who="an")
    store_batch(store, figures=[figure(value="2")], awards=[award(count=2)], report=None, who="an")
    assert seen(store) == {("budget_revenue", "actual"): 2}
    assert award_register(store, WARD)["count"].tolist() == [2]
    assert tidy(store, "tidy_budget").approved.all()


def test_with_an_account_nothing_is_seen_before_it_is_approved(store):
    """Staff see the newest, everyone else nothing, until the chair approves."""
    add_account(store)
    store_batch(store, figures=[figure(value="1")], awards=[award()], report=None, who="an")
    assert seen(store) == {}
    assert award_register(store, WARD).empty
    assert sources(store, WARD).empty
    assert seen(store, approved=False) == {("budget_revenue", "actual"): 1}
    assert len(award_register(store, WARD, approved=False)) == 1
    STEPS["give_back"](store)
    STEPS["submit"](store)
    assert seen(store) == {}
    approve(store)
    assert seen(store) == {("budget_revenue", "actual"): 1}
    assert len(award_register(store, WARD)) == 1


def test_a_correction_waits_and_the_approved_value_stays(store):
    """The view holds both rows; computed rows follow the value they are computed from."""
    store_batch(store, figures=[figure(value="50"), plan(value="100")], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", REASON)
    store_batch(store, figures=[figure(value="60")], report=None, who="bình")
    approved = {("budget_revenue", "actual"): 50, ("budget_revenue", "plan"): 100,
                ("budget_revenue_attainment", "actual"): 50}  # fmt: skip
    newest = approved | {("budget_revenue", "actual"): 60, ("budget_revenue_attainment", "actual"): 60}
    assert seen(store) == approved
    assert seen(store, approved=False) == newest
    with store.reader.connect() as connection:
        rows = connection.execute(text("SELECT indicator, value, approved FROM tidy_budget WHERE scenario = 'actual'"))
        both = sorted((row[0], round(float(row[1])), bool(row[2])) for row in rows)
    assert both == [
        ("budget_revenue", 50, True), ("budget_revenue", 60, False),
        ("budget_revenue_attainment", 50, True), ("budget_revenue_attainment", 60, False),
    ]  # fmt: skip
    assert history(store, figure().key)[["value", "approved", "current"]].values.tolist() == [
        [50, True, False], [60, False, True]
    ]  # fmt: skip
    approve(store)
    assert seen(store) == newest


def test_approving_a_year_leaves_other_years_waiting(store):
    """A report that restates the year before waits for that year's approval."""
    add_account(store)
    store_batch(store, figures=[figure(value="1"), figure(value="2", year=2019)], report=None, who="an")
    approve(store)
    assert tidy(store, "tidy_budget").year.tolist() == [2020]


def test_unlocking_a_year_does_not_hide_it(store):
    """What was approved stays in sight while it is being corrected."""
    brought_to(store, "unlocked")
    assert seen(store) == {("budget_revenue", "actual"): 1}


def test_undoing_an_approved_correction_shows_the_value_before_it(store):
    """The approved value is the highest live one that the approval covers."""
    store_batch(store, figures=[figure(value="1")], report=None, who="an")
    second = store_batch(store, figures=[figure(value="2")], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", REASON)
    undo(store, second.id, "an")
    assert seen(store) == {("budget_revenue", "actual"): 1}
    assert verify(store) == []
