"""Two freezes of a ward side by side on the screen: what differs from the older to the newer, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from app.story.frozen import open_freeze
from app.ui.context import Context
from app.ui.elements import heading, html, printed
from app.ui.writing import show_faults
from app.views.freezes import Pair, Section, message, sections
from app.views.history import Teller, Told
from core.errors import FaultError
from core.lineage import lineage
from core.store import Store, residential_groups
from core.store.freeze_diff import FreezeDiff, diff, without_withheld
from core.store.freezes import Freeze, freeze_content
from core.store.unshown import for_public
from core.vi.format import format_moment


def compare_freezes(ctx: Context, freeze: Freeze, others: Sequence[Freeze]) -> None:
    """What differs between the chosen freeze and another one, folded away; nothing where it is the only one."""
    known = {each.id: each for each in others if each.id != freeze.id}
    if not known:
        return
    box = st.expander(ctx.t("freezes.compare"), key="freeze-compare", on_change="rerun")
    if not box.open:
        return
    with box:
        other = known[st.selectbox(
            ctx.t("freezes.choose"), list(known), key="freeze-other",
            format_func=lambda number: freeze_words(ctx, known[number]),
        )]  # fmt: skip
        old, new = sorted((freeze, other), key=lambda each: each.id)
        try:
            found, pair = _between(old.hash, new.hash, ctx.lang, ctx.store, old, new)
        except FaultError as refused:
            show_faults(ctx, refused)
            return
        told, left_out = without_withheld(found, for_public(ctx.store))
        heading(message(told, old, new, ctx.lang))
        for section in sections(told, pair, left_out):
            _section(ctx, section)


def freeze_words(ctx: Context, freeze: Freeze) -> str:
    """A freeze as a list of freezes names it."""
    return ctx.t("conference.option", title=freeze.title, mark=freeze.hash[:10], at=format_moment(freeze.at))


@st.cache_resource(show_spinner=False, max_entries=8)
def _between(
    old_hash: str, new_hash: str, lang: str, _store: Store, _old: Freeze, _new: Freeze
) -> tuple[FreezeDiff, Pair]:
    """What differs, worked out once for everybody who looks at it, and who tells it."""
    both = (_old, _new)
    return diff(*(freeze_content(_store, each.id) for each in both)), Pair(
        *(teller_of(_store, each, lang) for each in both)
    )


def teller_of(store: Store, freeze: Freeze, lang: str) -> Teller:
    """Who puts a freeze's rows into words, by the catalogue and the groups of its day; it knows nobody's name."""
    frozen = open_freeze(store, freeze)
    groups = residential_groups(frozen.store, lineage(frozen.catalogue, freeze.unit))
    names = dict(zip(groups["id"], groups["name"], strict=True))
    return Teller(frozen.catalogue, freeze.unit, names, lambda who: "", lang)


def _section(ctx: Context, section: Section) -> None:
    lines = "".join(f"<li><div>{_told(ctx, told)}</div></li>" for told in section.told)
    html(f'<h3 class="w-group">{escape(section.title)}</h3><ul class="w-changes w-freezes">{lines}</ul>')


def _told(ctx: Context, told: Told) -> str:
    if not told.details:
        return printed(told.words)
    lines = "".join(f"<li>{printed(line)}</li>" for line in told.details)
    name = escape(ctx.t("freezes.details", count=len(told.details)))
    return f'{printed(told.words)}<details class="w-more"><summary>{name}</summary><ul>{lines}</ul></details>'
