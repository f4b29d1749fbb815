"""Signing in and out and setting a password: what a browser sends, and what it gets."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher

from app.server.house import House
from app.server.passwords import hash_password
from app.server.signin import SignIn
from app.server.tabs import Tabs
from core.store import accounts as a
from core.store import sessions as s
from core.store.audit import audit_log

PASSWORD = "cá vàng ghét mưa tháng ba"
SHUT = House(loopback=False, https=False, public=False)
HOST = "ward.example"


@pytest.fixture(scope="module")
def hashed() -> str:
    """The hash of PASSWORD, made once."""
    return hash_password(PASSWORD)


@pytest.fixture
def store(sqlite_store, hashed):
    """A store with the account of Lan."""
    now = datetime.now(UTC)
    a.create_account(sqlite_store, "lan", "Nguyễn Thị Lan", "staff", by="test", at=now)
    a.set_password(sqlite_store, "lan", hashed, by="test", at=now)
    return sqlite_store


def ask(
    store, path, form=None, *, query="", house=SHUT, inner=None, method=None, address="10.0.0.1", tabs=None, sso=False,
    **headers,
):
    """Status, headers and text of one request; a form is sent as a browser sends it from our own page."""
    body = urlencode(form or {}).encode()
    fields = {"host": HOST} | ({"origin": f"http://{HOST}"} if form is not None else {}) | headers
    got: dict = {"body": b""}

    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        got.update({key: value for key, value in message.items() if key != "body"})
        got["body"] += message.get("body", b"")

    scope = {
        "type": "http", "method": method or ("GET" if form is None else "POST"), "path": path,
        "query_string": query.encode(), "client": (address, 4000),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()],
    }  # fmt: skip
    app = SignIn(inner, store=lambda: store, house=house, pages=("tong-quan", "ngan-sach"), sso=sso,
                 tabs=tabs or Tabs())  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return got["status"], {name.decode(): value.decode() for name, value in got["headers"]}, got["body"].decode()


def sign_in(store, **more):
    """Lan signs in with her password."""
    return ask(store, "/dang-nhap", {"name": "lan", "password": PASSWORD}, **more)


def session_of(headers):
    """The session that a Set-Cookie header starts."""
    return a.digest(re.match(r"(?:__Host-)?ward_session=([^;]+)", headers["set-cookie"]).group(1))


@pytest.mark.parametrize("form", [
    {}, {"name": "lan"}, {"name": "lan", "password": "sai"}, {"name": "ma", "password": PASSWORD},
    {"name": "", "password": ""}, {"name": "lan'--", "password": PASSWORD}, {"name": "lan", "password": "x" * 5000},
])  # fmt: skip
def test_a_wrong_name_and_a_wrong_password_are_told_alike(store, form):
    """The page does not say which of the two was wrong, and starts no session."""
    status, headers, body = ask(store, "/dang-nhap", form)
    assert status == 401 and "set-cookie" not in headers
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in body and 'role="alert"' in body


def test_a_disabled_account_does_not_get_in(store):
    """With the right password either."""
    a.create_account(store, "an", "Lê An", "admin", by="test", at=datetime.now(UTC))
    a.switch_off(store, "lan", by="an", at=datetime.now(UTC))
    assert sign_in(store)[0] == 401


def test_an_account_without_a_password_does_not_get_in(store):
    """An empty hash fits no password."""
    a.create_account(store, "an", "Lê An", "admin", by="test", at=datetime.now(UTC))
    assert ask(store, "/dang-nhap", {"name": "an", "password": ""})[0] == 401


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://ward.example.evil.example", ""])
def test_a_form_of_another_site_is_refused(store, origin):
    """Whatever it holds; a browser names the origin of every form."""
    status, headers, _ = sign_in(store, origin=origin)
    assert status == 403 and "set-cookie" not in headers
    assert ask(store, "/dang-xuat", {}, origin=origin)[0] == 403


def test_a_huge_form_is_refused_unread(store):
    """Its password would cost memory."""
    assert ask(store, "/dang-nhap", {"name": "lan", "password": "x" * 9000})[0] == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(store, method):
    """Only showing and sending."""
    assert ask(store, "/dang-nhap", method=method)[0] == 405


def test_the_sixth_attempt_waits_even_with_the_right_password(store):
    """With the minutes to wait, from any address; every refusal is in the log."""
    for _ in range(s.WRONG_BY_NAME):
        ask(store, "/dang-nhap", {"name": "lan", "password": "sai"})
    status, headers, body = sign_in(store, address="10.0.0.2")
    assert status == 429 and 800 < int(headers["retry-after"]) <= 900 and "Chờ 15 phút" in body
    assert list(audit_log(store)["what"]).count("session.refused") == s.WRONG_BY_NAME


def test_behind_a_proxy_the_address_is_what_the_proxy_says(store):
    """Its last word, for what stands before it anybody can write."""
    proxied = House(loopback=False, https=True, public=False, proxied=True)
    sign_in(store, house=proxied, x_forwarded_for="1.1.1.1, 10.9.9.9", origin=f"https://{HOST}")
    owner = a.account_named(store, "lan")
    assert list(s.open_sessions(store, owner.id, datetime.now(UTC))["address"]) == ["10.9.9.9"]


def test_the_right_password_starts_a_session_and_leads_on(store):
    """The cookie is for this host, out of reach of scripts; under HTTPS never sent without."""
    status, headers, _ = sign_in(store, query="next=%2Fngan-sach%3Fnam%3D2020")
    assert (status, headers["location"]) == (303, "/ngan-sach?nam=2020")
    assert headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Lax")
    assert s.person_of(store, session_of(headers), datetime.now(UTC)).name == "lan"
    _, headers, _ = sign_in(store, house=House(False, True, False))
    assert headers["set-cookie"].startswith("__Host-ward_session=") and headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("wanted", [
    "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/khac", "/dang-xuat", "x", "",
    "https:///ngan-sach", "/ngan-sach/../khac", "/ngan-sach?a=\r\nSet-Cookie: b", "/ngan-sach?a=ố", " /ngan-sach",
    "//evil.example/trinh-chieu/0123456789/mac-dinh", "/trinh-chieu/", "/trinh-chieu/0123456789/",
    "/trinh-chieu/0123456789/../../evil", "/trinh-chieu/012345678/1", "/trinh-chieu/0123456789/%2e%2e",
])  # fmt: skip
def test_the_way_on_is_a_page_of_ours(store, wanted):
    """Any other wish leads to the first page."""
    assert sign_in(store, query=urlencode({"next": wanted}))[1]["location"] == "/"


@pytest.mark.parametrize("wanted", [
    "/trinh-chieu/0123456789/mac-dinh?lang=English&ve=%2Fhoi-nghi%3Fnam%3D2020", "/trinh-chieu/0123456789abcdef/12",
])  # fmt: skip
def test_the_way_on_leads_back_to_what_was_to_be_presented(store, wanted):
    """With its language and its own way back."""
    assert sign_in(store, query=urlencode({"next": wanted}))[1]["location"] == wanted


def test_signing_in_again_ends_the_session_before(store):
    """A browser holds one session, each with a token of its own."""
    first = sign_in(store)[1]
    second = sign_in(store, cookie=first["set-cookie"].split(";")[0])[1]
    assert session_of(first) != session_of(second)
    assert s.alive(store, [session_of(first), session_of(second)], datetime.now(UTC)) == {session_of(second)}


def test_signing_out_ends_the_session_and_takes_the_cookie_back(store):
    """Showing the page ends nothing; sending the form does."""
    headers = sign_in(store)[1]
    cookie = headers["set-cookie"].split(";")[0]
    assert ask(store, "/dang-xuat", cookie=cookie)[0] == 200
    assert s.person_of(store, session_of(headers), datetime.now(UTC))
    status, out, _ = ask(store, "/dang-xuat", {}, cookie=cookie)
    assert (status, out["location"]) == (303, "/dang-nhap") and "Max-Age=0" in out["set-cookie"]
    assert s.person_of(store, session_of(headers), datetime.now(UTC)) is None


def test_a_password_with_old_parameters_is_hashed_anew(store):
    """At the next sign-in, unseen."""
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    a.set_password(store, "lan", old, by="test", at=datetime.now(UTC))
    assert sign_in(store)[0] == 303
    assert "m=19456,t=2,p=1" in a.account_named(store, "lan").password and sign_in(store)[0] == 303


def test_a_dead_link_says_what_to_do(store):
    """Unknown, used or none at all."""
    for query in ("", "ma=", "ma=made-up"):
        status, _, body = ask(store, "/mat-khau", query=query)
        assert status == 410 and "Xin quản trị đường dẫn mới" in body


def test_a_link_sets_a_password_once(store):
    """All that is wrong is said at once and the link still works; then the new password alone signs in."""
    token = a.make_link(store, "lan", by="an", at=datetime.now(UTC))
    query = f"ma={token}"
    assert "Đặt mật khẩu cho Nguyễn Thị Lan" in ask(store, "/mat-khau", query=query)[2]
    status, _, body = ask(store, "/mat-khau", {"password": "ngắn quá", "again": "khác"}, query=query)
    assert status == 400 and "cần ít nhất 15" in body and "không giống nhau" in body
    good = "bốn cái ghế xanh bên sông"
    status, headers, _ = ask(store, "/mat-khau", {"password": good, "again": good}, query=query)
    assert (status, headers["location"]) == (303, "/dang-nhap?moi=1")
    assert ask(store, "/mat-khau", {"password": good, "again": good}, query=query)[0] == 410
    assert sign_in(store)[0] == 401
    assert ask(store, "/dang-nhap", {"name": "LAN ", "password": good})[0] == 303


def test_what_was_typed_comes_back_as_text(store):
    """A name that looks like markup is shown, not run; the password never comes back."""
    _, _, body = ask(store, "/dang-nhap", {"name": '"><script>alert(1)</script>', "password": "giữ kín nhé bạn"})
    assert "<script>" not in body and "&lt;script&gt;" in body and "giữ kín" not in body


def test_the_pages_speak_the_asked_language(store):
    """Vietnamese first, English on request, and each says so."""
    assert '<html lang="vi">' in ask(store, "/dang-nhap")[2]
    english = ask(store, "/dang-nhap", query="lang=English")[2]
    assert '<html lang="en">' in english and "Sign-in name" in english


def test_before_the_first_account_the_page_says_how_to_make_one(sqlite_store):
    """On the server, by the command line."""
    assert "python -m app.server account create" in ask(sqlite_store, "/dang-nhap")[2]


def test_nothing_that_is_sent_makes_the_first_account(sqlite_store):
    """Nor a password or a link for one: whoever installs does that on the command line."""
    form = {"name": "an", "full_name": "Lê An", "role": "admin", "password": PASSWORD, "again": PASSWORD, "current": ""}
    for path in ("/dang-nhap", "/dang-xuat", "/mat-khau", "/phien-cua-toi"):
        for query in ("", "ma=", "ma=made-up"):
            status, headers, _ = ask(sqlite_store, path, form, query=query, house=House(True, False, True))
            assert status in (303, 401, 410, 429) and "ward_session=;" in headers.get("set-cookie", "ward_session=;")
    assert not a.has_accounts(sqlite_store)


def test_other_addresses_are_the_apps(store, inner, call):
    """The middleware answers for its own three only."""
    assert ask(store, "/ngan-sach", inner=inner)[2] == "inner /ngan-sach"
