"""The name rule: a name and its number, "tổng thu ngân sách ... ước đạt 9,117 tỷ đồng", and the plan beside it."""

from __future__ import annotations

from etl.find.prose_chain import ChainRules
from etl.find.prose_clause import HEDGES, REACH, STRONG
from etl.find.prose_lexicon import Topic
from etl.find.prose_reading import Reading, Walk
from etl.find.prose_words import Quantity

_UNKNOWN = 8  # words without meaning that may stand between a name and its verb
_GIVERS = ("ward_giver", "district_giver", "city_giver", "province_giver", "council", "assigned", "given")
_CALM = (
    "link", "level", "estimate", "filler", "nearly", "over", "about", "exceed", "final", "group", "unit", "title",
    "reached",
)  # fmt: skip


class NameRules(ChainRules):
    """Numbers that a name leads to."""

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

    def _walk_left(self, place: int) -> Walk | None:
        walk = Walk()
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

    def _note(self, walk: Walk, at: int) -> bool | None:
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

    def _named(self, place: int, quantity: Quantity, walk: Walk, role: str, topic: Topic) -> Reading | None:
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

    def _planned(self, place: int, walk: Walk) -> bool:
        if walk.adjusted or (walk.plan and not walk.verb):
            return True
        for at in range(walk.anchor - 1, max(-1, walk.anchor - 3), -1):
            if self.items[at].kind == "punct":
                return False
            if self.items[at].has("plan"):
                return True
        return False

    def _by_plan(self, place: int) -> list[Reading]:
        if self.items[place].quantity.unit != "percent" or self._under(place):
            return []
        walk = Walk(anchor=place)
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
