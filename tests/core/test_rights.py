"""What a role may do is one table, and a person without the right is told so."""

from __future__ import annotations

import pytest

from core.errors import FaultError
from core.rights import LOCAL, PUBLIC, RIGHTS, ROLES, Person


def test_a_right_that_nobody_wrote_down_is_a_bug():
    """It is neither granted nor refused."""
    with pytest.raises(KeyError):
        Person("admin").may("fly")


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", [PUBLIC, LOCAL, *ROLES])
def test_who_has_not_the_right_is_refused_with_a_sentence_in_both_languages(role, right):
    """And who has it is not."""
    person = Person(role)
    if role in RIGHTS[right]:
        person.require(right)
        return
    with pytest.raises(FaultError) as refused:
        person.require(right)
    (fault,) = refused.value.faults
    assert fault.sentence("vi") != fault.sentence("en")


def test_each_role_may_what_the_one_before_it_may_and_more():
    """viewer, staff, approver, admin."""
    of = {role: {right for right, roles in RIGHTS.items() if role in roles} for role in ROLES}
    assert of["viewer"] < of["staff"] < of["approver"] < of["admin"]


def test_the_public_only_looks():
    """No file, no name, nothing to change."""
    assert [right for right, roles in RIGHTS.items() if PUBLIC in roles] == ["look"]
