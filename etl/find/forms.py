"""The budget forms a commune publishes (Thông tư 343/2016/TT-BTC), read by the profiles in data/catalogue/forms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.catalogue import Catalogue
from core.errors import Fault
from core.vi.text import fold
from etl.document import Table
from etl.find.form_sides import Side
from etl.find.found import Found
from etl.find.headings import Heading, read_heading
from etl.find.labels import Labels, plain_label
from etl.find.regions import Region, regions

_NUMBER = re.compile(r"\b(1[0-2]\d)\s*/\s*ck\s*[-/ ]?\s*tc")
_TITLE_ROWS = 8


def find_forms(table: Table, catalogue: Catalogue, labels: Labels, year: int | None) -> Found:
    """The figures of every budget form in a table; empty where there is none.

    Totals and lines come with plan (basis "unstated": the form names no giver) and final account, in đồng. Every sum
    and every percentage is worked out again: a total that differs from its lines becomes a question and is not a
    figure until answered, a percentage that differs becomes a question beside the figure. Without a unit of measure
    nothing is read and a fault says so.
    """
    found = Found()
    parts = list(regions(table))
    profiles = [_profile(region.heading, catalogue.forms) for region in parts]
    if not parts:  # a list of projects names no column of indicators
        profiles = [_profile(read_heading(table.before, table.rows[:_TITLE_ROWS]), catalogue.forms)]
    found.notices += [
        Fault(f"etl.form_{profile['left_out']}", table.place, {"form": profile["number"]})
        for profile in profiles if profile and "left_out" in profile
    ]  # fmt: skip
    for region, profile in zip(parts, profiles, strict=False):
        for side, at in _sides(region, profile):
            found.take(Side(region, profile, side, at, catalogue, labels, year).read())
    return found


def _profile(heading: Heading, forms: Mapping[str, Mapping]) -> Mapping | None:
    """The form a table is by its title or its number; the title nearest above the header decides.

    A sheet may carry several forms, each under its own title. A draft and what was adopted go by one title: the line
    of its status or the number tells them apart, and without either it is neither. What nothing is taken from must
    say so by its number or begin a line with its title: words in a paragraph above leave no table out.
    """
    words = fold(heading.words)
    numbered = [form for form in forms.values() if form["number"] in _NUMBER.findall(words)]

    def is_meant(form: Mapping) -> bool:
        if form in numbered:
            return True
        if form.get("status"):
            return any(fold(status) in words for status in form["status"])
        begun = any(line.strip().startswith(fold(title)) for line in words.splitlines() for title in form["titles"])
        return begun or not form.get("left_out")

    at = {
        form["number"]: max(words.rfind(fold(title)) for title in form["titles"])
        for form in forms.values() if is_meant(form)
    }  # fmt: skip
    nearest = max(at.values(), default=-1)
    titled = [form for form in forms.values() if nearest >= 0 and at.get(form["number"]) == nearest]
    titled = [form for form in titled if form in numbered] or titled
    return (titled or numbered or [None])[0]


def _sides(region: Region, profile: Mapping | None) -> list[tuple[Mapping, int]]:
    if not profile:
        return []
    sides = [(side, plain_label(side["label"])) for side in profile.get("sides", ())]
    at: dict[str, int] = {}  # "NỘI DUNG THU" is no "NỘI DUNG", under which spending follows revenue
    for column in region.columns:
        header = plain_label(column.header)
        label = max((label for _, label in sides if header.startswith(label)), key=len, default="")
        at.setdefault(label, column.at)
    return [(side, at[label]) for side, label in sides if label in at]
