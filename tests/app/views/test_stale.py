"""An edited sentence whose figures changed: what is said of it, and what is offered in its place."""

from datetime import date

import pytest

from app.views.stale import renewed, stale_words
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.sentences import Said, Sentence
from core.store import Slot, Wording
from core.store.wordings import Difference

WARD = UnitKey("00238", date(1900, 1, 1))
MONEY = Ref(WARD, 2020, "budget_revenue", scenario="actual")
GROUPS = MONEY._replace(indicator="cultural_groups")
PLAN = MONEY._replace(scenario="plan", basis="assigned")


def wording(text, *numbers):
    """A sentence of a person."""
    return Wording(Slot("budget", WARD, 2020, "vi"), text, numbers, {})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Difference(MONEY, "49090000000", "49500000000"), "năm 2020 là 49,09 tỷ đồng; nay là 49,5 tỷ đồng"),
        (Difference(PLAN, "48000000000", ""), "(kế hoạch) năm 2020 là 48 tỷ đồng; nay là không còn số liệu"),
        (Difference(GROUPS, "13/18", "nearly 14/18"), "văn hóa năm 2020 là 13/18 tổ; nay là gần 14/18 tổ"),
        (Difference(Ref(WARD, 2020, recipient="collective"), "5", "9"), "là 5 lượt; nay là 9 lượt"),
    ],
)  # fmt: skip
def test_the_change_is_said_with_both_values(change, says):
    """In the words of the figures themselves, money in its scale, counts with their base and hedge."""
    said = stale_words(load_catalogue(), [change], "vi")
    assert said.startswith("Câu sửa tay viết khi ") and says in said and said.endswith("xem lại.")


def test_several_changes_are_all_said():
    """Nobody has to look for the second one."""
    said = stale_words(load_catalogue(), [Difference(MONEY, "1", "2"), Difference(PLAN, "3", "4")], "en")
    assert said.count("; now it is") == 2


def test_the_old_words_are_offered_with_the_new_numbers():
    """A final account speaks of the same figure; a number the message no longer has stays as it was."""
    old, gone = Said("49,09 tỷ", (MONEY,), "49.09"), Said("13/18", (GROUPS,), "13")
    known = [Said("49,5 tỷ đồng", (MONEY._replace(scenario="final"),), "49.5"), Said("101%", (MONEY, PLAN), "101")]
    assert renewed(wording("Thu {0}, {1} tổ", old, gone), known) == "Thu 49,5 tỷ đồng, 13/18 tổ"


def test_counts_that_rest_on_the_same_figures_keep_their_order():
    """11 of 13 years become 12 of 13, not 13 of 12."""
    refs = (MONEY, PLAN)
    old = [Said("11", refs, "11"), Said("13", refs, "13")]
    known = Sentence([Said("12", refs, "12"), "/", Said("13", refs, "13")]).said
    assert renewed(wording("{0} trong {1} năm", *old), known) == "12 trong 13 năm"
