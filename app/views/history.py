"""What was done to a ward's figures, in plain sentences by day and person, and what differs between two days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from app.views import words
from app.views.sources import entry_of
from app.views.stored import who_words
from app.views.view import Table
from core.catalogue import Catalogue
from core.figures import UnitKey
from core.store.timeline import RESTORED, STORED, UNDONE, Change, Deed, net
from core.store.wordings import text_of
from core.texts import text
from core.vi.format import VIET_NAM, day_here, format_moment
from core.vi.numbers import format_number


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a deed: the time of day, the words, and the same figure by figure where there are several.

    `changes` are those that the sentence tells of.
    """

    at: str
    words: str
    details: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What one person did on one day, in the order it was done."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """What it takes to put a deed into words: the ward looked at, names of groups by id, of people by signature."""

    catalogue: Catalogue
    unit: UnitKey
    groups: Mapping[str, str]
    name_of: Callable[[str], str]
    lang: str

    def say(self, name: str, /, **params: object) -> str:
        """A text of the history screen."""
        return text(f"history.{name}", self.lang, **params)

    def who(self, deed: Deed) -> str:
        """Whoever did a deed."""
        return who_words(self.name_of(deed.who), self.lang)


def message(deeds: Sequence[Deed], since: date, until: date, place: str, lang: str) -> tuple[str, str]:
    """The screen's message: how many figures differ between two days, and how many deeds there were."""
    count = len(net(deeds))
    said = {"since": words.day_words(since), "until": words.day_words(until)}
    title = text("history.title_none", lang, **said)
    if count:
        title = text("history.title", lang, count=count, number=format_number(count, lang=lang), **said)
    name = "history.lead" if deeds else "history.lead_none"
    return title, text(name, lang, place=place, **({"deeds": len(deeds)} if deeds else {}))


def history_days(deeds: Iterable[Deed], teller: Teller) -> tuple[Day, ...]:
    """The deeds by day of Viet Nam and person, the latest day first, within it in the order they were done."""
    days: dict[tuple[date, str], list[Told]] = {}
    for deed in deeds:
        key = day_here(deed.at), teller.who(deed)
        days.setdefault(key, []).extend(told_of(deed, teller))
    return tuple(
        Day(teller.say("day", day=words.day_words(day), who=who), tuple(told))
        for (day, who), told in sorted(days.items(), key=lambda item: item[0][0], reverse=True)
    )


def told_of(deed: Deed, teller: Teller) -> tuple[Told, ...]:
    """A deed in sentences; every change of it is told by exactly one of them."""
    at = f"{deed.at.astimezone(VIET_NAM):%H:%M}"
    if deed.what == STORED:
        said = _stored(deed, teller)
    elif deed.row is not None:
        said = [(_written(deed, teller), ())]
    else:
        name = deed.what
        lead = teller.say(name, **({"batch": deed.of} if name in (UNDONE, RESTORED) else {"year": deed.year}))
        said = [(lead + _tail(deed, teller), deed.changes)]
    return tuple(
        Told(at, words.lead_upper(lead), _details(changes, lead, teller), tuple(changes)) for lead, changes in said
    )


def _details(changes: Sequence[Change], lead: str, teller: Teller) -> tuple[str, ...]:
    """Each figure in a line, but for one that the sentence itself tells whole."""
    lines = tuple(change_words(change, teller) for change in changes)
    return () if len(lines) == 1 and figure_words(changes[0].new or changes[0].old, teller) in lead else lines


def _stored(deed: Deed, teller: Teller) -> list[tuple[str, tuple[Change, ...]]]:
    """A sentence for each value that was changed, one for all that are new."""
    changed = [change for change in deed.changes if change.old is not None]
    added = tuple(change for change in deed.changes if change.old is None)
    said = [(_changed(change, teller) + _tail(deed, teller, change.new), (change,)) for change in changed]
    if len(added) == 1:
        lead = teller.say("added", figure=figure_words(added[0].new, teller), new=value_words(added[0].new, teller))
        said.append((lead + _tail(deed, teller, added[0].new), added))
    elif added:
        years = [change.new["year"] for change in added]
        lead = teller.say("added_many", count=len(added), years=words.period_words(min(years), max(years)))
        said.append((lead + _tail(deed, teller), added))
    if deed.groups:
        said.append((teller.say("groups", count=deed.groups) + ("" if added or changed else _tail(deed, teller)), ()))
    return said or [(teller.say("unchanged") + _tail(deed, teller), ())]


