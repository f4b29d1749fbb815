"""What was done between two moments, laid over the values of the one, gives the values of the other."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from core.errors import FaultError
from core.figures import UnitKey
from core.store import Group, Note, add_note, batches, sources, store_batch, undo, withdraw_note
from core.store.review import approve_submitted, give_back, submit, unlock
from core.store.timeline import Deed, net, timeline
from tests.core.store.examples import WARD, add_account, award, figure, plan, report

OTHER = UnitKey("00235", WARD.valid_from)
KEY = ("indicator", "member", "year", "period", "scenario", "basis", "honour", "class", "level", "recipient")
STEPS = {"approve": approve_submitted, "submit": submit, "unlock": unlock, "give_back": give_back}
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("store"), st.integers(1, 4), st.sampled_from(["an", "bình"])),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just("an")),
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([2019, 2020]), st.just("chủ tịch")),
        st.tuples(st.just("account"), st.just(0), st.just("")),
    ),
    min_size=2, max_size=9,
)  # fmt: skip


def do(store, deed: tuple[str, int, str]) -> None:
    """Do something to a store; what it refuses leaves it as it was."""
    what, number, who = deed
    try:
        if what == "store":
            figures = [figure(value=str(number)), plan(value=str(number % 2)), figure("conscripts", "7", year=2019)]
            awards = [award(count=number)] if number > 2 else []
            store_batch(store, figures=figures[: number + 1], awards=awards, report=None, who=who)
        elif what == "undo":
            live = batches(store).query("state == 'live'")["batch"].tolist()
            undo(store, live[number % len(live)] if live else 1, who)
        elif what == "account":
            add_account(store, f"n{len(batches(store))}")
        else:
            STEPS[what](store, WARD, number, who, *(["lý do"] if what in ("unlock", "give_back") else []))
    except FaultError:
        return


def values(store, *, approved: bool) -> dict[tuple, tuple]:
    """Every current value of the ward as the store itself tells it."""
    rows = sources(store, WARD, approved=approved).to_dict("records")
    return {tuple(row[name] for name in KEY): float(row["value"]) for row in rows}


def replayed(before: dict, deeds) -> dict:
    """The values after some deeds; each must find what it says it changed."""
    now = dict(before)
    for change in (change for deed in deeds for change in deed.changes):
        row = change.new or change.old
        key = tuple(row[name] for name in KEY)
        assert now.get(key) == (None if change.old is None else float(change.old["value"]))
        if change.new is None:
            del now[key]
        else:
            now[key] = float(change.new["value"])
    return now


def check(store, deeds) -> None:
    """Between every two moments, at both levels."""
    moments = [(datetime.now(UTC), values(store, approved=True), values(store, approved=False))]
    for deed in deeds:
        do(store, deed)
        moments.append((datetime.now(UTC), values(store, approved=True), values(store, approved=False)))
    for (since, *olds), (until, *news) in combinations(moments, 2):
        for approved, old, new in zip((True, False), olds, news, strict=True):
            told = timeline(store, [WARD], since, until, approved=approved)
            assert replayed(old, told) == new
            assert replayed(old, [Deed("net", "", until, changes=(change,)) for change, _ in net(told)]) == new


@given(deeds=DEEDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_deeds_laid_over_the_values_of_one_moment_give_those_of_another(new_store, deeds):
    """Whatever was stored, undone, restored, approved and unlocked: the store's own current values are the measure."""
    with new_store("sqlite") as store:
        check(store, deeds)


def test_the_same_holds_on_the_other_database(postgres_store):
    """One long life of a ward's figures."""
    dice = random.Random(4)
    deeds = [("store", 3, "an"), ("account", 0, "")]
    for _ in range(12):
        deeds.append(dice.choice([
            ("store", dice.randint(1, 4), "bình"), ("undo", dice.randint(0, 5), "an"), ("approve", 2020, "chủ tịch"),
            ("unlock", 2020, "chủ tịch"),
        ]))  # fmt: skip
    check(postgres_store, deeds)


def test_a_ward_without_a_past_has_no_deeds(store):
    """Nor has it before anything was done, nor after."""
    assert timeline(store, [WARD]) == ()
    before = datetime.now(UTC)
    store_batch(store, figures=[figure()], report=None, who="an")
    assert timeline(store, [WARD], until=before) == ()
    assert timeline(store, [WARD], since=datetime.now(UTC)) == ()
    assert timeline(store, [OTHER]) == ()


