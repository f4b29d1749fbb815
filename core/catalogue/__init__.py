"""The catalogue: every indicator, honour, budget line and administrative unit the program knows."""

from core.catalogue.load import CATALOGUE, FAMILIES, load_catalogue
from core.catalogue.rows import BudgetLine, Catalogue, Honour, Indicator, Measure
from core.places import Places, Succession, Unit

__all__ = [
    "CATALOGUE", "FAMILIES", "BudgetLine", "Catalogue", "Honour", "Indicator", "Measure", "Places", "Succession",
    "Unit", "load_catalogue",
]  # fmt: skip
