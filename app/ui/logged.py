"""What screens tell the audit log: which file somebody took away, which file was refused, what was not theirs to do."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.ui.context import Context
from core.errors import FaultError
from core.store.audit import note, note_once, signature

NO_RIGHT = "rights."  # what the codes of faults begin with that say who may not do something


def log(ctx: Context, what: str, target: str, **detail: object) -> None:
    """Add an entry of whoever looks at the screen, with the ward and year looked at; never the value of a cell."""
    note(ctx.store, signature(ctx.person), what, target, _here(ctx) | detail)


def log_export(ctx: Context, screen: str, kind: str, **detail: object) -> None:
    """Add the entry of a file of a screen (or of one view) taken away, `kind` such as "csv"."""
    log(ctx, "export.made", screen, kind=kind, **detail)


def log_refusal(ctx: Context, screen: str, refused: FaultError) -> None:
    """Add an entry where a signed-in person met a page or an action that their role has no right to."""
    codes = sorted({fault.code for fault in refused.faults if fault.code.startswith(NO_RIGHT)})
    if codes and ctx.person.account is not None:
        note_once(ctx.store, signature(ctx.person), "access.refused", f"/{screen}", _here(ctx) | {"why": codes})


def download(
    ctx: Context, label: str, make: Callable[[], bytes], *, screen: str, name: str, key: str, mime: str = "text/csv"
) -> None:
    """A button that hands out a file: it is made, and the audit log told, when somebody presses it.

    `name` is the file's whole name, its ending the kind of the entry.
    """

    data = logged_file(ctx, make, screen, name.rpartition(".")[2])
    st.download_button(label, data=data, mime=mime, on_click="ignore", file_name=name, key=key)


def logged_file(ctx: Context, make: Callable[[], bytes], screen: str, kind: str) -> Callable[[], bytes]:
    """What makes a file when it is asked for and then tells the audit log; a file that fails leaves no entry."""

    def made() -> bytes:
        content = make()
        log_export(ctx, screen, kind)
        return content

    return made


def _here(ctx: Context) -> dict[str, object]:
    return ({} if ctx.unit is None else {"unit": ctx.unit.key.code}) | ({} if ctx.year is None else {"year": ctx.year})
