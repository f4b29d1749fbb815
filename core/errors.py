"""Faults: what is wrong, where, what was expected and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.texts import text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    `code` is "<area>.<name>": the sentence stands in data/texts/<area>.toml under <name>, in both languages, and
    says what, where, what was expected and what to do; `params` fill its {places}. `where` is the place in the file
    ("sheet Thu, cell C14"), already in words, and is put in front of the sentence.
    """

    code: str
    where: str = ""
    params: dict[str, object] = field(default_factory=dict, compare=False, hash=False)

    def sentence(self, lang: str = "vi") -> str:
        """The fault as one sentence for people."""
        said = text(self.code, lang, **self.params)
        return f"{self.where}: {said}" if self.where else said


class FaultError(Exception):
    """Something was refused; carries every fault found, never only the first."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.sentence("en") for fault in self.faults))
