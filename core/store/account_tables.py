"""The tables of people: accounts, sessions, attempts to sign in, one-time links, audit log, an office's choices."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from core.rights import ROLES
from core.store.tables import SERIAL, Moment, metadata

ROLE_KNOWN = f"role IN ({', '.join(repr(role) for role in ROLES)})"

account = Table(
    "account",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("full_name", Text, nullable=False, server_default=""),
    Column("role", String, nullable=False, server_default="viewer"),
    # an argon2id hash; empty until a password is set, and for those who sign in through an identity provider
    Column("password", Text, nullable=False, server_default=""),
    Column("subject", String, unique=True),
    Column("disabled", Boolean, nullable=False, server_default="0"),
    CheckConstraint(ROLE_KNOWN, name="account_role_known"),
)

web_session = Table(
    "web_session",
    metadata,
    # the SHA-256 of the cookie's token: who reads the database cannot sign in with it
    Column("token", String, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False, index=True),
    Column("method", String, nullable=False),
    Column("address", String, nullable=False),
    Column("agent", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_why", String, nullable=False, server_default=""),
)

login_attempt = Table(
    "login_attempt",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("right", Boolean, nullable=False),
)
Index("login_attempt_name", login_attempt.c.name, login_attempt.c.at)
Index("login_attempt_address", login_attempt.c.address, login_attempt.c.at)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("token", String, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False, index=True),
    Column("made_by", String, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
)

audit = Table(
    "audit",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String, nullable=False),
    Column("target", Text, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default="{}"),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)
Index("audit_at", audit.c.at)

office_choice = Table(
    "office_choice",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("name", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
