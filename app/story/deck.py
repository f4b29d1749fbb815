"""A conference as data: slides in order with all that screen, PowerPoint, paper and the offline page print of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.views.view import View
from core.store.freezes import Freeze
from core.store.office import COLOURS


@dataclass(frozen=True)
class Slide:
    """One message of a conference.

    `id` is the scene it was made of; `title` the message, `sentence` what stands under it; `view` the chart that shows
    it, or `points` the lines that do; `remarks` are what people wrote of its years, in lines short enough for a wall;
    `notes` are the speaker's; `source` names the reports. Every string is in the deck's language.
    """

    id: str
    title: str
    sentence: str = ""
    view: View | None = None
    points: tuple[str, ...] = ()
    notes: str = ""
    source: str = ""
    is_sample: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the results table on paper: one indicator of the year, every cell as printed, "" where there is none.

    `value` and `plan` are the exact numbers behind `done` and `planned` as text, in the indicator's base unit; `state`
    is the judgement as one of core.status.JUDGED, `attainment` the exact percent behind `percent` as text.
    """

    family: str
    name: str
    unit: str
    planned: str
    done: str
    percent: str
    judged: str
    plan: str = ""
    value: str = ""
    state: str = ""
    attainment: str = ""


@dataclass(frozen=True)
class Deck:
    """A story told from one freeze.

    `ward` is the ward's name as it wants to be printed, `place` with district and province; `name` the story's;
    `results` the year's indicators for the table on paper; `left_out` how many figures are not for projection;
    `colour` the ward's own for what frames a slide, one of core.store.office.COLOURS; `measures` what the freeze's
    catalogue prints behind a number, by unit of measure.
    """

    name: str
    ward: str
    place: str
    year: int
    lang: str
    freeze: Freeze
    slides: tuple[Slide, ...]
    results: tuple[Result, ...]
    left_out: int = 0
    is_sample: bool = False
    colour: str = COLOURS[0]
    measures: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """The freeze as slides and pages print it: the first ten signs of its hash."""
        return self.freeze.hash[:10]
