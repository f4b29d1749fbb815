"""The figures sheet of the entry screen: a grid of one family's indicators, or one indicator at a time as fields."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.entry_drafts import keep, kept, sheet_key
from app.ui.preview import lines as list_lines
from app.ui.preview import plain_label
from app.ui.writing import sentence
from app.views.entry import Typed
from app.views.entry_figures import (
    CELLS,
    CHOICES,
    MONEY,
    Cells,
    Line,
    Notation,
    Sheet,
    differences,
    label,
    last_year,
    lines,
    merged,
    read,
    shown,
    typed,
)
from core.catalogue.form import RESULTS, form_rows
from core.figures import BASES, OF_KINDS, Figure
from core.lineage import lineage
from core.store import newest_figures
from core.store.shortfalls import list_shortfalls
from core.texts import text
from core.vi.days import format_day

SHEET = "figures"
_OPTIONS = {"basis": BASES, "scenario": RESULTS, "of_kind": OF_KINDS}
_WIDTHS = {
    "label": 275, "measure": 92, "last": 112, "promise": 200, "plan": 112, "basis": 152, "value": 105, "scenario": 118,
    "of": 104, "remark": 260, "of_kind": 120, "document": 220, "day": 125,
}  # fmt: skip
# with totals beside the results: narrower, so that the remark beside them is on the screen without moving it
_NARROW = _WIDTHS | {"label": 258, "measure": 70, "last": 96, "plan": 100, "basis": 146, "value": 96, "scenario": 108}
_COLUMNS = tuple(_WIDTHS)

Remarks = Callable[[Sequence[Figure]], Mapping[tuple, Sequence[str]]]


@dataclass(frozen=True)
class _Page:
    """What is shown of the sheet now: the lines of one family and what stands beside them."""

    ctx: Context
    lines: Sequence[Line]
    notation: Notation
    key: str
    last: Mapping[tuple[str, str], str]
    promises: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """The columns these lines need."""
        some_of = any(line.indicator.of_kinds for line in self.lines)
        left_out = set() if some_of else {"of", "of_kind"}
        left_out |= set() if any(line.indicator.id in self.promises for line in self.lines) else {"promise"}
        return [name for name in _COLUMNS if name not in left_out]


def show(ctx: Context, who: str, remarks: Remarks) -> Typed:
    """Draw the sheet from what is stored and the draft, keep the draft, and give what was typed in all families.

    `remarks` says by a figure's key what the rules find in some typed figures.
    """
    draft = kept(ctx, who, SHEET)
    cells, extra = dict(draft.get("cells", {})), list(draft.get("lines", ()))
    stored = newest_figures(ctx.store, [ctx.unit.key], {row.id for row, _ in form_rows(ctx.catalogue)})
    known = lines(ctx.catalogue, [figure for figure in stored if figure.year == ctx.year], extra)
    family, notation, one = _choices(ctx)
    here = [line for line in known if line.indicator.family == family]
    before = [figure for figure in stored if figure.year == ctx.year - 1]
    last = last_year(before, ctx.catalogue, notation)
    page = _Page(ctx, here, notation, _key(ctx, here, notation), last, _promises(ctx))
    chosen = _choose_line(page) if one else None
    now = {line.id: merged(line, cells) for line in here}
    _take_fields(page, chosen, now) if chosen else _take_edits(page, now)
    own = {line.id for line in here}
    cells = {id: each for id, each in cells.items() if id not in own} | differences(here, now)
    keep(ctx, who, SHEET, {"cells": cells, "lines": extra} if cells or extra else {})
    sheet = typed(known, cells, ctx.unit.key, ctx.year, notation)
    said = _said(ctx, sheet, remarks)
    _draw_fields(page, chosen, now, said) if chosen else _draw_grid(page, now, said)
    _add_line(page, who, cells, extra)
    _list_notices(ctx, sheet, known)
    return Typed(figures=sheet.figures, faults=_faults(ctx, sheet, known))


def _choices(ctx: Context) -> tuple[str, Notation, bool]:
    """The family, the unit of money and the form of the sheet."""
    families = list(dict.fromkeys(row.family for row, _ in form_rows(ctx.catalogue)))
    names = {family: ctx.catalogue.families[family][ctx.lang] for family in families}
    left, middle, right = st.columns([4.2, 1.2, 1.1], vertical_alignment="bottom")
    with left:
        family = st.radio(ctx.t("entry.family"), families, horizontal=True, key="entry-family", format_func=names.get)
    with middle:
        factor = st.selectbox(
            ctx.t("entry.money"), MONEY, index=MONEY.index(Notation(ctx.lang).factor), key="entry-money",
            format_func=lambda factor: text(f"numbers.scale_vnd_{factor:f}", ctx.lang),
        )  # fmt: skip
    with right:
        one = st.toggle(ctx.t("entry.one_by_one"), value=ctx.phone, key="entry-one-by-one")
    html(f'<p class="w-small">{printed(ctx.t("entry.hint"))}</p>')
    return family, Notation(ctx.lang, factor), one


def _key(ctx: Context, here: Sequence[Line], notation: Notation) -> str:
    """The key of the widgets of these lines: other lines or another notation begin anew, from the draft."""
    lines_now = hashlib.sha256("\n".join(line.id for line in here).encode()).hexdigest()[:8]
    return f"{sheet_key(ctx, SHEET)}-{notation.lang}-{notation.factor:f}-{lines_now}"


def _promises(ctx: Context) -> dict[str, str]:
    """What was promised last year for each plan it missed."""
    found = list_shortfalls(ctx.store, lineage(ctx.catalogue, ctx.unit.key), [ctx.year - 1])
    return {
        each.indicator: ctx.t("entry.promise", remedy=each.remedy, person=each.person,
                              due=format_day(each.due))
        for each in found
    }  # fmt: skip


def _take_edits(page: _Page, now: dict[str, dict]) -> None:
    """Put what was typed into the grid since it was drawn into the cells."""
    edits = st.session_state.get(f"entry-grid-{page.key}", {}).get("edited_rows", {})
    for row, changed in edits.items():
        line = page.lines[int(row)]
        for column, said in changed.items():
            now[line.id][column] = read(line, column, said, page.notation)


def _draw_grid(page: _Page, now: Mapping[str, Cells], said: Mapping[str, Sequence[str]]) -> None:
    ctx, columns = page.ctx, page.columns
    rows = [_row(page, line, now[line.id], said.get(line.id, ())) for line in page.lines]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    grey = [name for name in ("measure", "last", "promise") if name in columns]
    st.data_editor(
        frame.style.set_properties(grey, color=ctx.theme.muted),
        key=f"entry-grid-{page.key}", hide_index=True, num_rows="fixed", height="content", row_height=38,
        placeholder="", column_config={name: _column(page, name) for name in columns}, alt=ctx.t("entry.grid_alt"),
    )  # fmt: skip


def _row(page: _Page, line: Line, cells: Cells, said: Sequence[str]) -> dict[str, str | None]:
    beside = {
        "label": label(line, page.ctx.catalogue, page.ctx.lang), "measure": page.notation.measure(line.indicator),
        "last": page.last.get((line.indicator.id, line.member), ""), "remark": " ".join(said),
        "promise": "" if line.member else page.promises.get(line.indicator.id, ""),
    }  # fmt: skip
    own = {name: shown(line, name, cells[name], page.notation) for name in CELLS}
    return beside | {name: own[name] or (None if name in CHOICES else "") for name in CELLS}


def _column(page: _Page, name: str):
    ctx, words = page.ctx, _heading(page.ctx, name)
    width = (_NARROW if "of" in page.columns else _WIDTHS)[name]
    if name in CHOICES:
        return st.column_config.SelectboxColumn(
            words, options=list(_OPTIONS[name]), format_func=lambda id: ctx.t(f"etl.{name}_{id}"), width=width
        )
    fixed = name not in CELLS
    side = "right" if name in ("plan", "value", "of", "last") else "left"
    return st.column_config.TextColumn(words, disabled=fixed, pinned=name == "label", alignment=side, width=width)


def _heading(ctx: Context, name: str) -> str:
    return ctx.t(f"entry.column_{name}", before=ctx.year - 1)


def _choose_line(page: _Page) -> Line:
    """One line of the family, for whoever types on a phone or with a screen reader."""
    return st.selectbox(
        page.ctx.t("entry.line"), page.lines, key=f"entry-line-{page.key}",
        format_func=lambda line: plain_label(_line_name(page, line)),
    )  # fmt: skip


def _line_name(page: _Page, line: Line) -> str:
    said = [label(line, page.ctx.catalogue, page.ctx.lang)]
    said += [page.ctx.t(f"etl.basis_{line.plan.basis}")] if line.plan else []
    said += [page.ctx.t(f"etl.scenario_{line.result.scenario}")] if line.result else []
    return " · ".join([*said, str(line.extra + 1)] if line.extra else said)


def _field_key(page: _Page, line: Line, name: str) -> str:
    return f"entry-{name}-{page.key}-{page.lines.index(line)}"


def _take_fields(page: _Page, line: Line, now: dict[str, dict]) -> None:
    """Put what was typed into the fields of one line since they were drawn into its cells."""
    for name in CELLS:
        key = _field_key(page, line, name)
        if key in st.session_state:
            now[line.id][name] = read(line, name, st.session_state[key], page.notation)


def _draw_fields(page: _Page, line: Line, now: Mapping[str, Cells], said: Mapping[str, Sequence[str]]) -> None:
    ctx, row = page.ctx, _row(page, line, now[line.id], ())
    measure = page.notation.measure(line.indicator)
    told = [f"{_heading(ctx, 'last')}: {row['last']} {measure}"] if row["last"] else []
    told += [f"{_heading(ctx, 'promise')}: {row['promise']}"] if row["promise"] else []
    html("".join(f'<p class="w-small">{printed(words)}</p>' for words in told))
    for name in (name for name in _COLUMNS if name in CELLS and name in page.columns):
        words, key = _heading(ctx, name), _field_key(page, line, name)
        if name in CHOICES:
            options = _OPTIONS[name]
            st.selectbox(
                words, options, index=options.index(row[name]) if row[name] else None, key=key,
                placeholder=ctx.t("entry.none"), format_func=lambda id, name=name: ctx.t(f"etl.{name}_{id}"),
            )  # fmt: skip
        else:
            words = f"{words} ({measure})" if name in ("plan", "value") else words
            st.text_input(words, value=row[name], key=key)
    for words in said.get(line.id, ()):
        st.warning(words)


def _add_line(page: _Page, who: str, cells: Mapping[str, Cells], extra: Sequence[str]) -> None:
    """A further line for an indicator with a second plan or result in the same year."""
    ctx = page.ctx
    names = {}
    for line in page.lines:
        names.setdefault(f"{line.indicator.id}/{line.member}", label(line, ctx.catalogue, ctx.lang))
    with st.expander(ctx.t("entry.more"), key=f"entry-more-{page.key}"):
        chosen = st.selectbox(
            ctx.t("entry.more_of"), list(names), index=None, key=f"entry-more-of-{page.key}",
            placeholder=ctx.t("entry.none"), format_func=lambda id: plain_label(names[id]),
        )  # fmt: skip
        if st.button(ctx.t("entry.add_line"), key=f"entry-add-{page.key}", disabled=chosen is None):
            keep(ctx, who, SHEET, {"cells": cells, "lines": [*extra, chosen]})
            st.rerun()


def _said(ctx: Context, sheet: Sheet, remarks: Remarks) -> dict[str, list[str]]:
    """What is to be said beside each line: what cannot be read, what was emptied, what the rules find."""
    found: dict[str, list[str]] = {}
    for each in (sheet.faults, sheet.notices):
        for id, faults in each.items():
            found.setdefault(id, []).extend(sentence(ctx, fault) for fault in faults)
    for key, sentences in remarks(sheet.figures).items():
        found.setdefault(sheet.line_of[key], []).extend(sentences)
    return found


def _list_notices(ctx: Context, sheet: Sheet, known: Sequence[Line]) -> None:
    """What is to be known of emptied cells, in full: a cell of a grid cuts long sentences off."""
    names = {line.id: label(line, ctx.catalogue, ctx.lang) for line in known}
    words = [f"{names[id]}: {fault.sentence(ctx.lang)}" for id, faults in sheet.notices.items() for fault in faults]
    list_lines(ctx.t("entry.notices"), words)


def _faults(ctx: Context, sheet: Sheet, known: Sequence[Line]) -> list:
    names = {line.id: label(line, ctx.catalogue, ctx.lang) for line in known}
    return [replace(fault, where=names.get(id, "")) for id, faults in sheet.faults.items() for fault in faults]
