"""The places along a chart's years: every year in order, missing ones too, and an empty place where a series breaks."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.words import slot_label
from core.series import Break, Point, Series


@dataclass(frozen=True, slots=True)
class Slot:
    """One place along the years; the place of a break has no label and no point, only its `gap`."""

    label: str = ""
    point: Point | None = None
    gap: Break | None = None

    @property
    def year(self) -> int | None:
        """The year that stands here, None at a break."""
        return self.point.year if self.point else None


def slots_of(series: Series, lang: str) -> tuple[Slot, ...]:
    """The slots of a series; a new boundary and a year in halves open an empty one, a change of rules does not."""
    gaps = {row.at: row for row in series.breaks if row.kind != "catalogue"}
    slots: list[Slot] = []
    for place, point in enumerate(series.points):
        if place in gaps:
            slots.append(Slot(gap=gaps[place]))
        slots.append(Slot(slot_label(point, lang), point))
    return tuple(slots)


def place_of(slots: tuple[Slot, ...], year: int | None) -> int | None:
    """Where a year stands; of a year in halves the later half; None where it does not stand."""
    places = range(len(slots) - 1, -1, -1)
    return next((place for place in places if slots[place].point and slots[place].year == year), None)


def merger_of(slots: tuple[Slot, ...]) -> Break | None:
    """The change of boundary among the slots, None where the boundary stayed."""
    return next((slot.gap for slot in slots if slot.gap and slot.gap.kind == "boundary"), None)
