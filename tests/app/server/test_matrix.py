"""Every address of the built program × everybody who may come × every method, the websocket and uploads."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from app.server.gate import Gate
from app.server.guard import Guard
from app.server.house import House
from app.server.routes import right_of, routes_of
from app.server.tabs import Tabs
from core.rights import ROLES
from core.settings import ROOT
from core.store import accounts as a
from core.store import sessions as s
from tests.app.server.addresses import NEW

HOST = "ward.example"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
WITHOUT = ("nobody", "ended", "switched off")  # no account, a session signed out of, one whose account was disabled
EVERYBODY = (*WITHOUT, "public", "local", *ROLES)
LOOK = {"public", "local", *ROLES}
STAFF = {"local", "staff", "approver", "admin"}

# Who may reach what, written by hand: an address that somebody adds has no line here, and the walk below fails.
RULE: dict[str, set[str]] = {
    "/_stcore/health": set(EVERYBODY),
    "/own/x": set(EVERYBODY),
    "/dang-nhap": set(EVERYBODY),
    "/dang-xuat": set(EVERYBODY),
    "/mat-khau": set(EVERYBODY),
    "/sso/login": set(EVERYBODY),
    "/sso/callback": set(EVERYBODY),
    "/phien-cua-toi": set(ROLES),
    "/_stcore/host-config": LOOK,
    "/_stcore/stream": LOOK,
    "/_stcore/upload_file/x/x": STAFF,
    "/trinh-chieu/x": LOOK - {"public"},
    "/du-lieu-mo/x": LOOK,
    "/static/x": LOOK,
    "/scripts/x": LOOK,
    "/media/x": LOOK,
    "/": LOOK,
    "/tong-quan": LOOK,
    "/ngan-sach": LOOK,
    "/van-hoa": LOOK,
    "/thi-dua-khen-thuong": LOOK,
    "/chi-tieu": LOOK,
    "/so-sanh": LOOK,
    "/nguon-so-lieu": LOOK,
    "/tim-kiem": LOOK,
    "/hoi-nghi": LOOK - {"public"},
    "/lich-su": LOOK - {"public"},
    "/nap-bao-cao": STAFF,
    "/nhap-so-lieu": STAFF,
    "/duyet": STAFF,
    "/soat-du-thao": STAFF,
    "/bat-dau": STAFF,
    "/tai-khoan": {"admin"},
    "/nhat-ky": {"admin"},
    "/ten-nguoi": {"local", "admin"},
}
# What Streamlit would answer and we do not: its measurements, agent interface, own sign-in and components.
CLOSED = {
    "/_stcore/metrics",
    "/component/x",
    "/_stcore/bidi-components/x",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
}
UNKNOWN = {"/khac", "/tong-quan/", "/_stcore/", "/_stcore/stream/x", "//own/x", "/own", "/media", "/SSO/login", "/ "}


class Built(NamedTuple):
    """The program as it is built: its addresses, those it would have with one more route, its table of rules, what
    exists without an identity provider, and what a request passes, from the outside in.
    """

    addresses: set[str]
    with_new: set[str]
    rules: dict[str, str]
    plain: list[str]
    outer: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    """Walked once, in a process of its own."""
    got = subprocess.run(
        [sys.executable, "-m", "tests.app.server.addresses"], cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(got.stdout.splitlines()[-1])
    pages = {path + ("x" if path.endswith("/") and path != "/" else "") for path in found["rules"]}
    addresses = (set(found["walked"]) | pages) - {"/_stcore/upload_file/x"}
    return Built(addresses, set(found["with_new"]), found["rules"], found["plain"],
                 found["outer"])  # fmt: skip


def without_rule(addresses: set[str]) -> set[str]:
    """The addresses that nobody has decided about."""
    return addresses - set(RULE) - CLOSED


def test_an_address_that_nobody_decided_about_is_seen(built):
    """A route that somebody adds to the app fails the walk, and until it has a rule nobody can reach it."""
    assert without_rule(built.with_new) == {NEW}
    assert right_of(NEW, built.rules) is None


def test_every_address_of_the_built_program_has_a_rule(built):
    """Streamlit's routes, ours and every page: each is in the matrix, and the matrix has no line too many."""
    assert without_rule(built.addresses) == set()
    assert set(RULE) - built.addresses == set() and CLOSED - built.addresses == set()


