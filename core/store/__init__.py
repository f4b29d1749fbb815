"""The store: figures go in by batches and are never rewritten; screens and exports read frames."""

from core.store.approve import approve
from core.store.engine import Store, open_store
from core.store.migrate import migrate
from core.store.read import TIDY_COLUMNS, tidy, units_with_figures
from core.store.undo import remove_sample, undo
from core.store.write import Batch, Changes, Group, Report, compare, store_batch

__all__ = [
    "TIDY_COLUMNS",
    "Batch",
    "Changes",
    "Group",
    "Report",
    "Store",
    "approve",
    "compare",
    "migrate",
    "open_store",
    "remove_sample",
    "store_batch",
    "tidy",
    "undo",
    "units_with_figures",
]
