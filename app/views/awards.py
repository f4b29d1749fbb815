"""What the awards screen says: how many awards, of what kinds, by which decisions, or that no count was given."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from app.views.award_counts import CULTURAL, AwardBook
from app.views.ladder import TONES, level_label
from app.views.merged import why_words
from app.views.said import count_said, sentences
from app.views.sources import report_words
from app.views.view import Table, View
from app.views.words import NEARLY_ALL, fitting, lead_lower, lead_upper, place_words
from core.catalogue import Catalogue
from core.figures import LEVELS, RECIPIENTS, Ref
from core.places import Unit
from core.sentences import Sentence, joined, listed, sentence
from core.series import Point
from core.texts import text
from core.vi.numbers import format_number


def message(
    book: AwardBook, year: int, unit: Unit, lang: str, *, reported: bool = True
) -> tuple[Sentence, Sentence]:
    """The screen's message and lead: how many awards to whom, what the highest level was, whether more than before.

    Where the year was told of in a report's sentences (`reported`), yet there is no award row and no award figure, it
    says that the report gave no count.
    """
    point = book.at(year)
    if year in book.reasons:
        why = lead_upper(why_words(book.reasons[year], lang)) + "."
        return sentence("awards.message_apart", lang, year=year), Sentence((why,))
    totals = {kind: book.total(point, kind) for kind in RECIPIENTS} if point else {}
    known = {kind: total for kind, total in totals.items() if total == total}
    if not known and not reported:
        return sentence("awards.message_none", lang, year=year), sentence("awards.lead_none", lang)
    if not known:
        return sentence("awards.message_silent", lang, year=year), sentence("awards.lead_silent", lang)
    parts = [_counted(total, book.refs(point, kind), kind, lang) for kind, total in known.items() if total]
    whole = sum(known.values())
    total = count_said(_number(whole, lang), _refs(book, point, known))
    title = sentence("awards.message", lang, year=year, total=total, parts=joined(parts, ", "))
    central = _level_total(book, point, "central")
    count = count_said(_number(central, lang), book.refs(point, level="central"))
    longer = joined([title, sentence("awards.message_central", lang, count=count)]) if central else title
    lead = [_against_past(book, point, whole, known, lang), _highest(book, point, unit, lang)]
    return fitting([longer, title]), sentences(*lead, sentence("awards.lead_counted", lang))


def _counted(count: float, refs: Iterable[Ref], kind: str, lang: str) -> Sentence:
    """ "43 tập thể", the number linked to its awards."""
    return sentence(f"awards.count_{kind}", lang, count=count_said(_number(count, lang), refs))


def _refs(book: AwardBook, point: Point, kinds: Iterable[str]) -> list[Ref]:
    return [ref for kind in kinds for ref in book.refs(point, kind)]


def is_silent(book: AwardBook, year: int) -> bool:
    """Whether a year has neither an award row nor an award figure: its report gave no count."""
    point = book.at(year)
    return point is None or book.of(point).empty


def silence_notes(culture_count: str, year: int, lang: str) -> tuple[str, ...]:
    """What must not be taken for a count of awards: the groups with the cultural title, where the year has them."""
    return (text("awards.note_certificates", lang, count=culture_count, year=year),) if culture_count else ()


def mix_views(book: AwardBook, year: int, unit: Unit, lang: str) -> tuple[View, ...]:
    """What one year's awards were made of, by honour, a panel a kind of recipient on one scale.

    Only for recipients whose honours are known and more than one: a total by level, or a single form, has no mix, and
    some honours of a larger total say little of it.
    """
    point = book.at(year)
    if point is None:
        return ()
    parts = {kind: _by_honour(book.of(point, kind), book.catalogue, lang) for kind in RECIPIENTS}
    shown = {
        kind: frame
        for kind, frame in parts.items()
        if len(frame) > 1 and frame["value"].sum() >= float(NEARLY_ALL) * book.total(point, kind)
    }
    largest = max((frame["value"].max() for frame in shown.values()), default=0)
    return tuple(_mix(book, kind, frame, largest, point, unit, lang) for kind, frame in shown.items())


def register_table(register: pd.DataFrame, catalogue: Catalogue, year: int, unit: Unit, lang: str) -> Table | None:
    """The rows of the register of one year with their decisions, the highest level first; None without any."""
    rows = register[(register["year"] == year) & ~register["honour"].isin(CULTURAL)]
    if rows.empty:
        return None
    rank = rows["honour"].map(lambda honour: -catalogue.honours[honour].rank)
    rows = rows.assign(level_rank=rows["level"].map(LEVELS.index), rank=rank)
    rows = rows.sort_values(["level_rank", "rank", "recipient", "decision_no"], kind="stable")
    header = tuple(
        text(f"awards.column_{name}", lang)
        for name in ("honour", "recipient", "level", "mode", "count", "decision", "date", "giver")
    )
    cells = tuple(
        (
            honour_name(catalogue, row["honour"], row["class"], lang),
            text(f"awards.recipient_{row['recipient']}", lang),
            level_label(row["level"], unit, catalogue, lang), text(f"awards.mode_{row['mode']}", lang),
            _number(row["count"], lang), row["decision_no"] or "–", _day(row["decision_date"]), row["giver"] or "–",
        )
        for row in rows.to_dict("records")
    )  # fmt: skip
    caption = text("awards.table_register", lang, year=year, place=place_words(unit, lang), count=len(rows))
    return Table(caption, header, cells)


def honour_name(catalogue: Catalogue, honour: str, grade: str, lang: str) -> str:
    """An honour with its class: "Huân chương Lao động hạng Ba"."""
    name = catalogue.honours[honour].name(lang)
    return text("awards.with_class", lang, name=name, grade=grade) if grade else name


def _number(count: float, lang: str) -> str:
    return format_number(int(count), 0, lang)


def _day(day: object) -> str:
    return "–" if day is None or day != day or not day else f"{day.day}/{day.month}/{day.year}"


def _level_total(book: AwardBook, point: Point, level: str) -> float:
    rows = book.of(point)
    return float(rows.loc[rows["level"] == level, "count"].sum())


def _against_past(book: AwardBook, point: Point, whole: float, kinds: Iterable[str], lang: str) -> Sentence:
    past = book.at(point.year - 1)
    if past is None:
        return Sentence()
    parting = book.parting(past, point)
    if parting is not None:
        name = "lead_boundary" if parting.kind == "boundary" else "lead_law"
        return sentence(f"awards.{name}", lang, year=point.year - 1, reason=parting.reason.get(lang, ""))
    before = {kind: total for kind in RECIPIENTS if (total := book.total(past, kind)) == total}
    if not before:
        return sentence("awards.lead_no_past", lang, year=point.year - 1)
    gap = whole - sum(before.values())
    name = "lead_same" if not gap else "lead_more" if gap > 0 else "lead_less"
    refs = _refs(book, point, kinds) + _refs(book, past, before)
    return sentence(f"awards.{name}", lang, year=point.year - 1, gap=count_said(_number(abs(gap), lang), refs))


def _highest(book: AwardBook, point: Point, unit: Unit, lang: str) -> Sentence:
    """The highest level below the state's that gave anything, with its counts by recipient."""
    for level in ("ministry", "province"):
        counts = [(kind, book.cell(point, level, kind)) for kind in RECIPIENTS]
        given = [
            _counted(cell.count, book.refs(point, kind, level), kind, lang)
            for kind, cell in counts if cell.state == "given"
        ]  # fmt: skip
        if given:
            label = level_label(level, unit, book.catalogue, lang)
            return sentence("awards.lead_level", lang, level=lead_lower(label), parts=listed(given, lang))
    return Sentence()


