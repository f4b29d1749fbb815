"""A Plotly figure that takes many shapes and words quickly."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go


def refs_of(frame: pd.DataFrame) -> list[str] | None:
    """What a trace takes as `ids`: the word of the reference behind each mark, where the frame has them."""
    return list(frame["ref"]) if "ref" in frame else None


class Figure(go.Figure):
    """A go.Figure whose shapes, annotations and images are added to the layout all at once, when it is next read.

    Plotly checks everything already there again with each one added: 150 shapes and 140 words took two seconds. Only
    the form with keyword arguments and without row and column is taken.
    """

    def add_shape(self, **shape: Any) -> Figure:  # type: ignore[override]
        """Add a shape of the layout."""
        return self._later("shapes", shape)

    def add_annotation(self, **words: Any) -> Figure:  # type: ignore[override]
        """Add words of the layout."""
        return self._later("annotations", words)

    def add_layout_image(self, **image: Any) -> Figure:  # type: ignore[override]
        """Add an image of the layout."""
        return self._later("images", image)

    def _later(self, name: str, given: dict[str, Any]) -> Figure:
        self.__dict__.setdefault("_waiting", {}).setdefault(name, []).append(given)
        return self

    def _add_waiting(self) -> None:
        waiting = self.__dict__.pop("_waiting", {})
        for name, given in waiting.items():
            layout = super().layout
            layout[name] = [*layout[name], *given]

    @property
    def layout(self):
        """The layout with everything added so far."""
        self._add_waiting()
        return super().layout

    @layout.setter
    def layout(self, new_layout: Any) -> None:
        self.__dict__.pop("_waiting", None)
        go.Figure.layout.fset(self, new_layout)

    def to_dict(self) -> dict[str, Any]:
        """The figure as a dict, with everything added so far."""
        self._add_waiting()
        return super().to_dict()
