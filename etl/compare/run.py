"""A draft from its document to its marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from core.catalogue import Catalogue
from core.store import Store
from core.store.profiles import list_profiles
from etl.compare.draft import NOBODY, Draft, Stated, read_draft
from etl.compare.judge import MARKS, Verdict, judge
from etl.compare.known import Known
from etl.document import Document
from etl.run import Wanted


@dataclass(frozen=True, slots=True)
class Marked:
    """A number of a draft and what was decided of it."""

    stated: Stated
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft with the mark of each of its numbers, in reading order."""

    draft: Draft
    marks: tuple[Marked, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers have each mark."""
        counted = Counter(mark.verdict.mark for mark in self.marks)
        return {mark: counted[mark] for mark in MARKS}


def compare_draft(
    document: Document, store: Store, catalogue: Catalogue, wanted: Wanted = NOBODY, *, approved: bool = True
) -> Comparison:
    """Every number of a draft set against the approved (or newest) figures of its ward.

    Tables that people have explained are read as the store keeps them, like those of a report that is uploaded.
    Raises FaultError where neither the draft nor `wanted` says which ward it speaks of.
    """
    explained = (*wanted.profiles, *list_profiles(store))
    draft = read_draft(document, catalogue, replace(wanted, profiles=explained))
    known = Known(store, draft.unit, catalogue, approved=approved)
    return Comparison(draft, tuple(Marked(stated, judge(stated.claim, known)) for stated in draft.stated))
