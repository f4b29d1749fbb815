"""Sentences made of figures: plain words, and numbers that know which stored figures they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import Formatter
from typing import NamedTuple

from core.errors import Fault, FaultError
from core.figures import Ref
from core.texts import chosen_form, template

_PLACE = re.compile(r"\{(\d+)\}")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20|21)\d\d(?!\d)|\d{1,2}/(?:19|20|21)\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20|21)\d\d(?![\d%]|[.,]\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


class Said(NamedTuple):
    """A number as printed: its words, the stored figures it was read or worked out from, its exact value as text."""

    words: str
    refs: tuple[Ref, ...]
    value: str

    def __str__(self) -> str:
        return self.words


class Sentence(str):
    """Words and numbers in order; as text it is their plain text, so that it may stand wherever text may."""

    parts: tuple[str | Said, ...]

    def __new__(cls, parts: Iterable[str | Said] = ()) -> Sentence:
        """A sentence of these parts; it does not change afterwards."""
        kept = tuple(parts)
        made = super().__new__(cls, "".join(map(str, kept)))
        made.__dict__["parts"] = kept
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a sentence does not change: {name}")

    @property
    def said(self) -> tuple[Said, ...]:
        """Its numbers, in order."""
        return tuple(part for part in self.parts if isinstance(part, Said))


Words = str | Said


def joined(words: Iterable[Words], between: str = "") -> Sentence:
    """Words one behind another; empty ones are left out, `between` stands between the others."""
    parts: list[str | Said] = []
    for each in words:
        if not str(each):
            continue
        own = each.parts if isinstance(each, Sentence) else (each,)
        for part in (between, *own) if parts else own:
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif str(part):
                parts.append(part)
    return Sentence(tuple(parts))


def sentence(key: str, lang: str, /, **params: object) -> Sentence:
    """The text "<area>.<name>" with its {places} filled as core.texts.text does; numbers in them stay linked.

    A parameter may be a Said or a Sentence; anything else is printed. Raises KeyError as core.texts.text does.
    """
    parts: list[Words] = []
    for literal, field, form, _ in Formatter().parse(template(key, lang)):
        parts.append(literal)
        if field is not None:
            value = params[field]
            parts.append(chosen_form(value, form) if form else value if isinstance(value, Words) else str(value))
    return joined(parts)


def capital(words: Sentence) -> Sentence:
    """A sentence begins with a capital."""
    if not words:
        return words
    first, *rest = words.parts
    upper = str(first)[:1].upper() + str(first)[1:]
    return Sentence((first._replace(words=upper) if isinstance(first, Said) else upper, *rest))


def listed(words: Sequence[Words], lang: str) -> Sentence:
    """ "a, b và c"."""
    if len(words) < 2:
        return joined(words)
    return sentence("status.and_two", lang, first=joined(words[:-1], ", "), last=words[-1])


def within(words: str, number: str, refs: Sequence[Ref], value: str) -> Sentence:
    """Ready words in which one number is linked to its figures."""
    before, found, after = words.partition(number)
    return joined([before, Said(number, tuple(refs), value), after]) if found else joined([words])


def bind(text: str, known: Sequence[Said], lang: str) -> tuple[str, tuple[Said, ...]]:
    """Words a person wrote around known numbers: the text with {places}, and the numbers that stand in them.

    A number is bound where it stands exactly as a known one is printed, money also without its last word. Years and
    days may be written freely. Raises FaultError that names every other number: none is typed by hand.
    """
    forms = _forms(known, lang)
    out, used, stray, at = [], [], [], 0
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace("{", "(").replace("}", ")")
    while at < len(plain):
        found = next(((form, said) for form, said in forms if _stands(plain, at, form)), None)
        free = _DAY.match(plain, at) or _YEAR.match(plain, at)
        if found:
            form, said = found
            used.append(said._replace(words=form))
            out.append(f"{{{len(used) - 1}}}")
            at += len(form)
        elif free or not plain[at].isdigit():
            step = free.end() - at if free else 1
            out.append(plain[at : at + step])
            at += step
        else:
            number = _NUMBER.match(plain, at)
            stray.append(number.group())
            at = number.end()
    if stray:
        printed = "; ".join(dict.fromkeys(said.words for said in known)) or "–"
        raise FaultError(
            [Fault("notes.stray_number", params={"number": each, "known": printed}) for each in dict.fromkeys(stray)]
        )
    return "".join(out), tuple(used)


def unbind(text: str, said: Sequence[Said]) -> Sentence:
    """The sentence that `bind` took apart."""
    pieces = _PLACE.split(text)  # words and places take turns
    return joined(said[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces))


def _forms(known: Sequence[Said], lang: str) -> list[tuple[str, Said]]:
    """Every way in which a number may be written, the longest first."""
    tail = template("status.money_tail", lang)
    forms = {said.words.replace("\N{NO-BREAK SPACE}", " "): said for said in reversed(known)}
    short = {form.removesuffix(tail): said for form, said in forms.items() if form.endswith(tail)}
    return sorted((short | forms).items(), key=lambda pair: -len(pair[0]))


def _stands(text: str, at: int, form: str) -> bool:
    """Whether a printed number stands at a place of a text, and is no part of a longer one."""
    if not text.startswith(form, at):
        return False
    before, after = text[:at], text[at + len(form) :]
    if form[0].isdigit() and re.search(r"\d[.,]?$", before):
        return False
    return not (form[-1].isdigit() and re.match(r"\d|[.,]\d|%", after)) and not (
        form[-1].isalpha() and after[:1].isalpha()
    )
