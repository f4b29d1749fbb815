"""What is marked in a workbook: a cell, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

SHEET = "ward-marks"  # the first cell of the sheet that lists what is marked: it is ours, and not read


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to look at: `sheet` and `ref` of its cell ("" where it names none), why, and what to do about it."""

    sheet: str
    ref: str
    why: str
    advice: str
    is_question: bool = False
