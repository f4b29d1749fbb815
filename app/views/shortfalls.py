"""Missed plans in words: what was missed and by how much, what is said of it, and what became of last year's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from app.views import words
from app.views.view import Table, View
from core.approval import PlansOfYear, promise_words
from core.behind import indicators_behind
from core.catalogue import Catalogue
from core.figures import Ref
from core.missed import MissedPlan
from core.store import Note
from core.store.shortfalls import Shortfall
from core.texts import text

MOST, ROOM = 3, 400  # explanations and their characters: more would leave a slide no room for its chart


def missed_words(plan: MissedPlan, lang: str) -> str:
    """ "13/18 tổ (72,2%), kế hoạch 16 tổ (cấp trên giao): −3 tổ"."""
    row, point = plan
    said = (words.value_words(row, point, lang), words.lead_lower(words.plan_words(row, point, lang)))
    stood = ", ".join(each for each in said if each)
    return text("shortfalls.missed", lang, stood=stood, gap=words.gap_words(row, point, lang))


def missed_title(plans: PlansOfYear, lang: str) -> str:
    """How many plans were missed, and how many of them nobody has explained."""
    count, left = len(plans.missed), len(plans.lacking)
    return text(f"shortfalls.title_{'lacking' if left else 'done'}", lang, count=count, left=left)


def promised_words(plans: PlansOfYear, indicator: str, lang: str) -> str:
    """What was promised the year before on an indicator and where it stands this year; "" where nothing was."""
    found = plans.promise(indicator)
    if found is None:
        return ""
    said = {"then": found.year, "year": plans.year, "promise": promise_words(found, lang)}
    return text("shortfalls.promised", lang, **said, state=_state(plans, found, lang))


def promises_table(plans: PlansOfYear, catalogue: Catalogue, lang: str) -> Table | None:
    """Last year's promises and what became of them this year; None where there are none."""
    if not plans.promised:
        return None
    header = tuple(text(f"shortfalls.{name}", lang) for name in ("indicator", "cause", "remedy", "person", "due"))
    rows = tuple(
        (catalogue.indicators[each.indicator].short(lang), each.cause, each.remedy, each.person,
         words.day_words(each.due), _state(plans, each, lang))
        for each in plans.promised
    )  # fmt: skip
    caption = text("shortfalls.promises", lang, then=plans.year - 1, year=plans.year)
    return Table(caption, (*header, text("shortfalls.result", lang, year=plans.year)), rows)


def _state(plans: PlansOfYear, promise: Shortfall, lang: str) -> str:
    return text(f"status.{plans.kept(promise)}", lang)


def as_notes(
    found: Iterable[Shortfall], view: View, year: int | None, catalogue: Catalogue, *, person: bool
) -> tuple[Note, ...]:
    """What is said of missed plans as notes on a chart: those nearest the chosen year, as many as there is room for.

    With `person` who answers and by when. A chart of several indicators names the one that is meant; what is said of a
    count stands on a chart of its share, and the other way round.
    """
    own = [(each, meant) for each in found if (meant := _meant(each, view, catalogue))]
    newest = max((each.year for each, _ in own), default=0)
    own.sort(key=lambda pair: (abs(pair[0].year - (newest if year is None else year)), -pair[0].year))
    notes = [
        Note(each.unit, each.year, _said(each, view, catalogue, person), indicator=meant, id=-each.id)
        for each, meant in own
    ]
    return tuple(notes[: _fitting([note.text for note in notes])])


def _fitting(said: Sequence[str]) -> int:
    """How many explanations there is room for: at least the first."""
    length = list(accumulate(map(len, said)))
    return sum(place == 0 or (place < MOST and length[place] <= ROOM) for place in range(len(said)))


def _meant(each: Shortfall, view: View, catalogue: Catalogue) -> str:
    """The indicator of a chart that a shortfall speaks of; "" where there is none."""
    behind = indicators_behind(catalogue, Ref(each.unit, each.year, each.indicator))
    return next((name for name in behind if name in view.indicators), "")


def _said(each: Shortfall, view: View, catalogue: Catalogue, person: bool) -> str:
    said = promise_words(each, view.lang, person=person)
    if len(view.indicators) < 2:
        return text("shortfalls.alone", view.lang, said=said)
    return text("shortfalls.named", view.lang, name=catalogue.indicators[each.indicator].short(view.lang), said=said)


def gap_notes(
    missed: Sequence[str], found: Iterable[Shortfall], catalogue: Catalogue, lang: str, *, person: bool
) -> tuple[str, ...]:
    """What is said of the missed plans of one year, in the order of `missed` (the worst first).

    As many as there is room for; the others are named.
    """
    found = tuple(found)
    own = [(name, each) for name in missed if (each := said_of(name, found, catalogue)) is not None]
    shorts = [catalogue.indicators[name].short(lang) for name, _ in own]
    notes = [
        text("shortfalls.named", lang, name=short, said=promise_words(each, lang, person=person))
        for short, (_, each) in zip(shorts, own, strict=True)
    ]
    shown = _fitting(notes)
    rest = ", ".join(map(words.lead_lower, shorts[shown:]))
    return (*notes[:shown], *([text("shortfalls.more", lang, names=rest)] if rest else []))


def said_of(indicator: str, found: Iterable[Shortfall], catalogue: Catalogue) -> Shortfall | None:
    """The last of some shortfalls that speaks of an indicator, or of its count or share; None where none does."""
    own = [
        each for each in found
        if indicator in indicators_behind(catalogue, Ref(each.unit, each.year, each.indicator))
    ]  # fmt: skip
    return own[-1] if own else None
