"""Plain ASGI answers, so that nothing here depends on a web framework."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

IMMUTABLE = "public, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"  # one browser may keep it, and asks before every use whether it still may
UNCHANGED = 304
GZIP_LEVEL = 6


def header(scope: Scope, name: str) -> str:
    """The value of a request header, "" where it was not sent."""
    wanted = name.lower().encode("latin-1")
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), "")


def reads(scope: Scope) -> bool:
    """Whether the request only asks for something: GET or HEAD over HTTP."""
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD")


def has_already(scope: Scope, tag: str) -> bool:
    """Whether the visitor's browser holds a page of this tag; compressed and plain are one page."""
    held = [each.strip().removeprefix("W/") for each in header(scope, "if-none-match").split(",")]
    return "*" in held or tag.removeprefix("W/") in held


def takes_gzip(scope: Scope) -> bool:
    """Whether the visitor's browser reads gzip."""
    return any(
        piece.split(";")[0].strip() == "gzip" and "q=0" not in piece.replace(" ", "").split(";")
        for piece in header(scope, "accept-encoding").lower().split(",")
    )


def squeeze(body: bytes) -> bytes:
    """The body as gzip, the same bytes every time."""
    return gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0)


async def answer(
    scope: Scope,
    send: Send,
    status: int,
    body: bytes,
    headers: Mapping[str, str],
    further: Iterable[tuple[str, str]] = (),
) -> None:
    """Send one whole answer; a HEAD request gets its headers only. `further` are headers that may stand there twice."""
    length = [] if status == UNCHANGED else [("Content-Length", str(len(body)))]
    fields = [*headers.items(), *length, *further]
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields],
        }
    )
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
