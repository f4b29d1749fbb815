"""The shape of each state and the small line of a tile."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.glyphs import glyph_uri, state_colour
from app.charts.sparkline import HEIGHT, WIDTH, sparkline_uri
from app.charts.theme import DARK, LIGHT
from core.status import STATES


def drawn(uri: str) -> ET.Element:
    """The SVG behind a data URI, parsed."""
    head, body = uri.split(",", 1)
    assert head == "data:image/svg+xml;base64"
    return ET.fromstring(base64.b64decode(body))


def test_an_unknown_state_has_no_shape():
    """A typo is an error, not an empty picture."""
    with pytest.raises(KeyError):
        glyph_uri("passed", LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_state_has_a_shape_of_its_own(theme):
    """Told apart without colour: the paths differ, not only their fill."""
    shapes = set()
    for state in STATES:
        parts = drawn(glyph_uri(state, theme))
        assert state_colour(state, theme).startswith("#")
        shapes.add(tuple((part.tag, part.get("d"), part.get("r")) for part in parts))
    assert len(shapes) == len(STATES)


@pytest.mark.parametrize("values", [(), (1.0,), (None, None), (None, 2.0, None)])
def test_fewer_than_two_values_draw_no_line(values):
    """A single year has no course."""
    assert sparkline_uri(values, 0, LIGHT) == ""


def test_a_missing_year_leaves_the_line_open():
    """Of four slots with a hole only the pair of neighbours is joined; the lone year is a point."""
    parts = drawn(sparkline_uri((1.0, 2.0, None, 3.0), 1, LIGHT))
    tags = [part.tag.rpartition("}")[2] for part in parts]
    assert tags.count("path") == 1 and tags.count("circle") == 3


@given(st.lists(st.none() | st.floats(-1e15, 1e15), min_size=2, max_size=30), st.integers(0, 29))
def test_every_point_lies_inside_the_picture(values, chosen):
    """Whatever the values, also all equal, negative or huge."""
    uri = sparkline_uri(values, min(chosen, len(values) - 1), LIGHT)
    for part in drawn(uri) if uri else ():
        if part.get("cx"):
            assert 0 <= float(part.get("cx")) <= WIDTH and 0 <= float(part.get("cy")) <= HEIGHT
