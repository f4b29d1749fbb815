"""What people wrote beside a ward's figures, as screens and slides print it: notes, missed plans, edited sentences."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.context import Context
from app.views.events import with_notes
from app.views.groups import GROUPS
from app.views.shortfalls import as_notes, gap_notes
from app.views.view import View
from core.lineage import lineage
from core.store import Note, Slot, Wording, differences, list_notes, wording_of
from core.store.shortfalls import Shortfall, list_shortfalls
from core.store.wordings import Difference


@dataclass(frozen=True, slots=True)
class Edited:
    """The sentence somebody wrote in place of a generated one, and which of its figures changed since."""

    wording: Wording
    changed: tuple[Difference, ...]


def noted(ctx: Context, view: View) -> View:
    """A view with the notes that speak of its years and figures, and what is said of its missed plans."""
    if not view.indicators:
        return view
    said = as_notes(shortfalls_of(ctx), view, ctx.year, ctx.catalogue, person=ctx.person.may("trace"))
    return with_notes(view, (*notes_of(ctx), *said), ctx.lang)


def notes_of(ctx: Context) -> tuple[Note, ...]:
    """The notes on the chosen ward over all its boundaries."""
    return list_notes(ctx.store, lineage(ctx.catalogue, ctx.unit.key))


def shortfalls_of(ctx: Context) -> tuple[Shortfall, ...]:
    """What is said of missed plans and was approved with their years; on today's boundary of the unit alone, because
    an earlier year worked out from several units is not the one of which it was said.
    """
    units = (ctx.unit.key,) if ctx.boundary == "today" else lineage(ctx.catalogue, ctx.unit.key)
    return list_shortfalls(ctx.store, units, approved=True)


def explained_groups(ctx: Context, year: int) -> tuple[str, ...]:
    """What is said of the residential groups' plan where a year missed it."""
    said = [each for each in shortfalls_of(ctx) if each.year == year]
    return gap_notes((GROUPS,), said, ctx.catalogue, ctx.lang, person=ctx.person.may("trace"))


def edited(ctx: Context, screen: str) -> Edited | None:
    """The sentence somebody wrote for a screen, None where the generated one stands."""
    slot = slot_of(ctx, screen)
    wording = wording_of(ctx.store, slot) if slot else None
    return None if wording is None else Edited(wording, differences(ctx.store, wording))


def slot_of(ctx: Context, screen: str) -> Slot | None:
    """Where the sentence of a screen is kept; figures worked out on today's boundary have sentences of their own."""
    if ctx.year is None:
        return None
    name = screen if ctx.boundary == "reported" else f"{screen}-{ctx.boundary}"
    return Slot(name, ctx.unit.key, ctx.year, ctx.lang)
