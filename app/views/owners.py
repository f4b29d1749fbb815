"""Who owes which figure of a year: due, present and late, owner by owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from app.views import words
from app.views.coverage import PRESENT, Line
from app.views.view import Table
from core.texts import text


def owed(lines: Sequence[Line], year: int, today: date, lang: str) -> pd.DataFrame:
    """What a ward is asked for in a year. Columns: owner, name, due (whether the day has passed), present, late."""
    rows = []
    for line in lines:
        due, present = line.due(year, today), line.state(year, today) in PRESENT
        rows.append({
            "owner": line.row.owner(lang), "name": line.name, "due": due, "present": present,
            "late": due and not present,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=["owner", "name", "due", "present", "late"])


def owners_title(rows: pd.DataFrame, year: int, lang: str) -> str:
    """How many owners there are, and how many of them still owe a figure."""
    late = rows.loc[rows["late"], "owner"].nunique()
    name = "owners_title" if late else "owners_title_none"
    return text(f"sources.{name}", lang, year=year, count=rows["owner"].nunique(), late=late)


def owners(rows: pd.DataFrame, year: int, lang: str) -> Table:
    """One line an owner, the one with most late figures first."""
    names = ("owner", "due", "have", "late", "names")
    header = tuple(text(f"sources.column_{name}", lang) for name in names)
    lines = []
    for owner, own in rows.groupby("owner", sort=False):
        late = list(own.loc[own["late"], "name"])
        lines.append((owner, int(own["due"].sum()), int(own["present"].sum()), len(late), "; ".join(late)))
    lines.sort(key=lambda line: -line[3])
    cells = tuple((owner, str(due), str(have), str(late), said or words.dash(lang))
                  for owner, due, have, late, said in lines)  # fmt: skip
    raw = pd.DataFrame(lines, columns=["owner", "due", "present", "late", "missing"])
    return Table(text("sources.owners_caption", lang, year=year), header, cells, raw)
