"""Signing in through an organisation's provider ends in the same session, or in a sentence and nobody signed in."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from app.server.house import House
from app.server.sso import SingleSignOn
from app.server.tabs import Tabs
from core.errors import FaultError
from core.settings import OIDC, ROOT, IdentityProvider, Settings
from core.store import accounts as a
from core.store import sessions as s
from core.store.audit import audit_log
from tests.app.server.test_signin import HOST, SHUT, ask
from tests.provider import CLIENT, SECRET, SmallProvider

SAME = {"sec_fetch_site": "same-origin"}


@pytest.fixture(scope="module")
def running():
    """A provider that runs."""
    provider = SmallProvider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running):
    """The same, honest again, with somebody called sub-lan signed in there."""
    running.be_honest()
    running.subject = "sub-lan"
    return running


@pytest.fixture
def store(sqlite_store, provider):
    """A store in which Lan's account is tied to sub-lan."""
    now = datetime.now(UTC)
    a.create_account(sqlite_store, "an", "Lê An", "admin", by="test", at=now)
    a.create_account(sqlite_store, "lan", "Nguyễn Thị Lan", "staff", by="test", at=now,
                     subject=f"{provider.url} sub-lan")  # fmt: skip
    return sqlite_store


class Browser:
    """A browser at our two addresses: keeps the cookies it is given, goes to the provider and comes back."""

    def __init__(self, store, provider, house=SHUT):
        settings = IdentityProvider(provider.url, CLIENT, SECRET)
        self.app = SingleSignOn(
            None, store=lambda: store, house=house, pages=("tong-quan", "ngan-sach"), settings=settings, tabs=Tabs()
        )
        self.cookies: dict[str, str] = {}

    def get(self, path: str, query: str = "", method: str = "GET", **headers: str) -> tuple[int, str, str]:
        """Status, Location and text of one request."""
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        fields = {"host": HOST, "cookie": jar, "user-agent": "Firefox/145.0"} | headers
        got: dict = {"body": b""}

        async def send(message) -> None:
            got.update({key: value for key, value in message.items() if key != "body"})
            got["body"] += message.get("body", b"")

        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "client": ("10.0.0.1", 1),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()],
        }  # fmt: skip
        asyncio.run(self.app(scope, None, send))
        location = ""
        for name, value in got["headers"]:
            location = value.decode() if name == b"location" else location
            if name == b"set-cookie":
                key, _, kept = value.decode().split(";")[0].partition("=")
                self.cookies.pop(key, None) if "Max-Age=0" in value.decode() else self.cookies.update({key: kept})
        return got["status"], location, got["body"].decode()

    def start(self, query: str = "", **headers: str) -> tuple[int, str, str]:
        """Press the button."""
        return self.get("/sso/login", query, **headers)

    def sign_in(self, query: str = "", change=lambda back: back, **headers: str) -> tuple[int, str, str]:
        """Press the button, sign in at the provider, come back with what `change` makes of the query."""
        _, location, _ = self.start(query, **headers)
        return self.get("/sso/callback", change(urlsplit(at_provider(location)).query))

    @property
    def session(self) -> str:
        """The digest of the session this browser holds, "" without one."""
        token = self.cookies.get("ward_session", "")
        return a.digest(token) if token else ""


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        """Follow nothing."""


def at_provider(url: str) -> str:
    """Where the provider sends a browser that comes with this address."""
    try:
        urllib.request.build_opener(_Stay).open(url)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"] or pytest.fail(answer.read().decode())
    return pytest.fail("the provider kept the visitor")


@pytest.fixture
def browser(store, provider):
    """A visitor's browser."""
    return Browser(store, provider)


def nobody_is_signed_in(browser, store) -> bool:
    """Neither a cookie nor a row in the store."""
    lan = a.account_named(store, "lan")
    return not browser.session and s.open_sessions(store, lan.id, datetime.now(UTC)).empty


WRONG_STATES = (
    lambda back: re.sub(r"state=[^&]+", "state=other", back),
    lambda back: re.sub(r"state=[^&]+&", "", back),
    lambda back: re.sub(r"state=[^&]+", "state=", back),
    lambda back: "",
)


@pytest.mark.parametrize("change", WRONG_STATES)
def test_a_wrong_state_signs_nobody_in(browser, store, provider, change):
    """Somebody else's way back, sent to this browser; the code is not even shown to the provider."""
    before = provider.asked.count("/token")
    status, _, body = browser.sign_in(change=change)
    assert status == 400 and "bắt đầu ở trình duyệt khác" in body and 'role="alert"' in body
    assert nobody_is_signed_in(browser, store) and provider.asked.count("/token") == before


