"""One's own password and sessions: changed and ended by their owner alone, and at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.server.tabs import Tabs
from core.store import accounts as a
from core.store import sessions as s
from core.store.audit import audit_log
from tests.app.server.test_signin import HOST, PASSWORD, ask, hashed, session_of, sign_in, store

__all__ = ["hashed", "store"]  # fixtures
NEW = "bốn cái ghế xanh bên sông"


def cookie_of(headers) -> str:
    """What the browser sends back of a Set-Cookie header."""
    return headers["set-cookie"].split(";")[0]


def change(store, cookie, current=PASSWORD, new=NEW, again=NEW, **more):
    """The form for a new password, sent."""
    return ask(store, "/mat-khau", {"current": current, "password": new, "again": again}, cookie=cookie, **more)


@pytest.mark.parametrize("cookie", ["", "ward_session=made-up"])
def test_without_a_session_there_is_no_password_to_change(store, cookie):
    """Neither is the form shown nor a sent one taken."""
    assert ask(store, "/mat-khau", cookie=cookie)[0] == 410
    assert change(store, cookie)[0] == 410 and sign_in(store)[0] == 303


def test_a_wrong_current_password_changes_nothing_and_counts_as_an_attempt(store):
    """After five of them the right one has to wait too, here and at the sign-in page."""
    cookie = cookie_of(sign_in(store)[1])
    for _ in range(s.WRONG_BY_NAME):
        status, _, body = change(store, cookie, current="sai")
        assert status == 401 and "Mật khẩu đang dùng không đúng." in body
    status, headers, _ = change(store, cookie)
    assert status == 429 and int(headers["retry-after"]) > 800
    assert sign_in(store)[0] == 429
    assert list(audit_log(store)["what"]).count("session.refused") == s.WRONG_BY_NAME


def test_a_weak_a_differing_and_the_same_password_are_refused_together(store):
    """Everything wrong is said at once, and the session goes on."""
    cookie = cookie_of(sign_in(store)[1])
    status, _, body = change(store, cookie, new="ngắn", again="khác")
    assert status == 400 and "cần ít nhất 15" in body and "không giống nhau" in body
    assert "giống mật khẩu đang dùng" in change(store, cookie, new=PASSWORD, again=PASSWORD)[2]
    assert ask(store, "/phien-cua-toi", cookie=cookie)[0] == 200


def test_a_form_of_another_site_changes_no_password_and_ends_no_session(store):
    """A browser names the origin of every form."""
    cookie = cookie_of(sign_in(store)[1])
    assert change(store, cookie, origin="http://evil.example")[0] == 403
    assert ask(store, "/phien-cua-toi", {"all": "1"}, cookie=cookie, origin="http://evil.example")[0] == 403


def test_a_changed_password_ends_every_session_and_this_browser_gets_a_new_one(store):
    """The old cookie is dead in this browser as well; the new password alone signs in; the log has it."""
    here, elsewhere = sign_in(store)[1], sign_in(store, user_agent="Firefox/140 Windows")[1]
    status, headers, _ = change(store, cookie_of(here))
    assert (status, headers["location"]) == (303, "/phien-cua-toi?moi=1")
    tokens = [session_of(each) for each in (here, elsewhere, headers)]
    assert s.alive(store, tokens, datetime.now(UTC)) == {session_of(headers)}
    assert sign_in(store)[0] == 401 and ask(store, "/dang-nhap", {"name": "lan", "password": NEW})[0] == 303
    assert list(audit_log(store, who="lan", what="account.password")["target"]) == ["lan"]


def test_who_comes_through_the_organisation_has_no_password_to_change(store):
    """The page says where it is changed and shows no form; a sent one changes nothing."""
    now = datetime.now(UTC)
    a.use_link_for_subject(store, a.make_link(store, "lan", by="an", at=now), "https://id.example 1", now)
    owner = a.account_named(store, "lan")
    token = s.begin_session(store, owner, method="oidc", address="", agent="", at=now)
    body = ask(store, "/mat-khau", cookie=f"ward_session={token}")[2]
    assert "tài khoản của cơ quan" in body and "<input" not in body
    change(store, f"ward_session={token}", current="")
    assert a.account_named(store, "lan").password == ""


def test_sessions_are_listed_with_device_address_and_times(store):
    """The one looked from is marked and has no button; one that has lain idle is not there."""
    owner, now = a.account_named(store, "lan"), datetime.now(UTC)
    s.begin_session(store, owner, method="password", address="10.0.0.9", agent="old", at=now - timedelta(hours=1))
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0"
    sign_in(store, user_agent=edge, address="10.0.0.7")
    cookie = cookie_of(sign_in(store, user_agent="<b>Firefox/141.0")[1])
    body = ask(store, "/phien-cua-toi", cookie=cookie)[2]
    assert "Edge, Windows" in body and "10.0.0.7" in body and "10.0.0.9" not in body
    assert body.count("<li>") == 2 and body.count('name="session"') == 1
    assert re.search(r"<b>Firefox</b> <span class=\"mark\">phiên này</span>", body)


def test_the_page_of_sessions_holds_no_token_and_no_digest(store):
    """Nothing that stands for a session elsewhere."""
    first, second = sign_in(store)[1], sign_in(store)[1]
    body = ask(store, "/phien-cua-toi", cookie=cookie_of(second))[2]
    for headers in (first, second):
        assert session_of(headers) not in body and cookie_of(headers).split("=")[1] not in body


class Noted(Tabs):
    """Tabs that keep what they were told to close."""

    closed: tuple = ()

    def close(self, sessions) -> None:
        """Keep it."""
        self.closed = (*self.closed, *sessions)


def test_one_session_and_all_others_are_ended_with_their_tabs(store):
    """By a button each; the one that ends them stays."""
    tabs = Noted()
    first, second, third, here = (sign_in(store)[1] for _ in range(4))
    cookie = cookie_of(here)
    answered = ask(store, "/phien-cua-toi", {"session": session_of(first)[:16]}, cookie=cookie, tabs=tabs)
    assert answered[:2][0] == 303 and tabs.closed == (session_of(first),)
    tokens = [session_of(each) for each in (first, second, third, here)]
    assert s.alive(store, tokens, datetime.now(UTC)) == set(tokens[1:])
    ask(store, "/phien-cua-toi", {"all": "1"}, cookie=cookie, tabs=tabs)
    assert s.alive(store, tokens, datetime.now(UTC)) == {tokens[3]} and set(tabs.closed) == set(tokens[:3])
    assert list(audit_log(store, what="session.all_ended")["target"]) == ["lan"]


def test_nobody_ends_a_session_of_somebody_else(store):
    """Whatever the form says."""
    now = datetime.now(UTC)
    other = a.create_account(store, "an", "Lê An", "admin", by="test", at=now)
    token = a.digest(s.begin_session(store, other, method="password", address="", agent="", at=now))
    cookie = cookie_of(sign_in(store)[1])
    for form in ({"session": token[:16]}, {"session": token}, {"session": ""}, {"all": "1"}, {}):
        assert ask(store, "/phien-cua-toi", form, cookie=cookie)[0] == 303
    assert s.alive(store, [token], now) == {token}


def test_the_sign_in_page_says_who_is_signed_in_already(store):
    """A tab that was sent there finds its way back."""
    cookie = cookie_of(sign_in(store)[1])
    assert "đang đăng nhập với tên Nguyễn Thị Lan" in ask(store, "/dang-nhap", cookie=cookie)[2]
    assert sign_in(store, query="next=%2Fphien-cua-toi", host=HOST)[1]["location"] == "/phien-cua-toi"
