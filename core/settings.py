"""Settings of this installation, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    `database_url`: SQLAlchemy address of the store; by default one SQLite file under data/local.
    """

    database_url: str

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings as the environment gives them (DATABASE_URL)."""
        default = f"sqlite:///{ROOT / 'data' / 'local' / 'ward.db'}"
        return cls(database_url=os.environ.get("DATABASE_URL") or default)
