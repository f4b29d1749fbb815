"""What is left out together with a figure that is not to be shown: all it could be worked out from or counted in."""

from __future__ import annotations

from functools import cache

from core.catalogue import Catalogue, Indicator

AWARDS = "awards"
# titles of the register that the culture screen counts, by the indicator that counts them; they are no commendations
TITLES = {"cultural_groups": "tdp_van_hoa", "cultural_families": "gia_dinh_van_hoa"}
_NAMED = {"cultural_groups": "cultural_group_title"}  # a count and what names each of those counted


@cache
def kin(catalogue: Catalogue, indicator: str) -> frozenset[str]:
    """The indicator itself, what it is a share or an attainment of, and all that is worked out from that.

    A budget total has its lines among them, a count of titles the list of who holds one. Awards of a year are counted
    together: with a part of them left out every total would be wrong, so one stands for all. KeyError for an
    indicator that is not in the catalogue.
    """
    row = catalogue.indicators[indicator]
    if row.family == AWARDS:
        return frozenset(each.id for each in catalogue.family(AWARDS))
    root = catalogue.indicators[row.attainment_of or row.rate_of or row.id]
    made = (each.id for each in catalogue.indicators.values() if root.id in each.inputs or _is_line(each, root))
    named = (_NAMED[root.id],) if root.id in _NAMED else ()
    return frozenset((root.id, *made, *named))


def titles(indicators: frozenset[str]) -> frozenset[str]:
    """The honours of the award register that some indicators count, commendations apart."""
    return frozenset(honour for counted, honour in TITLES.items() if counted in indicators)


def _is_line(row: Indicator, total: Indicator) -> bool:
    return bool(row.member_kind and total.flow and not total.line) and (row.flow, row.scope) == (
        total.flow, total.scope
    )  # fmt: skip
