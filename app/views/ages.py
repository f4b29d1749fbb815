"""How old the figures of each family are, and the estimates that no final figure ever replaced."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from app.views import words
from app.views.view import Table
from core.catalogue import Catalogue
from core.texts import text
from core.vi.numbers import format_number

_KEY = ["unit_code", "unit_from", "indicator", "member", "year", "period"]


def ages_title(frame: pd.DataFrame, lang: str) -> str:
    """The newest year of all and the day on which its newest report was published."""
    done = frame[frame["scenario"] != "plan"]
    newest = done[done["year"] == done["year"].max()]
    return text("sources.ages_title", lang, year=int(newest["year"].iloc[0]), day=_published(newest, lang))


def ages(frame: pd.DataFrame, catalogue: Catalogue, place: str, today: date, lang: str) -> Table:
    """For each family: the newest year with more than a plan, when that was published and loaded, and how long ago.

    Then its estimates for which neither an actual nor a final value came, with the oldest year. `frame` has the columns
    of core.store.sources, awards under an empty indicator.
    """
    names = ("field", "newest", "published", "loaded", "age", "estimates")
    header = tuple(text(f"sources.column_{name}", lang) for name in names)
    done = frame[frame["scenario"] != "plan"]
    family = done["indicator"].map(lambda id: catalogue.indicators[id].family if id else "awards")
    standing = unrevised(frame)
    rows, raw = [], []
    for name, said in catalogue.families.items():
        own = done[family == name]
        if own.empty:
            continue
        newest = own[own["year"] == own["year"].max()]
        estimates = standing[standing["indicator"].map(lambda id, name=name: catalogue.indicators[id].family == name)]
        since = _newest_day(newest)
        rows.append((
            said[lang], str(int(newest["year"].iloc[0])), _published(newest, lang),
            words.day_words(_day(newest["at"].max())),
            text("sources.days", lang, days=format_number((today - since).days, 0, lang)), _estimates(estimates, lang),
        ))  # fmt: skip
        raw.append({
            "family": name, "year": int(newest["year"].iloc[0]), "since": since.isoformat(),
            "days": (today - since).days, "estimates": len(estimates),
        })  # fmt: skip
    return Table(text("sources.ages_caption", lang, place=place), header, tuple(rows), pd.DataFrame(raw))


def unrevised(frame: pd.DataFrame) -> pd.DataFrame:
    """The estimates whose figure has neither an actual nor a final value."""
    final = {tuple(row) for row in frame.loc[frame["scenario"].isin(["actual", "final"]), _KEY].astype(str).to_numpy()}
    estimates = frame[frame["scenario"] == "estimate"]
    keys = estimates[_KEY].astype(str).to_numpy()
    return estimates[pd.Series([tuple(row) not in final for row in keys], index=estimates.index, dtype=bool)]


def _estimates(estimates: pd.DataFrame, lang: str) -> str:
    if estimates.empty:
        return words.dash(lang)
    return text("sources.estimates", lang, count=len(estimates), year=int(estimates["year"].min()))


def _published(rows: pd.DataFrame, lang: str) -> str:
    days = [_day(day) for day in rows["published"] if isinstance(day, date)]
    return words.day_words(max(days)) if days else text("sources.not_published", lang)


def _newest_day(rows: pd.DataFrame) -> date:
    """The day from which these figures are known: their reports' own, else the day they were loaded."""
    days = [_day(day) for day in rows["published"] if isinstance(day, date)]
    return max(days) if days else _day(rows["at"].max())


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
