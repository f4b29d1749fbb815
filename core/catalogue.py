"""The catalogue: every indicator, honour and administrative unit the program knows, validated as a whole."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from core.errors import Fault, FaultError
from core.figures import BASES, LEVELS, OF_KINDS, RECIPIENTS, UnitKey

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "catalogue"
FAMILIES = ("budget", "culture", "awards", "order", "welfare", "administration")
KINDS = ("amount", "count", "share", "percent")
OPERATORS = (">=", "<=", "=", "maintain")
POLARITIES = ("higher", "lower", "neutral")
YEAR_RULES = ("calendar", "budget", "emulation", "culture", "survey")