def test_guard_and_gate_stand_in_front_of_everything_else(built):
    """Nothing of ours or of Streamlit's hears of a request before them."""
    assert built.outer[:2] == ["Guard", "Gate"]


def test_a_page_without_a_known_right_does_not_start():
    """A misspelt right would open a page to nobody or to all; an empty one is no right."""
    for right in ("", "lok"):
        with pytest.raises(KeyError):
            routes_of({"tong-quan": "look", "moi": right})


def test_without_a_provider_its_addresses_do_not_exist(built):
    """Nobody is sent anywhere by a program that has nowhere to send them."""
    assert not [path for path in built.plain if path.startswith("/sso")]


class Visitor(NamedTuple):
    """Somebody who comes: the gate they come to and what their browser sends."""

    gate: Guard
    headers: list[tuple[bytes, bytes]]


async def reached(scope, receive, send) -> None:
    """The app behind the gate: says that somebody got this far."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module")
def visitor(built, new_store):
    """visitor(who) -> Visitor, at a gate with the program's own table of rules."""
    with new_store("sqlite") as empty, new_store("sqlite") as store:
        cookies = {who: signed_in(store, who) for who in ("admin", *ROLES, "ended", "switched off")}
        s.end_session(store, a.digest(cookies["ended"]), why="sign_out", by="x", at=datetime.now(UTC))
        a.switch_off(store, "switched-off", by="x", at=datetime.now(UTC))

        def come(who: str) -> Visitor:
            alone = House(loopback=True, https=False, public=True)
            house = House(loopback=False, https=False, public=who == "public")
            kept = empty if who == "local" else store
            gate = Gate(reached, store=lambda: kept, house=alone if who == "local" else house, routes=built.rules,
                        tabs=Tabs())  # fmt: skip
            cookie = [(b"cookie", f"ward_session={cookies[who]}".encode())] if who in cookies else []
            headers = [(b"host", HOST.encode()), (b"origin", f"http://{HOST}".encode()), *cookie]
            return Visitor(Guard(gate, built.rules), headers)

        yield come


def signed_in(store, who: str) -> str:
    """The token of a session of somebody with a role, or who will lose theirs."""
    name, now = who.replace(" ", "-"), datetime.now(UTC)
    role = who if who in ROLES else "admin"
    owner = a.account_named(store, name) or a.create_account(store, name, who, role, by="test", at=now)
    return s.begin_session(store, owner, method="password", address="", agent="", at=now)


async def status_of(visitor: Visitor, path: str, method: str = "") -> int:
    """What somebody is answered: the status over HTTP, the closing code of a websocket where there is no method."""
    got: list[int] = []

    async def send(message) -> None:
        if message["type"] in ("http.response.start", "websocket.close"):
            got.append(message.get("status") or message["code"])

    async def receive() -> dict:
        return {"type": "http.request" if method else "websocket.connect"}

    kind = {"type": "http", "method": method} if method else {"type": "websocket"}
    await visitor.gate(kind | {"path": path, "query_string": b"", "headers": list(visitor.headers)}, receive, send)
    return got[0]


def expected(path: str, who: str) -> int:
    """What the matrix says of an address for somebody."""
    if path not in RULE:
        return 404
    if who in RULE[path]:
        return 200
    return 401 if who in (*WITHOUT, "public") else 403


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reaches_what_the_matrix_says_and_nothing_else(built, visitor, who):
    """Every address × every method, what is closed and what does not exist included."""
    comes = visitor(who)

    async def ask_all() -> list[str]:
        wrong = []
        for path in sorted(built.addresses | CLOSED | UNKNOWN):
            for method in METHODS:
                status = await status_of(comes, path, method)
                if status != expected(path, who):
                    wrong.append(f"{who} {method} {path}: {status}, expected {expected(path, who)}")
        return wrong

    assert asyncio.run(ask_all()) == []


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_opens_the_websockets_that_the_matrix_says(built, visitor, who):
    """One address has one; everywhere else it is closed before it opens, whoever comes."""
    comes = visitor(who)

    async def open_all() -> dict[str, int]:
        return {path: await status_of(comes, path) for path in built.addresses | CLOSED | UNKNOWN}

    codes = asyncio.run(open_all())
    stream = codes.pop("/_stcore/stream")
    status = expected("/_stcore/stream", who)
    assert stream == (1000 if status == 200 else 4000 + status)
    assert set(codes.values()) == {4404}
