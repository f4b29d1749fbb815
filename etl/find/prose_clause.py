"""One clause looked at from a number: the nouns, verbs, hedges and plans that stand around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.find.prose_lexicon import Lexicon, Topic
from etl.find.prose_words import Item

REACH = 24  # items a rule looks to either side: bounds the work per number
STRONG = frozenset(";.!?…")
_ENDS = frozenset(".!?…")
_ANEW = frozenset(("lại", "mới", "lần đầu", "thêm"))
_LEAD_IN = 8  # items before a colon that may tell of when its list is
HEDGES = ("nearly", "over", "about")
NEGATIONS = frozenset(("chưa", "không"))
GIVERS = ("ward_giver", "district_giver", "city_giver", "province_giver", "council", "assigned", "given")


def proposed_places(items: Sequence[Item]) -> tuple[frozenset[int], frozenset[int]]:
    """The places a proposal governs, over the semicolons of its list, and those where a prize is what is proposed.

    "đề nghị tặng giấy khen cho ...; ..."; a clause that names its own giver or tells what was done is no part of it,
    and "theo đề nghị của ..." proposes nothing.
    """
    proposed, prizes = set(), set()
    governed = prize = False
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else item
        if item.text in _ENDS or item.text.startswith("đã") or (item.text == ";" and after.has(*GIVERS)):
            governed = False
        elif "đề nghị" in item.text or "đề xuất" in item.text:
            settled = place > 0 and items[place - 1].text in ("theo", "sở", "xét")
            governed, prize = not settled and after.text != "của", False
        prize = prize or item.has("commend")
        if governed:
            proposed.add(place)
            if prize:
                prizes.add(place)
    return frozenset(proposed), frozenset(prizes)


class Clause:
    """A sentence's items and the questions that rules ask about places in it."""

    def __init__(self, items: Sequence[Item], lexicon: Lexicon, before: frozenset[str] = frozenset()):
        self.items = items
        self.lexicon = lexicon
        self.proposed, self.prizes_proposed = proposed_places(items)
        self.read_places: set[int] = set()  # quantities that were read
        self.spoken: set[str] = set()  # topics already read
        self.parts: set[int] = set()  # quantities that only take one before them apart
        of_before = items and items[0].has("inside")  # "Trong đó, ..." tells a part of what the sentence before told
        self.opened = before if of_before else frozenset()
        self.before = before  # topics of the sentence before
        self.at_start = self._list_of_start()

    def _mentions(self, place: int, *roles: str) -> Iterator[tuple[str, Topic]]:
        entries = self.items[place].entries
        for role, topic in self.lexicon.named(entries) if entries else ():
            if role in roles:
                yield role, topic

    def _is(self, place: int, role: str, topic: Topic) -> bool:
        return 0 <= place < len(self.items) and (role, topic.name) in self.items[place].entries

    def _noun_place(self, place: int) -> int:
        """Where the noun after a quantity stands, fillers ("tổng số", "các") passed over."""
        after = self._past_twin(place + 1)
        while after < min(len(self.items), place + 7) and self.items[after].has("filler"):
            after += 1
        return after

    def _past_twin(self, after: int) -> int:
        """Past the same thing said as another number: "13/18 (72,2%) tổ", "1.250/1.300 = 96,2% đạt"."""
        items = self.items
        if after + 1 < len(items) and items[after].text in ("=", "(") and items[after + 1].quantity:
            if items[after].text == "=":
                return after + 2
            close = next((at for at in range(after + 2, min(len(items), after + 5)) if items[at].text == ")"), None)
            return close + 1 if close else after
        return after

    def _opens_twin(self, place: int) -> bool:
        """Whether a bracket holds only a percentage: "hộ (92,7%) đạt ..."."""
        close = place + 2 < len(self.items) and self.items[place + 2].text == ")"
        return self.items[place].text == "(" and close and self.items[place + 1].quantity is not None

    def _opening(self, place: int) -> int | None:
        for before in range(place - 1, max(-1, place - REACH), -1):
            if self.items[before].text == "(":
                return before
        return None

    def _clause_after(self, place: int) -> range:
        end = place + 1
        while end < min(len(self.items), place + 14):
            item = self.items[end]
            if item.quantity or item.text in STRONG or item.text in (",", "(", ")", "/"):
                break
            end += 1
        return range(place + 1, end)

    def _signs_up(self, at: int) -> bool:
        """Whether a place says that something was registered."""
        return at < len(self.items) and self.items[at].text.startswith(("đăng ký", "đăng kí"))

    def _anew(self, place: int) -> bool:
        """Whether a number is of those named again or for the first time: "công nhận lại 3 khu phố, mới 2"."""
        before = self.items[max(0, place - 2) : place]
        return len(before) == 2 and before[0].text.endswith("công nhận") and before[1].text in _ANEW

    def _hedge(self, place: int) -> str:
        for before in range(place - 1, max(-1, place - 3), -1):
            for hedge in HEDGES:
                if self.items[before].has(hedge):
                    return hedge
            if not self.items[before].has("link", "filler"):
                break
        return ""

    def _at_start(self, place: int) -> bool:
        """Whether a level is told of a year's start: "đầu năm có 12 hộ nghèo (2,1%), cuối năm còn 5 hộ"."""
        if place and self.items[place - 1].text == "(":  # a share in brackets is of the count before it
            place = next((at for at in range(place - 2, max(0, place - 6), -1) if self.items[at].quantity), place)
        for before in range(place - 1, max(-1, place - 8), -1):
            item = self.items[before]
            if item.has("start"):
                return self._opens_year(before)
            if item.quantity or item.kind == "punct":
                break
        return place in self.at_start

    def _opens_year(self, place: int) -> bool:
        """Whether "đầu năm" is the year's start, not the end of "6 tháng đầu năm"."""
        opening = self.items[place - 1] if place else None
        named = opening is not None and any(self._mentions(place - 1, "subject", "whole"))
        return opening is None or named or opening.kind == "punct" or opening.text in ("vào", "thời điểm", "có")

    def _list_of_start(self) -> range:
        """The places told of a year's start by words before a colon: "Rà soát hộ nghèo đầu năm 2022: 35 hộ nghèo"."""
        colon = next((at for at, item in enumerate(self.items) if item.text == ":"), 0)
        starts = (at for at in range(max(0, colon - _LEAD_IN), colon) if self.items[at].has("start"))
        if not any(self._opens_year(at) for at in starts):
            return range(0)
        ends = (at for at in range(colon, len(self.items)) if self.items[at].has("later"))
        return range(colon, next(ends, len(self.items)))

    def _under(self, place: int) -> bool:
        return place > 0 and self.items[place - 1].has("under")

    def _estimate(self, place: int) -> bool:
        """Whether "ước" stands shortly before a quantity, in its clause."""
        for before in range(place - 1, max(-1, place - 6), -1):
            item = self.items[before]
            if item.has("estimate"):
                return True
            if item.quantity or item.text in STRONG or item.text == ",":
                return False
        return False

    def _final(self, anchor: int) -> bool:
        return any(self.items[at].has("final") for at in range(max(0, anchor - 3), anchor))

    def _verb_before(self, place: int, topic: Topic) -> bool:
        for before in range(place - 1, max(-1, place - 4), -1):
            if self._is(before, "verb", topic):
                return not self._under_way(before)
            if self.items[before].text == "trong đó có":
                return "whole" in topic.roles  # of other things it tells how many were done in some way
            manner = any(True for _ in self._mentions(before, "predicate"))  # "giải quyết đúng hạn 900 hồ sơ"
            if not (manner or self.items[before].has("filler", *HEDGES, "link")):
                return False
        return False

    def _under_way(self, verb: int) -> bool:
        """Whether something is being done or left undone: "đang giải quyết 5 hồ sơ", "chưa giải quyết 2 đơn"."""
        for before in range(verb - 1, max(-1, verb - 4), -1):
            if self.items[before].kind == "punct":
                return False
            if self.items[before].text in ("đang", "chưa", "không", "chuyển"):
                return True
        return False

    def _counted_before(self, anchor: int, topic: Topic) -> bool:
        for before in range(anchor - 1, max(-1, anchor - 8), -1):
            if self.items[before].quantity or self.items[before].text in STRONG or self.items[before].has("register"):
                return False
            if self._is(before, "counted", topic):  # of a number it is told only behind it: "880 hồ sơ, đúng hạn 99%"
                behind = self.items[anchor - 1].text in (",", "(", ";") or self.items[anchor - 1].has("inside")
                return behind or before == 0 or not self.items[before - 1].quantity
        return False

    def _counts(self, place: int, topic: Topic) -> bool:
        """Whether a bare number after a name is its count: a fraction, or followed by the noun or by nothing."""
        noun = self._noun_place(place)
        if noun >= len(self.items) or self.items[place].quantity.of:
            return True
        return self.items[noun].kind == "punct" or self._is(noun, "counted", topic) or self.items[noun].has("link")

    def _joint(self, place: int, joint: int, topic: Topic) -> bool:
        """Whether one number speaks of two things: "67 hộ nghèo và hộ cận nghèo"."""
        other = joint + 1 if joint > place else joint - 1
        if not 0 <= other < len(self.items) or self.items[joint].text not in (",", "và", "+", "&"):
            return False
        if other < place and other and any(True for _ in self._mentions(other - 1, "none")):
            return False  # "không có hộ nghèo, hộ cận nghèo còn 15 hộ"
        return any(
            second is not topic and second.family == topic.family == "welfare"
            for _, second in self._mentions(other, "whole", "subject")
        )

    def _joins_list(self, place: int) -> bool:
        """Whether a quantity with its noun goes on with a list: "02 hộ nghèo, 05 hộ cận nghèo ..."."""
        noun = self._noun_place(place)
        joined = place > 0 and self.items[place - 1].text in (",", "và")
        return joined and noun < len(self.items) and any(self._mentions(noun, "counted", "whole"))

    def _only_joins(self, start: int, end: int) -> bool:
        """Whether only a list's signs and nouns stand between: "14/14 thôn, bon, tổ dân phố, 100% cơ quan"."""
        between = range(start + 1, end)
        return all(self.items[at].text in (",", "và") or any(self._mentions(at, "counted")) for at in between)

    def _excepted(self, place: int, noun: int, topic: Topic, *, listed: bool = True) -> bool:
        """Whether a word of the clause makes it another thing; `listed` numbers share what is said of their list."""
        for near in (*self._before_in_clause(place, topic), *range(noun + 1, min(len(self.items), noun + 12))):
            item = self.items[near]
            if near > noun and (item.text in STRONG or (item.quantity and not (listed and self._joins_list(near)))):
                break
            if near > noun and item.text == "(" and self._counts_others(near):
                break
            if near > noun and item.text == "," and not (listed and self._goes_on(near + 1)):
                break
            if self._is(near, "except", topic):
                return True
        return False

    def _counts_others(self, opening: int) -> bool:
        """Whether a bracket tells of others: "(trong đó ...)", "còn 39 hộ (thoát nghèo 17 hộ)"."""
        for item in self.items[opening + 1 : opening + 9]:
            if item.text == ")":
                return False
            if item.quantity or item.has("inside"):
                return True
        return False

    def _before_in_clause(self, place: int, topic: Topic) -> range:
        """The places shortly before one that its clause shares: a comma ends them where a verb follows it.

        "5 hộ thoát nghèo, còn 12 hộ nghèo", "thoát nghèo, đưa tỷ lệ hộ nghèo"; not "hỗ trợ người già, 43 hộ nghèo".
        """
        opens = self.items[place].text.startswith(("tỷ lệ", "số hộ"))
        for before in range(place - 1, max(-1, place - 5), -1):
            if self.items[before].text in STRONG or (self.items[before].text == "," and opens):
                return range(place - 1, before, -1)
            opens = opens or self._is_fraction(before) or self.items[before].has("level", "link")
            opens = opens or self._is(before, "verb", topic)
        return range(place - 1, max(-1, place - 5), -1)

    def _is_fraction(self, place: int) -> bool:
        """Whether a whole of its own opens a clause: "10/10 thôn có nhà văn hóa, 9/10 thôn đạt chuẩn văn hóa"."""
        quantity = self.items[place].quantity
        return quantity is not None and bool(quantity.of)

    def _goes_on(self, place: int) -> bool:
        """Whether a list of nouns goes on after a comma: "43 hộ nghèo, hộ có khó khăn được trợ cấp"."""
        if place >= len(self.items):
            return False
        return bool(self.items[place].quantity) or any(True for _ in self._mentions(place, "counted", "whole"))

    def _blocked_left(self, place: int, *walls: str) -> bool:
        """Whether a prize, a ceremony or a registration governs the number; "tỷ lệ ..." opens a clause of its own."""
        named = self.items[place].text.startswith("tỷ lệ")
        inside = False  # a bracket that closed before the number says nothing of it
        for before in range(place - 1, max(-1, place - 10), -1):
            item = self.items[before]
            if item.text in (")", "("):
                inside = item.text == ")"
            if inside:
                continue
            if item.text in STRONG or (named and item.text == ",") or item.text == "tỷ lệ":
                return False
            if item.has("level") or item.text.startswith(("công nhận", "đã công nhận")):
                return False  # "4.215 hộ đăng ký, cuối năm công nhận 4.102 hộ gia đình văn hóa"
            if item.has(*(walls or ("ceremony", "commend", "register", "change"))):
                return True
            if item.quantity and item.text != "%" and before in self.read_places:
                return False
        return False

    def _special(self, place: int) -> bool:
        """Whether what follows makes it another thing: "tiêu biểu", "3 năm liền"."""
        for after in range(place + 1, min(len(self.items), place + 5)):
            item = self.items[after]
            if item.text in STRONG or item.text in (",", "("):
                return False
            years = item.quantity and not item.quantity.unit
            if years and after + 1 < len(self.items) and self.items[after + 1].text == "năm":
                return True  # "gia đình văn hóa 3 năm trở lên"
            if item.has("special") and not self._usual(after):
                return True
        return False

    def _usual(self, place: int) -> bool:
        """Whether a word that marks another thing does not: "theo tiêu chí mới", "nhiều năm liền"."""
        if self.items[place].text == "mới":
            return self.items[place - 1].text in ("chí", "chuẩn", "tiêu chuẩn")
        return self.items[place].text in ("liền", "liên tục", "liên tiếp") and self._many_years(place)

    def _many_years(self, place: int) -> bool:
        return place >= 2 and self.items[place - 1].text == "năm" and self.items[place - 2].text == "nhiều"

    def _compared(self, place: int) -> bool:
        after = self._clause_after(place)
        for at in after:
            if self.items[at].has("change"):
                return False  # "đạt 83,5% tăng so với cùng kỳ 13%" compares the number behind
            if self.items[at].has("compare"):
                return True
            if self.items[at].has("against") and any(self.items[near].kind == "year" for near in range(at, after.stop)):
                return not any(self.items[near].has("plan") for near in range(at, after.stop))
        return False

    def _against_plan(self, place: int) -> bool:
        return any(self.items[at].has("plan", "given") for at in self._clause_after(place))

    def _basis(self, start: int, end: int) -> tuple[str, ...]:
        """Which plan: who gave it, or "unstated"; both where one percentage is against both."""
        said = [item for item in self.items[start : end + 1] if item.kind == "word"]
        given = any(item.text == "giao" or item.has("given") for item in said)
        found = []
        if any(item.has("adjusted") for item in said):
            return ("adjusted",)
        if any(item.has("stretch") for item in said):
            return ("stretch",)
        higher = any(item.has("assigned") for item in said) or (
            given and any(item.has("district_giver", "city_giver", "province_giver") for item in said)
        )
        if higher:
            found.append("assigned")
        if any(item.has("council") and not item.has("assigned") for item in said):
            found.append("council")
        return tuple(found) or ("unstated",)

    def _follows_plan(self, place: int) -> bool:
        """Whether the word for a plan stands right before an amount: "dự toán giao 10 tỷ đồng, thực hiện ..."."""
        for before in range(place - 1, max(-1, place - 5), -1):
            item = self.items[before]
            if item.has("plan"):
                reached = before and self.items[before - 1].has("link", "exceed", "against", "title")
                return not (reached or item.has("exceed"))
            if not (item.text in ("là", ":", "năm") or item.has("given", "filler", *HEDGES, *GIVERS)):
                return False
        return False
