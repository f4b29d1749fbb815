"""Stories: refused until they are whole, corrected by new rows, found again by ward, year and language."""

from dataclasses import replace

import pytest

from core.errors import FaultError
from core.store import verify
from core.store.audit import audit_log
from core.store.stories import LONGEST, Scene, Story, list_stories, story_of, withdraw_story, write_story
from tests.core.store.examples import WARD

STORY = Story(WARD, 2020, " Hội nghị  tổng kết ", "vi", (Scene("targets", title="Năm 2020 thắng lợi"), Scene("groups")))


@pytest.mark.parametrize(
    ("story", "who", "codes"),
    [
        (replace(STORY, name=" ", scenes=()), "an", ["story.no_name", "story.empty"]),
        (replace(STORY, scenes=(Scene("groups", title="d" * (LONGEST["title"] + 1)),)), "an", ["story.too_long"]),
        (replace(STORY, year=20, lang="fr"), "an", ["notes.no_year", "store.unknown_word"]),
        (replace(STORY, unit=WARD._replace(code="99999")), "an", ["store.unknown_unit"]),
        (replace(STORY, replaces=7), "an", ["notes.unknown"]),
        (STORY, " ", ["notes.no_who"]),
    ],
)
def test_what_is_not_whole_is_refused_with_a_sentence_for_each_part(store, story, who, codes):
    """In both languages, and nothing is stored."""
    with pytest.raises(FaultError) as refused:
        write_story(store, story, who)
    assert [fault.code for fault in refused.value.faults] == codes
    assert all(fault.sentence(lang) for fault in refused.value.faults for lang in ("vi", "en"))
    assert list_stories(store, [WARD], 2020, "vi") == ()


def test_a_story_comes_back_as_it_was_arranged(store):
    """Its name with single spaces, its scenes in their order; other years and languages have none of it."""
    number = write_story(store, STORY, "an")
    (found,) = list_stories(store, [WARD], 2020, "vi")
    assert found == story_of(store, number)
    assert (found.name, found.scenes, found.who) == ("Hội nghị tổng kết", STORY.scenes, "an")
    assert list_stories(store, [WARD], 2019, "vi") == list_stories(store, [WARD], 2020, "en") == ()


def test_a_name_is_given_once_and_a_corrected_story_keeps_it(store):
    """The earlier row stays in the database and no longer stands."""
    number = write_story(store, STORY, "an")
    with pytest.raises(FaultError) as refused:
        write_story(store, STORY, "binh")
    assert [fault.code for fault in refused.value.faults] == ["story.taken"]
    later = write_story(store, replace(STORY, scenes=STORY.scenes[:1], replaces=number), "binh")
    assert [story.id for story in list_stories(store, [WARD], 2020, "vi")] == [later]
    with pytest.raises(FaultError) as gone:
        story_of(store, number)
    assert gone.value.faults[0].code == "story.unknown"


def test_two_who_correct_the_same_story_the_second_is_told(store):
    """Nobody's arrangement disappears under another's."""
    number = write_story(store, STORY, "an")
    write_story(store, replace(STORY, replaces=number), "an")
    with pytest.raises(FaultError):
        write_story(store, replace(STORY, name="Khác", replaces=number), "binh")


def test_a_withdrawn_story_is_gone_from_the_list_and_in_the_log(store):
    """And its name is free again."""
    withdraw_story(store, write_story(store, STORY, "an"), "an")
    assert list_stories(store, [WARD], 2020, "vi") == () and verify(store) == []
    assert {"story.written", "story.withdrawn"} <= set(audit_log(store)["what"])
    assert write_story(store, STORY, "an")
