"""Every text a person may read stands in both languages with the same places to fill."""

import re
import string
import tomllib

import pytest

from core.settings import ROOT
from core.texts import LANGUAGES, TEXTS, parts, text

AREAS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob("*.toml"))}
KEY = re.compile(r"""["']((?:{})\.[a-z][a-z0-9_]*)["']""".format("|".join(AREAS)))


WORDS = {"group", "groups", "kind"}  # what a thing is called: a language may do without; figures it may not


def places(template):
    # a place that chooses between two forms of a word prints no figure
    named = {name for _, name, form, _ in string.Formatter().parse(template) if name and "|" not in form}
    return {"count" if name == "number" else name for name in named} - WORDS


def test_a_text_that_is_missing_is_a_bug_and_not_the_other_language():
    """An unknown name and an unknown language raise instead of falling back."""
    with pytest.raises(KeyError):
        text("catalogue.no_such_text", "vi")
    with pytest.raises(KeyError):
        text("catalogue.twice", "fr", id="x")


@pytest.mark.parametrize("area", AREAS)
def test_every_text_has_both_languages_and_the_same_places(area):
    """Neither language is empty, and both print the same figures, names and years."""
    for name, entry in AREAS[area].items():
        assert set(entry) == set(LANGUAGES), f"{area}.{name}"
        assert all(entry.values()), f"{area}.{name}"
        assert places(entry["vi"]) == places(entry["en"]), f"{area}.{name}"


def test_every_key_written_in_the_code_has_a_text():
    """Keys are literals "<area>.<name>"; one that names no text would fail in front of a person."""
    missing = []
    for folder in ("core", "etl", "app", "pages"):
        for path in (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts):
            for key in KEY.findall(path.read_text(encoding="utf-8")):
                area, name = key.split(".")
                begun = name.endswith("_") and any(known.startswith(name) for known in AREAS[area])
                begun = begun or f"{area}_{name}" in AREAS["audit"]  # a deed, whose words stand there
                if name not in AREAS[area] and not begun and name not in ("toml", "csv", "json", "py", "db"):
                    missing.append(f"{path.relative_to(ROOT)}: {key}")
    assert missing == []


def test_a_sentence_is_parted_before_its_places_are_filled():
    """What is wrong, and what to do: full stops in what a file says cut nothing."""
    assert parts("etl.not_a_number", "vi", text="1. 357. Tỷ") == (
        "'1. 357. Tỷ' không phải là số", "Hãy viết số, ví dụ 12 hoặc 1.234,5, hoặc để trống.",
    )  # fmt: skip
    assert parts("etl.marks_cell", "en") == ("Cell", "")
