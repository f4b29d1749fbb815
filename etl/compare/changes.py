"""Numbers that compare: changes since another year and gaps to a plan, which the reader of figures passes over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.catalogue import Catalogue, Indicator
from core.figures import Figure
from etl.compare.claims import Claim
from etl.compare.numbers import Number
from etl.find.prose import Line, Statements, Weighed
from etl.find.prose_clause import GIVERS, HEDGES, NEGATIONS, REACH, STRONG, Clause
from etl.find.prose_lexicon import Lexicon, Topic
from etl.find.prose_when import when

_REACH = 12  # items from a number to what it is compared with
_LEFT = 8  # items from a number to the word that says up or down
_BETWEEN = frozenset(("thêm", "được", "tới", "đến", "về", "năm", "là", "thực", "hiện", "của", "cuối"))
_YEAR_BEFORE = re.compile(r"cùng k[ỳì]|năm (?:trước|ngoái)|cùng thời điểm|(?<![^\W\d_])ck(?![^\W\d_])")
_OTHER_TIME = frozenset(("tháng", "quý", "kỳ", "nhiệm", "đầu", "tuần", "ngày"))
_GOES_ON = re.compile(r"(?:con số|kết quả|số thu|mức|tỷ lệ|số) này|(?:nếu )?so với|so cùng|như vậy")
_NOT_LESS = frozenset(("giảm nghèo",))
_START = re.compile(r"(?<![^\W\d_])đầu năm")  # "giảm 6 hộ so với đầu năm": since the end of the year before
_MISSED = re.compile(r"(?:chưa|không) đạt$|thấp hơn$")
_AGAIN = re.compile(
    r"(?:,|\() ?(?:tức|hay|tương đương|tương ứng|bằng)?(?: (?:là|với|khoảng|bằng))*(?: (?:tăng|giảm|vượt))?$"
)
_OTHER_SIDE = ("against", "compare", "plan", "given", "start", "target", "stretch", "from", "average", "term", "months")
_WHEN = ("year", "months", "range", "date")
_NOT_SAID = Decimal(0)  # the value of a figure that only a comparison speaks of


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something a sentence has told of already: its topic, which of its indicators, and the figure it was read as."""

    place: int
    last: int
    topic: Topic
    slot: str
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class _Target:
    """What a number is compared with: another year, or a plan of some bases."""

    year: int = 0
    before: bool = False
    plan: tuple[str, ...] = ()
    start: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """A comparison that was read, which the next number may tell once more in another measure."""

    place: int
    number: Number
    target: _Target
    spoken: Spoken
    sign: int


