"""Names of people in the award register: kept apart from its rows, never exported, purged by one action."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, or_, select, update

from core.errors import Fault, FaultError
from core.figures import Award, UnitKey
from core.store import tables
from core.store.audit import record
from core.store.current import of_unit
from core.store.engine import Store, rewrite, writing
from core.store.read import frame_of
from core.texts import text

LONGEST = 200  # signs of one name: what is longer is a list pasted into one line
DRAFTED = "names"  # where a draft keeps names, so that a purge finds them there

Names = Mapping[tuple, Sequence[str]]  # the key of an award (Award.key) -> the names that are to stand beside it


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away.

    `names` that stood beside the register, `files` whose bytes were kept, `drafts` that held names; `wiped` says that
    the database was rewritten too, so that nothing of them is left in its own files.
    """

    names: int
    files: int
    drafts: int
    wiped: bool

    def sentence(self, lang: str) -> str:
        """What was taken away, and whether the database's own files are clean of it."""
        said = text("names.done", lang, names=self.names, files=self.files, drafts=self.drafts)
        return f"{said} {text('names.wiped' if self.wiped else 'names.not_wiped', lang)}"


def names_of(
    store: Store, unit: UnitKey | Iterable[UnitKey], years: Iterable[int] | None = None, *, approved: bool = True
) -> pd.DataFrame:
    """The names beside the approved (or newest) rows of the register: only for people with the right "trace".

    Columns: year, honour, class, level, recipient, mode, giver, decision_no, name; in the order they were written.
    """
    award, current, person = tables.award.c, tables.current_award, tables.person_name.c
    shown = (award.year, award.honour, award.grade, award.level, award.recipient, award.mode, award.giver,
             award.decision_no)  # fmt: skip
    query = (
        select(*(each.label("class") if each.name == "grade" else each for each in shown), person.name)
        .join(tables.award, award.seq == person.award)
        .join(current, and_(*(current.c[name] == award[name] for name in tables.AWARD_KEY)))
        .where(of_unit(current, unit, years))
        .order_by(*shown, person.award, person.number)
    )
    return frame_of(store, query.where(current.c.approved_seq.is_not(None)) if approved else query)


def names_kept(store: Store) -> pd.DataFrame:
    """How many names are kept of which ward, and how many of its files: what a purge would take away.

    Columns: unit_code ("" for files of many wards), unit_from (None for these), names, files.
    """
    award, report = tables.award.c, tables.report.c
    kept = exists().where(tables.report_bytes.c.sha256 == report.sha256)
    parts = (
        select(award.unit_code, award.unit_from, func.count().label("names"))
        .join(tables.person_name, tables.person_name.c.award == award.seq)
        .group_by(award.unit_code, award.unit_from),
        select(report.unit_code, report.unit_from, func.count(report.sha256.distinct()).label("files"))
        .where(kept)
        .group_by(report.unit_code, report.unit_from),
    )
    names, files = (frame_of(store, part) for part in parts)
    both = names.merge(files, on=["unit_code", "unit_from"], how="outer")
    counts = both[["names", "files"]].astype("float64").fillna(0).astype("int64")
    return both.assign(names=counts["names"], files=counts["files"]).sort_values("unit_code", ignore_index=True)


def new_names(connection: Connection, names: Names, awards: Collection[Award]) -> dict[tuple, list[str]]:
    """Those of some names that are not kept already, tidied: spaces single, empty lines left out.

    `awards` are the rows that come in the same batch. Raises FaultError for names beside a row that is neither among
    them nor in the register, and for what is too long to be one name.
    """
    coming = {award.key for award in awards}
    faults, changed = [], {}
    for key, said in names.items():
        wanted = [name for name in (_plain(each) for each in said) if name]
        faults += [
            Fault("names.too_long", params={"start": name[:40], "most": LONGEST})
            for name in wanted
            if len(name) > LONGEST
        ]
        if wanted and key not in coming and _current_seq(connection, key) is None:
            faults.append(Fault("names.no_award", params={"honour": key[2], "year": key[1]}))
        elif wanted != list(connection.scalars(_names(key))):
            changed[key] = wanted
    if faults:
        raise FaultError(faults)
    return changed


