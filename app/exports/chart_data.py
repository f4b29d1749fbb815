"""What a native chart stands on: the names along its axis and a series of numbers for each of its marks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from app.views.view import View
from core.texts import text

Series = dict[str, list[float | None]]
# what stands before words that a state makes; the same shapes as on the screen, as letters
SIGNS = {"exceeded": "▲", "reached": "●", "near": "◐", "missed": "▼"}


def chart_data(view: View) -> tuple[list[str], Series]:
    """The categories of a plan_actual, bars or line view and its series by name, None where no figure is known.

    The plan, where there is one, and the result of plan_actual, the parts of bars from the smallest (a bar chart counts
    from below), the result and, where there is one, the plan of a line.
    """
    return _MADE[view.kind](view)


def chart_words(view: View) -> list[str]:
    """What is printed at each point of a view's result, in the order of its categories; "" where nothing is known."""
    if view.kind == "bars":
        return [row.printed.partition(" ")[0] for row in list(view.frame.itertuples())[::-1]]
    view = view if view.kind == "plan_actual" else with_gaps(view)
    column, value = ("foot", "actual") if view.kind == "plan_actual" else ("printed", "value")
    words = [""] * len(view.detail["slots"])
    for row in view.frame.itertuples():
        if getattr(row, value) == getattr(row, value):
            words[int(row.place)] = getattr(row, column)
    return words


def _plan_actual(view: View) -> tuple[list[str], Series]:
    rows = {int(row.place): row for row in view.frame.itertuples()}
    names = [_year(slot, rows.get(place)) for place, slot in enumerate(view.detail["slots"])]
    plan = _over(view, "plan")
    series = {_key(view, "outline", "plan"): plan} if any(value is not None for value in plan) else {}
    return names, series | {_key(view, "filled", "done"): _over(view, "actual")}


def _bars(view: View) -> tuple[list[str], Series]:
    rows = list(view.frame.itertuples())[::-1]
    names = [" ".join(filter(None, (row.label, row.printed.partition(" ")[2]))) for row in rows]
    return names, {text("exports.slides_done", view.lang): [_number(row, "value") for row in rows]}


def with_gaps(view: View) -> View:
    """A line with an empty slot where it breaks between two years: no program then joins what stands on both sides."""
    rows = sorted(view.frame.itertuples(), key=lambda row: row.place)
    parted = {here.place + 0.5 for here, after in pairwise(rows) if here.run != after.run
              and after.place == here.place + 1}  # fmt: skip
    places = sorted(parted | {place for place, _ in view.detail["breaks"] if place % 1})

    def moved(place: float) -> float:
        """Where a place stands once the slots before it are in; a break stands in its own slot."""
        return place + sum(each < place for each in places) + (0.5 if place % 1 else 0)

    slots = list(view.detail["slots"])
    for place in reversed(places):
        slots.insert(int(place + 0.5), "")
    detail = view.detail | {
        "slots": slots, "breaks": [(moved(place), words) for place, words in view.detail["breaks"]],
        "missing": {moved(place): words for place, words in view.detail["missing"].items()},
    }  # fmt: skip
    return replace(view, frame=view.frame.assign(place=[int(moved(at)) for at in view.frame["place"]]), detail=detail)


def _line(view: View) -> tuple[list[str], Series]:
    view = with_gaps(view)
    missing = view.detail["missing"]
    names = ["\n".join(filter(None, (_plain(slot), _plain(missing.get(place, "")))))
             for place, slot in enumerate(view.detail["slots"])]  # fmt: skip
    plan = _over(view, "plan")
    series = {_key(view, "line", "done"): _over(view, "value")}
    if any(value is not None for value in plan):
        series[_key(view, "dashed", "plan")] = plan
    return names, series


_MADE = {"plan_actual": _plan_actual, "bars": _bars, "line": _line}
NATIVE = tuple(_MADE)


def _key(view: View, mark: str, name: str) -> str:
    return dict(view.detail["keys"]).get(mark, text(f"exports.slides_{name}", view.lang))


def _over(view: View, name: str) -> list[float | None]:
    """A column along the places of the axis."""
    by_place = {int(row.place): row for row in view.frame.itertuples()}
    return [_number(by_place.get(place), name) for place in range(len(view.detail["slots"]))]


def _number(row, name: str) -> float | None:
    value = None if row is None else getattr(row, name)
    return None if value is None or value != value else float(value)


def _plain(slot: str) -> str:
    """A year, and on one further line what else stands with it."""
    first, *rest = slot.split("<br>")
    return "\n".join(filter(None, (first, " ".join(rest))))


def _year(slot: str, row) -> str:
    """A year with what was reached of its plan after the sign of its state, or why it has nothing."""
    if row is None:
        return _plain(slot)
    reached = " ".join(filter(None, (SIGNS.get(row.state, "") if row.attained else "", row.attained)))
    return "\n".join(filter(None, (_plain(slot), reached or _plain(row.words))))
