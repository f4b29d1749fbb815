"""Documents are kept true: commands, settings, links and pictures they name exist."""

import re
import shlex

import pytest

from app.server.__main__ import _parser as server_parser
from core.settings import NAMES, ROOT
from etl.commands.arguments import parser as etl_parser

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]+?)\)")
COMMAND = re.compile(r"python -m (etl|app\.server) (?!\.)([^\n`]*)")
PARSERS = {"etl": etl_parser, "app.server": server_parser}


def names(path):
    return str(path.relative_to(ROOT))


def test_there_are_documents_for_everyone_the_readme_sends_somewhere():
    """Leader, staff, presenter, installer, developer."""
    assert {"lanh-dao.md", "can-bo.md", "trinh-bay.md", "cai-dat.md", "architecture.md"} <= {
        path.name for path in DOCUMENTS
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_link_leads_to_a_file(path):
    """Pictures included."""
    targets = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_command_line_is_one_the_program_takes(path, capsys):
    """Each line of both programs is parsed by its real parser; a comment behind it and "..." are left out."""
    for program, said in COMMAND.findall(path.read_text(encoding="utf-8")):
        words = shlex.split(said.split("#")[0].strip().rstrip(".;,"), posix=True)
        if words and "..." not in words:
            PARSERS[program]().parse_args(words)


def test_every_setting_is_described_for_the_person_who_installs():
    """A setting nobody can read about does not exist."""
    told = (ROOT / "docs" / "cai-dat.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in told] == []


def test_the_make_targets_the_readme_names_exist():
    """make run and make test."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for document in DOCUMENTS:
        named = set(re.findall(r"`?make ([a-z]+)\b", document.read_text(encoding="utf-8")))
        assert named <= targets, names(document)
