"""The one store of this process, opened and brought up to date when first asked for."""

from __future__ import annotations

from functools import cache
from threading import Lock

from core.settings import Settings
from core.store import Store, migrate, open_store

_one_at_a_time = Lock()


def current_store() -> Store:
    """The store of the settings, the same for the gate and for every screen."""
    with _one_at_a_time:  # the gate and the first screen may ask at the same moment
        return _opened(Settings.from_environment().database_url)


@cache
def _opened(url: str) -> Store:
    store = open_store(url)
    migrate(store)
    return store
