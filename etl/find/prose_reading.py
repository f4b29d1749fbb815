"""What one number of a sentence is read as, and the state that the rules of a sentence share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.find.prose_clause import Clause
from etl.find.prose_lexicon import Lexicon, Topic
from etl.find.prose_words import Item, Quantity

_PIECE = 14  # items of one part of a whole, "160 thanh niên nhập ngũ vào quân đội, 11 thanh niên ..."
_FAR = 120  # from here on "vượt P%" may mean P or 100 + P; below, nobody doubles a plan and says so


@dataclass(slots=True)
class Reading:
    """What one quantity says: the topic, which of its indicators (slot), and the items from `first` to `last`."""

    topic: Topic
    slot: str
    place: int
    first: int
    last: int
    rule: str
    values: tuple[Decimal, ...]
    of: Decimal | None = None
    of_kind: str = ""
    hedge: str = ""
    scenario: str = "actual"
    basis: tuple[str, ...] = ("",)
    flags: tuple[str, ...] = ()
    level: str = ""
    doubt: str = ""


@dataclass(slots=True)
class Walk:
    """What stands between a quantity and what it was led back to."""

    anchor: int = -1
    topics: tuple[tuple[str, Topic], ...] = ()
    chained: Reading | None = None
    verb: bool = False
    level: bool = False
    change: bool = False
    less: bool = False
    exceed: bool = False
    estimate: bool = False
    final: bool = False
    time: bool = False  # a year or a part of it is named
    restated: bool = False
    plan: bool = False
    adjusted: bool = False
    unknown: int = 0
    comma: bool = False
    settled: bool = False  # what stands further left belongs to another number


class Readings(Clause):
    """One sentence's items with the readings found so far, and how a number becomes one."""

    def __init__(self, items: Sequence[Item], lexicon: Lexicon, before: frozenset[str] = frozenset()):
        super().__init__(items, lexicon, before)
        self.readings: dict[int, Reading] = {}
        self.totals: set[int] = set()
        self.endings: dict[int, Reading] = {}  # the count or share whose words end at a place

    def _keep(self, reading: Reading) -> None:
        if self.readings.setdefault(reading.place, reading) is not reading:
            return
        self.spoken.add(reading.topic.name)
        self.read_places.add(reading.place)
        if reading.slot in ("count", "rate"):
            noun = self._noun_place(reading.place)
            for end in (reading.last, noun if noun <= reading.last else reading.last):
                if end > reading.place:
                    self.endings.setdefault(end, reading)

    def _made(self, topic: Topic, slot: str, place: int, first: int, last: int, rule: str) -> Reading | None:
        quantity = self.items[place].quantity
        if slot in ("count", "rate") and self._at_start(place):
            return None
        following = self.items[place + 1 : place + 3]
        if slot == "attainment" and [item.text or item.kind for item in following] == ["năm", "year"]:
            return None  # "bằng 95% năm 2022": of that year, not of a plan
        values, of = quantity.readings, quantity.of
        if slot == "count":
            values = tuple(value for value in values if value == value.to_integral_value())[:1]
            of = tuple(value for value in of if value == value.to_integral_value())[:1]
            if not values or (quantity.of and not of):
                return None
        elif len(values) > 1 and slot in ("rate", "attainment"):
            values = values[1:]
        scenario = "estimate" if self._estimate(place) else "actual"
        reading = Reading(topic, slot, place, first, last, rule, values, hedge=self._hedge(place), scenario=scenario)
        if slot == "count" and of:
            after = self._noun_place(place) + 1  # "3.012/3.250 hộ đăng ký"
            reading.of, reading.of_kind = of[0], "registered" if self._signs_up(after) else "unstated"
        if slot == "rate" and any(map(self._signs_up, self._clause_after(place))):
            reading.of_kind = "registered"  # "đạt 97,3% số hộ đăng ký"
        return reading

    def _slot(self, quantity: Quantity, topic: Topic) -> str | None:
        if quantity.unit == "percent":
            return "attainment" if topic.attainment else "rate" if topic.rate else None
        if quantity.unit == "vnd":
            return "amount" if topic.amount else None
        if quantity.unit:
            return None
        return "count" if topic.count else None

    def _raise(self, reading: Reading, walk: Walk) -> Reading:
        """An attainment with its basis, and "vượt 11,1%" as 111,1."""
        if reading.slot != "attainment":
            return reading
        start = reading.place if self._against_plan(reading.place) else walk.anchor
        reading.basis = self._basis(start, self._clause_after(reading.place).stop)
        if walk.less:  # "giảm 3% so với dự toán"
            reading.values = tuple(100 - value for value in reading.values if value < 100)
            reading.doubt = "" if reading.values else "less"
        elif walk.exceed or walk.change:
            if reading.values[0] >= _FAR:
                reading.doubt = "exceeds"
                reading.values = (reading.values[0], reading.values[0] + 100)
            elif reading.values[0] >= 100:  # "tăng 109,3% so với kế hoạch" says the percentage reached
                reading.flags += ("reached_said_as_excess",)
            else:
                reading.values = tuple(value + 100 for value in reading.values)
        return reading

    def _raised(self, place: int, slot: str) -> bool:
        """ "tăng 12% so với kế hoạch" is 112% of the plan; any other change is no level."""
        return slot == "attainment" and self._against_plan(place)

    def _is_part(self, place: int, topic: Topic) -> bool:
        """Whether a number is part of one already read: "13 tổ ..., trong đó có 2 tổ ..., 3 tổ ..."."""
        joined = place > 0 and self.items[place - 1].text in (",", "và")
        last = next((at for at in range(place - 1, max(-1, place - _PIECE), -1) if self.items[at].quantity), None)
        if self._opens_part(place, topic) or (joined and last in self.parts):
            self.parts.add(place)
            return True
        return False

    def _opens_part(self, place: int, topic: Topic) -> bool:
        for before in range(place - 1, max(-1, place - 4), -1):
            if self.items[before].has("inside"):
                if "giải quyết" in self.items[place - 1].text:  # "tiếp nhận 900 hồ sơ, trong đó đã giải quyết 880"
                    return False
                return topic.name in self.spoken or before == 0
            if self.items[before].quantity:
                return False
        return False
