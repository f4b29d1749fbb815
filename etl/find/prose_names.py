"""The name rule: a name and its number, "tổng thu ngân sách ... ước đạt 9,117 tỷ đồng", and the plan beside it."""

from __future__ import annotations

from etl.find.prose_clause import GIVERS, HEDGES, REACH, STRONG
from etl.find.prose_lexicon import Topic
from etl.find.prose_plans import PlanRules
from etl.find.prose_reading import Reading, Walk
from etl.find.prose_words import Quantity

_PARTS = 6  # items from a sum to the words that take it apart
_MERGED = ("hợp nhất", "sáp nhập", "sắp xếp")
_BESIDE = (",", "-", "–", "và", "/", "&")
_UNKNOWN = 8  # words without meaning that may stand between a name and its verb
_CALM = (
    "link", "level", "estimate", "filler", "nearly", "over", "about", "exceed", "final", "group", "unit", "title",
    "reached", "plan", "against", "adjusted", "compare", *GIVERS,
)  # fmt: skip


class NameRules(PlanRules):
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
            known = self.endings.get(walk.anchor - 1)
            if (
                role == "predicate" and known and known.topic.rate is None
            ):  # "giải quyết 880/900 hồ sơ đúng hạn, đạt 98%"
                walk.chained = known
                return self._chain(place, walk)
        return []

    def _walk_left(self, place: int) -> Walk | None:
        walk = Walk()
        before = place - 1
        if self.items[place - 1].has("from") and self.items[min(place + 1, len(self.items) - 1)].has("at_least"):
            before -= 1  # "đạt từ 94% trở lên"
        while before >= max(0, place - REACH):
            item = self.items[before]
            if item.quantity:
                passed = self._passed(walk, before)
                if passed:
                    before -= passed
                    continue
                walk.chained = self.readings.get(before)
                walk.anchor = before
                return walk if walk.chained and not walk.unknown else None
            registered = self._past_registered(before)
            if registered:
                walk.settled = walk.verb = True
                before -= registered
                continue
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
        return walk if before < 0 and self._is_whole_year(walk) else None

    def _is_whole_year(self, walk: Walk) -> bool:
        """Whether a sentence without a name says the year's figure of the one sum before: "Cả năm ước đạt 11 tỷ"."""
        if walk.unknown or not walk.verb or not any(item.text.endswith("cả năm") for item in self.items[:3]):
            return False
        topics = [self.lexicon.topics[name] for name in self.before]
        if len(topics) != 1 or topics[0].amount is None:
            return False
        walk.topics, walk.anchor = (("subject", topics[0]),), 0
        return True

    def _past_registered(self, at: int) -> int:
        """How many items say what was signed up for before a result: "đăng ký 3.300 hộ; kết quả (3.210 hộ)"."""
        if self.items[at].text not in (";", ",") or not self.items[at + 1].text.startswith("kết quả"):
            return 0
        for before in range(at - 1, max(0, at - 4), -1):
            if self.items[before].quantity:
                return at - before + 2 if self._signs_up(before - 1) else 0
            if not any(self._mentions(before, "counted")):
                return 0
        return 0

    def _passed(self, walk: Walk, at: int) -> int:
        """How many items to pass over at a number between a name and its figure; 0 where it is no such number."""
        before = self.items[at - 1] if at else None
        if before and before.has("from"):  # "từ 3,3% giảm xuống còn 2,7%"
            return 2
        if at in self.readings:
            return 0
        quantity = self.items[at].quantity
        if self._at_start(at):  # "hộ nghèo: đầu năm 210 hộ, cuối năm 165 hộ"
            walk.settled, walk.comma, walk.unknown = True, False, 0
            return 1
        if not (quantity.unit or quantity.of) and self.items[at + 1].text == "năm":
            return 1  # "thu ngân sách 5 năm đạt ..."
        if walk.verb and self._compared(at):
            walk.settled = True
            return 1
        stated = walk.level or (walk.verb and walk.comma and not walk.unknown)
        if stated and before and before.has("change"):  # "hộ nghèo giảm 6 hộ, hiện còn 12 hộ", "tăng 12%, đạt 9 tỷ"
            walk.settled, walk.comma = True, False
            return 2
        merged = at + 1 < len(self.items) and self.items[at + 1].has("unit") and not quantity.unit
        if merged and " ".join(item.text for item in self.items[max(0, at - 3) : at]).endswith(_MERGED):
            return 1  # "sau khi hợp nhất 3 phường đạt ..."
        counted = quantity.of or self._counts_people(at)
        name = at - 2 if at > 1 and before.text == ":" else at - 1
        led = before and (before.has("link") or any(self._mentions(name, "subject")))
        if walk.verb and counted and led:  # "là 9.250/9.800 người, đạt 94,4%"
            walk.settled, walk.comma = True, False
            return 1
        if self._counts_manner(at):  # "trong đó đúng hạn 870 hồ sơ, đạt 98,9%": the share, not the files
            walk.settled, walk.comma, walk.verb = True, False, True
            return 1
        shared = quantity.unit == "percent" and self.items[at + 1].text == "("
        return int(shared)  # "tỷ lệ hộ cận nghèo 0,6% (29 hộ)": a share that no indicator takes

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
        known = self.endings.get(at - 1)
        if known and known.of_kind == "registered" and self._signs_up(at) and not walk.unknown:
            return None  # "3.012/3.250 hộ đăng ký, đạt 92,7%"
        told = self.readings.get(at - 1)
        if told and told.slot == "rate" and self._is(at, "counted", told.topic) and not walk.unknown:
            return None  # "đạt 92,6% dân số (NQ 91%)"
        topics = tuple(self._mentions(at, *roles)) or self._shortened(at)
        if topics:
            walk.topics, walk.anchor = topics, at
            return (walk.verb or not walk.unknown) and walk.unknown <= _UNKNOWN
        joined = item.text == "và" and not walk.unknown and (walk.verb or self._second_basis(at + 1))
        since = item.has("from") and self.items[at + 1].has("start")  # "từ đầu năm đến nay đạt ..."
        wall = item.has("register", "handled", "ceremony", "commend", "inside", "from") or item.text in ("cho", "và")
        wall = wall and not since
        if item.text in (";", ",", "và") and self._restates(walk, at):
            return True
        if item.text == "riêng" and walk.time:
            return None
        another = item.text == ":" and walk.unknown > 0  # "thu ngân sách: thuế nhà đất 1,2 tỷ; phí 0,3 tỷ"
        listed = item.text == ";" and walk.verb and not walk.unknown and self.items[at + 1].has("link")
        if (item.text in STRONG and not listed) or (wall and not joined) or another:
            return False
        if listed:  # "dự toán 10 tỷ đồng; thực hiện 10,2 tỷ đồng; đạt 102%"
            return None
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
            walk.less = walk.less or (item.has("less") and not walk.level)
            walk.exceed = walk.exceed or item.has("exceed")
        walk.time = walk.time or (self._names_time(at) and not walk.settled)
        walk.estimate = walk.estimate or item.has("estimate")
        walk.final = walk.final or item.has("final")
        walk.plan = walk.plan or item.has("plan")
        walk.adjusted = walk.adjusted or item.has("adjusted")
        says = item.has("link", "level", "exceed", "change", "estimate", "reached", *HEDGES)
        if says or item.text in (":", "=", "chiếm", "kết quả thực hiện"):
            walk.verb = True
        elif (
            item.kind == "word"
            and not item.has(*_CALM, "start", "months")
            and item.text not in ("năm", "kết quả", "kết quả thực hiện", "đến", "hết", "toàn", "cuối năm")
            and not (self._counts_change(at) or self._counts_people(at - 1))
        ):
            walk.unknown += 1
        return None

    def _shortened(self, at: int) -> tuple[tuple[str, Topic], ...]:
        """The topic a short name stands for, its full name standing before it: "thu ngân sách ...; tổng thu đạt"."""
        for _, topic in self._mentions(at, "short"):
            for before in range(at - 1, max(-1, at - REACH), -1):
                for role, known in self._mentions(before, "subject", "unscoped", "predicate"):
                    if known is topic:
                        return ((role, topic),)
                if self.items[before].text == "sách" and self.items[before - 1].text == "ngân":
                    return (("unscoped", topic),)  # "Về ngân sách: tổng thu đạt ..., tổng chi đạt ..."
        return ()

    def _names_time(self, at: int) -> bool:
        """Whether an item says when: a year that nothing is compared with, months, "cả năm"."""
        item = self.items[at]
        compared = any(self.items[near].has("against", "compare") for near in range(max(0, at - 2), at))
        day = item.kind == "date" and at > 0 and self.items[at - 1].text in ("đến", "ngày", "hết")
        said = item.kind == "months" or item.text == "đến nay" or item.text.endswith("cả năm")
        return said or day or (item.kind == "year" and not compared)

    def _part_of_spoken(self, topic: Topic) -> bool:
        """Whether "trong đó" opens a part of a figure already read: of one topic, or of one flow of money."""
        flow = topic.amount.flow if topic.amount else ""
        spoken = [self.lexicon.topics[name] for name in self.spoken | self.opened]
        return any(known is topic or (flow and known.amount and known.amount.flow == flow) for known in spoken)

    def _restates(self, walk: Walk, at: int) -> bool:
        """Whether a clause without a name says the last figure of another time: "; ước cả năm đạt 13 tỷ đồng"."""
        if not (walk.time and walk.verb) or walk.unknown:
            return False
        last = next((place for place in range(at - 1, max(-1, at - REACH), -1) if place in self.readings), None)
        if last is None:
            return False
        walk.chained, walk.anchor, walk.restated = self.readings[last], at, True
        return True

    def _counts_change(self, at: int) -> bool:
        """Whether a word is what a change counts: the "hộ" of "giảm 6 hộ, hiện còn 12 hộ"."""
        changed = at >= 2 and self.items[at - 1].quantity is not None and self.items[at - 2].has("change")
        return changed and any(True for _ in self._mentions(at, "counted"))

    def _counts_people(self, at: int) -> bool:
        """Whether a bare count of persons stands at a place: "là 12.450 người, đạt 95,2%"."""
        quantity = self.items[at].quantity if at >= 0 else None
        bare = quantity is not None and not quantity.unit and at + 1 < len(self.items)
        return bare and self.items[at + 1].text in ("người", "người dân", "nhân khẩu", "khẩu")

    def _counts_manner(self, at: int) -> bool:
        """Whether a bare count tells how many were done in some way: the 870 of "đúng hạn 870 hồ sơ"."""
        quantity = self.items[at].quantity
        if not at or quantity.unit or at + 1 >= len(self.items):
            return False
        manners = [topic for _, topic in self._mentions(at - 1, "predicate") if topic.rate and topic.count is None]
        return any(self._is(at + 1, "counted", topic) for topic in manners)

    def _second_basis(self, place: int) -> bool:
        """Whether "và" joins a second plan's percentage: "đạt 139,9% kế hoạch thị xã và 129,3% HĐND phường giao"."""
        quantity = self.items[place].quantity
        return quantity is not None and quantity.unit == "percent" and self._against_plan(place)

    def _named(self, place: int, quantity: Quantity, walk: Walk, role: str, topic: Topic) -> Reading | None:
        anchor = walk.anchor
        inside = any(self.items[at].has("inside") for at in range(max(0, anchor - 2), anchor))
        if inside and self._part_of_spoken(topic):
            return None
        if self._ends_range(place) or self._shared_out(anchor, place) or self._anew(place):
            return None
        behind = anchor + 1  # "tham gia BHYT hộ gia đình đạt 72%"
        if self._is(anchor, "except", topic) or (behind < place and self._is(behind, "except", topic)):
            return None
        if self._excepted(anchor, place, topic, listed=False):
            return None
        between = range(behind, place)  # "thu ngân sách (không kể tiền sử dụng đất)", "... bình quân đầu người"
        if topic.family == "budget" and any(self._is(at, "except", topic) for at in between):
            return None
        if topic.family == "budget" and anchor and self.items[anchor - 1].text == "phần":  # "phần thu do huyện quản lý"
            return None
        if any(self.items[at].has("per_head") for at in between):
            return None
        if role == "predicate" and not self._counted_before(anchor, topic):
            return None
        if anchor and self._is_object(anchor, walk, topic):
            return None
        if (anchor and self._joint(anchor, anchor - 1, topic)) or self._sums(anchor, place, topic):
            return None
        voted = walk.verb and quantity.unit == "percent" and anchor and self.items[anchor - 1].text.endswith("bình xét")
        walled = self._blocked_left(anchor) and not (walk.level or voted)  # "bình xét gia đình văn hóa đạt 92%"
        if topic.family != "budget" and (walled or self._special(anchor)):
            return None
        slot = self._slot(quantity, topic)
        if slot is None or (walk.change and not self._raised(place, slot)):
            return None
        if slot in ("amount", "count") and self._excess(place):
            return None
        if slot == "count" and not self._counts(place, topic):
            return None
        if slot in ("rate", "attainment") and self._compared(place):
            return None
        if slot == "rate" and topic.rate.kind == "share" and not quantity.of and self._against_plan(place):
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
        estimate = walk.estimate or (anchor > 0 and self.items[anchor - 1].has("estimate"))
        reading.scenario = "final" if walk.final or self._final(anchor) else "estimate" if estimate else "actual"
        planned = slot == "amount" and self._planned(place, walk)
        planned = planned or self._given_before(anchor)
        planned = planned or (slot in ("rate", "count") and self._follows_plan(place))
        if planned or (slot in ("amount", "rate", "count") and self._announced(anchor, place)):
            reading.scenario, reading.basis = "plan", self._basis(self._opens_clause(anchor), place)
        return self._raise(reading, walk)

    def _ends_range(self, place: int) -> bool:
        """Whether a number is the end of a span that was guessed: "ước đạt từ 102% đến 105% dự toán"."""
        if place < 3 or self.items[place - 1].text != "đến" or not self.items[place - 3].has("from"):
            return False
        begin = self.items[place - 2].quantity
        return begin is not None and begin.unit in ("", self.items[place].quantity.unit)

    def _shared_out(self, anchor: int, place: int) -> bool:
        """Whether a name is of what the ward keeps of some taxes only: "thu ngân sách xã hưởng 100%: 540 triệu"."""
        kept = self.items[anchor].text.endswith("hưởng")
        behind = self.items[anchor + 1].quantity if anchor + 1 < len(self.items) else None
        return kept and behind is not None and behind.unit == "percent"

    def _sums(self, anchor: int, place: int, topic: Topic) -> bool:
        """Whether a number sums two things that a bracket names or "trong đó" takes apart again.

        "Tỷ lệ nghèo đa chiều (hộ nghèo và hộ cận nghèo) còn 1,5%"; "còn 1,5%, trong đó hộ nghèo 0,4%, cận nghèo 1,1%".
        """
        if topic.family == "budget" and anchor > 1 and self.items[anchor - 1].text in _BESIDE:
            return self.items[anchor - 2].text.endswith("thu")  # "tổng thu, chi ngân sách đạt 10,2 tỷ và 9,1 tỷ"
        if topic.family != "welfare":
            return False
        if self.items[min(anchor + 1, place)].text == "(":
            return any(second is not topic for second in self._welfare(range(anchor + 2, place)))
        for at in range(place + 1, min(len(self.items), place + _PARTS)):
            if self.items[at].text in STRONG or self.items[at].quantity:
                return False
            if self.items[at].has("inside"):
                parts = self._welfare(range(at + 1, min(len(self.items), at + 2 * _PARTS)))
                return topic in parts and any(second is not topic for second in parts)
        return False

    def _welfare(self, places: range) -> list[Topic]:
        """The kinds of poor households named at places."""
        named = (topic for at in places for _, topic in self._mentions(at, "whole", "subject"))
        return [topic for topic in named if "none" in topic.roles]

    def _is_object(self, anchor: int, walk: Walk, topic: Topic) -> bool:
        """Whether a name only tells what was changed or to whom: "tiết kiệm chi ngân sách 10%", "cho hộ nghèo"."""
        before = self.items[anchor - 1]
        if not walk.verb and (before.has("change") or before.text == "kiệm"):
            return True
        return before.text == "cho" and topic.family != "budget"
