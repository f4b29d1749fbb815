"""What one report was found to hold, before any of it is judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from core.errors import Fault
from core.figures import Award, Figure, Question, UnitKey
from etl.document import Table


@dataclass(frozen=True, slots=True)
class GroupName:
    """A residential group as a report names it; `kind` is how it is called there ("tổ dân phố", "khu phố", "thôn")."""

    name: str
    kind: str = "tổ dân phố"


@dataclass
class Found:
    """The candidate figures of one report.

    `questions` hold what the reader will not decide alone, `faults` what cannot be read at all, `notices` what was
    left aside and why (a row whose label is in no catalogue, a hidden row), `unknown` the first rows of tables of
    figures that nobody could read and a person may explain.
    """

    unit_name: str = ""
    unit: UnitKey | None = None
    year: int | None = None
    published: date | None = None
    figures: list[Figure] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    groups: list[GroupName] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    unknown: list[Table] = field(default_factory=list)

    def take(self, other: Found) -> None:
        """Add what another part of the same report held; who and when stay those first said."""
        self.unit_name = self.unit_name or other.unit_name
        self.unit = self.unit or other.unit
        self.year = self.year or other.year
        self.published = self.published or other.published
        self.unknown += other.unknown
        for name in ("figures", "awards", "groups", "questions", "faults", "notices"):
            _extend(getattr(self, name), getattr(other, name))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was recognised."""
        return not (self.figures or self.awards or self.groups or self.questions or self.faults)


def _extend(mine: list, theirs: Iterable) -> None:
    """Add what is not there yet; only things from the same place are compared, so cost grows with their number."""
    known = defaultdict(list)
    for item in mine:
        known[_place(item)].append(item)
    for item in theirs:
        if item not in known[_place(item)]:
            known[_place(item)].append(item)
            mine.append(item)


def _place(item: Figure | Award | Question | GroupName | Fault) -> object:
    if isinstance(item, Fault):
        return item.code, item.where
    return item.name if isinstance(item, GroupName) else item.origin
