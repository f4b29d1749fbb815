"""The difference of two freezes: laid over the older one it gives the newer, and of the same it is empty."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from core.store.freeze_diff import FreezeDiff, diff, parts_of, says_the_same, without_withheld
from core.store.office import COLOURS
from core.store.timeline import Change
from core.store.unshown import Unshown, for_public, mark_unshown
from tests.core.store.examples import SAMPLE

NAMES = st.sampled_from(["", "a", "b", "ê"])
PLACE = {"unit_code": st.just("MAU01"), "unit_from": st.just("1900-01-01")}
YEAR = {"year": st.integers(2019, 2021)}
VALUES = {"value": st.sampled_from(["1", "2.5"]), "of": st.sampled_from([None, "18"]), "of_kind": NAMES,
          "hedge": st.just(""), "flags": NAMES}  # fmt: skip
KEY = {"member": NAMES, "period": st.just("year"), "scenario": st.just("actual"), "basis": st.just("")}
ROWS = {
    "figures": PLACE | YEAR | {"indicator": st.sampled_from(["x", "y"]), "place": NAMES} | KEY | VALUES,
    "awards": PLACE | YEAR | {name: NAMES for name in ("honour", "grade", "level", "recipient", "mode", "giver",
                                                       "decision_no", "decision_date", "place")}
    | {"count": st.integers(1, 3)},
    "groups": PLACE | {"id": NAMES, "name": NAMES},
    "notes": PLACE | YEAR | {"indicator": NAMES, "text": NAMES},
    "wordings": PLACE | YEAR | {"screen": NAMES, "lang": st.just("vi"), "text": NAMES, "numbers": st.just("[]")},
    "shortfalls": PLACE | YEAR | {"indicator": NAMES, "cause": NAMES},
    "reports": {"sha256": NAMES, "title": NAMES},
}  # fmt: skip
CATALOGUES = st.sampled_from([
    {"a.toml": '[x]\nname = { vi = "Số", en = "Count" }\n', "units.csv": "code\nMAU01\n"},
    {"a.toml": '# words\n[x]\nname = { vi = "Số", en = "Count" }\n', "units.csv": "code\nMAU01\n"},
    {"a.toml": 'number = 1\n[x]\nname = { vi = "Con số", en = "Count" }\n[y]\nkind = "z"\n', "units.csv": "code\n"},
])  # fmt: skip
CONTENTS = st.fixed_dictionaries(
    {name: st.lists(st.fixed_dictionaries(row), max_size=4) for name, row in ROWS.items()}
    | {"catalogue": CATALOGUES, "printed_name": NAMES, "year": st.sampled_from([2020, 2021]),
       "unit": st.sampled_from([["MAU01", "1900-01-01"], ["MAU03", "2025-07-01"]])},
    optional={"colour": st.sampled_from(COLOURS)},
)


def spelled(rows) -> Counter:
    """Rows without their order."""
    return Counter(json.dumps(row, sort_keys=True, default=str) for row in rows)


@given(CONTENTS, CONTENTS)
def test_the_changes_laid_over_one_freeze_give_the_other(old, new):
    """Of every part and of the catalogue's terms; and it is empty only where both say the same."""
    found, before, after = diff(old, new), parts_of(old), parts_of(new)
    for part, rows in before.items():
        changes = getattr(found, part)
        gone, come = ([row for row in side if row is not None] for side in
                      (map(lambda change: change.old, changes), map(lambda change: change.new, changes)))  # fmt: skip
        assert not spelled(gone) - spelled(rows)
        assert spelled(rows) - spelled(gone) + spelled(come) == spelled(after[part])
    alike = all(spelled(before[part]) == spelled(after[part]) for part in before)
    looks = [(*(each[name] for name in ("unit", "year", "printed_name")), each.get("colour", COLOURS[0]))
             for each in (old, new)]  # fmt: skip
    assert bool(found) != (alike and looks[0] == looks[1])


@given(CONTENTS)
def test_a_freeze_does_not_differ_from_itself(content):
    """Nor from one whose explanations still named who answers for them, or counted what it left out."""
    named = content | {"shortfalls": [row | {"person": "Bà Lan"} for row in content["shortfalls"]], "left_out": 3}
    assert diff(content, content) == diff(named, content) == FreezeDiff()


@given(CONTENTS, CONTENTS)
def test_a_changed_row_is_one_change_not_a_loss_and_a_find(old, new):
    """As long as its key is in both as often."""
    for change in diff(old, new).figures:
        if change.old is None or change.new is None:
            continue
        assert all(change.old[name] == change.new[name] for name in ("indicator", "member", "year"))
        assert change.old != change.new


def test_a_value_read_elsewhere_says_the_same(sqlite_store):
    """And a withheld figure is counted, not told, in figures, explanations and awards of its kind."""
    row = {"unit_code": SAMPLE.code, "unit_from": "1900-01-01", "year": 2020, "indicator": "conscripts", "value": "9",
           "of": None, "of_kind": "", "hedge": "", "flags": "", "place": "đoạn 1"}  # fmt: skip
    assert says_the_same("figures", Change(row, row | {"place": "đoạn 2"}))
    assert not says_the_same("figures", Change(row, row | {"value": "10"}))
    assert not says_the_same("figures", Change(row, None))
    free = Change(None, row | {"indicator": "budget_revenue"})
    told = FreezeDiff(figures=(Change(row, None), free), shortfalls=(Change(None, row),), notes=(Change(row, None),))
    assert without_withheld(told, for_public(sqlite_store)) == (told, 0)
    mark_unshown(sqlite_store, Unshown(SAMPLE, 2020, "conscripts", "chưa công bố"), "an")
    assert without_withheld(told, for_public(sqlite_store)) == (FreezeDiff(figures=(free,)), 3)
