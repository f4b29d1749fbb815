"""The real program over the bundled data, and a real browser that writes down what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bundled import bundled_database
from tests.running import RunningProgram

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--no-default-browser-check", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
SIZES = {"1280": (1280, 720), "1920": (1920, 1080), "phone": (390, 844)}
# All that was asked for has been drawn: the run is over, every chart has its picture, the fonts are there.
DRAWN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('.ward h1')
    && charts.every(chart => chart.querySelector('svg.main-svg .trace, svg.main-svg .annotation'))
    && document.fonts.status === 'loaded'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
}"""


@pytest.fixture(scope="session")
def program() -> Iterator[RunningProgram]:
    """The program as people start it, with everything it ships loaded."""
    running = RunningProgram(bundled_database())
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """A real Chromium that makes no requests of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in the browser and what went wrong on it."""

    page: Page
    home: str
    foreign: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open an address of the program and wait until all of it is drawn."""
        self.page.goto(self.home + address)
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is drawn."""
        self.page.wait_for_function(DRAWN, timeout=60_000)

    @property
    def address(self) -> str:
        """The address without its host."""
        return self.page.url.removeprefix(self.home)


@pytest.fixture
def visit(program, browser) -> Iterator:
    """Open a browser of a size: visit("1280", scheme="dark") -> Visit; at the end nothing may have gone wrong."""
    visits: list[Visit] = []
    contexts = []

    def start(size: str = "1280", scheme: str = "light") -> Visit:
        width, height = SIZES[size]
        phone = {"user_agent": PHONE, "device_scale_factor": 2, "has_touch": True} if size == "phone" else {}
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **phone)
        made = Visit(context.new_page(), program.url)
        made.page.on("request", lambda request: _note_foreign(made, request.url))
        made.page.on("websocket", lambda socket: _note_foreign(made, socket.url.replace("ws://", "http://")))
        made.page.on("pageerror", lambda error: made.trouble.append(f"error on the page: {error}"))
        made.page.on(
            "console", lambda said: made.trouble.append(f"console: {said.text}") if said.type == "error" else None
        )
        made.page.on(
            "response", lambda got: made.trouble.append(f"{got.status} {got.url}") if got.status >= 400 else None
        )
        visits.append(made)
        contexts.append(context)
        return made

    yield start
    for context in contexts:
        context.close()
    assert [address for made in visits for address in made.foreign] == [], "requests to other hosts"
    assert [line for made in visits for line in made.trouble] == []


def _note_foreign(visit: Visit, address: str) -> None:
    if not address.startswith((visit.home, "data:", "blob:")):
        visit.foreign.append(address)