def test_a_way_back_that_this_browser_did_not_begin_signs_nobody_in(browser, store, provider):
    """Another browser has no cookie for it, and with its own cookie the state is another."""
    _, location, _ = browser.start()
    back = urlsplit(at_provider(location)).query
    stranger = Browser(store, provider)
    assert stranger.get("/sso/callback", back)[0] == 400
    stranger.start()
    assert stranger.get("/sso/callback", back)[0] == 400 and nobody_is_signed_in(stranger, store)


def test_a_code_works_once(browser, store):
    """The cookie of the way there is gone after it; with it kept, the provider refuses the code."""
    _, location, _ = browser.start()
    kept, back = dict(browser.cookies), urlsplit(at_provider(location)).query
    assert browser.get("/sso/callback", back)[0] == 303 and set(browser.cookies) == {"ward_session"}
    assert browser.get("/sso/callback", back)[0] == 400
    browser.cookies = kept
    status, _, body = browser.get("/sso/callback", back)
    assert status == 403 and "không xác nhận" in body


def test_a_stolen_code_is_worth_nothing_without_the_verifier(browser, store, provider):
    """PKCE: the provider compares what the code was asked for with (RFC 7636)."""
    _, location, _ = browser.start()
    name, value = next(iter(browser.cookies.items()))
    browser.cookies[name] = re.sub(r"verifier=[^&]+", "verifier=" + "x" * 48, value)
    assert browser.get("/sso/callback", urlsplit(at_provider(location)).query)[0] == 403
    assert nobody_is_signed_in(browser, store)


LIES = {
    "another nonce": {"nonce": "other"},
    "no nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": 5},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "made for another program": {"aud": "other"},
    "made for others besides, and one of them asked": {"aud": [CLIENT, "other"], "azp": "other"},
    "no audience": {"aud": None},
    "expired": {"exp": 1},
    "expired a while ago": {"exp": int(time.time()) - 120},
    "never expires": {"exp": None},
    "of tomorrow": {"iat": int(time.time()) + 86_400},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": 7},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=LIES.keys())
def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in(browser, store, provider, claims):
    """Nonce, issuer, audience and times are checked; what is wrong stands in the server's log."""
    provider.claims = claims
    status, _, body = browser.sign_in()
    assert status == 502 and "không đáng tin" in body and nobody_is_signed_in(browser, store)


FORGED = {
    "another key": ({"alg": "RS256", "kid": "1"}, RSAKey.generate_key(2048)),
    "another key of another name": ({"alg": "RS256", "kid": "2"}, RSAKey.generate_key(2048)),
    "our own secret": ({"alg": "HS256", "kid": "1"}, OctKey.import_key(SECRET)),
    "nothing": ({"alg": "none"}, OctKey.import_key("x" * 32)),
}


@pytest.mark.parametrize(("header", "key"), FORGED.values(), ids=FORGED.keys())
def test_a_token_signed_with_something_else_signs_nobody_in(browser, store, provider, header, key):
    """Only keys that the provider publishes count, and only those that it alone can sign with."""
    provider.header, provider.signs_with = header, key
    status, _, body = browser.sign_in()
    assert status == 502 and "không đáng tin" in body and nobody_is_signed_in(browser, store)


def test_a_provider_that_calls_itself_otherwise_is_not_asked_any_further(browser, store, provider):
    """Neither in its description nor in the address that leads back (RFC 9207)."""
    other = urlencode({"iss": "https://evil.example"})
    assert browser.sign_in(change=lambda back: re.sub(r"iss=[^&]+", other, back))[0] == 502
    provider.place = {"issuer": "https://evil.example"}
    status, location, body = browser.start()
    assert (status, location) == (502, "") and "không đáng tin" in body and nobody_is_signed_in(browser, store)


def test_a_provider_that_does_not_say_where_to_go_is_a_sentence(browser, provider):
    """A place that is missing, and one that is no address."""
    for place in (None, 5, []):
        provider.place = {"authorization_endpoint": place}
        assert browser.start()[0] == 502


BROKEN = ((500, "oops"), (200, "not json"), (200, "[]"), (404, ""), (302, ""))


@pytest.mark.parametrize("answer", BROKEN, ids=str)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_answers_nonsense_is_a_sentence(browser, store, provider, path, answer):
    """At each of its addresses; no trace, nobody signed in."""
    provider.broken = {path: answer}
    status, _, body = browser.start() if path.startswith("/.well") else browser.sign_in()
    assert status in (403, 502) and 'role="alert"' in body and nobody_is_signed_in(browser, store)


