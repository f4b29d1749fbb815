"""Undoing: always a new batch, always reversible, and the state is at any time what a plain model says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FaultError
from core.store import (
    award_register,
    batches,
    history,
    remove_sample,
    store_batch,
    tidy,
    undo,
    units_with_figures,
    verify,
)
from core.store.review import review_of, submit, unlock
from tests.core.store.examples import SAMPLE, WARD, add_account, approve, award, figure, report


def codes(error) -> set[str]:
    return {fault.code for fault in error.value.faults}


def values(store, **rest) -> list[float]:
    return tidy(store, "tidy_indicators", **rest).value.tolist()


@pytest.mark.parametrize("number", [41, 0, -1, 10**20])
def test_an_unknown_batch_cannot_be_undone(store, number):
    """The refusal names the batch, also one larger than a database can count; nothing is stored."""
    with pytest.raises(FaultError) as error:
        undo(store, number, "an")
    assert codes(error) == {"store.unknown_batch"}
    assert batches(store).empty


def test_a_batch_is_undone_once(store):
    """The second time the refusal says which batch undid it."""
    stored = store_batch(store, figures=[figure()], report=None, who="an")
    by = undo(store, stored.id, "an")
    with pytest.raises(FaultError) as error:
        undo(store, stored.id, "bình")
    (fault,) = error.value.faults
    assert (fault.code, fault.params["by"]) == ("store.already_undone", by)


def test_undoing_brings_the_earlier_value_back(store):
    """The undone value stays in the history; figures and awards go together."""
    store_batch(store, figures=[figure(value="100")], awards=[award(count=3)], report=None, who="an")
    second = store_batch(store, figures=[figure(value="120")], awards=[award(count=5)], report=None, who="an")
    undo(store, second.id, "bình", "nhập nhầm")
    assert values(store) == [100]
    assert award_register(store, WARD)["count"].tolist() == [3]
    past = history(store, figure().key)
    assert list(zip(past.value, past.state, past.current, strict=True)) == [(100, "live", True), (120, "undone", False)]
    assert batches(store).loc[0, ["who", "note", "undoes"]].tolist() == ["bình", "nhập nhầm", second.id]


def test_undoing_an_undo_restores_and_so_on(store):
    """Undo, undo of undo, undo of that: the value goes and comes."""
    stored = store_batch(store, figures=[figure()], report=None, who="an")
    first = undo(store, stored.id, "an")
    assert values(store) == []
    second = undo(store, first, "an")
    assert values(store) == [100]
    undo(store, second, "an")
    assert values(store) == []
    undo(store, first, "an")
    assert values(store) == [100]
    assert verify(store) == []


def test_a_batch_undone_twice_comes_back_when_both_are_undone(store):
    """Undo, restore, undo again, undo the restoring: taking back one of the two undoings is not enough."""
    stored = store_batch(store, figures=[figure()], report=None, who="an")
    first = undo(store, stored.id, "an")
    restored = undo(store, first, "an")
    second = undo(store, stored.id, "an")
    undo(store, restored, "an")
    undo(store, first, "an")
    assert values(store) == [] and verify(store) == []
    undo(store, second, "an")
    assert values(store) == [100] and verify(store) == []


def test_restoring_a_file_that_was_taken_in_again_is_refused(store):
    """One file is never in the store twice, not even by undoing an undo."""
    first = store_batch(store, figures=[figure()], report=report(), who="an")
    undone = undo(store, first.id, "an")
    again = store_batch(store, figures=[figure(value="2")], report=report(), who="an")
    with pytest.raises(FaultError) as error:
        undo(store, undone, "an")
    (fault,) = error.value.faults
    assert (fault.code, fault.params["other"]) == ("store.file_is_live", again.id)
    assert values(store) == [2]


def test_removing_the_sample_takes_its_units_off_every_list(store):
    """Batches of sample reports and hand corrections of sample units go; real figures stay; it can be taken back."""
    store_batch(store, figures=[figure(value="1")], report=report("thật"), who="an")
    sample = report("mẫu", is_sample=True, unit=SAMPLE)
    store_batch(store, figures=[figure(value="2", unit=SAMPLE)], awards=[award(unit=SAMPLE)], report=sample, who="an")
    store_batch(store, figures=[figure(value="3", unit=SAMPLE)], report=None, who="an")
    assert units_with_figures(store).set_index("unit_code").is_sample.to_dict() == {"00238": False, "MAU01": True}
    assert tidy(store, "tidy_indicators", unit=SAMPLE).is_sample.all()
    undone = remove_sample(store, "an")
    assert units_with_figures(store).unit_code.tolist() == ["00238"]
    assert values(store) == [1]
    assert remove_sample(store, "an") == []
    for number in undone:
        undo(store, number, "an")
    assert values(store, unit=SAMPLE) == [3]


def test_no_approval_holds_an_invented_figure(store):
    """The sample goes from locked years too; a real ward's figures in a sample report are locked as ever."""
    store_batch(store, figures=[figure(value="2", unit=SAMPLE)], report=report("mẫu", is_sample=True), who="an")
    add_account(store)
    with pytest.raises(FaultError) as refused:
        store_batch(store, figures=[figure(value="3", unit=SAMPLE)], report=None, who="an")
    assert [fault.code for fault in refused.value.faults] == ["review.locked"]
    remove_sample(store, "an")
    assert units_with_figures(store).empty
    mixed = [figure(value="4"), figure(value="5", unit=SAMPLE, year=2021)]
    store_batch(store, figures=mixed, report=report("lẫn", is_sample=True), who="an")
    approve(store)
    with pytest.raises(FaultError) as refused:
        remove_sample(store, "an")
    assert [fault.params["code"] for fault in refused.value.faults] == [WARD.code] and values(store) == [4]


