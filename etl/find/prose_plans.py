"""Which numbers are plans: by the words before a name or a number, behind a share, or right of a pair."""

from __future__ import annotations

from etl.find.prose_chain import ChainRules
from etl.find.prose_clause import GIVERS, HEDGES
from etl.find.prose_reading import Reading, Walk

_HEAD = (":", "tỷ lệ", "tỉ lệ", "số")
_JOINTS = (",", ";", "–", "-")
_RESULTS = ("thực hiện", "kết quả", "đạt", "thực hiện đạt", "th", "kết quả thực hiện")
_GIVEN = 4  # items before a name that may say who gave its plan


class PlanRules(ChainRules):
    """Plans beside names and numbers."""

    def _planned(self, place: int, walk: Walk) -> bool:
        if walk.adjusted or (walk.plan and not walk.verb) or self._follows_plan(place):
            return True
        for at in range(walk.anchor - 1, max(-1, walk.anchor - 3), -1):
            if self.items[at].kind == "punct":
                return False
            if self.items[at].has("plan"):
                return True
        return False

    def _given_before(self, anchor: int) -> bool:
        """Whether somebody gives what is named: "UBND quận giao thu ngân sách 12 tỷ đồng, phường đã thu 13 tỷ"."""
        if anchor < 2 or not self.items[anchor - 1].has("given"):
            return False
        return self.items[anchor - 2].has("council", "assigned", *GIVERS)

    def _opens_clause(self, anchor: int) -> int:
        """Where the words before a name begin that may say whose plan it is."""
        start = anchor
        while start and anchor - start < _GIVEN and self.items[start - 1].kind == "word":
            start -= 1
        return start

    def _announced(self, anchor: int, place: int) -> bool:
        """Whether a plan named before a name is set against its result: "chỉ tiêu hộ nghèo 1,5%, thực hiện 1,2%"."""
        head = anchor - 1
        while head >= 0 and not self.items[head].has("plan"):
            if self.items[head].text not in _HEAD and not self.items[head].has("given", *GIVERS):
                return False
            head -= 1
        following = self.items[place + 1 : place + 5]
        if head < 0 or len(following) < 3 or following[0].text not in _JOINTS or following[1].text not in _RESULTS:
            return False
        if following[1].text == "đạt" and any(item.has("link") for item in self.items[anchor + 1 : place]):
            return False  # "chỉ tiêu hộ nghèo là 1,5%, đạt 1,4%": the first may be the result
        number = place + (4 if following[2].text == ":" else 3)
        result = self.items[number].quantity if number < len(self.items) else None
        return result is not None and result.unit == self.items[place].quantity.unit and not self._of_plan(number)

    def _of_plan(self, number: int) -> bool:
        """Whether a number is a share of a plan, as in "đạt 101% kế hoạch"."""
        return number + 1 < len(self.items) and self.items[number + 1].has("plan", "against")

    def _excess(self, place: int) -> bool:
        """Whether a number is only what lies above a plan: "vượt 5 tỷ so với dự toán", "vượt dự toán giao 90 triệu"."""
        before = place - 1
        while before >= 0 and self.items[before].has("filler", *HEDGES, "given", *GIVERS):
            before -= 1
        return before >= 0 and self.items[before].has("exceed")

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
            if not item.has("plan", "filler", "against", *GIVERS):
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
