"""The gate lets in whom it knows, tells Streamlit who it is, and closes tabs whose session has ended."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from app.server.gate import LEFT, Gate
from app.server.house import House
from app.server.routes import SIGN_IN, STREAM, UPLOAD, routes_of
from app.server.tabs import Tabs
from core.store import accounts as a
from core.store import sessions as s
from core.store.audit import audit_log

ROUTES = routes_of({"tong-quan": "look", "nhap-lieu": "enter", "duyet": "approve", "tai-khoan": "accounts"})
SHUT = House(loopback=False, https=False, public=False)
OPEN = House(loopback=False, https=False, public=True)
ALONE = House(loopback=True, https=False, public=True)
HOST = "ward.example"


def seen(app_state: list):
    """An app that keeps what it was told of the visitor, and talks with a websocket until told to go."""

    async def app(scope, receive, send) -> None:
        told = dict(scope["headers"]).get(b"x-ward-session", b"").decode()
        app_state.append(told)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": told.encode()})

    return app


def gate(store, house=SHUT, told=None, tabs=None, farewell=b"bye"):
    """A gate in front of such an app."""
    app = seen([] if told is None else told)
    return Gate(app, store=lambda: store, house=house, routes=ROUTES, farewell=farewell, tabs=tabs or Tabs())


def cookie_for(store, role):
    """The cookie of somebody signed in with a role."""
    name = f"a-{role}"
    owner = a.account_named(store, name) or a.create_account(
        store, name, role.title(), role, by="test", at=datetime.now(UTC)
    )
    token = s.begin_session(
        store, owner, method="password", address="127.0.0.1", agent="Firefox", at=datetime.now(UTC)
    )
    return token, f"ward_session={token}"


def test_a_visitor_without_a_session_is_sent_to_sign_in_and_back(call, sqlite_store):
    """With the way back in the address; a script or a picture gets a bare refusal."""
    got = call(gate(sqlite_store), "/tong-quan", query="nam=2020&lang=English", accept="text/html,*/*")
    assert got.status == 303
    assert got.headers["location"] == f"{SIGN_IN}?next=%2Ftong-quan%3Fnam%3D2020%26lang%3DEnglish"
    assert call(gate(sqlite_store), "/static/js/a.js").status == 401


def test_nobody_can_say_who_they_are(call, sqlite_store):
    """A header of ours sent by a browser, in any capitals, is dropped."""
    got = call(gate(sqlite_store, OPEN), "/tong-quan", X_Ward_Session="forged", x_ward_role="admin")
    assert got.status == 200 and got.body == b"public"


BROKEN = ("ward_session=made-up", "ward_session=", "ward_session", ";;=;", "a=b; =", "\x7f=1")


@pytest.mark.parametrize("cookie", BROKEN)
def test_a_cookie_that_is_no_session_is_nobody(call, sqlite_store, cookie):
    """Made up, empty or broken."""
    assert call(gate(sqlite_store), "/tong-quan", cookie=cookie).status == 401


def test_the_digest_of_a_token_is_no_token(call, sqlite_store):
    """Who reads the database, or a page, cannot sign in with what stands there."""
    token, _ = cookie_for(sqlite_store, "admin")
    assert call(gate(sqlite_store), "/tong-quan", cookie=f"ward_session={a.digest(token)}").status == 401


def test_streamlit_is_told_the_session_and_not_the_token(call, sqlite_store):
    """The digest stands for the session; the token stays in the browser."""
    token, cookie = cookie_for(sqlite_store, "staff")
    assert call(gate(sqlite_store), "/tong-quan", cookie=cookie).body.decode() == a.digest(token)


def test_until_the_first_account_the_computers_own_user_does_everything(call, sqlite_store):
    """On a server that only this computer reaches; with an account they are a visitor like any other."""
    assert call(gate(sqlite_store, ALONE), "/nhap-lieu").body == b"local"
    assert call(gate(sqlite_store, OPEN), "/nhap-lieu").status == 401
    cookie_for(sqlite_store, "admin")
    assert call(gate(sqlite_store, ALONE), "/nhap-lieu").status == 401
    assert call(gate(sqlite_store, ALONE), "/tong-quan").body == b"public"


def websocket(app, script, **headers):
    """Run a websocket against an app; `script(tab)` drives it. The messages the app sent."""

    async def run():
        incoming: asyncio.Queue = asyncio.Queue()
        sent: list[dict] = []
        fields = [(name.encode(), value.encode()) for name, value in ({"host": HOST} | headers).items()]
        scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": fields}
        await incoming.put({"type": "websocket.connect"})

        async def send(message):
            sent.append(message)

        running = asyncio.ensure_future(app(scope, incoming.get, send))
        await script(incoming, sent, running)
        await asyncio.wait_for(running, 10)
        return sent

    return asyncio.run(run())


async def until(holds):
    """Let the loop turn until something holds."""
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def nothing(incoming, sent, running):
    """Wait for the app's own end."""


