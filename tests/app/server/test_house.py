"""Who can reach the server decides about cookies and visitors without an account."""

from __future__ import annotations

import pytest

from app.server.house import House, house_of, is_loopback
from core.errors import FaultError
from core.settings import Settings


def settings(public="auto", proxied=False):
    """Settings with what matters here."""
    return Settings("sqlite:///x.db", public, proxied)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "192.168.1.5", "::", "ward.example"])
def test_a_server_that_others_reach_without_tls_does_not_start(address):
    """Passwords would pass in the clear; a certificate or a proxy in front mends it."""
    with pytest.raises(FaultError) as refused:
        house_of(settings(), address, certificate=False)
    assert refused.value.faults[0].code == "command.open_without_tls"
    assert house_of(settings(), address, certificate=True) == House(False, True, False)
    assert house_of(settings(proxied=True), address, certificate=False) == House(False, True, False, True)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_on_this_computer_alone_approved_figures_are_open(address):
    """Unless the settings say otherwise; behind a proxy "this computer" means nothing."""
    assert is_loopback(address)
    assert house_of(settings(), address, certificate=False) == House(True, False, True)
    assert not house_of(settings("off"), address, certificate=False).public
    assert house_of(settings(proxied=True), address, certificate=False) == House(False, True, False, True)
    assert house_of(settings("on", proxied=True), address, certificate=False).public


def test_under_https_the_cookie_is_held_to_this_host():
    """Its name makes the browser refuse one that another host or an unencrypted page sets."""
    assert House(False, True, False).cookie == "__Host-ward_session"
    assert House(True, False, True).cookie == "ward_session"


def test_an_unknown_setting_is_named_with_what_it_could_be(monkeypatch):
    """Every one of them at once."""
    monkeypatch.setenv("WARD_PUBLIC_VIEWING", "yes")
    monkeypatch.setenv("WARD_BEHIND_PROXY", "1")
    with pytest.raises(FaultError) as refused:
        Settings.from_environment()
    assert [fault.where for fault in refused.value.faults] == ["WARD_PUBLIC_VIEWING", "WARD_BEHIND_PROXY"]
