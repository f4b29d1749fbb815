"""Upload: reports are read and shown before anything is stored, confirmed one by one, and taken back as batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter

import streamlit as st

from app.server.uploads import MOST_BYTES, MOST_FILES
from app.ui.book import named
from app.ui.context import Context
from app.ui.conversion import NOT, ask_conversion
from app.ui.elements import heading, html, message, printed
from app.ui.groups import groups_of
from app.ui.links import address
from app.ui.preview import (
    SAID,
    charts_of,
    lines,
    plain_label,
    say_what_was_done,
    show_batches,
    show_changes,
    show_charts,
)
from app.ui.writing import sentence, show_faults, signer
from app.views.preview import change_tables, groups_with, main_unit, replacements
from core.errors import Fault, FaultError
from core.figures import Figure, Question, UnitKey
from core.places import Unit
from core.store import Changes, batch_of_file, sources
from core.store.review import locked_years
from core.texts import text
from etl.run import Reading, against_store, answered, changes, load, unit_faults, without_years
from etl.tidy import overlaps
from etl.wording import figure_words
from pages.mapping import ask_mapping, show_profiles
from pages.mapping_rows import ask_rows, unknown_rows
from pages.reading import DONE, ROUND, Uploaded, fresh, read_all, reading_of
from pages.workbooks import offer_form, offer_marked, refuse

AMBIGUOUS, MANY_ALIKE = "etl.question_ambiguous", 3  # as many numbers of two readings are answered together
READINGS = {"thousands": max, "decimals": min}  # the larger of two readings has its points between thousands
UNIT_ASKED = ("etl.question_unit", "etl.question_unit_unknown", "etl.question_unit_missing")


def render(ctx: Context) -> None:
    """The uploader, a preview of each file in it, and the batches stored so far."""
    ctx.person.require("enter")
    message(ctx, ctx.t("upload.title"), ctx.t("upload.lead"))
    say_what_was_done()
    who = signer(ctx)
    # of any kind: what is not read is told by the reader in words, a type refused here by a red sign alone
    files = st.file_uploader(
        ctx.t("upload.files", size=MOST_BYTES // 2**20, count=MOST_FILES),
        accept_multiple_files=True, key=f"uploader-{st.session_state.get(ROUND, 0)}",
    )  # fmt: skip
    if len(files) > MOST_FILES:
        show_faults(ctx, FaultError([Fault("upload.too_many", params={"count": MOST_FILES})]))
        files = []
    uploaded = {sha256(file.getvalue()).hexdigest(): file for file in files}
    contents = [Uploaded(digest, file.name, file.getvalue()) for digest, file in uploaded.items()]
    offer_form(ctx)
    read_all(ctx, contents)
    open_files = [file for file in contents if file.digest not in st.session_state.get(DONE, ())]
    for file in open_files:
        _show_file(ctx, file, who, last=len(open_files) == 1)
    st.space("small")
    show_batches(ctx, who)
    show_profiles(ctx, who)


def _show_file(ctx: Context, file: Uploaded, who: str, *, last: bool) -> None:
    """One file: what was found, what is asked, what would change, and its button."""
    key = file.digest[:12]
    reading = _as_wanted(ctx, file, key, who)
    if reading is None:
        return
    live = batch_of_file(ctx.store, file.digest)
    if live is not None:
        html(f'<p class="w-lead">{printed(ctx.t("upload.duplicate", batch=live))}</p>')
        return
    reading = _with_answers(ctx, reading, key)
    lines(ctx.t("upload.notices"), [notice.sentence(ctx.lang) for notice in reading.tidy.notices])
    if not (reading.tidy.figures or reading.tidy.awards or reading.tidy.groups):
        html(f"<p>{printed(ctx.t('upload.nothing_yet'))}</p>")
        offer_marked(ctx, reading, file)
        return
    try:
        found = changes(ctx.store, reading)
        reading, found, locked = _open_years(ctx, reading, found, key)
    except FaultError as refused:
        refuse(ctx, refused, file)
        return
    reading = against_store(ctx.store, reading, ctx.catalogue, ctx.today)
    _preview(ctx, reading, found, key)
    offer_marked(ctx, reading, file)
    if not who:
        html(f'<p class="w-small">{printed(ctx.t("upload.need_name"))}</p>')
    label = ctx.t("upload.store", name=plain_label(file.name))
    pressed = st.button(label, type="primary", key=f"store-{key}", disabled=bool(locked) or not who)
    seen, now = st.session_state.get(f"seen-{key}"), replacements(found)
    st.session_state[f"seen-{key}"] = now
    if pressed and seen == now:
        _store(ctx, replace(reading, content=file.content), file, who, last=last)
    elif pressed:  # somebody stored between the preview and the press
        st.warning(ctx.t("upload.meanwhile"))


def _as_wanted(ctx: Context, file: Uploaded, key: str, who: str) -> Reading | None:
    """The reading with the unit and year that the file left open, as asked; None where it cannot go on."""
    reading, encoding = _in_unicode(ctx, file, key)
    if reading is None:
        return None
    ask_mapping(ctx, reading, file, who)
    ask_rows(ctx, reading, file, who)
    if (reading.unknown or unknown_rows(reading)) and {fault.code for fault in reading.faults} == {"etl.nothing_found"}:
        return None  # what to do about it has just been asked
    unit = year = None
    if not reading.refused and (unit_faults(reading) or any(q.code in UNIT_ASKED for q in reading.tidy.questions)):
        unit = _ask_unit(ctx, reading, key)
        if unit is None:
            return None
    if not reading.refused and reading.tidy.year is None:
        year = st.number_input(ctx.t("upload.ask_year"), 1986, ctx.today.year + 6, None, key=f"year-{key}")
    if unit is not None or year is not None:
        reading = reading_of(ctx, file, unit and unit.key, year, encoding)
    if reading.faults:
        refuse(ctx, FaultError(reading.faults), file, reading)
        return None
    return reading


def _in_unicode(ctx: Context, file: Uploaded, key: str) -> tuple[Reading | None, str | None]:
    """The reading under its heading, and the encoding its text was brought from; None while that is not chosen."""
    reading, encoding = reading_of(ctx, file), None
    if not reading.offered:
        heading(file.name, _found_words(ctx, reading))
        return reading, None
    place = st.container()
    choice = ask_conversion(ctx, reading.offered, key)
    if choice not in (None, NOT):
        encoding = choice
        reading = reading_of(ctx, file, encoding=encoding)
    with place:
        heading(file.name, _found_words(ctx, reading))
    return reading if choice else None, encoding


def _found_words(ctx: Context, reading: Reading) -> str:
    if reading.refused:
        return ""
    found = reading.tidy
    return ctx.t(
        "upload.found", unit=found.unit_name or ctx.t("upload.no_unit"), year=found.year or ctx.t("upload.no_year"),
        figures=len(found.figures), awards=len(found.awards),
    )  # fmt: skip


def _ask_unit(ctx: Context, reading: Reading, key: str) -> Unit | None:
    """The unit a person means: the ward's name, then one of those that bore it in the report's year."""
    name = st.text_input(ctx.t("upload.ask_unit"), value=reading.tidy.unit_name or ctx.unit.name, key=f"ward-{key}")
    year = reading.tidy.year
    named = ctx.catalogue.find_units((name or "").strip())
    known = [unit for unit in named if year is None or overlaps(unit, year)]
    if not known:
        html(f'<p class="w-small">{printed(ctx.t("upload.unit_unknown"))}</p>')
        return None
    return st.selectbox(
        ctx.t("upload.ask_which"), known, index=0 if len(known) == 1 else None, key=f"unit-{key}",
        format_func=lambda unit: ", ".join(filter(None, (unit.name, unit.district, unit.province, unit.code))),
    )  # fmt: skip


def _with_answers(ctx: Context, reading: Reading, key: str) -> Reading:
    """Ask what the reader would not decide; the chosen candidates are taken in."""
    questions = [question for question in reading.tidy.questions if question.code not in UNIT_ASKED]
    if not questions:
        return reading
    heading(ctx.t("upload.questions", count=len(questions)), ctx.t("upload.questions_lead"))
    names = {group.id: group.name for group in reading.tidy.groups}
    right: list[Figure] = []
    alike = _ask_thousands(ctx, questions, key)
    for number, question in enumerate(questions):
        where = question.origin.place if question.origin else ""
        said = text(question.code, ctx.lang, **question.params)
        said = said if not where or where in said else f"{where}: {said}"
        quote = " ".join(question.quote.split())
        html(f"<p>{printed(said)}</p>" + (f'<p class="w-small">“{printed(quote)}”</p>' if quote else ""))
        if not question.candidates:
            html(f'<p class="w-small">{printed(ctx.t("upload.no_candidates"))}</p>')
            continue
        words = [_candidate(ctx, each, names) for each in question.candidates]
        pick = READINGS.get(alike) if question.code == AMBIGUOUS else None
        given = question.candidates.index(pick(question.candidates, key=attrgetter("value"))) if pick else None
        chosen = st.radio(
            said, range(len(words) + 1), index=given, label_visibility="collapsed",
            key=f"question-{key}-{number}" + (f"-{alike}" if pick else ""),
            format_func=lambda place, words=words: [*words, ctx.t("upload.none_of_them")][place],
        )  # fmt: skip
        if chosen is not None and chosen < len(words):
            right.append(question.candidates[chosen])
    return answered(reading, right, ctx.catalogue, ctx.today) if right else reading


def _ask_thousands(ctx: Context, questions: Sequence[Question], key: str) -> str:
    """Ask once what the points of a file are where many of its numbers have two readings; each can still be changed."""
    doubtful = [question for question in questions if question.code == AMBIGUOUS]
    if len(doubtful) < MANY_ALIKE:
        return ""
    example = str(doubtful[0].params["text"])
    return st.radio(
        ctx.t("upload.alike", count=len(doubtful)), ("each", *READINGS), key=f"alike-{key}",
        format_func=lambda choice: ctx.t(f"upload.alike_{choice}", text=example),
    )  # fmt: skip


def _candidate(ctx: Context, figure: Figure, names: dict[str, str]) -> str:
    """A candidate with where it stands: two may say the same of the same thing."""
    place = figure.origin.place if figure.origin else ""
    said = figure_words(figure, ctx.catalogue, ctx.lang, names)
    return plain_label(f"{said} ({place})" if place else said)


Locked = list[tuple[UnitKey, int]]


def _open_years(ctx: Context, reading: Reading, found: Changes, key: str) -> tuple[Reading, Changes, Locked]:
    """Say which years are approved and locked, and leave them out where that is wanted; with those still in it."""
    pairs = {(item.unit, item.year) for item in (*found.new_figures, *found.new_awards)}
    locked = locked_years(ctx.store, pairs)
    if not locked:
        return reading, found, []
    named = ((ctx.catalogue.unit(unit).name, year) for unit, year in locked)
    show_faults(ctx, FaultError([Fault("review.locked", params={"code": name, "year": year}) for name, year in named]))
    years = ", ".join(str(year) for year in sorted({year for _, year in locked}))
    if not st.checkbox(ctx.t("upload.leave_out", years=years), key=f"leave-{key}"):
        return reading, found, locked
    reading = without_years(reading, locked, ctx.catalogue, ctx.today)
    if not (reading.tidy.figures or reading.tidy.awards):
        raise FaultError([Fault("upload.nothing_left")])
    return reading, changes(ctx.store, reading), []


def _preview(ctx: Context, reading: Reading, found: Changes, key: str) -> None:
    """The rules' remarks, the figures by what becomes of them, and the charts that would change."""
    every = [*reading.tidy.figures, *reading.tidy.awards]
    if not every:  # names of residential groups alone
        lines(ctx.t("upload.groups"), [group.name for group in reading.tidy.groups])
        return
    units, years = {item.unit for item in every}, sorted({item.year for item in every})
    known = named(ctx, sources(ctx.store, units, years, approved=False))
    groups = groups_with(groups_of(ctx, list(units)), reading.tidy.groups)
    names = dict(zip(groups["id"], groups["name"], strict=True))
    remarks: dict[tuple, list[str]] = {}
    for finding in reading.findings:
        remarks.setdefault(finding.item.key, []).append(sentence(ctx, replace(finding.fault, where="")))
    shown = {item.key for item in every}
    apart = [sentence(ctx, finding.fault) for finding in reading.findings if finding.item.key not in shown]
    lines(ctx.t("upload.rules"), apart)
    if not (found.new_figures or found.new_awards):
        html(f"<p>{printed(ctx.t('upload.no_change'))}</p>")
    show_changes(ctx, change_tables(found, known, remarks, ctx.catalogue, names, ctx.lang), key)
    unit = main_unit(found)
    if unit is not None:
        show_charts(ctx, charts_of(ctx, found.new_figures, reading.tidy.groups, unit, reading.name), key)


