"""The offline page holds all a conference says, asks for nothing, and runs nothing that came with a report."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from app.exports.offline import DRAWN, MOST_LINES, MOST_ROWS, deck_html, hall_view, parts, policy
from app.exports.slide_drawings import is_number, sentence_of
from app.story.deck import Slide
from app.story.scenes import Look, every_scene
from app.story.telling import deck_of
from core.store.stories import Scene, Story
from tests.app.decks import CONFERENCES, deck, frozen

LANGS = ("vi", "en")
LARGEST = 6_000_000  # bytes
HOSTILE = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--",
    "</style><svg onload=alert(1)>", '" onmouseover="alert(1)', "<a href='https://evil.example'>đây</a>",
    "<a href=javascript:alert(1)>x</a>", "\u2028</section>", "&lt;script&gt;",
)  # fmt: skip
NUMBERS = {"bars": ("value",), "line": ("value", "plan"), "plan_actual": ("plan", "actual"), "bullets": ("bar",)}


def page(made, back: str = "") -> str:
    """A deck's page as text."""
    return deck_html(made, back).decode()


def scripts(text: str) -> list[str]:
    """What runs in a page: every script that is not data."""
    return re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)


def charts(text: str) -> dict:
    """The figures in a page by the number of their slide."""
    return json.loads(re.search(r'<script type="application/json" id="charts">(.*?)</script>', text, re.DOTALL)[1])


def markup(text: str) -> str:
    """What a browser shows of a page: the slides, without scripts and styles."""
    return re.search(r'<main id="stage">.*?</main>', text, flags=re.DOTALL)[0]


def elements(text: str) -> dict[str, set[str]]:
    """The elements of the slides as a browser reads them, each with the names of its attributes."""
    found: dict[str, set[str]] = {}
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, given: found.setdefault(tag, set()).update(name for name, _ in given)
    reader.feed(markup(text))
    return found


def words(text: str) -> str:
    """The words of the slides."""
    return html.unescape(re.sub(r"<[^>]+>", "\n", markup(text)))


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_report_says_stays_words(said):
    """In title, sentence, points, notes, source, name, ward and in the figures: no tag, attribute or script of it."""
    good = deck("full", "vi")
    chart = next(slide for slide in good.slides if slide.view and slide.view.kind == "bars")
    frame = chart.view.frame.assign(label=said, hover=said)
    bad = replace(chart, title=said, sentence=said, notes=said, source=said,
                  view=replace(chart.view, frame=frame, alt=said))  # fmt: skip
    slides = (bad, Slide("x", said, said, points=(said,), notes=said))
    text = page(replace(good, slides=slides, name=said, ward=said, place=said), back=said)
    harmless = page(replace(good, slides=(replace(bad, title="a"),), name="a"))
    assert scripts(text) == scripts(harmless)
    assert elements(text) == {
        "main": {"id"}, "section": {"class", "hidden"}, "h1": set(), "p": {"class"}, "ul": set(), "li": set(),
        "div": {"class", "data-chart"}, "figure": {"aria-label"}, "span": set(), "b": set(),
        "aside": {"class", "hidden"},
    }  # fmt: skip
    assert said.strip() in words(text)
    assert "<" not in re.search(r'id="charts">(.*?)</script>', text, re.DOTALL)[1]


def test_a_figure_keeps_only_the_tags_of_its_own_chart():
    """Plotly reads links and styles in words: none that a report brings reaches it as a tag."""
    good = deck("full", "vi")
    chart = next(slide for slide in good.slides if slide.view and slide.view.kind == "bars")
    evil = '<a href="https://evil.example">x</a><b style="x">y</b><span style="position:fixed">z</span>'
    frame = chart.view.frame.assign(label=evil, hover=evil)
    made = json.dumps(charts(page(replace(good, slides=(replace(chart, view=replace(chart.view, frame=frame)),)))))
    assert not re.search(r"<(?!/?b>|/?extra>|br>|span style=\\\"color:#\w{6}\\\">|/span>)", made)
    assert "&lt;a href" in made


@pytest.mark.parametrize("name", CONFERENCES)
def test_a_page_is_one_file_that_asks_for_nothing(name):
    """Below six megabytes; no element with an address but data; the policy forbids every request and lets two run."""
    text = page(deck(name, "vi"))
    assert len(text.encode()) < LARGEST
    outside = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"\s(?:src|href|srcset|action|poster|data)\s*=", outside)
    assert set(re.findall(r"url\((.{5})", outside)) == {"data:"} and "@import" not in outside
    ran = scripts(text)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in ran}
    assert len(ran) == 2 and set(re.findall(r"'sha256-[^']+'", policy())) == hashes
    assert html.escape(policy(), quote=False) in text
    assert "default-src 'none'" in policy() and "connect-src" not in policy()
    assert "unsafe" not in re.search(r"script-src[^;]*", policy())[0]


