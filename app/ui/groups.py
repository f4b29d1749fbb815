"""The residential groups of a ward over all its boundaries, as the store lists them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.ui.context import Context
from core.figures import UnitKey
from core.store import residential_groups


def groups_of(ctx: Context, units: Sequence[UnitKey]) -> pd.DataFrame:
    """Columns id, name, kind, valid_from, valid_to, successor, and unit_code: which unit a group belongs to."""
    found = residential_groups(ctx.store, units)
    order = {key.code: place for place, key in enumerate(units)}
    return found.sort_values("unit_code", key=lambda codes: codes.map(order), kind="stable", ignore_index=True)
