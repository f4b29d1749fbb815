"""The award register of a merged ward before it existed: the registers of the wards that went into it, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.boundary import on_boundary_of
from core.catalogue import Catalogue
from core.figures import UnitKey
from core.places import Merger
from core.series import Reason


@dataclass(frozen=True)
class AwardsOnBoundary:
    """Rows of tidy_awards under the unit's key, and by year why there are none."""

    merger: Merger
    frame: pd.DataFrame
    reasons: Mapping[int, Reason]


def awards_on_boundary_of(catalogue: Catalogue, unit: UnitKey, frame: pd.DataFrame) -> AwardsOnBoundary:
    """The awards of a merged unit; `frame` has rows of tidy_awards of it and of every unit that went into it.

    Years before the change need the register of every part, or, where none has one, every part's totals. From the year
    of the change on the unit's own rows stand: a register tells no half of a year. Awards of a year are events, so
    whole registers add up. The unit must have predecessors (ValueError).
    """
    merger = catalogue.places.merger(unit)
    if merger is None:
        raise ValueError(f"{unit} was made of no other unit")
    code = frame["unit_code"].astype(str) if len(frame) else pd.Series(dtype=str)
    own = frame[(code == unit.code) & (frame["unit_from"].astype(str) == str(unit.valid_from))]
    past = frame[~frame.index.isin(own.index) & (frame["year"] < merger.on.year)]
    parts, reasons = [own], {}
    for year, rows in past.groupby("year"):
        found = _year(catalogue, merger, rows)
        if isinstance(found, Reason):
            reasons[int(year)] = found
        else:
            parts.append(found)
    kept = [part for part in parts if len(part)]
    return AwardsOnBoundary(merger, pd.concat(kept, ignore_index=True) if kept else own, reasons)


def _year(catalogue: Catalogue, merger: Merger, rows: pd.DataFrame) -> pd.DataFrame | Reason:
    """The rows of one year under the new key, or why they do not make one register."""
    if merger.partial:
        return Reason("partial", tuple(map(merger.name, merger.partial)))
    told = {old: rows[rows["unit_code"] == old.code] for old in merger.full}
    silent = tuple(merger.name(old) for old, found in told.items() if found.empty)
    if silent:
        return Reason("missing", silent)
    registers = {old: found[~found["source"].str.startswith("figure")] for old, found in told.items()}
    without = tuple(merger.name(old) for old, found in registers.items() if found.empty)
    if not without:
        whole = pd.concat(list(registers.values()), ignore_index=True)
        return whole.assign(
            unit_code=merger.unit.code, unit_from=merger.unit.valid_from, unit_name=merger.unit.name,
        )  # fmt: skip
    if len(without) < len(merger.full):
        return Reason("registers", without)
    totals = on_boundary_of(catalogue, merger.unit.key, rows)
    if totals.frame.empty:
        return next(iter(totals.reasons.values()), Reason("missing", silent))
    return totals.frame
