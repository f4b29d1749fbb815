"""Streamlit's scripts and styles, translated and compressed once and kept: it sends 8 MB, uncompressed and English."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Iterable
from pathlib import Path

from app.server.answer import IMMUTABLE, ASGIApp, Receive, Scope, Send, answer, reads, squeeze, takes_gzip
from app.server.translated import PREFIX as TRANSLATED
from app.server.translated import Translation

PREFIX = "/static/"
_SUFFIXES = (".js", ".css", ".svg", ".json", ".ttf")


class CompressedFiles:
    """The files under Streamlit's static folder as gzip, made when first asked for or ahead by `prepare`.

    Each stands under /static/ as Streamlit has it and under the address of each translation with its words replaced.
    Only files that stood in `folder` when the server started are known, by their exact path: a request can reach no
    other file.
    """

    def __init__(self, folder: Path, translations: Iterable[Translation] = ()):
        translations = tuple(translations)
        inner = folder / PREFIX.strip("/")
        found = [path for path in sorted(inner.rglob("*")) if path.suffix in _SUFFIXES and path.is_file()]
        self._original = {PREFIX + path.relative_to(inner).as_posix(): path for path in found}
        self._translated = {
            translation.address + name.removeprefix(PREFIX): (name, translation)
            for translation in translations
            for name in self._original
        }
        self._folders = [translation.address for translation in translations]
        self._bodies: dict[str, bytes] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """The addresses of all files that can be handed out compressed."""
        return (*self._translated, *self._original)

    def body(self, path: str) -> bytes | None:
        """The compressed file of an address, None where it names no such file."""
        if path not in self._translated and path not in self._original:
            return None
        if path not in self._bodies:  # two visitors at once may both do the work; the bytes are the same
            self._bodies[path] = self._made(path)
        return self._bodies[path]

    def _made(self, path: str) -> bytes:
        if path in self._original:
            return squeeze(self._original[path].read_bytes())
        name, translation = self._translated[path]
        file = self._original[name]
        if not translation.changes(file):
            return self.body(name)
        return squeeze(translation.apply(file, file.read_text(encoding="utf-8")).encode())

    def original(self, path: str) -> str | None:
        """Streamlit's own address of what an address below a translation names, None below no translation."""
        folder = next((folder for folder in self._folders if path.startswith(folder)), None)
        return None if folder is None else PREFIX + path.removeprefix(folder)

    def everywhere(self, originals: Iterable[str]) -> list[str]:
        """Addresses below /static/ in every language, those of the translations first."""
        names = [path.removeprefix(PREFIX) for path in originals]
        return [folder + name for folder in (*self._folders, PREFIX) for name in names]

    def prepare(self, first: Iterable[str] = ()) -> None:
        """Compress every file now, those of `first` before the others."""
        for path in (*first, *self.paths):
            self.body(path)


class CompressedStatic:
    """ASGI middleware that answers for the files of CompressedFiles and leaves all else to the app.

    What a translation does not touch (fonts, pictures) the app answers for under Streamlit's own address.
    """

    def __init__(self, app: ASGIApp, files: CompressedFiles):
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with gzip where the browser reads it."""
        path = scope["path"] if reads(scope) else ""
        body = self.files.body(path) if path.startswith((PREFIX, TRANSLATED)) else None
        if path.startswith(TRANSLATED):
            if body is None:
                await self._untouched(path, scope, receive, send)
                return
        elif body is None or not takes_gzip(scope):
            await self.app(scope, receive, send)
            return
        fields = {
            "Content-Type": _kind(path),
            "Cache-Control": IMMUTABLE,  # the names carry a digest
            "Vary": "Accept-Encoding",
        }
        if takes_gzip(scope):
            await answer(scope, send, 200, body, fields | {"Content-Encoding": "gzip"})
        else:
            await answer(scope, send, 200, gzip.decompress(body), fields)

    async def _untouched(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        original = self.files.original(path)
        if original is None:
            await answer(scope, send, 404, b"", {"Content-Type": "text/plain"})
            return
        await self.app(dict(scope) | {"path": original, "raw_path": original.encode()}, receive, send)


def _kind(path: str) -> str:
    if path.endswith(".js"):
        return "text/javascript; charset=utf-8"  # some Windows registries call it text/plain, which a module refuses
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
