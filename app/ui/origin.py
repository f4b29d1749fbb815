"""The window that shows where a number comes from: its sums, and each stored row with its sentence and report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from app.ui.book import named, nameless
from app.ui.context import Context
from app.ui.groups import groups_of
from app.ui.links import source_links
from app.ui.unshown import unshown_control
from app.views.origin import Former, Origin, Stored, origin
from core.behind import REGISTER, indicators_behind, rows_behind, units_behind
from core.figures import Ref, UnitKey
from core.store import reports, tidy
from core.store.review import reviews
from core.store.timeline import BY_ITSELF, Change, Deed, timeline
from core.yearbook import Yearbook

MOST_ROWS = 12  # more are read on the sources screen


def show_origin(ctx: Context, refs: Sequence[Ref]) -> None:
    """Open the window for one number, over the screen it stands on; several `refs` are the numbers it is made of."""

    def body() -> None:
        parts = [origin_html(ctx, origin_of(ctx, ref)) for ref in refs]
        if len(refs) > 1:
            parts.insert(0, f'<p class="w-subtitle">{escape(ctx.t("origin.made_of", count=len(refs)))}</p>')
        link = escape(source_links(ctx)(" ".join(map(str, refs))))
        parts.append(f'<p class="w-small"><a href="{link}">{escape(ctx.t("origin.screen"))}</a></p>')
        st.html(f'<div class="ward">{"".join(parts)}</div>')
        unshown_control(ctx, refs)

    st.dialog(ctx.t("origin.title"), width="medium")(body)()


def origin_of(ctx: Context, ref: Ref) -> Origin:
    """The origin of a number; the store is asked for the rows behind it and for nothing else."""
    units = units_behind(ctx.catalogue, ref)
    wanted = [name for name in indicators_behind(ctx.catalogue, ref) if name != REGISTER]
    frames = [
        tidy(ctx.store, "tidy_indicators", unit=unit, years=[ref.year], indicators=wanted, period=ref.period)
        for unit in units
    ]
    values = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    approved = newest = nameless(ctx, rows_behind(ctx.store, ctx.catalogue, ref))
    if ctx.person.may("enter"):
        newest = rows_behind(ctx.store, ctx.catalogue, ref, approved=False)  # whoever enters sees names
    return origin(
        ref,
        approved,
        newest,
        Yearbook(ctx.catalogue, units, values, years=(ref.year, ref.year)),
        groups_of(ctx, units),
        reports(ctx.store, {*approved["batch"], *newest["batch"]}),
        [deed for unit in units for deed in _past(ctx, ref, unit)],
        _steps(ctx, units),
        ctx.lang,
    )


def _past(ctx: Context, ref: Ref, unit: UnitKey) -> list[Deed]:
    """What was done to the figures behind a number; nothing that was never approved but for whoever enters."""
    found = timeline(
        ctx.store, [unit], years=[ref.year], indicators=indicators_behind(ctx.catalogue, ref),
        member=ref.member if ref.indicator else None, approved=not ctx.person.may("enter"),
    )  # fmt: skip
    return [_seen(ctx, deed) for deed in found]


def _seen(ctx: Context, deed: Deed) -> Deed:
    """A deed as this visitor may know it: with full names, or for the public without names, files and reasons."""
    rows = {id(row): row for change in deed.changes for row in (change.old, change.new) if row is not None}
    if rows:
        frame = pd.DataFrame({name: [row[name] for row in rows.values()] for name in ("who", "report")})
        for place, row in zip(rows, nameless(ctx, frame).to_dict("records"), strict=True):
            rows[place] = rows[place] | row
    open_to = ctx.person.may("trace")
    hidden = {} if open_to else {"note": "", "reason": ""}
    changes = tuple(
        Change(*(None if row is None else rows[id(row)] | hidden for row in (change.old, change.new)))
        for change in deed.changes
    )
    who = ctx.name_of(deed.who) if open_to else ""
    return replace(deed, who=who, reason=deed.reason if open_to else "", changes=changes)


def _steps(ctx: Context, units: Sequence[UnitKey]) -> pd.DataFrame:
    """Every step of these units' years; the public learns of approvals, and not of whose."""
    frames = [reviews(ctx.store, unit) for unit in units]
    steps = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    if ctx.person.may("trace"):
        return named(ctx, steps)
    steps = steps[steps["state"] == "approved"]
    return steps.assign(who="", reason=[reason if reason in BY_ITSELF else "" for reason in steps["reason"]])


def origin_html(ctx: Context, found: Origin) -> str:
    """What the window says of one number: title, sums, rows."""
    sample = any(row.entry.is_sample for row in found.rows)
    badge = f' <span class="w-badge">{escape(ctx.t("ui.sample_mark"))}</span>' if sample else ""
    parts = [f'<p class="w-title">{escape(found.title)}{badge}</p>']
    if found.sums:
        sums = "".join(f"<li>{escape(said)}</li>" for said in found.sums)
        parts.append(f'<p class="w-subtitle">{escape(ctx.t("origin.sums"))}</p><ul class="w-sums">{sums}</ul>')
    parts += [_row(ctx, row) for row in found.rows[:MOST_ROWS]]
    if not found.rows:
        parts.append(f'<p class="w-subtitle">{escape(ctx.t("origin.none"))}</p>')
    if len(found.rows) > MOST_ROWS:
        parts.append(f'<p class="w-small">{escape(ctx.t("origin.more", count=len(found.rows) - MOST_ROWS))}</p>')
    return "".join(parts)


def _row(ctx: Context, row: Stored) -> str:
    entry, (before, number, after) = row.entry, row.quote
    said = f"{escape(before)}<mark>{escape(number)}</mark>{escape(after)}" if number else escape(before)
    quote = f"<q>{said}</q>" if said else ""
    report = escape(entry.report)
    if entry.link:
        report = f'<a href="{escape(entry.link)}" target="_blank" rel="noopener noreferrer">{report}</a>'
    return (
        f'<section class="w-origin"><p><b>{escape(entry.value)}</b> {escape(entry.name)}'
        f"<small>{escape(entry.kind)}</small></p>{quote}"
        f"<p>{report}<small>{escape(entry.place)}</small></p>"
        f"<p><small>{escape(entry.stored)}</small><small>{escape(row.approval)}</small>{_why(ctx, row.why)}</p>"
        f"{_former(ctx, row.former)}</section>"
    )


def _why(ctx: Context, why: str) -> str:
    return f"<small>{escape(ctx.t('origin.why', why=why))}</small>" if why else ""


def _former(ctx: Context, values: Sequence[Former]) -> str:
    """The other values of a figure, folded until somebody asks."""
    if not values:
        return ""
    items = "".join(
        f"<li><b>{escape(each.entry.value)}</b><small>{escape(each.entry.report)}"
        f"{', ' + escape(each.entry.place) if each.entry.place else ''}</small><small>{escape(each.entry.stored)}"
        f"</small>{_why(ctx, each.why)}{f'<small>{escape(each.ended)}</small>' if each.ended else ''}</li>"
        for each in values
    )
    return f"<details><summary>{escape(ctx.t('origin.former', count=len(values)))}</summary><ul>{items}</ul></details>"
