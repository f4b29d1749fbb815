"""Accounts: made, changed, switched off; their one-time links. Every change leaves an entry in the audit log."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from core.errors import Fault, FaultError
from core.rights import ROLES
from core.store.account_tables import account, one_time_link, web_session
from core.store.audit import record
from core.store.engine import Store, reading, writing
from core.store.read import frame_of

LINK_LASTS = timedelta(minutes=30)
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `password` is its argon2id hash, empty where none is set."""

    id: int
    name: str
    full_name: str
    role: str
    password: str
    disabled: bool


def sign_in_name(given: str) -> str:
    """A name as it is stored and compared: without outer spaces, in small letters."""
    return given.strip().lower()


def has_accounts(store: Store) -> bool:
    """Whether anybody has an account: until then whoever sits at this computer does everything."""
    with reading(store) as connection:
        return any_account(connection)


def any_account(connection: Connection) -> bool:
    """The same, as a transaction sees it."""
    return bool(connection.scalar(select(select(account.c.id).exists())))


def create_account(
    store: Store, name: str, full_name: str, role: str, *, by: str, at: datetime, subject: str | None = None
) -> Account:
    """Make an account that has no password yet. Raises FaultError with everything wrong with what was given."""
    name, full_name = sign_in_name(name), " ".join(full_name.split())
    faults = []
    if not NAME.fullmatch(name):
        faults.append(Fault("accounts.bad_name", params={"name": name}))
    if not full_name:
        faults.append(Fault("accounts.no_full_name"))
    if role not in ROLES:
        faults.append(Fault("accounts.unknown_role", params={"role": role, "roles": ", ".join(ROLES)}))
    with writing(store, ["accounts"]) as connection:
        if connection.scalar(select(account.c.id).where(account.c.name == name)):
            faults.append(Fault("accounts.taken", params={"name": name}))
        if faults:
            raise FaultError(faults)
        connection.execute(insert(account).values(
            name=name, full_name=full_name, role=role, created_at=at, subject=subject,
        ))  # fmt: skip
        record(connection, by, "account.made", name, {"role": role})
        return _of_name(connection, name)


def account_named(store: Store, name: str) -> Account | None:
    """The account with a sign-in name, switched off or not; None where there is none."""
    with reading(store) as connection:
        return _of_name(connection, sign_in_name(name))


def account_of_subject(store: Store, subject: str) -> Account | None:
    """The account of somebody whom an identity provider names ("<issuer> <sub>"); None where there is none."""
    with reading(store) as connection:
        return _one(connection, account.c.subject == subject)


def all_accounts(store: Store) -> pd.DataFrame:
    """Every account by name.

    Columns: id, name, full_name, role, disabled (bool), has_password (bool), linked (bool: signs in through an identity
    provider), seen_at (UTC of its newest session, None).
    """
    newest = (
        select(web_session.c.account, func.max(web_session.c.seen_at).label("seen_at"))
        .group_by(web_session.c.account)
        .subquery()
    )
    query = (
        select(account.c.id, account.c.name, account.c.full_name, account.c.role, account.c.disabled,
               (account.c.password != "").label("has_password"), account.c.subject.is_not(None).label("linked"),
               newest.c.seen_at)
        .outerjoin(newest, newest.c.account == account.c.id)
        .order_by(account.c.name)
    )  # fmt: skip
    return frame_of(store, query)


def full_names(store: Store) -> dict[str, str]:
    """The full name of every account, switched off or not, by its sign-in name: what is signed with the one is shown
    as the other.
    """
    with reading(store) as connection:
        return {row.name: row.full_name for row in connection.execute(select(account.c.name, account.c.full_name))}


def change_role(store: Store, name: str, role: str, *, by: str, at: datetime) -> None:
    """Give an account another role. Raises FaultError for an unknown role and where no admin would be left."""
    if role not in ROLES:
        params = {"role": role, "roles": ", ".join(ROLES)}
        raise FaultError([Fault("accounts.unknown_role", params=params)])
    with writing(store, ["accounts"]) as connection:
        found = _known(connection, name)
        if found.role == "admin" and role != "admin":
            _keep_an_admin(connection, found)
        connection.execute(update(account).where(account.c.id == found.id).values(role=role))
        record(connection, by, "account.role", found.name, {"from": found.role, "to": role})


def switch_off(store: Store, name: str, *, by: str, at: datetime) -> None:
    """Disable an account and end its sessions. Raises FaultError where no admin would be left."""
    with writing(store, ["accounts"]) as connection:
        found = _known(connection, name)
        if found.role == "admin":
            _keep_an_admin(connection, found)
        connection.execute(update(account).where(account.c.id == found.id).values(disabled=True))
        end_all(connection, found.id, "disabled", at)
        record(connection, by, "account.off", found.name)


def switch_on(store: Store, name: str, *, by: str) -> None:
    """Let a disabled account sign in again."""
    with writing(store, ["accounts"]) as connection:
        found = _known(connection, name)
        connection.execute(update(account).where(account.c.id == found.id).values(disabled=False))
        record(connection, by, "account.on", found.name)


