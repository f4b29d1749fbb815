"""What changed since the year before: the states that moved, or why nothing is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.views import words
from app.views.said import count_said, judged_refs
from core.catalogue import Catalogue
from core.figures import Ref
from core.sentences import Sentence, sentence
from core.series import Break, Point, Series
from core.status import RANK
from core.texts import text


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator whose state changed since the year before (or could not be compared), with both values."""

    name: str
    old_state: str
    new_state: str
    old_word: str
    new_word: str
    values: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the year before, in groups that have a heading each."""

    title: Sentence
    subtitle: str
    groups: tuple[tuple[str, tuple[Change, ...]], ...]
    rest: str


def changes_since(
    catalogue: Catalogue, rows: Sequence[tuple[Series, Point]], year: int, lang: str
) -> Changes | None:
    """What moved since the year before; None where that year has no figure at all."""
    pairs = [(series, series.before(point), point) for series, point in rows]
    open_before = [series for series, old, new in pairs if new.known and old and old.why and not old.known]
    pairs = [(series, old, new) for series, old, new in pairs if old is not None and old.known and new.known]
    if not pairs:
        return None
    merged = _merged(pairs)
    if merged is not None:
        return Changes(
            title=sentence("overview.changes_boundary", lang, year=year - 1),
            subtitle=text("overview.changes_subtitle", lang, old=year - 1, new=year),
            groups=(),
            rest=text("overview.boundary_rest", lang, day=words.day_words(merged.on), old=year - 1, new=year),
        )
    up, down, apart, same = [], [], [], 0
    for series, old, new in pairs:
        verdict = _movement(series, old, new)
        if verdict == "same":
            same += 1
            continue
        {"up": up, "down": down, "apart": apart}[verdict].append(_change(series, old, new, lang))
    groups = [("down", down), ("up", up), ("apart", apart)]
    refs = [ref for series, *both in pairs for point in both for ref in judged_refs(catalogue, series.indicator, point)]
    return Changes(
        title=_changes_title(year - 1, len(up), len(down), len(apart), refs, lang),
        subtitle=text("overview.changes_subtitle", lang, old=year - 1, new=year),
        groups=tuple(
            (text(f"overview.group_{name}", lang, count=len(found)), tuple(found)) for name, found in groups if found
        ),
        rest=" ".join(filter(None, (
            text(f"overview.unchanged{'' if up or down or apart else '_all'}", lang, count=same) if same else "",
            _not_compared(open_before, year - 1, lang),
        ))),
    )  # fmt: skip


def _not_compared(lines: Sequence[Series], year: int, lang: str) -> str:
    """Which indicators have nothing to be compared with on today's boundary."""
    names = [words.lead_lower(series.indicator.short(lang)) for series in lines]
    return text("boundary.not_compared", lang, year=year, names=", ".join(names)) if names else ""


def _merged(pairs: Sequence[tuple[Series, Point, Point]]) -> Break | None:
    """The change of boundary that parts every indicator from the year before; None where any can be compared."""
    if any(old.unit == new.unit and old.part == new.part for _, old, new in pairs):
        return None
    found = [entry for series, _, new in pairs for entry in series.breaks if entry.kind == "boundary"]
    return found[-1] if found else None


def _movement(series: Series, old: Point, new: Point) -> str:
    if not series.comparable(old, new):
        return "apart"
    if old.status.state not in RANK or new.status.state not in RANK:
        return "same" if old.status.state == new.status.state else "apart"
    difference = RANK[new.status.state] - RANK[old.status.state]
    return "up" if difference > 0 else "down" if difference < 0 else "same"


def _changes_title(old: int, up: int, down: int, apart: int, refs: Sequence[Ref], lang: str) -> Sentence:
    """How many moved; each count rests on every state of both years."""
    if up or down:
        name = "changes_title" if up and down else "changes_up" if up else "changes_down"
        return sentence(f"overview.{name}", lang, year=old, up=count_said(up, refs), down=count_said(down, refs))
    name = "overview.changes_none" if not apart else "overview.changes_apart"
    return sentence(name, lang, year=old, count=count_said(apart, refs))


def _change(series: Series, old: Point, new: Point, lang: str) -> Change:
    row = series.indicator
    values = [words.value_words(row, point, lang) for point in (old, new)]
    return Change(
        name=row.short(lang),
        old_state=old.status.state,
        new_state=new.status.state,
        old_word=words.state_word(row, old.status, lang),
        new_word=words.state_word(row, new.status, lang),
        values=" → ".join(values),
        reason=_reason(series, old, new, lang),
    )


def _reason(series: Series, old: Point, new: Point, lang: str) -> str:
    row = series.indicator
    if not series.comparable(old, new):
        first, last = series.points.index(old), series.points.index(new)
        entry = next(entry for entry in series.breaks if first < entry.at <= last)
        reason = entry.reason.get(lang)
        return reason or text("overview.reason_boundary", lang, day=words.day_words(entry.on))
    reached = [words.attainment_words(row, point, lang) for point in (old, new)]
    if all(reached) and all(point.value is not None for point in (old, new)):
        return text("overview.reason_attained", lang, old=reached[0], new=reached[1])
    gaps = [words.gap_words(row, point, lang) for point in (old, new)]
    return text("overview.reason_gap", lang, old=gaps[0], new=gaps[1]) if all(gaps) else ""
