"""Lists in HTML: what changed since the year before, what is still missing, the sentences figures were read from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.ui.context import Context
from app.ui.elements import heading, html, printed, status_glyph
from app.views.changes import Change, Changes
from app.views.late import Late
from app.views.quotes import Quote


def changes_list(ctx: Context, changes: Changes) -> None:
    """Each changed indicator as old shape, arrow, new shape, with both values and the reason."""
    heading(changes.title, changes.subtitle)
    parts = []
    for title, found in changes.groups:
        items = "".join(_change(ctx, change) for change in found)
        parts.append(f'<h3 class="w-group">{escape(title)}</h3><ul class="w-changes">{items}</ul>')
    if changes.rest:
        parts.append(f'<p class="w-small">{printed(changes.rest)}</p>')
    html("".join(parts))


def _change(ctx: Context, change: Change) -> str:
    glyphs = (
        status_glyph(change.old_state, ctx.theme, change.old_word)
        + '<span aria-hidden="true">→</span>'
        + status_glyph(change.new_state, ctx.theme, change.new_word)
    )
    reason = f"<small>{printed(change.reason)}</small>" if change.reason else ""
    return f"<li><span>{glyphs}</span><div><b>{printed(change.name)}</b> {printed(change.values)}{reason}</div></li>"


def late_list(ctx: Context, late: Late) -> None:
    """Each missing figure or promise not kept, with its owner and due date, beside the shape of its state."""
    heading(late.title, late.subtitle)
    items = "".join(
        f"<li><span>{status_glyph(row.state, ctx.theme)}</span><div><b>{printed(row.name)}</b>"
        f'<small>{printed(row.owner)}</small><small class="{"w-late" if row.late else ""}">{printed(row.due)}</small>'
        "</div></li>"
        for row in late.rows
    )
    html(f'<ul class="w-changes w-missing">{items}</ul>')


def quote_list(quotes: Sequence[Quote]) -> None:
    """Each sentence with what was read from it and where it stands."""
    items = "".join(
        f"<li><b>{printed(quote.names)}</b><q>{escape(quote.sentence)}</q><small>{escape(quote.place)}</small></li>"
        for quote in quotes
    )
    html(f'<ul class="w-quotes">{items}</ul>')
