"""A draft handed back with its marks: a Word file as itself, everything else as a page made of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.catalogue import Catalogue
from core.errors import FaultError
from core.texts import text
from etl.compare.run import Comparison, Marked
from etl.compare.wording import explanation, mark_word
from etl.marks.page import marked_body, marked_page
from etl.marks.remark import Remark
from etl.said import NO_NAMES
from etl.sandbox import remark_in_child

IN_PLACE = "docx"  # the kind of file that is handed back as itself
PAGE = "html"
MIMES = {
    IN_PLACE: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PAGE: "text/html",
}


@dataclass(frozen=True, slots=True)
class MarkedDraft:
    """A draft with its marks as a file: its kind (docx or html) and its bytes."""

    kind: str
    content: bytes


def kind_of(comparison: Comparison) -> str:
    """The kind of file a draft comes back as: a Word file as itself, unless its letters were converted.

    Places in converted text are not those of the file's own letters.
    """
    document = comparison.draft.document
    return IN_PLACE if document.kind == IN_PLACE and "converted" not in document.properties else PAGE


def marked_draft(
    comparison: Comparison, content: bytes, catalogue: Catalogue, lang: str, groups: Mapping[str, str] = NO_NAMES
) -> MarkedDraft:
    """The draft of a comparison, whose bytes are `content`, with its marks.

    Word files keep everything and get highlights and comments; one that cannot be changed in place becomes a page.
    """
    remarks = remarks_of(comparison, catalogue, lang, groups)
    document = comparison.draft.document
    if kind_of(comparison) == IN_PLACE:
        try:
            return MarkedDraft(IN_PLACE, remark_in_child(document.name, content, remarks, lang))
        except FaultError:
            return MarkedDraft(PAGE, _page(comparison, remarks, [text("draft.cannot_mark", lang)], lang))
    return MarkedDraft(PAGE, _page(comparison, remarks, [], lang))


def remarks_of(
    comparison: Comparison, catalogue: Catalogue, lang: str, groups: Mapping[str, str] = NO_NAMES
) -> list[Remark]:
    """What is said beside each number of a draft."""
    return [_remark(comparison, marked, catalogue, lang, groups) for marked in comparison.marks]


def _remark(
    comparison: Comparison, marked: Marked, catalogue: Catalogue, lang: str, groups: Mapping[str, str]
) -> Remark:
    stated = marked.stated
    part = comparison.draft.document.parts[stated.part]
    lines = (mark_word(marked.verdict, lang), *explanation(marked, catalogue, lang, groups))
    number = stated.number
    home = (part.place, stated.row, stated.column)
    return Remark(*home, number.start, number.end, number.written, marked.verdict.mark, lines)


def marked_text(comparison: Comparison, remarks: list[Remark], most: int) -> str:
    """The first parts of a draft as HTML with its numbers marked in shape and with a word."""
    return marked_body(comparison.draft.document.parts[:most], remarks)


def _page(comparison: Comparison, remarks: list[Remark], notes: list[str], lang: str) -> bytes:
    counted = text("draft.counted", lang, count=len(comparison.marks), **comparison.counts)
    said = [*notes, counted, text("draft.not_checked_note", lang)]
    return marked_page(comparison.draft.document, remarks, text("draft.title", lang), said, lang)
