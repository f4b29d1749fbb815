"""The look of the pages before Streamlit: one form in the middle, in the program's own type and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from app.server.files import STATIC, address
from core.texts import text


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form; `fill` is what the browser's password keeper is told it is."""

    name: str
    label: str
    kind: str
    fill: str
    value: str = ""


def page(
    lang: str,
    title: str,
    wrong: str = "",
    *,
    said: str = "",
    fields: Sequence[Field] = (),
    button: str = "",
    link: tuple[str, str] = ("", ""),
) -> bytes:
    """A whole HTML document: title, what is wrong (read aloud at once), a hint, the form, a link where it has words."""
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    hint = f"<p>{escape(said)}</p>" if said else ""
    inputs = "".join(_input(field, first=number == 0) for number, field in enumerate(fields))
    form = f'<form method="post">{inputs}<button>{escape(button)}</button></form>' if button else ""
    way = f'<p><a href="{escape(link[0])}">{escape(link[1])}</a></p>' if link[1] else ""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" type="image/svg+xml" href="{address(STATIC / "icon.svg")}">'
        f"<title>{escape(title)} · {escape(text('frame.title', lang))}</title><style>{_style()}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{alert}{hint}{form}{way}</main></body></html>"
    ).encode()


def _input(field: Field, *, first: bool) -> str:
    focus = " autofocus" if first else ""
    return (
        f"<label>{escape(field.label)}"
        f'<input name="{field.name}" type="{field.kind}" autocomplete="{field.fill}" value="{escape(field.value)}"'
        f' autocapitalize="none" spellcheck="false" required{focus}></label>'
    )


@cache
def _style() -> str:
    faces = "".join(
        "@font-face{font-family:'Be Vietnam Pro';font-weight:%s;font-display:swap;src:url(%s) format('woff2');%s}"
        % (weight, address(STATIC / "fonts" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2"), ranges)
        for weight in (400, 600)
        for subset, ranges in (
            ("latin", "unicode-range:U+0000-00FF,U+2000-206F"),
            (
                "vietnamese",
                "unicode-range:U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
                "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
            ),
        )
    )
    return faces + (
        ":root{color-scheme:light dark;--bg:#fff;--text:#17222d;--muted:#55606b;--blue:#12436d;--on:#fff;--orange:#c4500a;"
        "--rule:#8a96a3}@media(prefers-color-scheme:dark){:root{--bg:#10161d;--text:#e8edf2;--muted:#a9b4bf;"
        "--blue:#7db3e8;--on:#0b1621;--orange:#f08c4e;--rule:#6b7783}}"
        "*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);"
        "font:16px/1.5 'Be Vietnam Pro','Segoe UI','Noto Sans',sans-serif}"
        "main{max-width:26rem;margin:12vh auto 0;padding:0 1.25rem 3rem}h1{font-size:30px;line-height:1.25;margin:0 0 1rem}"
        "p{color:var(--muted);margin:0 0 1rem}.wrong{color:var(--orange);font-weight:600}"
        "label{display:block;margin:0 0 1rem;font-weight:600}input{display:block;width:100%;margin-top:.3rem;font:inherit;"
        "font-weight:400;padding:.6rem .7rem;border:1px solid var(--rule);border-radius:4px;background:var(--bg);color:inherit}"
        "button{font:inherit;font-weight:600;padding:.65rem 1.25rem;border:0;border-radius:4px;background:var(--blue);"
        "color:var(--on);cursor:pointer}input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--blue);"
        "outline-offset:2px}a{color:var(--blue)}form{margin:0 0 1.5rem}"
    )
