"""What a visitor chooses: language, province, ward, year. Each choice stands in the address and holds on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st

from core.catalogue import Catalogue
from core.figures import UnitKey
from core.lineage import lineage
from core.places import Unit
from core.texts import LANGUAGES, text
from core.vi.text import fold

# Names in the address; a value that is not among the options is dropped by Streamlit and the default stands.
LANGUAGE, PROVINCE, UNIT, YEAR = "lang", "tinh", "phuong", "nam"
BOUNDARY = "ranh-gioi"
BOUNDARIES = {"reported": "bao-cao", "today": "hien-nay"}  # ids, so that a link opens the same view in either language
NOWHERE = "–"  # the province of a ward whose source does not name it


def choose_language() -> str:
    """The language switch, each language named in itself; Vietnamese first."""
    chosen = st.segmented_control(
        text("frame.choose_language", asked_language()),
        LANGUAGES,
        default=LANGUAGES[0],
        required=True,
        format_func=lambda lang: text("frame.language", lang),
        key=LANGUAGE,
        bind="query-params",
    )
    return chosen or LANGUAGES[0]


def asked_language() -> str:
    """The language as chosen so far, before its switch is drawn in this run."""
    chosen = st.session_state.get(LANGUAGE)
    if chosen is None:
        asked = st.query_params.get(LANGUAGE, "")
        chosen = next((lang for lang in LANGUAGES if text("frame.language", lang) == asked), LANGUAGES[0])
    return chosen


def choose_unit(units: pd.DataFrame, catalogue: Catalogue, lang: str, own: UnitKey | None = None) -> Unit | None:
    """The province, then one of its wards that have figures; at first the own ward, without one that with most.

    `units` as core.store.units_with_figures gives it. None where there is no ward to choose.
    """
    known = known_units(units, catalogue, own)
    if not known:
        return None
    first = catalogue.unit(own) if own else default_unit(units, catalogue)
    provinces = sorted({unit.province or NOWHERE for unit in known}, key=fold)
    chosen = first.province or NOWHERE
    province = _select(text("frame.choose_province", lang), provinces, chosen, PROVINCE, forgets=(UNIT, YEAR))
    labels = unit_labels([unit for unit in known if (unit.province or NOWHERE) == province])
    by_label = {label: unit for unit, label in labels.items()}
    figures = _figures(units)
    best = max(by_label.values(), key=lambda unit: (unit == first, figures.get(unit.key, 0)))
    label = _select(text("frame.choose_unit", lang), list(by_label), labels[best], UNIT, forgets=(YEAR,))
    return by_label[label]


def known_units(units: pd.DataFrame, catalogue: Catalogue, own: UnitKey | None = None) -> list[Unit]:
    """The units of the frame and the own one, even without figures, as the catalogue knows them, by name."""
    keys = {*unit_keys(units)} | ({own} - {None})
    return sorted((catalogue.unit(key) for key in keys), key=_order)


def default_unit(units: pd.DataFrame, catalogue: Catalogue) -> Unit:
    """The ward with the longest run of years, then with most figures, as it is today.

    Of a ward that went into one of its own name the newest with figures: its screens show the years before as well.
    """
    spans = units["last_year"] - units["first_year"]
    best = units.assign(span=spans).sort_values(["span", "figures"], kind="stable").iloc[-1]
    known = set(unit_keys(units))
    line = lineage(catalogue, UnitKey(best["unit_code"], best["unit_from"]))
    return catalogue.unit(next(key for key in reversed(line) if key in known))


def unit_labels(units: Sequence[Unit]) -> dict[Unit, str]:
    """One label a unit, different for each: the name, its dates where it ended, the district where two share that.

    The labels are the same in every language, because they stand in the address.
    """
    names = Counter(unit.name for unit in units)
    labels = {unit: unit.name + _dates(unit, several=names[unit.name] > 1) for unit in units}
    for part in ("district", "code"):
        taken = Counter(labels.values())
        labels = {
            unit: label if taken[label] == 1 else f"{label}, {getattr(unit, part)}" for unit, label in labels.items()
        }
    return labels


def _dates(unit: Unit, *, several: bool) -> str:
    if unit.valid_to is not None:
        return f" (–{_day(unit.valid_to)})"
    return f" ({_day(unit.valid_from)}–)" if several and unit.valid_from.year > 1900 else ""


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def choose_year(years: Sequence[int], lang: str, first: int | None = None) -> int | None:
    """The year before, a list of all, the year after; at first `first`, else the newest. None where there is no year.

    `years` in ascending order, without gaps: a year without figures can be chosen and says so itself.
    """
    if not years:
        return None
    first = years[-1] if first is None else first
    if st.session_state.get(YEAR, first) not in years:  # the other boundary has other years
        begin_anew(YEAR)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
        before, middle, after = (st.container(width="content") for _ in range(3))
    with middle:
        chosen = _select(text("frame.choose_year", lang), list(years), first, YEAR, width=104, label="collapsed")
    with before:
        _step(chosen - 1, years, "frame.year_before", lang)
    with after:
        _step(chosen + 1, years, "frame.year_after", lang)
    return chosen


def choose_named(label: str, names: Mapping[str, str], key: str) -> str:
    """A list of names (by id) whose chosen id stands in the address under `key`; an unknown id there is dropped."""
    asked = st.query_params.get(key, "")
    ids = list(names)
    chosen = st.selectbox(
        label, ids, index=ids.index(asked) if asked in names else 0, format_func=lambda id: names.get(id, id),
        filter_mode="contains", key=f"{key}-{'-'.join(ids[:1])}",
    )  # fmt: skip
    st.query_params[key] = chosen
    return chosen


def _step(year: int, years: Sequence[int], key: str, lang: str) -> None:
    words = text(key, lang, year=year)
    st.button(words, key=key.replace(".", "-"), disabled=year not in years, on_click=_set_year, args=(year,))


def _set_year(year: int) -> None:
    st.session_state[YEAR] = year


def _select(words: str, options: list, first: object, key: str, *, forgets=(), width="stretch", label="visible"):
    """A list bound to the address; what is chosen from it sends those of `forgets`, which hang on it, to their start.

    Not those of a link or of the browser's back button: they name every choice themselves.
    """
    if st.session_state.pop(f"{key}-anew", False):
        st.session_state[key] = first
    return st.selectbox(
        words,
        options,
        index=options.index(first),
        key=key,
        bind="query-params",
        on_change=begin_anew,
        args=forgets,
        width=width,
        label_visibility=label,
        filter_mode="contains",
    )


def begin_anew(*keys: str) -> None:
    """Send the lists of these names back to their start when they are drawn next."""
    for key in keys:
        st.session_state[f"{key}-anew"] = True


@cache
def _order(unit: Unit) -> tuple[str, str, date]:
    return fold(unit.name), fold(unit.district), unit.valid_from


def _figures(units: pd.DataFrame) -> Mapping[UnitKey, int]:
    return dict(zip(unit_keys(units), units["figures"].tolist(), strict=True))


def unit_keys(units: pd.DataFrame) -> list[UnitKey]:
    """The keys of the units of the frame, in its order; none of an empty one."""
    if units.empty:
        return []
    return [UnitKey(*key) for key in zip(units["unit_code"].tolist(), units["unit_from"].tolist(), strict=True)]
