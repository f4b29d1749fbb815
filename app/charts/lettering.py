"""How much room words take in a figure, how they are broken, and where a value stands beside its dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

LETTER = 7.6  # px, the mean advance of the font at 14 px, rounded up
BOLD = 1.12  # how much wider bold words are
LINE = 18.2  # px from line to line

# (px to the right, px up, anchor) of a value beside its dot, in the order in which they are tried
_ABOVE = ((0, 16, "center"), (5, 16, "right"), (-5, 16, "left"))
_BELOW = ((0, -16, "center"), (5, -16, "right"), (-5, -16, "left"))
_BESIDE = ((10, 0, "left"), (-10, 0, "right"))

Spot = tuple[int, int, str]
Box = tuple[float, float, float, float]  # left, bottom, right, top in px, y upwards
Segment = tuple[float, float, float, float]


def room(words: str) -> float:
    """Px the longest line of `words` takes."""
    return LETTER * max(len(line) for line in words.split("<br>"))


def two_lines(words: str, most: int) -> str:
    """Words of more than `most` characters on two lines, broken at the space nearest to their middle."""
    if len(words) <= most or "<br>" in words:
        return words
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2)) if spaces else None
    return words if middle is None else f"{words[:middle]}<br>{words[middle + 1:]}"


@dataclass
class Room:
    """The room of a plot in px from its lower left corner, and what stands in it already."""

    left: float
    bottom: float
    right: float
    top: float
    uprights: Sequence[float] = ()
    lines: Sequence[Segment] = ()
    taken: list[Box] = field(default_factory=list)

    def place(
        self, x: float, y: float, words: str, *, under: bool, edge: bool = False, spots: Sequence[Spot] = ()
    ) -> Spot:
        """Where `words` stand best beside a dot: (px to the right, px up, anchor), and they are taken note of.

        Nothing is printed over other words, through an upright line or beyond the plot as long as there is another
        place; the lines of data are crossed last of all. `under` prefers the place below, `edge` the one at the right;
        `spots` are the only ones there are, in the order in which they are tried.
        """
        spots = spots or _spots(under, edge)
        boxes = [_box(x + across, y + up, anchor, words) for across, up, anchor in spots]
        best = min(range(len(spots)), key=lambda place: (self._cost(boxes[place]), place))
        self.taken.append(boxes[best])
        return spots[best]

    def is_clear(self, x: float, y: float, words: str, *, under: bool, edge: bool = False) -> bool:
        """Whether there is a place beside a dot where `words` cover nothing at all."""
        spots = _spots(under, edge)
        return any(not self._cost(_box(x + across, y + up, anchor, words)) for across, up, anchor in spots)

    def _cost(self, box: Box) -> float:
        left, bottom, right, top = box
        outside = left < self.left or right > self.right or bottom < self.bottom or top > self.top
        over = sum(
            left < end and right > start and bottom < upper and top > lower for start, lower, end, upper in self.taken
        )
        through = sum(left - 2 < upright < right + 2 for upright in self.uprights)
        return 100 * (outside + over) + 50 * through + sum(_crosses(line, box) for line in self.lines)


def _spots(under: bool, edge: bool) -> Sequence[Spot]:
    spots = (*_BELOW, *_BESIDE, *_ABOVE) if under else (*_ABOVE, *_BESIDE, *_BELOW)
    return (*_BESIDE[:1], *spots) if edge else spots


def _box(x: float, y: float, anchor: str, words: str) -> Box:
    wide, high = BOLD * room(words), LINE * (words.count("<br>") + 1)
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[anchor]
    return left, y - high / 2, left + wide, y + high / 2


def _crosses(line: Segment, box: Box) -> bool:
    """Whether a segment passes through a box."""
    x0, y0, x1, y1 = line
    steps = 12
    return any(
        box[0] <= x0 + (x1 - x0) * step / steps <= box[2] and box[1] <= y0 + (y1 - y0) * step / steps <= box[3]
        for step in range(steps + 1)
    )