def _changed(change: Change, teller: Teller) -> str:
    figure, old, new = _three(change, teller)
    if change.new is None:
        return teller.say("gone", figure=figure, old=old)
    return teller.say("corrected" if old == new else "changed", figure=figure, old=old, new=new)


def change_words(change: Change, teller: Teller) -> str:
    """What became of one figure, as a line under a sentence."""
    figure, old, new = _three(change, teller)
    if change.old is None:
        return teller.say("new", figure=figure, new=new)
    if change.new is None:
        return teller.say("gone", figure=figure, old=old)
    return teller.say("same" if old == new else "came", figure=figure, old=old, new=new)


def _three(change: Change, teller: Teller) -> tuple[str, str, str]:
    old, new = (None if row is None else value_words(row, teller) for row in (change.old, change.new))
    return figure_words(change.new or change.old, teller), old or "", new or ""


def value_words(row: Mapping, teller: Teller) -> str:
    """A stored value as its source prints it."""
    return entry_of(dict(row), teller.catalogue, dict(teller.groups), {}, teller.lang).value


def figure_words(row: Mapping, teller: Teller) -> str:
    """Which figure a row is: its name, its kind where it is more than what was reached in a year, year and ward."""
    entry = entry_of(dict(row), teller.catalogue, dict(teller.groups), {}, teller.lang)
    plain = row["indicator"] and (row["scenario"], row["basis"], row["period"]) == ("actual", "", "year")
    name, kind = words.lead_lower(entry.name), words.lead_lower(entry.kind)
    if plain:
        said = teller.say("figure", name=name, year=row["year"])
    else:
        said = teller.say("figure_kind", name=name, kind=kind, year=row["year"])
    return _with_place(said, UnitKey(row["unit_code"], row["unit_from"]), teller)


def _with_place(said: str, unit: UnitKey, teller: Teller) -> str:
    if unit == teller.unit:
        return said
    return teller.say("figure_place", figure=said, place=words.place_words(teller.catalogue.unit(unit), teller.lang))


def _tail(deed: Deed, teller: Teller, row: Mapping | None = None) -> str:
    """Reason, report and whether it still waits, in brackets."""
    reason = (row or {}).get("reason") or deed.reason
    reason = teller.say(reason) if reason == "remove_sample" else reason
    parts = [
        teller.say("reason", reason=reason) if reason else "",
        teller.say("report", name=deed.report) if deed.report else "",
        teller.say("waiting") if deed.step == "submitted" else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _written(deed: Deed, teller: Teller) -> str:
    """A note, sentence, reason or mark that was written, changed or taken back."""
    table, _, verb = deed.what.partition(".")
    old, new = (None if row is None else _content(table, row, teller) for row in (deed.before, deed.row))
    name = f"{table}_{'withdrawn' if verb == 'withdrawn' else 'replaced' if deed.before is not None else 'written'}"
    said = {"year": deed.year, "new": new, "old": old or ""}
    if deed.row.get("indicator") and table != "note":
        indicator = words.lead_lower(teller.catalogue.indicators[deed.row["indicator"]].name(teller.lang))
        said["figure"] = _with_place(teller.say("figure", name=indicator, year=deed.year), deed.unit, teller)
    return teller.say(name, **said)


def _content(table: str, row: Mapping, teller: Teller) -> str:
    if table == "shortfall":
        said = teller.say("shortfall", **{name: row[name] for name in ("cause", "remedy", "person")})
        return teller.say("shortfall_due", said=said, due=words.day_words(row["due"])) if row["due"] else said
    if table == "wording":
        return text_of(row)
    return row[{"note": "text", "unshown": "reason", "story": "name", "form_profile": "name"}[table]]


def net_table(deeds: Iterable[Deed], since: date, until: date, place: str, teller: Teller) -> Table:
    """One row a figure that differs: its value on either day, who made it so at last, when, why, from what file."""
    names = ("figure", "old", "new", "who", "at", "why", "report")
    header = tuple(
        teller.say(f"column_{name}", **({"day": words.day_words(since if name == "old" else until)}
                                        if name in ("old", "new") else {}))
        for name in names
    )  # fmt: skip
    none, rows = words.dash(teller.lang), []
    for change, deed in net(deeds):
        figure, old, new = _three(change, teller)
        reason = (change.new or {}).get("reason") or deed.reason
        reason = teller.say(reason) if reason == "remove_sample" else reason
        rows.append((words.lead_upper(figure), old or none, new or none, teller.who(deed), format_moment(deed.at),
                     reason or none, (change.new or {}).get("report", deed.report) or none))  # fmt: skip
    raw = pd.DataFrame(rows, columns=list(header))
    return Table(teller.say("net_caption", place=place), header, tuple(rows), raw)
