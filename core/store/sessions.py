"""Sessions of signed-in people, and attempts to sign in: rows in the database, so that a restart forgets neither."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from core.rights import Person
from core.store.account_tables import account, login_attempt, web_session
from core.store.accounts import Account, digest, end_all, sign_in_name
from core.store.audit import record
from core.store.engine import Store, reading, writing
from core.store.read import frame_of

ABSOLUTE = timedelta(hours=12)
# A presenter's hall may sit still for hours; those who can change figures are signed out sooner.
IDLE = {"viewer": timedelta(hours=8), "staff": timedelta(minutes=30), "approver": timedelta(minutes=30),
        "admin": timedelta(minutes=30)}  # fmt: skip
SEEN_EVERY = timedelta(minutes=1)  # a session in use is written down no oftener

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
WRONG_BY_NAME, WRONG_BY_ADDRESS, WRONG_A_DAY = 5, 50, 100


def begin_session(store: Store, owner: Account, *, method: str, address: str, agent: str, at: datetime) -> str:
    """A new session; the token for the cookie, which only the browser keeps. `method`: password or oidc."""
    token = secrets.token_urlsafe(32)
    with writing(store) as connection:
        connection.execute(insert(web_session).values(
            token=digest(token), account=owner.id, method=method, address=address, agent=agent[:300], began_at=at,
            seen_at=at,
        ))  # fmt: skip
        record(connection, owner.name, "session.began", address, {"method": method})
    return token


def person_of(store: Store, session: str, at: datetime) -> Person | None:
    """Who a session (the digest of its token) belongs to now; None where it has ended, lies idle or is unknown."""
    with reading(store) as connection:
        return _alive(connection, [session], at).get(session)


def alive(store: Store, sessions: Iterable[str], at: datetime) -> set[str]:
    """Those of some sessions that still hold."""
    with reading(store) as connection:
        return set(_alive(connection, list(sessions), at))


def touch(store: Store, session: str, at: datetime) -> None:
    """Write down that a session is in use; a clock that went back never makes one older."""
    seen = web_session.c.seen_at
    with writing(store) as connection:
        connection.execute(
            update(web_session).where(web_session.c.token == session, seen < at - SEEN_EVERY).values(seen_at=at)
        )


def end_session(store: Store, session: str, *, why: str, by: str, at: datetime) -> None:
    """End one session: signed out by its owner, or ended from another of theirs."""
    with writing(store) as connection:
        ended = connection.execute(
            update(web_session)
            .where(web_session.c.token == session, web_session.c.ended_at.is_(None))
            .values(ended_at=at, ended_why=why)
        )
        if ended.rowcount:
            record(connection, by, "session.ended", detail={"why": why})


def end_sessions_of(store: Store, number: int, *, why: str, by: str, at: datetime, keep: str = "") -> None:
    """End every session of an account but `keep`."""
    with writing(store) as connection:
        end_all(connection, number, why, at, keep)
        name = connection.scalar(select(account.c.name).where(account.c.id == number))
        record(connection, by, "session.all_ended", name, {"why": why})


def open_sessions(store: Store, number: int, at: datetime) -> pd.DataFrame:
    """The sessions of an account that hold: token (digest), method, address, agent, began_at, seen_at (UTC)."""
    columns = tuple(web_session.c[name] for name in ("token", "method", "address", "agent", "began_at", "seen_at"))
    query = (
        select(*columns)
        .where(
            web_session.c.account == number, web_session.c.ended_at.is_(None), web_session.c.began_at > at - ABSOLUTE
        )
        .order_by(web_session.c.seen_at.desc())
    )
    rows = frame_of(store, query)
    return rows[rows["token"].isin(alive(store, rows["token"], at))].reset_index(drop=True)


def wait_for(store: Store, name: str, address: str, at: datetime) -> timedelta | None:
    """How long this name or address must wait before it may try again; None where it may try now.

    Five wrong passwords for a name or fifty from an address within a quarter of an hour wait until the oldest of them
    is a quarter of an hour old; a hundred for a name within a day wait for the next day. Nobody is locked out for good:
    that would be a way to lock out the chairman.
    """
    name = sign_in_name(name)
    by_name, by_address = login_attempt.c.name == name, login_attempt.c.address == address
    limits = ((by_name, WRONG_BY_NAME, WINDOW), (by_address, WRONG_BY_ADDRESS, WINDOW), (by_name, WRONG_A_DAY, DAY))
    waits = []
    with reading(store) as connection:
        last_right = connection.scalar(select(func.max(login_attempt.c.at)).where(by_name, login_attempt.c.right))
        for whose, most, within in limits:
            # of an address every wrong attempt counts: an account of one's own there must not buy new guesses
            since = at - within if whose is by_address or last_right is None else max(at - within, last_right)
            oldest = _oldest_of(connection, whose, most, since)
            if oldest is not None:
                waits.append(oldest + within - at)
    return max(waits, default=None)


def note_attempt(store: Store, name: str, address: str, *, right: bool, at: datetime) -> None:
    """Write an attempt down; a right one ends the counting of the wrong ones before it for that name."""
    with writing(store) as connection:
        connection.execute(
            insert(login_attempt).values(name=sign_in_name(name), address=address, at=at, right=right)
        )
        if not right:
            record(connection, sign_in_name(name), "session.refused", address)


def _oldest_of(connection: Connection, whose, most: int, since: datetime) -> datetime | None:
    """When the oldest of the newest `most` wrong attempts since then was; None where there were fewer."""
    wrong = (
        select(login_attempt.c.at)
        .where(whose, login_attempt.c.right.is_(False), login_attempt.c.at > since)
        .order_by(login_attempt.c.at.desc())
        .limit(most)
    )
    times = connection.scalars(wrong).all()
    return times[-1] if len(times) == most else None


def _alive(connection: Connection, sessions: list[str], at: datetime) -> dict[str, Person]:
    session = web_session.c
    rows = connection.execute(
        select(session.token, session.seen_at, account.c.id, account.c.name, account.c.full_name, account.c.role)
        .join(account, account.c.id == session.account)
        .where(
            session.token.in_(sessions), session.ended_at.is_(None), session.began_at > at - ABSOLUTE,
            account.c.disabled.is_(False),
        )
    )
    return {
        row.token: Person(row.role, row.id, row.name, row.full_name, row.token)
        for row in rows
        if row.seen_at > at - IDLE[row.role]
    }
