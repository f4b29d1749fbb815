"""Residential groups: what they are called, and the one id that every spelling of a name leads to."""

from __future__ import annotations

import re

from core.vi.text import fold, spelling_key

KINDS = (
    "tổ dân phố", "khu phố", "khu dân cư", "khối phố", "tổ nhân dân", "tiểu khu", "thôn", "khóm", "ấp", "bản", "buôn",
    "xóm", "làng",
)  # fmt: skip


def full_name(words: str, kind: str = KINDS[0]) -> tuple[str, str]:
    """A group's name and kind as it is called: "TDP số 5" and "5" are "Tổ dân phố số 5"."""
    said = " ".join(words.split())
    bare = re.sub(r"^(?:TDP|tdp|Tdp)\b\.?\s*", "Tổ dân phố ", said)
    if bare.isdigit():
        bare = f"{kind.capitalize()} số {int(bare)}"
    elif re.fullmatch(r"(?:số|tổ)\s*\d+", bare, re.I):
        bare = f"{kind.capitalize()} số {int(re.sub(r'[^0-9]', '', bare))}"
    lowered = spelling_key(bare)
    return bare, next((name for name in KINDS if lowered.startswith(name)), kind)


def group_id(name: str) -> str:
    """A group's id within its unit: "Tổ dân phố số 05" and "Tổ dân phố 5" give "to-dan-pho-5"."""
    words = re.sub(r"[^\w]+", " ", fold(name)).split()
    words = [word for word in words if word != "so" or len(words) == 1]
    return "-".join(str(int(word)) if word.isdigit() else word for word in words)
