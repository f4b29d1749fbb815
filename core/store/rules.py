"""What the store refuses to take in, whatever hands it over: every fault of a batch at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import Connection, select

from core.errors import Fault, FaultError
from core.figures import BASES, HEDGES, LEVELS, MODES, OF_KINDS, PERIODS, RECIPIENTS, SCENARIOS, Award, Figure, UnitKey
from core.store.rows import AWARD_CONTENT, FIGURE_CONTENT, award_row, figure_row, same_content
from core.store.tables import current_group, honour, indicator, unit

MONTHS = re.compile(r"([1-9]|1[01])m")
WIDEST = 40  # digits on either side of the decimal point: beyond it is no figure but a damaged cell
YEARS = range(1900, 2201)


def refuse(
    connection: Connection,
    figures: Collection[Figure],
    awards: Collection[Award],
    groups: Collection,
    report_unit: UnitKey | None = None,
) -> None:
    """Raise FaultError with everything that keeps these figures and awards out of the store.

    `groups` are the residential groups that come with them, `report_unit` the unit their report is of.
    """
    faults = [*_form_faults(figures, awards)]
    if not faults:
        units = {item.unit for item in (*figures, *awards, *groups)} | ({report_unit} - {None})
        faults = [
            *_unknown_units(connection, units),
            *_unknown_words(connection, figures, awards, {(group.unit, group.id) for group in groups}),
            *_twice(figures, awards),
        ]
    if faults:
        raise FaultError(faults)


def _where(item: Figure | Award) -> str:
    return item.origin.place if item.origin else ""


def _name(item: Figure | Award) -> str:
    return item.indicator if isinstance(item, Figure) else item.honour


def _form_faults(figures: Iterable[Figure], awards: Iterable[Award]) -> Iterator[Fault]:
    for item in (*figures, *awards):
        if not isinstance(item.unit, UnitKey):
            yield Fault("store.no_unit", _where(item), {"name": _name(item)})
        if not _whole(item.year) or item.year not in YEARS:
            yield Fault("store.no_year", _where(item), {"name": _name(item), "year": item.year})
    for figure in figures:
        for part, value in (("value", figure.value), ("of", figure.of)):
            if not _is_number(value) and not (part == "of" and value is None):
                yield Fault("store.not_a_number", _where(figure), {"name": figure.indicator, "value": repr(value)})
        yield from _words(figure, (
            ("period", PERIODS), ("scenario", SCENARIOS), ("basis", ("", *BASES)), ("hedge", ("", *HEDGES)),
            ("of_kind", ("", *OF_KINDS)),
        ))
    for award in awards:
        if not _whole(award.count) or not 0 <= award.count < 2**31:
            yield Fault("store.not_a_count", _where(award), {"name": award.honour, "value": repr(award.count)})
        yield from _words(award, (("level", LEVELS), ("recipient", RECIPIENTS), ("mode", MODES)))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    # a float has already lost the exact decimal, NaN and None are no figures: missing is a row that is not there
    return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < WIDEST and (
        -value.as_tuple().exponent <= WIDEST)


def _words(item: Figure | Award, allowed: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Fault]:
    for field, words in allowed:
        word = getattr(item, field)
        if word not in words and not (field == "period" and MONTHS.fullmatch(str(word))):
            named = {"name": _name(item), "field": field, "value": repr(word)}
            yield Fault("store.unknown_word", _where(item), {**named, "allowed": ", ".join(filter(None, words))})


def _unknown_words(connection, figures, awards, groups) -> Iterator[Fault]:
    entries = {row.id: row for row in connection.execute(select(indicator))}
    honours = set(connection.scalars(select(honour.c.id)))
    for name in sorted({figure.indicator for figure in figures} - entries.keys()):
        yield Fault("store.unknown_indicator", params={"name": name})
    for name in sorted({award.honour for award in awards} - honours):
        yield Fault("store.unknown_honour", params={"name": name})
    for figure in figures:
        entry = entries.get(figure.indicator)
        if entry is not None:
            yield from _basis_faults(figure, is_attainment=bool(entry.attainment_of))
    spoken_of = {
        (figure.unit, figure.member): figure
        for figure in figures
        if figure.indicator in entries and entries[figure.indicator].member_kind == "residential_group"
    }
    yield from _unknown_groups(connection, spoken_of, groups)


def _basis_faults(figure: Figure, is_attainment: bool) -> Iterator[Fault]:
    against_a_plan = is_attainment or figure.scenario == "plan"
    if against_a_plan and not figure.basis:
        yield Fault("store.no_basis", _where(figure), {"name": figure.indicator, "year": figure.year})
    if figure.basis and not against_a_plan:
        yield Fault("store.stray_basis", _where(figure), {"name": figure.indicator, "basis": figure.basis})


def _unknown_units(connection: Connection, keys: set[UnitKey]) -> Iterator[Fault]:
    codes = sorted({key.code for key in keys})
    known: set[UnitKey] = set()
    for start in range(0, len(codes), 500):
        some = select(unit.c.code, unit.c.valid_from).where(unit.c.code.in_(codes[start : start + 500]))
        known.update(UnitKey(*row) for row in connection.execute(some))
    for key in sorted(keys - known):
        yield Fault("store.unknown_unit", params={"code": key.code, "valid_from": key.valid_from})


def _unknown_groups(connection: Connection, spoken_of: Mapping[tuple, Figure], coming: set[tuple]) -> Iterator[Fault]:
    missing = spoken_of.keys() - coming
    for key in {key for key, _ in missing}:
        here = current_group.c
        known = select(here.id).where(here.unit_code == key.code, here.unit_from == key.valid_from)
        missing -= {(key, name) for name in connection.scalars(known)}
    for key, name in sorted(missing):
        yield Fault("store.unknown_group", _where(spoken_of[key, name]), {"member": name, "code": key.code})


def _twice(figures: Iterable[Figure], awards: Iterable[Award]) -> Iterator[Fault]:
    for items, row_of, content in ((figures, figure_row, FIGURE_CONTENT), (awards, award_row, AWARD_CONTENT)):
        seen: dict[tuple, Figure | Award] = {}
        for item in items:
            first = seen.setdefault(item.key, item)
            if first is not item and not same_content(row_of(first), row_of(item), content):
                params = {"name": _name(item), "year": item.year, "first": _said(first), "second": _said(item)}
                yield Fault("store.two_values", _where(item), params)


def _said(item: Figure | Award) -> str:
    value = format(item.value, "f") if isinstance(item, Figure) else str(item.count)
    return f"{value} ({_where(item)})" if _where(item) else value
