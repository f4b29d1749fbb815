"""A data package taken back in: opened as a file from anybody, checked whole, and put into a store that lacks it."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import SQLAlchemyError

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.lineage import lineage
from core.store import tables
from core.store.audit import record
from core.store.checksum import plain
from core.store.current import of_unit
from core.store.engine import Store, unit_lock, writing
from core.store.freezes import (
    FORMAT,
    PARTS,
    PRINTED,
    WRITTEN,
    Freeze,
    content_now,
    hash_of,
    keep_freeze,
    packed_content,
)
from core.store.freezes import OWN as OF_THE_STORE
from core.store.office import COLOURS, office_now
from core.store.replay import choose_office, fill, of_table, replay
from core.store.rows import award_of, figure_of
from core.store.rules import YEARS, refuse
from core.store.wordings import refs_of
from core.store.write import Group, live_batch
from core.store.written import live

DESCRIPTOR, FREEZE, TABLES, README = "datapackage.json", "freeze.json", "tables.json", "README.txt"
METADATA = "csv-metadata.json"
EXCEL = "excel/"  # the folder of the tables as a Vietnamese Excel opens them
SHEETS = ("figures", "awards", "groups", "reports", "units", "successions", "indicators", "honours", "lines",
          "measures")  # fmt: skip
KNOWN = frozenset((DESCRIPTOR, FREEZE, TABLES, README, EXCEL)) | {
    f"{folder}{name}" for folder in ("", EXCEL) for name in (METADATA, *(f"{sheet}.csv" for sheet in SHEETS))
}  # fmt: skip
MOST_BYTES, MOST_UNPACKED = 20_000_000, 100_000_000  # a ward with twenty full years takes a quarter of that
MOST_FAULTS = 20  # of rows; a file that is wrong throughout is not told line by line
MOST_TEXT, MOST_TITLE = 100_000, 1000  # characters of one cell, of a freeze's name
_CATALOGUE_FILE = re.compile(r"([a-z0-9_]+/)?[a-z0-9_]+\.(toml|csv)")
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError,
           ValueError)  # fmt: skip
# what a catalogue or rows that no program wrote make the reading of them fail with
_NO_FREEZE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, SQLAlchemyError, TypeError,
              ValueError)  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]{1,45}([.][0-9]{1,45})?")
_BESIDE = {"report": str, "at": datetime}  # what a row of facts holds besides its table's columns


@dataclass(frozen=True, slots=True)
class Package:
    """A freeze as a file brought it: `content` what it holds, as `packed` whose SHA-256 is `hash`; the rest as made."""

    content: Mapping
    packed: bytes
    hash: str
    title: str
    at: datetime
    left_out: int

    @property
    def unit(self) -> UnitKey:
        """The ward it is of."""
        code, first_day = self.content["unit"]
        return UnitKey(code, date.fromisoformat(first_day))


@dataclass(frozen=True, slots=True)
class Restored:
    """What loading came to: the freeze, how many figures and awards, and what a freeze made here holds otherwise.

    `differs` names parts of a content: the catalogue where the program has another one, the printed name where the
    store is another ward's.
    """

    freeze: Freeze
    rows: int
    differs: tuple[str, ...]


def open_package(packed: bytes) -> Package:
    """A package from the bytes of its file; nothing is unpacked to disk. Raises FaultError with all that is wrong."""
    files = _members(packed)
    descriptor = _object(files[DESCRIPTOR], DESCRIPTOR)
    faults = list(_altered(descriptor, files))
    facts = descriptor.get("freeze")
    found = hash_of(files[FREEZE])
    stated = facts.get("hash") if isinstance(facts, dict) else None
    if stated != found:
        faults.append(Fault("package.wrong_hash", FREEZE, {"stated": str(stated)[:10], "found": found[:10]}))
    if faults:
        raise FaultError(faults)
    content = _object(files[FREEZE], FREEZE)
    _check_content(content, files[FREEZE])
    try:
        title, at, left_out = facts["title"], datetime.fromisoformat(facts["made_at"]), facts["left_out"]
        if at.tzinfo is None or at.year not in YEARS or not _is_whole(left_out) or left_out < 0:
            raise ValueError
        if not _is_text(title) or not title.strip() or len(title) > MOST_TITLE:
            raise ValueError
    except (KeyError, TypeError, ValueError) as error:
        raise FaultError([Fault("package.descriptor", DESCRIPTOR)]) from error
    return Package(content, files[FREEZE], found, title, at, left_out)


def restore(store: Store, catalogue: Catalogue, package: Package, who: str) -> Restored:
    """Put a package into a store that has nothing of its ward, and keep its freeze there.

    One transaction: where anything is refused the store is as it was, and FaultError says all of it.
    """
    _prove(package)
    content = package.content
    key, units = package.unit, _units(content, catalogue)
    note = f"freeze {package.hash[:10]}"
    locks = [*(unit_lock(*unit) for unit in units), *(f"report {row['sha256']}" for row in content["reports"])]
    with writing(store, locks) as connection:
        faults = [*_in_the_way(connection, content, units)]
        if faults:
            raise FaultError(faults)
        refuse(connection, *_facts(content), [_group(row) for row in content["groups"]])
        fill(connection, content, who, note)
        if office_now(connection).unit is None:
            choose_office(connection, content, who)
        freeze = Freeze(0, key, content["year"], package.title, who, package.at, package.hash, package.left_out)
        freeze = keep_freeze(connection, freeze, package.packed)
        record(connection, who, "freeze.loaded", key.code, {"year": content["year"], "hash": package.hash})
    now = content_now(store, catalogue, key, content["year"])
    differs = tuple(name for name in sorted({*now, *content}) if now.get(name) != content.get(name))
    return Restored(freeze, len(content["figures"]) + len(content["awards"]), differs)


def _members(packed: bytes) -> dict[str, bytes]:
    """The files of a package by name, within the limits. Raises FaultError with every member that is wrong."""
    if len(packed) > MOST_BYTES:
        raise FaultError([Fault("package.too_large", params={"most": MOST_BYTES // 10**6})])
    try:
        archive = zipfile.ZipFile(io.BytesIO(packed))
    except _DAMAGE as error:
        raise FaultError([Fault("package.no_zip")]) from error
    with archive:
        faults = list(_member_faults(archive.infolist()))
        if faults:
            raise FaultError(faults[:MOST_FAULTS])
        files, left = {}, MOST_UNPACKED
        for entry in archive.infolist():
            if not entry.is_dir():
                files[entry.filename] = _read(archive, entry, left)
                left -= len(files[entry.filename])
        return files


def _member_faults(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    names = [entry.filename for entry in entries]
    for name in sorted(set(names) - KNOWN):
        yield Fault("package.odd_member", params={"name": repr(name[:80])})
    for name in sorted({name for name in names if names.count(name) > 1} if len(names) < 1000 else set()):
        yield Fault("package.twice", params={"name": name[:80]})
    for entry in entries:
        if entry.flag_bits & 1:
            yield Fault("package.locked", params={"name": entry.filename[:80]})
    if DESCRIPTOR not in names:
        yield Fault("package.missing", params={"name": DESCRIPTOR})
    if FREEZE not in names:
        yield Fault("package.public_copy", params={"name": FREEZE})
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        yield _unpacked_large()


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    try:
        with archive.open(entry) as file:
            content = file.read(left + 1)  # what an entry says of its own size is not believed
    except _DAMAGE as error:
        raise FaultError([Fault("package.damaged", entry.filename)]) from error
    if len(content) > left:
        raise FaultError([_unpacked_large()])
    return content


def _unpacked_large() -> Fault:
    return Fault("package.unpacked_large", params={"most": MOST_UNPACKED // 10**6})


def _object(content: bytes, name: str) -> dict:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FaultError([Fault("package.no_json", name)]) from error
    if not isinstance(found, dict):
        raise FaultError([Fault("package.no_json", name)])
    return found


def _altered(descriptor: Mapping, files: Mapping[str, bytes]) -> Iterator[Fault]:
    """The files that are not as the package describes them."""
    resources = descriptor.get("resources")
    stated = {
        each["path"]: each.get("hash") for each in (resources if isinstance(resources, list) else [])
        if isinstance(each, dict) and isinstance(each.get("path"), str)
    }  # fmt: skip
    for name, content in files.items():
        if name in stated and stated[name] != f"sha256:{hashlib.sha256(content).hexdigest()}":
            yield Fault("package.altered", name)
    for name in sorted(path for path in stated if path not in files):
        yield Fault("package.missing", params={"name": name[:80]})


def _check_content(content: Mapping, packed: bytes) -> None:
    """Raise FaultError where a content is of another form, or holds what no freeze holds."""
    if content.get("format") != FORMAT:
        named = {"format": str(content.get("format"))[:20], "known": FORMAT}
        raise FaultError([Fault("package.format", FREEZE, named)])
    faults = [*_head_faults(content)]
    if not faults:
        for part, table in _tables().items():
            faults += _part_faults(part, table, content[part])
    if not faults and not any(row["year"] == content["year"] for part in PARTS for row in content[part]):
        faults.append(Fault("package.part", FREEZE, {"part": "year"}))  # nothing of it is approved
    if faults:
        raise FaultError(faults[:MOST_FAULTS])
    try:
        same = packed_content(content) == packed
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise FaultError([Fault("package.not_a_freeze", FREEZE)])


def _tables() -> dict[str, Table]:
    return dict(zip(PARTS, (tables.figure, tables.award), strict=True)) | WRITTEN | {
        "groups": tables.residential_group, "reports": tables.report,
    }  # fmt: skip


def _head_faults(content: Mapping) -> Iterator[Fault]:
    named = {"format", "unit", "year", "catalogue", *_tables(), *PRINTED[:1]}
    for name in sorted(map(str, named ^ (content.keys() - set(PRINTED[1:])))):
        yield Fault("package.part", FREEZE, {"part": name[:80]})
    unit = content.get("unit")
    if not (isinstance(unit, list) and len(unit) == 2 and _is_text(unit[0]) and _is_plain(unit[1], date)):
        yield Fault("package.part", FREEZE, {"part": "unit"})
    if not _is_whole(content.get("year")):
        yield Fault("package.part", FREEZE, {"part": "year"})
    texts = content.get("catalogue")
    if not (isinstance(texts, dict) and all(_CATALOGUE_FILE.fullmatch(name) and isinstance(said, str)
                                            for name, said in texts.items())):  # fmt: skip
        yield Fault("package.part", FREEZE, {"part": "catalogue"})
    for name in PRINTED:
        if not _is_text(content.get(name, "")) or (name == "colour" and content.get(name, COLOURS[0]) not in COLOURS):
            yield Fault("package.part", FREEZE, {"part": name})


def _part_faults(part: str, table: Table, rows: object) -> Iterator[Fault]:
    """Rows that are not of their table: another column, or a value that no column of its kind holds."""
    if not isinstance(rows, list):
        yield Fault("package.part", FREEZE, {"part": part})
        return
    kept = {column.name: column for column in table.c if column.name not in _left_to_store(part)}
    beside = _BESIDE if part in PARTS else {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or row.keys() != kept.keys() | beside.keys():
            yield Fault("package.row", FREEZE, {"part": part, "number": number, "column": "–"})
            continue
        wrong = [name for name, column in kept.items() if not _holds(column, row[name])]
        wrong += [name for name, kind in beside.items() if not _is_plain(row[name], kind)]
        if part == "shortfalls" and row["due"] is None:
            wrong.append("due")
        if part == "wordings" and not wrong and not _are_refs(row["numbers"]):
            wrong.append("numbers")
        for name in wrong:
            yield Fault("package.row", FREEZE, {"part": part, "number": number, "column": name})


def _left_to_store(part: str) -> tuple[str, ...]:
    if part in WRITTEN:
        return (*OF_THE_STORE, "person")
    return {"groups": ("batch",), "reports": ("id",)}.get(part, ("seq", "batch"))


def _holds(column, value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    kind = column.type.__class__.__name__
    kinds = {"Date": date, "Moment": datetime, "ExactDecimal": Decimal, "Integer": int, "BigInteger": int,
             "Boolean": bool}  # fmt: skip
    return _is_plain(value, kinds.get(kind, str))


def _is_plain(value: object, kind: type) -> bool:
    """Whether a value is the plain spelling of a day, moment or number, the very one a freeze has, or a text."""
    if kind is int:
        return _is_whole(value)
    if kind is bool:
        return isinstance(value, bool)
    if not _is_text(value):
        return False
    if kind is str:
        return True
    try:
        if kind is Decimal:
            return bool(_NUMBER.fullmatch(value)) and plain(Decimal(value)) == value
        read = kind.fromisoformat(value)
        return (kind is not datetime or read.tzinfo is not None) and plain(read) == value
    except (ValueError, OverflowError):
        return False


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def _is_text(value: object) -> bool:
    # PostgreSQL keeps no NUL, nothing keeps half a surrogate pair
    return isinstance(value, str) and len(value) <= MOST_TEXT and not re.search("[\0\ud800-\udfff]", value)


def _are_refs(numbers: str) -> bool:
    try:
        refs_of(numbers)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return False
    return True


def _prove(package: Package) -> None:
    """Raise FaultError where what the package holds does not freeze to its own hash in a store of its own."""
    with TemporaryDirectory(prefix="package", ignore_cleanup_errors=True) as folder:
        try:
            store, catalogue = replay(package.content, Path(folder))
            with store:
                again = content_now(store, catalogue, package.unit, package.content["year"])
        except _NO_FREEZE as error:
            raise FaultError([Fault("package.not_a_freeze", FREEZE)]) from error
    if again != package.content:
        raise FaultError([Fault("package.not_a_freeze", FREEZE)])


def _units(content: Mapping, catalogue: Catalogue) -> list[UnitKey]:
    """The ward of a content and all it was and became, and whatever else a row speaks of."""
    rows = [row for part in _tables() for row in content[part] if row["unit_code"] is not None]
    keys = {(row["unit_code"], row["unit_from"]) for row in rows} | {tuple(content["unit"])}
    units = {UnitKey(code, date.fromisoformat(first_day)) for code, first_day in keys}
    known = units & catalogue.places.by_key.keys()
    return sorted(units.union(*(lineage(catalogue, unit) for unit in known)))


def _in_the_way(connection: Connection, content: Mapping, units: list[UnitKey]) -> Iterator[Fault]:
    """What the store has of these units already, or lacks to take them in."""
    known = {UnitKey(*row) for row in connection.execute(select(tables.unit.c.code, tables.unit.c.valid_from))}
    for unit in units:
        if unit not in known:
            yield Fault("store.unknown_unit", params={"code": unit.code, "valid_from": unit.valid_from})
    kept = (tables.current_figure, tables.current_award, tables.current_group)
    written = (live(table).subquery(table.name) for table in (*WRITTEN.values(), tables.unshown))
    for table in (*kept, *written):
        row = connection.execute(select(table.c.unit_code).where(of_unit(table, units)).limit(1)).first()
        if row is not None:
            yield Fault("package.not_empty", params={"code": row.unit_code, "table": table.name})
    for row in content["reports"]:
        if (batch := live_batch(connection, row["sha256"])) is not None:
            yield Fault("package.report_there", params={"name": row["title"] or row["name"], "batch": batch})


def _facts(content: Mapping) -> tuple[list, list]:
    figures, awards = (content[part] for part in PARTS)
    return ([figure_of(of_table(tables.figure, row)) for row in figures],
            [award_of(of_table(tables.award, row)) for row in awards])  # fmt: skip


def _group(row: Mapping) -> Group:
    made = of_table(tables.residential_group, row)
    unit = UnitKey(made.pop("unit_code"), made.pop("unit_from"))
    return Group(unit=unit, **made)
