"""The residential groups of a ward over all its boundaries, as the store lists them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.ui.context import Context
from core.figures import UnitKey
from core.store import residential_groups


def groups_of(ctx: Context, units: Sequence[UnitKey]) -> pd.DataFrame:
    """Columns id, name, kind, valid_from, valid_to, successor, and unit_code: which unit a group belongs to."""
    frames = [residential_groups(ctx.store, key).assign(unit_code=key.code) for key in units]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
