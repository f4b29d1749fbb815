"""Edited sentences: bound to the figures they were written for, stale exactly when one of those changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import FaultError
from core.figures import Ref
from core.sentences import Said
from core.store import (
    Slot,
    differences,
    store_batch,
    verify,
    withdraw_wording,
    wording_of,
    write_wording,
)
from tests.core.store.examples import WARD, award, figure, plan

SLOT = Slot("budget", WARD, 2020, "vi")


def ref(indicator="budget_revenue", scenario="actual", **rest) -> Ref:
    """The reference of a figure of 2020."""
    return Ref(WARD, rest.pop("year", 2020), indicator, scenario=scenario, **rest)


def write(store, *refs, slot=SLOT, replaces=None, text="Thu {0}"):
    """A sentence of one number that rests on these figures."""
    said = Said("49,09 tỷ đồng", tuple(refs), "49090000000")
    return write_wording(store, slot, text, [said], "an", generated="Thu ngân sách 49,09 tỷ đồng.", replaces=replaces)


def put(store, *figures, awards=()) -> None:
    """Store figures as one batch."""
    store_batch(store, figures=list(figures), awards=list(awards), report=None, who="an")


def test_there_is_no_sentence_before_somebody_writes_one(store):
    """Nor in another language, year or screen than the one it was written for."""
    write(store, ref())
    for slot in (SLOT._replace(lang="en"), SLOT._replace(year=2019), SLOT._replace(screen="culture")):
        assert wording_of(store, slot) is None


def test_a_sentence_is_read_back_as_it_was_written(store):
    """Text, numbers, what the program had made, and the value of each figure then."""
    put(store, figure(value="49090000000"))
    number = write(store, ref())
    found = wording_of(store, SLOT)
    assert (found.id, str(found.sentence), found.who) == (number, "Thu 49,09 tỷ đồng", "an")
    assert found.generated == "Thu ngân sách 49,09 tỷ đồng."
    assert found.values == {ref(): "49090000000"}
    assert differences(store, found) == () and verify(store) == []


def test_of_two_who_edit_one_sentence_the_second_is_told(store):
    """And going back to the generated sentence is a new row too."""
    first = write(store, ref())
    write(store, ref(), replaces=first, text="Thu khá {0}")
    with pytest.raises(FaultError) as error:
        write(store, ref(), replaces=first)
    assert error.value.faults[0].code == "notes.replaced"
    withdraw_wording(store, wording_of(store, SLOT), "bình")
    assert wording_of(store, SLOT) is None and verify(store) == []


@pytest.mark.parametrize(
    ("then", "now", "stale"),
    [
        (figure(value="49"), figure(value="49.5"), ("49", "49.5")),
        (figure(value="49"), figure(value="49", hedge="nearly"), ("49", "nearly 49")),
        (figure(value="13", of="18"), figure(value="13", of="19"), ("13/18", "13/19")),
        (figure(value="49"), figure(value="48", scenario="final"), ("49", "48")),
        (figure(value="49"), figure(value="49", scenario="final"), None),
        (figure(value="49"), figure(value="47", scenario="estimate"), None),
        (figure(value="49"), plan(value="50"), None),
        (figure(value="49"), figure(value="1", member="thu_ho_tich"), None),
        (figure(value="49"), figure(value="1", year=2019), None),
        (figure(value="49"), figure("budget_expenditure", "1"), None),
    ],
)
def test_a_sentence_is_stale_when_the_best_known_value_is_another(store, then, now, stale):
    """A final account replaces an actual; the same number, an estimate, a plan, a part, another year do not."""
    put(store, then)
    write(store, ref())
    put(store, now)
    found = differences(store, wording_of(store, SLOT))
    assert found == (() if stale is None else ((ref(), *stale),))


def test_a_plan_that_is_compared_first_makes_the_sentence_stale(store):
    """The council's plan was meant; then the one assigned from above comes in."""
    put(store, plan(value="48", basis="council"))
    write(store, ref(scenario="plan", basis="council"))
    put(store, plan(value="48", basis="stretch"))
    assert differences(store, wording_of(store, SLOT)) == ()
    put(store, plan(value="47", basis="assigned"))
    (found,) = differences(store, wording_of(store, SLOT))
    assert found[1:] == ("48", "47")


def test_awards_are_counted_together(store):
    """A row of the register counts where the reference asks for it: by recipient, level and honour."""
    put(store, awards=[award(count=3), award(count=2, decision_no="2")])
    write(store, Ref(WARD, 2020, recipient="collective"), Ref(WARD, 2020, recipient="individual"))
    put(store, awards=[award(count=7, year=2019)])
    assert differences(store, wording_of(store, SLOT)) == ()
    put(store, awards=[award(count=4, decision_no="3", honour="bk_tinh", level="province")])
    (found,) = differences(store, wording_of(store, SLOT))
    assert (found.ref.recipient, *found[1:]) == ("collective", "5", "9")


KEYS = [
    figure(value="1"), plan(value="2"), figure("budget_expenditure", "3"), figure("cultural_groups", "4", of="18"),
    figure("poor_household_rate", "5"), figure("cultural_families_rate", "6"), figure(value="7", year=2019),
]  # fmt: skip
REFS = [
    Ref(each.unit, each.year, each.indicator, each.member, each.period, each.scenario, each.basis) for each in KEYS
]


@settings(max_examples=40, deadline=None)
@given(
    sentences=st.lists(st.sets(st.integers(0, len(KEYS) - 1), min_size=1), min_size=1, max_size=4),
    changed=st.integers(0, len(KEYS) - 1),
    to=st.integers(8, 99),
)
def test_changing_one_figure_makes_stale_exactly_the_sentences_that_use_it(new_store, sentences, changed, to):
    """Whatever sentences there are and whichever figure changes; taking the change back makes them good again."""
    with new_store("sqlite") as store:
        put(store, *KEYS)
        slots = [SLOT._replace(screen=f"screen-{place}") for place in range(len(sentences))]
        for slot, used in zip(slots, sentences, strict=True):
            write(store, *(REFS[place] for place in used), slot=slot)
        put(store, replace(KEYS[changed], value=Decimal(to)))
        stale = [bool(differences(store, wording_of(store, slot))) for slot in slots]
        assert stale == [changed in used for used in sentences]
        put(store, KEYS[changed])
        assert not any(differences(store, wording_of(store, slot)) for slot in slots)
