"""What the tests of the prose reader share: figures as short texts."""

from decimal import Decimal

import pytest

from core.catalogue import load_catalogue
from etl.document import Block
from etl.find.prose import find_prose

UNIT = "Phường Mẫu Đơn"


@pytest.fixture
def said():
    """Reads the paragraphs of a ward's report; gives its figures as short texts beside the year `year`."""

    def read(*paragraphs, year=2022, known=True):
        blocks = [Block(text, f"đoạn {number}") for number, text in enumerate(paragraphs, 1)]
        found = find_prose(blocks, load_catalogue(), year=year if known else None, unit_name=UNIT)
        return {short(figure, year) for figure in found.figures}

    return read


def short(figure, year):
    """indicator=value/of with what differs from a plain actual figure of the year."""
    text = f"{figure.indicator}={number(figure.value)}" + (f"/{number(figure.of)}" if figure.of is not None else "")
    if figure.scenario != "actual":
        text += f" {figure.scenario}"
    if figure.basis and figure.basis != "unstated":
        text += f" {figure.basis}"
    if figure.period != "year":
        text += f" {figure.period}"
    if figure.year != year:
        text += f" {figure.year}"
    if figure.hedge:
        text += f" {figure.hedge}"
    return text


def number(value: Decimal) -> str:
    """A decimal without trailing zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
