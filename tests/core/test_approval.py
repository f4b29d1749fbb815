"""Approving: a missed plan stops it until cause, remedy, who answers and by when are said."""

from dataclasses import replace
from datetime import date

import pytest

from core.approval import approve, plans_of_year, promise_words
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.store import store_batch
from core.store.review import review_of, unlock
from core.store.shortfalls import Shortfall, withdraw_shortfall, write_shortfall
from tests.core.store.examples import WARD, add_account, figure, plan

CATALOGUE = load_catalogue()
GROUPS = "cultural_groups"
SAID = Shortfall(
    WARD, 2020, GROUPS, "Ba tổ có đơn thư kéo dài.", "Giao công an phường hòa giải", "Phó Chủ tịch phường",
    date(2021, 6, 30),
)  # fmt: skip


@pytest.fixture
def missed_store(store):
    """A store with an account in which 13 of 18 groups and half of the revenue were reached, and nothing else."""
    add_account(store)
    figures = [
        figure(GROUPS, "13", of="18"), plan(GROUPS, "16", of="18"), figure(value="50000000000"),
        plan(value="100000000000"), figure("health_insurance_rate", "95"), plan("health_insurance_rate", "90"),
    ]  # fmt: skip
    store_batch(store, figures=figures, report=None, who="an")
    return store


def refusals(store, who="chủ tịch"):
    """The faults with which an approval of what stands now is refused."""
    with pytest.raises(FaultError) as refused:
        approve(store, CATALOGUE, WARD, 2020, who, review_of(store, WARD, 2020).stands)
    return refused.value.faults


def test_a_year_is_approved_only_after_every_missed_plan_is_explained(missed_store):
    """Each is named with result, plan and where to write; the last one explained, the year is approved."""
    first, second = refusals(missed_store)
    assert {first.code, second.code} == {"review.unexplained"}
    assert "50 tỷ đồng, kế hoạch 100 tỷ đồng" in first.sentence("vi")
    assert "13/18 tổ, kế hoạch 16/18 tổ" in second.sentence("vi") and "trang Duyệt" in second.sentence("vi")
    assert "50 billion VND" in first.sentence("en")
    write_shortfall(missed_store, SAID, "an")
    (left,) = refusals(missed_store)
    assert "50 tỷ" in left.sentence("vi") and review_of(missed_store, WARD, 2020).state == "submitted"
    write_shortfall(missed_store, replace(SAID, indicator="budget_revenue"), "an")
    approve(missed_store, CATALOGUE, WARD, 2020, "chủ tịch", review_of(missed_store, WARD, 2020).stands)
    assert review_of(missed_store, WARD, 2020).state == "approved"


def test_the_newest_values_are_judged_not_the_approved_ones(missed_store):
    """A correction that misses a plan stops the approval of a year that was approved before."""
    for indicator in (GROUPS, "budget_revenue"):
        write_shortfall(missed_store, replace(SAID, indicator=indicator), "an")
    approve(missed_store, CATALOGUE, WARD, 2020, "chủ tịch", review_of(missed_store, WARD, 2020).stands)
    unlock(missed_store, WARD, 2020, "chủ tịch", "rà soát lại")
    store_batch(missed_store, figures=[figure("health_insurance_rate", "80")], report=None, who="an")
    (left,) = refusals(missed_store)
    assert "80%" in left.sentence("vi")


def test_a_year_changed_while_the_approver_read_is_not_approved(missed_store):
    """The digest of what stood on the approver's screen is asked for."""
    for indicator in (GROUPS, "budget_revenue"):
        write_shortfall(missed_store, replace(SAID, indicator=indicator), "an")
    looked_at = review_of(missed_store, WARD, 2020).stands
    store_batch(missed_store, figures=[figure(value="51000000000")], report=None, who="an")
    with pytest.raises(FaultError) as refused:
        approve(missed_store, CATALOGUE, WARD, 2020, "chủ tịch", looked_at)
    assert [fault.code for fault in refused.value.faults] == ["review.not_seen"]


def test_what_is_said_of_a_plan_that_was_met_is_told_apart(missed_store):
    """A final account may meet what the estimate had missed."""
    write_shortfall(missed_store, SAID, "an")
    store_batch(missed_store, figures=[figure(GROUPS, "18", of="18", scenario="final")], report=None, who="an")
    found = plans_of_year(missed_store, CATALOGUE, WARD, 2020)
    assert [plan.indicator.id for plan in found.missed] == ["budget_revenue"]
    assert [each.indicator for each in found.idle] == [GROUPS]


def test_last_years_promise_is_held_against_this_year(missed_store):
    """Missed again, met, or without a figure; what was taken back is not asked after."""
    for indicator in (GROUPS, "health_insurance_rate", "conscripts"):
        last = write_shortfall(missed_store, replace(SAID, indicator=indicator, year=2019), "an")
    found = plans_of_year(missed_store, CATALOGUE, WARD, 2020)
    assert {each.indicator: found.kept(each) for each in found.promised} == {
        GROUPS: "missed", "health_insurance_rate": "exceeded", "conscripts": "no_data",
    }  # fmt: skip
    assert len(found.lacking) == 2
    withdraw_shortfall(missed_store, last, "an")
    assert len(plans_of_year(missed_store, CATALOGUE, WARD, 2020).promised) == 2


def test_a_promise_on_a_count_is_held_against_its_share_where_that_alone_is_planned(missed_store):
    """The year after may plan the share of groups and no count."""
    write_shortfall(missed_store, SAID, "an")
    rate = [figure("cultural_groups_rate", "70", year=2021), plan("cultural_groups_rate", "80", year=2021)]
    store_batch(missed_store, figures=rate, report=None, who="an")
    found = plans_of_year(missed_store, CATALOGUE, WARD, 2021)
    (missed,) = found.missed
    assert found.promise(missed.indicator.id).cause == SAID.cause and found.kept(found.promised[0]) == "missed"
    assert found.promise("budget_revenue") is None


def test_a_printed_attainment_is_refused_in_percent(store):
    """Where a report prints nothing but the attainment."""
    add_account(store)
    store_batch(store, figures=[figure("budget_revenue_attainment", "80", basis="assigned")], report=None, who="an")
    (left,) = refusals(store)
    assert "80%, kế hoạch 100%" in left.sentence("vi")


def test_a_promise_in_words():
    """One full stop a sentence; without the person for those who are not signed in."""
    said = replace(SAID, remedy="Giao công an phường hòa giải")
    assert promise_words(said, "vi") == (
        "Nguyên nhân: Ba tổ có đơn thư kéo dài. Khắc phục: Giao công an phường hòa giải. "
        "Chịu trách nhiệm: Phó Chủ tịch phường, hạn 30/6/2021."
    )
    assert "Phó Chủ tịch" not in promise_words(said, "en", person=False)
