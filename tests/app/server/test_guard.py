"""The door: closed addresses do not exist, every answer carries the security headers."""

from __future__ import annotations

import pytest

from app.server.guard import SECURITY, Guard
from app.server.routes import routes_of

CLOSED = (
    "/_stcore/metrics",
    "/_stcore/agent/mcp",
    "/_stcore/agent/interact",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/x",
    "/_stcore/health/",
    "/auth/login",
    "/oauth2callback",
    "/app/static/x",
    "/component/x/index.html",
    "/ngan-sach/_stcore/metrics",
    "/ngan-sach/",
    "/khac",
    "//evil.example",
    "/.git/config",
)


@pytest.fixture
def guard(inner) -> Guard:
    """The door in front of an app with two pages."""
    return Guard(inner, routes_of({"tong-quan": "look", "ngan-sach": "look"}))


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_a_closed_address_does_not_exist(call, guard, path, method):
    """Streamlit's metrics, agent interface, sign-in and components, and whatever is not listed."""
    got = call(guard, path, method=method)
    assert got.status == 404 and b"inner" not in got.body


def test_a_foreign_websocket_is_refused_before_it_opens(call, guard):
    """Only Streamlit's stream is a websocket here."""
    assert call(guard, "/_stcore/other", kind="websocket").status == 4404
    assert call(guard, "/_stcore/stream", kind="websocket").status == 1000


NEEDED = ("/", "/tong-quan", "/ngan-sach", "/_stcore/health", "/static/js/a.js", "/media/x.csv", "/scripts/vi/a",
          "/_stcore/upload_file/a/b")


@pytest.mark.parametrize("path", NEEDED)
def test_what_the_screens_need_is_open(call, guard, path):
    """Pages, scripts, downloads and the stream's companions."""
    assert call(guard, path).body == b"inner " + path.encode()


@pytest.mark.parametrize("path", ["/", "/khac"])
def test_every_answer_carries_the_security_headers(call, guard, path):
    """Also the refusals."""
    headers = call(guard, path).headers
    assert {name.lower(): value for name, value in SECURITY.items()}.items() <= headers.items()


def test_no_script_may_come_from_elsewhere_or_from_the_page_itself():
    """Neither other hosts nor inline scripts nor evaluated text."""
    policy = SECURITY["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe-eval" not in policy and "http" not in policy


def test_only_what_is_named_by_a_digest_stays_in_the_browser(call, guard, inner):
    """Another keeping that the app asks for is overruled."""
    assert call(guard, "/").headers["cache-control"] == "no-store"

    async def immutable(scope, receive, send) -> None:
        headers = [(b"cache-control", b"public, max-age=31536000, immutable")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    assert "immutable" in call(Guard(immutable, routes_of({"tong-quan": "look"})), "/own/1/a").headers["cache-control"]
