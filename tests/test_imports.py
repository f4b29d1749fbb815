"""Imports point one way: dashboard -> pages -> app -> core <- etl, and each library has its room."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("app", "core", "etl", "pages")
FILES = [*sorted(path for root in HOUSE for path in (ROOT / root).rglob("*.py")), ROOT / "dashboard.py"]
# room -> rooms it may import from
ALLOWED = {
    "dashboard.py": {"pages", "app", "core"},
    "pages": {"pages", "app", "core", "etl"},
    "app": {"app", "core"},
    "etl": {"etl", "core"},
    "core": {"core"},
}
# library -> where alone it may be imported
ROOMS = {
    "streamlit": ("dashboard.py", "pages", "app/ui"),
    "sqlalchemy": ("core/store",),
    "alembic": ("core/store",),
    "plotly": ("app/charts", "app/exports"),
    "starlette": ("dashboard.py", "app/server"),
}


def imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything a file imports, wherever the import stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by dots; write the whole name"
            found.append((node.lineno, node.module or ""))
    return found


def room(path: Path) -> str:
    """The root a file belongs to."""
    return path.relative_to(ROOT).parts[0]


def stands_in(path: Path, place: str) -> bool:
    """Whether a file is a place or in it."""
    inside = path.relative_to(ROOT).as_posix()
    return inside == place or inside.startswith(place + "/")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_imports_only_what_its_room_may(path):
    """The arrow of the house, and the room of each library."""
    wrong = []
    for line, name in imports(path):
        top = name.split(".")[0]
        if top in HOUSE and top not in ALLOWED[room(path)]:
            wrong.append(f"line {line}: {name} is no business of {room(path)}")
        if top in ROOMS and not any(stands_in(path, place) for place in ROOMS[top]):
            wrong.append(f"line {line}: {top} may stand only in {', '.join(ROOMS[top])}")
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in FILES if stands_in(path, "etl/readers")], ids=lambda path: path.name)
def test_readers_know_no_indicator(path):
    """A reader turns bytes into a document and asks no catalogue."""
    assert [name for _, name in imports(path) if name.startswith(("core.catalogue", "core.store", "etl.find"))] == []


@pytest.mark.parametrize("path", [path for path in FILES if stands_in(path, "app/charts")], ids=lambda path: path.name)
def test_charts_know_no_store(path):
    """A chart draws a view and knows neither tables nor screens."""
    assert [name for _, name in imports(path) if name.startswith(("core.store", "app.ui", "app.server"))] == []


@pytest.mark.parametrize("path", [path for path in FILES if room(path) == "pages"], ids=lambda path: path.name)
def test_pages_know_no_sql_and_no_file(path):
    """A screen asks the store for frames and the elements for drawing."""
    assert [name for _, name in imports(path) if name.split(".")[0] in ("sqlite3", "pathlib", "os", "io")] == []
