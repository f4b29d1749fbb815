"""Tables about people: the accounts, and the entries of the audit log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

import pandas as pd

from app.views.devices import device_words
from app.views.stored import who_words
from app.views.view import Table
from core.catalogue import Catalogue
from core.rights import ROLES
from core.texts import text
from core.vi.format import format_moment
from core.vi.text import fold

# parts of an entry's detail that have words in data/texts/audit.toml
PARTS = frozenset((
    "batch", "by", "from", "indicator", "kind", "method", "names", "number", "reason", "role", "rows", "screen", "to",
    "unit", "why", "year",
))  # fmt: skip

METHODS = ("password", "oidc")  # ways of signing in


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


def audit_table(log: pd.DataFrame, names: Mapping[str, str], catalogue: Catalogue, lang: str) -> Table:
    """One row an entry: when, who, what, on what, and the rest; `log` as audit_log gives it.

    `names` are full names by sign-in name; both are printed, because the log keeps the one and people know the other.
    """
    header = ("people.at", "people.who", "people.deed", "people.target", "people.detail")
    rows = tuple(
        (_moment(row["at"], lang), signed_words(row["who"], names, lang), deed_words(row["what"], lang), row["target"],
         _detail(row["detail"], catalogue, lang))
        for row in log.to_dict("records")
    )  # fmt: skip
    return Table(text("people.audit_caption", lang), tuple(text(name, lang) for name in header), rows)


def signed_words(who: str, names: Mapping[str, str], lang: str) -> str:
    """Whoever an entry names: "Nguyễn Lan (lan)"; without an account the word for such a person, or the name given."""
    full = names.get(who, "")
    return f"{full} ({who})" if full else who_words(who, lang)


def deeds_named(words: str, deeds: Iterable[str], lang: str) -> list[str]:
    """The deeds whose words hold what is looked for, accents and capitals apart."""
    return [deed for deed in deeds if fold(words) in fold(deed_words(deed, lang))]


def people_named(words: str, names: Mapping[str, str]) -> list[str]:
    """The sign-in names of those whose full name holds what is looked for, accents and capitals apart."""
    return [name for name, full in names.items() if fold(words) in fold(full)]


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


def _detail(said: str, catalogue: Catalogue, lang: str) -> str:
    """What an entry says beside: each part by its name in words, as it stands where it has none."""
    return "; ".join(
        f"{text(f'audit.part_{name}', lang) if name in PARTS else name}: {_part(name, value, catalogue, lang)}"
        for name, value in json.loads(said).items()
    )


def _part(name: str, value: object, catalogue: Catalogue, lang: str) -> str:
    """One part in words where it names a role, an indicator or a way of signing in."""
    if name in ("role", "from", "to") and value in ROLES:
        return text(f"rights.{value}", lang)
    if name == "indicator" and value in catalogue.indicators:
        return catalogue.indicators[value].name(lang)
    if name == "method" and value in METHODS:
        return text(f"audit.method_{value}", lang)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
