"""The rules of one sentence: which quantity says what, by the nouns beside it and the verbs between."""

from __future__ import annotations

from decimal import Decimal

from etl.find.prose_clause import STRONG
from etl.find.prose_names import NameRules
from etl.find.prose_nouns import NounRules
from etl.find.prose_reading import Reading

_SETTLED = 9  # items from the files received to the number of those settled
_STANDARDS = 10  # items from a share by one standard to that by another
_STANDARD = frozenset(("chuẩn", "chí", "chuẩn nghèo", "tiêu chí", "tiêu chuẩn"))
_BY_AGE = frozenset(("cũ", "mới"))
_LATE = frozenset(("trễ", "quá", "chậm"))
_TERM = frozenset(("hạn", "hẹn"))
_RATIO = 9  # items from "cứ" to the second number of its ratio
_BRACKET = 8  # items from a share of a plan to the bracket that gives the plan
_SECOND = 7  # items from targets exceeded to the number of those reached
_ALMOST = frozenset(("cơ bản", "bản", "gần như", "như"))  # "cơ bản không còn hộ nghèo" says that some are left
_SOME_OF = frozenset(
    ("nào", "là", "thuộc", "có", "đang", "diện", "đối tượng", "người có công", "gia đình", "về", "cùng cực", "phải")
)
_MEMBERS = ("viên", "phụ nữ", "nữ", "cựu chiến binh", "nông dân")


