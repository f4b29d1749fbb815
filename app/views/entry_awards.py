"""The sheet of the award register: rows as they are typed, and what keeps them from being awards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from app.views.award_counts import CULTURAL
from app.views.awards import honour_name
from app.views.ladder import level_label
from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import MODES, Award, UnitKey
from core.places import Unit
from core.store.people import DRAFTED
from core.texts import text

FIELDS = ("honour", "grade", "level", "recipient", "mode", "count", "giver", "decision_no", "decision_date")
CARRIED = ("level", "mode", "giver", "decision_no", "decision_date")  # one decision lists several honours
_WORDS = ("giver", "decision_no")
_FORM = "form"
_USUAL = {"mode": MODES[0]}  # what stands in an untouched form


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a draft of the register holds.

    `added` are rows that nobody has stored, `changed` stored rows with another number or day; `names` people's names by
    the key of their award, where they differ from those that are kept; `form` the fields of a row that is being typed,
    as fields_of gives them, and `form_names` the names beside it.
    """

    added: tuple[Award, ...] = ()
    changed: tuple[Award, ...] = ()
    names: Mapping[tuple, tuple[str, ...]] = field(default_factory=dict)
    form: Mapping[str, object] = field(default_factory=dict)
    form_names: tuple[str, ...] = ()


def read_draft(draft: Mapping, unit: UnitKey, year: int) -> Sheet:
    """The sheet that a draft keeps, as write_draft wrote it; a draft whose names were purged has none."""
    added, changed = (tuple(_award(row, unit, year) for row in draft.get(kind, ())) for kind in ("added", "changed"))
    said = dict(draft.get(DRAFTED, {}))
    form_names = tuple(said.pop(_FORM, ()))
    names = {(unit, year, *json.loads(word)): tuple(each) for word, each in said.items()}
    return Sheet(added, changed, names, draft.get(_FORM, {}), form_names)


def write_draft(sheet: Sheet) -> dict:
    """A sheet as JSON can say it, empty where nothing is typed. Names stand apart, where a purge finds them."""
    names = {json.dumps(key[2:], ensure_ascii=False): list(said) for key, said in sheet.names.items()}
    names |= {_FORM: list(sheet.form_names)} if sheet.form_names else {}
    rows = {
        "added": [fields_of(award) for award in sheet.added], "changed": [fields_of(award) for award in sheet.changed],
        _FORM: {name: value for name, value in sheet.form.items() if value not in (None, "", _USUAL.get(name))},
    }  # fmt: skip
    return {name: each for name, each in {**rows, DRAFTED: names}.items() if each}


def fields_of(award: Award) -> dict:
    """An award as the fields of its form: a word, a number or None each."""
    day = award.decision_date
    return {name: getattr(award, name) for name in FIELDS} | {"decision_date": day.isoformat() if day else None}


def award_of(fields: Mapping, unit: UnitKey, year: int, catalogue: Catalogue) -> Award:
    """The award that filled-in fields say; FaultError with everything that is missing or does not fit the honour."""
    honour = catalogue.honours.get(fields.get("honour") or "")
    if honour is None:
        raise FaultError([Fault("entry_awards.no_honour")])
    said, faults = {"honour": honour.name("vi")}, []
    for name, allowed in (("level", honour.levels), ("recipient", honour.recipients), ("grade", honour.classes)):
        given = fields.get(name) or ""
        if given not in allowed and (given or name != "grade" or allowed):
            faults.append(Fault(f"entry_awards.no_{name}", params=said))
    count = fields.get("count")
    if not isinstance(count, int) or count < 1:
        faults.append(Fault("entry_awards.no_count", params=said))
    if faults:
        raise FaultError(faults)
    return _award(fields, unit, year)


def _award(fields: Mapping, unit: UnitKey, year: int) -> Award:
    day = fields.get("decision_date")
    words = {name: " ".join(str(fields.get(name) or "").split()) for name in _WORDS}
    plain = {name: fields.get(name) or "" for name in ("honour", "grade", "level", "recipient")}
    return Award(
        year=year, unit=unit, count=int(fields["count"]), mode=fields.get("mode") or MODES[0],
        decision_date=date.fromisoformat(day) if day else None, **plain, **words,
    )  # fmt: skip


