"""Rules and loads are said in words, never by their names in the code."""

from __future__ import annotations

import re

import pytest

from app.views.stored import BUNDLED, rule_words, who_words
from core.settings import ROOT
from core.texts import LANGUAGES
from etl.bundled import WHO


def rules_of_the_readers() -> set[str]:
    """Every rule that etl/find gives to a figure, as its code names them."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "etl" / "find").glob("*.py")}
    named = {rule for source in sources.values() for rule in re.findall(r'^RULE = "([\w.]+)"', source, re.MULTILINE)}
    prose = "".join(source for name, source in sources.items() if name.startswith("prose"))
    calls = r'(?:_made|_share|Reading)\((?:[^()\n]|\([^()\n]*\))*, "(\w+)"[,)]'
    return named | {f"prose.{rule}" for rule in re.findall(calls, prose)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_nobody_has_put_into_words_is_refused(lang):
    """Its name would stand on the page."""
    with pytest.raises(KeyError):
        rule_words("table.unheard_of", lang)


def test_every_rule_of_the_readers_has_words():
    """In both languages, and none of them is the rule's own name."""
    rules = rules_of_the_readers() | {"table.groups.counted", "form.116"}
    assert {"table.wide", "template", "prose.name", "prose.chain", "prose.award", "prose.verb"} <= rules
    for rule in rules:
        for lang in LANGUAGES:
            assert rule_words(rule, lang) and rule not in rule_words(rule, lang), rule


def test_a_figure_entered_by_hand_names_no_rule():
    """There was nothing to read."""
    assert rule_words("", "vi") == ""


def test_what_came_with_the_program_is_no_person():
    """A person keeps the name they gave."""
    assert WHO == BUNDLED and who_words(WHO, "vi") == "dữ liệu kèm chương trình"
    assert who_words("Nguyễn Thị Hoa", "vi") == "Nguyễn Thị Hoa"