def _store(ctx: Context, reading: Reading, file: Uploaded, who: str, *, last: bool) -> None:
    """One confirmation, one batch; the last file of an uploader empties it."""
    ctx.person.require("enter")
    try:
        batch = load(ctx.store, reading, ctx.catalogue, who)
    except FaultError as refused:
        refuse(ctx, refused, file)
        return
    years = {item.year for item in (*reading.tidy.figures, *reading.tidy.awards)}
    year = reading.tidy.year if reading.tidy.year in years else max(years, default=ctx.year)
    if batch.duplicate_of is not None:
        said = ctx.t("upload.duplicate", batch=batch.duplicate_of)
    else:
        said = ctx.t("upload.stored", name=reading.name, rows=batch.rows, batch=batch.id)
    unit = next((item.unit for item in (*reading.tidy.figures, *reading.tidy.awards)), ctx.unit.key)
    where = printed(address(ctx, "duyet", unit=ctx.catalogue.unit(unit), year=year))
    link = f'<a href="{where}" target="_self">{printed(ctx.t("upload.to_review", year=year))}</a>'
    st.session_state[SAID] = (said, link)
    if last:
        fresh()
    else:
        st.session_state[DONE] = {*st.session_state.get(DONE, ()), reading.sha256}
    st.rerun()

