"""Where the words end that say which title a counted noun bears: "850/900 hộ đăng ký ... đạt gia đình văn hóa"."""

from __future__ import annotations

from decimal import Decimal

from etl.find.prose_clause import NEGATIONS, REACH, STRONG
from etl.find.prose_lexicon import Topic
from etl.find.prose_reading import Readings

OUT_OF = frozenset(("trên tổng số", "trong tổng số", "trên", "/", "trong số"))


class TitleRules(Readings):
    """Predicates of counted nouns."""

    def _total_at(self, place: int, topic: Topic) -> Decimal | None:
        """The whole that words at a place name: "trên tổng số 18 tổ dân phố"; None where they name none."""
        if place + 2 >= len(self.items) or self.items[place].text not in OUT_OF:
            return None
        total = self.items[place + 1].quantity
        bare = total is not None and not total.unit and not total.of and self._is(place + 2, "counted", topic)
        return total.readings[0] if bare else None

    def _predicate(self, noun: int, topic: Topic) -> int | None:
        """Where the predicate of a counted noun ends, its own or one it shares with the next pieces of a list."""
        titled = registered = False
        counted_again = False
        seen_number = False
        inside = False
        share = noun  # the percentage said between a count and its title: "850/900 hộ, đạt 94,4% gia đình văn hóa"
        for after in range(noun + 1, min(len(self.items), noun + REACH)):
            item = self.items[after]
            if after <= share:
                continue
            if not (titled or registered) and self._shares(after, topic):
                share, seen_number = after + 1, True
                continue
            if not (titled or registered) and self._total_at(after, topic) is not None:
                share = after + 2  # "14 tổ dân phố trên tổng số 18 tổ dân phố đạt danh hiệu"
                continue
            inside = self._opens_twin(after) or (inside and item.text != ")")
            if inside or item.text == ")":
                continue
            ceremony = item.has("ceremony") or (item.has("commend") and topic.family != "awards")
            if item.text in STRONG or ceremony or (item.has("propose") and not titled):
                return None
            if item.quantity:
                inside_list = self._noun_place(after) < len(self.items) and any(
                    self._mentions(self._noun_place(after), "counted", "whole")
                )
                if titled or not inside_list or not self._only_joins(noun if not seen_number else after - 1, after):
                    return None
                seen_number = True
                continue
            if item.text in NEGATIONS:  # "3/18 tổ dân phố chưa được công nhận ..."
                return None
            if item.has("register"):
                registered = True
            titled = titled or item.has("title")
            own = any(self._is(after, role, topic) for role in ("predicate", "whole"))
            if own and item.text.endswith(" này") and topic.name not in self.spoken:
                return None
            if own and any(self._is(between, "except", topic) for between in range(noun + 1, after)):
                return None
            if own and self._fits(after, noun, topic, titled, registered, seen_number):
                return None if self._special(after) or self._excepted(noun, after, topic, listed=False) else after
            if own and registered:
                return None
            if titled and self._is(after, "counted", topic):
                counted_again = True
            elif counted_again and any(other.family == topic.family for _, other in self._mentions(after, "whole")):
                return after
        return None

    def _shares(self, place: int, topic: Topic) -> bool:
        """Whether a verb and a percentage of the same noun stand at a place: "đạt 94,4% hộ"."""
        if not self.items[place].has("link") or place + 1 >= len(self.items):
            return False
        quantity = self.items[place + 1].quantity
        noun = self._noun_place(place + 1)
        named = noun < len(self.items) and (self._is(noun, "counted", topic) or self._is(noun, "whole", topic))
        return quantity is not None and quantity.unit == "percent" and named

    def _fits(self, at: int, noun: int, topic: Topic, titled: bool, registered: bool, shared: bool) -> bool:
        if registered:
            return self._of_registered(noun, at)
        if self._is(at, "predicate", topic):
            return True
        if topic.family == "welfare":  # "hộ nghèo còn 31 hộ, hộ cận nghèo còn 77 hộ"
            return at == noun + 1
        return titled or at == noun + 1 or shared or self._only_joins(noun, at)  # "80 khu, ấp văn hóa"

    def _of_registered(self, noun: int, at: int) -> bool:
        """ "96,1% số hộ đăng ký đạt danh hiệu": a share of those registered, not the registration itself."""
        registers = [place for place in range(noun + 1, at) if self.items[place].has("register")]
        counts = "số" in (self.items[noun].text.split()[0], self.items[noun - 1].text.split(" ")[-1])
        counts = counts or self._voted(noun - 1)
        reached = any(self.items[place].has("title") for place in range(registers[-1] + 1, at))
        return bool(counts and reached and registers[0] == noun + 1)

    def _voted(self, place: int) -> bool:
        """Whether a fraction is told as what a vote led to: "qua bình xét có 524/534 hộ đăng ký đạt"."""
        quantity = self.items[place].quantity
        told = any("bình xét" in self.items[at].text for at in range(max(0, place - 12), place))
        return told and quantity is not None and bool(quantity.of)
