"""The search screen: what a query without accents finds, each a link that keeps or sets language, ward and year."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.ui.choices import known_units
from app.ui.context import Context
from app.ui.elements import html, message, printed
from app.ui.groups import groups_of
from app.ui.links import address, choices_of
from app.views.search import Found, Hit, find, group_items, items, parted
from core.lineage import lineage

PATH, QUERY = "tim-kiem", "q"
LONGEST = 120  # characters of a query


def field(ctx: Context) -> None:
    """The field that is always at hand: a plain form, so that Enter leads to this screen from any other."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in choices_of(ctx).items()
    )
    html(
        f'<form class="w-find" action="/{PATH}" method="get" role="search"><label>{escape(ctx.t("search.field"))}'
        f'<input type="search" name="{QUERY}" maxlength="{LONGEST}" placeholder="{escape(ctx.t("search.example"))}">'
        f"</label>{kept}</form>"
    )


def render(ctx: Context) -> None:
    """The field, then the finds in their groups."""
    query = st.text_input(
        ctx.t("search.field"), placeholder=ctx.t("search.example"), key=QUERY, bind="query-params", max_chars=LONGEST
    )
    found = look_up(ctx, query or "")
    if not (query or "").strip():
        message(ctx, ctx.t("search.title"), ctx.t("search.lead", example=ctx.t("search.example")))
        return
    count = sum(len(group.hits) + group.more for group in found)
    if not count:
        message(ctx, ctx.t("search.none", query=query), ctx.t("search.none_lead"))
        return
    message(ctx, ctx.t("search.found", count=count, query=query))
    html("".join(_group(ctx, group) for group in found))


def look_up(ctx: Context, query: str) -> tuple[Found, ...]:
    """What a query finds among the catalogue, the wards with figures, and the groups of the chosen ward."""
    if not query.strip():
        return ()
    known = items(ctx.catalogue, tuple(known_units(ctx.units, ctx.catalogue, ctx.office.unit)), ctx.lang)
    groups = groups_of(ctx, lineage(ctx.catalogue, ctx.unit.key))
    return find((*known, *group_items(groups["name"])), query)


def _group(ctx: Context, found: Found) -> str:
    rows = "".join(f"<li>{_hit(ctx, hit)}</li>" for hit in found.hits)
    more = f'<p class="w-small">{escape(ctx.t("search.more", count=found.more))}</p>' if found.more else ""
    title = escape(ctx.t(f"search.group_{found.group}"))
    return f'<h2 class="w-title">{title}</h2><ul class="w-finds">{rows}</ul>{more}'


def _hit(ctx: Context, hit: Hit) -> str:
    item = hit.item
    unit = hit.unit or ctx.unit
    year = hit.year if hit.year in _years(ctx, unit) else None
    if hit.unit is None or hit.unit == ctx.unit:
        link = address(ctx, item.path, year=year, **dict(item.params))
    else:
        link = address(ctx, item.path, unit=unit, year=year, **dict(item.params))
    name = "".join(f"<mark>{escape(part)}</mark>" if match else escape(part) for part, match in
                   parted(item.name, hit.marks))  # fmt: skip
    under = [item.under, unit.name if hit.unit is not None and item.unit is None else ""]
    under += [ctx.t("search.of_year", year=year)] if year else []
    said = " · ".join(part for part in under if part)
    return f'<a href="{escape(link)}">{name}</a>' + (f"<small>{printed(said)}</small>" if said else "")


def _years(ctx: Context, unit) -> range:
    """The years a ward and those of its name before and after it have figures of."""
    own = {key.code for key in lineage(ctx.catalogue, unit.key)}
    rows = ctx.units[ctx.units["unit_code"].isin(own)]
    return range(int(rows["first_year"].min()), int(rows["last_year"].max()) + 1) if len(rows) else range(0)
