"""A conference told again after any later edit is the same to the letter, and so are the files made of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from app.exports.book import deck_xlsx
from app.exports.document import deck_docx
from app.exports.offline import deck_html
from app.exports.paper import deck_pdf
from app.exports.slides import deck_pptx
from app.story.deck import Deck
from app.story.frozen import open_freeze
from app.story.scenes import Look, maker_of
from app.story.telling import deck_of
from tests.app.decks import edited, every_slide, frozen


def spelled(value: object) -> object:
    """Everything in a deck as plain text: frames cell by cell, any other thing field by field."""
    if isinstance(value, pd.DataFrame):
        return [list(value.columns), [[repr(cell) for cell in row] for row in value.itertuples(index=False)]]
    if isinstance(value, dict):
        return {str(name): spelled(inside) for name, inside in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return repr(value)
    if isinstance(value, list | tuple):
        return [spelled(inside) for inside in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: spelled(getattr(value, name)) for name in value.__dataclass_fields__}
    return repr(value)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_scene_is_told_as_on_its_day_after_edits_of_every_kind(lang):
    """Titles, sentences, tables, notes, results, what a chart is drawn from; the newer freeze tells otherwise."""
    made = edited()
    assert spelled(every_slide(made.store, made.before, lang)) == spelled(made.told[lang])
    assert spelled(deck_of(open_freeze(made.store, made.after), lang)) != spelled(made.told[lang])


@pytest.mark.parametrize("make", [deck_xlsx, deck_docx, deck_pdf, deck_html, deck_pptx])
def test_the_files_of_a_freeze_are_the_same_bytes_after_later_edits(make):
    """Of a workbook, a document, its .pdf, the offline page and the slides with the sheets behind their charts."""
    made = edited()
    few = [id for id in ("budget_revenue", "groups", "awards", "shortfalls")]

    def of(deck: Deck) -> Deck:
        return Deck(**{name: getattr(deck, name) for name in deck.__dataclass_fields__}
                    | {"slides": tuple(slide for slide in deck.slides if slide.id in few)})  # fmt: skip

    again = make(of(every_slide(made.store, made.before, "vi")))
    assert again == make(of(made.told["vi"]))
    if make is deck_pptx:
        moments = moments_in(again)
        assert moments == {f"{made.before.at:%Y-%m-%dT%H:%M:%SZ}"}, "no other moment, so none of the making"
    remark = '<p class="remark">2020: Giãn cách xã hội tháng 4</p>'.encode()
    assert (remark in again) == (make is deck_html), "what was written of a chart's year stands on the wall"


def test_a_freeze_made_in_the_morning_bears_the_day_of_viet_nam():
    """On the slides, on paper, in the offline page and for what is then still to come: in UTC it was the day before."""
    kept = frozen("one report")
    early = replace(kept, freeze=replace(kept.freeze, at=datetime(2026, 1, 14, 18, 30, tzinfo=UTC)))
    assert early.context("vi").today == date(2026, 1, 15)
    told = deck_of(early, "vi")
    for made in (unpacked(deck_pptx(told)), unpacked(deck_docx(told)), deck_html(told).decode()):
        assert "15/1/2026" in made and "14/1/2026" not in made


def moments_in(packed: bytes) -> set[str]:
    """When a file and every file in it say they were made."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = re.findall(r"<dcterms:\w+[^>]*>([^<]*)", archive.read("docProps/core.xml").decode())
        inside = (moments_in(archive.read(name)) for name in archive.namelist() if name.endswith(".xlsx"))
        return set(told).union(*inside)


def unpacked(packed: bytes) -> str:
    """Everything a file of an office program says."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist()
                       if name.endswith(".xml"))  # fmt: skip


def test_a_slide_has_the_notes_the_screens_have():
    """A note on the years of a chart, why a plan was missed, each said once on the wall; the speaker has them all."""
    slides = {slide.id: slide for slide in edited().told["vi"].slides}
    revenue, groups = slides["budget_revenue"], slides["groups"]
    assert "2020: Giãn cách xã hội tháng 4" in revenue.remarks and revenue.view.events
    assert any("Giãn cách xã hội tháng 4" in note for note in revenue.view.notes)
    assert any("Ba tổ sinh con thứ ba" in note for note in groups.view.notes)
    assert any("Ba tổ sinh con thứ ba" in point for point in slides["shortfalls"].points)
    said = [remark for slide in slides.values() for remark in slide.remarks]
    assert len(said) == len(set(said)) and "Bà Lan" not in str([spelled(slide) for slide in slides.values()])


def test_a_sentence_in_somebodys_words_stands_on_its_slide_until_its_figures_change():
    """In the language it was written in, before unit and period; then the generated one is there again."""
    made = edited()
    told = {lang: {slide.id: slide.sentence for slide in made.told[lang].slides} for lang in ("vi", "en")}
    assert told["vi"]["targets"] == "Cả phường làm được 8 chỉ tiêu." != told["en"]["targets"]
    assert told["vi"]["budget_revenue"].startswith("Góp vào 8 chỉ tiêu đạt. Thu ngân sách nhà nước")
    assert told["en"]["budget_revenue"].startswith("State revenue: plan met in all 5 years")
    look = Look(open_freeze(made.store, made.after).context("vi"))
    later = {kind: maker_of(kind)(look).sentence for kind in ("targets", "budget_revenue")}
    assert later["targets"] == "Nay cả phường làm được 8 chỉ tiêu."
    assert later["budget_revenue"].startswith("Thu NSNN trên địa bàn: 5 năm đều đạt dự toán")