def test_each_deed_says_who_did_it_and_what_it_meant(store):
    """Stored, undone, undone again: of which batch, from which file, why, and what became of each value."""
    store_batch(store, figures=[figure(value="48"), plan(value="40")], report=report(title="Báo cáo"), who="an")
    store_batch(
        store, figures=[figure(value="49", reason="theo quyết toán")], report=None, who="bình", note="sửa theo công văn"
    )
    undo(store, 2, "an", "nhầm")
    undo(store, 3, "chi", "không nhầm")
    stored, changed, undone, restored = timeline(store, [WARD])
    assert (stored.what, stored.who, stored.report, stored.title, stored.step) == (
        "stored", "an", "bao-cao-2020.docx", "Báo cáo", "approved",
    )  # fmt: skip
    assert [(each.old, each.new["value"]) for each in stored.changes] == [(None, 48), (None, 40)]
    ((old, new),) = [(each.old, each.new) for each in changed.changes]
    assert (old["value"], old["report"], new["value"], new["reason"], new["who"]) == (
        48, "bao-cao-2020.docx", 49, "theo quyết toán", "bình",
    )  # fmt: skip
    assert (changed.reason, changed.batch, changed.of) == ("sửa theo công văn", 2, 2)
    assert [(each.what, each.batch, each.of, each.reason) for each in (undone, restored)] == [
        ("undone", 3, 2, "nhầm"), ("restored", 4, 2, "không nhầm"),
    ]  # fmt: skip
    assert [each.changes[0].new["value"] for each in (undone, restored)] == [48, 49]


def test_approved_values_alone_tell_nothing_of_what_never_was_approved(store):
    """Neither the value nor that somebody stored, returned or took it back; an approval brings the change."""
    store_batch(store, figures=[figure(value="48")], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", "theo quyết toán")
    store_batch(store, figures=[figure(value="666")], report=None, who="bình")
    give_back(store, WARD, 2020, "chủ tịch", "sai")
    store_batch(store, figures=[figure(value="49")], report=None, who="bình")
    approve_submitted(store, WARD, 2020, "chủ tịch")
    seen = timeline(store, [WARD], approved=True)
    assert [deed.what for deed in seen] == ["stored", "unlocked", "approved"]
    assert [(each.old and each.old["value"], each.new["value"]) for deed in seen for each in deed.changes] == [
        (None, 48), (48, 49)
    ]  # fmt: skip
    everything = timeline(store, [WARD])
    assert [(deed.what, deed.step) for deed in everything] == [
        ("stored", "approved"), ("unlocked", ""), ("stored", "submitted"), ("returned", ""), ("stored", "submitted"),
        ("approved", ""),
    ]  # fmt: skip


def test_some_figures_are_asked_for_alone(store):
    """By indicator, part and year; awards under the empty name."""
    figures = [figure(), figure("cultural_groups", "3", of="5"), figure(year=2019)]
    store_batch(store, figures=figures, awards=[award()], report=None, who="an")
    for asked, count in (
        ({"indicators": []}, 0), ({"indicators": ["budget_revenue"]}, 2), ({"indicators": [""]}, 1),
        ({"indicators": ["budget_revenue"], "member": "TDP01"}, 0), ({"years": [2019]}, 1), ({}, 4),
    ):  # fmt: skip
        assert sum(len(deed.changes) for deed in timeline(store, [WARD], **asked)) == count


def test_what_people_write_is_told_with_what_it_replaced(store):
    """A note, its correction and its withdrawal, each by its writer."""
    first = add_note(store, Note(WARD, 2020, "sáp nhập"), "an")
    second = add_note(store, Note(WARD, 2020, "sáp nhập phường", replaces=first), "bình")
    withdraw_note(store, second, "an")
    assert [(deed.what, deed.who, deed.row["text"], deed.before and deed.before["text"])
            for deed in timeline(store, [WARD])] == [
        ("note.written", "an", "sáp nhập", None), ("note.written", "bình", "sáp nhập phường", "sáp nhập"),
        ("note.withdrawn", "an", "sáp nhập phường", "sáp nhập phường"),
    ]  # fmt: skip


def test_residential_groups_are_counted_with_the_batch_that_names_them(store):
    """Also where it brings no figure."""
    groups = [Group(f"TDP0{number}", WARD, f"Tổ {number}", "to_dan_pho") for number in (1, 2)]
    store_batch(store, figures=[], groups=groups, report=None, who="an")
    (deed,) = timeline(store, [WARD])
    assert (deed.what, deed.groups, deed.changes) == ("stored", 2, ())


@pytest.mark.parametrize("approved", [True, False])
def test_the_past_is_read_with_a_handful_of_questions(store, approved):
    """However many batches there were."""
    for number in range(1, 6):
        store_batch(store, figures=[figure(value=str(number))], report=None, who="an")
    asked = []
    event.listen(store.reader, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(timeline(store, [WARD], approved=approved)) == 5
    assert len([words for words in asked if words.startswith("SELECT")]) <= 12


def test_what_was_done_and_undone_is_no_difference(store):
    """A value that came back differs in nothing; one that changed twice differs once, by the last hand."""
    store_batch(store, figures=[figure(value="48"), plan(value="40")], report=None, who="an")
    since = datetime.now(UTC)
    store_batch(store, figures=[figure(value="49"), plan(value="41")], report=None, who="bình")
    undo(store, 2, "an")
    assert net(timeline(store, [WARD], since)) == ()
    store_batch(store, figures=[plan(value="42")], report=None, who="chi")
    ((change, deed),) = net(timeline(store, [WARD], since))
    assert (change.old["value"], change.new["value"], deed.who) == (40, 42, "chi")
