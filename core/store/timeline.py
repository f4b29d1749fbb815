"""What was done to the figures of some units, deed by deed: the values each changed, the steps of review, the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading
from core.store.rows import AWARD_CONTENT, FIGURE_CONTENT
from core.store.shown import quote_of, shown
from core.store.written import WRITTEN

STORED, UNDONE, RESTORED = "stored", "undone", "restored"
BY_ITSELF = ("automatic", "review_off")  # reasons of approvals that storing gave without a second person


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or award before and after a deed, None where there was none or is none any more.

    A row has the columns of core.store.sources (values as exact decimals) and seq, title, note and reason.
    """

    old: Mapping | None
    new: Mapping | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did.

    `what`: STORED, UNDONE, RESTORED (an undoing taken back), a step of review ("submitted", "returned", "approved",
    "unlocked"), or "<table>.written" and "<table>.withdrawn" of what people write. `batch` is the batch that did it,
    `of` the one it stores, takes back or brings back, `report` and `title` of that one's file; `groups` how many
    residential groups it names. `step` is what storing meant at once: "submitted", "approved", or "" for figures of
    other units. `row` is what was written, `before` what that replaced.
    """

    what: str
    who: str
    at: datetime
    unit: UnitKey | None = None
    year: int | None = None
    reason: str = ""
    batch: int | None = None
    of: int | None = None
    report: str = ""
    title: str = ""
    groups: int = 0
    step: str = ""
    changes: tuple[Change, ...] = ()
    row: Mapping | None = None
    before: Mapping | None = None


def timeline(
    store: Store,
    units: Iterable[UnitKey],
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    years: Iterable[int] | None = None,
    indicators: Iterable[str] | None = None,
    member: str | None = None,
    approved: bool = False,
) -> tuple[Deed, ...]:
    """What was done after `since` and up to `until` (UTC), oldest first, of some years or all.

    The changes of all deeds, laid one after the other over the values at `since`, give those at `until`. They are those
    of the newest values, or with `approved` of the approved ones: nothing is then told that never was approved.
    `indicators` ("" among them for awards) and `member` ask for the figures of these alone.
    """
    asked = list(units)
    with reading(store) as connection:
        facts = _facts(connection, store, asked, years, indicators, member)
        named = _groups(connection, asked) if years is None and indicators is None else {}
        batches = _batches(connection, {fact.row["batch"] for fact in facts} | named.keys())
        steps = connection.execute(
            select(tables.approval).where(of_unit(tables.approval, asked, years)).order_by(tables.approval.c.id)
        ).mappings().all()  # fmt: skip
        written = [] if indicators is not None else _written(connection, asked, years)
    if approved:  # what is said of a missed plan is approved with its year
        limits = {_place(step): step["at"] for step in steps if step["state"] == "approved"}
        written = [each for each in written if not each.what.startswith("shortfall") or _covered(each, limits)]
    past = _Past(facts, batches, steps, named, approved=approved)
    deeds = [*past.deeds(since, until), *(deed for deed in written if _within(deed.at, since, until))]
    return tuple(sorted(deeds, key=lambda deed: deed.at))


def _covered(deed: Deed, limits: Mapping[tuple, datetime]) -> bool:
    place = (deed.unit, deed.year)
    return place in limits and deed.at <= limits[place]


def net(deeds: Iterable[Deed]) -> tuple[tuple[Change, Deed], ...]:
    """What differs after all of some deeds (oldest first), whatever lay between, each with the deed that made it so."""
    first: dict[tuple, Mapping | None] = {}
    last: dict[tuple, tuple[Mapping | None, Deed]] = {}
    for deed in deeds:
        for change in deed.changes:
            key = _key_of_row(change.new or change.old)
            first.setdefault(key, change.old)
            last[key] = change.new, deed
    return tuple(
        (Change(first[key], new), deed)
        for key, (new, deed) in last.items()
        if _content_of_row(first[key]) != _content_of_row(new)
    )


def _key_of_row(row: Mapping) -> tuple:
    return tuple(row[name] for name in (tables.FIGURE_KEY if row["indicator"] else tables.AWARD_KEY))


def _content_of_row(row: Mapping | None) -> tuple | None:
    return row and tuple(row[name] for name in (FIGURE_CONTENT if row["indicator"] else AWARD_CONTENT))


def _within(at: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or at > since) and (until is None or at <= until)


@dataclass(frozen=True, slots=True)
class _Fact:
    key: tuple
    content: tuple
    seq: int
    place: tuple[UnitKey, int]
    row: dict


def _facts(
    connection: Connection, store: Store, units: Sequence[UnitKey], years: Iterable[int] | None,
    indicators: Iterable[str] | None, member: str | None,
) -> list[_Fact]:  # fmt: skip
    wanted = None if indicators is None else list(indicators)
    figure, award = tables.figure, tables.award
    of_figures = select(figure, tables.unit.c.is_sample.label("sample"), quote_of(store, figure).label("said"))
    of_awards = select(award, tables.unit.c.is_sample.label("sample"), quote_of(store, award).label("said"))
    if wanted is not None:
        of_figures = of_figures.where(figure.c.indicator.in_(wanted))
    if member is not None:
        of_figures = of_figures.where(figure.c.member == member)
    found = []
    for query, facts, key, content, row_of in (
        (of_figures, figure, tables.FIGURE_KEY, FIGURE_CONTENT, _figure_row),
        *([(of_awards, award, tables.AWARD_KEY, AWARD_CONTENT, _award_row)] if wanted is None or "" in wanted else []),
    ):
        whose = (tables.unit.c.code == facts.c.unit_code) & (tables.unit.c.valid_from == facts.c.unit_from)
        query = query.join(tables.unit, whose).where(of_unit(facts, units, years), *shown(store, facts))
        for row in connection.execute(query.order_by(facts.c.seq)).mappings():
            place = (UnitKey(row["unit_code"], row["unit_from"]), row["year"])
            own = (facts.name, *(row[name] for name in key))
            found.append(_Fact(own, tuple(row[name] for name in content), row["seq"], place, row_of(row)))
    return found


def _figure_row(row: Mapping) -> dict:
    return dict(row) | {"quote": row["said"], "honour": "", "class": "", "level": "", "recipient": ""}


def _award_row(row: Mapping) -> dict:
    return dict(row) | {
        "quote": row["said"], "indicator": "", "member": "", "period": "year", "scenario": "actual", "basis": "",
        "value": row["count"], "of": None, "hedge": "", "flags": "", "class": row["grade"], "reason": "",
    }  # fmt: skip


def _groups(connection: Connection, units: Sequence[UnitKey]) -> dict[int, int]:
    """How many residential groups of the units each batch names."""
    group = tables.residential_group
    rows = select(group.c.batch, func.count().label("named")).where(of_unit(group, units)).group_by(group.c.batch)
    return {row.batch: row.named for row in connection.execute(rows)}


def _batches(connection: Connection, stored: Iterable[int]) -> dict[int, Mapping]:
    """Some batches with their reports, and whatever undoes them, undoes that, and so on."""
    batch, report = tables.batch.c, tables.report.c
    query = select(
        batch.id, batch.who, batch.note, batch.at, batch.undoes, report.name.label("report"), report.title, report.url,
        report.published, report.is_sample,
    ).outerjoin(tables.report, report.id == batch.report)  # fmt: skip
    found: dict[int, Mapping] = {}
    wanted = set(stored)
    while wanted:
        named = batch.id.in_(wanted) if not found else batch.undoes.in_(wanted)
        rows = connection.execute(query.where(named)).mappings().all()
        wanted = {row["id"] for row in rows}
        found |= {row["id"]: row for row in rows}
    return found


def _written(connection: Connection, units: Sequence[UnitKey], years: Iterable[int] | None) -> list[Deed]:
    found = []
    for table in WRITTEN:
        rows = {row["id"]: dict(row) for row in _rows(connection, table, units, years)}
        for row in rows.values():
            what = f"{table.name}.{'withdrawn' if row['withdrawn'] else 'written'}"
            unit, before = UnitKey(row["unit_code"], row["unit_from"]), rows.get(row["replaces"])
            found.append(Deed(what, row["who"], row["at"], unit, row["year"], row=row, before=before))
    return found


def _rows(connection: Connection, table: Table, units: Sequence[UnitKey], years: Iterable[int] | None):
    return connection.execute(select(table).where(of_unit(table, units, years)).order_by(table.c.id)).mappings()


@dataclass(slots=True)
class _Past:
    """Batches and steps laid one after the other; what is present at one moment gives every value of that moment."""

    facts: Sequence[_Fact]
    batches: Mapping[int, Mapping]
    steps: Sequence[Mapping]
    named: Mapping[int, int]
    approved: bool
    by_batch: dict[int, list[_Fact]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[tuple, list[_Fact]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[tuple, dict[tuple, None]] = field(default_factory=lambda: defaultdict(dict))  # in order
    undoers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    present: set[int] = field(default_factory=set)
    alive: dict[int, bool] = field(default_factory=dict)
    limits: dict[tuple, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.facts:
            self.by_batch[fact.row["batch"]].append(fact)
        for number, row in self.batches.items():
            if row["undoes"] is not None:
                self.undoers[row["undoes"]].append(number)

    def deeds(self, since: datetime | None, until: datetime | None) -> list[Deed]:
        """Every deed up to `until`, of which those after `since` are told."""
        own = self._steps_of_batches()
        taken = {step["id"] for steps in own.values() for step in steps}
        events = [(row["at"], 0, number, row) for number, row in self.batches.items()]
        events += [(step["at"], 1, step["id"], step) for step in self.steps if step["id"] not in taken]
        found = []
        for at, kind, number, row in sorted(events, key=lambda event: event[:3]):
            if until is not None and at > until:
                break
            keys = self._keys_of(number, own.get(number, ())) if kind == 0 else self._keys_at(row)
            told = _within(at, since, until)
            before = {key: self._top(key) for key in keys} if told else {}
            self._take_batch(number, row, own.get(number, ())) if kind == 0 else self._take_step(row)
            changes = tuple(change for key in before if (change := _change(before[key], self._top(key))) is not None)
            if told:
                deed = self._of_batch(row, own.get(number, ()), changes) if kind == 0 else _of_step(row, changes)
                found += [deed] if self._is_told(deed) else []
        return [self._with_reports(deed) for deed in found]

    def _steps_of_batches(self) -> dict[int, list[Mapping]]:
        """The steps that storing took by itself, by batch.

        Of each ward and year the first step that covers what the batch stored, where the same person took it: nothing
        comes between the two, because both are one transaction.
        """
        highest: dict[tuple, int] = {}
        for number, facts in self.by_batch.items():
            for fact in facts:
                highest[(number, *fact.place)] = max(fact.seq, highest.get((number, *fact.place), 0))
        found: dict[int, list[Mapping]] = defaultdict(list)
        for (number, unit, year), seq in highest.items():
            here = (step for step in self.steps if _place(step) == (unit, year) and step["up_to_seq"] >= seq)
            first = next(here, None)
            if first is not None and first["who"] == self.batches[number]["who"] and _is_own(first):
                found[number].append(first)
        return found

    def _keys_of(self, number: int, steps: Iterable[Mapping]) -> list[tuple]:
        facts = [fact.key for fact in self.by_batch[self._root(number)]]
        return list(dict.fromkeys([*facts, *(key for step in steps for key in self._keys_at(step))]))

    def _keys_at(self, step: Mapping) -> list[tuple]:
        moves = self.approved and step["state"] == "approved"  # no other step changes a value that is told of
        return list(self.by_place[_place(step)]) if moves else []

    def _take_batch(self, number: int, row: Mapping, steps: Iterable[Mapping]) -> None:
        self.present.add(number)
        root = self._root(number)
        self.alive[root] = self._is_live(root)
        for fact in self.by_batch[number]:
            self.by_key[fact.key].append(fact)
            self.by_place[fact.place][fact.key] = None
        for step in steps:
            self._take_step(step)

    def _take_step(self, step: Mapping) -> None:
        if step["state"] == "approved":
            self.limits[_place(step)] = step["up_to_seq"]

    def _top(self, key: tuple) -> _Fact | None:
        """The value of a key now: its highest live one, of the approved ones where these are asked for."""
        facts = (
            fact for fact in self.by_key.get(key, ())
            if self.alive[fact.row["batch"]] and (not self.approved or fact.seq <= self.limits.get(fact.place, 0))
        )  # fmt: skip
        return max(facts, key=lambda fact: fact.seq, default=None)

    def _is_live(self, number: int) -> bool:
        return number in self.present and not any(self._is_live(each) for each in self.undoers[number])

    def _root(self, number: int) -> int:
        while (undoes := self.batches[number]["undoes"]) is not None:
            number = undoes
        return number

    def _of_batch(self, row: Mapping, steps: Sequence[Mapping], changes: tuple[Change, ...]) -> Deed:
        root, deep, number = self._root(row["id"]), 0, row["id"]
        while (number := self.batches[number]["undoes"]) is not None:
            deep += 1
        what = STORED if not deep else UNDONE if deep % 2 else RESTORED
        file = self.batches[root]
        step = next((step["state"] for step in steps), "")
        return Deed(
            what, row["who"], row["at"], reason=row["note"], batch=row["id"], of=root, report=file["report"] or "",
            title=file["title"] or "", groups=self.named.get(root, 0), step=step, changes=changes,
        )  # fmt: skip

    def _is_told(self, deed: Deed) -> bool:
        """Whether there is anything to tell, and whether those who see approved values alone may know of it."""
        if deed.what == "approved" and deed.reason in BY_ITSELF and not deed.changes:
            return False  # nobody's step: what was said beside approved figures stands with them
        if not self.approved:
            return True
        return bool(deed.changes or deed.groups or deed.what in ("approved", "unlocked"))

    def _with_reports(self, deed: Deed) -> Deed:
        """The deed with what its rows say of their batches, read once for all."""
        for change in deed.changes:
            for row in (change.old, change.new):
                if row is not None and "who" not in row:
                    batch = self.batches[row["batch"]]
                    row |= {name: batch[name] for name in ("who", "at", "note", "published")}
                    row |= {name: batch[name] or "" for name in ("report", "title", "url")}
                    row["is_sample"] = bool(row["sample"] or batch["is_sample"])
        return deed


def _place(step: Mapping) -> tuple[UnitKey, int]:
    return UnitKey(step["unit_code"], step["unit_from"]), step["year"]


def _is_own(step: Mapping) -> bool:
    return step["state"] == "submitted" or (step["state"] == "approved" and step["reason"] in BY_ITSELF)


def _change(old: _Fact | None, new: _Fact | None) -> Change | None:
    """What became of a value; None where it says the same, wherever it was read."""
    if (old and old.content) == (new and new.content):
        return None
    return Change(old and old.row, new and new.row)


def _of_step(step: Mapping, changes: tuple[Change, ...]) -> Deed:
    unit, year = _place(step)
    return Deed(step["state"], step["who"], step["at"], unit, year, reason=step["reason"], changes=changes)
