"""People's names: which stand beside the award register, and how many are kept of whom."""

from __future__ import annotations

import pandas as pd

from app.views.awards import honour_name
from app.views.ladder import level_label
from app.views.view import Table
from core.catalogue import Catalogue
from core.figures import UnitKey
from core.places import Unit
from core.texts import text
from core.vi.format import format_number

_ROW = ["honour", "class", "level", "recipient", "mode", "giver", "decision_no"]


def names_beside(known: pd.DataFrame, catalogue: Catalogue, unit: Unit, lang: str) -> list[tuple[str, list[str]]]:
    """The rows of the register that have names, each in words, with its names; `known` as names_of gives them."""
    found = []
    for _, rows in known.groupby(_ROW, sort=False):
        row = rows.iloc[0]
        parts = [
            honour_name(catalogue, row["honour"], row["class"], lang),
            text(f"awards.recipient_{row['recipient']}", lang), level_label(row["level"], unit, catalogue, lang),
            row["decision_no"],
        ]  # fmt: skip
        found.append((" · ".join(filter(None, parts)), list(rows["name"])))
    return found


def kept_table(known: pd.DataFrame, catalogue: Catalogue, lang: str) -> Table:
    """One row a ward, those with most names first: how many names and files; `known` as names_kept gives it."""
    header = tuple(text(f"names.column_{name}", lang) for name in ("ward", "names", "files"))
    rows = tuple(
        (_ward(row, catalogue, lang), *(format_number(int(row[name]), 0, lang) for name in ("names", "files")))
        for row in known.sort_values(["names", "files"], ascending=False, kind="stable").to_dict("records")
    )
    return Table(text("names.caption", lang), header, rows)


def _ward(row: dict, catalogue: Catalogue, lang: str) -> str:
    if not row["unit_code"]:
        return text("names.many_wards", lang)
    return ward_words(catalogue.unit(UnitKey(row["unit_code"], row["unit_from"])))


def ward_words(unit: Unit) -> str:
    """A ward with its last day where it is no more, and the district and province it lies in."""
    return ", ".join(filter(None, (unit.dated, unit.district, unit.province)))
