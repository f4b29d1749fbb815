"""Every screen × everybody who may come, and every action: each asks for its right itself, whatever stands in front."""

from __future__ import annotations

import ast

import pytest
from streamlit.testing.v1 import AppTest

from core.rights import LOCAL, PUBLIC, RIGHTS, ROLES
from core.settings import ROOT
from pages.frame import SCREENS
from tests.bundled import bundled_database
from tests.pages.conftest import WARDS, draw_screen

EVERYBODY = (PUBLIC, LOCAL, *ROLES)
# What is written down about a visitor by itself, and asks for no right: the audit log's own entries.
OF_ITSELF = {"note", "note_once"}
FOLDERS = ("pages", "app/ui", "app/exports")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.title)
def test_a_screen_refuses_everybody_who_has_not_its_right_by_itself(screen):
    """Drawn without the frame and the gate in front of it: nothing of it appears. Screens for all refuse nobody."""
    unit, year = WARDS["one year"]
    for role in EVERYBODY:
        if role not in RIGHTS[screen.right]:
            name = screen.render.__module__.removeprefix("pages.")
            args = (name, bundled_database(), unit, year, "vi", "reported", role)
            app = AppTest.from_function(draw_screen, args=args).run(timeout=60)
            assert app.exception and not app.get("html"), (screen.title, role)


def functions() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Every function at the top of a module of core and etl by module and name, with those it calls."""
    found = {}
    for path in (path for folder in ("core", "etl") for path in (ROOT / folder).rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        come = {name.asname or name.name: (each.module, name.name) for each in ast.walk(tree)
                if isinstance(each, ast.ImportFrom) for name in each.names}  # fmt: skip
        found |= {(module, name): {at} for name, at in come.items()}  # a module that hands a function on
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[module, node.name] = {come.get(name, (module, name)) for name in called(node)}
    return found


def called(node: ast.AST) -> set[str]:
    """The names of the functions that are called somewhere inside; not of methods, many of which bear one name."""
    return {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}


def asks(node: ast.AST) -> bool:
    """Whether somebody's right is asked for somewhere inside."""
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(isinstance(func, ast.Attribute) and func.attr == "require" for func in calls)


def writers() -> set[tuple[str, str]]:
    """The functions of core and etl that change the store, at whatever depth."""
    known, found = functions(), {("core.store.engine", "writing")}
    while more := {at for at, calls in known.items() if calls & found} - found:
        found |= more
    return {(module, name) for module, name in found if name not in OF_ITSELF}


def unguarded(source: str, writing: set[tuple[str, str]]) -> list[str]:
    """The functions of a module of screens that change the store and do not ask for a right themselves.

    A function also changes the store by what it takes out of a table of such functions.
    """
    tree = ast.parse(source)
    come = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    here = {name.asname or name.name for each in come for name in each.names if (each.module, name.name) in writing}
    tables = {target.id for node in tree.body if isinstance(node, ast.Assign) and named(node.value) & here
              for target in node.targets if isinstance(target, ast.Name)}  # fmt: skip
    found = []
    for node in tree.body:
        taken = {getattr(each.value, "id", "") for each in ast.walk(node) if isinstance(each, ast.Subscript)}
        writes = named(node) & here or taken & tables
        if isinstance(node, ast.FunctionDef) and writes and not asks(node):
            found.append(node.name)
    return found


def named(node: ast.AST) -> set[str]:
    """Every name that is read somewhere inside."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def test_an_action_that_asks_for_no_right_is_seen():
    """A function that somebody adds, one that hands a writer on, one in a table; a guarded one is none of them."""
    source = """
from core.store import store_batch, units_with_figures
from core.store.review import unlock
STEPS = {"unlock": unlock}
def added(ctx): store_batch(ctx.store)
def handed_on(ctx): later(lambda: store_batch(ctx.store))
def from_table(ctx): STEPS["unlock"](ctx.store)
def only_reads(ctx): units_with_figures(ctx.store)
def guarded(ctx):
    ctx.person.require("enter")
    store_batch(ctx.store)
"""
    assert unguarded(source, writers()) == ["added", "handed_on", "from_table"]


def test_every_action_of_the_screens_asks_for_its_right_itself():
    """Whatever leads to it: whoever changes the store asks in the same function whether they may."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py"))]
    writing = writers()
    assert {"store_batch", "undo", "switch_off", "write_wording", "purge_names"} <= {name for _, name in writing}
    wrong = {path.relative_to(ROOT).as_posix(): unguarded(path.read_text("utf-8"), writing) for path in paths}
    assert {path: names for path, names in wrong.items() if names} == {}
