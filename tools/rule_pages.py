"""Writes the tables of rules in docs/ as the rules are: python tools/rule_pages.py."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from core.catalogue import load_catalogue
from core.settings import ROOT
from core.texts import text
from core.vi.numbers import format_number
from etl.checks import all_rules, check, jump
from etl.checks.rows import SEVERITIES, Rule

PAGES = {"vi": ROOT / "docs" / "quy-tac.md", "en": ROOT / "docs" / "rules.md"}
TODAY = date(2026, 1, 5)


def table(lang: str) -> str:
    """Every rule as a row, the gravest first: what it guards, what it says of its first example, its source."""
    names = ("rule", "severity", "guards", "example", "source")
    rules = sorted(all_rules(), key=lambda rule: SEVERITIES.index(rule.severity))
    rows = [[text(f"checks.column_{name}", lang) for name in names], ["---"] * len(names)]
    rows += [
        [
            f"{rule.names[lang]} (`{rule.id}`)", text(f"checks.severity_{rule.severity}", lang), rule.guards[lang],
            _sentence(rule, lang), rule.source,
        ]
        for rule in rules
    ]  # fmt: skip
    return _printed(rows)


def limits(lang: str) -> str:
    """How far from its past a figure may be, by what it is."""
    names = ("figure", "quiet", "short", "loud", "grain")
    scales = {"vnd": jump.SCALES["vnd"], "count": jump.COUNTED, "percent": jump.SCALES["percent"]}
    rows = [[text(f"checks.limit_{name}", lang) for name in names], ["---"] * len(names)]
    for unit, scale in scales.items():
        factors = [format_number(factor, lang=lang) for factor in (scale.quiet, scale.short, scale.loud)]
        grain = text(f"checks.limit_grain_{unit}", lang, grain=format_number(int(scale.grain), lang=lang))
        rows.append([text(f"checks.limit_of_{unit}", lang), *(f"× {factor}" for factor in factors), grain])
    return _printed(rows)


def written(page: str, lang: str) -> str:
    """A page with its tables as the rules are now: each between two comments of its name."""
    for name, made in (("rules", table(lang)), ("limits", limits(lang))):
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{made}\n{end}{rest.partition(end)[2]}"
    return page


def _printed(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows)


def _sentence(rule: Rule, lang: str) -> str:
    example = rule.fails[0]
    findings = check(example.figures, example.awards, load_catalogue(), TODAY, example.history)
    return next(finding for finding in findings if finding.rule == rule.id).fault.sentence(lang)


if __name__ == "__main__":
    for lang, path in PAGES.items():
        path.write_text(written(path.read_text(encoding="utf-8"), lang), encoding="utf-8")
