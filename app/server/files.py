"""Our own fonts and icons, each under the digest of its bytes, so that a browser may keep it for good."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.server.answer import IMMUTABLE, ASGIApp, Receive, Scope, Send, answer, reads

PREFIX = "/own/"
STATIC = Path(__file__).resolve().parents[2] / "data" / "static"
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
    """ASGI middleware that serves the files that stood in `folder` at the start, and answers 404 for anything else."""

    def __init__(self, app: ASGIApp, folder: Path = STATIC):
        self.app = app
        known = (path for path in folder.rglob("*") if path.is_file() and path.suffix in _KINDS)
        self._files = {address(path, folder): (path.read_bytes(), _KINDS[path.suffix]) for path in known}

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
        await answer(scope, send, 200, body, {"Content-Type": kind, "Cache-Control": IMMUTABLE})
