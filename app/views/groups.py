"""Which residential group held the cultural title in which year, and for how many years in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from app.views.words import format_plain, listed
from core.figures import Ref, UnitKey
from core.series import Point
from core.texts import text
from core.vi.format import format_percent
from core.vi.text import fold
from core.yearbook import Yearbook, best_known

COLUMNS = ["group_id", "name", "short", "row", "first", "last", "successor", "listed", "year", "state"]
GROUPS = "cultural_groups"
TITLE = "cultural_group_title"
_NOUNS = {"to dan pho": "", "khu pho": "khu phố", "thon": "thôn", "khoi pho": "khối phố", "khom": "khóm", "ap": "ấp"}
_SHORT = (("to dan pho", "TDP"), ("khu pho", "KP"), ("khu dan cu", "KDC"))
_DIGITS = re.compile(r"(\d+)")


def short_name(name: str) -> str:
    """A group's name as a square has room for: "Tổ dân phố số 7" -> "TDP 7"; other names stay whole."""
    for words, letters in _SHORT:
        if fold(name).startswith(words + " "):
            rest = name[len(words) + 1 :].strip()
            return f"{letters} {rest[3:].strip() if fold(rest).startswith('so ') else rest}"
    return name


def natural(name: str) -> tuple:
    """A sort key that puts "TDP 2" before "TDP 10"."""
    return tuple(int(part) if part.isdigit() else fold(part) for part in _DIGITS.split(name))


def titles_of(book: Yearbook, unit: UnitKey) -> pd.DataFrame:
    """The tidy rows that say which group of a unit reached the title, one a group and year."""
    titles = best_known(book.frame[(book.frame["indicator"] == TITLE) & (book.frame["period"] == "year")])
    return titles[titles["unit_code"] == unit.code]


def title_states(book: Yearbook, groups: pd.DataFrame, unit: UnitKey) -> pd.DataFrame:
    """One row for each group of a unit and each year the book spans.

    `groups` are rows of the store's residential_groups with unit_code. Columns out: group_id, name, short, row (the
    constant order), first, last, successor, listed (no source dates the group: first and last are those of its titles),
    year, state: reached, missed, unassessed (the year has titles, this group has none), unknown (the year has no titles
    at all), before and after (the group did not exist or stood in no list).
    """
    titles = titles_of(book, unit)
    own = groups[groups["unit_code"] == unit.code] if len(groups) else groups
    if titles.empty or book.years is None:
        return pd.DataFrame(columns=COLUMNS)
    value = {(row["member"], int(row["year"])): float(row["value"]) for row in titles.to_dict("records")}
    told = {year for _, year in value}
    ordered = sorted((_dated(group, value) for group in _all_groups(own, titles)), key=lambda g: natural(g["name"]))
    rows = [
        {**group, "row": place, "year": year, "state": _state(group, year, value, told)}
        for place, group in enumerate(ordered)
        for year in range(book.years[0], book.years[1] + 1)
    ]
    return pd.DataFrame(rows)


def _all_groups(own: pd.DataFrame, titles: pd.DataFrame) -> list[dict]:
    """The groups the store knows, and any that has a title without standing in its list."""
    known = [
        {
            "group_id": row["id"], "name": row["name"], "short": short_name(row["name"]),
            "first": _year(row["valid_from"]), "last": _year(row["valid_to"]), "successor": row["successor"] or "",
        }
        for row in own.to_dict("records")
    ]  # fmt: skip
    ids = {group["group_id"] for group in known}
    for member in sorted(set(titles["member"]) - ids - {""}):
        unlisted = {"first": None, "last": None, "successor": ""}
        known.append({"group_id": member, "name": member, "short": short_name(member), **unlisted})
    return known


def _dated(group: dict, value: dict[tuple[str, int], float]) -> dict:
    """A group no source dates is taken to be there from its first title row to its last: `listed` says so."""
    years = {year for member, year in value if member == group["group_id"]}
    if not years or group["first"] is not None or group["last"] is not None:
        return group | {"listed": False}
    told = {year for _, year in value}
    first, last = min(years), max(years)
    return group | {
        "first": first if first > min(told) else None, "last": last if last < max(told) else None, "listed": True,
    }  # fmt: skip


def _year(day: object) -> int | None:
    return int(str(day)[:4]) if day is not None and day == day and str(day)[:4].isdigit() else None


def _state(group: dict, year: int, value: dict[tuple[str, int], float], told: set[int]) -> str:
    if (group["group_id"], year) in value:
        return "reached" if value[group["group_id"], year] else "missed"
    if group["first"] is not None and year < group["first"]:
        return "before"
    if group["last"] is not None and year > group["last"]:
        return "after"
    return "unassessed" if year in told else "unknown"


def title_ref(unit: UnitKey, year: int, group: str, state: str) -> str:
    """The word of the reference to the row that says whether a group reached the title; "" where no row says so."""
    return str(Ref(unit, int(year), TITLE, group)) if state in ("reached", "missed") else ""


def streak(states: Sequence[tuple[int, str]], end: int) -> int:
    """Years in a row with the title up to and with `end`; a year without figures ends the row, for nothing is known."""
    held = {year for year, state in states if state == "reached"}
    count = 0
    while end - count in held:
        count += 1
    return count


def joined(names: Sequence[str], lang: str) -> str:
    """Names as a sentence lists them: "TDP 7, 10 và 18", what they begin with in common said once."""
    heads = {name.rpartition(" ")[0] for name in names}
    head = heads.pop() if len(heads) == 1 and all(name.rpartition(" ")[2].isdigit() for name in names) else ""
    said = listed([name.rpartition(" ")[2] for name in names] if head else list(names), lang)
    return f"{head} {said}" if head else said


def group_noun(groups: pd.DataFrame, unit: UnitKey | None, lang: str, *, small: bool = False) -> str:
    """What the ward calls its groups; "tổ" where a short word is wanted and they are tổ dân phố."""
    standard = text("culture.noun_short" if small else "culture.noun", lang)
    if lang != "vi" or unit is None or groups.empty:
        return standard
    kinds = groups.loc[groups["unit_code"] == unit.code, "kind"].map(fold)
    return _NOUNS.get(kinds.mode().iloc[0], "") or standard if len(kinds) else standard


def fraction_of(point: Point, lang: str) -> str:
    """"13/18", or the count alone where no whole is known."""
    value = format_plain(point.value, lang)
    return f"{value}/{format_plain(point.of, lang)}" if point.of else value


def rate_of(point: Point, lang: str) -> str:
    """The fraction in percent."""
    return format_percent(point.value * 100 / point.of, lang)
