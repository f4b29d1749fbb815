"""Tables people have explained: which column of an unknown table is what, kept for every later file like it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from core.errors import Fault, FaultError
from core.figures import BASES, UnitKey
from core.store import tables
from core.store.engine import Store, reading, writing
from core.store.rules import YEARS
from core.store.written import live, write_row

LABEL, MEASURE, AGAINST_PLAN = "label", "measure", "against_plan"
VALUES = ("plan", "estimate", "actual", "final", AGAINST_PLAN)
USES = (LABEL, MEASURE, *VALUES)
MEASURES = ("", "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng")
PERIODS = ("year", "q1", "h1", "9m", "11m")
SHIFTS = (-1, 0, 1)
_LONGEST = 80  # characters of a name


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: the `words` of its header without accents, any year in it as "#", and what it holds (USES).

    `nth` tells columns of the same words apart, `basis` which plan a plan or a percentage is of, `shift` the years
    between the table's own year and the column's, for a header that names no year.
    """

    words: str
    use: str
    nth: int = 0
    basis: str = ""
    shift: int = 0


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: its name as plain words, and the id of the indicator it is."""

    words: str
    indicator: str


@dataclass(frozen=True, slots=True)
class FormProfile:
    """How a table is read: its columns, and the unit of money and the period where the table itself names none.

    One without columns names `rows` only, for every table whose columns are known. `unit` and `year` say on whose
    table it was explained; it reads every ward's. `id`, `who` and `at` (UTC) are the store's, `id` 0 for one that was
    not kept.
    """

    unit: UnitKey
    year: int
    name: str
    columns: tuple[FormColumn, ...]
    measure: str = ""
    period: str = "year"
    id: int = 0
    who: str = ""
    at: datetime | None = None
    rows: tuple[FormRow, ...] = ()


def profile_faults(profile: FormProfile) -> list[Fault]:
    """Why no table could be read by it, everything at once: exactly one column of labels, at least one of values.

    One that only names rows needs none.
    """
    if profile.rows and not profile.columns:
        return []
    uses = [column.use for column in profile.columns]
    faults = [] if uses.count(LABEL) == 1 else [Fault("mapping.one_label", params={"count": uses.count(LABEL)})]
    if not set(uses) & set(VALUES):
        faults.append(Fault("mapping.no_value"))
    if uses.count(MEASURE) > 1:
        faults.append(Fault("mapping.one_measure", params={"count": uses.count(MEASURE)}))
    return faults + [
        Fault("store.unknown_word",
              params={"name": "form_profile", "field": field, "value": repr(word), "allowed": ", ".join(allowed)})
        for field, word, allowed in _words(profile) if word not in allowed
    ]  # fmt: skip


def keep_profile(store: Store, profile: FormProfile, who: str, found: Iterable[Fault] = ()) -> int:
    """Keep a profile under its name and give its number.

    FaultError with everything that is wrong with it, beside what was `found` wrong when it was tried on its table.
    """
    name = " ".join(profile.name.split())
    faults = [*(profile_faults(profile) or found), *([] if name else [Fault("mapping.no_name")])]
    if len(name) > _LONGEST:
        faults.append(Fault("mapping.long_name", params={"most": _LONGEST}))
    if profile.year not in YEARS:
        faults.append(Fault("notes.no_year", params={"year": profile.year, "first": YEARS[0], "last": YEARS[-1]}))
    with writing(store, ["form_profile"]) as connection:
        same = live(tables.form_profile).where(tables.form_profile.c.name == name)
        if name and connection.execute(same).first() is not None:
            faults.append(Fault("mapping.taken", params={"name": name}))
        if faults:
            raise FaultError(faults)
        return write_row(connection, tables.form_profile, _row(profile, name), who)


def withdraw_profile(store: Store, number: int, who: str) -> int:
    """Read no more tables by a profile, by a new row whose number is given; FaultError where it stands no more."""
    with writing(store, ["form_profile"]) as connection:
        row = connection.execute(live(tables.form_profile).where(tables.form_profile.c.id == number)).mappings().first()
        if row is None:
            raise FaultError([Fault("mapping.unknown", params={"id": number})])
        profile = _profile(row)
        again = {**_row(profile, profile.name), "replaces": number, "withdrawn": True}
        return write_row(connection, tables.form_profile, again, who)


def list_profiles(store: Store) -> tuple[FormProfile, ...]:
    """The profiles that stand, the newest first."""
    query = live(tables.form_profile).order_by(tables.form_profile.c.id.desc())
    with reading(store) as connection:
        return tuple(_profile(row) for row in connection.execute(query).mappings())


def _words(profile: FormProfile) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "measure", profile.measure, MEASURES
    yield "period", profile.period, PERIODS
    for column in profile.columns:
        yield "use", column.use, USES
        yield "basis", column.basis, ("", *BASES)
        yield "shift", str(column.shift), tuple(str(shift) for shift in SHIFTS)


def _row(profile: FormProfile, name: str) -> dict:
    content = {
        "columns": [asdict(column) for column in profile.columns], "measure": profile.measure, "period": profile.period,
        "rows": [asdict(row) for row in profile.rows],
    }  # fmt: skip
    return {
        "unit_code": profile.unit.code, "unit_from": profile.unit.valid_from, "year": profile.year, "name": name,
        "content": json.dumps(content, ensure_ascii=False), "replaces": None, "withdrawn": False,
    }  # fmt: skip


def _profile(row: Mapping) -> FormProfile:
    content = json.loads(row["content"])
    columns = tuple(FormColumn(**column) for column in content["columns"])
    return FormProfile(
        UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["name"], columns, content["measure"],
        content["period"], row["id"], row["who"], row["at"],
        tuple(FormRow(**said) for said in content.get("rows", ())),
    )  # fmt: skip
