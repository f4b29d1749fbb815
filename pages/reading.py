"""Reading uploaded files while the screen waits: how far it is, one's place in the queue, and a way to stop."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import streamlit as st

from app.ui.context import Context
from app.ui.preview import plain_label
from core.figures import UnitKey
from core.store.profiles import list_profiles
from etl.errands import Errand
from etl.run import Reading, Wanted, read_reports

ROUND, DONE = "upload-round", "upload-done"  # which uploader is on the screen; the files of it that are stored
_TICK = 0.25  # seconds between two looks at a reading; also how long a press on "stop" may wait
_LONG = 3  # seconds after which the time is told


class Uploaded(NamedTuple):
    """A file in the uploader; `digest` is the SHA-256 of its content."""

    digest: str
    name: str
    content: bytes


def explained_in(file: Uploaded) -> str:
    """The name under which a session keeps how it explained a file's tables."""
    return f"explained-{file.digest}"


def read_all(ctx: Context, files: list[Uploaded]) -> None:
    """Read what is new, telling how far it is; a press on the button drops the files, also in the middle of one."""
    for number, file in enumerate(files, start=1):
        reading_of(ctx, file, part=(number, len(files)))


def reading_of(
    ctx: Context, file: Uploaded, unit: UnitKey | None = None, year: int | None = None, encoding: str | None = None,
    part: tuple[int, int] = (1, 1),
) -> Reading:
    """One file as read, without its bytes; read once for all who ask within a quarter of an hour.

    `unit`, `year` and `encoding` are what a person says of it, `part` the file's number among how many. Tables that
    were explained, in this session for this file or kept in the store, are read as they were explained.
    """
    profiles = (*st.session_state.get(explained_in(file), ()), *list_profiles(ctx.store))
    kept = _kept(file.digest, file.name, unit, year, encoding, repr(profiles), ctx.today)
    if "reading" not in kept:
        errand, wanted = Errand(), Wanted(unit, year=year, encoding=encoding, profiles=profiles)
        with ThreadPoolExecutor(1) as threads:
            work = threads.submit(
                read_reports, [(file.name, file.content)], ctx.catalogue, wanted, ctx.today, errand=errand
            )
            key = f"stop-{file.digest[:12]}-{'as-asked' if unit or year else encoding or 'reading'}"
            wait_for(ctx, work, errand, file.name, part, key)
        kept["reading"] = replace(work.result()[0], content=b"")
    return kept["reading"]


@st.cache_resource(show_spinner=False, max_entries=32, ttl="15m")
def _kept(
    digest: str, name: str, unit: UnitKey | None, year: int | None, encoding: str | None, profiles: str, today: date
) -> dict[str, Reading]:
    """Where the reading of a file is kept; nobody changes what all share."""
    return {}


def wait_for(ctx: Context, work: Future, errand: Errand, name: str, part: tuple[int, int], key: str) -> None:
    """Show how far a reading is until it is done.

    Each line put on the screen lets Streamlit end this run where somebody pressed the button or left: the reading is
    then called off, which kills its process.
    """
    place, began = st.empty(), time.monotonic()
    try:
        with place.container():
            bar = st.progress(0.0)
            st.button(ctx.t("upload.stop"), on_click=fresh, key=key)
            while not work.done():
                bar.progress((part[0] - 1) / part[1], _words(ctx, errand, name, part, time.monotonic() - began))
                wait([work], _TICK)
        place.empty()
    finally:
        errand.stop()


def _words(ctx: Context, errand: Errand, name: str, part: tuple[int, int], seconds: float) -> str:
    if errand.ahead:
        return ctx.t("upload.waiting", name=plain_label(name), ahead=errand.ahead)
    said = ctx.t("upload.reading", number=part[0], count=part[1], name=plain_label(name))
    return said if seconds < _LONG else ctx.t("upload.reading_for", said=said, seconds=int(seconds))


def fresh() -> None:
    """A new, empty uploader: what was in the old one is dropped from memory."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(DONE, None)
