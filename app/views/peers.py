"""Which wards may be held against each other in one indicator and year: only figures made in the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

import pandas as pd

from core.catalogue import Catalogue, Indicator
from core.figures import Ref, UnitKey
from core.places import Unit
from core.series import BEST_KNOWN, PLAN_ORDER, exact
from core.status import KNOWN_BASES, is_ceiling, is_spending

ENOUGH = 3  # of fewer wards there is no middle to speak of


@dataclass(frozen=True, slots=True)
class Kind:
    """How a figure was made; figures of two kinds are never held against each other.

    `basis` is empty where no plan is spoken of, `of_kind` where the indicator leaves no choice of denominator.
    """

    period: str
    scenario: str
    basis: str
    scope_unstated: bool
    of_kind: str
    hedged: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """One ward's figure; `before` is last year's of the same kind, None where there is none or a break between."""

    unit: Unit
    value: Decimal
    own: bool
    hedge: str
    method: str
    ref: Ref
    source: str
    url: str
    published: date | None
    before: Decimal | None = None
    before_ref: Ref | None = None

    @property
    def change(self) -> Decimal | None:
        """This year's value less last year's."""
        return None if self.before is None else self.value - self.before


@dataclass(frozen=True, slots=True)
class Group:
    """Wards whose figures are of one kind, the better side first; `doubts` are why no places are given."""

    kind: Kind
    peers: tuple[Peer, ...]
    doubts: tuple[str, ...] = ()

    @property
    def own(self) -> Peer | None:
        """The ward of one's own in this group."""
        return next((peer for peer in self.peers if peer.own), None)

    @property
    def ranked(self) -> bool:
        """Whether places may be given."""
        return not self.doubts

    @property
    def median(self) -> Decimal | None:
        """The middle of three values or more, None of fewer."""
        return median(peer.value for peer in self.peers) if len(self.peers) >= ENOUGH else None

    def place(self, peer: Peer) -> int:
        """The place of a ward, the same for equal values; only groups without doubts have places."""
        first = next(other for other in self.peers if other.value == peer.value)
        return self.peers.index(first) + 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The wards of one indicator and year: `main` those that are drawn together, `apart` those of other kinds."""

    indicator: Indicator
    year: int
    main: Group | None
    apart: tuple[Group, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group there is, the one drawn together first."""
        return ((self.main,) if self.main else ()) + self.apart

    @property
    def wards(self) -> int:
        """How many wards there are in all."""
        return len({peer.unit.key for group in self.groups for peer in group.peers})

    @property
    def others(self) -> int:
        """How many of them are not one's own."""
        return len({peer.unit.key for group in self.groups for peer in group.peers if not peer.own})


def comparison(
    catalogue: Catalogue, indicator: Indicator, frame: pd.DataFrame, own: Sequence[UnitKey], year: int
) -> Comparison:
    """The wards of a year in their groups; `frame` as core.store.across_units gives it, of two years.

    `own` is one's own ward with those of its name before and after it. Drawn together is the group of one's own ward,
    of several the largest that leaves no doubt; where it is in none, the largest. No ward stands in two groups, and
    none beside one that it came from or went into.
    """
    kinds: dict[Kind, dict[UnitKey, dict]] = defaultdict(dict)
    for row in sorted(frame[frame["year"] == year].to_dict("records"), key=lambda row: row["method"] != "computed"):
        kinds[_kind(indicator, row)].setdefault(_key(row), row)
    before = {(_key(row), _kind(indicator, row)): row for row in frame[frame["year"] == year - 1].to_dict("records")}
    groups = [_group(catalogue, indicator, kind, rows, own, before, year) for kind, rows in kinds.items()]
    main = max(groups, key=_weight, default=None)
    if main is not None and len(main.peers) < 2:
        main = None
    return Comparison(indicator, year, main, _apart(indicator, groups, main))


def _kind(indicator: Indicator, row: dict) -> Kind:
    of_kind = (row["of_kind"] or "unstated") if indicator.unit == "percent" and indicator.of_kinds else ""
    basis = (row["basis"] or "unstated") if indicator.attainment_of else ""
    return Kind(row["period"], row["scenario"], basis, bool(row["scope_unstated"]), of_kind, bool(row["hedge"]))


def _key(row: dict) -> UnitKey:
    return UnitKey(row["unit_code"], pd.Timestamp(row["unit_from"]).date())


