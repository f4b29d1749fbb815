"""Tables about people: the accounts, and the entries of the audit log."""

from __future__ import annotations

import json
from datetime import datetime

import pandas as pd

from app.views.devices import device_words
from app.views.stored import who_words
from app.views.view import Table
from core.texts import text
from core.vi.format import format_moment


def accounts_table(known: pd.DataFrame, lang: str) -> Table:
    """One row an account: name, full name, role, state, when last seen; `known` as all_accounts gives it."""
    header = ("server.name", "people.full_name", "people.role", "people.state", "people.seen")
    rows = tuple(
        (row["name"], row["full_name"], text(f"rights.{row['role']}", lang), _state(row, lang),
         _moment(row["seen_at"], lang))
        for row in known.to_dict("records")
    )  # fmt: skip
    return Table(text("people.caption", lang), tuple(text(name, lang) for name in header), rows)


def sessions_table(known: pd.DataFrame, name: str, lang: str) -> Table:
    """One row a session: device, address, since when, last used; `known` as open_sessions gives it."""
    header = ("people.device", "people.address", "people.began", "people.seen")
    rows = tuple(
        (device_words(row["agent"], lang), row["address"], _moment(row["began_at"], lang),
         _moment(row["seen_at"], lang))
        for row in known.to_dict("records")
    )  # fmt: skip
    caption = text("people.sessions_caption", lang, name=name)
    return Table(caption, tuple(text(name, lang) for name in header), rows)


def audit_table(log: pd.DataFrame, lang: str) -> Table:
    """One row an entry: when, who, what, on what, and the rest; `log` as audit_log gives it."""
    header = ("people.at", "people.who", "people.deed", "people.target", "people.detail")
    rows = tuple(
        (_moment(row["at"], lang), who_words(row["who"], lang), deed_words(row["what"], lang), row["target"],
         _detail(row["detail"]))
        for row in log.to_dict("records")
    )  # fmt: skip
    return Table(text("people.audit_caption", lang), tuple(text(name, lang) for name in header), rows)


def deed_words(deed: str, lang: str) -> str:
    """A deed of the audit log in words: "account.made" is a name in data/texts/audit.toml."""
    return text(f"audit.{deed.replace('.', '_')}", lang)


def _state(row: dict, lang: str) -> str:
    if row["disabled"]:
        return text("people.state_off", lang)
    name = "linked" if row["linked"] else "active" if row["has_password"] else "no_password"
    return text(f"people.state_{name}", lang)


def _moment(at: datetime | None, lang: str) -> str:
    return text("people.never", lang) if at is None or pd.isna(at) else format_moment(at)


def _detail(said: str) -> str:
    return "; ".join(f"{name}: {value}" for name, value in json.loads(said).items())
