"""A caller of ASGI apps and the real program, for the tests of the server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import streamlit

from tests.running import RunningProgram


@dataclass
class Answer:
    """What an ASGI app sent back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@pytest.fixture
def call():
    """Call an ASGI app once: call(app, path, method="GET", query="", headers={}) -> Answer."""

    def once(app, path: str, method: str = "GET", query: str = "", kind: str = "http", **headers: str) -> Answer:
        got = Answer()

        async def send(message: dict) -> None:
            if message["type"] == "websocket.close":
                got.status = message["code"]
            if message["type"] == "http.response.start":
                got.status = message["status"]
                got.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            got.body += message.get("body", b"")

        async def receive() -> dict:
            return {"type": f"{kind}.request"}

        fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": kind, "method": method, "path": path, "query_string": query.encode(), "headers": fields}
        asyncio.run(app(scope, receive, send))
        return got

    return once


@pytest.fixture
def inner():
    """The app behind the one under test: says where it was reached and sets a header of its own."""

    async def app(scope, receive, send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        headers = [(b"content-type", b"text/plain"), (b"cache-control", b"public, max-age=60")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"inner " + scope["path"].encode()})

    return app


@pytest.fixture(scope="session")
def streamlit_static() -> Path:
    """Streamlit's own folder of scripts and styles."""
    return Path(streamlit.__file__).parent / "static"


@pytest.fixture(scope="module")
def program(sqlite_template):
    """The real program over an empty store."""
    running = RunningProgram(f"sqlite:///{sqlite_template}")
    yield running
    running.stop()
