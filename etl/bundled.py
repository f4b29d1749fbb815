"""The reports and notes that come with the program: loaded once, at the first start (`python -m etl.bundled`)."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from tqdm import tqdm

from core.catalogue import Catalogue, load_catalogue
from core.errors import FaultError
from core.settings import ROOT
from core.store import Note, Store, add_note, migrate, open_store, reports
from core.store.notes import was_ever_noted
from etl.document import Document
from etl.run import Wanted, load, parse_unit, read_document
from etl.sandbox import read_in_child

REPORTS = ROOT / "data" / "reports"
WHO = "bundled"
_AT_ONCE = 8  # files a child reads between two steps of the progress bar


@dataclass(frozen=True, slots=True)
class Bundled:
    """One report to load: its bytes, and what the manifest says of it."""

    name: str
    content: bytes
    title: str
    unit: str = ""
    year: int | None = None
    published: date | None = None
    url: str = ""

    @property
    def sha256(self) -> str:
        """The digest under which the store knows it."""
        return hashlib.sha256(self.content).hexdigest()


def bundled_reports(folder: Path = REPORTS) -> Iterator[Bundled]:
    """The reports of a folder's manifest.toml in its order; a `by_source` table gives one report a source page."""
    with (folder / "manifest.toml").open("rb") as file:
        entries = tomllib.load(file)["report"]
    for entry in entries:
        path = folder / entry["file"]
        if entry.get("by_source"):
            yield from _by_source(path, entry["title"])
        else:
            said = {name: entry[name] for name in ("title", "unit", "year", "published", "url") if name in entry}
            yield Bundled(path.name, path.read_bytes(), **said)


def _by_source(path: Path, title: str) -> Iterator[Bundled]:
    """A table of published figures split by the page that states them, so that each figure leads to its own page."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pages: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        pages.setdefault(row["source_url"], []).append(row)
    for at, (url, some) in enumerate(pages.items(), start=1):
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(some)
        day = some[0]["published"]
        published = date.fromisoformat(day) if len(day) == 10 else None
        name, content = f"{path.stem}-{at:02}.csv", out.getvalue().encode()
        yield Bundled(name, content, _page_title(title, url, some), published=published, url=url)


def _page_title(title: str, url: str, rows: list[dict[str, str]]) -> str:
    """What tells one page from another: its publisher's address, and the ward and years it speaks of."""
    wards = list(dict.fromkeys(row["unit_name"] for row in rows))
    years = sorted({row["year"] for row in rows})
    period = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return ", ".join([f"{title}: {host}" if host else title, *(wards if len(wards) == 1 else []), period])


def load_bundled(store: Store, *, progress: bool = True, folder: Path = REPORTS) -> int:
    """Load every bundled report the store has never seen; the number of reports loaded.

    A report that was undone stays undone: what its digest names is known. A report that would not load whole raises
    FaultError, the reports before it stay loaded, and the next start goes on with it. The manifest's notes follow, each
    once: one that was taken back is not written again.
    """
    catalogue = load_catalogue()
    known = set(reports(store)["sha256"])
    waiting = [report for report in bundled_reports(folder) if report.sha256 not in known]
    hidden = not (progress and waiting)
    bar = tqdm(total=len(waiting), desc="Nạp báo cáo kèm theo", unit=" tệp", disable=hidden, file=sys.stderr)
    with bar:
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            documents = read_in_child([(report.name, report.content) for report in some])
            for report, document in zip(some, documents, strict=True):
                _load(store, report, document, catalogue)
                bar.update()
    for note in bundled_notes(catalogue, folder):
        if not was_ever_noted(store, note, WHO):
            add_note(store, note, WHO)
    return len(waiting)


def bundled_notes(catalogue: Catalogue, folder: Path = REPORTS) -> tuple[Note, ...]:
    """The notes of a folder's manifest.toml."""
    with (folder / "manifest.toml").open("rb") as file:
        entries = tomllib.load(file).get("note", [])
    return tuple(_note(entry, catalogue) for entry in entries)


def _note(entry: dict, catalogue: Catalogue) -> Note:
    rest = {name: entry[name] for name in ("kind", "indicator", "day", "basis") if name in entry}
    return Note(parse_unit(entry["unit"], catalogue, entry["year"]).unit, entry["year"], entry["text"], **rest)


def _load(store: Store, report: Bundled, document: Document | FaultError, catalogue: Catalogue) -> None:
    if isinstance(document, FaultError):
        raise document
    unit = parse_unit(report.unit, catalogue, report.year).unit if report.unit else None
    reading = read_document(document, report.content, catalogue, Wanted(unit, year=report.year))
    # a day in the text may be any day; the manifest's is known to be that of publication
    reading.tidy.published = report.published or reading.tidy.published
    load(store, reading, catalogue, WHO, url=report.url, title=report.title)


def main() -> int:
    """Make the store ready and load what is not there yet; 0 where all went well."""
    store = open_store()
    try:
        migrate(store)
        load_bundled(store)
    except FaultError as error:
        for fault in error.faults:
            print(fault.sentence("vi"), file=sys.stderr)
        return 1
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
