"""The letters of paper: a font of Times New Roman's measures, how wide words stand in it, which letters it has."""

from __future__ import annotations

from functools import cache

from fpdf import FPDF

from core.settings import ROOT

FAMILY = "Tinos"  # letter by letter as wide as Times New Roman, free to hand on
FACES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
POINT = 25.4 / 72  # millimetres


def load_fonts(sheet: FPDF) -> None:
    """Gives a sheet the four faces."""
    for style, face in FACES.items():
        sheet.add_font(FAMILY, style, ROOT / "data" / "fonts" / f"{FAMILY}-{face}.ttf")


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that words of `size` points take on one line; a letter the font lacks counts as a square."""
    widths = _widths("B" if bold else "")
    return sum(widths.get(letter, 1.0) for letter in words) * size * POINT


def has_letter(letter: str) -> bool:
    """Whether the font can draw a letter."""
    return letter in _widths("")


@cache
def _widths(style: str) -> dict[str, float]:
    """Letter -> its width as a part of the font's size."""
    ruler = FPDF(unit="pt")
    load_fonts(ruler)
    ruler.set_font(FAMILY, style, 1000)
    letters = map(chr, ruler.current_font.cmap)
    return {letter: ruler.get_string_width(letter) / 1000 for letter in letters}
