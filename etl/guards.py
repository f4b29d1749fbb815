"""What Excel itself guards in our form: formulas that refuse a number as it is typed, and one that says what is amiss.

A formula for what may be typed asks first whether a number was typed at all: in Excel a text is larger than any number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.catalogue import Catalogue, Indicator
from core.texts import text

LONGEST = {"title": 32, "message": 225, "formula": 255}  # characters, as Excel takes them


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on what is typed into a cell, and what is said where it does not hold."""

    formula: str
    message: str


def guard(column: str, indicator: Indicator, cells: Mapping[str, str], catalogue: Catalogue) -> Guard:
    """What may be typed as `column` ("plan", "value" or "of") of an indicator's row.

    `cells` are the addresses of the row's cells by column ("$I$8"); those the row does not have are left out.
    """
    cell = cells[column]
    low, high = indicator.bounds
    bounded = column != "of"
    conditions = [f"{cell}>={low or 0:f}" if bounded else f"{cell}>=0"]
    if bounded and high is not None:
        conditions.append(f"{cell}<={high:f}")
    message = _said("invalid_percent" if indicator.unit == "percent" else "invalid_count")
    if indicator.unit == "vnd":
        message = _said("invalid_amount")
    if _counts(indicator):
        conditions.append(f"{cell}=INT({cell})")
    if column == "plan":
        conditions.append(f'{cells["basis"]}<>""')
        message = f"{_said('invalid_plan')} {message}"
    other = {"value": "of", "of": "value"}.get(column, "")
    if other in cells and not catalogue.may_exceed(indicator.id):
        part, whole = cells["value"], cells["of"]
        conditions.append(f'OR({cells[other]}="",{part}<={whole})')
        message = f"{message} {_said('invalid_part')}"
    return Guard(f'=IF(ISNUMBER({cell}),AND({",".join(conditions)}),{cell}="")', message)


def amiss(indicator: Indicator, cells: Mapping[str, str], catalogue: Catalogue, groups: str = "") -> str:
    """The formula of the column that says what is amiss in a row: what was pasted passes every other guard.

    `groups` is the range of the groups' results, where the indicator counts them.
    """
    value, checks = cells["value"], []
    if "plan" in cells:
        checks.append((f'AND({cells["plan"]}<>"",{cells["basis"]}="")', "amiss_basis"))
    if "of" in cells and not catalogue.may_exceed(indicator.id):
        of = cells["of"]
        checks.append((f"AND(ISNUMBER({value}),ISNUMBER({of}),{value}>{of})", "amiss_part"))
    numbers = [cells[name] for name in ("plan", "value", "of") if name in cells]
    checks.append((f"OR({','.join(f'ISTEXT({cell})' for cell in numbers)})", "amiss_text"))
    if indicator.unit == "vnd":
        filled = ",".join(f'{cells[name]}<>""' for name in ("plan", "value") if name in cells)
        checks.append((f'AND(OR({filled}),{cells["measure"]}="")', "amiss_measure"))
    typed = [guard(name, indicator, cells, catalogue).formula[1:] for name in ("plan", "value", "of") if name in cells]
    checks.append((f"OR({','.join(f'NOT({each})' for each in typed)})", "amiss_number"))
    if groups:
        reached = f'COUNTIF({groups},"{_said("group_reached")}")'
        checks.append((f"AND(ISNUMBER({value}),COUNTA({groups})>0,{reached}<>{value})", "amiss_groups"))
    formula = '""'
    for condition, words in reversed(checks):
        formula = f'IF({condition},"{_said(words)}",{formula})'
    return f"={formula}"


def _counts(indicator: Indicator) -> bool:
    return indicator.unit not in ("vnd", "percent")


def _said(name: str) -> str:
    return text(f"etl.{name}", "vi")
