"""Who can reach this server, and what follows for its cookie and for visitors without an account."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from core.errors import Fault, FaultError
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """`loopback`: only this computer reaches it; `https`: browsers come over TLS, ours or a proxy's in front;
    `public`: approved figures are shown to visitors without an account; `proxied`: a proxy names the visitor's address.
    """

    loopback: bool
    https: bool
    public: bool
    proxied: bool = False

    @property
    def cookie(self) -> str:
        """The session cookie's name: under HTTPS a browser holds it to this very host."""
        return "__Host-ward_session" if self.https else "ward_session"


def house_of(settings: Settings, address: str | None, *, certificate: bool) -> House:
    """The house that the settings and the server's own address make.

    Raises FaultError where other computers would reach it without TLS: passwords would pass in the clear.
    """
    loopback = is_loopback(address)
    https = certificate or settings.behind_proxy
    if not loopback and not https:
        raise FaultError([Fault("command.open_without_tls", params={"address": address or "0.0.0.0"})])
    public = {"on": True, "off": False}.get(settings.public_viewing, loopback and not settings.behind_proxy)
    return House(loopback and not settings.behind_proxy, https, public, settings.behind_proxy)


def is_loopback(address: str | None) -> bool:
    """Whether an address is this computer's own; none at all means every network."""
    if not address:
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
