"""A ward made by hand, as the store would give it: tidy rows without a store, so that a view is tested on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from core.catalogue import load_catalogue
from core.places import Places, Succession, Unit

OLD = Unit("MAU01", date(1900, 1, 1), date(2025, 6, 30), "Phường Mẫu", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
NEW = Unit("MAU03", date(2025, 7, 1), None, "Phường Mẫu", "phường", "", "Tỉnh Mẫu", True)


@pytest.fixture(scope="session")
def catalogue():
    """The catalogue, with a ward of our own that was merged in July 2025."""
    merger = Succession(date(2025, 7, 1), OLD.key, NEW.key, "full")
    return replace(load_catalogue(), places=Places((OLD, NEW), (merger,)))


@pytest.fixture
def old_ward():
    """The ward until June 2025."""
    return OLD


@pytest.fixture
def new_ward():
    """The ward of the same name from July 2025."""
    return NEW


@pytest.fixture
def tidy_row():
    """A maker of one row of a tidy view."""

    def make(indicator, year, value, *, of=None, unit=OLD, **more):
        row = {
            "unit_code": unit.code, "unit_from": unit.valid_from, "unit_name": unit.name, "year": year,
            "period": "year", "indicator": indicator, "member": "", "scenario": "actual", "basis": "",
            "value": float(value), "of": float("nan") if of is None else float(of),
            "of_kind": "" if of is None else "total", "unit_of_measure": "", "method": "reported", "hedge": "",
            "is_sample": unit.is_sample, "approved": True, "batch": 1, "source": f"Báo cáo {year}",
        }  # fmt: skip
        return row | more

    return make


@pytest.fixture
def group_list():
    """A maker of the store's list of residential groups."""

    def make(names, *, unit=OLD, since=None, until=None, successor=None):
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

    return make


@pytest.fixture
def frame_of():
    """A frame of tidy rows."""
    return lambda rows: pd.DataFrame(list(rows))
