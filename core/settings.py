"""Settings of this installation, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from core.errors import Fault, FaultError

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("DATABASE_URL", "WARD_PUBLIC_VIEWING", "WARD_BEHIND_PROXY")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    `database_url`: SQLAlchemy address of the store; by default one SQLite file under data/local. `public_viewing`:
    "on" or "off" whether approved figures are shown without sign-in, "auto" for only where no other computer reaches
    the server. `behind_proxy`: a proxy in front ends TLS and names the visitor's address.
    """

    database_url: str
    public_viewing: str = "auto"
    behind_proxy: bool = False

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings as the environment gives them: DATABASE_URL, WARD_PUBLIC_VIEWING, WARD_BEHIND_PROXY.

        Raises FaultError with every setting whose word is not one of those it can have.
        """
        default = f"sqlite:///{ROOT / 'data' / 'local' / 'ward.db'}"
        faults: list[Fault] = []
        found = cls(
            database_url=os.environ.get("DATABASE_URL") or default,
            public_viewing=_one_of("WARD_PUBLIC_VIEWING", ("auto", "on", "off"), faults),
            behind_proxy=_one_of("WARD_BEHIND_PROXY", ("off", "on"), faults) == "on",
        )
        if faults:
            raise FaultError(faults)
        return found


def _one_of(name: str, words: tuple[str, ...], faults: list[Fault]) -> str:
    given = os.environ.get(name) or words[0]
    if given not in words:
        faults.append(Fault("command.unknown_setting", name, {"given": given, "words": ", ".join(words)}))
    return given
