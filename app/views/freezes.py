"""What differs between two freezes of a ward, in plain sentences from the older one to the newer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.views import words
from app.views.history import Teller, Told, figure_words, value_words
from core.figures import UnitKey
from core.store.freeze_diff import FreezeDiff, says_the_same, unit_of
from core.store.freezes import Freeze
from core.store.timeline import Change
from core.store.wordings import text_of
from core.texts import text
from core.vi.format import format_moment
from core.vi.numbers import format_number

OLDEST = 1900  # the year from which wards are that were there before any merger
MOST = 8  # sentences of one kind; more stand folded under their number
# fields of a term that change what its figures are or how they are judged
RECKONING = ("kind", "unit", "decimals", "bounds", "polarity", "operator", "near", "exceeded", "aggregation", "formula",
             "inputs", "of_kinds", "rate_of", "attainment_of", "year_rule", "measured", "breaks", "plan_allowed",
             "member_kind", "flow", "scope", "line", "honour", "level", "recipient", "parent", "in_attainment",
             "rank")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one part of the freezes."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Who puts the older freeze into words and who the newer: each by the catalogue and groups of its own day."""

    old: Teller
    new: Teller

    @property
    def lang(self) -> str:
        """The language both speak."""
        return self.new.lang

    def say(self, name: str, /, **params: object) -> str:
        """A text of what differs."""
        return text(f"freezes.{name}", self.lang, **params)

    def change(self, change: Change) -> str:
        """A figure or award with what it was and what it is, and the reason that was given for it."""
        old, new = (None if row is None else _as_stored(row) for row in (change.old, change.new))
        said = {"figure": figure_words(new or old, self.new if new else self.old)}
        said |= {"old": value_words(old, self.old)} if old else {}
        said |= {"new": value_words(new, self.new)} if new else {}
        kind = "new" if not old else "gone" if not new else "same" if said["old"] == said["new"] else "changed"
        told = ", ".join([self.say(f"figure_{kind}", **said), *self._beside(change)])
        reason = (new or {}).get("reason")
        return self.say("why", told=told, reason=reason) if reason else told

    def _beside(self, change: Change) -> Iterable[str]:
        """What else a figure or award is now, which the value it is printed with does not tell."""
        old, new = change.old, change.new
        if old is None or new is None:
            return
        for name, said in (("of_kind", _of_words), ("decision_date", _day_words)):
            before, after = said(old, self.lang), said(new, self.lang)
            if before and after and before != after:
                yield self.say(f"now_{name}", old=before, new=after)
        if old.get("flags") != new.get("flags"):
            yield self.say("now_flags")

    def figure(self, change: Change) -> str:
        """Which figure or award it is."""
        return figure_words(_as_stored(change.new), self.new)


def message(found: FreezeDiff, old: Freeze, new: Freeze, lang: str) -> str:
    """How many figures and awards differ between two freezes, or that nothing does."""
    said = {name: text("freezes.named", lang, title=each.title, at=format_moment(each.at))
            for name, each in (("old", old), ("new", new))}  # fmt: skip
    if not found:
        return text("freezes.alike", lang, **said)
    rows = [change for part in ("figures", "awards") for change in getattr(found, part)
            if not says_the_same(part, change)]  # fmt: skip
    count = {"count": len(rows), "number": format_number(len(rows), lang=lang)} if rows else {}
    return text("freezes.title" if rows else "freezes.title_words", lang, **said, **count)


def sections(found: FreezeDiff, pair: Pair, left_out: int = 0) -> tuple[Section, ...]:
    """Everything that differs, part by part; every change is told by exactly one sentence or counted in one.

    `left_out` are changes that are not told because their figures are not to be shown.
    """
    parts = {
        "figures": [*_years(found, pair), *_facts(found.figures, "figures", pair)],
        "awards": _facts(found.awards, "awards", pair),
        "groups": _told(found.groups, "group", pair, _group_words),
        "words": [*_told(found.notes, "note", pair, lambda row, _: row["text"]),
                  *_told(found.wordings, "wording", pair, lambda row, _: text_of(row)),
                  *_told(found.shortfalls, "shortfall", pair, _shortfall_words)],
        "rest": [*_office(found, pair), *_terms(found.terms, pair), *_reports(found.reports, pair)],
        "withheld": [Told("", pair.say("withheld", count=left_out))] if left_out else [],
    }  # fmt: skip
    return tuple(Section(pair.say(f"part_{name}"), tuple(told)) for name, told in parts.items() if told)


