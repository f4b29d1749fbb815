"""The quick figure gives exactly what Plotly's own would."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.figure import Figure

ADD = {
    "shape": lambda figure, n: figure.add_shape(type="line", x0=n, x1=n, y0=0, y1=1),
    "words": lambda figure, n: figure.add_annotation(x=n, y=n, text=str(n), showarrow=False),
    "image": lambda figure, n: figure.add_layout_image(source="data:,x", x=n, y=n, sizex=1, sizey=1),
    "read": lambda figure, n: figure.layout.shapes,
    "more": lambda figure, n: figure.update_layout(height=100 + n, shapes=figure.layout.shapes),
    "trace": lambda figure, n: figure.add_bar(x=[n], y=[n]),
}


def test_a_property_that_does_not_exist_is_refused_when_the_figure_is_read():
    """As Plotly refuses it, only later."""
    figure = Figure().add_shape(nonsense=1)
    with pytest.raises(ValueError, match="nonsense"):
        figure.to_dict()


@given(st.lists(st.tuples(st.sampled_from(sorted(ADD)), st.integers(0, 9)), max_size=12))
def test_it_is_the_figure_that_plotly_would_have_made(steps):
    """In whatever order shapes, words, images, traces and readings come."""
    quick, slow = Figure(), go.Figure()
    for name, number in steps:
        ADD[name](quick, number)
        ADD[name](slow, number)
    assert quick.to_dict() == slow.to_dict()
    assert quick.to_json() == slow.to_json() and quick.layout == slow.layout


def test_a_new_layout_drops_what_was_waiting_for_the_old_one():
    """As Plotly drops what was added."""
    figure = Figure().add_shape(type="line", x0=0, x1=1, y0=0, y1=1)
    figure.layout = {"height": 100}
    assert figure.to_dict()["layout"]["height"] == 100 and "shapes" not in figure.to_dict()["layout"]
