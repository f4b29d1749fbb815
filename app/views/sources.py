"""Where every figure came from, and which years and families have figures at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from app.views.groups import natural
from app.views.stored import rule_words, who_words
from app.views.words import basis_word, period_words
from core.catalogue import FAMILIES, Catalogue
from core.series import exact
from core.texts import text
from core.vi.format import Scale, day_here, format_value, pick_scale
from core.vi.numbers import format_number
from core.vi.periods import period_name
from core.vi.text import fold

_FINEST = 4  # decimals of a value that is no money: further ones are a spreadsheet's dust


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure or award and its origin, every string as printed; `link` is the report's address or empty."""

    year: int
    family: str
    name: str
    kind: str
    value: str
    report: str
    link: str
    place: str
    quote: str
    rule: str
    stored: str
    is_sample: bool

    @property
    def searchable(self) -> str:
        """Everything that can be searched, without accents."""
        return fold(" ".join((str(self.year), self.name, self.kind, self.value, self.report, self.place, self.quote)))


def entries(
    frame: pd.DataFrame, catalogue: Catalogue, groups: pd.DataFrame, reports: pd.DataFrame, lang: str
) -> tuple[Entry, ...]:
    """The store's sources in words, newest year first, families and indicators in the catalogue's order.

    `frame` as core.store.sources gives it, `groups` the residential groups (id, name), `reports` adds titles by batch.
    """
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    titles = dict(zip(reports["batch"], reports["title"], strict=True)) if len(reports) else {}
    found = [entry_of(row, catalogue, names, titles, lang) for row in frame.to_dict("records")]
    place = order_of(catalogue)
    ranked = sorted(
        zip(frame.to_dict("records"), found, strict=True),
        key=lambda pair: (-pair[1].year, *place(pair[0]), natural(pair[1].name)),
    )
    return tuple(entry for _, entry in ranked)


def order_of(catalogue: Catalogue) -> Callable[[Mapping], tuple[int, int]]:
    """What puts rows of the store into the catalogue's order: families, then indicators; the award register too."""
    order = {indicator: place for place, indicator in enumerate(catalogue.indicators)}
    return lambda row: (
        FAMILIES.index(_family(row["indicator"], catalogue)), order.get(row["indicator"], len(order))
    )


def search(found: tuple[Entry, ...], words: str = "", family: str = "", year: int | None = None) -> tuple[Entry, ...]:
    """The entries that hold every word (accents do not matter), of a family and a year where these are given."""
    wanted = fold(words).split()
    return tuple(
        entry for entry in found
        if (not family or entry.family == family) and (year is None or entry.year == year)
        and all(word in entry.searchable for word in wanted)
    )  # fmt: skip


def report_words(rows: pd.DataFrame, lang: str) -> str:
    """The reports some rows (year, source) came from: their names, or how many with the newest named."""
    newest = rows.sort_values("year", ascending=False, kind="stable")["source"]
    names = list(dict.fromkeys(name for names in newest if names for name in names.split("\n")))
    return " · ".join(names) if len(names) < 3 else text("status.reports", lang, count=len(names), first=names[0])


def message(frame: pd.DataFrame, lang: str) -> tuple[str, str]:
    """The screen's message: how many figures from how many reports over which years."""
    years = _years(frame)
    reports = frame.loc[frame["report"] != "", "report"].nunique()
    said = {
        "figures": format_number(len(frame), 0, lang), "reports": format_number(reports, 0, lang),
        "period": period_words(years[0], years[-1]),
    }  # fmt: skip
    return text("sources.message" if reports > 1 else "sources.message_one", lang, **said), text("sources.lead", lang)


def _years(frame: pd.DataFrame) -> list[int]:
    return list(range(int(frame["year"].min()), int(frame["year"].max()) + 1))


def _family(indicator: str, catalogue: Catalogue) -> str:
    return catalogue.indicators[indicator].family if indicator else "awards"


def entry_of(row: dict, catalogue: Catalogue, names: dict[str, str], titles: dict[int, str], lang: str) -> Entry:
    """One row of the store's sources in words; `titles` are those of reports by batch."""
    url, published = row["url"], row["published"]
    title = titles.get(row["batch"]) or row["report"] or text("sources.by_hand", lang)
    return Entry(
        year=int(row["year"]), family=_family(row["indicator"], catalogue), name=_name(row, catalogue, names, lang),
        kind=_kind(row, catalogue, lang), value=stored_value(row, catalogue, lang),
        report=f"{title} ({_day(published)})" if isinstance(published, date) else title,
        link=url if str(url).startswith(("https://", "http://")) else "", place=row["place"], quote=row["quote"],
        rule=rule_words(row["rule"], lang),
        stored=_stored(row, lang),
        is_sample=bool(row["is_sample"]),
    )  # fmt: skip


def _stored(row: Mapping, lang: str) -> str:
    """The load, its day, and who confirmed it where the reader may know."""
    said = {"batch": row["batch"], "day": _day(row["at"] and day_here(row["at"]))}
    if not row["who"]:
        return text("sources.stored_by_nobody", lang, **said)
    return text("sources.stored", lang, who=who_words(row["who"], lang), **said)


def _name(row: dict, catalogue: Catalogue, names: dict[str, str], lang: str) -> str:
    if not row["indicator"]:
        name = catalogue.honours[row["honour"]].name(lang)
        return text("awards.with_class", lang, name=name, grade=row["class"]) if row["class"] else name
    name, member = catalogue.indicators[row["indicator"]].name(lang), row["member"]
    if not member:
        return name
    part = catalogue.lines[member].name(lang) if member in catalogue.lines else names.get(member, member)
    return f"{name}: {part}"


def _kind(row: dict, catalogue: Catalogue, lang: str) -> str:
    """Scenario, basis and period of a figure; level and recipient of an award."""
    if not row["indicator"]:
        return f"{catalogue.levels[row['level']][lang]}, {text('awards.recipient_' + row['recipient'], lang).lower()}"
    parts = [text(f"status.scenario_{row['scenario']}", lang)]
    parts += [basis_word(row["basis"], lang)] if row["basis"] else []
    parts += [period_name(row["period"], lang)] if row["period"] != "year" else []
    return ", ".join(parts)


def stored_value(row: Mapping, catalogue: Catalogue, lang: str) -> str:
    """A stored value as printed beside its source, none of its digits rounded away: two that differ read differently.

    `row` has indicator ("" for an award), value, of and hedge.
    """
    value = exact(row["value"])
    if not row["indicator"]:
        return text("awards.hover_given", lang, count=format_number(value, 0, lang))
    indicator = catalogue.indicators[row["indicator"]]
    if indicator.member_kind == "residential_group":
        return text("culture.hover_state_reached" if value else "culture.hover_state_missed", lang)
    of = exact(row["of"]) if indicator.unit != "percent" else None
    if indicator.unit == "award":
        return text("awards.hover_given", lang, count=format_number(value, 0, lang))
    scale = pick_scale(value, indicator.unit)
    decimals = max((_as_stored(number, scale) for number in (value, of) if number is not None), default=0)
    return format_value(value, indicator.unit, lang, of=of, hedge=row["hedge"], decimals=decimals, scale=scale)


def _as_stored(value: Decimal, scale: Scale) -> int:
    """The decimals a value was stored with, but for a spreadsheet's dust: money to the đồng, other units to four."""
    most = scale.factor.adjusted() if scale.unit_id == "vnd" else _FINEST
    return max(0, min(-round(scale.number(value), most).normalize().as_tuple().exponent, most))


def _day(day: object) -> str:
    return "–" if day is None or day != day else f"{day.day}/{day.month}/{day.year}"
