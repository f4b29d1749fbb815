"""A store with everything the program ships, past its first run, loaded once a test run and then only read."""

from __future__ import annotations

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from core.figures import UnitKey
from core.store import migrate, open_store
from core.store.office import choose
from etl.bundled import load_bundled

OWN = UnitKey("MAU03", date(2025, 7, 1))


@cache
def bundled_database() -> str:
    """The address of a SQLite store into which the bundled reports were loaded as `make run` does it.

    Its office has chosen the ward with the longest run of years as its own and kept the sample.
    """
    folder = Path(mkdtemp(prefix="ward"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{folder / 'ward.db'}"
    with open_store(url) as store:
        migrate(store)
        load_bundled(store, progress=False)
        choose(store, "test", unit=OWN, sample="kept", started=True)
    return url


def own_copy(folder: Path) -> str:
    """The address of a copy of that store in a folder, to write into."""
    shutil.copy(bundled_database().removeprefix("sqlite:///"), folder / "ward.db")
    return f"sqlite:///{folder / 'ward.db'}"
