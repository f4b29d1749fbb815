"""Signs that came with pasted words or a PDF: no file of a conference breaks on them, and nothing else is touched."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from app.exports.book import deck_xlsx
from app.exports.slides import deck_pptx
from app.story.deck import Deck
from app.story.printable import printable
from app.story.telling import deck_of
from core.store.stories import Scene, Story
from tests.app.decks import deck, frozen

STRANGE = "\x01\x0b\x1b\ufffe"  # \x0b is the line break of a slide's text


def strange_deck() -> Deck:
    """A short conference with such signs in its own words and in all that was read."""
    freeze = frozen("one report").freeze
    kinds = [slide.id for slide in deck("one report", "vi").slides if slide.view]
    story = Story(freeze.unit, freeze.year, f"Họp{STRANGE}dân", "vi",
                  (Scene(kinds[0], sentence=f"Một{STRANGE}hai", notes=f"Nói{STRANGE}chậm"),))  # fmt: skip
    told = deck_of(frozen("one report"), "vi", story)
    (slide,) = told.slides
    frame = slide.view.frame.assign(said=f"x{STRANGE}y")
    view = replace(slide.view, alt=f"a{STRANGE}b", title=f"c{STRANGE}d", frame=frame, notes=(f"e{STRANGE}f",))
    return replace(told, ward=f"Phường{STRANGE}Mẫu", slides=(replace(slide, view=view),))


@pytest.mark.parametrize("make", [deck_pptx, deck_xlsx])
def test_every_part_of_a_file_is_well_formed_whatever_sign_was_pasted(make):
    """PowerPoint would not be made at all, and Excel would offer to repair the book."""
    with zipfile.ZipFile(io.BytesIO(make(printable(strange_deck())))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_each_such_sign_becomes_a_space_and_a_clean_deck_is_left_as_it_is():
    """In own words while telling, in tables cell by cell; a deck without them is not even copied."""
    assert strange_deck().name == "Họp    dân" and strange_deck().slides[0].sentence == "Một    hai"
    view = printable(strange_deck()).slides[0].view
    assert (view.alt, view.notes, set(view.frame["said"])) == ("a    b", ("e    f",), {"x    y"})
    clean = deck("one report", "vi")
    assert printable(clean) is clean
