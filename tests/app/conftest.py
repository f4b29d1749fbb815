"""A ward made by hand, as the store would give it: tidy rows without a store, so that a view is tested on its own."""

from __future__ import annotations

import pandas as pd
import pytest

from core.yearbook import Yearbook
from tests.app import made


@pytest.fixture(scope="session")
def catalogue():
    """The catalogue, with a ward of our own that was merged in July 2025."""
    return made.made_catalogue()


@pytest.fixture
def old_ward():
    """The ward until June 2025."""
    return made.OLD


@pytest.fixture
def new_ward():
    """The ward of the same name from July 2025."""
    return made.NEW


@pytest.fixture
def tidy_row():
    """A maker of one row of a tidy view."""
    return made.tidy_row


@pytest.fixture
def group_list():
    """A maker of the store's list of residential groups."""
    return made.group_list


@pytest.fixture
def frame_of():
    """A frame of tidy rows."""
    return lambda rows: pd.DataFrame(list(rows))


@pytest.fixture
def point(catalogue, tidy_row, frame_of, old_ward):
    """A maker of (indicator, point) of 2020 from a value and a plan."""

    def make(indicator, value=None, plan=None, *, basis="assigned", of=None, printed=None, **more):
        rows = [tidy_row(indicator, 2020, value, of=of, **more)] if value is not None else []
        if plan is not None:
            rows.append(tidy_row(indicator, 2020, plan, scenario="plan", basis=basis))
        if printed is not None:
            rows.append(tidy_row(f"{indicator}_attainment", 2020, printed, basis=basis))
        book = Yearbook(catalogue, (old_ward.key,), frame_of(rows), years=(2020, 2020))
        return catalogue.indicators[indicator], book.series(indicator).at(2020)

    return make
