"""The colours, font and bare layout every figure and every piece of HTML shares, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "Be Vietnam Pro, Segoe UI, Noto Sans, sans-serif"
SIZE = 14  # px; nothing on a screen is smaller


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, each named by its use; `levels` run from the highest level of award to the lowest.

    `bands` are the grounds of a bullet: under near, near to plan, above plan. `bg` is the page itself: no mark
    reaches its contrast on any other ground.
    """

    name: str
    bg: str
    surface: str
    text: str
    muted: str
    blue: str
    grey: str
    orange: str
    no_data: str
    slate: str
    context_mark: str
    context_line: str
    bands: tuple[str, str, str]
    year_band: str
    rule: str
    grid: str
    on_blue: str
    levels: tuple[str, str, str, str]
    categories: tuple[str, ...]

    @property
    def on_levels(self) -> tuple[str, str, str, str]:
        """The colour of a number printed on each level: the lightest level is too pale for white."""
        return (self.on_blue, self.on_blue, self.on_blue, self.text if self.name == "light" else self.on_blue)


LIGHT = Theme(
    name="light",
    bg="#FFFFFF",
    surface="#F2F5F8",
    text="#17222D",
    muted="#55606B",
    blue="#12436D",
    grey="#6A6A6A",
    orange="#B54A0A",
    no_data="#595959",
    slate="#3D4751",
    context_mark="#6F8BA6",
    context_line="#8A96A3",
    bands=("#DDE2E7", "#C3CAD2", "#EEF1F4"),
    year_band="#E7EEF5",
    rule="#C9D1D9",
    grid="#E6EAEE",
    on_blue="#FFFFFF",
    levels=("#0B2C49", "#1B5286", "#3F78AB", "#658CB4"),
    categories=(
        "#12436D", "#C4500A", "#767676", "#1D7A72", "#801650",
        "#5F8FBF", "#8A5A00", "#6A4C9C", "#3D3D3D", "#9A9A9A",
    ),
)

DARK = Theme(
    name="dark",
    bg="#10161D",
    surface="#1A222B",
    text="#E8EDF2",
    muted="#A9B4BF",
    blue="#7DB3E8",
    grey="#A7AEB6",
    orange="#F08C4E",
    no_data="#A9B4BF",
    slate="#B8C1CA",
    context_mark="#5A748E",
    context_line="#6B7783",
    bands=("#2B3641", "#3D4A57", "#1C252E"),
    year_band="#1B2836",
    rule="#36424E",
    grid="#232D37",
    on_blue="#0B1621",
    levels=("#CFE3F7", "#9CC6F0", "#6FA5D9", "#5286B8"),
    categories=(
        "#7DB3E8", "#F08C4E", "#A7AEB6", "#45B8AC", "#E58BB8",
        "#A9CBEE", "#D9B056", "#B9A1E3", "#D5DAE0", "#7E8892",
    ),
)

THEMES = {"light": LIGHT, "dark": DARK}

# What a ward chooses of for what frames its slides: bands, cover, bullets; never a mark, whose colours have meanings.
ACCENTS = {
    "teal": "#0B5F5B",
    "green": "#2B6A1E",
    "red": "#A3122A",
    "plum": "#6A2470",
    "indigo": "#3B2FA0",
    "brown": "#5C3A21",
}


def base_layout(theme: Theme, height: int, margins: tuple[int, int, int, int], *, size: int = SIZE) -> dict[str, Any]:
    """What `figure.update_layout` takes before a chart says anything of its own.

    `height` and `margins` (left, right, top, bottom) in px; `size` of the font in px. Axes come bare: no grid, no
    line, no ticks, fixed, text horizontal. A further axis (x2, y2 ...) takes `bare_axis()`.
    """
    left, right, top, bottom = margins
    return {
        "template": "none",  # None would bring in the default one, colours and all
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": theme.bg,
        "plot_bgcolor": theme.bg,
        "font": {"family": FONT, "size": size, "color": theme.text},
        "colorway": list(theme.categories),
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "bargap": 0,
        "hoverlabel": {
            "bgcolor": theme.bg,
            "bordercolor": theme.rule,
            "font": {"family": FONT, "size": size, "color": theme.text},
            "align": "left",
        },
        "xaxis": bare_axis() | {"tickangle": 0},
        "yaxis": bare_axis(),
    }


def bare_axis() -> dict[str, Any]:
    """An axis without grid, zero line, line, ticks or zoom, as a dict for any xaxis or yaxis."""
    return {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": False,
    }