def keep_names(connection: Connection, names: Mapping[tuple, Sequence[str]]) -> int:
    """Put these names beside the rows of the register as it now stands, in place of those that were there; how many.

    Names belong to a row of the register and not to one of its versions: they stay where its number is corrected, and
    undoing a batch does not bring back what was written over.
    """
    for key, wanted in names.items():
        here = tables.person_name
        versions = select(tables.award.c.seq).where(_of_key(key))
        connection.execute(delete(here).where(here.c.award.in_(versions)))
        if wanted:
            seq = _current_seq(connection, key)
            rows = [{"award": seq, "number": place, "name": name} for place, name in enumerate(wanted, start=1)]
            connection.execute(insert(here), rows)
    return sum(len(wanted) for wanted in names.values())


def purge_names(store: Store, who: str, reason: str, unit: UnitKey | None = None) -> Purged:
    """Delete every name, or those of one ward: beside the register, in drafts, and the bytes of its files.

    Figures, awards, batches and the SHA-256 of every file stay, so that `verify` passes, undoing works and a file that
    was taken in is known again. The audit log gets the counts. Where somebody else is at work the database cannot be
    rewritten: `wiped` is then false, and a second purge does only that. Backups keep what they hold until they expire.
    """
    faults = [] if who.strip() else [Fault("notes.no_who")]
    faults += [] if reason.strip() else [Fault("names.no_reason")]
    if faults:
        raise FaultError(faults)
    with writing(store) as connection:
        person, kept = tables.person_name, tables.report_bytes
        drafts = _empty_drafts(connection, unit)
        names = connection.execute(delete(person).where(*_names_of_unit(unit))).rowcount
        files = connection.execute(delete(kept).where(*_files_of_unit(unit))).rowcount
        detail = {"names": names, "files": files, "drafts": drafts, "reason": reason.strip()}
        record(connection, who, "names.purged", unit.code if unit else "", detail)
    return Purged(names, files, drafts, rewrite(store, (person.name, kept.name, tables.draft.name)))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _row_key(key: tuple) -> dict:
    unit, *rest = key
    return dict(zip(tables.AWARD_KEY, (unit.code, unit.valid_from, *rest), strict=True))


def _of_key(key: tuple):
    return and_(*(tables.award.c[name] == value for name, value in _row_key(key).items()))


def _current_seq(connection: Connection, key: tuple) -> int | None:
    here = tables.current_award.c
    same = (here[name] == value for name, value in _row_key(key).items())
    return connection.scalar(select(here.seq).where(*same))


def _names(key: tuple) -> Select:
    person = tables.person_name.c
    return (
        select(person.name)
        .join(tables.award, tables.award.c.seq == person.award)
        .where(_of_key(key))
        .order_by(person.award, person.number)
    )


def _names_of_unit(unit: UnitKey | None) -> list:
    if unit is None:
        return []
    return [tables.person_name.c.award.in_(select(tables.award.c.seq).where(of_unit(tables.award, unit)))]


def _files_of_unit(unit: UnitKey | None) -> list:
    """Files said to be of a ward, and files of many wards that anything of it was read from."""
    if unit is None:
        return []
    batch, report = tables.batch.c, tables.report.c
    read_from = [
        select(batch.sha256).join(facts, facts.c.batch == batch.id).where(of_unit(facts, unit))
        for facts in (tables.figure, tables.award, tables.residential_group)
    ]
    sha256 = tables.report_bytes.c.sha256
    own = select(report.sha256).where(of_unit(tables.report, unit))
    return [or_(*(sha256.in_(each) for each in (own, *read_from)))]


def _empty_drafts(connection: Connection, unit: UnitKey | None) -> int:
    """Take the names out of drafts, all else in them stays; how many held any."""
    here = tables.draft
    drafts = select(here) if unit is None else select(here).where(of_unit(here, unit))
    key = ("unit_code", "unit_from", "year", "who", "sheet")
    emptied = 0
    for row in connection.execute(drafts).mappings().all():
        content = json.loads(row["content"])
        if content.pop(DRAFTED, None):
            same = (here.c[name] == row[name] for name in key)
            said = json.dumps(content, ensure_ascii=False)
            connection.execute(update(here).where(*same).values(content=said))
            emptied += 1
    return emptied
