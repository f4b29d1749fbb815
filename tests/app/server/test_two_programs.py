"""Two programs on one database: what ends a session in one closes its tabs in both, without anybody touching them."""

from __future__ import annotations

import asyncio
import shutil
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.server.__main__ import main
from app.server.gate import LEFT
from app.server.passwords import hash_password
from core.store import accounts as a
from core.store import open_store
from core.store import sessions as s
from tests.running import RunningProgram

PASSWORD, NEW = "bốn cái ghế xanh bên sông", "cá vàng ghét mưa tháng ba"
PROMISED = 20  # seconds in which a tab of another process closes; the test waits for the closing and no longer
PEOPLE = ("signs-out", "changes-password", "ends-others", "ended-by-admin", "switched-off", "stays")


@pytest.fixture(scope="module")
def database(sqlite_template, tmp_path_factory) -> str:
    """A store of its own with several people, who all have the same password."""
    path = tmp_path_factory.mktemp("two") / "ward.db"
    shutil.copy(sqlite_template, path)
    hashed, now = hash_password(PASSWORD), datetime.now(UTC)
    with open_store(f"sqlite:///{path}") as store:
        for name in ("an", *PEOPLE):
            a.create_account(store, name, name, "admin" if name == "an" else "staff", by="test", at=now)
            a.set_password(store, name, hashed, by="test", at=now)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def programs(database):
    """Both, running."""
    both = [RunningProgram(database) for _ in range(2)]
    yield both
    for each in both:
        each.stop()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        """Follow nothing."""


def send(program, path: str, cookie: str = "", **form: str) -> tuple[int, str]:
    """Status and new cookie of a form sent from the program's own page."""
    body = urllib.parse.urlencode(form).encode()
    asked = urllib.request.Request(program.url + path, body, {"Origin": program.url, "Cookie": cookie})
    try:
        urllib.request.build_opener(_Stay).open(asked)
    except urllib.error.HTTPError as answer:
        return answer.code, (answer.headers["Set-Cookie"] or "").split(";")[0]
    return 200, ""


def sign_in(program, name: str) -> str:
    """The cookie of a new session."""
    status, cookie = send(program, "/dang-nhap", name=name, password=PASSWORD)
    assert status == 303
    return cookie


def opened(program, cookie: str):
    """A tab: the websocket that a page of the program opens."""
    return connect(program.url.replace("http", "ws") + "/_stcore/stream", origin=program.url,
                   additional_headers={"Cookie": cookie}, max_size=None)  # fmt: skip


async def farewell(tab) -> int:
    """The code with which a tab is closed, whatever it is sent before."""
    try:
        while True:
            await tab.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code


def test_a_tab_closes_in_both_programs_when_its_session_ends_in_one(programs, database, monkeypatch, capsys):
    """Sign-out, a changed password, one's other sessions ended, ended by the administrator, switched off."""
    here, there = programs
    monkeypatch.setenv("DATABASE_URL", database)
    cookies = {name: sign_in(there, name) for name in PEOPLE}

    def end_them() -> None:
        assert send(here, "/dang-xuat", cookies["signs-out"])[0] == 303
        form = {"current": PASSWORD, "password": NEW, "again": NEW}
        assert send(here, "/mat-khau", cookies["changes-password"], **form)[0] == 303
        assert send(here, "/phien-cua-toi", sign_in(here, "ends-others"), all="1")[0] == 303
        with open_store(database) as store:
            owner = a.account_named(store, "ended-by-admin")
            s.end_sessions_of(store, owner.id, why="by_admin", by="an", at=datetime.now(UTC))
        assert main(["account", "off", "switched-off"]) == 0

    async def watch() -> dict[str, int]:
        tabs = {name: await opened(program, cookies[name]) for name in PEOPLE for program in [there]}
        beside = {name: await opened(here, cookies[name]) for name in ("signs-out", "changes-password")}
        waiting = {name: asyncio.ensure_future(farewell(tab)) for name, tab in tabs.items()}
        at_once = [asyncio.ensure_future(farewell(tab)) for tab in beside.values()]
        await asyncio.to_thread(end_them)
        async with asyncio.timeout(PROMISED):
            codes = {name: await each for name, each in waiting.items() if name != "stays"}
            assert await asyncio.gather(*at_once) == [LEFT, LEFT]
        assert not waiting["stays"].done()
        await tabs["stays"].close()
        return codes

    assert asyncio.run(watch()) == dict.fromkeys(PEOPLE[:-1], LEFT)
    capsys.readouterr()


def test_a_session_of_one_program_is_known_to_the_other(programs):
    """And its cookie is dead in both once it is signed out of in one."""
    here, there = programs
    cookie = sign_in(here, "stays")
    assert send(there, "/phien-cua-toi", cookie, session="x")[0] == 303
    send(there, "/dang-xuat", cookie)
    assert send(here, "/phien-cua-toi", cookie, session="x")[0] == 401


def test_guesses_at_one_program_are_counted_by_the_other(programs, database):
    """And by one that is started afterwards: a restart buys no guesses; nobody else has to wait."""
    here, there = programs
    for number in range(s.WRONG_BY_NAME):
        assert send((here, there)[number % 2], "/dang-nhap", name="an", password="sai")[0] == 401
    again = RunningProgram(database)
    for program in (here, there, again):
        assert send(program, "/dang-nhap", name="an", password=PASSWORD)[0] == 429
    assert send(again, "/dang-nhap", name="stays", password=PASSWORD)[0] == 303
    again.stop()
