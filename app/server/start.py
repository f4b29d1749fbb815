"""What is done once, before the first visitor: heavy imports, the garbage collector's rest, compressed files."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Iterable

from app.server.compressed import CompressedFiles

# Loaded lazily otherwise: the first visitor would wait for them.
HEAVY = ("pandas", "plotly.graph_objects", "sqlalchemy", "plotly.io._json")


def warm_up(files: CompressedFiles, first: Iterable[str], modules: Iterable[str] = ()) -> None:
    """Import what every visit needs, start compressing in the background, then keep the collector off all of it.

    `first` are the addresses to compress before the others; `modules` further ones to import.
    """
    for name in (*HEAVY, *modules):
        importlib.import_module(name)
    threading.Thread(target=files.prepare, args=(tuple(first),), name="compress", daemon=True).start()
    gc.collect()
    gc.freeze()  # what is loaded now lives as long as the process: collections need not walk it again
