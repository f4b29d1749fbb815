"""The command line for running the program: python -m app.server account create, link, role ..., purge-names."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from app.server.passwords import LEAST, hash_password, password_faults
from core.catalogue import load_catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.rights import ROLES
from core.store import Store, migrate, open_store
from core.store.accounts import (
    LINK_LASTS,
    all_accounts,
    change_role,
    create_account,
    make_link,
    set_password,
    switch_off,
    switch_on,
)
from core.store.people import names_kept, purge_names
from core.texts import LANGUAGES, text


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what a command line asks; 0 when done, 1 with every reason on the error stream when refused."""
    asked = _parser().parse_args(arguments)
    try:
        with open_store() as store:
            migrate(store)
            print(asked.do(store, asked))
    except FaultError as refused:
        for fault in refused.faults:
            print(fault.sentence(asked.lang), file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.server", description=_both("purpose"))
    things = parser.add_subparsers(dest="thing", required=True)
    account = things.add_parser("account", help=_both("account"))
    deeds = account.add_subparsers(dest="deed", required=True)

    def deed(name: str, do: Callable[[Store, argparse.Namespace], str]) -> argparse.ArgumentParser:
        sub = deeds.add_parser(name, help=_both(name))
        sub.add_argument("--lang", choices=LANGUAGES, default="vi")
        sub.set_defaults(do=do)
        if name != "list":
            sub.add_argument("name", metavar="NAME")
        return sub

    create = deed("create", _create)
    create.add_argument("--full-name", required=True)
    create.add_argument("--role", choices=ROLES, default="viewer")
    create.add_argument("--link", action="store_true")
    deed("link", _link)
    deed("role", _role).add_argument("role", choices=ROLES)
    deed("off", _off)
    deed("on", _on)
    deed("list", _list)
    purge = things.add_parser("purge-names", help=_both("purge_names"))
    purge.add_argument("--lang", choices=LANGUAGES, default="vi")
    purge.add_argument("--reason", required=True)
    purge.add_argument("--unit", metavar="CODE@DAY")
    purge.add_argument("--yes", action="store_true")
    purge.set_defaults(do=_purge)
    return parser


def _both(name: str) -> str:
    # argparse's own words are English; each command's purpose is said in both languages
    return " / ".join(text(f"command.{name}", lang) for lang in LANGUAGES)


def _create(store: Store, asked: argparse.Namespace) -> str:
    now = datetime.now(UTC)
    hashed = "" if asked.link else hash_password(_asked_password(asked))
    made = create_account(store, asked.name, asked.full_name, asked.role, by=_who(), at=now)
    if asked.link:
        return _link(store, asked)
    set_password(store, made.name, hashed, by=_who(), at=now)
    return text("command.made", asked.lang, name=made.name, role=text(f"rights.{made.role}", asked.lang))


def _asked_password(asked: argparse.Namespace) -> str:
    """The password typed twice, unseen. Raises FaultError with everything that is wrong with it."""
    first = getpass.getpass(text("server.new_password", asked.lang, least=LEAST) + ": ")
    faults = password_faults(first, (asked.name, asked.full_name))
    if not faults and getpass.getpass(text("server.again", asked.lang) + ": ") != first:
        faults.append(Fault("server.passwords_differ"))
    if faults:
        raise FaultError(faults)
    return first


def _link(store: Store, asked: argparse.Namespace) -> str:
    token = make_link(store, asked.name, by=_who(), at=datetime.now(UTC))
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return text("command.link_made", asked.lang, path=f"/mat-khau?ma={token}", minutes=minutes)


def _role(store: Store, asked: argparse.Namespace) -> str:
    change_role(store, asked.name, asked.role, by=_who(), at=datetime.now(UTC))
    return text("command.role_set", asked.lang, name=asked.name, role=text(f"rights.{asked.role}", asked.lang))


def _off(store: Store, asked: argparse.Namespace) -> str:
    switch_off(store, asked.name, by=_who(), at=datetime.now(UTC))
    return text("command.is_off", asked.lang, name=asked.name)


def _on(store: Store, asked: argparse.Namespace) -> str:
    switch_on(store, asked.name, by=_who())
    return text("command.is_on", asked.lang, name=asked.name)


def _list(store: Store, asked: argparse.Namespace) -> str:
    rows = all_accounts(store).to_dict("records")
    if not rows:
        return text("server.no_accounts", asked.lang)
    off = text("command.off_mark", asked.lang)
    return "\n".join(
        "\t".join((row["name"], text(f"rights.{row['role']}", asked.lang), row["full_name"] + off * row["disabled"]))
        for row in rows
    )


def _purge(store: Store, asked: argparse.Namespace) -> str:
    """Purge people's names and the bytes of files, of all wards or one, after a question that --yes answers."""
    unit = _unit(asked.unit) if asked.unit else None
    kept = names_kept(store)
    if unit is not None:
        kept = kept[(kept["unit_code"] == unit.code) & (kept["unit_from"] == unit.valid_from)]
    counts = {name: int(kept[name].sum()) for name in ("names", "files")}
    print(text("names.title", asked.lang, **counts), text("names.backups", asked.lang), sep="\n")
    if not asked.yes and not _agreed(asked.lang):
        return text("command.left", asked.lang)
    return purge_names(store, _who(), asked.reason, unit).sentence(asked.lang)


def _unit(words: str) -> UnitKey:
    """The unit of "00238@1900-01-01": a code alone is no key. Raises FaultError where there is none."""
    units = load_catalogue().units
    found = next((unit.key for unit in units if words == f"{unit.code}@{unit.valid_from}"), None)
    if found is None:
        code = words.partition("@")[0]
        known = ", ".join(f"{unit.code}@{unit.valid_from}" for unit in units if unit.code == code)
        raise FaultError([Fault("names.unknown_unit", params={"unit": words, "known": known or "–"})])
    return found


def _agreed(lang: str) -> bool:
    print(text("command.ask_purge", lang), end=" ", flush=True)
    return sys.stdin.readline().strip().lower() in ("c", "có", "co", "y", "yes")


def _who() -> str:
    """Who sits at the server, as the operating system calls them."""
    try:
        return f"{getpass.getuser()}@server"
    except (KeyError, OSError):  # a user without a name, as in some containers
        return f"{os.getuid()}@server"


if __name__ == "__main__":
    sys.exit(main())
