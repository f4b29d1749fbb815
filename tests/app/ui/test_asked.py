"""What an address may ask the sources screen for: references that are some, of places and figures that are there."""

from datetime import date

import pytest

from app.ui.asked import asked_refs
from app.ui.context import Context
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey

WARD = UnitKey("00238", date(1900, 1, 1))
MONEY = Ref(WARD, 2020, "budget_revenue", scenario="plan", basis="council")


@pytest.fixture
def ctx():
    """A context that knows the catalogue."""
    catalogue = load_catalogue()
    return Context(store=None, catalogue=catalogue, unit=catalogue.unit(WARD))


@pytest.mark.parametrize(
    "words",
    ["", "x", "a|b|c", "<script>", str(MONEY)[:-1], str(MONEY._replace(indicator="no_such")),
     str(MONEY._replace(unit=UnitKey("99999", date(1900, 1, 1)))), str(MONEY).replace("2020", "tám")],
)  # fmt: skip
def test_what_is_no_reference_is_left_out(ctx, words):
    """An address is anybody's to write."""
    assert asked_refs(words, ctx) == ()


def test_several_references_are_asked_for_at_once(ctx):
    """Each once, good ones beside bad ones."""
    awards = Ref(WARD, 2020, recipient="collective")
    assert asked_refs(f"{MONEY} x {awards} {MONEY}", ctx) == (MONEY, awards)