def _by_honour(rows: pd.DataFrame, catalogue: Catalogue, lang: str) -> pd.DataFrame:
    """label, value, tone by honour, class and level, the largest first; of equals the higher honour first."""
    named = rows[(rows["honour"] != "") & (rows["count"] > 0)]
    if named.empty:
        return pd.DataFrame(columns=["label", "value", "tone", "rank"])
    sums = named.groupby(["honour", "class", "level"], as_index=False)["count"].sum()
    frame = pd.DataFrame(
        {
            "label": [honour_name(catalogue, row.honour, row[2], lang) for row in sums.itertuples()],
            "value": sums["count"],
            "tone": sums["level"].map(TONES),
            "rank": sums["honour"].map(lambda honour: catalogue.honours[honour].rank),
            "honour": sums["honour"],
            "level": sums["level"],
        }
    )
    return frame.sort_values(["value", "rank"], ascending=False, kind="stable", ignore_index=True)


def _mix(
    book: AwardBook, kind: str, frame: pd.DataFrame, largest: float, point: Point, unit: Unit, lang: str
) -> View:
    name = text(f"awards.recipient_{kind}", lang)
    whole, first = float(frame["value"].sum()), frame.iloc[0]
    printed = [_number(value, lang) for value in frame["value"]]
    said = {
        "name": lead_lower(name), "part": printed[0], "whole": _number(whole, lang),
        "label": lead_lower(first["label"]),
    }  # fmt: skip
    title = text("awards.mix_title", lang, **said)
    short = text("awards.mix_title_short", lang, year=point.year, kinds=len(frame), **said)
    hover = [f"<b>{label}</b><br>{text('awards.hover_given', lang, count=count)}"
             for label, count in zip(frame["label"], printed, strict=True)]  # fmt: skip
    refs = [
        " ".join(
            str(Ref(unit, point.year, honour=row.honour, level=row.level, recipient=kind)) for unit in book.wards(point)
        )
        for row in frame.itertuples()
    ]
    header = (text("awards.column_honour", lang), text("awards.column_count", lang))
    rows = tuple(zip(frame["label"], printed, strict=True))
    raw = pd.DataFrame({header[0]: frame["label"], header[1]: frame["value"]})
    linked = tuple(("", ref) for ref in refs)
    caption = text("awards.table_mix", lang, name=name, year=point.year, place=place_words(unit, lang))
    return View(
        id=f"awards-mix-{kind}", kind="bars", lang=lang, title=fitting([title, short]),
        subtitle=text("awards.mix_subtitle", lang, year=point.year, place=place_words(unit, lang)),
        frame=frame.assign(printed=printed, hover=hover, ref=refs), table=Table(caption, header, rows, raw, linked),
        alt=text("awards.mix_alt", lang, year=point.year, kinds=len(frame), **said),
        source=report_words(book.of(point, kind), lang), is_sample=bool(book.of(point, kind)["is_sample"].any()),
        detail={"largest": float(largest), "unit": "award"},
    )  # fmt: skip
