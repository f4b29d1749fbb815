"""Text in the encodings from before Unicode: recognised by its font and by its words, converted where a person says so.

Nothing is converted unasked: a file with such text is refused with what was recognised, how sure, and a sample, and
is read when its encoding was chosen. What is Unicode already stays as it is, also in a file of both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from core.errors import FaultError
from core.vi.encodings import NAMES, font_encoding, to_unicode, western
from core.vi.syllables import is_syllable
from etl.document import Block, Cell, Table
from etl.readers.parts import clean, refuse

ENOUGH = 3  # different words
SURE = 60  # of a hundred odd words
MANY = 12  # words that count however much Unicode stands beside them
SAMPLES, SAMPLE_LENGTH = 5, 90
_WORD = re.compile("[A-Za-z\u0300-\u036f\xa1-\u024f\u1e00-\u1eff\uf0a1-\uf0fe\xad]+")
_LONGEST = 12
_BEYOND = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_NO_LETTER = re.compile(r"[\W\d_]+")
_SOFT_HYPHEN = "\u00ad"  # ư in TCVN3, an optional line end in Unicode
Run = tuple[str, str]  # text and the name of its font


@dataclass(slots=True)
class Words:
    """Words with more than plain letters: `odd` by what no one spells so, `unicode` and `either` counted."""

    odd: Counter[str] = field(default_factory=Counter)
    unicode: int = 0
    either: int = 0

    def add(self, said: str) -> Words:
        """Count the words of a text."""
        for word in () if said.isascii() else _WORD.findall(said):
            if word.isascii():
                continue
            if _BEYOND.search(word):
                self.unicode += 1
                continue
            plain, old = _readings(word)
            if not plain and not old and not any(sign.isalpha() for sign in word if not sign.isascii()):
                continue  # m², 25°
            if not plain:
                self.odd[word] += 1
            elif old:
                self.either += 1
            else:
                self.unicode += 1
        return self

    def read_by(self, name: str) -> dict[str, int]:
        """The odd words that are Vietnamese in an encoding, and how often they stand."""
        return {word: count for word, count in self.odd.items() if name in _readings(word)[1]}

    def sure(self, name: str) -> int:
        """How many of a hundred odd words are Vietnamese in an encoding."""
        return 100 * sum(self.read_by(name).values()) // self.odd.total() if self.odd else 100

    def are_old(self, name: str) -> bool:
        """Whether enough of them are Vietnamese in an encoding, and too many to be a stamp on a page of Unicode."""
        read = self.read_by(name)
        total = sum(read.values())
        return len(read) >= ENOUGH and self.sure(name) >= SURE and (total > self.unicode or total >= MANY)

    def best(self) -> str:
        """The encoding in which most of the odd words can be read."""
        return max(NAMES, key=lambda name: sum(self.read_by(name).values()))


@lru_cache(50_000)
def _readings(word: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a word is spelled as Vietnamese as it stands, and the old encodings in which it would be."""
    if not 1 < len(word) <= _LONGEST:
        return False, ()
    old = (name for name in NAMES if (read := to_unicode(word, name)) != word and is_syllable(read))
    return is_syllable(_NO_LETTER.sub("", word)), tuple(old)


def _kind(said: str, name: str) -> str:
    """What a text is, as far as its words alone tell: "unicode", "old", or "" where they tell neither."""
    if _BEYOND.search(said):
        return "unicode"
    words = Words().add(said)
    old = sum(words.read_by(name).values())
    return "" if old == words.unicode else "old" if old > words.unicode else "unicode"


