"""Commendations in one sentence: who gave how many to whom, at which level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.find.prose_clause import proposed_places
from etl.find.prose_lexicon import Lexicon, Topic
from etl.find.prose_reading import Reading
from etl.find.prose_words import Item

_STRONG = frozenset(";.!?…")
_REACH = 30
_KINDS = 15  # counts of one sentence that a part is set against: five levels, three kinds of recipients
_NO_HONOURS = ("danh hiệu", "kỷ niệm chương", "kỉ niệm chương", "huy hiệu", "quà")  # titles, badges, presents
_GIVERS = (
    ("central_honour", "central"), ("ward_giver", "ward"), ("district_giver", "district"),
    ("province_giver", "province"), ("city_giver", "city"),
)  # fmt: skip


def read_awards(items: Sequence[Item], lexicon: Lexicon, taken: set[int]) -> list[Reading]:
    """Every count of commended collectives, individuals and households, `level` as the sentence names the giver.

    `level` is ward, district, city (a thành phố: district or province level, the report's place decides), province,
    central, or "" where the giver is not named. Proposals and titles are no awards; `taken` quantities are passed over.
    """
    verbs = {place for place, item in enumerate(items) if item.has("commend") and not _is_board(items, place)}
    if not verbs:
        return []
    proposed, _ = proposed_places(items)
    readings = []
    for place, item in enumerate(items):
        if item.quantity and place not in taken and not item.quantity.unit and not item.quantity.of:
            noun, topic = _recipient(items, place, lexicon)
            listed = _listed(items, place, verbs) if topic else None
            verb = listed[0] if listed else _verb(items, place, noun, verbs) if topic else None
            if verb is not None and not _set_aside(items, place, noun, verb, proposed):
                level = listed[1] if listed else _level(items, place, verb)
                readings.append(_reading(items, place, noun, verb, topic, level))
    found = _wholes(items, [reading for reading in readings if reading])
    for before, after in pairwise(found):  # "UBND xã khen thường xuyên 9 tập thể, khen đột xuất 3 tập thể"
        active = before.first < before.place and after.first < after.place
        if active and not (after.level or any(item.text in _STRONG for item in items[before.place : after.place])):
            after.level = before.level
    return found


def _is_board(items: Sequence[Item], place: int) -> bool:
    """Whether the word only names a board: "Hội đồng thi đua, khen thưởng phường họp xét 12 tập thể"."""
    said = " ".join(item.text for item in items[max(0, place - 5) : place])
    return "hội đồng thi đua" in said


def _listed(items: Sequence[Item], place: int, verbs: set[int]) -> tuple[int, str] | None:
    """The verb and the level of a count in a list by levels: "khen thưởng cấp phường: ...; cấp quận: 2 tập thể"."""
    for before in range(place - 1, max(0, place - _REACH), -1):
        item, opening = items[before], items[before - 1]
        if before in verbs or item.text in _STRONG - {";"}:
            return None
        level = next((level for name, level in _GIVERS if item.has(name)), "")
        if level and item.text.startswith("cấp ") and (opening.text in (";", ",", "(") or opening.has("inside")):
            ends = (at for at in range(before, -1, -1) if items[at].text in _STRONG - {";"})
            verb = max((at for at in verbs if next(ends, -1) < at < before), default=None)
            return None if verb is None else (verb, level)
    return None


def _wholes(items: Sequence[Item], readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those that only take one before them apart: "46 tập thể, trong đó đột xuất 26 tập thể"."""
    whole: list[Reading] = []
    for reading in readings:
        near = range(reading.place - 1, max(-1, reading.place - 2 * _REACH), -1)
        opened = next((at for at in near if items[at].has("inside")), None)
        if opened is None or _closed(items, opened, reading.place):
            whole.append(reading)
            continue
        before = [known for known in whole[-_KINDS:] if known.place < opened and known.topic is reading.topic]
        if all(reading.level not in ("", known.level) for known in before):
            whole.append(reading)
    return whole


def _closed(items: Sequence[Item], at: int, place: int) -> bool:
    """Whether what a word opens ends before a place: with its bracket, its sentence."""
    bracket = at > 0 and items[at - 1].text == "("
    return any(item.text in _STRONG - {";"} or (bracket and item.text == ")") for item in items[at:place])


def _recipient(items: Sequence[Item], place: int, lexicon: Lexicon) -> tuple[int, Topic | None]:
    noun = place + 1
    while noun < min(len(items), place + 4) and items[noun].has("filler"):
        noun += 1
    if noun < len(items):
        for entry in sorted(entry for entry in items[noun].entries if isinstance(entry, tuple)):
            topic = lexicon.topics[entry[1]]
            if _shared(items, noun + 1, topic, lexicon):
                break
            if entry[0] in ("counted", "whole") and topic.recipient:
                return noun, topic
    return noun, None


def _shared(items: Sequence[Item], place: int, topic: Topic, lexicon: Lexicon) -> bool:
    """Whether one number counts two kinds of recipients: "42 tập thể, cá nhân tiêu biểu"."""
    if place + 1 >= len(items) or items[place].text not in (",", "và"):
        return False
    others = [lexicon.topics[entry[1]] for entry in items[place + 1].entries if isinstance(entry, tuple)]
    return any(other.recipient and other.recipient != topic.recipient for other in others)


def _verb(items: Sequence[Item], place: int, noun: int, verbs: set[int]) -> int | None:
    """The verb that governs a count: before it, or behind it in the passive ("được UBND quận tặng giấy khen")."""
    passive = None
    for after in range(noun + 1, min(len(items), noun + _REACH)):
        item = items[after]
        if item.text in _STRONG:
            break
        if item.has("passive") or item.text.startswith("được"):
            passive = after
        if item.has("commend") and (passive is not None or item.text.startswith(("được", "truy"))):
            return after
    for before in range(place - 1, max(-1, place - _REACH), -1):
        if items[before].text in _STRONG:
            return None
        if before in verbs:
            clause = _clause_start(items, before)
            behind = any(
                items[near].has("passive") and not items[near].has("commend")
                for near in range(max(clause, before - 8), before)
            )
            counted = any(items[near].quantity for near in range(max(clause, before - 12), before))
            return None if behind and counted else before
    return None


def _clause_start(items: Sequence[Item], verb: int) -> int:
    return next((near + 1 for near in range(verb - 1, max(-1, verb - _REACH), -1) if items[near].text in _STRONG), 0)


def _set_aside(items: Sequence[Item], place: int, noun: int, verb: int, proposed: frozenset[int]) -> bool:
    """Proposals, titles and money are no commendations."""
    low, high = min(place, verb), max(noun, verb)
    if any(items[near].has("propose") for near in range(max(0, low - 3), high)):
        return True
    given = " ".join(item.text for item in items[verb + 1 : verb + 4])
    return given.startswith(_NO_HONOURS) or low in proposed


def _reading(items: Sequence[Item], place: int, noun: int, verb: int, topic: Topic, level: str) -> Reading | None:
    values = tuple(value for value in items[place].quantity.readings if value == value.to_integral_value())[:1]
    if not values or topic.count is None:
        return None
    first, last = (min(verb, place), noun) if verb < place else (place, verb)
    return Reading(topic, "award", place, first, last, "award", values, level=level)


def _level(items: Sequence[Item], place: int, verb: int) -> str:
    if items[verb].has("central_honour"):
        return "central"
    after = verb + 1
    if after + 1 < len(items) and items[after].text == "của":  # "trao bằng khen của UBND thành phố cho ..."
        given = [level for name, level in _GIVERS if items[after + 1].has(name)]
        if given:
            return given[0]
    low = place + 1 if verb > place else max(0, verb - 12)
    for before in range(verb - 1, low - 1, -1):
        item = items[before]
        if item.text in _STRONG or (item.quantity and items[before + 1].text != "quyết"):  # "15 quyết định khen thưởng"
            break
        for name, level in _GIVERS:
            if item.has(name):
                return level
    for after in range(verb + 1, min(len(items), verb + 5)):  # "giấy khen của Chủ tịch UBND phường"
        if items[after].quantity or items[after].text in _STRONG or items[after].text == ",":
            break
        for name, level in _GIVERS:
            if items[after].has(name):
                return level
    return ""
