"""Freezes opened for reading: each once a process, as a store of its own whose figures no later edit reaches."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from app.ui.context import Context
from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import Store
from core.store.freezes import Freeze, freeze_content, list_freezes
from core.store.replay import replay
from core.vi.format import day_here

MOST_OPEN = 8


@dataclass(frozen=True, eq=False)
class Frozen:
    """A freeze, the store and the catalogue it is read from, and all it holds."""

    freeze: Freeze
    store: Store
    catalogue: Catalogue
    content: Mapping

    def context(self, lang: str) -> Context:
        """What a screen would know that shows this freeze to everybody."""
        unit = self.catalogue.unit(self.freeze.unit)
        return Context(
            store=self.store, catalogue=self.catalogue, unit=unit, year=self.freeze.year, lang=lang,
            today=day_here(self.freeze.at),
        )  # fmt: skip


def open_freeze(store: Store, freeze: Freeze) -> Frozen:
    """A freeze opened for reading. Raises FaultError where it is not as it was made."""
    return _opened(store, freeze)


def find_freeze(store: Store, unit: UnitKey, mark: str) -> Freeze:
    """The freeze of a ward whose hash begins with `mark`, the newest of several; FaultError where there is none."""
    found = next((each for each in list_freezes(store, [unit]) if mark and each.hash.startswith(mark)), None)
    if found is None:
        raise FaultError([Fault("freeze.no_mark", params={"mark": mark})])
    return found


@lru_cache(maxsize=MOST_OPEN)
def _opened(store: Store, freeze: Freeze) -> Frozen:
    content = freeze_content(store, freeze.id)
    folder = Path(mkdtemp(prefix="freeze"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened, catalogue = replay(content, folder)
    return Frozen(freeze, opened, catalogue, content)
