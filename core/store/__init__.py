"""The store: figures go in by batches and are never rewritten; screens and exports read frames."""

from core.store.accounts import has_accounts
from core.store.dump import dump
from core.store.engine import Store, open_store
from core.store.migrate import migrate
from core.store.newest import newest_awards, newest_figures
from core.store.notes import Note, add_note, list_notes, withdraw_note
from core.store.read import (
    TIDY_COLUMNS,
    across_units,
    batch_count,
    shared_indicators,
    tidy,
    units_with_figures,
    years_known,
)
from core.store.trail import (
    award_register,
    batches,
    flags,
    history,
    reports,
    residential_groups,
    sources,
    stored_figures,
)
from core.store.undo import remove_sample, restore_sample, undo
from core.store.verify import verify
from core.store.wordings import Slot, Wording, differences, withdraw_wording, wording_of, write_wording
from core.store.write import CONVERTED, Batch, Changes, Group, Report, batch_of_file, compare, store_batch

__all__ = [
    "CONVERTED",
    "TIDY_COLUMNS",
    "Batch",
    "Changes",
    "Group",
    "Note",
    "Report",
    "Slot",
    "Store",
    "Wording",
    "across_units",
    "add_note",
    "award_register",
    "batch_count",
    "batch_of_file",
    "batches",
    "compare",
    "differences",
    "dump",
    "flags",
    "has_accounts",
    "history",
    "list_notes",
    "migrate",
    "newest_awards",
    "newest_figures",
    "open_store",
    "remove_sample",
    "reports",
    "residential_groups",
    "restore_sample",
    "shared_indicators",
    "sources",
    "store_batch",
    "stored_figures",
    "tidy",
    "undo",
    "units_with_figures",
    "verify",
    "withdraw_note",
    "withdraw_wording",
    "wording_of",
    "write_wording",
    "years_known",
]