@pytest.mark.parametrize("origin", [None, "http://evil.example", "http://ward.example.evil.example", "null"])
def test_a_websocket_from_elsewhere_is_refused_before_it_opens(sqlite_store, origin):
    """Another site's page, a sandboxed one, and a program that does not say where it comes from."""
    _, cookie = cookie_for(sqlite_store, "admin")
    headers = {"cookie": cookie} | ({"origin": origin} if origin else {})
    sent = websocket(gate(sqlite_store), nothing, **headers)
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_websocket_without_a_session_is_refused(sqlite_store):
    """Before it opens."""
    sent = websocket(gate(sqlite_store), nothing, origin=f"http://{HOST}")
    assert sent == [{"type": "websocket.close", "code": 4401}]


def test_signing_out_here_closes_the_tab_at_once(sqlite_store):
    """Told from another thread; the tab gets the farewell first."""
    tabs = Tabs()
    token, cookie = cookie_for(sqlite_store, "staff")

    async def sign_out(incoming, sent, running):
        await until(lambda: sent and tabs.sessions())
        await asyncio.to_thread(tabs.close, [a.digest(token)])

    sent = websocket(gate(sqlite_store, tabs=tabs), sign_out, cookie=cookie, origin=f"http://{HOST}")
    assert sent[1:] == [{"type": "websocket.send", "bytes": b"bye"}, {"type": "websocket.close", "code": LEFT}]
    assert tabs.sessions() == set()


def test_a_change_of_accounts_in_this_process_is_looked_at_at_once(sqlite_store):
    """The watch does not sleep through it: nothing is waited for here but the farewell."""
    tabs = Tabs()
    cookie_for(sqlite_store, "admin")
    _, cookie = cookie_for(sqlite_store, "staff")

    async def switch_off(incoming, sent, running):
        await until(lambda: sent and tabs.sessions())
        await asyncio.to_thread(a.switch_off, sqlite_store, "a-staff", by="a-admin", at=datetime.now(UTC))
        while not running.done():
            await asyncio.to_thread(tabs.look_now)
            await asyncio.sleep(0.01)

    sent = websocket(gate(sqlite_store, tabs=tabs), switch_off, cookie=cookie, origin=f"http://{HOST}")
    assert sent[-1] == {"type": "websocket.close", "code": LEFT}


@pytest.mark.parametrize("how", ["sign_out", "disabled"])
def test_a_session_ended_by_another_process_is_closed_by_the_watch(sqlite_store, how, monkeypatch):
    """The database alone says so."""
    monkeypatch.setattr("app.server.gate.CHECK_EVERY", 0.02)
    tabs = Tabs()
    cookie_for(sqlite_store, "admin")
    token, cookie = cookie_for(sqlite_store, "staff")

    async def end(incoming, sent, running):
        await until(lambda: sent and tabs.sessions())
        if how == "sign_out":
            s.end_session(sqlite_store, a.digest(token), why=how, by="a-staff", at=datetime.now(UTC))
        else:
            a.switch_off(sqlite_store, "a-staff", by="a-admin", at=datetime.now(UTC))

    sent = websocket(gate(sqlite_store, tabs=tabs), end, cookie=cookie, origin=f"http://{HOST}")
    assert sent[-1] == {"type": "websocket.close", "code": LEFT}


def test_a_tab_that_is_closed_by_its_reader_is_forgotten(sqlite_store):
    """Nothing is left behind, and its clicks counted as use."""
    tabs = Tabs()
    _, cookie = cookie_for(sqlite_store, "staff")

    async def close(incoming, sent, running):
        await until(lambda: bool(sent))
        await incoming.put({"type": "websocket.receive", "bytes": b"click"})
        await incoming.put({"type": "websocket.disconnect", "code": 1001})

    websocket(gate(sqlite_store, tabs=tabs), close, cookie=cookie, origin=f"http://{HOST}")
    assert tabs.sessions() == set()


def test_a_signed_in_person_who_is_refused_leaves_one_entry_a_minute(call, sqlite_store):
    """Of whom, which address and which right was wanting; nobody and the public leave none, so that none can flood."""
    _, cookie = cookie_for(sqlite_store, "viewer")
    for path in ("/tai-khoan", "/duyet", "/tai-khoan", "/tong-quan"):
        call(gate(sqlite_store), path, cookie=cookie)
    call(gate(sqlite_store), "/tai-khoan")
    call(gate(sqlite_store, OPEN), "/tai-khoan")
    log = audit_log(sqlite_store, what="access.refused")
    assert log[["who", "target", "detail"]].to_numpy().tolist() == [
        ["a-viewer", "/duyet", '{"why": ["approve"]}'], ["a-viewer", "/tai-khoan", '{"why": ["accounts"]}']
    ]  # fmt: skip


def test_a_foreign_page_that_opens_the_websocket_of_a_signed_in_person_is_written_down(call, sqlite_store):
    """So is an upload by somebody who may not enter: once, whatever names are made up."""
    _, cookie = cookie_for(sqlite_store, "viewer")
    call(gate(sqlite_store), STREAM, cookie=cookie, origin="http://evil.example", host=HOST, kind="websocket")
    for name in ("a", "b"):
        call(gate(sqlite_store), UPLOAD + name, method="PUT", cookie=cookie)
    log = audit_log(sqlite_store, what="access.refused")
    assert log["target"].tolist() == [UPLOAD, STREAM]
    assert log["detail"].iloc[1] == '{"why": ["foreign_page"]}'
