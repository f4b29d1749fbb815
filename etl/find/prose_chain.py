"""The chain rule: a number that goes on with what the one before it said, ", đạt tỷ lệ 91,46%"."""

from __future__ import annotations

from etl.find.prose_lexicon import Topic
from etl.find.prose_reading import Reading, Readings, Walk

_TURNS = frozenset((",", "với", "tương ứng", "tương đương", "tức", "đạt", "được", "bằng"))


class ChainRules(Readings):
    """Numbers that follow a number already read."""

    def _reached(self, said: Reading, plan: Reading, walk: Walk) -> bool:
        """Whether a result stands before its plan: "đạt 9,2 tỷ đồng so với dự toán 8,5 tỷ đồng, đạt 108%"."""
        same = said.topic is plan.topic and said.slot == "amount" and said.scenario != "plan"
        return same and walk.verb and not walk.unknown and said.place < plan.place

    def _answers_plan(self, place: int, walk: Walk) -> bool:
        """Whether a number is the result of the plan said before it: "KH 3,5%, thực hiện 3,2%"."""
        known, quantity = walk.chained, self.items[place].quantity
        if known.scenario != "plan" or not walk.verb or walk.plan or walk.exceed or walk.change:
            return False
        if known.slot == "rate":
            return quantity.unit == "percent"
        return known.slot != "attainment" and self._slot(quantity, known.topic) == known.slot

    def _counted_plan(self, known: Reading) -> bool:
        """Whether a count has its plan beside it, so that a share behind it is of that: "KH 12/14, thực hiện 12/14"."""
        said = (other for other in self.readings.values() if other.topic is known.topic and other.slot == "count")
        return any(other.scenario == "plan" for other in said)

    def _restated(self, place: int, walk: Walk) -> list[Reading]:
        """The same thing at another time, said without its name."""
        topic = walk.chained.topic
        slot = self._slot(self.items[place].quantity, topic)
        if slot == "count" and not self._counts(place, topic):
            return []
        if slot is None or slot == "attainment" or (walk.change and not walk.level) or walk.exceed:
            return []
        if slot == "rate" and topic.rate.kind == "share" and self._against_plan(place):
            return []
        reading = self._made(topic, slot, place, walk.anchor + 1, place, "again")
        if reading:
            reading.flags = walk.chained.flags
            reading.scenario = "estimate" if walk.estimate else "actual"
        return [reading] if reading else []

    def _in_bare_bracket(self, share: int, place: int) -> bool:
        """Whether a sum stands alone behind a share of the plan: "đạt 104% kế hoạch (7,8 tỷ đồng)" says not which.

        "Vượt 42% so với chỉ tiêu (38 tỷ đồng)" names the plan's.
        """
        bracket = self.items[place - 1].text == "("
        return bracket and not any(item.has("against") for item in self.items[share:place])

    def _turns_to_result(self, share: int, place: int) -> bool:
        """Whether a sum behind a share of the plan is what came in: "đạt 104% kế hoạch, tương ứng 12,5 tỷ đồng"."""
        plan = max((at for at in range(share, place) if self.items[at].has("plan")), default=place)
        return any(item.text.split(" ")[0] in _TURNS for item in self.items[plan + 1 : place])

    def _other_noun(self, noun: int) -> bool:
        """Whether a percentage is followed by a noun of its own: ", 100% cơ quan ..."."""
        return not self.items[noun].has("plan") and any(True for _ in self._mentions(noun, "counted", "whole"))

    def _told_too(self, known: Reading) -> Topic | None:
        """The share that a count's own words name: "giải quyết đúng hạn 900 hồ sơ, đạt 99%"."""
        for at in range(max(0, known.first - 2), min(len(self.items), known.last + 3)):
            for _, topic in self._mentions(at, "predicate"):
                if topic.rate and topic.count is None and topic.family == known.topic.family:
                    return topic
        return None

    def _chain(self, place: int, walk: Walk) -> list[Reading]:
        known, quantity = walk.chained, self.items[place].quantity
        if self._compared(place):
            return []
        if walk.restated:
            return self._restated(place, walk)
        if quantity.unit == "percent" and known.slot == "rate" and self._follows_plan(place):
            return self._set_plan(known, "rate", place, walk.anchor)
        planned = known.slot == "count" and known.scenario != "plan" and not quantity.unit and self._follows_plan(place)
        if planned and not (walk.exceed or walk.change or walk.less) and self._counts(place, known.topic):
            return self._set_plan(known, "count", place, walk.anchor)  # "17/18 tổ (KH 16/18)"
        if self._answers_plan(place, walk):
            return self._chained(known, known.slot, place)
        if quantity.unit == "vnd":
            return self._sum_behind(place, walk) if known.topic.amount else []
        return self._share_behind(place, walk)

    def _chained(self, known: Reading, slot: str, place: int) -> list[Reading]:
        reading = self._made(known.topic, slot, place, known.first, place, "chain")
        if reading:
            reading.flags = known.flags
        return [reading] if reading else []

    def _set_plan(self, known: Reading, slot: str, place: int, named: int) -> list[Reading]:
        """The plan of what was read; who gave it stands somewhere behind `named`."""
        reading = self._made(known.topic, slot, place, known.first, place, "plan")
        if reading:
            reading.scenario, reading.basis, reading.flags = "plan", self._basis(named, place), known.flags
        return [reading] if reading else []

    def _sum_behind(self, place: int, walk: Walk) -> list[Reading]:
        """Money behind a sum or its share of the plan: the plan where a word for it leads there, else the result."""
        known = walk.chained
        if known.slot not in ("amount", "attainment"):
            return []
        if known.slot == "attainment":
            if walk.verb and not (walk.plan or walk.change):
                return [] if walk.exceed else self._chained(known, "amount", place)  # "đạt 121% với số thu 7,3 tỷ"
            if self.items[place].quantity.of:
                return self._chained(known, "amount", place)  # "đạt 102% KH (4,9 tỷ/4,8 tỷ)"
            if walk.plan and self._in_bare_bracket(known.place, place):
                return []
            if walk.plan and self._turns_to_result(known.place, place):
                return [] if walk.change or walk.exceed or walk.less else self._chained(known, "amount", place)
        if not walk.plan or walk.exceed or walk.less or walk.change:  # "thấp hơn dự toán 275 triệu đồng": how far off
            return []
        return self._set_plan(known, "amount", place, known.place + 1)

    def _share_behind(self, place: int, walk: Walk) -> list[Reading]:
        """A share behind a count or a sum, or the count a bracket gives of a share."""
        known, quantity, topic = walk.chained, self.items[place].quantity, walk.chained.topic
        if quantity.unit == "percent":
            slot = "attainment" if known.slot in ("amount", "attainment") else "rate"
        else:
            slot = "count"
        if slot == "rate" and topic.rate is None:
            topic = self._told_too(known) or topic
        if getattr(topic, slot, None) is None or (slot == known.slot and slot != "attainment"):
            return []
        if slot == "attainment" and known.scenario == "plan":
            result = next((said for said in self.readings.values() if self._reached(said, known, walk)), None)
            if result is None:
                return []
            known = result
        noun = self._noun_place(place)
        own = noun < len(self.items) and (self._is(noun, "whole", topic) or self._is(noun, "counted", topic))
        if slot == "rate" and noun < len(self.items) and not own and self._other_noun(noun):
            return []
        of_plan = slot == "rate" and (self._against_plan(place) or self._counted_plan(known))
        if slot == "rate" and ((topic.rate.kind == "share" and of_plan) or walk.change or walk.exceed):
            return []
        again = walk.exceed and known.slot == "attainment"  # "bằng 106% kế hoạch, vượt 2,8%": above what is not said
        if slot == "attainment" and (walk.change or again) and not self._against_plan(place):
            return []
        bracket = any(
            self.items[at].text in ("(", "tương ứng", "tức", "tương đương") for at in range(walk.anchor + 1, place)
        )
        left = not walk.change or walk.level  # "(giảm 5 hộ, còn 12 hộ)": what is left, not what went
        if slot == "count" and not (bracket and left and self._is(self._noun_place(place), "counted", topic)):
            return []
        last = self._noun_place(place) if slot == "count" else place
        reading = self._made(topic, slot, place, known.first, last, "chain")
        if reading is None:
            return []
        reading.flags, reading.scenario = known.flags, known.scenario
        if slot == "rate" and known.of_kind == "registered":
            reading.of_kind = known.of_kind
        raised = self._raise(reading, walk)
        return [raised]
