"""The one HTML document of the program: Streamlit's own, with our language, scripts, title, icon and preloads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, reads, squeeze, takes_gzip
from app.server.files import STATIC, address
from app.server.translated import Translation
from core.texts import LANGUAGES, text

# What every screen asks for beyond the document's own list, by the name before the digest: known at once, fetched at
# once, instead of one round trip after the other.
EARLY_SCRIPTS = ("PlotlyChart",)
EARLY_FONTS = ("latin-400", "vietnamese-400", "latin-600", "vietnamese-600")
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.$-]+\.js)["'`]""")


class Document:
    """ASGI middleware that answers with our document on the addresses of `pages` and leaves all else to the app.

    The first of `pages` lives at "/": its own address leads there, because Streamlit knows it by no other.
    """

    def __init__(
        self, app: ASGIApp, static: Path, pages: Sequence[str], translations: Mapping[str, Translation] | None = None
    ):
        self.app = app
        self._home = f"/{pages[0]}"
        self._paths = frozenset({"/", *(f"/{page}" for page in pages)})
        original = (static / "index.html").read_text(encoding="utf-8")
        early = early_scripts(static)
        folders = {lang: translation.address for lang, translation in (translations or {}).items()}
        plain = {lang: rewrite(original, lang, early, folders.get(lang, "")).encode() for lang in LANGUAGES}
        self._bodies = {lang: (body, squeeze(body)) for lang, body in plain.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page's address in the language its query names."""
        if scope["type"] != "http" or scope["path"] not in self._paths or not reads(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] == self._home:
            query = scope["query_string"].decode("latin-1")
            await answer(scope, send, 307, b"", {"Location": f"/?{query}" if query else "/"})
            return
        plain, squeezed = self._bodies[asked_language(scope)]
        fields = {"Content-Type": "text/html; charset=utf-8", "Vary": "Accept-Encoding"}
        if takes_gzip(scope):
            await answer(scope, send, 200, squeezed, fields | {"Content-Encoding": "gzip"})
        else:
            await answer(scope, send, 200, plain, fields)


def asked_language(scope: Scope) -> str:
    """The language the address asks for (?lang=English); Vietnamese where it asks for none or for an unknown one."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return next((lang for lang in LANGUAGES if text("frame.language", lang) == asked), LANGUAGES[0])


def early_scripts(static: Path) -> tuple[str, ...]:
    """The scripts of EARLY_SCRIPTS and all they import, as paths below the static folder, in order of need.

    Raises ValueError where Streamlit no longer has one of them.
    """
    folder = static / "static" / "js"
    found: dict[str, None] = {}
    waiting = []
    for name in EARLY_SCRIPTS:
        files = sorted(folder.glob(f"{name}.*.js"))
        if len(files) != 1:
            raise ValueError(f"Streamlit's static/js has {len(files)} files named {name}.*.js, expected 1")
        waiting.append(files[0].name)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(f"static/js/{name}" for name in found)


def rewrite(original: str, lang: str, early: Iterable[str] = (), folder: str = "") -> str:
    """Streamlit's index.html in our language, with our title and icon and without a pointer to anything unused.

    `folder` is the address of the translated scripts and of all they ask for; "" leaves Streamlit's own.
    Raises ValueError where a piece to be replaced is not there exactly once: Streamlit has changed its document.
    """
    known = set(re.findall(r'(?:href|src)="\./([^"]+)"', original))
    fonts = [STATIC / "fonts" / f"be-vietnam-pro-{name}-normal.woff2" for name in EARLY_FONTS]
    links = "".join(
        f'<link rel="preload" href="{address(font)}" as="font" type="font/woff2" crossorigin />' for font in fonts
    )
    links += "".join(f'<link rel="modulepreload" crossorigin href="./{name}">' for name in early if name not in known)
    languages = escape(json.dumps({text("frame.language", each): each for each in LANGUAGES}, ensure_ascii=False))
    start = f'<script src="{address(STATIC / "start.js")}" data-languages="{languages}"></script>'
    noscript = f"<noscript><p>{escape(text('frame.noscript', lang))}</p></noscript>"
    icon = f'<link rel="icon" type="image/svg+xml" href="{address(STATIC / "icon.svg")}" />'
    for pattern, replacement in (
        (r"<!--\s*Copyright.*?-->\s*", ""),
        (r'<html lang="en">', f'<html lang="{lang}">'),
        (r'<link rel="shortcut icon" href="\./favicon\.png" />', icon),
        (r'<link\s+rel="preload"\s+href="\./static/media/SourceSans[^>]*/>', links),
        (r"<title>Streamlit</title>", f"<title>{escape(text('frame.title', lang))}</title>{start}"),
        (r'<!--[^>]*?-->\s*<link rel="service-desc"[^>]*/>\s*', ""),
        (r"<!-- initialize window\.prerenderReady.*?</script>\s*", ""),
        (r"<noscript>.*?</noscript>", noscript),
    ):
        original, count = re.subn(pattern, lambda _, new=replacement: new, original, flags=re.DOTALL)
        if count != 1:
            raise ValueError(f"Streamlit's index.html has {count} places like {pattern}, expected 1")
    return original.replace('"./static/', f'"{folder}') if folder else original
