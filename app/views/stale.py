"""Why an edited sentence no longer stands: what its figures were and what they are now, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.views import words
from core.catalogue import Catalogue
from core.figures import HEDGES, Ref
from core.sentences import Said, Sentence, unbind
from core.store import Wording
from core.store.wordings import Difference
from core.texts import text
from core.vi.format import format_value


def stale_words(catalogue: Catalogue, found: Sequence[Difference], lang: str) -> str:
    """ "Câu này viết khi thu NSNN trên địa bàn năm 2020 là 49,09 tỷ đồng; nay là 49,5 tỷ đồng – xem lại."."""
    parts = [
        text(
            "notes.stale_part", lang, name=_name(catalogue, each.ref, lang), year=each.ref.year,
            then=_value(catalogue, each.ref, each.then, lang), now=_value(catalogue, each.ref, each.now, lang),
        )
        for each in found
    ]  # fmt: skip
    return text("notes.stale", lang, parts="; ".join(parts))


def renewed(wording: Wording, known: Sequence[Said]) -> Sentence:
    """The edited sentence with the numbers as they are now, as far as they are still among the known ones."""
    numbers, taken = [], set()
    for said in wording.numbers:
        same = [now for now in known if _meant(now) == _meant(said)]
        kept = next((now for now in same if now.words.startswith(said.words)), None)
        free = next((now for now in same if now not in taken), same[-1] if same else said)
        numbers.append(kept or free)
        taken.add(numbers[-1])
    return unbind(wording.text, numbers)


def _meant(said: Said) -> frozenset:
    """What a number speaks of, whichever scenario or plan told it at the time."""
    return frozenset(ref._replace(scenario="plan" if ref.scenario == "plan" else "", basis="") for ref in said.refs)


def _name(catalogue: Catalogue, ref: Ref, lang: str) -> str:
    if not ref.indicator:
        name = catalogue.honours[ref.honour].name(lang) if ref.honour else text("origin.awards", lang)
    else:
        row = catalogue.indicators[ref.indicator]
        name = f"{row.short(lang)} {ref.member}".strip()
    name = words.lead_lower(name)
    return text("notes.planned", lang, name=name) if ref.scenario == "plan" else name


def _value(catalogue: Catalogue, ref: Ref, exact: str, lang: str) -> str:
    """An exact value as core.store.wordings keeps it ("nearly 13/18"), as it is printed."""
    if not exact:
        return text("notes.gone", lang)
    *hedge, number = exact.split(" ")
    value, _, of = number.partition("/")
    unit = catalogue.indicators[ref.indicator].unit if ref.indicator else "award"
    hedged = hedge[0] if hedge and hedge[0] in HEDGES else ""
    return format_value(Decimal(value), unit, lang, of=Decimal(of) if of else None, hedge=hedged)
