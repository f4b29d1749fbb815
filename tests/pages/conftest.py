"""A screen drawn without a browser: through AppTest, over a store with nothing, one year or everything in it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from tests.bundled import bundled_database

SINCE = date(1900, 1, 1)
# amount of data -> the ward looked at and the year
WARDS = {
    "empty": (UnitKey("MAU02", SINCE), None),
    "one year": (UnitKey("00238", SINCE), 2020),
    "full": (UnitKey("MAU01", SINCE), 2020),
}


def draw_screen(name, database, unit, year, lang, boundary="reported", role="local") -> None:
    """The script AppTest runs, on its own: a context as the frame builds it, then the screen."""
    from importlib import import_module

    from app.ui.context import Context
    from core.catalogue import load_catalogue
    from core.rights import Person
    from core.store import open_store, units_with_figures

    catalogue = load_catalogue()
    with open_store(database) as store:
        import_module(f"pages.{name}").render(
            Context(
                store=store,
                catalogue=catalogue,
                unit=catalogue.unit(unit),
                year=year,
                lang=lang,
                units=units_with_figures(store),
                boundary=boundary,
                person=Person(role, account=None if role in ("local", "public") else 1, name=role, full_name=role),
            )
        )


def draw_frame(role: str) -> None:
    """The script AppTest runs: the frame for somebody with a role."""
    from core.rights import Person
    from pages.frame import draw

    draw(Person(role))


@dataclass(frozen=True)
class Drawn:
    """What a screen printed with its tables open: its message, everything a person reads in order, how many charts."""

    title: str
    words: str
    charts: int
    app: AppTest


@pytest.fixture
def draw(sqlite_template):
    """Draw a screen: draw("budget", "full", "vi") -> Drawn; what it raises is raised here."""

    def once(name: str, amount: str, lang: str) -> Drawn:
        database = f"sqlite:///{sqlite_template}" if amount == "empty" else bundled_database()
        unit, year = WARDS[amount]
        app = AppTest.from_function(draw_screen, args=(name, database, unit, year, lang)).run(timeout=60)
        open_tables(app)
        if app.exception:
            raise AssertionError("the screen failed; what it raised stands in the captured log")
        bodies = [element.proto.body for element in app.get("html")]
        said = [plain(body) for body in bodies]
        titles = re.findall(r"<h1[^>]*>(.*?)</h1>", "".join(bodies), flags=re.DOTALL)
        assert len(titles) == 1, f"a screen has one message, this one {len(titles)}"
        return Drawn(plain(titles[0]), "\n".join(said), len(app.get("plotly_chart")), app)

    return once


def open_tables(app: AppTest) -> None:
    """Open the table under each chart, as a reader does: a closed one has no rows yet."""
    closed = [each.proto.id for each in app.expander if each.label in ("Bảng số", "Table of figures")]
    for element in closed:
        app.session_state[element.split("-", 2)[2]] = True  # "$$ID-<digest>-<key>"
    if closed:
        app.run(timeout=60)


def plain(body: str) -> str:
    """HTML as a person reads it: without tags, entities resolved, every space an ordinary one."""
    inline = re.sub(r"</?(?:a|b|mark)\b[^>]*>", "", body)  # a link inside a sentence parts no words
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", inline))).strip()
