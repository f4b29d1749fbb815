"""A screen that fails shows a number and what to do; the details are in the log under that number."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def failing_page() -> None:
    """A screen whose drawing was stopped by an error with a secret in it."""
    from app.ui.faults import show_fault

    show_fault(ValueError("secret <b>"))


def refused_page() -> None:
    """A screen whose drawing was stopped by a refusal that people can read."""
    from app.ui.faults import show_fault
    from core.errors import Fault, FaultError

    show_fault(FaultError([Fault("ui.empty_title")]))


def test_an_error_shows_its_number_and_keeps_its_details(caplog):
    """The very number of the log, no word of the error itself."""
    page = AppTest.from_function(failing_page).run(timeout=20)
    shown = page.subheader[0].value + " ".join(text.value for text in page.text)
    number = re.search(r"Lỗi #([0-9a-f]{6})", shown).group(1)
    assert "secret" not in shown
    record = next(record for record in caplog.records if number in record.getMessage())
    assert "secret" in str(record.exc_info[1])


def test_a_refusal_shows_its_sentences_too():
    """Faults are written for people."""
    page = AppTest.from_function(refused_page).run(timeout=20)
    assert "Chưa có số liệu" in [text.value for text in page.text]
