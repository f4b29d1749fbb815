"""Reports from bytes to the store: read in a child process, found, tidied, checked, compared, stored as one batch."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import Award, Figure, UnitKey
from core.store import CONVERTED, Batch, Changes, Report, Store, compare, newest_awards, newest_figures, store_batch
from core.store.profiles import FormProfile
from etl.checks import Finding, check, indicators_beside
from etl.document import Block, Document, Table
from etl.errands import Errand
from etl.find import find
from etl.readers.gate import MAX_BYTES
from etl.sandbox import read_each_in_child
from etl.tidy import Tidy, tidy

WRONG = ("etl.question_sum", "etl.question_percent", "etl.question_two_values")  # questions that name a broken rule
_CODE = re.compile(r"(?P<code>[0-9]{5}|[A-Z]{2,}[0-9]+)(?:@(?P<begins>\d{4}-\d\d-\d\d))?")
_AT_ONCE = 256  # files that share one child, before whoever else waits for one has a turn


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who brings a report says of it: a unit by key or by name, a year, an encoding to convert from,
    and how tables that no reader knows were explained.
    """

    unit: UnitKey | None = None
    unit_name: str = ""
    year: int | None = None
    encoding: str | None = None
    profiles: tuple[FormProfile, ...] = ()


def offered_encodings(refused: Iterable[Fault]) -> dict[str, Fault]:
    """The old encodings that a file was refused for and that could be chosen for it, each with its refusal."""
    return {str(fault.params["encoding"]): fault for fault in refused if "samples" in fault.params}


@dataclass
class Reading:
    """One report as far as it came: `refused` where it could not be read at all, else its figures and findings."""

    name: str
    content: bytes
    kind: str = ""
    tidy: Tidy = field(default_factory=Tidy)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    converted: str = ""  # the encodings its text was brought to Unicode from, as chosen
    unknown: list[Table] = field(default_factory=list)  # the first rows of tables a person may explain

    @property
    def faults(self) -> list[Fault]:
        """Everything that keeps the file out of the store."""
        errors = [finding.fault for finding in self.findings if finding.severity == "error"]
        return [*self.refused, *self.tidy.faults, *errors]

    @property
    def offered(self) -> dict[str, Fault]:
        """The old encodings that were recognised in the file and could be chosen for it, each with its refusal."""
        return offered_encodings(self.refused)

    @property
    def is_wrong(self) -> bool:
        """Whether something is wrong, as against merely open."""
        broken = any(finding.severity == "question" for finding in self.findings)
        return bool(self.faults) or broken or any(question.code in WRONG for question in self.tidy.questions)

    @property
    def sha256(self) -> str:
        """The digest under which the store knows the file."""
        return hashlib.sha256(self.content).hexdigest()


def parse_unit(words: str, catalogue: Catalogue, year: int | None = None) -> Wanted:
    """A unit as people name it: "00238", "00238@1900-01-01", "Khương Thượng", "Khương Thượng, Đống Đa, Hà Nội".

    A name borne by several units is kept as a name, to be settled by each figure's year. Raises FaultError where
    nothing fits or a code needs its first day.
    """
    coded = _CODE.fullmatch(words.strip())
    if coded:
        units = [unit for unit in catalogue.units if unit.code == coded["code"]]
        if coded["begins"]:
            units = [unit for unit in units if unit.valid_from.isoformat() == coded["begins"]]
        if len(units) > 1 and year is not None:
            units = [unit for unit in units if unit.exists_on(date(year, 12, 31))]
    else:
        name, district, province = ([*(part.strip() for part in words.split(",")), "", ""])[:3]
        units = list(catalogue.find_units(name, district, province) or catalogue.find_units(name, "", district))
    if len(units) == 1:
        return Wanted(units[0].key, year=year)
    if units and not coded:
        return Wanted(unit_name=words.split(",")[0].strip(), year=year)
    choices = "; ".join(unit.described for unit in units)
    raise FaultError(
        [Fault("etl.unit_choice" if units else "etl.unit_not_found", params={"unit": words, "choices": choices})]
    )


