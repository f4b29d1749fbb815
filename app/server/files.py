"""Our own fonts and icons, each under the digest of its bytes, so that a browser may keep it for good."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from app.server.answer import IMMUTABLE, ASGIApp, Receive, Scope, Send, answer, reads, squeeze, takes_gzip

PREFIX = "/own/"
STATIC = Path(__file__).resolve().parents[2] / "data" / "static"
_LARGE = 100_000  # bytes of a text from which it is worth to be sent compressed
_KINDS = {
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


def address(path: Path, folder: Path = STATIC) -> str:
    """Where a file of `folder` is served: /own/<first 12 digits of its SHA-256>/<its path>."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"{PREFIX}{digest}/{path.relative_to(folder).as_posix()}"


class OwnFiles:
    """ASGI middleware that serves the files that stood in `folder` at the start, and answers 404 for anything else.

    `further` are single files from elsewhere, each served under its own name.
    """

    def __init__(self, app: ASGIApp, folder: Path = STATIC, further: Iterable[Path] = ()):
        self.app = app
        known = [(path, folder) for path in folder.rglob("*") if path.is_file() and path.suffix in _KINDS]
        known += [(path, path.parent) for path in further]
        self._files = {address(path, inside): (path.read_bytes(), _KINDS[path.suffix]) for path, inside in known}
        self._squeezed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for /own/ and leave all else to the app."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        found = self._files.get(scope["path"]) if reads(scope) else None
        if found is None:
            await answer(scope, send, 404, b"", {"Content-Type": "text/plain"})
            return
        body, kind = found
        fields = {"Content-Type": kind, "Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
        if len(body) > _LARGE and kind.startswith("text/") and takes_gzip(scope):
            if scope["path"] not in self._squeezed:
                self._squeezed[scope["path"]] = squeeze(body)
            body, fields = self._squeezed[scope["path"]], fields | {"Content-Encoding": "gzip"}
        await answer(scope, send, 200, body, fields)
