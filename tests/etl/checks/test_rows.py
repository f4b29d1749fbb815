"""A rule is a whole row or the build fails; every fault of the file is named at once."""

import re

import pytest

from core.errors import FaultError
from etl.checks import FUNCTIONS, all_rules
from etl.checks.rows import RULES_FILE, load_rules

ROWS = RULES_FILE.read_text(encoding="utf-8")


def faults_of(tmp_path, text, functions=FUNCTIONS):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultError) as error:
        load_rules(functions, path)
    named = [(fault, fault.params.get("field", fault.params.get("id"))) for fault in error.value.faults]
    return {(fault.code, fault.where, name) for fault, name in named}


def without(table):
    """The rules without the tables of this head, up to the next head."""
    found = re.sub(rf"^\[{re.escape(table)}\]+\n(?:(?!\[).*\n?)*", "", ROWS, flags=re.M)
    assert found != ROWS
    return found.replace("[]", "")


@pytest.mark.parametrize(("table", "field"), [("[jump.fails]", "fails"), ("[jump.keeps]", "keeps")])
def test_a_rule_without_an_example_that_breaks_it_and_one_that_keeps_it_fails(tmp_path, table, field):
    """Every one of them is taken out."""
    assert faults_of(tmp_path, without(table)) == {("catalogue.missing_field", "rules.toml [jump]", field)}


def test_a_rule_without_a_row_and_a_row_without_a_rule_fail(tmp_path):
    """Both are named."""
    renamed = ROWS.replace("[jump]", "[leap]").replace("[[jump.", "[[leap.")
    assert faults_of(tmp_path, renamed) == {
        ("catalogue.rule_without_row", "rules.toml", "jump"), ("catalogue.row_without_rule", "rules.toml", "leap"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('severity = "question"', 'severity = "fatal"', ("catalogue.not_allowed", "severity")),
        ('severity = "question"', 'grave = "question"', ("catalogue.missing_field", "severity")),
        ('severity = "question"', 'severity = "question"\ngrave = 1', ("catalogue.unknown_field", "grave")),
        ("name = { vi =", "name = { fr =", ("catalogue.not_bilingual", "name")),
        ("guards = {", 'guards = { de = "",', ("catalogue.not_bilingual", "guards")),
        ("history = [", "past = [", ("catalogue.unknown_field", "past")),
        ("indicator = ", 'colour = "red", indicator = ', ("catalogue.unknown_field", "history.colour")),
    ],
)
def test_a_field_that_is_wrong_is_named_with_its_rule(tmp_path, old, new, fault):
    """In the row of the jump, at its first occurrence."""
    head = ROWS.index("[jump]")
    found = faults_of(tmp_path, ROWS[:head] + ROWS[head:].replace(old, new, 1))
    assert (fault[0], "rules.toml [jump]", fault[1]) in found


def test_a_file_that_is_no_toml_is_said_to_be_none(tmp_path):
    """With the parser's words."""
    assert {code for code, *_ in faults_of(tmp_path, "[jump")} == {"catalogue.not_toml"}


def test_every_fault_of_the_file_is_named_at_once(tmp_path):
    """Not only the first."""
    text = ROWS.replace('severity = "error"', 'severity = "fatal"')
    errors = [rule for rule in all_rules() if rule.severity == "error"]
    assert len(faults_of(tmp_path, text)) == len(errors) > 3
