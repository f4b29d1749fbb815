"""The wards and communes a text names, as far as the catalogue knows them."""

from __future__ import annotations

import re
from collections import Counter

from core.catalogue import Catalogue

_KIND = re.compile(r"\b(phường|xã|thị trấn|đặc khu)[^\S\t]+", re.I)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_LONGEST = 5


def names_ward(name: str) -> bool:
    """Whether a name is a ward's or commune's, as against a district's or city's."""
    return bool(_KIND.match(name))


def is_known(name: str, catalogue: Catalogue) -> bool:
    """Whether the catalogue has a unit of this name."""
    return bool(name) and bool(catalogue.find_units(name))


def known_units(text: str, catalogue: Catalogue) -> Counter[str]:
    """How often a text names each unit of the catalogue ("Phường Khương Thượng": 5), by its longest fitting name.

    Only words written with capitals, or numbers, make a name: "xã hội" and "phường chỉ đạo" are none.
    """
    found: Counter[str] = Counter()
    for kind in _KIND.finditer(text):
        words: list[str] = []
        position = kind.end()
        while len(words) < _LONGEST and (word := _WORD.match(text, position)):
            if not (word.group()[0].isupper() or word.group()[0].isdigit()):
                break
            words.append(word.group())
            position = word.end() + (text[word.end() : word.end() + 1] == " ")
            if text[word.end() : word.end() + 1] != " ":
                break
        for length in range(len(words), 0, -1):
            name = f"{kind.group(1).capitalize()} {' '.join(words[:length])}"
            if is_known(name, catalogue):
                found[_proper(name)] += 1
                break
    return found


def _proper(name: str) -> str:
    return " ".join(word.capitalize() if word.isupper() and not word.isdigit() else word for word in name.split())