def test_a_provider_that_is_down_is_a_sentence(store):
    """Before the visitor leaves and when they come back; it says whom to ask for another way in."""
    gone = SmallProvider()
    browser = Browser(store, gone)
    _, location, _ = browser.start()
    back = urlsplit(at_provider(location)).query
    gone.stop()
    for status, _, body in (browser.get("/sso/callback", back), browser.start()):
        assert status == 502 and "Không hỏi được" in body and "xin quản trị" in body
    assert nobody_is_signed_in(browser, store)


def test_somebody_who_refuses_at_the_provider_is_not_signed_in(browser, store):
    """The provider says so in the way back."""
    status, _, body = browser.sign_in(change=lambda back: re.sub(r"code=[^&]+", "error=access_denied", back))
    assert status == 403 and "không xác nhận" in body and nobody_is_signed_in(browser, store)


def test_somebody_unknown_here_is_told_whom_to_ask_and_gets_no_account(browser, store, provider):
    """Not even with the name of one there is; the log keeps it."""
    provider.subject = "lan"
    provider.claims = {"preferred_username": "lan", "email": "an@ward.example", "email_verified": True}
    status, _, body = browser.sign_in()
    assert status == 403 and "Xin quản trị một đường dẫn" in body
    assert nobody_is_signed_in(browser, store) and len(a.all_accounts(store)) == 2
    refused = audit_log(store, what="session.refused")["detail"]
    assert len(refused) == 1 and '"why": "unknown"' in refused[0]


def test_the_same_subject_at_another_issuer_is_another_person(sqlite_store, provider):
    """A subject is worth something with its issuer only."""
    a.create_account(sqlite_store, "lan", "Nguyễn Lan", "admin", by="test", at=datetime.now(UTC),
                     subject="https://other.example sub-lan")  # fmt: skip
    browser = Browser(sqlite_store, provider)
    assert browser.sign_in()[0] == 403 and nobody_is_signed_in(browser, sqlite_store)


def test_a_disabled_account_does_not_get_in_this_way_either(browser, store):
    """And the log says who tried."""
    a.switch_off(store, "lan", by="an", at=datetime.now(UTC))
    status, _, body = browser.sign_in()
    assert status == 403 and "đã khóa" in body and nobody_is_signed_in(browser, store)
    assert list(audit_log(store, what="session.refused")["who"]) == ["lan"]


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "DELETE"])
def test_other_methods_are_refused(browser, method):
    """Both addresses are gone to, nothing is sent to them."""
    assert browser.get("/sso/login", method=method)[0] == 405 == browser.get("/sso/callback", method=method)[0]


def test_signing_in_there_ends_in_the_same_session_row(browser, store, provider):
    """With its cookie, its entry in the log, and the page that was wanted; the provider learns no more than it must."""
    status, location, _ = browser.sign_in(urlencode({"next": "/ngan-sach?nam=2020"}))
    assert (status, location) == (303, "/ngan-sach?nam=2020")
    person = s.person_of(store, browser.session, datetime.now(UTC))
    assert (person.name, person.role) == ("lan", "staff")
    rows = s.open_sessions(store, person.account, datetime.now(UTC)).to_dict("records")
    assert [(row["method"], row["agent"], row["address"]) for row in rows] == [("oidc", "Firefox/145.0", "10.0.0.1")]
    assert list(audit_log(store, what="session.began")["who"]) == ["lan"]


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/sso/login", "/" + "a" * 3000])
def test_the_way_on_is_a_page_of_ours(browser, wanted):
    """Any other wish leads to the first page."""
    assert browser.sign_in(urlencode({"next": wanted}))[:2] == (303, "/")