def every_number(value) -> set[float]:
    """Every number of a figure's traces, those in Plotly's packed arrays too."""
    if isinstance(value, dict) and "bdata" in value:
        return {float(each) for each in np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])}
    if isinstance(value, dict):
        return set().union(*map(every_number, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(every_number, value), set())
    return {float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_figures_are_those_of_the_freeze(name, lang):
    """In both forms of each chart, read back from the page."""
    made = deck(name, lang)
    slides = [part for slide in made.slides for part in parts(slide, lang)]
    found, checked = charts(page(made)), 0
    for number, slide in enumerate(slides, start=2):
        if slide.view is None or slide.view.kind not in NUMBERS or is_number(slide.view):
            continue
        for shape in ("wide", "square"):
            drawn = every_number(found[str(number)][shape]["data"])
            for column in NUMBERS[slide.view.kind]:
                column_values = slide.view.frame[column].dropna().astype(float)
                cut = slide.view.detail.get("cut") or 150.0 if slide.view.kind in ("plan_actual", "bullets") else None
                values = set(column_values.clip(upper=cut)) if cut else set(column_values)
                assert {value for value in values if not any(abs(value - each) < 1e-9 for each in drawn)} == set(), (
                    slide.id, shape, column)  # fmt: skip
                checked += len(values)
    assert checked


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_everything_a_deck_says_stands_in_the_page(name, lang):
    """Titles, sentences, points, sources, alternative texts, ward, freeze and what was left out."""
    made = replace(deck(name, lang), left_out=3)
    text = page(made)
    said = words(text)
    attributes = html.unescape(markup(text))
    for slide in made.slides:
        assert str(slide.title) in said and sentence_of(slide) in said and slide.source in said
        if slide.view:
            assert slide.view.alt in attributes
            assert all(note in said for note in slide.view.notes)
        joined = " ".join(said.split())
        assert all(" ".join(point.split()) in joined for point in slide.points if len(point) < 300)
    assert made.name in said and made.ward in said and made.mark in said and "3" in said
    assert f'<html lang="{lang}">' in text
    assert text.count("<section") == text.count("<h1>")


def test_the_only_year_there_is_stands_as_a_number_and_not_as_a_dot_in_an_empty_chart():
    """With what is known of its plan; nothing is said of an axis; the cover names the ward once."""
    text = page(deck("one report", "vi"))
    said = " ".join(words(text).split())
    assert "Công trình có phép năm 2020: 100%" in said and "100% Chưa có chỉ tiêu" in said
    assert "trục đứng" not in said and len(charts(text)) == 2
    assert said.count("Phường Khương Thượng Phường Khương Thượng") == 1, "cover and footer, no second name between them"


def test_rows_and_lines_go_on_to_another_slide():
    """No slide has more than can be read, and together they say all of it in order."""
    made = deck("full", "vi")
    (targets,) = [slide for slide in made.slides if slide.view and slide.view.kind == "bullets"]
    found = parts(targets, "vi")
    assert all(len(part.view.frame) <= MOST_ROWS for part in found) and len(found) > 1
    assert [name for part in found for name in part.view.frame["name"]] == list(targets.view.frame["name"])
    points = tuple(f"Điểm {number} " + "rất dài " * number for number in range(1, 60))
    cut = parts(Slide("x", "x", points=points), "vi")
    assert " ".join(point for part in cut for point in part.points).split() == " ".join(points).split()
    assert all(len(part.points) <= MOST_LINES for part in cut)


@pytest.mark.parametrize("name", CONFERENCES)
def test_every_scene_there_is_has_a_slide(name):
    """Also those no default tells: what has no drawing for a hall stands as its table."""
    opened = frozen(name)
    kinds = every_scene(Look(opened.context("vi")))
    story = Story(opened.freeze.unit, opened.freeze.year, "Tất cả", "vi", tuple(Scene(kind) for kind in kinds))
    made = deck_of(opened, "vi", story)
    text = page(made)
    said = words(text)
    for slide in made.slides:
        if slide.view and slide.view.kind not in DRAWN:
            assert all(cell in said for row in slide.view.table.rows for cell in row)
    assert len(text.encode()) < LARGEST


def test_a_view_on_a_wall_has_no_marks_without_their_notes():
    """The numbers of notes go with the notes, which the speaker has."""
    for slide in deck("merged", "vi").slides:
        assert slide.view is None or hall_view(slide.view).events == ()
    money = next(slide.view for slide in deck("full", "vi").slides if slide.id == "budget_expenditure")
    assert ("missed", "Chi vượt dự toán") in hall_view(money).detail["keys"], "the tier went, and its key with it"


def test_only_a_page_that_was_served_leads_back():
    """A file on a stick has nowhere to go back to."""
    made = deck("one report", "vi")
    assert 'id="back"' not in page(made).split("<script")[0]
    assert 'id="back" href="/hoi-nghi?nam=2020&amp;lang=x"' in page(made, "/hoi-nghi?nam=2020&lang=x")


@pytest.mark.parametrize("name", CONFERENCES)
def test_what_the_charts_write_themselves_is_left_to_them(name):
    """No tag of our own charts is shown as text."""
    assert not re.search(r"&lt;/?[a-z]", json.dumps(charts(page(deck(name, "vi")))))


def test_a_year_alone_is_a_column_in_the_middle_and_no_wall():
    """Its column filled the hall's whole screen."""
    money = next(slide for slide in deck("full", "vi").slides if slide.id == "budget_revenue")
    view = money.view
    alone = replace(view, frame=view.frame.tail(1).assign(place=0),
                    detail=view.detail | {"slots": view.detail["slots"][-1:], "chosen": 0, "breaks": []})  # fmt: skip
    found = [charts(page(replace(deck("full", "vi"), slides=(replace(money, view=each),)))) for each in (alone, view)]
    wide = [next(iter(each.values()))["wide"]["layout"]["xaxis"]["domain"] for each in found]
    assert wide == [[0.375, 0.625], [0, 1]]
