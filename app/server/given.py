"""Read-only addresses answered whole: nothing to who holds it already, gzip to who reads it, a page where refused."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.server.answer import ASK_AGAIN, UNCHANGED, Scope, Send, answer, has_already, reads, squeeze, takes_gzip
from core.errors import FaultError

HTML = "text/html; charset=utf-8"
NOTHING: Mapping[str, str] = MappingProxyType({})


class Given(NamedTuple):
    """What an address gives: its bytes plain and as gzip (None where that saves nothing), its tag, headers of its own.

    By the tag a browser knows whether it has it already.
    """

    plain: bytes
    squeezed: bytes | None
    tag: str
    headers: Mapping[str, str] = NOTHING


def given(body: bytes, kind: str, *, dense: bool = False) -> Given:
    """A body of a media type, made ready once; `dense` where it is compressed in itself."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Given(body, None if dense else squeeze(body), tag, {"Content-Type": kind})


async def give(scope: Scope, send: Send, make: Callable[[], Given], refused: Callable[[FaultError], tuple[int, bytes]],
               headers: Mapping[str, str] = NOTHING) -> None:  # fmt: skip
    """Answer who only reads with what `make` gives, which may take its time.

    Where it raises FaultError `refused` gives the status and the page instead. `headers` stand on what is given, and
    what it has of its own before them.
    """
    if not reads(scope):
        await answer(scope, send, 405, b"", {"Allow": "GET, HEAD"})
        return
    try:
        made = await asyncio.to_thread(make)
    except FaultError as error:
        status, page = refused(error)
        await answer(scope, send, status, page, {"Content-Type": HTML})
        return
    fields = {"Vary": "Accept-Encoding", "ETag": made.tag, "Cache-Control": ASK_AGAIN, **headers, **made.headers}
    if has_already(scope, made.tag):
        await answer(scope, send, UNCHANGED, b"", fields)
    elif made.squeezed is not None and takes_gzip(scope):
        await answer(scope, send, 200, made.squeezed, fields | {"Content-Encoding": "gzip"})
    else:
        await answer(scope, send, 200, made.plain, fields)
