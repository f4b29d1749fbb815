"""The colours: enough contrast for their use, and the same in the settings as in the figures."""

from __future__ import annotations

import math
import tomllib

import plotly.graph_objects as go
import pytest

from app.charts.theme import ACCENTS, DARK, FONT, LIGHT, THEMES, base_layout
from core.settings import ROOT
from core.store.office import COLOURS

TEXT = ("text", "muted", "blue", "grey", "orange", "no_data", "slate")  # printed as words or numbers: 4.5 to 1
MARKS = ("blue", "grey", "orange", "no_data", "slate", "context_mark", "context_line")  # drawn: 3 to 1


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def settings() -> dict:
    """The theme as Streamlit gets it."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        return tomllib.load(file)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("token", TEXT)
def test_words_can_be_read_on_the_page(theme, token):
    """4.5 to 1 on the page's ground, the chosen year's band included for plain text."""
    assert contrast(getattr(theme, token), theme.bg) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("token", MARKS)
def test_marks_can_be_told_from_the_page(theme, token):
    """3 to 1, as WCAG asks of graphics, to one decimal: the pale line of a tile stands exactly at the limit."""
    assert round(contrast(getattr(theme, token), theme.bg), 1) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_state_marks_stand_out_from_the_band_under_them(theme):
    """A bullet's bar lies on the first band; text on the year's band stays readable."""
    assert all(contrast(getattr(theme, token), theme.bands[0]) >= 3 for token in ("blue", "grey", "orange"))
    assert all(contrast(getattr(theme, token), theme.year_band) >= 4.5 for token in TEXT)
    assert contrast(theme.context_mark, theme.year_band) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_numbers_printed_on_a_level_can_be_read(theme):
    """Each level of award carries its number in a colour that reads on it, and stands out from the page itself."""
    assert all(contrast(ink, level) >= 4.5 for ink, level in zip(theme.on_levels, theme.levels, strict=True))
    assert all(contrast(level, ground) >= 3 for level in theme.levels for ground in (theme.bg, theme.year_band))
    assert contrast(theme.on_blue, theme.blue) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_settings_carry_the_same_colours_and_exactly_ten_of_each_scale(name):
    """With fewer than ten the browser fills up with "undefined" and Plotly rejects them all."""
    theme, given = THEMES[name], settings()["theme"][name]
    assert given["backgroundColor"] == theme.bg and given["textColor"] == theme.text
    assert given["secondaryBackgroundColor"] == theme.surface and given["primaryColor"] == theme.blue
    assert tuple(given["chartCategoricalColors"]) == theme.categories
    assert all(
        len(given[f"chart{scale}Colors"]) == 10 for scale in ("Categorical", "Sequential", "Diverging")
    )


def test_the_settings_name_the_same_font():
    """Page and figures share it."""
    assert settings()["theme"]["font"] == FONT


def test_the_server_keeps_to_this_computer_and_calls_nobody():
    """What must never be lost in an edit of the settings."""
    given = settings()
    assert given["server"]["address"] == "127.0.0.1" and given["server"]["allowedHosts"]
    assert given["server"]["enableStaticServing"] is False and given["server"]["fileWatcherType"] == "none"
    assert given["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert given["client"]["showErrorDetails"] == "none" and given["runner"]["postScriptGC"] is False


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_bare_layout_takes_nothing_from_plotlys_template(theme):
    """Streamlit replaces the default template process-wide with placeholder colours."""
    figure = go.Figure(go.Bar(x=["a"], y=[1]), layout=base_layout(theme, 300, (10, 20, 30, 40)))
    assert figure.layout.template.layout.to_plotly_json() == {}
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == theme.bg
    assert (figure.layout.height, figure.layout.margin.l, figure.layout.margin.b) == (300, 10, 40)
    assert figure.layout.font.size >= 14 and figure.layout.separators == ",."


def seen(colour: str) -> tuple[float, float, float]:
    """A colour as lightness and two opponent tones (CIELAB of sRGB under D65), in which distances are those seen."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_a_ward_chooses_among_the_accents_there_are():
    """The store's words for them are the theme's."""
    assert tuple(ACCENTS) == COLOURS


@pytest.mark.parametrize("name", ACCENTS)
def test_white_can_be_read_on_an_accent_and_it_is_taken_for_no_state(name):
    """4.5 to 1; and far from the colours that mean reached, nearly reached and missed (a step of 2 is just seen)."""
    assert contrast(ACCENTS[name], LIGHT.bg) >= 4.5
    assert min(math.dist(seen(ACCENTS[name]), seen(getattr(LIGHT, token))) for token in ("blue", "grey", "orange")) > 20
    assert ACCENTS[name] not in (*LIGHT.categories, *LIGHT.levels)
