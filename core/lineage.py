"""The units that are one ward for the people in it: of one name, each come from the one before."""

from __future__ import annotations

from core.catalogue import Catalogue
from core.figures import UnitKey
from core.vi.text import fold


def lineage(catalogue: Catalogue, unit: UnitKey) -> tuple[UnitKey, ...]:
    """A unit and those of the same name it came from or went into, oldest first: one ward for the people in it."""
    name = fold(catalogue.unit(unit).name)
    chain = [unit]
    for step, forwards in ((_older, False), (_newer, True)):
        here: UnitKey | None = unit
        while here := step(catalogue, here, name):
            if here in chain:
                break
            chain = [*chain, here] if forwards else [here, *chain]
    return tuple(chain)


def _older(catalogue: Catalogue, unit: UnitKey, name: str) -> UnitKey | None:
    found = [row.old for row in catalogue.places.predecessors(unit)]
    return next((key for key in found if fold(catalogue.unit(key).name) == name), None)


def _newer(catalogue: Catalogue, unit: UnitKey, name: str) -> UnitKey | None:
    found = [row.new for row in catalogue.places.successors(unit)]
    return next((key for key in found if fold(catalogue.unit(key).name) == name), None)