def test_what_goes_to_the_provider_holds_no_secret(browser):
    """Fresh each time: state, nonce and challenge; neither our secret nor the verifier."""
    asked = [parse_qs(urlsplit(browser.start()[1]).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name] and len(asked[0][name][0]) >= 43
    assert asked[0]["redirect_uri"] == [f"http://{HOST}/sso/callback"] and asked[0]["scope"] == ["openid"]
    assert SECRET not in str(asked)


def test_under_https_the_cookies_are_held_to_this_host(store, provider):
    """Under HTTPS the way back is HTTPS too."""
    browser = Browser(store, provider, House(False, True, False, True))
    _, location, _ = browser.start()
    assert parse_qs(urlsplit(location).query)["redirect_uri"] == [f"https://{HOST}/sso/callback"]
    browser.get("/sso/callback", urlsplit(at_provider(location)).query)
    assert set(browser.cookies) == {"__Host-ward_session"}


def test_a_provider_that_takes_the_secret_in_the_form_gets_it_there(browser, provider):
    """As its description says."""
    provider.place = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert browser.sign_in()[0] == 303


def test_a_token_for_several_programs_that_we_asked_for_is_ours(browser, provider):
    """And one whose header names no key, where the provider has one only."""
    provider.claims, provider.header = {"aud": [CLIENT, "other"], "azp": CLIENT}, {"alg": "RS256"}
    assert browser.sign_in()[0] == 303


def test_signing_in_again_ends_the_session_before(browser, store):
    """A browser holds one session, however it came by it."""
    browser.sign_in()
    first = browser.session
    browser.sign_in()
    assert s.alive(store, [first, browser.session], datetime.now(UTC)) == {browser.session} != {first}


def test_a_one_time_link_ties_an_account_to_whoever_signs_in_there(browser, store, provider):
    """Afterwards the account has that way in and no other, and the link is used up."""
    provider.subject = "sub-an"
    token = a.make_link(store, "an", by="an@server", at=datetime.now(UTC))
    assert "/sso/login?ma=" in ask(store, "/mat-khau", query=f"ma={token}", sso=True)[2]
    status, location, _ = browser.sign_in(urlencode({"ma": token}), **SAME)
    assert (status, location) == (303, "/")
    assert s.person_of(store, browser.session, datetime.now(UTC)).name == "an"
    assert browser.sign_in()[0] == 303 and a.account_of_link(store, token, datetime.now(UTC)) is None
    assert list(audit_log(store, what="account.linked")["target"]) == ["an"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_link_that_another_site_opens_ties_nobody_to_it(browser, store, site):
    """Its reader would sign in to somebody else's account from then on."""
    token = a.make_link(store, "an", by="an@server", at=datetime.now(UTC))
    status, location, body = browser.start(urlencode({"ma": token}), sec_fetch_site=site)
    assert (status, location) == (403, "") and "Mở lại đường dẫn" in body


def test_a_dead_link_and_a_subject_of_somebody_else_tie_nothing(browser, store):
    """Each with its sentence; the account stays as it was."""
    assert browser.start("ma=made-up", **SAME)[0] == 410
    token = a.make_link(store, "an", by="an@server", at=datetime.now(UTC))
    status, _, body = browser.sign_in(urlencode({"ma": token}), **SAME)
    assert status == 403 and "đã gắn với một người khác" in body and nobody_is_signed_in(browser, store)
    assert a.account_of_link(store, token, datetime.now(UTC)).name == "an"


def test_the_pages_speak_the_asked_language(browser, provider):
    """Also after the way over the provider."""
    provider.subject = "stranger"
    assert "belongs to nobody" in browser.sign_in("lang=English")[2]


def test_the_button_stands_on_the_sign_in_page_where_there_is_a_provider(store):
    """With the page that was wanted; without a provider there is no such button."""
    assert "/sso/" not in ask(store, "/dang-nhap")[2]
    body = ask(store, "/dang-nhap", query="next=%2Fngan-sach", sso=True)[2]
    assert "/sso/login?next=%2Fngan-sach" in body and "Đăng nhập bằng tài khoản của cơ quan" in body


@pytest.mark.parametrize(("given", "named"), [
    ({OIDC[0]: "https://id.example"}, [OIDC[1], OIDC[2]]),
    ({OIDC[2]: "s"}, [OIDC[0], OIDC[1]]),
    ({OIDC[0]: "http://id.example", OIDC[1]: "ward", OIDC[2]: "s"}, [OIDC[0]]),
    ({OIDC[0]: "id.example", OIDC[1]: "ward", OIDC[2]: "s"}, [OIDC[0]]),
])  # fmt: skip
def test_half_a_provider_and_one_without_tls_are_refused_by_name(monkeypatch, given, named):
    """Before anybody is sent there."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(FaultError) as refused:
        Settings.from_environment()
    assert [fault.where for fault in refused.value.faults] == named


def test_the_secret_is_printed_nowhere(monkeypatch):
    """Neither by a log nor by an error that shows the settings."""
    for name, value in zip(OIDC, ("https://id.example", "ward", SECRET), strict=True):
        monkeypatch.setenv(name, value)
    assert Settings.from_environment().identity.client_secret == SECRET
    assert SECRET not in repr(Settings.from_environment())


def test_an_office_without_a_provider_loads_nothing_for_one():
    """Neither its libraries nor our own part for it."""
    parts = ("authlib", "httpx2", "joserfc", "app.server.sso", "app.server.provider")
    code = f"import sys, dashboard; print([name for name in {parts} if name in sys.modules])"
    got = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert got.stdout.strip().splitlines()[-1] == "[]"
