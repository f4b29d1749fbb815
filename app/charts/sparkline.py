"""The small line of a tile: the past up to the chosen year dark, later years pale, a missing year open."""

from __future__ import annotations

from collections.abc import Sequence

from app.charts.glyphs import svg_uri
from app.charts.theme import Theme

WIDTH, HEIGHT = 88, 36  # px as drawn
_EDGE = 5


def sparkline_uri(values: Sequence[float | None], chosen: int | None, theme: Theme) -> str:
    """An image address for one value a year in order, None where there is none; `chosen` is the index of the dot.

    Lines join neighbouring years only: what lies around a missing year stays apart. Fewer than two values draw
    nothing and give "".
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    last_dark = len(values) - 1 if chosen is None else chosen
    points = [_point(place, value, len(values), min(known), max(known)) for place, value in enumerate(values)]
    parts = []
    for place in range(1, len(points)):
        start, end = points[place - 1], points[place]
        if start and end:
            colour, width = (theme.blue, 2) if place <= last_dark else (theme.context_line, 1.6)
            parts.append(
                f'<path d="M{start[0]:g} {start[1]:g} {end[0]:g} {end[1]:g}" stroke="{colour}" stroke-width="{width}"'
                ' fill="none" stroke-linecap="round"/>'
            )
    parts += _lone_points(points, last_dark, theme)
    dot = points[last_dark] if 0 <= last_dark < len(points) else None
    if dot:
        parts.append(f'<circle cx="{dot[0]:g}" cy="{dot[1]:g}" r="4.4" fill="{theme.bg}"/>')
        parts.append(f'<circle cx="{dot[0]:g}" cy="{dot[1]:g}" r="3.4" fill="{theme.blue}"/>')
    return svg_uri("".join(parts), WIDTH, HEIGHT)


def _point(place: int, value: float | None, count: int, low: float, high: float) -> tuple[float, float] | None:
    if value is None:
        return None
    across = _EDGE + place * (WIDTH - 2 * _EDGE) / (count - 1)
    share = 0.5 if high == low else (float(value) - float(low)) / (float(high) - float(low))
    return round(across, 1), round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)


def _lone_points(points: list[tuple[float, float] | None], last_dark: int, theme: Theme) -> list[str]:
    """A year between two missing ones has no line of its own and is drawn as a point."""
    lone = []
    for place, point in enumerate(points):
        before = points[place - 1] if place else None
        after = points[place + 1] if place + 1 < len(points) else None
        if point and not before and not after:
            colour = theme.blue if place <= last_dark else theme.context_line
            lone.append(f'<circle cx="{point[0]:g}" cy="{point[1]:g}" r="1.6" fill="{colour}"/>')
    return lone
