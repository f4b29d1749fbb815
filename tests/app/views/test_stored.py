"""Rules and loads are said in words, never by their names in the code."""

from __future__ import annotations

import ast
import re
from dataclasses import fields

import pytest

from app.views.stored import BUNDLED, rule_words, who_words
from core.settings import ROOT
from core.texts import LANGUAGES
from etl.bundled import WHO
from etl.find.prose_reading import Reading


def rules_of_the_readers() -> set[str]:
    """Every rule that etl/find gives to a figure, as its code names them."""
    paths = list((ROOT / "etl" / "find").glob("*.py"))
    named = {rule for path in paths
             for rule in re.findall(r'^RULE = "([\w.]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)}  # fmt: skip
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths if path.name.startswith("prose")]
    return named | {f"prose.{rule}" for rule in literal_rules(trees)}


def literal_rules(trees) -> set[str]:
    """What stands, as a word in the code, in the place of a parameter or field named `rule`."""
    places = {"Reading": [field.name for field in fields(Reading)].index("rule")}
    for node in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [each.arg for each in node.args.args if each.arg != "self"]
        if "rule" in names:
            places[node.name] = names.index("rule")
    found = set()
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in places:
            said = [each.value for each in call.keywords if each.arg == "rule"] or call.args[places[name] :][:1]
            found |= {each.value for each in said if isinstance(each, ast.Constant)}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_nobody_has_put_into_words_is_refused(lang):
    """Its name would stand on the page."""
    with pytest.raises(KeyError):
        rule_words("table.unheard_of", lang)


def test_every_rule_of_the_readers_has_words():
    """In both languages, and none of them is the rule's own name."""
    rules = rules_of_the_readers() | {"table.groups.counted", "form.116"}
    assert {"table.wide", "template", "prose.name", "prose.chain", "prose.award", "prose.verb",
            "prose.pair"} <= rules
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
