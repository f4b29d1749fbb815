"""How a figure came into the store, in words: the rule it was read by, and who stored it."""

from __future__ import annotations

from core.rights import LOCAL, PUBLIC
from core.texts import text

BUNDLED = "bundled"  # who is said to have stored what the program ships


def rule_words(rule: str, lang: str) -> str:
    """What a reading rule ("table.wide", "form.116") looks for; "" for a figure entered by hand.

    Raises KeyError for a rule without words.
    """
    if rule.startswith("form."):
        return text("stored.form", lang, number=rule.removeprefix("form."))
    return text(f"stored.{rule.replace('.', '_')}", lang) if rule else ""


def who_words(who: str, lang: str) -> str:
    """The person who did something; the program itself and those without an account in words."""
    return text(f"stored.{who}", lang) if who in (BUNDLED, PUBLIC, LOCAL) else who
