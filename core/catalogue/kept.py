"""The catalogue as text, so that it can be kept with figures and read again when the program's own has moved on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.catalogue.load import load_catalogue
from core.catalogue.rows import Catalogue
from core.figures import UnitKey

UNITS = ("units.csv", "units_extra.csv", "units_sample.csv")
SUCCESSIONS = ("unit_successions.csv", "successions_extra.csv", "successions_sample.csv")


def catalogue_texts(catalogue: Catalogue, units: Iterable[UnitKey]) -> dict[str, str]:
    """A catalogue by file name, its lists of units cut down to some units and those they are tied to.

    Kept by catalogue_of in a folder they load again as a catalogue that says the same of these units.
    """
    wanted = set(units)
    near = {key for row in catalogue.successions if {row.old, row.new} & wanted for key in (row.old, row.new)} | wanted
    codes = {key.code for key in near}
    texts = {
        path.relative_to(catalogue.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(catalogue.folder.rglob("*.toml"))
    }
    for names, columns in ((UNITS, ("code",)), (SUCCESSIONS, ("old_code", "new_code"))):
        for name in names:
            path = catalogue.folder / name
            if path.exists():
                texts[name] = _rows_of(path, columns, codes)
    return texts


def catalogue_of(texts: Mapping[str, str], folder: Path) -> Catalogue:
    """The catalogue that such texts say, written into an empty folder first. Raises FaultError where they say none."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return load_catalogue(folder)


def _rows_of(path: Path, columns: tuple[str, ...], codes: set[str]) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        kept = io.StringIO()
        writer = csv.DictWriter(kept, rows.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if all(row[name] in codes for name in columns))
    return kept.getvalue()
