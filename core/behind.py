"""Which stored rows a reference speaks of: the figure itself and everything it was worked out or judged from."""

from __future__ import annotations

import pandas as pd

from core.catalogue import Catalogue, Indicator
from core.figures import Ref, UnitKey
from core.store import Store, sources
from core.withheld import TITLES

REGISTER = ""  # what stands for the award register among indicators


def indicators_behind(catalogue: Catalogue, ref: Ref) -> tuple[str, ...]:
    """The indicator of a reference, its attainment or its share, and those it is worked out from.

    For a reference to awards: REGISTER and the indicators that count awards of that recipient, level and honour.
    """
    if not ref.indicator:
        return (REGISTER, *(row.id for row in catalogue.family("awards") if _counts(catalogue, row, ref)))
    row = catalogue.indicators[ref.indicator]
    near = (row.id, catalogue.attainment_of(row.id), catalogue.rate_of(row.id), row.attainment_of, row.rate_of)
    return tuple(dict.fromkeys(name for name in near if name))


def _counts(catalogue: Catalogue, row: Indicator, ref: Ref) -> bool:
    if ref.recipient and row.recipient != ref.recipient:
        return False
    if ref.honour:
        return row.honour == ref.honour
    levels = (row.level,) if row.level or not row.honour else catalogue.honours[row.honour].levels
    return not ref.level or ref.level in levels


def units_behind(catalogue: Catalogue, ref: Ref) -> tuple[UnitKey, ...]:
    """The unit of a reference; in years before it existed, the units it was made of."""
    units = [ref.unit]
    while units and all(catalogue.unit(key).valid_from.year > ref.year for key in units):
        units = [row.old for key in units for row in catalogue.places.predecessors(key)]
    return tuple(dict.fromkeys(units)) or (ref.unit,)


def rows_behind(store: Store, catalogue: Catalogue, ref: Ref, *, approved: bool = True) -> pd.DataFrame:
    """The rows of core.store.sources behind a reference, with unit_code and unit_from; only these are read."""
    indicators = indicators_behind(catalogue, ref)
    member = ref.member if ref.indicator else None
    frames = [
        sources(store, unit, [ref.year], indicators=indicators, member=member, approved=approved).assign(
            unit_code=unit.code, unit_from=unit.valid_from
        )
        for unit in units_behind(catalogue, ref)
    ]
    frame = pd.concat([each for each in frames if len(each)] or frames[:1], ignore_index=True)
    return frame[_of_figure(frame, ref) if ref.indicator else _of_register(frame, ref)].reset_index(drop=True)


def _of_figure(frame: pd.DataFrame, ref: Ref) -> pd.Series:
    kept = frame["period"] == ref.period
    own = frame["indicator"] == ref.indicator
    if ref.scenario:
        kept &= own & (frame["scenario"] == ref.scenario)
    return kept & (frame["basis"] == ref.basis) if ref.basis else kept


def _of_register(frame: pd.DataFrame, ref: Ref) -> pd.Series:
    figure = frame["indicator"] != ""
    kept = figure | ~frame["honour"].isin(TITLES.values())
    for name in ("honour", "level", "recipient"):
        asked = getattr(ref, name)
        kept &= figure | (frame[name] == asked) if asked else True
    return kept & (frame["period"] == ref.period)
