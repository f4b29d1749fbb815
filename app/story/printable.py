"""A deck without the signs that no file of an office program may hold: pasted words and texts of PDFs bring them."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

# what XML 1.0 forbids: control characters such as the line break of a slide's text, halves of pairs
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(held: Any) -> Any:
    """The same with a space for each such sign of any text in it, be it a row, a table or a field; else it itself."""
    if isinstance(held, str):
        return _FORBIDDEN.sub(" ", held) if _FORBIDDEN.search(held) else held
    if isinstance(held, pd.DataFrame):
        return _frame(held)
    if isinstance(held, dict):
        found = {name: printable(inside) for name, inside in held.items()}
        return found if any(found[name] is not held[name] for name in held) else held
    if isinstance(held, list | tuple):
        made = [printable(inside) for inside in held]
        if all(new is old for new, old in zip(made, held, strict=True)):
            return held
        return type(held)(*made) if hasattr(held, "_fields") else type(held)(made)
    if is_dataclass(held) and not isinstance(held, type):
        own = {each.name: getattr(held, each.name) for each in fields(held) if each.init}
        changed = {name: new for name, old in own.items() if (new := printable(old)) is not old}
        return replace(held, **changed) if changed else held
    return held


def _frame(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [name for name, column in frame.items() if any(isinstance(cell, str) and _FORBIDDEN.search(cell)
                                                          for cell in column)]  # fmt: skip
    if not texts:
        return frame
    return frame.assign(**{name: frame[name].map(printable) for name in texts})
