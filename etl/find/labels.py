"""Row labels of tables matched to the catalogue: by name, short name and the labels of its phrases, without accents."""

from __future__ import annotations

import re
from collections import defaultdict

from core.catalogue import BudgetLine, Catalogue, Indicator
from core.vi.text import fold

# Said in one report, shortened in the next; and the words that tell no indicator from another.
_LONG = (
    (r"\bnsnn\b", "ngan sach nha nuoc"),
    (r"\bns\b", "ngan sach"),
    (r"\bnsx\b", "ngan sach phuong"),
    (r"\btdp\b", "to dan pho"),
    (r"\btdpvh\b", "to dan pho van hoa"),
    (r"\bgdvh\b", "gia dinh van hoa"),
    (r"\bbhyt\b", "bao hiem y te"),
    (r"\btthc\b", "thu tuc hanh chinh"),
    (r"\bnvqs\b", "nghia vu quan su"),
    (r"\bttldtt\b", "tap the lao dong tien tien"),
    (r"\bttldxs\b", "tap the lao dong xuat sac"),
    (r"\bcstdcs\b", "chien si thi dua co so"),
    (r"\bldtt\b", "lao dong tien tien"),
    (r"\bti le\b", "ty le"),
    (r"\bxa\b|\bthi tran\b", "phuong"),
)  # fmt: skip
_LONG_FORMS = tuple((re.compile(short), long) for short, long in _LONG)
_EMPTY_WORDS = frozenset("tong so cac dat danh hieu duoc cong nhan chuan o tai cua va la nam trong tren".split())
_NUMBERING = re.compile(r"^\s*(?:[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])[.)/]|[ivx]{1,5}\s+(?=\S))\s*", re.I)
_BRACKETS = re.compile(r"\(([^()]*)\)")


def plain_label(label: str) -> str:
    """A label without numbering, brackets and accents, its abbreviations written out."""
    words = _BRACKETS.sub(" ", _NUMBERING.sub("", label))
    key = " ".join(re.sub(r"[^\w%]+", " ", fold(words)).split())
    for short, long in _LONG_FORMS:
        key = short.sub(long, key)
    return key


def bracketed(label: str) -> tuple[str, ...]:
    """What stands in brackets in a label, where the unit of measure often hides."""
    return tuple(_BRACKETS.findall(label))


def is_child(label: str) -> bool:
    """Whether a row is part of the row above: "Trong đó", "- Bổ sung cân đối"."""
    key = fold(label).strip()
    return key.startswith(("trong do", "-", "–", "+", "*"))


def _key(label: str) -> frozenset[str]:
    words = plain_label(label).split()
    return frozenset(word for word in words if word not in _EMPTY_WORDS and word != "%")


class Labels:
    """The words by which tables name indicators."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self._by_key: dict[frozenset[str], list[str]] = defaultdict(list)
        for indicator in catalogue.indicators.values():
            if indicator.member_kind:
                continue
            said = (*indicator.names.values(), *indicator.shorts.values(), *indicator.phrases.get("labels", ()))
            for label in (*said, indicator.id):
                key = frozenset({label}) if label == indicator.id else _key(label)
                if key and indicator.id not in self._by_key[key]:
                    self._by_key[key].append(indicator.id)
        self._lines = {_key(label): line for line in catalogue.lines.values() for label in line.labels}

    def find(self, label: str, measure_unit: str = "") -> Indicator | None:
        """The indicator a label names, or None.

        Where a count and its share go by one name, the unit of measure decides ("Gia đình văn hóa", %). Without one
        the count is meant, unless the label itself says "tỷ lệ".
        """
        ids = self._by_key.get(frozenset({label.strip()})) or self._by_key.get(_key(label), [])
        rows = [self.catalogue.indicators[id] for id in ids]
        if measure_unit:
            rows = self._of_unit(rows, measure_unit)
        return min(rows, key=lambda row: row.unit == "percent", default=None)

    def is_unscoped(self, label: str) -> bool:
        """Whether a label says only "thu ngân sách" and leaves open whose revenue it is."""
        return _key(label) == _key("thu ngân sách")

    def find_line(self, label: str) -> BudgetLine | None:
        """The budget line a label names, or None."""
        return self._lines.get(_key(label))

    def _of_unit(self, rows: list[Indicator], unit: str) -> list[Indicator]:
        fitting = [row for row in rows if (row.unit == "percent") == (unit == "percent") and (row.unit == "vnd") == (unit == "vnd")]
        if fitting or unit != "percent":
            return fitting
        shares = [self.catalogue.rate_of(row.id) for row in rows]
        return [self.catalogue.indicators[share] for share in shares if share]
