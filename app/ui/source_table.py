"""The table of origins: figure, value, where it stood and the load that stored it, on screen and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from app.ui.context import Context
from app.ui.elements import printed
from app.ui.tables import table_csv
from app.views.differences import Difference
from app.views.sources import Entry
from app.views.view import Table

LEFT = ' class="w-words"'


def entries_html(found: Sequence[Entry], caption: str, ctx: Context) -> str:
    """A real table with caption and scopes; the report links to its address where it has one."""
    names = ("year", "figure", "value", "origin", "stored")
    head = "".join(
        f'<th scope="col"{"" if name == "value" else LEFT}>{escape(ctx.t(f"sources.column_{name}"))}</th>'
        for name in names
    )
    body = "".join(_row(entry, ctx) for entry in found)
    return (
        '<div class="w-scroll" tabindex="0"><table class="w-table w-origins">'
        f"<caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(entry: Entry, ctx: Context) -> str:
    # an invented ward carries its mark above the message; an invented report of a real one must carry its own
    alone = entry.is_sample and not ctx.unit.is_sample
    mark = f' <span class="w-badge">{escape(ctx.t("ui.sample_mark"))}</span>' if alone else ""
    report = escape(entry.report)
    if entry.link:
        report = f'<a href="{escape(entry.link)}" target="_blank" rel="noopener noreferrer">{report}</a>'
    quote = f"<q>{escape(entry.quote)}</q>" if entry.quote else ""
    rule = escape(ctx.t("sources.rule", rule=entry.rule)) if entry.rule else ""
    return (
        f'<tr><th scope="row">{entry.year}</th>'
        f'<td class="w-words">{escape(entry.name)}<small>{escape(entry.kind)}</small></td>'
        f"<td>{escape(entry.value)}</td>"
        f'<td class="w-words">{report}{mark}<small>{escape(entry.place)}</small>{quote}</td>'
        f'<td class="w-words">{escape(entry.stored)}<small>{rule}</small></td></tr>'
    )


def differences_html(found: Sequence[Difference]) -> str:
    """Each difference with both numbers, and the report that prints the one of them."""
    items = []
    for row in found:
        report = escape(row.report)
        if row.link:
            report = f'<a href="{escape(row.link)}" target="_blank" rel="noopener noreferrer">{report}</a>'
        items.append(
            f"<li><b>{printed(row.name)}</b>{printed(row.said)}<small>{report}, {escape(row.place)}</small></li>"
        )
    return f'<ul class="w-quotes">{"".join(items)}</ul>'


def entries_csv(found: Sequence[Entry], ctx: Context) -> bytes:
    """The same rows, every part in a column of its own."""
    fields = ("year", "figure", "kind", "value", "report", "place", "quote", "rule", "stored", "link")
    header = tuple(ctx.t(f"sources.column_{name}") for name in fields)
    rows = [
        (str(e.year), e.name, e.kind, e.value, e.report, e.place, e.quote, e.rule, e.stored, e.link) for e in found
    ]
    return table_csv(Table("", header, tuple(rows), pd.DataFrame(rows, columns=list(header))))
