"""Kept ways of reading a table: refused until whole, found by everybody, dropped by a new row."""

from dataclasses import replace

import pytest

from core.errors import FaultError
from core.store import verify
from core.store.audit import audit_log
from core.store.profiles import FormColumn, FormProfile, keep_profile, list_profiles, withdraw_profile
from tests.core.store.examples import WARD

COLUMNS = (FormColumn("hang muc", "label"), FormColumn("muc ban dau", "plan", basis="council"))
PROFILE = FormProfile(WARD, 2020, " Biểu  của Sở ", COLUMNS, "triệu đồng")


@pytest.mark.parametrize(
    ("profile", "who", "codes"),
    [
        (replace(PROFILE, columns=(), name=" "), "an", ["mapping.one_label", "mapping.no_value", "mapping.no_name"]),
        (replace(PROFILE, columns=COLUMNS + COLUMNS[:1]), "an", ["mapping.one_label"]),
        (replace(PROFILE, columns=(*COLUMNS, *[FormColumn("dvt", "measure")] * 2)), "an", ["mapping.one_measure"]),
        (replace(PROFILE, measure="đô la", period="tuần"), "an", ["store.unknown_word"] * 2),
        (replace(PROFILE, name="d" * 81, year=20), "an", ["mapping.long_name", "notes.no_year"]),
        (replace(PROFILE, unit=WARD._replace(code="99999")), "an", ["store.unknown_unit"]),
        (PROFILE, " ", ["notes.no_who"]),
    ],
)
def test_what_is_not_whole_is_refused_with_a_sentence_for_each_part(store, profile, who, codes):
    """In both languages, and nothing is kept."""
    with pytest.raises(FaultError) as refused:
        keep_profile(store, profile, who)
    assert [fault.code for fault in refused.value.faults] == codes
    assert all(fault.sentence(lang) for fault in refused.value.faults for lang in ("vi", "en"))
    assert list_profiles(store) == ()


def test_a_profile_is_kept_under_one_name_until_it_is_dropped(store):
    """It comes back whole, the audit log knows of both deeds, and its name is free again."""
    number = keep_profile(store, PROFILE, "an")
    (kept,) = list_profiles(store)
    assert (kept.name, kept.columns, kept.measure, kept.who) == ("Biểu của Sở", COLUMNS, "triệu đồng", "an")
    with pytest.raises(FaultError) as taken:
        keep_profile(store, PROFILE, "bình")
    assert [fault.code for fault in taken.value.faults] == ["mapping.taken"]
    withdraw_profile(store, number, "bình")
    with pytest.raises(FaultError) as gone:
        withdraw_profile(store, number, "an")
    assert [fault.code for fault in gone.value.faults] == ["mapping.unknown"]
    assert list_profiles(store) == () and verify(store) == []
    assert {"form_profile.written", "form_profile.withdrawn"} <= set(audit_log(store)["what"])
    assert keep_profile(store, PROFILE, "an") > number