class Letters:
    """What one file's text is written in: what a person chose, what its fonts said, what was converted."""

    def __init__(self, chosen: str | None = None):
        named = (chosen or "").split("+")
        self.chosen = tuple(name for name in NAMES if name in named)
        self.of_bytes = None if self.chosen else chosen  # UTF-8, UTF-16
        self.converted: set[str] = set()
        self.fonts: dict[str, set[str]] = {name: set() for name in NAMES}
        self._set_in: dict[str, list[str]] = {name: [] for name in NAMES}
        self._typed_over: set[str] = set()
        self.is_western = False  # the file's bytes are letters of Western Windows, and it says so
        self._by_bytes = False

    def text(self, runs: Iterable[Run]) -> str:
        """The text of a paragraph's or cell's runs, those in an old font converted where that was chosen."""
        known = [(said, font_encoding(font), font) for said, font in runs]
        if self._by_bytes or not any(old for _, old, _ in known):
            return "".join(said for said, _, _ in known)
        joined = [("".join(said for said, _, _ in some), *key)
                  for key, some in groupby(known, key=lambda run: run[1:])]
        typed = {old for said, old, _ in joined if old and _BEYOND.search(said)}
        return "".join(self._run(said, *old, font, old in typed) if old else said for said, old, font in joined)

    def _run(self, said: str, name: str, capitals: bool, font: str, beside_unicode: bool) -> str:
        """A run in an old font. Unicode typed over it stays: told by its letters, or by those of its neighbours."""
        read = to_unicode(said, name, capitals)
        kind = _kind(said, name)
        if read == said or kind == "unicode" or (beside_unicode and kind != "old"):
            if kind == "unicode":
                self._typed_over.add(name)
            return said
        if name in self.chosen:
            self.converted.add(name)
            return read
        if read.lower() != said.lower():
            self.fonts[name].add(font.strip("\"' "))
            self._set_in[name].append(said)
        return said

    def settle(self, parts: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
        """The parts of the file in Unicode; FaultError where text in an old encoding is left that nobody chose."""
        self._check_fonts()
        whole, hyphens = Words(), False
        for said in _texts(parts):
            if not said.isascii():
                whole.add(said)
                hyphens = hyphens or _SOFT_HYPHEN in said
        name = whole.best()
        read = whole.read_by(name)
        total = sum(read.values())
        if name in self.chosen and total and not self._by_bytes:
            # Words that read both ways follow the rest of the file, unless its fonts or bytes have settled that.
            ties = not self.converted and total > whole.unicode
            parts = [_changed(part, lambda said: self._converted(said, name, ties)) for part in parts]
        elif whole.are_old(name):
            raise refusal("legacy_font", name, _texts(parts), whole)
        if hyphens:
            parts = [_changed(part, lambda said: said.replace(_SOFT_HYPHEN, "").strip()) for part in parts]
        return tuple(part for part in parts if not isinstance(part, Block) or part.text)

    def _check_fonts(self) -> None:
        faults = []
        for name, texts in self._set_in.items():
            words = _words(texts)
            if len(words.read_by(name)) + (0 if name in self._typed_over else words.either) >= ENOUGH:
                fonts = ", ".join(sorted(self.fonts[name]))
                faults += refusal("legacy_font_named", name, texts, words, fonts=fonts).faults
        if faults:
            raise FaultError(faults)

    def _converted(self, said: str, name: str, ties: bool) -> str:
        kind = _kind(said, name)
        if kind == "unicode" or (not kind and not ties):
            return said
        read = to_unicode(said, name)
        if read != said:
            self.converted.add(name)
        return clean(read)

    def of_western(self, content: bytes) -> str | None:
        """A whole text file that is no Unicode, in the encoding chosen for it; None where none can be recognised.

        FaultError where none was chosen, or one in which far fewer words read than in another.
        """
        said = western(content)
        words = Words().add(said)
        counts = {name: sum(words.read_by(name).values()) for name in NAMES}
        best = max(counts, key=counts.__getitem__)
        chosen = max(self.chosen, key=counts.__getitem__, default=None)
        if chosen and counts[chosen] * 2 >= counts[best]:
            self.converted.add(chosen)
            self._by_bytes = True
            return to_unicode(said, chosen)
        if not counts[best] or words.sure(best) < SURE:
            return None
        raise refusal("legacy_bytes", best, said.splitlines(), words)


def _words(texts: Iterable[str]) -> Words:
    words = Words()
    for said in texts:
        words.add(said)
    return words


def recognised(texts: Sequence[str]) -> tuple[str, str] | None:
    """The old encoding that texts are written in and a line of them as it stands; None where it is Unicode."""
    words = _words(texts)
    name = words.best()
    return (name, _samples(texts, name)[0].partition("\t")[0]) if words.are_old(name) else None


def refusal(code: str, name: str, texts: Iterable[str], words: Words, **params: object) -> FaultError:
    """The refusal that offers a conversion: `samples` are lines of text before and after it, a tab between."""
    samples = _samples(texts, name)
    before, _, after = samples[0].partition("\t") if samples else ("", "", "")
    return refuse(code, encoding=name, font=NAMES[name], sure=words.sure(name), example=before, read=after,
                  samples="\n".join(samples), **params)


def _samples(texts: Iterable[str], name: str) -> list[str]:
    found: dict[str, None] = {}
    for said in texts:
        line = next((line for line in said.split("\n") if Words().add(line).read_by(name)), "")
        line = " ".join(line.split())
        if line:
            short = line[:SAMPLE_LENGTH].rpartition(" ")[0] if len(line) > SAMPLE_LENGTH else line
            written = clean(short).replace(_SOFT_HYPHEN, "-")
            found[f"{written}\t{clean(to_unicode(short, name))}"] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def _changed(part: Block | Table, change: Callable[[str], str]) -> Block | Table:
    """A part with its texts changed; the very same where nothing changes."""
    if isinstance(part, Block):
        said = _of(part.text, change)
        return part if said == part.text else replace(part, text=said)
    rows = tuple(tuple(_cell(cell, change) for cell in row) for row in part.rows)
    return replace(part, rows=rows, before=tuple(_of(said, change) for said in part.before))


def _cell(cell: Cell, change: Callable[[str], str]) -> Cell:
    said = _of(cell.text, change)
    return cell if said == cell.text else replace(cell, text=said)


def _of(said: str, change: Callable[[str], str]) -> str:
    return said if said.isascii() else change(said)


def _texts(parts: Iterable[Block | Table]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Block):
            yield part.text
        else:
            for row in part.rows:
                for cell in row:
                    yield cell.text
