"""Who may do what: one table of rights by role, asked by the gate, by every page and by every action."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Fault, FaultError

# An account has one of these; each may do what the one before may, and more.
ROLES = ("viewer", "staff", "approver", "admin")
# Without an account: a visitor where approved figures are open to all, and whoever sits at the computer of a program
# that has no accounts yet and that no other computer can reach.
PUBLIC, LOCAL = "public", "local"

_SIGNED_IN = frozenset(ROLES)
_STAFF = frozenset(("staff", "approver", "admin", LOCAL))
_APPROVERS = frozenset(("approver", "admin", LOCAL))
_ADMIN = frozenset(("admin",))

# right -> the roles that have it
RIGHTS: dict[str, frozenset[str]] = {
    "look": _SIGNED_IN | {PUBLIC, LOCAL},  # approved figures on read-only screens
    "trace": _SIGNED_IN | {LOCAL},  # files, who stored what, figures not meant for projection
    "present": _SIGNED_IN | {LOCAL},
    "own": _SIGNED_IN,  # one's own password and sessions
    "enter": _STAFF,  # upload, type in, correct, undo, edit sentences and notes; sees what is not yet approved
    "approve": _APPROVERS,  # approve, return, unlock, freeze
    "office": _ADMIN | {LOCAL},  # the office's own ward and its printed name, once they are chosen
    "purge": _ADMIN | {LOCAL},  # take away every name of a person and every file they stand in
    "accounts": _ADMIN,
    "audit": _ADMIN,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is there: an account in one session, or nobody in particular.

    `account` is None for the roles PUBLIC and LOCAL; `session` names the row of web_session; `name` is the sign-in
    name, with which everything is signed, because a full name may be borne by two; `full_name` is what screens show.
    """

    role: str
    account: int | None = None
    name: str = ""
    full_name: str = ""
    session: str = ""

    def may(self, right: str) -> bool:
        """Whether this person's role has a right; KeyError for a right that is not in the table."""
        return self.role in RIGHTS[right]

    def require(self, right: str) -> None:
        """Raise FaultError where the role has not the right: the last check before anything is shown or done."""
        if not self.may(right):
            raise FaultError([Fault(f"rights.not_{right}")])


THE_PUBLIC = Person(PUBLIC)