def _group(
    catalogue: Catalogue,
    indicator: Indicator,
    kind: Kind,
    rows: dict[UnitKey, dict],
    own: Sequence[UnitKey],
    before: dict[tuple[UnitKey, Kind], dict],
    year: int,
) -> Group:
    broken = any(date.fromisoformat(str(entry["date"])).year == year for entry in indicator.breaks)
    peers = []
    for key in _unrelated(catalogue, list(rows), own, year):
        unit, row = catalogue.unit(key), rows[key]
        old = None if broken or unit.valid_from.year >= year else before.get((key, kind))
        peers.append(_peer(unit, row, key in own, old))
    peers.sort(key=lambda peer: (peer.value if is_ceiling(indicator) and not is_spending(indicator) else -peer.value))
    return Group(kind, tuple(peers), _doubts(indicator, kind))


def _peer(unit: Unit, row: dict, own: bool, old: dict | None) -> Peer:
    return Peer(
        unit, exact(row["value"]), own, row["hedge"], row["method"], _ref(row), row["title"] or row["source"],
        row["url"], row["published"] or None, exact(old["value"]) if old else None, _ref(old) if old else None,
    )  # fmt: skip


def _ref(row: dict) -> Ref:
    """The reference of a row; one that was worked out has no stored row of its own and names all behind it."""
    whole = Ref(_key(row), int(row["year"]), row["indicator"], period=row["period"])
    return whole if row["method"] == "computed" else whole._replace(scenario=row["scenario"], basis=row["basis"])


def _unrelated(catalogue: Catalogue, keys: list[UnitKey], own: Sequence[UnitKey], year: int) -> list[UnitKey]:
    """Of units of which one went into another only one stays: one's own, else the one that stood at the year's end."""

    def weight(key: UnitKey) -> tuple:
        return (key in own, catalogue.unit(key).exists_on(date(year, 12, 31)), key.valid_from)

    kept: list[UnitKey] = []
    for key in sorted(keys, key=weight, reverse=True):
        if not any(_came_from(catalogue, key, other) or _came_from(catalogue, other, key) for other in kept):
            kept.append(key)
    return kept


def _came_from(catalogue: Catalogue, young: UnitKey, old: UnitKey) -> bool:
    """Whether `old` went, wholly or in part and over any number of steps, into `young`."""
    waiting, seen = [young], {young}
    while waiting:
        for row in catalogue.places.predecessors(waiting.pop()):
            if row.old == old:
                return True
            if row.old not in seen:
                seen.add(row.old)
                waiting.append(row.old)
    return False


def _doubts(indicator: Indicator, kind: Kind) -> tuple[str, ...]:
    """Why a group gives no places, the gravest first; empty where its figures can be ranked."""
    found = [
        ("basis", bool(kind.basis) and kind.basis not in KNOWN_BASES),
        ("scope", kind.scope_unstated),
        ("of", kind.of_kind == "unstated"),
        ("hedge", kind.hedged),
        ("size", indicator.unit != "percent"),
        ("spending", is_spending(indicator) and indicator.unit == "percent"),
        ("neutral", indicator.polarity == "neutral"),
    ]
    return tuple(name for name, holds in found if holds)


def _weight(group: Group) -> tuple:
    size = len(group.peers)
    firm = not {"basis", "scope", "of", "hedge"} & set(group.doubts)
    return (group.own is not None and size > 1, firm and size >= ENOUGH, size, firm, group.kind.period == "year")


def _apart(indicator: Indicator, groups: list[Group], main: Group | None) -> tuple[Group, ...]:
    """The wards that are not drawn together, each once: in the kind that is best known."""
    placed = {peer.unit.key for peer in main.peers} if main else set()
    found = []
    for group in sorted((group for group in groups if group is not main), key=_known_best):
        rest = tuple(peer for peer in group.peers if peer.unit.key not in placed)
        placed |= {peer.unit.key for peer in rest}
        if rest:
            found.append(Group(group.kind, rest, group.doubts))
    return tuple(sorted(found, key=lambda group: -len(group.peers)))


def _known_best(group: Group) -> tuple:
    kind = group.kind
    basis = PLAN_ORDER.index(kind.basis) if kind.basis else 0
    return (kind.period != "year", len(group.doubts), kind.hedged, BEST_KNOWN.index(kind.scenario), basis)
