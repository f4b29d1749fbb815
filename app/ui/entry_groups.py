"""The sheet of residential groups on the entry screen: each by its name, with its result of the year to choose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.entry_drafts import keep, kept, sheet_key
from app.ui.preview import plain_label
from app.ui.writing import show_faults
from app.views.entry import Typed
from app.views.entry_groups import (
    MISSED,
    OPEN,
    REACHED,
    GroupRow,
    all_groups,
    counted,
    ended,
    from_draft,
    group_rows,
    new_group,
    same_total,
    stored_total,
    there_in,
    title_figures,
    to_draft,
)
from app.views.groups import GROUPS, TITLE, group_noun
from core.errors import FaultError
from core.figures import Figure
from core.groups import KINDS
from core.store import Group, residential_groups
from core.store.newest import newest_figures

SHEET = "groups"
FIRST_DAY = date(1945, 1, 1)


def show(ctx: Context, who: str) -> Typed:
    """The groups of the chosen year with a result to choose each, what they add up to, and changes to the list."""
    unit, key = ctx.unit.key, sheet_key(ctx, SHEET)
    draft = kept(ctx, who, SHEET)
    known = residential_groups(ctx.store, unit)
    noun = group_noun(known, unit, ctx.lang, small=True)
    drafted = from_draft(draft.get("groups", ()), unit)
    groups = all_groups(known, drafted, unit)
    figures = newest_figures(ctx.store, [unit], {GROUPS, TITLE})
    rows = group_rows(groups, figures, ctx.year)
    chosen = _results(ctx, rows, draft.get("titles", {}), noun, key)
    titles = title_figures(rows, chosen, unit, ctx.year)
    changed = {row.id: chosen[row.id] for row in rows if chosen[row.id] != row.result}
    stored = stored_total(figures, ctx.year)
    total, own = _total(ctx, titles, rows, stored, draft.get("total"), bool(changed), noun, key)
    _list_changes(ctx, who, groups, drafted, noun, key)
    content = {"titles": changed, "total": own, "groups": to_draft(drafted)}
    keep(ctx, who, SHEET, {name: each for name, each in content.items() if each or each is False})
    return Typed(figures=[*titles, *total], groups=drafted)


def _results(ctx: Context, rows: Sequence[GroupRow], drafted: dict, noun: str, key: str) -> dict[str, str]:
    """What is chosen for each group: a stored result can be changed, and not taken out."""
    if not rows:
        html(f'<p class="w-lead">{printed(ctx.t("entry_groups.none", year=ctx.year, group=noun))}</p>')
        return {}
    html(f'<p class="w-lead">{printed(ctx.t("entry_groups.lead", count=len(rows), year=ctx.year, group=noun))}</p>')
    names = {row.id: f"{key}-title-{row.id}" for row in rows}
    for row in rows:
        st.session_state.setdefault(names[row.id], drafted.get(row.id, row.result))
    unassessed = [row.id for row in rows if st.session_state[names[row.id]] == OPEN]
    label = ctx.t(f"entry_groups.mark_{'rest' if unassessed else 'none'}", count=len(unassessed), group=noun)
    st.button(
        label, key=f"{key}-rest", disabled=not unassessed, on_click=_mark, args=([names[id] for id in unassessed],)
    )
    columns = st.columns(1 if ctx.phone else 3, gap="large")
    share = -(-len(rows) // len(columns))
    for place, row in enumerate(rows):
        options = (REACHED, MISSED) if row.stored else (REACHED, MISSED, OPEN)
        before = ctx.t(f"entry_groups.before_{row.before}", year=ctx.year - 1)
        with columns[place // share]:
            st.radio(
                f"{plain_label(row.name)} :gray[· {before}]", options, horizontal=True, key=names[row.id],
                format_func=lambda said: ctx.t(f"entry_groups.{said}"),
            )  # fmt: skip
    if any(row.stored for row in rows):
        html(f'<p class="w-small">{printed(ctx.t("entry_groups.stays"))}</p>')
    return {row.id: st.session_state[names[row.id]] for row in rows}


def _mark(names: Sequence[str]) -> None:
    for name in names:
        st.session_state[name] = REACHED


def _total(
    ctx: Context, titles: Sequence[Figure], rows: Sequence[GroupRow], stored: Figure | None, drafted: bool | None,
    changed: bool, noun: str, key: str,
) -> tuple[list[Figure], bool | None]:
    """What the groups add up to, beside the total that is stored; given where the person wants it stored.

    Where none is stored, results were typed and no group is left out, it is proposed; a person's own choice comes back
    beside it.
    """
    proposed = counted(titles, ctx.unit.key, ctx.year)
    if proposed is None:
        return [], None
    value, of = int(proposed.value), int(proposed.of or 0)
    said = [ctx.t("entry_groups.result", reached=value, missed=of - value, open=len(rows) - of)]
    if stored is None:
        said.append(ctx.t("entry_groups.total_none", year=ctx.year))
    elif same_total(stored, proposed):
        said.append(ctx.t("entry_groups.total_same", fraction=_fraction(stored)))
    else:
        params = {"fraction": _fraction(stored), "counted": _fraction(proposed), "group": noun}
        said.append(ctx.t("entry_groups.total_stored", **params))
    html(f'<p class="w-lead">{printed(" ".join(said))}</p>')
    if same_total(stored, proposed):
        return [], None
    usual, name = changed and stored is None and of == len(rows), f"{key}-total"
    own = st.session_state.get(f"{name}-own", drafted)
    st.session_state[name] = usual if own is None else own
    label = ctx.t("entry_groups.total", value=value, of=of, group=noun)
    wanted = st.checkbox(label, key=name, on_change=_choose, args=(name,))
    return ([proposed] if wanted else []), own


def _choose(name: str) -> None:
    st.session_state[f"{name}-own"] = st.session_state[name]


def _fraction(total: Figure) -> str:
    return f"{int(total.value)}/{int(total.of)}" if total.of is not None else str(int(total.value))


def _list_changes(
    ctx: Context, who: str, groups: Sequence[Group], drafted: Sequence[Group], noun: str, key: str
) -> None:
    """Groups that come and go: kept in the draft by a click, stored with the results."""
    names = {group.id: group.name for group in groups}
    if drafted:
        html(f'<h3 class="w-group">{printed(ctx.t("entry_groups.drafted", group=noun))}</h3>')
    for group in drafted:
        words, button = st.columns([3, 1], vertical_alignment="center")
        with words:
            html(f"<p>{printed(_change_words(ctx, group, names))}</p>")
        with button:
            st.button(
                ctx.t("entry_groups.drop", name=plain_label(group.name)), key=f"{key}-drop-{group.id}",
                on_click=_redraft, args=(ctx, who, [each for each in drafted if each.id != group.id]),
            )  # fmt: skip
    with st.expander(ctx.t("entry_groups.change", group=noun), key=f"{key}-list", expanded=not groups):
        _ask_new(ctx, who, groups, drafted, noun, key)
        if groups:
            _ask_end(ctx, who, groups, drafted, key)


def _change_words(ctx: Context, group: Group, names: dict[str, str]) -> str:
    if group.valid_to is None:
        return ctx.t("entry_groups.drafted_new", name=group.name)
    day = f"{group.valid_to:%d/%m/%Y}"
    if group.successor:
        return ctx.t("entry_groups.drafted_into", name=group.name, day=day, into=names[group.successor])
    return ctx.t("entry_groups.drafted_end", name=group.name, day=day)


def _ask_new(ctx: Context, who: str, groups, drafted, noun: str, key: str) -> None:
    name, kind, since = st.columns([2, 1, 1], vertical_alignment="bottom")
    words = name.text_input(
        ctx.t("entry_groups.name", group=noun), key=f"{key}-name", placeholder=ctx.t("entry_groups.name_help")
    )
    usual = max(KINDS, key=[group.kind for group in groups].count)
    chosen = kind.selectbox(ctx.t("entry_groups.kind"), KINDS, KINDS.index(usual), key=f"{key}-kind")
    day = _day(ctx, since, "since", key)
    if st.button(ctx.t("entry_groups.add", group=noun), key=f"{key}-add"):
        try:
            new = new_group(words or "", chosen, day, groups, ctx.unit.key)
        except FaultError as refused:
            show_faults(ctx, refused)
            return
        _redraft(ctx, who, [*drafted, new])
        st.session_state.pop(f"{key}-name")
        st.rerun()


def _ask_end(ctx: Context, who: str, groups, drafted, key: str) -> None:
    here = {group.id: group for group in there_in(groups, ctx.year) if group.valid_to is None}
    which, until, into = st.columns([2, 1, 1], vertical_alignment="bottom")
    id = which.selectbox(
        ctx.t("entry_groups.which"), list(here), None, key=f"{key}-which", format_func=lambda id: here[id].name
    )
    day = _day(ctx, until, "until", key)
    others = ["", *(other for other in here if other != id)]
    successor = into.selectbox(
        ctx.t("entry_groups.successor"), others, key=f"{key}-successor",
        format_func=lambda id: here[id].name if id else ctx.t("entry_groups.no_successor"),
    )  # fmt: skip
    if st.button(ctx.t("entry_groups.end"), key=f"{key}-end", disabled=id is None):
        try:
            over = ended(here[id], day, successor)
        except FaultError as refused:
            show_faults(ctx, refused)
            return
        _redraft(ctx, who, [*(each for each in drafted if each.id != id), over])
        st.rerun()


def _day(ctx: Context, place, name: str, key: str) -> date | None:
    last = date(ctx.today.year + 1, 12, 31)
    return place.date_input(
        ctx.t(f"entry_groups.{name}"), None, FIRST_DAY, last, format="DD/MM/YYYY", key=f"{key}-{name}"
    )


def _redraft(ctx: Context, who: str, groups: Sequence[Group]) -> None:
    """Keep another list of changes in the draft; the results in it stay."""
    rest = {name: each for name, each in kept(ctx, who, SHEET).items() if name != "groups"}
    keep(ctx, who, SHEET, rest | ({"groups": to_draft(groups)} if groups else {}))
