"""The noun rule: a number and what it counts, "13/18 tổ dân phố đạt danh hiệu tổ dân phố văn hóa"."""

from __future__ import annotations

from etl.find.prose_clause import HEDGES, NEGATIONS, REACH, STRONG
from etl.find.prose_lexicon import Topic
from etl.find.prose_reading import Reading
from etl.find.prose_titles import TitleRules

_FAILED = 9  # items from a noun to the word that it was not reached
_ASKED = 5  # items between what is asked for and who is asked
_TOLD = 14  # items that tell more of one piece of a list
_AHEAD = 12  # items from the whole to the number of it that was reached
_IN_ALL = frozenset(("trong", "tổng số", "trong tổng số", "trên tổng số", "trong số"))


class NounRules(TitleRules):
    """Numbers that stand before the noun they count."""

    def _by_noun(self, place: int) -> list[Reading]:
        quantity = self.items[place].quantity
        if quantity.unit in ("vnd", "points"):
            return []
        noun = self._noun_place(place)
        if noun >= len(self.items) or self._handled(place):
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
        if self._registered(place):
            return []
        for _, topic in self._mentions(noun, "counted"):
            if (topic.rate if quantity.unit else topic.count) is None:
                continue
            if (
                "verb" in topic.roles
                and "whole" not in topic.roles
                and self._verb_before(place, topic)
                and not (self._excepted(place, noun, topic) or self._is_failed(noun))
            ):
                return self._share(place, topic, max(0, place - 1), noun, "verb", noun)
            end = self._predicate(noun, topic)
            if end is not None and not self._counts_anew(noun, end, topic):
                return self._share(place, topic, place, end, "predicate", noun)
        return self._conferred(place, noun)

    def _counts_anew(self, noun: int, end: int, topic: Topic) -> bool:
        """Whether a title behind a comma has its own number: "tổng số 2.140 hộ, đạt gia đình văn hóa 1.985 hộ"."""
        if end + 2 >= len(self.items) or all(self.items[at].text != "," for at in range(noun + 1, end)):
            return False
        quantity = self.items[end + 1].quantity
        return quantity is not None and not quantity.unit and self._is(end + 2, "counted", topic)

    def _is_failed(self, noun: int) -> bool:
        """Whether what is counted was not reached: "có 2/15 chỉ tiêu chưa đạt"."""
        for item in self.items[noun + 1 : noun + _FAILED]:
            if item.quantity or (item.kind == "punct" and item.text not in "-–"):
                return False
            if item.text.startswith(("không đạt", "chưa đạt")) or item.text in ("chưa", "không"):
                return True
        return False

    def _registered(self, place: int) -> bool:
        """Whether a number is what was signed up for: "đăng ký 95% hộ đạt gia đình văn hóa"."""
        verb = self._governing(place)
        return verb is not None and self.items[verb].text.startswith(("đăng ký", "đăng kí"))

    def _handled(self, place: int) -> bool:
        """Whether a number is only what was looked at or proposed: "kiểm tra 17/18 tổ dân phố văn hóa"."""
        verb = self._governing(place)
        if verb is None or self.items[verb].has("handled", "propose"):
            return verb is not None
        if self._anew(place):
            return True
        if place in self.prizes_proposed or (verb and self.items[verb - 1].text in NEGATIONS):
            return True
        for before in range(verb - 1, max(-1, verb - _ASKED), -1):  # "đề nghị UBND quận công nhận 17/18 tổ"
            if self.items[verb].text != "công nhận" or self.items[before].kind == "punct":
                return False
            if self.items[before].text == "đề nghị":
                return True
        return False

    def _governing(self, place: int) -> int | None:
        """Where the word stands that a number follows, fillers and hedges passed over."""
        before = place - 1
        passed = ("filler", *HEDGES)
        while before >= 0 and (self.items[before].has(*passed) or self.items[before].text in (":", "được")):
            before -= 1
        return before if before >= 0 else None

    def _conferred(self, place: int, noun: int) -> list[Reading]:
        """A title given to a number: "công nhận danh hiệu gia đình văn hóa cho 3.210 hộ"; a ceremony gives none."""
        title = place - 2
        if title < 0 or self.items[place - 1].text != "cho" or self.items[place].quantity.unit:
            return []
        for _, topic in self._mentions(title, "whole", "predicate"):
            if self._is(noun, "counted", topic) and not self._special(noun) and self._is_given(title, topic):
                return self._share(place, topic, title, noun, "noun", noun)
        return []

    def _is_given(self, title: int, topic: Topic) -> bool:
        for before in range(title - 1, max(-1, title - REACH), -1):
            item = self.items[before]
            if item.text in STRONG or item.has("ceremony", "propose", "register"):
                return False
            if "đề nghị" in item.text:
                return False
            if "công nhận" in item.text or (topic.family == "awards" and item.text.startswith("tặng")):
                return True
        return False

    def _whole_holds(self, place: int, noun: int, topic: Topic) -> bool:
        if self._excepted(place, noun, topic) or self._special(noun):
            return False
        titles = topic.family == "awards"  # a title among prizes is one of them, among proposals it is none
        if self._blocked_left(place, *(("register", "change") if titles else ())) or (
            titles and place in self.proposed
        ):
            return False
        receives = place > 0 and self.items[place - 1].text == "cho" and topic.family != "awards"
        if self._joint(noun, noun + 1, topic) or (receives and not self._is_given(place - 1, topic)):
            return False
        return "verb" not in topic.roles or self._verb_before(place, topic) or self._listed(place, topic)

    def _listed(self, place: int, topic: Topic) -> bool:
        """Whether the quantity continues a list whose first piece was read: "còn 19 hộ nghèo và 49 hộ cận nghèo"."""
        before = place - 1
        while before >= 0 and (self.items[before].text in (",", "và", ";") or self.items[before].has(*HEDGES)):
            before -= 1
        if before > 1 and self.items[before].text == ")":  # "35 hộ nghèo (chiếm 1,9%), 42 hộ cận nghèo"
            before = (self._opening(before) or 1) - 1
        known = self.endings.get(before) or self.readings.get(before)
        if before < place - 1 and known is None:
            known = self._told_of_before(before, place, topic)
        return before < place - 1 and known is not None and known.topic.family == topic.family

    def _told_of_before(self, last: int, place: int, topic: Topic) -> Reading | None:
        """The piece of a list that more is told of: "12 hộ nghèo, giảm 5 hộ so với năm 2022; 23 hộ cận nghèo"."""
        if any(known.topic is topic for known in self.readings.values()):  # "..., 8 hộ nghèo theo tiêu chí của tỉnh"
            return None
        closed = any(item.text == ";" for item in self.items[last + 1 : place])
        for at in range(last, max(-1, last - _TOLD), -1):
            if at in self.readings:
                return self.readings[at]
            item = self.items[at]
            changes = item.has("change") and not closed
            if item.text in STRONG or changes or item.has("commend") or self._is(at, "except", topic):
                return None
        return None

    def _share(self, place: int, topic: Topic, first: int, last: int, rule: str, noun: int) -> list[Reading]:
        quantity = self.items[place].quantity
        slot = "rate" if quantity.unit == "percent" else "count"
        if getattr(topic, slot) is None or self._under(place) or self._compared(place) or self._is_part(place, topic):
            return []
        reading = self._made(topic, slot, place, first, max(last, place), rule)
        if reading and slot == "count" and reading.of is None:
            self._take_total(reading, noun)
            self._take_total_before(reading)
        assigned = place > 0 and self.items[place - 1].text == "được giao"  # "được giao 171 thanh niên nhập ngũ"
        if reading and (assigned or self._follows_plan(place)):
            reading.scenario, reading.basis = "plan", self._basis(max(0, place - 4), place)
        if reading and slot == "rate" and any(self.items[at].has("register") for at in range(noun, last)):
            reading.of_kind = "registered"
        return [reading] if reading else []

    def _take_total_before(self, reading: Reading) -> None:
        """The denominator said before: "Trong tổng số 23 chỉ tiêu HĐND xã giao, có 22 chỉ tiêu đạt"."""
        if reading.of is not None or reading.topic.recipient:
            return
        between = range(reading.place - 1, max(0, reading.place - _AHEAD), -1)
        at = next((at for at in between if self.items[at].quantity), None)
        said = self.items[at + 1 : reading.place] if at else ()
        if not said or self.items[at - 1].text not in _IN_ALL or not self._is(at + 1, "counted", reading.topic):
            return
        total = self.items[at].quantity
        if total.unit or total.of or total.readings[0] < reading.values[0]:
            return
        if any(item.text in STRONG or item.has("title", "exceed", "change", "commend") for item in said):
            return
        self.readings.pop(at, None)
        registered = any(item.has("register") for item in said)
        reading.of, reading.of_kind = total.readings[0], "registered" if registered else "total"
        reading.first = at

    def _take_total(self, reading: Reading, noun: int) -> None:
        """The denominator said behind: "1.345 hộ đạt gia đình văn hóa trên tổng số 1.450 hộ đăng ký"."""
        at = reading.last + 1
        while at < len(self.items) and (self.items[at].has("title") or self._is(at, "predicate", reading.topic)):
            at += 1  # "23 chỉ tiêu đạt trong tổng số 25 chỉ tiêu"
        at = at if self._total_at(at, reading.topic) is not None else noun + 1
        total = self._total_at(at, reading.topic)
        if total is None:
            return
        self.totals.add(at + 1)
        registered = at + 3 < len(self.items) and self.items[at + 3].has("register")
        reading.of, reading.of_kind = total, "registered" if registered else "total"
        reading.last = max(reading.last, at + 3 if registered else at + 2)
