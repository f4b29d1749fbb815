"""Approval: what everyone sees is the newest approved state; corrections wait."""

import pytest
from sqlalchemy import text

from core.errors import FaultError
from core.store import approve, award_register, history, sources, store_batch, tidy, undo, verify
from tests.core.store.examples import WARD, add_account, award, figure, plan


def seen(store, **rest) -> dict:
    frame = tidy(store, "tidy_indicators", **rest)
    return {(row.indicator, row.scenario): round(row.value, 2) for row in frame.itertuples()}


def test_an_unknown_state_and_an_empty_year_are_refused(store):
    """Nothing is approved that does not exist."""
    with pytest.raises(FaultError) as error:
        approve(store, WARD, 2020, "accepted", "an")
    assert error.value.faults[0].code == "store.unknown_word"
    with pytest.raises(FaultError) as error:
        approve(store, WARD, 2020, "approved", "an")
    assert error.value.faults[0].code == "store.nothing_to_approve"


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
    for state in ("submitted", "returned", "submitted"):
        approve(store, WARD, 2020, state, "an")
    assert seen(store) == {}
    approve(store, WARD, 2020, "approved", "chủ tịch")
    assert seen(store) == {("budget_revenue", "actual"): 1}
    assert len(award_register(store, WARD)) == 1


def test_a_correction_waits_and_the_approved_value_stays(store):
    """The view holds both rows; computed rows follow the value they are computed from."""
    store_batch(store, figures=[figure(value="50"), plan(value="100")], report=None, who="an")
    add_account(store)
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
    approve(store, WARD, 2020, "approved", "chủ tịch")
    assert seen(store) == newest


def test_approving_a_year_leaves_other_years_waiting(store):
    """A report that restates the year before waits for that year's approval."""
    add_account(store)
    store_batch(store, figures=[figure(value="1"), figure(value="2", year=2019)], report=None, who="an")
    approve(store, WARD, 2020, "approved", "chủ tịch")
    assert tidy(store, "tidy_budget").year.tolist() == [2020]


def test_unlocking_a_year_does_not_hide_it(store):
    """What was approved stays in sight while it is being corrected."""
    store_batch(store, figures=[figure(value="1")], report=None, who="an")
    approve(store, WARD, 2020, "unlocked", "chủ tịch", "sửa sau quyết toán")
    assert seen(store) == {("budget_revenue", "actual"): 1}


def test_undoing_an_approved_correction_shows_the_value_before_it(store):
    """The approved value is the highest live one that the approval covers."""
    store_batch(store, figures=[figure(value="1")], report=None, who="an")
    second = store_batch(store, figures=[figure(value="2")], report=None, who="an")
    add_account(store)
    undo(store, second.id, "an")
    assert seen(store) == {("budget_revenue", "actual"): 1}
    assert verify(store) == []
