"""The door: what is closed answers 404 before Streamlit hears of it, and every answer carries security headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from app.server.answer import ASK_AGAIN, ASGIApp, Receive, Scope, Send, answer
from app.server.routes import OPEN_DATA, PRESENT, STREAM, right_of
from core.texts import text

SECURITY = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",  # Streamlit and Plotly write styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware around everything: only what is in `routes` (app.server.routes) exists."""

    def __init__(self, app: ASGIApp, routes: Mapping[str, str]):
        self.app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is closed and add the headers to what is answered."""
        if scope["type"] == "websocket" and scope["path"] != STREAM:
            await receive()
            await send({"type": "websocket.close", "code": 4404})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: dict) -> None:
            if message["type"] == "http.response.start":
                own = scope["path"].startswith((PRESENT, OPEN_DATA))
                message = message | {"headers": _guarded(message.get("headers", []), own_rules=own)}
            await send(message)

        if right_of(scope["path"], self._routes) is None:
            await answer(scope, send_guarded, 404, _NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"})
        else:
            await self.app(scope, receive, send_guarded)


def _guarded(headers: Iterable[tuple[bytes, bytes]], *, own_rules: bool = False) -> list[tuple[bytes, bytes]]:
    """The headers of an answer as they go out; `own_rules` leaves it the Content-Security-Policy it came with.

    Only what is named by a digest may stay in a browser, and with `own_rules` what asks before every use.
    """
    kept = [(name, value) for name, value in headers if name.lower() != b"server"]
    caching = next((value for name, value in kept if name.lower() == b"cache-control"), b"")
    if b"immutable" not in caching and not (own_rules and caching == ASK_AGAIN.encode()):
        kept = [(name, value) for name, value in kept if name.lower() != b"cache-control"]
        kept.append((b"cache-control", b"no-store"))
    brought = {name.lower() for name, _ in kept} & {b"content-security-policy"} if own_rules else set()
    ours = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
    return kept + [each for each in ours if each[0] not in brought]


_NOT_FOUND = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
    f"<title>{escape(text('frame.not_found', 'vi'))}</title></head>"
    f'<body style="font:18px/1.6 sans-serif;margin:15vh auto;max-width:32em;padding:0 1em">'
    f'<p>{escape(text("frame.not_found", "vi"))}</p><p><a href="/">{escape(text("frame.go_home", "vi"))}</a></p>'
    f'<p lang="en">{escape(text("frame.not_found", "en"))}</p></body></html>'
).encode()
