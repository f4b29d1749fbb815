"""Check a draft: each number of a report or speech against the store, shown, and handed back as marks in the file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import streamlit as st

from app.ui.context import Context
from app.ui.conversion import NOT, ask_conversion
from app.ui.elements import heading, html, message, printed
from app.ui.groups import groups_of
from app.ui.logged import download
from app.ui.preview import plain_label
from app.ui.tables import file_name, table_html
from app.ui.writing import sentence, show_faults
from app.views.view import Table
from core.errors import FaultError
from core.store import has_accounts
from etl.compare.judge import DIFFERS, MARKS
from etl.compare.run import Comparison, compare_draft
from etl.compare.wording import around, explanation, mark_word, place_of
from etl.document import Document
from etl.errands import Errand
from etl.marks.draft import MIMES, kind_of, marked_draft, marked_text, remarks_of
from etl.run import Wanted, offered_encodings
from etl.sandbox import read_in_child
from pages.reading import wait_for

PATH = "soat-du-thao"
ALL = "all"
_READ = "draft-read"  # the draft last read in this session: its digest, and what it is in each chosen encoding
_PARAGRAPHS = 200  # of the draft's own text shown with its marks


def render(ctx: Context) -> None:
    """The uploader; for the file in it how many numbers agree, each number, the text with its marks, the download."""
    ctx.person.require("enter")
    message(ctx, ctx.t("draft.title"), ctx.t("draft.lead"))
    file = st.file_uploader(ctx.t("draft.choose_file"), key="draft-file")
    approved = not (has_accounts(ctx.store) and st.checkbox(ctx.t("draft.newest"), key="draft-newest"))
    if file is None:
        st.session_state.pop(_READ, None)
        return
    content = file.getvalue()
    try:
        document = _in_unicode(ctx, file.name, content)
        if document is None:
            return
        wanted = Wanted(ctx.unit.key)
        comparison = compare_draft(document, ctx.store, ctx.catalogue, wanted, approved=approved)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    _show(ctx, comparison, content, approved)


def _in_unicode(ctx: Context, name: str, content: bytes) -> Document | None:
    """The file as read, text of an old encoding only once that is chosen: None until then."""
    try:
        return _document(ctx, name, content)
    except FaultError as refused:
        offered = offered_encodings(refused.faults)
        if not offered:
            raise
        choice = ask_conversion(ctx, offered, f"draft-{sha256(content).hexdigest()[:12]}")
        if choice == NOT:
            raise
    return None if choice is None else _document(ctx, name, content, choice)


def _document(ctx: Context, name: str, content: bytes, encoding: str | None = None) -> Document:
    """The file as read in the child process, once; FaultError with why it cannot be."""
    digest = sha256(content).hexdigest()
    kept, documents = st.session_state.get(_READ, ("", {}))
    if kept != digest:
        documents = {}
        st.session_state[_READ] = digest, documents
    if encoding not in documents:
        errand = Errand()
        with ThreadPoolExecutor(1) as threads:
            work = threads.submit(read_in_child, [(name, content)], encoding=encoding, errand=errand)
            wait_for(ctx, work, errand, name, (1, 1), f"draft-stop-{digest[:12]}-{encoding or 'reading'}")
        (documents[encoding],) = work.result()
    found = documents[encoding]
    if isinstance(found, FaultError):
        raise found
    return found


def _show(ctx: Context, comparison: Comparison, content: bytes, approved: bool) -> None:
    name = comparison.draft.document.name
    for notice in comparison.draft.notices:
        st.warning(sentence(ctx, notice))
    if not comparison.marks:
        html(f"<p>{printed(ctx.t('draft.no_numbers'))}</p>")
        return
    counts = comparison.counts
    heading(ctx.t("draft.counted", count=len(comparison.marks), **counts),
            ctx.t("draft.approved_note" if approved else "draft.newest_note"))  # fmt: skip
    html(f'<p class="w-small">{printed(ctx.t("draft.not_checked_note"))}</p>')
    groups = groups_of(ctx, [comparison.draft.unit])
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    kind = kind_of(comparison)
    download(
        ctx, ctx.t("draft.download", kind=f".{kind}"),
        lambda: marked_draft(comparison, content, ctx.catalogue, ctx.lang, names).content, screen=PATH,
        name=f"{file_name(name.rpartition('.')[0], ctx.t('draft.file_ending'))}.{kind}", key="draft-marked",
        mime=MIMES[kind],
    )  # fmt: skip
    html(table_html(_table(ctx, comparison, _choose(ctx, counts), names), words=(0, 2, 3), stacked=True))
    with st.expander(ctx.t("draft.text_heading"), key="draft-text"):
        html(marked_text(comparison, remarks_of(comparison, ctx.catalogue, ctx.lang, names), _PARAGRAPHS))
        if len(comparison.draft.document.parts) > _PARAGRAPHS:
            html(f'<p class="w-small">{printed(ctx.t("draft.text_truncated", count=_PARAGRAPHS))}</p>')


def _choose(ctx: Context, counts: dict[str, int]) -> str:
    """Which marks are listed: what differs first, where anything does."""
    every = {ALL: ctx.t("draft.show_all", count=sum(counts.values()))}
    every |= {
        mark: ctx.t("draft.show_mark", mark=ctx.t(f"draft.mark_{mark}"), count=counts[mark])
        for mark in (DIFFERS, *(mark for mark in MARKS if mark != DIFFERS))
    }
    return st.segmented_control(
        ctx.t("draft.show_only"), list(every), default=DIFFERS if counts[DIFFERS] else ALL, required=True,
        format_func=every.get, key="draft-show",
    )  # fmt: skip


def _table(ctx: Context, comparison: Comparison, shown: str, names: dict[str, str]) -> Table:
    header = tuple(ctx.t(f"draft.column_{name}") for name in ("mark", "number", "where", "store"))
    rows = tuple(
        (
            mark_word(marked.verdict, ctx.lang), marked.stated.number.written,
            f"{place_of(comparison, marked)}: {around(comparison, marked)}",
            " · ".join(explanation(marked, ctx.catalogue, ctx.lang, names)),
        )
        for marked in comparison.marks
        if shown in (ALL, marked.verdict.mark)
    )  # fmt: skip
    return Table(ctx.t("draft.table_caption", file=plain_label(comparison.draft.document.name)), header, rows)
