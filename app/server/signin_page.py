"""The look of the pages before Streamlit: one form in the middle, in the program's own type and colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from app.server.files import STATIC, address
from app.views.words import lead_upper
from core.errors import Fault
from core.texts import text

WEIGHTS = (400, 600)
RANGES = (
    ("latin", "U+0000-00FF,U+2000-206F"),
    ("vietnamese", "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
                   "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"),
)  # fmt: skip

@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form; `fill` is what the browser's password keeper is told it is."""

    name: str
    label: str
    kind: str
    fill: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: what it is, what is said of it, a mark, a button with the field and value it sends, links."""

    title: str
    said: Sequence[str]
    mark: str = ""
    deed: tuple[str, str, str] = ("", "", "")
    links: Sequence[tuple[str, str]] = ()


def page(
    lang: str,
    title: str,
    wrong: str = "",
    *,
    said: str = "",
    fields: Sequence[Field] = (),
    button: str = "",
    ways: Sequence[tuple[str, str]] = (),
    entries: Sequence[Entry] = (),
    deeds: Sequence[tuple[str, str, str]] = (),
    links: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A whole HTML document: title, what is wrong (read aloud at once), a hint, the form or a list, further ways.

    `ways` are addresses that look like a second button; `deeds` buttons (field, value, words) under a list; `links`
    plain ones, each where it has words.
    """
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    hint = f"<p>{escape(said)}</p>" if said else ""
    inputs = "".join(_input(field, first=number == 0) for number, field in enumerate(fields))
    form = f'<form method="post">{inputs}<button>{escape(button)}</button></form>' if button else ""
    doors = "".join(f'<p><a class="way" href="{escape(path)}">{escape(words)}</a></p>' for path, words in ways)
    listed = f"<ul>{''.join(map(_entry, entries))}</ul>" if entries else ""
    inside = f"{alert}{hint}{form}{doors}{listed}{''.join(map(_deed, deeds))}{_links(links)}"
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" type="image/svg+xml" href="{address(STATIC / "icon.svg")}">'
        f"<title>{escape(title)} · {escape(text('frame.title', lang))}</title><style>{_style()}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{inside}</main></body></html>"
    ).encode()


def told(faults: Iterable[Fault], lang: str) -> str:
    """Why something was refused, each reason a sentence."""
    return " ".join(lead_upper(fault.sentence(lang)) for fault in faults)


def _entry(entry: Entry) -> str:
    mark = f' <span class="mark">{escape(entry.mark)}</span>' if entry.mark else ""
    said = "".join(f"<br>{escape(line)}" for line in entry.said)
    deed = _deed(entry.deed, f"{entry.deed[2]}: {entry.title}") if entry.deed[2] else ""
    return f"<li><p><b>{escape(entry.title)}</b>{mark}{said}</p>{deed}{_links(entry.links)}</li>"


def _deed(deed: tuple[str, str, str], spoken: str = "") -> str:
    name, value, words = deed
    label = f' aria-label="{escape(spoken)}"' if spoken else ""
    return (
        f'<form method="post"><button class="plain" name="{escape(name)}" value="{escape(value)}"{label}>'
        f"{escape(words)}</button></form>"
    )


def _links(links: Sequence[tuple[str, str]]) -> str:
    shown = [f'<a href="{escape(path)}">{escape(words)}</a>' for path, words in links if words]
    return f'<p class="links">{"".join(shown)}</p>' if shown else ""


def _input(field: Field, *, first: bool) -> str:
    focus = " autofocus" if first else ""
    return (
        f"<label>{escape(field.label)}"
        f'<input name="{field.name}" type="{field.kind}" autocomplete="{field.fill}" value="{escape(field.value)}"'
        f' autocapitalize="none" spellcheck="false" required{focus}></label>'
    )


@cache
def _style() -> str:
    faces = "".join(_face(subset, weight, ranges) for subset, ranges in RANGES for weight in WEIGHTS)
    return faces + (Path(__file__).parent / "signin.css").read_text(encoding="utf-8")


def _face(subset: str, weight: int, ranges: str) -> str:
    font = address(STATIC / "fonts" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2")
    return (
        f"@font-face{{font-family:'Be Vietnam Pro';font-weight:{weight};font-display:swap;"
        f"src:url({font}) format('woff2');unicode-range:{ranges}}}"
    )
