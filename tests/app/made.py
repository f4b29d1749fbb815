"""A ward made by hand, as the store would give it: tidy rows without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd

from core.catalogue import Catalogue, load_catalogue
from core.places import Places, Succession, Unit

OLD = Unit("MAU01", date(1900, 1, 1), date(2025, 6, 30), "Phường Mẫu", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
NEW = Unit("MAU03", date(2025, 7, 1), None, "Phường Mẫu", "phường", "", "Tỉnh Mẫu", True)

NEIGHBOURS = tuple(
    Unit(f"MAU1{place}", date(1900, 1, 1), None, f"Phường {name}", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
    for place, name in enumerate(("An Bình", "Bến Nghé", "Cầu Kho", "Đông Ngạc", "Nguyễn Thái Bình", "Xuân Đỉnh"))
)


@cache
def made_catalogue() -> Catalogue:
    """The catalogue, with a ward of our own that was merged in July 2025, and its neighbours."""
    merger = Succession(date(2025, 7, 1), OLD.key, NEW.key, "full")
    return replace(load_catalogue(), places=Places((OLD, NEW, *NEIGHBOURS), (merger,)))


def tidy_row(indicator, year, value, *, of=None, unit=OLD, **more) -> dict:
    """One row of a tidy view."""
    row = {
        "unit_code": unit.code, "unit_from": unit.valid_from, "unit_name": unit.name, "year": year,
        "period": "year", "indicator": indicator, "member": "", "scenario": "actual", "basis": "",
        "value": float(value), "of": float("nan") if of is None else float(of),
        "of_kind": "" if of is None else "total", "unit_of_measure": "", "method": "reported", "hedge": "",
        "is_sample": unit.is_sample, "approved": True, "batch": 1, "source": f"Báo cáo {year}",
    }  # fmt: skip
    return row | more


def award_row(year, honour, level, count, recipient="collective", **more) -> dict:
    """One row of the register in tidy_awards."""
    row = tidy_row("", year, count, source="register: so.xlsx", **more)
    return row | {"honour": honour, "class": "", "level": level, "recipient": recipient, "mode": "regular",
                  "decision_no": ""}  # fmt: skip


def group_list(names, *, unit=OLD, since=None, until=None, successor=None) -> pd.DataFrame:
    """The store's list of residential groups."""
    since, until, successor = since or {}, until or {}, successor or {}
    return pd.DataFrame(
        [
            {
                "id": f"{unit.code}-{name}", "name": name, "kind": "tổ dân phố", "valid_from": since.get(name),
                "valid_to": until.get(name), "successor": successor.get(name, ""), "unit_code": unit.code,
            }
            for name in names
        ]
    )  # fmt: skip
