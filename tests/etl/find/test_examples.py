"""Every example a catalogue entry gives is read from prose as it says."""

import pytest

from core.catalogue import load_catalogue
from etl.document import Block
from etl.find.prose import find_prose

CATALOGUE = load_catalogue()
EXAMPLES = [(row.id, example) for row in CATALOGUE.indicators.values() for example in row.examples]


def test_every_indicator_that_reports_name_in_prose_gives_an_example():
    """Phrases without a sentence that shows them are only a hope."""
    with_phrases = {row.id for row in CATALOGUE.indicators.values() if set(row.phrases) - {"labels"}}
    shown = {id for id, _ in EXAMPLES}
    parents = {f"{id}_{level}" for id in with_phrases for level in ("ward", "district", "city", "central")}
    assert {id for id in with_phrases if id not in shown and not (parents & shown and id.startswith("award_"))} == set()


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES, ids=[id for id, _ in EXAMPLES])
def test_an_example_of_the_catalogue_is_read_with_its_value(indicator, example):
    """Its value and denominator, for the report's year, word for word from the sentence."""
    found = find_prose([Block(example["text"], "đoạn 1")], CATALOGUE, year=2020, unit_name="Phường Láng")
    (figure,) = [figure for figure in found.figures if figure.indicator == indicator]
    assert float(figure.value) == pytest.approx(float(example["value"]))
    assert (None if figure.of is None else float(figure.of)) == example.get("of")
    assert figure.year == 2020
    assert figure.quote in example["text"]
