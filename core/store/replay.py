"""A freeze put into a store: into one of its own, or beside what a store has of other wards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Table, insert

from core.catalogue import Catalogue
from core.catalogue.kept import catalogue_of
from core.figures import UnitKey
from core.store import tables
from core.store.account_tables import office_choice
from core.store.checksum import batch_head, checksum
from core.store.current import FACTS, refresh
from core.store.engine import Store, open_store, writing
from core.store.freezes import PARTS, PRINTED, WRITTEN
from core.store.migrate import migrate
from core.store.write import insert_batch, next_seqs
from core.store.written import row_checksum


def replay(content: Mapping, folder: Path) -> tuple[Store, Catalogue]:
    """A freeze as a store of its own in an empty folder, everything in it approved, and the catalogue of its day.

    Every read of the store then answers as it did when the freeze was made, whatever was stored since.
    """
    catalogue = catalogue_of(content["catalogue"], folder / "catalogue")
    store = open_store(f"sqlite:///{folder / 'freeze.db'}")
    migrate(store, catalogue)
    with writing(store) as connection:
        fill(connection, content)
        choose_office(connection, content)
    return store, catalogue


def fill(connection: Connection, content: Mapping, who: str = "", note: str = "") -> None:
    """Put a content's rows where a store's reads look for them, signed by `who`, all approved.

    Of what the content holds nothing may be there yet.
    """
    reports = {row["sha256"]: of_table(tables.report, row) for row in content["reports"]}
    numbers = {digest: connection.execute(insert(tables.report).values(row)).inserted_primary_key[0]
               for digest, row in reports.items()}  # fmt: skip
    batches: dict[tuple[str, str], dict[Table, list[dict]]] = defaultdict(lambda: defaultdict(list))
    facts = [(table, row) for (table, _, _), part in zip(FACTS, PARTS, strict=True) for row in content[part]]
    seqs = next_seqs(connection, len(facts))
    for (table, row), seq in zip(facts, seqs, strict=True):
        batches[row["report"], row["at"]][table].append(of_table(table, row) | {"seq": seq})
    for (digest, at), rows in batches.items():
        together = [row for each in rows.values() for row in each]
        head = batch_head(who, note, datetime.fromisoformat(at), None, len(together), reports.get(digest))
        number = insert_batch(connection, head, numbers.get(digest), digest or None, checksum(head, together))
        for table, each in rows.items():
            connection.execute(insert(table), [row | {"batch": number} for row in each])
    moment = datetime.now(UTC)
    _fill_groups(connection, content["groups"], batch_head(who, note, moment, None, 0))
    # of a year with an explanation all figures may be kept back
    touched = {unit_year(row) for row in (*(row for _, row in facts), *content["shortfalls"])}
    for unit, year in sorted(touched):
        connection.execute(insert(tables.approval).values(
            unit_code=unit.code, unit_from=unit.valid_from, year=year, state="approved", who=who, at=moment,
            up_to_seq=seqs[-1] if facts else 0,
        ))  # fmt: skip
    refresh(connection, touched)
    for name, table in WRITTEN.items():
        for row in content[name]:
            full = of_table(table, row) | {"who": who, "replaces": None, "withdrawn": False}
            if table is tables.shortfall:
                full |= {"person": ""}  # who answers for it is in no freeze
            connection.execute(insert(table).values(**full, checksum=row_checksum(full)))


def choose_office(connection: Connection, content: Mapping, who: str = "") -> None:
    """Make a freeze's ward the office's own, printed as it was then."""
    code, first_day = content["unit"]
    chosen = {"unit": f"{code}@{first_day}"} | {name: content[name] for name in PRINTED if name in content}
    for name, value in chosen.items():
        connection.execute(insert(office_choice).values(name=name, value=value, who=who, at=datetime.now(UTC)))


def unit_year(row: Mapping) -> tuple[UnitKey, int]:
    """The unit and year that a plain row speaks of."""
    return UnitKey(row["unit_code"], date.fromisoformat(row["unit_from"])), row["year"]


def of_table(table: Table, row: Mapping) -> dict:
    """A plain row with the days, moments and exact numbers that a table's columns hold."""
    made = {}
    for column in table.c:
        if column.name not in row:
            continue
        value, kind = row[column.name], column.type.__class__.__name__
        if value is not None and kind == "Date":
            value = date.fromisoformat(value)
        elif value is not None and kind == "Moment":
            value = datetime.fromisoformat(value)
        elif value is not None and kind == "ExactDecimal":
            value = Decimal(value)
        made[column.name] = value
    return made


def _fill_groups(connection: Connection, rows: list[dict], head: dict) -> None:
    if not rows:
        return
    groups = [of_table(tables.residential_group, row) for row in rows]
    number = insert_batch(connection, head, None, None, checksum(head, (), groups))
    connection.execute(insert(tables.residential_group), [row | {"batch": number} for row in groups])