def read_files(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The bytes of files; FaultError naming every file that is not there, cannot be opened or is far too large."""
    files: list[tuple[str, bytes]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            size = path.stat().st_size if path.is_file() else None
            if size is None:
                faults.append(Fault("etl.no_file", str(path)))
            elif size > MAX_BYTES:  # not even taken into memory
                params = {"size": size // 2**20, "most": MAX_BYTES // 2**20}
                faults.append(Fault("reading.too_big", str(path), params))
            else:
                files.append((path.name, path.read_bytes()))
        except OSError:
            faults.append(Fault("etl.file_closed", str(path)))
    if faults:
        raise FaultError(faults)
    return files


def read_reports(
    files: Sequence[tuple[str, bytes]],
    catalogue: Catalogue,
    wanted: Wanted = Wanted(),
    today: date | None = None,
    progress: Callable[[int], None] | None = None,
    errand: Errand | None = None,
) -> list[Reading]:
    """Read and check files (name, content) in order; nothing is stored and nothing is raised for a bad file.

    `progress` is told how many files are done; an `errand` tells its place in the queue and can be called off.
    """
    readings: list[Reading] = []
    for start in range(0, len(files), _AT_ONCE):
        some = files[start : start + _AT_ONCE]
        documents = read_each_in_child(some, encoding=wanted.encoding, errand=errand)
        for (name, content), document in zip(some, documents, strict=True):
            if isinstance(document, FaultError):
                readings.append(Reading(name, content, refused=list(document.faults)))
            else:
                readings.append(read_document(document, content, catalogue, wanted, today))
            if progress:
                progress(len(readings))
    return readings


def read_document(
    document: Document, content: bytes, catalogue: Catalogue, wanted: Wanted = Wanted(), today: date | None = None
) -> Reading:
    """One document's figures, tidied and checked."""
    found = find(document, catalogue, unit=wanted.unit, year=wanted.year, profiles=wanted.profiles)
    named = [unit.key for unit in catalogue.find_units(wanted.unit_name)] if wanted.unit_name else []
    if named and found.unit not in named:  # a file that knows which of them it means is right
        found.unit, found.unit_name = None, wanted.unit_name
    result = tidy(found, catalogue, words_of(document))
    reading = Reading(document.name, content, document.kind, result,
                      converted=document.properties.get("converted", ""), unknown=found.unknown)  # fmt: skip
    for missed in ("pages_without_text", "pages_without_tables"):
        if pages := document.properties.get(missed):
            result.notices.append(Fault(f"reading.{missed}", params={"pages": pages}))
    if found.is_empty:
        reading.refused.append(Fault("etl.nothing_found"))
    reading.findings = check(result.figures, result.awards, catalogue, today or date.today())
    return reading


def words_of(document: Document) -> str:
    """The text in which a report may name its district and province."""
    texts = []
    for part in document.parts:
        if isinstance(part, Block):
            texts.append(part.text)
        else:
            texts += [*part.before, *(cell.text for row in part.rows[:10] for cell in row)]
    return "\n".join(texts)


def answered(
    reading: Reading, right: Sequence[Figure], catalogue: Catalogue, today: date | None = None
) -> Reading:
    """The reading with the candidates a person has chosen taken in, and the rules asked again.

    A chosen figure stands in the place of any other of its key.
    """
    chosen = {figure.key: figure for figure in right}
    figures = [*(figure for figure in reading.tidy.figures if figure.key not in chosen), *chosen.values()]
    return _with(reading, figures, reading.tidy.awards, catalogue, today)


def without_years(
    reading: Reading, pairs: Collection[tuple[UnitKey, int]], catalogue: Catalogue, today: date | None = None
) -> Reading:
    """The reading without the figures and awards of some units' years."""
    figures, awards = (
        [item for item in items if (item.unit, item.year) not in pairs]
        for items in (reading.tidy.figures, reading.tidy.awards)
    )
    return _with(reading, figures, awards, catalogue, today)


def _with(reading: Reading, figures: list, awards: list, catalogue: Catalogue, today: date | None) -> Reading:
    findings = check(figures, awards, catalogue, today or date.today())
    return replace(reading, tidy=replace(reading.tidy, figures=figures, awards=awards), findings=findings)


def against_store(store: Store, reading: Reading, catalogue: Catalogue, today: date | None = None) -> Reading:
    """The reading with the rules asked again, what the store knows of its units taking part.

    Adds what the file alone does not show: a jump against its own past, a percentage whose plan was stored
    before, a list whose count was. Two queries, however long the file.
    """
    figures, awards = reading.tidy.figures, reading.tidy.awards
    known = standing(store, figures, awards, catalogue)
    return replace(reading, findings=check(figures, awards, catalogue, today or date.today(), known))


def standing(
    store: Store, figures: Collection[Figure], awards: Collection[Award], catalogue: Catalogue
) -> list[Figure | Award]:
    """What the store knows beside these figures and awards: `history` for etl.checks.check.

    The newest values, approved or not, of their units and of every indicator that a rule sets against one of theirs,
    all years; the awards of their years. Nothing is set against a figure of another boundary.
    """
    units = sorted({item.unit for item in (*figures, *awards)} & catalogue.places.by_key.keys())
    if not units:
        return []
    indicators = indicators_beside(figures, awards, catalogue)
    years = {item.year for item in (*figures, *awards)}
    return [*newest_figures(store, units, indicators), *newest_awards(store, units, years)]


def unit_faults(reading: Reading) -> list[Fault]:
    """What is missing before a reading can be stored: the unit of some of its figures."""
    homeless = [item for item in (*reading.tidy.figures, *reading.tidy.awards) if item.unit is None]
    return [Fault("etl.unit_needed", reading.name, {"count": len(homeless)})] if homeless else []


def changes(store: Store, reading: Reading) -> Changes:
    """What storing a reading would change; FaultError where it cannot be stored."""
    faults = [*reading.faults, *unit_faults(reading)]
    if faults:
        raise FaultError(faults)
    return compare(store, reading.tidy.figures, reading.tidy.awards, reading.tidy.groups)


def load(store: Store, reading: Reading, catalogue: Catalogue, who: str, url: str = "", title: str = "") -> Batch:
    """Store a reading as one batch in one transaction.

    Open questions are not stored. Raises FaultError, the store left as it was, where anything is wrong.
    """
    faults = [*reading.faults, *unit_faults(reading)]
    if faults:
        raise FaultError(faults)
    units = {item.unit for item in (*reading.tidy.figures, *reading.tidy.awards)}
    report = Report(
        name=reading.name, sha256=reading.sha256, content=reading.content, kind=reading.kind,
        unit=next(iter(units)) if len(units) == 1 else None, year=reading.tidy.year, title=title,
        published=reading.tidy.published, url=url, is_sample=any(catalogue.unit(unit).is_sample for unit in units),
    )  # fmt: skip
    return store_batch(
        store,
        figures=reading.tidy.figures,
        awards=reading.tidy.awards,
        groups=reading.tidy.groups,
        report=report,
        who=who,
        note=CONVERTED + reading.converted if reading.converted else "",
    )
