"""A figure, an award and where they came from: the words both sides of the house speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote, unquote

PERIODS = ("year", "h1", "h2", "q1", "q2", "q3", "q4", "part", "term")  # and Nm: 9m, 11m ...
SCENARIOS = ("plan", "estimate", "actual", "final")
BASES = ("assigned", "council", "adjusted", "stretch", "unstated")
HEDGES = ("about", "nearly", "over")
OF_KINDS = ("total", "registered", "assessed", "proposed", "unstated")
RECIPIENTS = ("collective", "individual", "household")
LEVELS = ("central", "ministry", "province", "district", "ward", "party_union")
MODES = ("regular", "campaign", "ad_hoc")

_BEHIND_CELL = re.compile(r".+![A-Z]{1,3}[0-9]+ \((?P<document>.+)\)")  # "Chỉ tiêu!G7 (Quyết định số 12/QĐ-UBND)"


class UnitKey(NamedTuple):
    """An administrative unit: its code alone is no key, because old codes are reused for larger territories."""

    code: str
    valid_from: date


class Ref(NamedTuple):
    """What a mark of a chart or a number in a sentence speaks of: enough to find every stored row behind it.

    `unit` and `year` always; then either `indicator` (with `member` and `period`) or, for the award register, any of
    `honour`, `level` and `recipient`. An empty `scenario`, `basis`, `honour`, `level` or `recipient` asks for all of
    them, an empty `member` for the unit as a whole.
    """

    unit: UnitKey
    year: int
    indicator: str = ""
    member: str = ""
    period: str = "year"
    scenario: str = ""
    basis: str = ""
    honour: str = ""
    level: str = ""
    recipient: str = ""

    def __str__(self) -> str:
        """The reference as one word, as marks of a chart and addresses carry it."""
        unit, *rest = self
        return "|".join((unit.code, unit.valid_from.isoformat(), *(quote(str(part), safe="") for part in rest)))

    @classmethod
    def parse(cls, word: str) -> Ref:
        """The reference of such a word; ValueError where it is none."""
        parts = word.split("|")
        if len(parts) != len(cls._fields) + 1:
            raise ValueError(f"{word!r} is no reference: {len(cls._fields) + 1} parts expected")
        code, first_day, year, *rest = parts
        return cls(UnitKey(code, date.fromisoformat(first_day)), int(year), *(unquote(part) for part in rest))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure stood in its report.

    `place` is in words a person can follow ("trang 2, câu 5", "Thu!C14"); `start` and `end` count characters in the
    block of text named by `place` (None for cells); `rule` names what found it.
    """

    place: str
    rule: str
    start: int | None = None
    end: int | None = None

    @property
    def document(self) -> str:
        """The document that set a plan, "" where none is told: named by hand, or behind the cell of our form."""
        if not self.rule:
            return self.place
        behind = _BEHIND_CELL.fullmatch(self.place)
        return behind["document"] if behind else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its key.

    `unit` is None while a report has not yet said which unit it speaks of. `value` and `of` are exact, in the
    indicator's base unit (đồng, percent, households). `member` is a residential group's id or a budget line, empty
    for the unit as a whole. `basis` is filled for plans and attainments only. `flags` such as "scope_unstated".
    """

    indicator: str
    year: int
    value: Decimal
    unit: UnitKey | None = None
    member: str = ""
    period: str = "year"
    scenario: str = "actual"
    basis: str = ""
    of: Decimal | None = None
    of_kind: str = ""
    hedge: str = ""
    flags: tuple[str, ...] = ()
    origin: Origin | None = None
    quote: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple:
        """What makes it one figure and no other."""
        return (self.unit, self.indicator, self.member, self.year, self.period, self.scenario, self.basis)


@dataclass(frozen=True, slots=True)
class Award:
    """One row of the award register: how many times an honour was given, to whom, by which level.

    `year` is the emulation year (1 December to 30 November); `honour` an id of the catalogue; `grade` the class of
    an order ("Nhất", "Nhì", "Ba") or empty.
    """

    year: int
    honour: str
    level: str
    recipient: str
    count: int
    unit: UnitKey | None = None
    grade: str = ""
    giver: str = ""
    mode: str = "regular"
    decision_no: str = ""
    decision_date: date | None = None
    origin: Origin | None = None
    quote: str = ""

    @property
    def key(self) -> tuple:
        """What makes it one row of the register."""
        honour = (self.honour, self.grade, self.level, self.recipient, self.mode)
        return (self.unit, self.year, *honour, self.giver, self.decision_no)


@dataclass(frozen=True, slots=True)
class Question:
    """What the reader is unsure of: candidates instead of a guess.

    `code` is a text key with {places} filled by `params`; `candidates` are figures of which at most one is right.
    """

    code: str
    params: dict[str, object]
    candidates: tuple[Figure, ...] = ()
    origin: Origin | None = None
    quote: str = ""
