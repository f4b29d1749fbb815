"""The pages of rules in docs/ say what the rules are."""

import pytest

from tools.rule_pages import PAGES, written


@pytest.mark.parametrize("lang", PAGES)
def test_the_pages_of_rules_say_what_the_rules_are(lang):
    """Written anew by tools/rule_pages.py."""
    page = PAGES[lang].read_text(encoding="utf-8")
    assert written(page, lang) == page