KEYS = [("conscripts", 2020), ("conscripts", 2021), ("complaints", 2020)]
STEPS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(KEYS), st.integers(0, 4), min_size=1),
        st.tuples(st.just("undo"), st.integers(0, 30)),
        st.just("approve"),
    ),
    max_size=30,
)


class Model:
    """The store as plain lists: facts in order, batches with what they undo, the last approved position."""

    def __init__(self, automatic: bool):
        self.facts, self.batches, self.automatic, self.up_to = [], {}, automatic, {}

    def live(self, number) -> bool:
        return not any(undoes == number and self.live(other) for other, undoes in self.batches.items())

    def current(self, approved=False) -> dict:
        return {
            key: value
            for position, (key, value, number) in enumerate(self.facts)
            if self.live(number) and (not approved or position < self.up_to.get(key[1], 0))
        }

    def store(self, number, figures) -> None:
        new = {key: value for key, value in figures.items() if self.current().get(key) != value}
        if not new:
            return
        self.batches[number] = None
        self.facts += [(key, value, number) for key, value in new.items()]
        if self.automatic:
            self.up_to |= {key[1]: len(self.facts) for key in new}


def play(store, steps, automatic) -> None:
    """Take the steps in the store and in the model; after each the two agree, newest and approved."""
    model = Model(automatic)
    if not automatic:
        add_account(store)
    for step in steps:
        if isinstance(step, dict):
            stored = store_batch(
                store, figures=[figure(i, str(v), year=y) for (i, y), v in step.items()], report=None, who="an"
            )
            model.store(stored.id, step)
        elif step == "approve" and model.facts:
            years = {key[1] for key, _, _ in model.facts}
            for year in years:
                if review_of(store, WARD, year).state == "unlocked":
                    submit(store, WARD, year, "an")
                if not automatic:
                    approve(store, year)
                    unlock(store, WARD, year, "chủ tịch", "tiếp tục sửa")
            model.up_to |= dict.fromkeys(years, len(model.facts))
        elif step != "approve" and model.batches:
            number = list(model.batches)[step[1] % len(model.batches)]
            if model.live(number):
                model.batches[undo(store, number, "an")] = number
            else:
                with pytest.raises(FaultError):
                    undo(store, number, "an")
        for approved in (False, True):
            frame = tidy(store, "tidy_indicators", indicators=["conscripts", "complaints"], approved=approved)
            seen = {(row.indicator, row.year): row.value for row in frame.itertuples()}
            assert seen == model.current(approved)
    assert verify(store) == []


@pytest.mark.parametrize("automatic", [True, False])
@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_any_history_ends_where_a_plain_model_ends_on_sqlite(new_store, automatic, steps):
    """Random storing, correcting, undoing and approving, with and without accounts."""
    with new_store("sqlite") as store:
        play(store, steps, automatic)


@pytest.mark.parametrize("automatic", [True, False])
@settings(max_examples=6, deadline=None)
@given(steps=STEPS)
def test_any_history_ends_where_a_plain_model_ends_on_postgresql(new_store, automatic, steps):
    """The same law on PostgreSQL; fewer examples, as each needs a database."""
    with new_store("postgres") as store:
        play(store, steps, automatic)