def set_password(store: Store, name: str, hashed: str, *, by: str, at: datetime, keep: str = "") -> None:
    """Store the hash of a new password and end every session of the account but `keep`."""
    with writing(store, ["accounts"]) as connection:
        found = _known(connection, name)
        _store_password(connection, found, hashed, by, at, keep)


def rehash(store: Store, number: int, hashed: str) -> None:
    """Replace a hash by one of the same password with today's parameters."""
    with writing(store) as connection:
        connection.execute(update(account).where(account.c.id == number).values(password=hashed))


def make_link(store: Store, name: str, *, by: str, at: datetime) -> str:
    """A one-time token with which the account's owner sets a password within LINK_LASTS; older ones stop working."""
    token = secrets.token_urlsafe(32)
    with writing(store, ["accounts"]) as connection:
        found = _known(connection, name)
        unused = (one_time_link.c.account == found.id) & one_time_link.c.used_at.is_(None)
        connection.execute(update(one_time_link).where(unused).values(used_at=at))
        connection.execute(insert(one_time_link).values(
            token=digest(token), account=found.id, made_by=by, until=at + LINK_LASTS,
        ))  # fmt: skip
        record(connection, by, "account.link", found.name)
    return token


def account_of_link(store: Store, token: str, at: datetime) -> Account | None:
    """Whose password a one-time token may set now; None for one that is used, too old or unknown."""
    with reading(store) as connection:
        return _of_link(connection, token, at)


def use_link(store: Store, token: str, hashed: str, at: datetime) -> Account:
    """Set the password of the token's account, once. Raises FaultError where the token no longer works."""
    with writing(store, ["accounts"]) as connection:
        found = _of_link(connection, token, at)
        if found is None:
            raise FaultError([Fault("accounts.dead_link")])
        connection.execute(update(one_time_link).where(one_time_link.c.token == digest(token)).values(used_at=at))
        _store_password(connection, found, hashed, found.name, at, "")
        return found


def use_link_for_subject(store: Store, token: str, subject: str, at: datetime) -> Account:
    """Let the token's account sign in as `subject` ("<issuer> <sub>") from now on, and no longer by a password.

    Raises FaultError where the token no longer works and where the subject is already another account's.
    """
    with writing(store, ["accounts"]) as connection:
        found = _of_link(connection, token, at)
        if found is None:
            raise FaultError([Fault("accounts.dead_link")])
        bearer = _one(connection, account.c.subject == subject)
        if bearer is not None and bearer.id != found.id:
            raise FaultError([Fault("accounts.subject_taken")])
        connection.execute(update(one_time_link).where(one_time_link.c.token == digest(token)).values(used_at=at))
        connection.execute(update(account).where(account.c.id == found.id).values(subject=subject, password=""))
        end_all(connection, found.id, "password", at)
        record(connection, found.name, "account.linked", found.name)
        return found


def digest(token: str) -> str:
    """The SHA-256 of a token: all that the database knows of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def end_all(connection: Connection, number: int, why: str, at: datetime, keep: str = "") -> None:
    """End every open session of an account but `keep`, in the caller's transaction."""
    still = (web_session.c.account == number) & web_session.c.ended_at.is_(None) & (web_session.c.token != keep)
    connection.execute(update(web_session).where(still).values(ended_at=at, ended_why=why))


def _store_password(connection: Connection, found: Account, hashed: str, by: str, at: datetime, keep: str) -> None:
    # one way to sign in at a time: who gets a password no longer comes through an identity provider
    connection.execute(update(account).where(account.c.id == found.id).values(password=hashed, subject=None))
    end_all(connection, found.id, "password", at, keep)
    record(connection, by, "account.password", found.name)


def _of_link(connection: Connection, token: str, at: datetime) -> Account | None:
    link = one_time_link.c
    number = connection.scalar(
        select(link.account).where(link.token == digest(token), link.used_at.is_(None), link.until > at)
    )
    found = None if number is None else _one(connection, account.c.id == number)
    return None if found is None or found.disabled else found


def _of_name(connection: Connection, name: str) -> Account | None:
    return _one(connection, account.c.name == name)


def _one(connection: Connection, condition) -> Account | None:
    names = ("id", "name", "full_name", "role", "password", "disabled")
    row = connection.execute(select(*(account.c[name] for name in names)).where(condition)).one_or_none()
    return None if row is None else Account(*row)


def _known(connection: Connection, name: str) -> Account:
    found = _of_name(connection, sign_in_name(name))
    if found is None:
        raise FaultError([Fault("accounts.unknown", params={"name": name})])
    return found


def _keep_an_admin(connection: Connection, leaving: Account) -> None:
    others = select(account.c.id).where(
        account.c.role == "admin", account.c.disabled.is_(False), account.c.id != leaving.id
    )
    if not connection.scalar(others.limit(1)):
        raise FaultError([Fault("accounts.last_admin", params={"name": leaving.name})])
