"""Row labels of tables matched to the catalogue: by name, short name and the labels of its phrases, without accents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from functools import lru_cache

from core.catalogue import BudgetLine, Catalogue, Indicator
from core.store.profiles import FormProfile
from core.vi.phrases import expand_phrase
from core.vi.text import fold

# Said in one report, shortened in the next; and the words that tell no indicator from another.
_LONG = (
    (r"\bnsnn\b", "ngan sach nha nuoc"),
    (r"\bns\b", "ngan sach"),
    (r"\bns[xp]\b", "ngan sach phuong"),
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
_EMPTY_WORDS = frozenset(
    [
        "tong",
        "so",
        "cac",
        "dat",
        "danh",
        "hieu",
        "duoc",
        "cong",
        "nhan",
        "chuan",
        "o",
        "tai",
        "cua",
        "va",
        "la",
        "nam",
        "trong",
        "tren",
    ]
)
_SHARE = frozenset(("ty", "le"))
_NUMBERING = re.compile(
    r"^\s*(?:[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])\s?(?:[.)/]|[-–](?!\d))|[ivx]{1,5}\s+(?=\S))\s*",
    re.I,
)
_OF_WHICH = re.compile(r"^\W*trong đó\W*", re.I)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LAST_AMOUNT = re.compile(r"(?:1[.,]?000|nghìn|ngàn|triệu|tr\.|tỷ|tỉ)\s*đ(?:ồng)?$", re.I)
_SAID_TWICE = re.compile(r"(phần trăm)\s*\(\s*%\s*\)", re.I)  # of a form's own line, no unit of measure


def plain_label(label: str) -> str:
    """A label without numbering, brackets and accents, its abbreviations written out."""
    words = _BRACKETS.sub(" ", _NUMBERING.sub("", _OF_WHICH.sub("", label) or label))
    key = " ".join(re.sub(r"[^\w%]+", " ", fold(words)).split())
    for short, long in _LONG_FORMS:
        key = short.sub(long, key)
    return key


def bracketed(label: str) -> tuple[str, ...]:
    """What stands in brackets in a label, where the unit of measure often hides."""
    return tuple(_BRACKETS.findall(_SAID_TWICE.sub(r"\1", label)))


def amounts_in(header: str) -> tuple[str, ...]:
    """Where a header of amounts may name their unit: in its brackets, or in its last words ("Dự toán Nghìn đồng")."""
    last = _LAST_AMOUNT.search(header)
    return (*bracketed(header), *((last.group(),) if last else ()))


def is_child(label: str) -> bool:
    """Whether a row is part of the row above: "Trong đó", "- Bổ sung cân đối"."""
    key = fold(label).strip()
    return key.startswith(("trong do", "-", "–", "+", "*"))


def _key(label: str) -> frozenset[str]:
    words = plain_label(label).split()
    return frozenset(word for word in words if word not in _EMPTY_WORDS and word != "%")


def _expanded(indicator: Indicator, role: str) -> list[str]:
    return [" ".join(words) for phrase in indicator.phrases.get(role, ()) for words in expand_phrase(phrase)]


def _phrases(indicator: Indicator) -> Iterator[str]:
    """Phrases that can stand alone as a label: subjects, whole names, a counted noun with its predicate."""
    for role in ("labels", "subject", "unscoped", "whole"):
        yield from _expanded(indicator, role)
    if indicator.family != "awards":  # there the nouns are everybody's: "tập thể", "gia đình"
        for counted in _expanded(indicator, "counted"):
            yield from (f"{counted} {predicate}" for predicate in _expanded(indicator, "predicate"))


class Labels:
    """The words by which tables name indicators."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self._by_key: dict[frozenset[str], list[str]] = defaultdict(list)
        self._unscoped: set[frozenset[str]] = set()
        for indicator in catalogue.indicators.values():
            if indicator.member_kind:
                continue
            for label in (*indicator.names.values(), *indicator.shorts.values(), *_phrases(indicator)):
                self._add(_key(label), indicator.id)
            self._add(frozenset({indicator.id}), indicator.id)
            self._unscoped |= {_key(label) for label in _expanded(indicator, "unscoped")}
        self._explained: dict[str, str] = {}
        self._lines = {_key(label): line for line in catalogue.lines.values() for label in line.labels}

    def explained(self, profiles: Iterable[FormProfile]) -> Labels:
        """These labels with the names of rows that people have explained, the first profile before the others."""
        names = {row.words: row.indicator for profile in reversed([*profiles]) for row in profile.rows}
        if not names:
            return self
        known = copy(self)
        known._explained = {words: id for words, id in names.items() if id in self.catalogue.indicators}
        return known

    def find(self, label: str, measure_unit: str = "") -> Indicator | None:
        """The indicator a label names, or None.

        Where a count and its share go by one name, the unit of measure decides ("Gia đình văn hóa", %). Without one
        the count is meant, unless the label itself says "tỷ lệ".
        """
        key = _key(label)
        of_share = key >= _SHARE
        ids = self._by_key.get(frozenset({label.strip()})) or self._by_key.get(key, [])
        if of_share and not ids:
            ids, measure_unit = self._by_key.get(key - _SHARE, []), measure_unit or "percent"
        if not ids and measure_unit == "percent":
            ids = self._by_key.get(key | _SHARE, [])
        if not ids and self._explained.get(plain_label(label)):
            ids = [self._explained[plain_label(label)]]
        rows = [self.catalogue.indicators[id] for id in ids]
        if measure_unit:
            rows = self._of_unit(rows, measure_unit)
        return min(rows, key=lambda row: (row.unit == "percent") != of_share, default=None)

    def _add(self, key: frozenset[str], id: str) -> None:
        if key and id not in self._by_key[key]:
            self._by_key[key].append(id)

    def is_unscoped(self, label: str) -> bool:
        """Whether a label says only "thu ngân sách" and leaves open whose revenue it is."""
        return _key(label) in self._unscoped

    def find_line(self, label: str) -> BudgetLine | None:
        """The budget line a label names, or None."""
        return self._lines.get(_key(label))

    def _of_unit(self, rows: list[Indicator], unit: str) -> list[Indicator]:
        fitting = [
            row
            for row in rows
            if (row.unit == "percent") == (unit == "percent") and (row.unit == "vnd") == (unit == "vnd")
        ]
        if fitting or unit != "percent":
            return fitting
        shares = [self.catalogue.rate_of(row.id) or self.catalogue.attainment_of(row.id) for row in rows]
        return [self.catalogue.indicators[share] for share in shares if share]


@lru_cache(maxsize=1)
def labels_of(catalogue: Catalogue) -> Labels:
    """The labels of a catalogue, made once for the catalogue last used."""
    return Labels(catalogue)