def refuse_known(award: Award, rows: Iterable[Award]) -> None:
    """Raise FaultError where a row with the same key is there already: the two would be one with one number."""
    known = next((row for row in rows if row.key == award.key), None)
    if known is not None:
        raise FaultError([Fault("entry_awards.twice", params={"count": known.count, "year": award.year})])


def add_row(sheet: Sheet, award: Award, names: Sequence[str]) -> Sheet:
    """The sheet with one more row at its end; what one decision has in common waits in the form for the next."""
    said = {**sheet.names, award.key: tuple(names)} if names else sheet.names
    form = {name: value for name, value in fields_of(award).items() if name in CARRIED}
    return Sheet((*sheet.added, award), sheet.changed, said, form)


def drop_row(sheet: Sheet, key: tuple) -> Sheet:
    """The sheet without a row of its own: a new row is gone, a stored one is again as it is stored."""
    return replace(
        sheet, added=tuple(row for row in sheet.added if row.key != key),
        changed=tuple(row for row in sheet.changed if row.key != key),
        names={other: said for other, said in sheet.names.items() if other != key},
    )  # fmt: skip


def is_begun(sheet: Sheet) -> bool:
    """Whether the form holds a row of its own, beyond what one decision has in common."""
    return bool(sheet.form_names) or any(sheet.form.get(name) for name in FIELDS if name not in CARRIED)


def take_back(sheet: Sheet, award: Award) -> Sheet:
    """The sheet with a new row back in the form, to be mended there."""
    names = tuple(sheet.names.get(award.key, ()))
    return replace(drop_row(sheet, award.key), form=fields_of(award), form_names=names)


def change_row(
    sheet: Sheet, stored: Award, count: int | None, day: date | None, names: Sequence[str], kept: Sequence[str]
) -> Sheet:
    """The sheet with another number, day or other names beside a stored row; `kept` are the names that are there.

    Raises FaultError for a number below one: a row that is stored is taken out by undoing its batch.
    """
    if not count or count < 1:
        raise FaultError([Fault("entry_awards.no_removal")])
    new = replace(stored, count=count, decision_date=day, origin=None, quote="")
    plain = drop_row(sheet, stored.key)
    if (count, day) != (stored.count, stored.decision_date):
        plain = replace(plain, changed=(*plain.changed, new))
    return plain if list(names) == list(kept) else replace(plain, names={**plain.names, new.key: tuple(names)})


def honours_by_rank(catalogue: Catalogue) -> list[str]:
    """The ids of the honours of the register, the highest first; cultural titles have figures of their own."""
    known = sorted(catalogue.honours.values(), key=lambda honour: -honour.rank)
    return [honour.id for honour in known if honour.id not in CULTURAL]


def award_words(award: Award, catalogue: Catalogue, unit: Unit, lang: str) -> str:
    """A row of the register in a line: honour, recipient, level, mode, number, decision."""
    parts = [
        honour_name(catalogue, award.honour, award.grade, lang),
        text(f"awards.recipient_{award.recipient}", lang), level_label(award.level, unit, catalogue, lang),
        text(f"awards.mode_{award.mode}", lang), text("entry_awards.times", lang, count=award.count),
    ]  # fmt: skip
    if award.decision_no:
        parts.append(text("entry_awards.decision", lang, number=award.decision_no))
    if award.decision_date:
        parts.append(f"{award.decision_date:%d/%m/%Y}")
    return " · ".join(filter(None, (*parts, award.giver)))


def typed_names(words: str) -> list[str]:
    """Names as they stand in a box, one a line."""
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


def names_by_key(known: pd.DataFrame, unit: UnitKey) -> dict[tuple, list[str]]:
    """The names that are kept, by the key of their award; `known` as core.store.people.names_of gives them."""
    found: dict[tuple, list[str]] = {}
    for row in known.to_dict("records"):
        key = (row["honour"], row["class"], row["level"], row["recipient"], row["mode"], row["giver"])
        found.setdefault((unit, int(row["year"]), *key, row["decision_no"]), []).append(row["name"])
    return found
