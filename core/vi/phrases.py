"""The words by which reports name an indicator: the shape of a catalogue entry's `phrases`, checked and spelled out.

    subject    names of the thing, a value follows: "tỷ lệ hộ nghèo" (còn 0,58%), "tổng thu ngân sách" (đạt ...)
    unscoped   the same, but the report leaves the scope open: the figure is flagged "scope_unstated"
    counted    what a number counts, standing right after it: (13/18) "tổ dân phố", (90%) "hộ"
    predicate  what must then be said of it: "có phép", "tham gia bảo hiểm y tế"
    whole      counted and predicate in one: "gia đình văn hóa", "hộ nghèo"
    verb       where given, a counted or whole noun needs one just before its number: "còn", "giải quyết"
    except     said in the same clause, they make it something else: "thoát nghèo", "tiêu biểu"
    none       said right before a whole noun, they mean 0: "không còn"
    short      a name that holds only where a full one stands before it in the sentence: "tổng thu" (đạt ...)
    labels     further names used as row labels in tables (prose does not read them)

Each role is a list of phrases: `phrases = { subject = ["tỷ lệ hộ nghèo"], whole = ["hộ nghèo"] }`.
In a phrase `[x]` may be left out and `(a|b)` is one of several: "[tổng] thu ngân sách (nhà nước|NSNN)"; brackets do
not nest. Case, tone place (hoá, hóa), commas inside and quotation marks do not matter; accents do. A count and its
rate, an amount and its attainment share their phrases, so each is written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.errors import Fault
from core.vi.text import one_spelling, spelling_key

ROLES = ("subject", "unscoped", "counted", "predicate", "whole", "verb", "except", "none", "short")
_PIECE = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)|([^\[\]()]+)")
_WORD = re.compile(r"[^\W_]+")
_MOST_FORMS = 1024


def expand_phrase(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Every form of a phrase as words in spelling_key; ValueError where brackets do not close or forms are too many."""
    forms: list[str] = [""]
    position = 0
    while position < len(phrase):
        piece = _PIECE.match(phrase, position)
        if not piece:
            raise ValueError(phrase)
        optional, choice, plain = piece.groups()
        if plain is not None:
            options = [plain]
        else:
            options = (choice if optional is None else optional).split("|")
            options += [""] if optional is not None else []
        forms = [form + " " + option + " " for form in forms for option in options]
        if len(forms) > _MOST_FORMS:
            raise ValueError(phrase)
        position = piece.end()
    words = (tuple(one_spelling(word) for word in _WORD.findall(spelling_key(form))) for form in forms)
    return tuple(dict.fromkeys(form for form in words if form))


def check_phrases(indicator_id: str, phrases: Mapping[str, object]) -> list[Fault]:
    """Everything wrong with one entry's phrases: unknown roles, no lists of texts, brackets that do not close."""
    faults = []
    for role, texts in phrases.items():
        where = f"{indicator_id}, phrases.{role}"
        if role not in (*ROLES, "labels"):
            faults.append(Fault("prose.unknown_role", where, {"role": role, "roles": ", ".join((*ROLES, "labels"))}))
        elif isinstance(texts, str) or not isinstance(texts, Iterable):
            faults.append(Fault("prose.no_list", where, {"role": role}))
        else:
            faults += [Fault("prose.bad_phrase", where, {"phrase": text}) for text in texts if not _is_phrase(text)]
    return faults


def _is_phrase(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(expand_phrase(text))
    except ValueError:
        return False
