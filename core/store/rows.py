"""Figures and awards as rows of the store and back."""

from __future__ import annotations

from collections.abc import Mapping

from core.figures import Award, Figure, Origin, UnitKey
from core.store.tables import AWARD_KEY, FIGURE_KEY

FIGURE_CONTENT = ("value", "of", "of_kind", "hedge", "flags")
AWARD_CONTENT = ("count", "decision_date")


def figure_row(figure: Figure, seq: int = 0, batch: int = 0) -> dict:
    """A figure as a row of the table `figure`."""
    return {
        "seq": seq,
        "unit_code": figure.unit.code,
        "unit_from": figure.unit.valid_from,
        "indicator": figure.indicator,
        "member": figure.member,
        "year": figure.year,
        "period": figure.period,
        "scenario": figure.scenario,
        "basis": figure.basis,
        "value": figure.value,
        "of": figure.of,
        "of_kind": figure.of_kind,
        "hedge": figure.hedge,
        "flags": " ".join(sorted(set(figure.flags))),
        "batch": batch,
        **_origin_row(figure.origin),
        "quote": figure.quote,
        "reason": figure.reason,
    }


def award_row(award: Award, seq: int = 0, batch: int = 0) -> dict:
    """An award as a row of the table `award`."""
    return {
        "seq": seq,
        "unit_code": award.unit.code,
        "unit_from": award.unit.valid_from,
        "year": award.year,
        "honour": award.honour,
        "grade": award.grade,
        "level": award.level,
        "recipient": award.recipient,
        "mode": award.mode,
        "giver": award.giver,
        "decision_no": award.decision_no,
        "decision_date": award.decision_date,
        "count": award.count,
        "batch": batch,
        **_origin_row(award.origin),
        "quote": award.quote,
    }


def figure_of(row: Mapping) -> Figure:
    """The figure a row of the table `figure` holds."""
    return Figure(
        indicator=row["indicator"],
        year=row["year"],
        value=row["value"],
        unit=UnitKey(row["unit_code"], row["unit_from"]),
        member=row["member"],
        period=row["period"],
        scenario=row["scenario"],
        basis=row["basis"],
        of=row["of"],
        of_kind=row["of_kind"],
        hedge=row["hedge"],
        flags=tuple(row["flags"].split()),
        origin=_origin_of(row),
        quote=row["quote"],
        reason=row["reason"],
    )


def award_of(row: Mapping) -> Award:
    """The award a row of the table `award` holds."""
    return Award(
        year=row["year"],
        honour=row["honour"],
        level=row["level"],
        recipient=row["recipient"],
        count=row["count"],
        unit=UnitKey(row["unit_code"], row["unit_from"]),
        grade=row["grade"],
        giver=row["giver"],
        mode=row["mode"],
        decision_no=row["decision_no"],
        decision_date=row["decision_date"],
        origin=_origin_of(row),
        quote=row["quote"],
    )


def figure_key(row: Mapping) -> tuple:
    """What makes a row of `figure` or `current_figure` one figure and no other."""
    return tuple(row[name] for name in FIGURE_KEY)


def award_key(row: Mapping) -> tuple:
    """What makes a row of `award` or `current_award` one entry of the register."""
    return tuple(row[name] for name in AWARD_KEY)


def same_content(old: Mapping, new: Mapping, content: tuple[str, ...]) -> bool:
    """Whether two rows of one key say the same.

    Where a report says it does not count; the document that somebody names with a plan does. A file that gives a count
    without its whole ("36" beside "36/42") takes the known whole from nobody; only who types it away does.
    """
    named, known = (Origin(row["place"], row["rule"]).document for row in (new, old))
    untold = ("of", "of_kind") if new["rule"] and new.get("of", 0) is None else ()
    return named in ("", known) and all(old[name] == new[name] for name in content if name not in untold)


def _origin_row(origin: Origin | None) -> dict:
    if origin is None:
        return {"place": "", "rule": "", "span_start": None, "span_end": None}
    return {"place": origin.place, "rule": origin.rule, "span_start": origin.start, "span_end": origin.end}


def _origin_of(row: Mapping) -> Origin | None:
    if not row["place"] and not row["rule"]:
        return None
    return Origin(row["place"], row["rule"], row["span_start"], row["span_end"])
