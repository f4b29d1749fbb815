"""What an office chose for itself is kept row by row; what cannot be is refused."""

from __future__ import annotations

import pytest

from core.errors import FaultError
from core.store.audit import audit_log
from core.store.office import Office, choose, office
from tests.core.store.examples import WARD


@pytest.mark.parametrize(
    ("chosen", "who", "code"),
    [
        ({"unit": WARD._replace(code="99999")}, "an", "store.unknown_unit"),
        ({"sample": "lost"}, "an", "store.unknown_word"),
        ({"colour": "#FF0000"}, "an", "store.unknown_word"),
        ({"unit": WARD}, "  ", "notes.no_who"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_with_a_sentence(store, chosen, who, code):
    """And nothing is chosen."""
    with pytest.raises(FaultError) as refused:
        choose(store, who, **chosen)
    (fault,) = refused.value.faults
    assert fault.code == code and fault.sentence("vi") != fault.sentence("en")
    assert office(store) == Office()


def test_choices_are_made_one_by_one_and_the_last_of_each_counts(store):
    """Who chose what is in the audit log."""
    choose(store, "an", unit=WARD, printed_name="  UBND   phường Khương Thượng ")
    choose(store, "bình", sample="kept")
    choose(store, "bình", sample="removed", started=True, colour="red")
    assert office(store) == Office(WARD, "UBND phường Khương Thượng", True, "removed", True, "red")
    log = audit_log(store)
    assert log["who"].tolist() == ["bình", "bình", "an"] and set(log["what"]) == {"office.chosen"}