def _years(found: FreezeDiff, pair: Pair) -> list[Told]:
    return [
        Told("", pair.say(name, years=", ".join(map(str, years)), count=len(years)))
        for name, years in (("years_new", found.years_new), ("years_gone", found.years_gone))
        if years
    ]


def _facts(changes: Sequence[Change], part: str, pair: Pair) -> list[Told]:
    """Figures or awards: those that changed, that are new, that are gone, then those only noted down otherwise."""
    kinds = {"changed": [], "new": [], "gone": [], "rewritten": []}
    for change in changes:
        kind = "gone" if change.new is None else "new" if change.old is None else "changed"
        kinds["rewritten" if says_the_same(part, change) else kind].append(change)
    told = [each for kind in ("changed", "new", "gone") for each in
            _folded([pair.change(change) for change in kinds[kind]], f"{part}_{kind}", pair)]  # fmt: skip
    same = [words.lead_upper(pair.figure(change)) for change in kinds["rewritten"]]
    return [*told, *_folded(same, f"{part}_rewritten", pair, most=0)]


def _told(
    changes: Iterable[Change], name: str, pair: Pair, words_of: Callable[[Mapping, Teller], str]
) -> Iterable[Told]:
    """What people wrote and the list of groups: each as it was and as it is."""
    said = []
    for change in changes:
        old = "" if change.old is None else words_of(change.old, pair.old)
        new = "" if change.new is None else words_of(change.new, pair.new)
        kind = "gone" if not new else "new" if not old else "same" if old == new else "changed"
        about = change.new or change.old
        said.append(pair.say(f"{name}_{kind}", old=old, new=new, year=about.get("year", ""),
                             figure=_subject(about, pair if change.new else Pair(pair.old, pair.old))))  # fmt: skip
    return _folded(said, f"{name}_many", pair)


def _subject(row: Mapping, pair: Pair) -> str:
    """The indicator that a note or an explanation speaks of, "" for the whole ward."""
    if not row.get("indicator"):
        return ""
    return words.lead_lower(pair.new.catalogue.indicators[row["indicator"]].name(pair.lang))


def _group_words(row: Mapping, teller: Teller) -> str:
    return row["name"]


def _shortfall_words(row: Mapping, teller: Teller) -> str:
    said = text("freezes.shortfall", teller.lang, cause=row["cause"], remedy=row["remedy"])
    if not row["due"]:
        return said
    return text("freezes.due", teller.lang, said=said, due=words.day_words(date.fromisoformat(row["due"])))


def _office(found: FreezeDiff, pair: Pair) -> list[Told]:
    """Which conference each is for, and how the ward's slides look."""
    both = (pair.old, pair.new)
    known = {
        "unit": [_ward(unit, teller) for unit, teller in zip(found.unit or (), both, strict=False)],
        "year": found.year or (),
        "printed_name": [name or pair.say("own_name") for name in found.printed_name or ()],
        "colour": [words.lead_lower(text(f"begin.colour_{name}", pair.lang)) for name in found.colour or ()],
    }  # fmt: skip
    return [Told("", pair.say(name, old=said[0], new=said[1])) for name, said in known.items() if said]


def _ward(unit: UnitKey, teller: Teller) -> str:
    """A ward's name, after a merger with the day from which it is that ward: both may have one name."""
    name = words.place_words(teller.catalogue.unit(unit), teller.lang)
    since = unit.valid_from
    return text("freezes.since", teller.lang, name=name, since=words.day_words(since)) if since.year > OLDEST else name