class Sentence(NounRules, NameRules):
    """One sentence's items with the readings found so far; `read` finds them all."""

    def read(self) -> list[Reading]:
        """Every reading of the sentence, in order."""
        for place, item in enumerate(self.items):
            if item.quantity and place not in self.totals and not self._in_ratio(place):
                for reading in self._by_noun(place) or self._by_plan(place) or self._by_name(place):
                    self._keep(reading)
                    plan = self._pair_plan(reading)
                    if plan:
                        self.readings[-place - 1] = plan
        self._plans_in_brackets()
        self._zeros()
        self._settled_files()
        self._drop_timely()
        self._ask_parts()
        self._ask_early()
        self._ask_standards()
        self._settle_doubts()
        return [self.readings[place] for place in sorted(self.readings, key=lambda at: (abs(at), at))]

    def _in_ratio(self, place: int) -> bool:
        """Whether a number only says how many of so many: "cứ 100 gia đình thì gần 92 gia đình đạt danh hiệu"."""
        for before in range(place - 1, max(-1, place - _RATIO), -1):
            if self.items[before].text in STRONG:
                return False
            if self.items[before].text == "cứ":
                return True
        return False

    def _settled_files(self) -> None:
        """ "tiếp nhận 900 hồ sơ, đã giải quyết 880 hồ sơ": what came in is what the settled are counted out of."""
        by_verb = [reading for reading in self.readings.values() if reading.rule == "verb"]
        came = [reading for reading in by_verb if self._is_received(reading)]
        if len(came) != 1:
            return
        received = came[0]
        done = [one for one in by_verb if one.topic is received.topic and one.place > received.place]
        done = done or self._settled_bare(received)
        if len(done) == 1:
            del self.readings[received.place]
            if done[0].of is None and done[0].values[0] <= received.values[0]:
                done[0].of, done[0].of_kind = received.values[0], "total"

    def _ask_parts(self) -> None:
        """ "8 chỉ tiêu vượt, 11 chỉ tiêu đạt": neither says how many were met, and one may hold the other."""
        for reading in list(self.readings.values()):
            if reading.rule != "verb" or self.items[reading.place].quantity.of or reading.place not in self.readings:
                continue
            place = self._second_part(reading)
            if place is not None:
                second = self.items[place].quantity.readings[0]
                reading.values = (reading.values[0] + second, max(reading.values[0], second))
                self.readings.pop(place, None)

    def _ask_early(self) -> None:
        """ "trước hạn 45%, đúng hạn 54,9%": the first is a part of what was settled in time, or all of it."""
        for reading in self.readings.values():
            named = self.items[reading.place - 1].text if reading.place else ""
            if reading.slot != "rate" or not named.endswith("trước hạn") or "đúng" in named:
                continue
            for at in range(reading.place + 1, min(len(self.items) - 1, reading.place + 4)):
                second = self.items[at + 1].quantity
                if self.items[at].text == "đúng hạn" and second and second.unit == "percent":
                    reading.values = (reading.values[0] + second.readings[0], reading.values[0])
                    break

    def _ask_standards(self) -> None:
        """ "theo tiêu chí cũ còn 12,4%, theo tiêu chí mới là 21,6%": the poor of a year by two standards."""
        for reading in self.readings.values():
            if reading.topic.family != "welfare" or reading.slot not in ("rate", "count") or len(reading.values) > 1:
                continue
            second = self._by_other_standard(reading)
            if second is not None:
                reading.values = (reading.values[0], second)

    def _by_other_standard(self, first: Reading) -> Decimal | None:
        unit = self.items[first.place].quantity.unit if self.items[first.place].quantity else ""
        named = ""
        for at in range(first.place + 1, min(len(self.items), first.place + _STANDARDS)):
            item = self.items[at]
            named = named or (item.text if item.text in _BY_AGE and self.items[at - 1].text in _STANDARD else "")
            parted = named and item.text == ","  # "không còn hộ nghèo theo chuẩn mới, còn 8 hộ cận nghèo"
            if parted or item.text in STRONG - {";"} or (item.quantity and item.quantity.unit != unit):
                return None
            if item.quantity:
                return item.quantity.readings[0] if named and not item.quantity.of else None
        return None

    def _second_part(self, first: Reading) -> int | None:
        """Where the number of those reached stands behind those exceeded, or the other way round; None without one."""
        said = self.items[first.last + 1 : first.last + 2]
        for place in range(first.last + 2, min(len(self.items) - 2, first.last + _SECOND)):
            if self.items[place].has("inside") or self.items[place].text in STRONG:
                return None
            quantity = self.items[place].quantity
            if quantity and not (quantity.unit or quantity.of) and self._is(place + 1, "counted", first.topic):
                both = {item.text.removesuffix(" kế hoạch") for item in (*said, self.items[place + 2])}
                led = [self.items[at - 1].text for at in (first.place, place)]  # "đạt 17 chỉ tiêu, vượt 4 chỉ tiêu"
                apart = led[0].endswith("đạt") and led[1].startswith("vượt")
                return place if apart or both == {"đạt", "vượt"} else None
        return None

    def _drop_timely(self) -> None:
        """ "giải quyết đúng hạn 6.101 hồ sơ, trễ hạn 22 hồ sơ": those settled in time are not all that were settled."""
        late = [at for at in range(1, len(self.items)) if self.items[at].text in _TERM and self._is_late(at)]
        if not late:
            return
        for place, reading in list(self.readings.items()):
            in_time = reading.rule == "verb" and any(self._mentions(reading.place - 1, "predicate"))
            if in_time and reading.place < late[-1]:
                del self.readings[place]

    def _is_late(self, at: int) -> bool:
        following = self.items[at + 1 : at + 2]
        return self.items[at - 1].text in _LATE and bool(following) and following[0].quantity is not None

    def _settled_bare(self, received: Reading) -> list[Reading]:
        """What was settled where its number stands without a noun: "..., giải quyết đúng hạn 880", at most all."""
        for place in range(received.last + 1, min(len(self.items), received.last + _SETTLED)):
            quantity = self.items[place].quantity
            if quantity is None:
                continue
            words = " ".join(item.text for item in self.items[received.last + 1 : place])
            noun = self.items[place + 1] if place + 1 < len(self.items) else None
            alone = noun is None or noun.kind == "punct"
            if not alone or quantity.unit or quantity.of or "giải quyết" not in words or "chưa" in words:
                return []
            reading = self._made(received.topic, "count", place, received.first, place, "verb")
            if reading is None or reading.values[0] > received.values[0]:
                return []
            self.readings[place] = reading
            return [reading]
        return []

    def _is_received(self, reading: Reading) -> bool:
        words = " ".join(self.items[at].text for at in range(max(0, reading.place - 3), reading.place))
        return "tiếp nhận" in words and "giải quyết" not in words

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

    def _plans_in_brackets(self) -> None:
        """ "đạt 12,35 tỷ đồng, bằng 104,6% dự toán giao (11,807 tỷ đồng)": the plan, where the percentage proves it."""
        shares = [reading for reading in self.readings.values() if reading.slot == "attainment"]
        for share in shares:
            told = (one for one in self.readings.values() if one.topic is share.topic and one.slot == "amount")
            amounts = [one for one in told if one.scenario != "plan"]
            place = self._bracket_after(share.place)
            if place is None or len(amounts) != 1 or len(share.values) > 1:
                continue
            said = self.items[place].quantity.readings[0]
            if said and abs(amounts[0].values[0] / said * 100 - share.values[0]) < 1:
                self.readings[place] = Reading(
                    share.topic, "amount", place, share.first, place, "pair", (said,), scenario="plan",
                    basis=share.basis, flags=share.flags,
                )  # fmt: skip

    def _bracket_after(self, place: int) -> int | None:
        """Where an amount of money stands alone in the bracket behind the plan that a share is told of."""
        for at in range(place + 1, min(len(self.items) - 2, place + _BRACKET)):
            if self.items[at].text == "(":
                money = self.items[at + 1].quantity
                alone = money is not None and money.unit == "vnd" and not money.of and self.items[at + 2].text == ")"
                planned = any(self.items[near].has("plan", "given") for near in range(place + 1, at))
                return at + 1 if alone and planned else None
            if self.items[at].kind == "punct" or self.items[at].quantity:
                return None
        return None

    def _zeros(self) -> None:
        for place in range(len(self.items) - 1):
            for _, topic in self._mentions(place, "none"):
                noun = self._noun_place(place)
                if self._is(noun, "whole", topic) and topic.count and not self._excepted(place, noun, topic):
                    if self._narrowed(noun + 1) or self._of_some(place):
                        continue
                    self.readings[place] = Reading(topic, "count", place, place, noun, "none", (Decimal(0),))
                    self._zero_too(place, noun + 1)

    def _narrowed(self, after: int) -> bool:
        """Whether others are left: "không còn hộ nghèo là đối tượng chính sách", "... trong diện", "... ở nhà tạm"."""
        words = [item.text for item in self.items[after : after + 2]] + ["", ""]
        if words[0] in ("ở", "trong", "tại"):
            group = after + 1 < len(self.items) and self.items[after + 1].has("group")
            return group or words[1].startswith(("diện", "nhà", "các"))
        return words[0] in _SOME_OF

    def _of_some(self, place: int) -> bool:
        """Whether groups or members are told of, or it is all but none: "5/12 thôn không còn", "cơ bản không còn"."""
        if place and self.items[place - 1].text in _ALMOST:
            return True
        for item in reversed(self.items[max(0, place - 4) : place]):
            if item.kind == "punct":
                return False
            if item.has("group") or item.text.endswith(_MEMBERS):
                return True
        return False

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
