"""A ward made by hand, as the store would give it: tidy rows without a store, so that a view is tested on its own."""

from __future__ import annotations

import pandas as pd
import pytest

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
