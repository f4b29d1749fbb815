"""Entry by hand: what was typed into a sheet, as figures, awards, groups and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import Fault
from core.figures import Award, Figure
from core.store import Group


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into a sheet: all of it that can be read, and a fault for everything that cannot.

    Figures, awards and groups that are stored as they are may be among them: storing leaves out what says the same.
    `names` are people's names by the key of their award; they are kept apart.
    """

    figures: Sequence[Figure] = ()
    awards: Sequence[Award] = ()
    groups: Sequence[Group] = ()
    names: Mapping[tuple, Sequence[str]] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
