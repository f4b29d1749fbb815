"""The rules of one sentence: which quantity says what, by the nouns beside it and the verbs between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.find.prose_clause import HEDGES, REACH, STRONG, Clause
from etl.find.prose_lexicon import Lexicon, Topic
from etl.find.prose_words import Item, Quantity

_UNKNOWN = 8  # words without meaning that may stand between a name and its verb
_OUT_OF = frozenset(("trên tổng số", "trong tổng số", "trên", "/", "trong số"))
_FAR = 150  # from here on "vượt P%" may mean P or 100 + P
_GIVERS = ("ward_giver", "district_giver", "city_giver", "province_giver", "council", "assigned", "given")
_CALM = (
    "link",
    "level",
    "estimate",
    "filler",
    "nearly",
    "over",
    "about",
    "exceed",
    "final",
    "group",
    "unit",
    "title",
    "reached",
)


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
class _Walk:
    """What stands between a quantity and what it was led back to."""

    anchor: int = -1
    topics: tuple[tuple[str, Topic], ...] = ()
    chained: Reading | None = None
    verb: bool = False
    level: bool = False
    change: bool = False
    exceed: bool = False
    estimate: bool = False
    final: bool = False
    plan: bool = False
    adjusted: bool = False
    unknown: int = 0
    comma: bool = False
    settled: bool = False  # what stands further left belongs to another number


class Sentence(Clause):
    """One sentence's items with the readings found so far; `read` finds them all."""

    def __init__(self, items: Sequence[Item], lexicon: Lexicon):
        super().__init__(items, lexicon)
        self.readings: dict[int, Reading] = {}
        self.totals: set[int] = set()
        self.endings: dict[int, Reading] = {}  # the count or share whose words end at a place
        self.spoken: set[str] = set()  # topics already read

    def read(self) -> list[Reading]:
        """Every reading of the sentence, in order."""
        for place, item in enumerate(self.items):
            if item.quantity and place not in self.totals:
                for reading in self._by_noun(place) or self._by_plan(place) or self._by_name(place):
                    self._keep(reading)
                    plan = self._pair_plan(reading)
                    if plan:
                        self.readings[-place - 1] = plan
        self._zeros()
        self._settle_doubts()
        return [self.readings[place] for place in sorted(self.readings, key=lambda at: (abs(at), at))]

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

    # -- a number and its noun: "13/18 tổ dân phố đạt danh hiệu tổ dân phố văn hóa" ----------------------------

    def _by_noun(self, place: int) -> list[Reading]:
        quantity = self.items[place].quantity
        if quantity.unit == "vnd":
            return []
        noun = self._noun_place(place)
        if noun >= len(self.items):
            return []
        if (quantity.of or quantity.unit == "percent") and self.items[noun].has("title") and noun + 1 < len(self.items):
            noun += 1 if any(self._mentions(noun + 1, "whole")) and noun > place + 1 else 0
        nouns = ("whole", "subject") if quantity.unit == "percent" else ("whole",)
        for role, topic in self._mentions(noun, *nouns):
            if role == "subject" and not (topic.rate and topic.rate.kind == "share"):
                continue
            if self._whole_holds(place, noun, topic):
                last = noun + 1 if self._is(noun + 1, "predicate", topic) else noun
                return self._share(place, topic, place, last, "noun", noun)
        for _, topic in self._mentions(noun, "counted"):
            if (topic.rate if quantity.unit else topic.count) is None:
                continue
            if (
                "verb" in topic.roles
                and "whole" not in topic.roles
                and self._verb_before(place, topic)
                and not self._excepted(place, noun, topic)
            ):
                return self._share(place, topic, max(0, place - 1), noun, "verb", noun)
            end = self._predicate(noun, topic)
            if end is not None:
                return self._share(place, topic, place, end, "predicate", noun)
        return []

    def _whole_holds(self, place: int, noun: int, topic: Topic) -> bool:
        if self._excepted(place, noun, topic) or self._special(noun) or self._blocked_left(place):
            return False
        if self._joint(noun, noun + 1, topic):
            return False
        return "verb" not in topic.roles or self._verb_before(place, topic) or self._listed(place, topic)

    def _listed(self, place: int, topic: Topic) -> bool:
        """Whether the quantity continues a list whose first piece was read: "còn 19 hộ nghèo và 49 hộ cận nghèo"."""
        before = place - 1
        while before >= 0 and (self.items[before].text in (",", "và", ";") or self.items[before].has(*HEDGES)):
            before -= 1
        known = self.endings.get(before) or self.readings.get(before)
        return before < place - 1 and known is not None and known.topic.family == topic.family

    def _share(self, place: int, topic: Topic, first: int, last: int, rule: str, noun: int) -> list[Reading]:
        quantity = self.items[place].quantity
        slot = "rate" if quantity.unit == "percent" else "count"
        if getattr(topic, slot) is None or self._under(place) or self._compared(place) or self._is_part(place, topic):
            return []
        reading = self._made(topic, slot, place, first, max(last, place), rule)
        if reading and slot == "count" and reading.of is None:
            self._take_total(reading)
        if reading and slot == "rate" and any(self.items[at].has("register") for at in range(noun, last)):
            reading.of_kind = "registered"
        return [reading] if reading else []

    def _take_total(self, reading: Reading) -> None:
        """The denominator said behind: "1.345 hộ đạt gia đình văn hóa trên tổng số 1.450 hộ đăng ký"."""
        at = reading.last + 1
        if at + 2 >= len(self.items) or self.items[at].text not in _OUT_OF or not self.items[at + 1].quantity:
            return
        total = self.items[at + 1].quantity
        if total.unit or total.of or not self._is(at + 2, "counted", reading.topic):
            return
        self.totals.add(at + 1)
        registered = at + 3 < len(self.items) and self.items[at + 3].has("register")
        reading.of, reading.of_kind = total.readings[0], "registered" if registered else "total"
        reading.last = at + 3 if registered else at + 2

    def _is_part(self, place: int, topic: Topic) -> bool:
        """Whether a number is said to be part of one already read: "13 tổ ..., trong đó có 2 tổ ..."."""
        for before in range(place - 1, max(-1, place - 4), -1):
            if self.items[before].has("inside"):
                return topic.name in self.spoken
            if self.items[before].quantity:
                return False
        return False

    # -- a name and its number: "tổng thu ngân sách ... ước đạt 9,117 tỷ đồng, bằng 117% dự toán" --------------

    def _by_name(self, place: int) -> list[Reading]:
        quantity = self.items[place].quantity
        walk = self._walk_left(place)
        if walk is None or self._under(place):
            return []
        if walk.chained:
            return self._chain(place, walk)
        for role, topic in walk.topics:
            reading = self._named(place, quantity, walk, role, topic)
            if reading:
                return [reading]
        return []

    def _walk_left(self, place: int) -> _Walk | None:
        walk = _Walk()
        before = place - 1
        while before >= max(0, place - REACH):
            item = self.items[before]
            if item.quantity:
                if before and self.items[before - 1].has("from"):
                    before -= 2
                    continue
                if walk.verb and before not in self.readings and self._compared(before):
                    walk.settled = True
                    before -= 1
                    continue
                walk.chained = self.readings.get(before)
                walk.anchor = before
                return walk if walk.chained and not walk.unknown else None
            if item.text == ")":
                opened = self._opening(before)
                if opened is None:
                    return None
                before = opened - 1
                continue
            stop = self._note(walk, before)
            if stop is not None:
                return walk if stop else None
            before -= 1
        return None

    def _note(self, walk: _Walk, at: int) -> bool | None:
        """Take in one item on the way left: True at an anchor, False at a wall, None to go on."""
        item = self.items[at]
        ending = self.endings.get(at)
        if ending and not walk.unknown:
            walk.chained, walk.anchor = ending, at
            return True
        roles = (
            ("subject", "unscoped", "whole")
            if item.has("link", "exceed", "title")
            else ("subject", "unscoped", "whole", "predicate")
        )
        topics = tuple(self._mentions(at, *roles))
        if topics:
            walk.topics, walk.anchor = topics, at
            return (walk.verb or not walk.unknown) and walk.unknown <= _UNKNOWN
        joined = item.text == "và" and walk.verb and not walk.unknown
        wall = item.has("register", "ceremony", "commend", "inside", "from") or item.text in ("cho", "và")
        if item.text in STRONG or (wall and not joined):
            return False
        if joined:
            return None
        if item.text == ",":
            if walk.unknown or (walk.comma and not walk.settled):
                return False
            walk.comma = True
            return None
        if not walk.settled:
            walk.change = walk.change or (item.has("change") and not walk.level)
            walk.level = walk.level or item.has("level")
            walk.exceed = walk.exceed or item.has("exceed")
        walk.estimate = walk.estimate or item.has("estimate")
        walk.final = walk.final or item.has("final")
        walk.plan = walk.plan or item.has("plan")
        walk.adjusted = walk.adjusted or item.has("adjusted")
        if item.has("link", "level", "exceed", "change", "estimate", "reached", *HEDGES) or item.text == ":":
            walk.verb = True
        elif item.kind == "word" and not item.has(*_CALM, *_GIVERS, "plan", "against", "adjusted", "compare"):
            walk.unknown += 1
        return None

    def _named(self, place: int, quantity: Quantity, walk: _Walk, role: str, topic: Topic) -> Reading | None:
        anchor = walk.anchor
        if any(self.items[at].has("inside") for at in range(max(0, anchor - 2), anchor)):
            return None
        if any(self._is(anchor - back, "except", topic) for back in (0, 1, 2)) or self._excepted(anchor, place, topic):
            return None
        if role == "predicate" and not self._counted_before(anchor, topic):
            return None
        if anchor and self._joint(anchor, anchor - 1, topic):
            return None
        if topic.family != "budget" and ((self._blocked_left(anchor) and not walk.level) or self._special(anchor)):
            return None
        slot = self._slot(quantity, topic)
        if slot is None or (walk.change and not self._raised(place, slot)):
            return None
        if slot == "count" and not self._counts(place, topic):
            return None
        if slot in ("rate", "attainment") and self._compared(place):
            return None
        if slot == "rate" and topic.rate.kind == "share" and self._against_plan(place):
            return None
        first = anchor
        while first > 0 and self.items[first - 1].has("filler"):
            first -= 1
        noun = self._noun_place(place)
        last = noun if slot == "count" and noun < len(self.items) and self._is(noun, "counted", topic) else place
        reading = self._made(topic, slot, place, first, last, "name")
        if reading is None:
            return None
        if role == "unscoped":
            reading.flags += ("scope_unstated",)
        reading.scenario = "final" if walk.final or self._final(anchor) else "estimate" if walk.estimate else "actual"
        if slot == "amount" and self._planned(place, walk):
            reading.scenario, reading.basis = "plan", self._basis(anchor, place)
        return self._raise(reading, walk)

    def _slot(self, quantity: Quantity, topic: Topic) -> str | None:
        if quantity.unit == "percent":
            return "attainment" if topic.attainment else "rate" if topic.rate else None
        if quantity.unit == "vnd":
            return "amount" if topic.amount else None
        return "count" if topic.count else None

    def _raised(self, place: int, slot: str) -> bool:
        """ "tăng 12% so với kế hoạch" is 112% of the plan; any other change is no level."""
        return slot == "attainment" and self._against_plan(place)

    def _raise(self, reading: Reading, walk: _Walk) -> Reading:
        """An attainment with its basis, and "vượt 11,1%" as 111,1."""
        if reading.slot != "attainment":
            return reading
        start = reading.place if self._against_plan(reading.place) else walk.anchor
        reading.basis = self._basis(start, self._clause_after(reading.place).stop)
        if walk.exceed or walk.change:
            if reading.values[0] >= _FAR:
                reading.doubt = "exceeds"
                reading.values = (reading.values[0], reading.values[0] + 100)
            elif reading.values[0] >= 100:  # "tăng 109,3% so với kế hoạch" says the percentage reached
                reading.flags += ("reached_said_as_excess",)
            else:
                reading.values = tuple(value + 100 for value in reading.values)
        return reading

    def _planned(self, place: int, walk: _Walk) -> bool:
        if walk.adjusted or (walk.plan and not walk.verb):
            return True
        for at in range(walk.anchor - 1, max(-1, walk.anchor - 3), -1):
            if self.items[at].kind == "punct":
                return False
            if self.items[at].has("plan"):
                return True
        return False

    # -- a percentage before its name: "đạt 112% kế hoạch thu ngân sách" ---------------------------------------

    def _by_plan(self, place: int) -> list[Reading]:
        if self.items[place].quantity.unit != "percent" or self._under(place):
            return []
        walk = _Walk(anchor=place)
        planned = False
        for after in range(place + 1, min(len(self.items), place + 6)):
            item = self.items[after]
            for role, topic in self._mentions(after, "subject", "unscoped"):
                slot = self._slot(self.items[place].quantity, topic)
                quota = slot == "rate" and topic.rate.kind == "percent"
                if not (quota or (slot == "attainment" and planned)):
                    continue
                reading = self._made(topic, slot, place, place, after, "plan")
                walk.exceed = place > 0 and any(self.items[at].has("exceed") for at in range(max(0, place - 2), place))
                reading.flags = ("scope_unstated",) if role == "unscoped" else ()
                return [self._raise(reading, walk)]
            planned = planned or item.has("plan")
            if not item.has("plan", "filler", "against", *_GIVERS):
                return []
        return []

    # -- a number chained to the one before: ", đạt tỷ lệ 91,46%" ----------------------------------------------

    def _other_noun(self, noun: int) -> bool:
        """Whether a percentage is followed by a noun of its own: ", 100% cơ quan ..."."""
        return not self.items[noun].has("plan") and any(True for _ in self._mentions(noun, "counted", "whole"))

    def _chain(self, place: int, walk: _Walk) -> list[Reading]:
        known, quantity = walk.chained, self.items[place].quantity
        topic = known.topic
        if self._compared(place):
            return []
        if (
            quantity.unit == "vnd"
            and known.slot == "amount"
            and known.scenario == "plan"
            and walk.verb
            and not walk.plan
        ):
            reading = self._made(topic, "amount", place, known.first, place, "chain")
            if reading:
                reading.flags = known.flags
            return [reading] if reading else []
        if quantity.unit == "vnd":
            if not (walk.plan and topic.amount and known.slot in ("amount", "attainment")):
                return []
            reading = self._made(topic, "amount", place, known.first, place, "plan")
            if reading:
                reading.scenario = "plan"
                reading.basis = self._basis(known.place + 1, place)
                reading.flags = known.flags
            return [reading] if reading else []
        if quantity.unit == "percent":
            slot = "attainment" if known.slot in ("amount", "attainment") else "rate"
        else:
            slot = "count"
        if getattr(topic, slot, None) is None or (slot == known.slot and slot != "attainment"):
            return []
        if slot == "attainment" and known.scenario == "plan":
            return []
        noun = self._noun_place(place)
        own = noun < len(self.items) and (self._is(noun, "whole", topic) or self._is(noun, "counted", topic))
        if slot == "rate" and noun < len(self.items) and not own and self._other_noun(noun):
            return []
        if slot == "rate" and (
            (topic.rate.kind == "share" and self._against_plan(place)) or walk.change or walk.exceed
        ):
            return []
        if slot == "attainment" and walk.change and not self._against_plan(place):
            return []
        bracket = any(
            self.items[at].text in ("(", "tương ứng", "tức", "tương đương") for at in range(walk.anchor + 1, place)
        )
        if slot == "count" and not (bracket and self._is(self._noun_place(place), "counted", topic)):
            return []
        last = self._noun_place(place) if slot == "count" else place
        reading = self._made(topic, slot, place, known.first, last, "chain")
        if reading is None:
            return []
        reading.flags, reading.scenario = known.flags, known.scenario
        raised = self._raise(reading, walk)
        return [raised]

    # -- values ------------------------------------------------------------------------------------------------

    def _made(self, topic: Topic, slot: str, place: int, first: int, last: int, rule: str) -> Reading | None:
        quantity = self.items[place].quantity
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
            reading.of, reading.of_kind = of[0], "unstated"
        return reading

    def _pair_plan(self, reading: Reading) -> Reading | None:
        """The plan at the right of "4,896 tỷ/4,8 tỷ" or "96%/95%"."""
        quantity = self.items[reading.place].quantity
        if reading.slot not in ("amount", "rate") or not quantity.of or reading.scenario == "plan":
            return None
        basis = self._basis(reading.first, self._clause_after(reading.place).stop)
        return Reading(
            reading.topic, reading.slot, reading.place, reading.first, reading.last, "pair", quantity.of[:1],
            scenario="plan", basis=basis, flags=reading.flags,
        )  # fmt: skip

    def _settle_doubts(self) -> None:
        """ "vượt 142,38%" is 142,38 or 242,38% of the plan: the plan itself tells, where the sentence gives it."""
        doubts = [reading for reading in self.readings.values() if reading.doubt]
        amounts: dict[str, list[Reading]] = {}
        for reading in self.readings.values() if doubts else ():
            if reading.slot == "amount" and len(reading.values) == 1:
                amounts.setdefault(reading.topic.name, []).append(reading)
        for doubtful in doubts:
            said = amounts.get(doubtful.topic.name, ())[:4]
            plans = [reading.values[0] for reading in said if reading.scenario == "plan"]
            reached = [reading.values[0] for reading in said if reading.scenario != "plan"]
            if plans and reached and plans[0]:
                share = reached[0] / plans[0] * 100
                near = tuple(value for value in doubtful.values if abs(value - share) < 1)
                if near:
                    doubtful.values, doubtful.doubt = near[:1], ""

    def _zeros(self) -> None:
        for place in range(len(self.items) - 1):
            for _, topic in self._mentions(place, "none"):
                noun = self._noun_place(place)
                if self._is(noun, "whole", topic) and topic.count and not self._excepted(place, noun, topic):
                    self.readings[place] = Reading(topic, "count", place, place, noun, "none", (Decimal(0),))
                    self._zero_too(place, noun + 1)

    def _zero_too(self, place: int, joint: int) -> None:
        """The second of "không còn hộ nghèo, hộ cận nghèo", unless something more is said of it."""
        if joint + 1 >= len(self.items) or self.items[joint].text not in (",", "và"):
            return
        after = joint + 2
        if after < len(self.items) and (
            self.items[after].quantity or self.items[after].has("link", "level", "change", "under")
        ):
            return
        for _, topic in self._mentions(joint + 1, "whole"):
            if "none" in topic.roles and topic.count:
                self.readings[joint + 1] = Reading(topic, "count", joint + 1, place, joint + 1, "none", (Decimal(0),))