def _reports(changes: Sequence[Change], pair: Pair) -> list[Told]:
    """Reports that only one of the freezes rests on; by their titles, for a file's name is the office's own matter."""
    told = []
    for name, rows in (
        ("reports_new", [change.new for change in changes if change.old is None]),
        ("reports_gone", [change.old for change in changes if change.new is None]),
        ("reports_same", [change.new for change in changes if change.old and change.new]),
    ):
        if rows:
            titles = tuple(dict.fromkeys(row["title"] for row in rows if row["title"]))
            told.append(Told("", pair.say(name, count=len(rows)), titles))
    return told


def _terms(changes: Sequence[Change], pair: Pair) -> Iterable[Told]:
    """Terms of the catalogue that are new, gone, renamed, defined or reckoned otherwise; the rest as a number."""
    said, rest = [], 0
    for change in changes:
        old, new = (_term_name(row, pair.lang) for row in (change.old, change.new))
        if not (old or new):
            rest += 1
        elif not (old and new):
            said.append(pair.say("term_new" if new else "term_gone", name=new or old))
        else:
            own = list(_redefined(change, old, new, pair))
            said += own
            rest += not own
    told = list(_folded(said, "terms", pair))
    return [*told, *([Told("", pair.say("terms_rest", count=rest))] if rest else [])]


def _redefined(change: Change, old: str, new: str, pair: Pair) -> Iterable[str]:
    before, after = change.old["said"], change.new["said"]
    if old != new:
        yield pair.say("term_renamed", old=old, new=new)
    shorts = [said.get("short", {}).get(pair.lang, "") for said in (before, after)]
    if shorts[0] != shorts[1]:
        yield pair.say("term_short", name=new, old=shorts[0], new=shorts[1])
    if before.get("definition") != after.get("definition"):
        yield pair.say("term_defined", name=new)
    if any(before.get(name) != after.get(name) for name in RECKONING):
        yield pair.say("term_reckoned", name=new)


def _term_name(row: Mapping | None, lang: str) -> str:
    said = (row or {}).get("said", {}).get("name")
    return said.get(lang, "") if isinstance(said, Mapping) and row["id"] else ""


def _folded(said: Sequence[str], name: str, pair: Pair, most: int = MOST) -> list[Told]:
    """Sentences as they are, or, of more than a screen can hold, their number with all of them under it."""
    lines = tuple(map(words.lead_upper, said))
    if len(lines) <= most:
        return [Told("", line) for line in lines]
    return [Told("", pair.say(name, count=len(lines), number=format_number(len(lines), lang=pair.lang)), lines)]


def _as_stored(row: Mapping) -> dict:
    """A row of a freeze in the shape in which the store gives figures and awards together."""
    made = {"batch": 0, "url": "", "published": None, "who": "", "is_sample": False, "title": "", **row}
    made |= {"unit_from": unit_of(row).valid_from, "at": None, "rule": ""}
    if "honour" not in row:
        return made | {"value": _number(row["value"]), "of": _number(row["of"]), "honour": "", "class": "", "level": "",
                       "recipient": ""}  # fmt: skip
    return made | {
        "indicator": "", "member": "", "period": "year", "scenario": "actual", "basis": "", "of": None,
        "value": _number(row["count"]), "hedge": "", "flags": "", "class": row["grade"], "reason": "",
    }  # fmt: skip


def _of_words(row: Mapping, lang: str) -> str:
    """What the denominator of a figure is, "" where there is none."""
    if row.get("of") is None:
        return ""
    return words.lead_lower(text(f"etl.of_kind_{row['of_kind'] or 'unstated'}", lang))


def _day_words(row: Mapping, lang: str) -> str:
    """The day of an award's decision, "" of a figure."""
    if "decision_date" not in row:
        return ""
    day = row["decision_date"]
    return words.day_words(date.fromisoformat(day)) if day else text("freezes.no_day", lang)


def _number(said: str | int | None) -> Decimal | None:
    return None if said is None else Decimal(said)
