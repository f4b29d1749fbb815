"""Sentences that people wrote in place of generated ones, with the figures and exact values they were written for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from core.figures import Ref, UnitKey
from core.sentences import Said, Sentence, unbind
from core.series import BEST_KNOWN, PLAN_ORDER
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.shown import speaks_of_withheld
from core.store.trail import sources
from core.store.written import live, write_row


class Slot(NamedTuple):
    """Where a sentence stands: which screen, unit, year and language."""

    screen: str
    unit: UnitKey
    year: int
    lang: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of a person: its text with {places}, its numbers, and the value each of their figures had.

    `generated` is the sentence the program had made at that time; `id`, `who` and `at` (UTC) are the store's.
    """

    slot: Slot
    text: str
    numbers: tuple[Said, ...]
    values: Mapping[Ref, str]
    generated: str = ""
    id: int = 0
    who: str = ""
    at: datetime | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence with its numbers in their places."""
        return unbind(self.text, self.numbers)


class Difference(NamedTuple):
    """A figure that a sentence was written for, what it was then and what it is now ("" where it is gone)."""

    ref: Ref
    then: str
    now: str


def write_wording(
    store: Store, slot: Slot, text: str, numbers: Sequence[Said], who: str, *, generated: str, replaces: int | None
) -> int:
    """Store a sentence bound by core.sentences.bind, with the values its figures have now; give its number.

    Raises FaultError where `replaces`, the sentence it corrects, was corrected by somebody else meanwhile.
    """
    values = values_now(store, [ref for said in numbers for ref in said.refs])
    kept = [
        {"words": said.words, "value": said.value, "refs": [[str(ref), values[ref]] for ref in said.refs]}
        for said in numbers
    ]
    row = _row(slot, text, json.dumps(kept, ensure_ascii=False), generated, replaces)
    with writing(store, [unit_lock(*slot.unit)]) as connection:
        return write_row(connection, tables.wording, row, who)


def withdraw_wording(store: Store, wording: Wording, who: str) -> int:
    """Go back to the generated sentence; FaultError where somebody else changed the sentence meanwhile."""
    row = _row(wording.slot, "", "[]", "", wording.id) | {"withdrawn": True}
    with writing(store, [unit_lock(*wording.slot.unit)]) as connection:
        return write_row(connection, tables.wording, row, who)


def wording_of(store: Store, slot: Slot) -> Wording | None:
    """The sentence that a person put there, the newest of several; None where the generated one stands.

    Nor is there one for whoever is kept from a figure that it tells.
    """
    row = tables.wording.c
    query = live(tables.wording).where(
        of_unit(tables.wording, slot.unit, [slot.year]), row.screen == slot.screen, row.lang == slot.lang
    )
    with reading(store) as connection:
        found = connection.execute(query.order_by(row.id.desc()).limit(1)).mappings().first()
    wording = None if found is None else _wording(found, slot)
    return None if wording is None or speaks_of_withheld(store, wording.values) else wording


def differences(store: Store, wording: Wording) -> tuple[Difference, ...]:
    """The figures whose value is no longer the one the sentence was written for: empty while it stands."""
    now = values_now(store, wording.values)
    return tuple(Difference(ref, then, now[ref]) for ref, then in wording.values.items() if now[ref] != then)


def values_now(store: Store, refs: Iterable[Ref]) -> dict[Ref, str]:
    """The exact value each reference finds at present, "" where it finds none.

    Of one figure the best known counts (final before actual before estimate), of its plans the one compared with
    first; awards are counted together.
    """
    wanted = list(dict.fromkeys(refs))
    frames: dict[tuple[UnitKey, int], pd.DataFrame] = {}
    for key in {(ref.unit, ref.year) for ref in wanted}:
        own = {ref.indicator for ref in wanted if (ref.unit, ref.year) == key}
        frames[key] = sources(store, key[0], [key[1]], indicators=own)
    return {ref: _value(frames[ref.unit, ref.year], ref) for ref in wanted}


def _value(frame: pd.DataFrame, ref: Ref) -> str:
    rows = frame[frame["indicator"] == ref.indicator]
    if not ref.indicator:
        for name in ("honour", "level", "recipient"):
            rows = rows[rows[name] == getattr(ref, name)] if getattr(ref, name) else rows
        return _plain(rows["value"].sum()) if len(rows) else ""
    rows = rows[(rows["member"] == ref.member) & (rows["period"] == ref.period)]
    planned = ref.scenario == "plan"
    rows = rows[(rows["scenario"] == "plan") == planned]
    if ref.basis and not planned:
        rows = rows[rows["basis"] == ref.basis]
    order = {name: place for place, name in enumerate(PLAN_ORDER if planned else BEST_KNOWN)}
    ranked = sorted(rows.to_dict("records"), key=lambda row: order[row["basis" if planned else "scenario"]])
    return _exact(ranked[0]) if ranked else ""


def _exact(row: Mapping) -> str:
    of = "" if row["of"] != row["of"] else f"/{_plain(row['of'])}"
    return f"{row['hedge']} {_plain(row['value'])}{of}".strip()


def _plain(number: float) -> str:
    return tables.canonical(Decimal(repr(float(number))))


def _row(slot: Slot, text: str, numbers: str, generated: str, replaces: int | None) -> dict:
    return {
        "unit_code": slot.unit.code, "unit_from": slot.unit.valid_from, "year": slot.year, "screen": slot.screen,
        "lang": slot.lang, "text": text, "numbers": numbers, "generated": generated, "replaces": replaces,
        "withdrawn": False,
    }  # fmt: skip


def refs_of(numbers: str) -> list[Ref]:
    """Every figure that a stored sentence tells."""
    return [Ref.parse(word) for each in json.loads(numbers) for word, _ in each["refs"]]


def text_of(row: Mapping) -> str:
    """The sentence of a stored row as it is read, its numbers in their places."""
    numbers = tuple(Said(each["words"], (), each["value"]) for each in json.loads(row["numbers"]))
    return str(unbind(row["text"], numbers))


def _wording(row: Mapping, slot: Slot) -> Wording:
    kept = json.loads(row["numbers"])
    values = {Ref.parse(word): value for each in kept for word, value in each["refs"]}
    numbers = tuple(
        Said(each["words"], tuple(Ref.parse(word) for word, _ in each["refs"]), each["value"]) for each in kept
    )
    return Wording(slot, row["text"], numbers, values, row["generated"], row["id"], row["who"], row["at"])
