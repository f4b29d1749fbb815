"""Streamlit's scripts and styles, compressed once and kept: it sends them uncompressed, 8 MB to a first visitor."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from app.server.answer import IMMUTABLE, ASGIApp, Receive, Scope, Send, answer, reads, squeeze, takes_gzip

PREFIX = "/static/"
_SUFFIXES = (".js", ".css", ".svg", ".json", ".ttf")


class CompressedFiles:
    """The files under Streamlit's static folder as gzip, made when first asked for or ahead by `prepare`.

    Only files that stood in `folder` when the server started are known, by their exact path: a request can reach no
    other file.
    """

    def __init__(self, folder: Path):
        inner = folder / PREFIX.strip("/")
        self._paths = {
            PREFIX + path.relative_to(inner).as_posix(): path
            for path in sorted(inner.rglob("*"))
            if path.suffix in _SUFFIXES and path.is_file()
        }
        self._bodies: dict[str, bytes] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """The addresses of all files that can be handed out compressed."""
        return tuple(self._paths)

    def body(self, path: str) -> bytes | None:
        """The compressed file of an address, None where it names no such file."""
        if path not in self._paths:
            return None
        if path not in self._bodies:  # two visitors at once may both do the work; the bytes are the same
            self._bodies[path] = squeeze(self._paths[path].read_bytes())
        return self._bodies[path]

    def prepare(self, first: Iterable[str] = ()) -> None:
        """Compress every file now, those of `first` before the others."""
        for path in (*first, *self._paths):
            self.body(path)


class CompressedStatic:
    """ASGI middleware that answers for the files of CompressedFiles and leaves all else to the app."""

    def __init__(self, app: ASGIApp, files: CompressedFiles):
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with gzip where the browser reads it."""
        body = None
        if scope["type"] == "http" and scope["path"].startswith(PREFIX) and reads(scope) and takes_gzip(scope):
            body = self.files.body(scope["path"])
        if body is None:
            await self.app(scope, receive, send)
            return
        kind = mimetypes.guess_type(scope["path"])[0] or "application/octet-stream"
        if scope["path"].endswith(".js"):
            kind = "text/javascript"  # some Windows registries call it text/plain, which a module script refuses
        fields = {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Content-Encoding": "gzip",
            "Cache-Control": IMMUTABLE,  # the names carry a digest
            "Vary": "Accept-Encoding",
        }
        await answer(scope, send, 200, body, fields)