class Changes(Clause):
    """One sentence's comparisons."""

    def __init__(
        self, line: Line, lexicon: Lexicon, catalogue: Catalogue, said: Statements, spoken: Sequence[Spoken],
        before: Spoken | None = None,
    ):  # fmt: skip
        super().__init__(line.items, lexicon)
        self.line, self.catalogue, self.said = line, catalogue, said
        done = (each for each in spoken if each.weighed.figures[0].scenario != "plan")
        self.told = sorted(done, key=lambda each: each.place)
        self.before = before if _GOES_ON.match(" ".join(item.text for item in line.items[:4])) else None
        self.made: _Made | None = None  # the comparison read last
        self.planned: set[int] = set()  # where numbers stand that are a plan's

    def read(self, place: int, number: Number) -> Claim | None:
        """The comparison a number makes, None where it makes none that can be followed."""
        if place and self.items[place - 1].has("from"):
            return self._start(place, number)
        if (other := self.of_other_year(place, number) or self.plan_told(place, number)) is not None:
            return other
        word = self._word(place)
        target = self._target(place, word)
        if not number.readings:
            return None
        if target is None:
            return self.again(place, number) or self._against_nothing(place, number, word)
        if word is None:
            kind, sign = "value" if target.plan else "ratio", 1
            if number.unit != "percent" or not self._linked(place):
                return None
        else:
            kind, sign = self._kind(number, target), -1 if self._is_less(word) else 1
        spoken = self._subject(place, number)
        if spoken is None:
            return None
        if target.start and spoken.topic.amount:
            return None  # money of a whole year has no value at its start
        return self._claim(place, number, kind, sign, target, spoken)

    def _against_nothing(self, place: int, number: Number, word: int | None) -> Claim | None:
        """A change whose other side is not said, "hộ nghèo giảm 6 hộ": mostly the year before, and only then true."""
        if word is None or not self.items[word].has("change") or self.items[word].has("exceed"):
            return None
        begin = word
        while begin > 0 and self.items[begin - 1].kind != "punct" and not self.items[begin - 1].quantity:
            begin -= 1
        said = [*self.items[begin:place], *self.items[place + 1 : self._end(place)]]
        if any(item.has(*_OTHER_SIDE) or item.kind in _WHEN or item.text in _OTHER_TIME for item in said):
            return None
        spoken = self._subject(place, number)
        if spoken is None:
            return None
        sign, before = -1 if self._is_less(word) else 1, _Target(before=True)
        claim = self._claim(place, number, self._kind(number, before), sign, before, spoken)
        self.made = None
        return claim and replace(claim, bare=True)

    def _claim(self, place: int, number: Number, kind: str, sign: int, target: _Target, spoken: Spoken) -> Claim | None:
        """A comparison of a number with a target; None where the two cannot be set against each other."""
        figure = self._figure(spoken, number, place)
        if figure is not None and kind == "value":  # "so với dự toán HĐND phường giao đạt 99,2 %"
            attainment = self.catalogue.attainment_of(figure.indicator)
            figure = replace(figure, indicator=attainment) if attainment else None
        if figure is None or not self._bare_holds(place, number, spoken):
            return None
        if target.plan and self.catalogue.indicators[figure.indicator].unit == "percent" and number.unit == "vnd":
            return None
        figures = tuple(replace(figure, basis=basis) for basis in target.plan) or (figure,)
        against = 0 if target.plan else (target.year or figure.year - 1)
        if not target.plan and against >= figure.year:
            return None
        if kind not in ("value", "ratio"):
            self.made = _Made(place, number, target, spoken, sign)
        values = tuple(sign * value for value in number.readings)
        return Claim(kind, figures, values, number, self._hedge(place), against)

    def instead(self, place: int, number: Number, claim: Claim) -> Claim | None:
        """What a number compares though the reader took it for a level; None where the level stands.

        "so với năm 2022 là 690 triệu" tells a change, "..., kế hoạch 90 %" the plan of what was told before it.
        """
        if claim.figure.scenario != "plan" and (told := self.plan_told(place, number)) is not None:
            return told
        if (other := self.of_other_year(place, number) or self.again(place, number)) is not None:
            return other
        word = self._word(place)
        if word is None or self.items[place - 1].text != "là":
            return None
        years = [item for item in self.items[word:place] if item.kind == "year"]
        against = any(item.has("against") for item in self.items[word:place])
        return self.read(place, number) if years and against else None

    def again(self, place: int, number: Number) -> Claim | None:
        """The comparison before, told in another measure: "tăng 1,8 tỷ đồng so với năm 2019, tương đương 3,8 %"."""
        made = self.made
        if made is None or not place - _REACH < made.place < place or not number.readings:
            return None
        if {made.number.unit, number.unit} not in ({"vnd", "percent"}, {"", "percent"}):
            return None
        between = self.items[made.place + 1 : place]
        said = " ".join(item.text or str(item.number) for item in between)
        told = _AGAIN.search(said)
        if told is None or any(item.quantity for item in between) or STRONG.intersection(said):
            return None
        if not any(word in told.group() for word in ("tức", "hay", "tương")) and made.number.unit != "vnd":
            return None  # "tăng 1 tổ (94,4 %)": what that is a share of
        if told.group().startswith(",") and "tương" not in told.group() and "tức" not in told.group():
            return None
        return self._claim(place, number, self._kind(number, made.target), made.sign, made.target, made.spoken)

    def of_other_year(self, place: int, number: Number) -> Claim | None:
        """The value of the year compared with, in brackets behind it: "tăng 5,6 % so với năm 2022 (9,51 tỷ)"."""
        verb = place > 0 and self.items[place - 1].has("link", "estimate")  # "(ước 60,3 tỷ)", "(đạt 9 tỷ)"
        begin = place - 2 if verb else place - 1
        if begin < 3 or self.items[begin].text != "(" or self.items[begin - 1].kind != "year":
            return None
        if not any(item.has("against", "compare") for item in self.items[max(0, begin - 4) : begin - 1]):
            return None
        closes = any(item.text == ")" for item in self.items[place + 1 : place + 5])
        spoken, year = self._subject(place, number), self.items[begin - 1].number
        if not closes or spoken is None or not self._bare_holds(place, number, spoken):
            return None
        if number.unit == "percent" and spoken.slot not in ("rate", "count"):
            return None
        if number.unit == "percent" and spoken.topic.rate is None:
            return None
        figure = self._figure(spoken, number, place)
        if figure is None or year >= figure.year:
            return None
        figure = replace(figure, year=year, scenario="estimate" if self._estimate(place) else "actual")
        if number.unit == "percent":
            figure = replace(figure, indicator=spoken.topic.rate.id)
        return Claim("value", (figure,), number.readings, number, self._hedge(place))

    def plan_told(self, place: int, number: Number) -> Claim | None:
        """A plan told beside its result: "đạt 90,9 %, kế hoạch 90 %", "so với chỉ tiêu 92 % vượt 0,9 điểm %"."""
        plan = self.plan_before(place)
        if plan is None or number.unit == "points" or not number.readings:
            return None
        opens = self.items[plan - 1] if plan else None
        led = self.items[max(0, plan - 2) : plan]  # "tiết kiệm so với dự toán 275 triệu đồng" tells how far off
        missed = _MISSED.search(" ".join(item.text for item in led)) is not None
        if not missed and any(item.has("change", "exceed") for item in led):
            return None
        told = next((each for each in reversed(self.told) if each.place < plan), None)
        if opens is None or told is None or told.weighed.doubt not in ("", "old_year"):
            return None
        behind = opens.quantity is not None or opens.has("link", "against")
        amounts = (each for each in self.told if each.place < plan and each.topic is told.topic)
        if self.items[place - 1].text == "(" and behind and number.unit == "vnd":
            if all(each.slot != "amount" for each in amounts):
                return None  # "đạt 101 % dự toán (49,086 tỷ đồng)" may tell either
        elif not (opens.text in (",", ";", "(") or opens.has("against") or missed) or plan - told.last > _REACH:
            return None
        share = number.unit == "percent" and told.topic.amount is None
        row = told.topic.rate if share else self._indicator(told, number)
        if row is None or (row.unit == "percent") != (number.unit == "percent"):
            return None
        noun = self._noun_place(place)
        if not number.unit and noun < len(self.items) and not self._bare_holds(place, number, told):
            return None
        said = told.weighed.figures[0]
        bases = self._basis(plan, place - 1)
        figures = tuple(
            replace(said, indicator=row.id, scenario="plan", basis=basis, of=None, hedge="", value=_NOT_SAID)
            for basis in bases
        )
        self.planned.add(place)
        return Claim("value", figures, number.readings, number, self._hedge(place))

    def plan_before(self, place: int) -> int | None:
        """Where the word for a plan stands right before a number, with nothing between but who gave it."""
        for before in range(place - 1, max(-1, place - _LEFT), -1):
            item = self.items[before]
            if item.has("exceed", "change"):
                return None
            if item.has("plan"):
                return before
            bracket = item.text == "(" and before == place - 1
            passed = bracket or item.text in ("là", ":", "năm") or self._is_name(before)
            if not (passed or item.has("given", "filler", "start", *HEDGES, *GIVERS)):
                return None
        return None

    def _start(self, place: int, number: Number) -> Claim | None:
        """Where a change began, if its year is named: "giảm từ 22 hộ năm 2019 xuống còn 16 hộ"."""
        year = next((item.number for item in self.items[place + 1 : place + 4] if item.kind == "year"), 0)
        end = next((each for each in self.told if place < each.place <= place + _REACH), None)
        figure = self._figure(end, number, place) if year and end else None
        if figure is None or year >= figure.year or not self._bare_holds(place, number, end):
            return None
        began = replace(figure, year=year, scenario="actual")
        return Claim("value", (began,), number.readings, number, self._hedge(place))

    def _word(self, place: int) -> int | None:
        """Where the word stands that says up, down or beyond: "tăng 5 %", "cao hơn năm 2023 là 0,4 điểm %"."""
        for before in range(place - 1, max(-1, place - 1 - _LEFT), -1):
            item = self.items[before]
            if item.has("level", "from"):
                return None
            added = item.text == "thêm" and not (before and self.items[before - 1].has("change", "exceed"))
            if added or item.has("change", "exceed"):
                return before
            passed = item.has("filler", "link", "against", "compare", "plan", "given", *HEDGES, *GIVERS)
            if not (passed or item.kind == "year" or item.text in _BETWEEN or self._is_name(before)):
                return None
        return None

    def _is_name(self, at: int) -> bool:
        """Whether a word belongs to a plan's giver: "HĐND phường Mẫu giao"."""
        return self.items[at].kind == "word" and self.items[at].capital and not self.items[at].entries

    def _is_less(self, place: int) -> bool:
        return self.items[place].has("less") and self.items[place].text not in _NOT_LESS

    def _linked(self, place: int) -> bool:
        return place > 0 and any(self.items[at].text in ("bằng", "đạt", "=") for at in range(max(0, place - 2), place))

    def _kind(self, number: Number, target: _Target) -> str:
        if target.plan:
            return "excess" if number.unit == "percent" else "gap"
        return "growth" if number.unit == "percent" else "change"

    def _target(self, place: int, word: int | None) -> _Target | None:
        """What the words behind a number, between it and the word of change, or before that word name as other side."""
        found = self._named_target(range(place + 1, self._end(place)), place, word)
        if found is None and word is not None:
            found = self._named_target(range(word, place), place, word)
        start = place if word is None else word
        if found is not None or not start:
            return found
        begin, commas = start, 0
        while begin > max(0, start - _REACH):
            item = self.items[begin - 1]
            commas += item.text == ","  # "so với năm 2019, thu ngân sách tăng 3,8 %"
            own = begin - 1 in self.planned
            if (item.quantity and not own) or item.text in STRONG or item.text == "(" or commas > 1:
                break
            begin -= 1
        said = range(begin, start)  # "cùng kỳ năm trước đạt 90 %" tells of that year and compares nothing
        opens = any(self.items[at].has("against") or self.items[at].text.startswith("so ") for at in said)
        return self._named_target(said, place, None) if opens else None

    def _end(self, place: int) -> int:
        """Where the words behind a number end that may still speak of it."""
        end = place + 1
        while end < min(len(self.items), place + 1 + _REACH):
            item = self.items[end]
            if item.quantity or item.text in STRONG or item.text in (",", ")") or self._says_more(end):
                break
            end += 1
        return end

    def _says_more(self, at: int) -> bool:
        """Whether "và" goes on with another statement: "tăng 2,1 % so với năm 2018 và chưa đạt chỉ tiêu 90 %"."""
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        if following is None or self.items[at].text != "và":
            return False
        negated = following.text.split(" ")[0] in NEGATIONS  # "chưa đạt"
        return negated or following.has("link", "level", "change", "exceed", "reached")

    def _named_target(self, places: range, place: int, word: int | None) -> _Target | None:
        """The other side that a run of words names; "vượt kế hoạch" and "cao hơn năm 2023" need no "so với"."""
        higher = word is not None and self.items[word].text in ("cao hơn", "thấp hơn")
        compared = [
            at
            for at in places
            if self.items[at].has("against", "compare")
            or (word is not None and self.items[word].has("exceed") and self.items[at].has("plan", "given"))
            or (higher and (self.items[at].kind == "year" or self.items[at].has("plan")))
        ]
        if not compared:
            return None
        begin = compared[0]
        said = range(begin, places.stop)
        years = [self.items[at].number for at in said if self.items[at].kind == "year"]
        words = {word for at in said for word in self.items[at].text.split()}
        if len(set(years)) > 1 or any(self.items[at].kind in ("months", "range", "date", "label") for at in said):
            return None
        if any(self.items[at].has("plan", "given", "target", "stretch", "adjusted") for at in said):
            if years and years[0] != self.line_year(place):
                return None
            return _Target(plan=self._basis(begin, places.stop - 1))
        year_before = _YEAR_BEFORE.search(" ".join(self.items[at].text for at in said)) is not None
        if _START.search(" ".join(self.items[at].text for at in said)) and set(years) <= {self.line_year(place)}:
            return _Target(before=True, start=True)
        if words & _OTHER_TIME - ({"kỳ"} if year_before else set()):
            return None
        if years:
            return _Target(year=years[0])
        return _Target(before=True) if year_before else None

    def line_year(self, place: int) -> int | None:
        """The year that holds for a number of the sentence."""
        return when(self.items, place, place, self.line.carried, self.said.report, flow=True).year

    def _subject(self, place: int, number: Number) -> Spoken | None:
        """What a comparison speaks of: the noun behind the number, else the nearest thing told before it."""
        noun = self._noun_place(place)
        if number.unit == "" and noun < len(self.items):
            for _, topic in self._mentions(noun, "whole"):
                if topic.count:
                    return self._mentioned(topic, "count", noun, place)
        before = bisect_left(self.told, place, key=lambda each: each.place)
        told = self.told[before - 1] if before else None
        begin = told.last + 1 if told else 0
        told = told or self.before
        if place - begin > REACH:
            return None
        for at in range(place - 1, begin - 1, -1):
            if self.items[at].text in STRONG and self.items[at].text not in (":", ";"):
                return None
            topics = [topic for _, topic in self._mentions(at, "subject", "unscoped", "whole")]
            if topics and told and told.topic in topics:
                return told
            if topics:
                slot = self._slot_of(topics[0], at, number)
                return self._mentioned(topics[0], slot, at, place) if slot and len(set(map(id, topics))) == 1 else None
        return told

    def _slot_of(self, topic: Topic, at: int, number: Number) -> str:
        if topic.amount:
            return "amount"
        share = self.items[at].text.startswith("tỷ lệ") or (at > 0 and self.items[at - 1].text.endswith("tỷ lệ"))
        if number.unit == "points" or share:
            return "rate" if topic.rate else ""
        return "count" if topic.count else "rate" if topic.rate else ""

    def _mentioned(self, topic: Topic, slot: str, at: int, place: int) -> Spoken | None:
        indicator = getattr(topic, slot)
        flow = slot == "amount"
        moment = when(self.items, place, place, self.line.carried, self.said.report, flow=flow)
        if indicator is None or moment.plan or moment.year is None or moment.period in ("term", "average", "part"):
            return None
        scenario = "estimate" if self._estimate(place) else "actual"
        flags = ("scope_unstated",) if self._is(at, "unscoped", topic) else ()
        figure = Figure(indicator.id, moment.year, _NOT_SAID, period=moment.period, scenario=scenario, flags=flags)
        return Spoken(at, at, topic, slot, Weighed([figure]))

    def _figure(self, spoken: Spoken, number: Number, place: int) -> Figure | None:
        """The figure that is compared: an amount, a count or a share, as the number's unit asks."""
        if spoken.weighed.doubt not in ("", "old_year") or len(spoken.weighed.figures) != 1:
            figures = {(each.year, each.period, each.scenario) for each in spoken.weighed.figures}
            if len(figures) != 1 or spoken.weighed.doubt not in ("", "old_year"):
                return None
        said = spoken.weighed.figures[0]
        if said.scenario == "plan":
            return None
        indicator = self._indicator(spoken, number)
        if indicator is None:
            return None
        return replace(said, indicator=indicator.id, basis="", of=None, hedge="", value=_NOT_SAID)

    def _indicator(self, spoken: Spoken, number: Number) -> Indicator | None:
        topic = spoken.topic
        if number.unit == "vnd":
            return topic.amount
        if number.unit == "points":
            return topic.rate
        if number.unit == "":
            return topic.count
        if spoken.slot in ("amount", "attainment"):
            return topic.amount
        return getattr(topic, spoken.slot, None)

    def _bare_holds(self, place: int, number: Number, spoken: Spoken) -> bool:
        """Whether a bare number counts the same thing: "giảm 4 hộ", not "giảm 4 vụ"."""
        if number.unit:
            return True
        noun = self._noun_place(place)
        if noun >= len(self.items):
            return False
        return any(self._is(noun, role, spoken.topic) for role in ("counted", "whole"))
