"""Settings of this installation, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import Fault, FaultError

ROOT = Path(__file__).resolve().parent.parent
OIDC = ("WARD_OIDC_ISSUER", "WARD_OIDC_CLIENT_ID", "WARD_OIDC_CLIENT_SECRET")
NAMES = ("DATABASE_URL", "WARD_PUBLIC_VIEWING", "WARD_BEHIND_PROXY", *OIDC)


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Where an organisation's people sign in (OpenID Connect): `issuer` is the address that the provider gives itself,
    `client_id` and `client_secret` what it gave this program.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    `database_url`: SQLAlchemy address of the store; by default one SQLite file under data/local. `public_viewing`:
    "on" or "off" whether approved figures are shown without sign-in, "auto" for only where no other computer reaches
    the server. `behind_proxy`: a proxy in front ends TLS and names the visitor's address. `identity`: where people may
    sign in besides, None for passwords alone.
    """

    database_url: str
    public_viewing: str = "auto"
    behind_proxy: bool = False
    identity: IdentityProvider | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings as the environment gives them, under NAMES.

        Raises FaultError with every setting that is not one of the words it can have, is missing or is no address.
        """
        default = f"sqlite:///{ROOT / 'data' / 'local' / 'ward.db'}"
        faults: list[Fault] = []
        found = cls(
            database_url=os.environ.get("DATABASE_URL") or default,
            public_viewing=_one_of("WARD_PUBLIC_VIEWING", ("auto", "on", "off"), faults),
            behind_proxy=_one_of("WARD_BEHIND_PROXY", ("off", "on"), faults) == "on",
            identity=_identity(faults),
        )
        if faults:
            raise FaultError(faults)
        return found


def _identity(faults: list[Fault]) -> IdentityProvider | None:
    """The identity provider that the three settings of OIDC name together; None where none of them is set."""
    given = {name: os.environ.get(name, "").strip() for name in OIDC}
    if not any(given.values()):
        return None
    faults += [Fault("command.missing_setting", name, {"names": ", ".join(OIDC)}) for name in OIDC if not given[name]]
    issuer = given[OIDC[0]]
    if issuer and not _is_safe(issuer):
        faults.append(Fault("command.unsafe_issuer", OIDC[0], {"given": issuer}))
    return IdentityProvider(*given.values())


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what passes: HTTPS, or this very computer."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"))


def _one_of(name: str, words: tuple[str, ...], faults: list[Fault]) -> str:
    given = os.environ.get(name) or words[0]
    if given not in words:
        faults.append(Fault("command.unknown_setting", name, {"given": given, "words": ", ".join(words)}))
    return given
