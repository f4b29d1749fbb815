"""What a native chart stands on: the names along its axis and a series of numbers for each of its marks."""

from __future__ import annotations

from app.views.view import View
from core.texts import text

Series = dict[str, list[float | None]]


def chart_data(view: View) -> tuple[list[str], Series]:
    """The categories of a plan_actual, bars or line view and its series by name, None where no figure is known.

    Plan and result of plan_actual, the parts of bars from the smallest (a bar chart counts from below), the result and,
    where there is one, the plan of a line.
    """
    return _MADE[view.kind](view)


def _plan_actual(view: View) -> tuple[list[str], Series]:
    frame = view.frame
    names = [_year(slot, frame[frame["place"] == place]) for place, slot in enumerate(view.detail["slots"])]
    plan, actual = _over(view, "plan"), _over(view, "actual")
    return names, {_key(view, "outline", "plan"): plan, _key(view, "filled", "done"): actual}


def _bars(view: View) -> tuple[list[str], Series]:
    rows = list(view.frame.itertuples())[::-1]
    names = [" ".join(filter(None, (row.label, row.printed.partition(" ")[2]))) for row in rows]
    return names, {text("exports.slides_done", view.lang): [_number(row, "value") for row in rows]}


def _line(view: View) -> tuple[list[str], Series]:
    names = [_plain(slot) for slot in view.detail["slots"]]
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
    return slot.replace("<br>", " ")


def _year(slot: str, rows) -> str:
    """A year with what was reached of its plan, as it is printed."""
    reached = next((row.attained for row in rows.itertuples() if row.attained), "")
    return f"{_plain(slot)}\n{reached}" if reached else _plain(slot)
