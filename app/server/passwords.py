"""Passwords: which are taken, and how they are hashed (argon2id) and checked."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import Fault
from core.vi.text import fold

LEAST, MOST = 15, 256  # characters; length is what a single factor rests on (NIST SP 800-63B)
LEAST_DIFFERENT = 6
LEAST_OWN = 6  # letters that must be left when guessable words, digits and runs are taken away
COMMON = Path(__file__).resolve().parents[2] / "data" / "common_passwords.txt"

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # KiB; OWASP's second recommendation
_two_at_a_time = threading.BoundedSemaphore(2)  # so that a burst of guesses cannot take an office PC's memory
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def password_faults(password: str, own_words: Iterable[str] = ()) -> list[Fault]:
    """Everything that is wrong with a password; `own_words` (names, ward) are as guessable as the common ones."""
    password = unicodedata.normalize("NFC", password)
    faults = []
    if len(password) < LEAST:
        faults.append(Fault("accounts.short_password", params={"length": len(password), "least": LEAST}))
    if len(password) > MOST:
        faults.append(Fault("accounts.long_password", params={"length": len(password), "most": MOST}))
        return faults
    if len(set(password)) < LEAST_DIFFERENT:
        faults.append(Fault("accounts.repeated_password", params={"least": LEAST_DIFFERENT}))
    elif len(_own_letters(password, own_words)) < LEAST_OWN:
        faults.append(Fault("accounts.common_password"))
    return faults


def hash_password(password: str) -> str:
    """The argon2id hash of a password, its salt and parameters included."""
    with _two_at_a_time:
        return _hasher.hash(unicodedata.normalize("NFC", password))


def is_password(hashed: str, password: str) -> bool:
    """Whether a password is the hashed one; as slow for "" (no such account, no password set) as for a wrong one."""
    with _two_at_a_time:
        try:
            return _hasher.verify(hashed or _nobodys(), unicodedata.normalize("NFC", password[:MOST])) and bool(hashed)
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(hashed: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(hashed)


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has and nobody can type \x00")


@cache
def common_words() -> tuple[str, ...]:
    """The guessable words, longest first, as they look when folded."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return _longest_first(line for line in lines if not line.startswith("#"))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({bare for word in words if len(bare := _bare(word)) > 2}, key=len, reverse=True))


def _own_letters(password: str, own_words: Iterable[str]) -> str:
    """What is left of a password when guessable words, runs of the keyboard, digits and repeats are taken away."""
    left = _bare(password)
    own = [part for word in own_words for part in (word, *word.split())]
    for word in (*_longest_first(own), *common_words()):
        left = left.replace(word, " ")
    for run in _RUNS:
        for length in range(len(run), 3, -1):
            for start in range(len(run) - length + 1):
                piece = run[start : start + length]
                left = left.replace(piece, " ").replace(piece[::-1], " ")
    left = re.sub(r"(.{1,4}?)\1{2,}", r"\1", left)  # "meomeomeo" says "meo"
    return left.replace(" ", "")


def _bare(words: str) -> str:
    return re.sub(r"[^a-z]", "", fold(words))
