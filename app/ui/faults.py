"""When a screen fails: the details go to the log under a number, the visitor sees the number and what to do."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from app.ui.choices import asked_language
from core.errors import FaultError
from core.texts import text

_log = logging.getLogger("ward.screen")


def show_fault(error: Exception) -> bool:
    """Log an error that a screen did not catch and show its number; a refusal also shows its sentences.

    Returns True, which tells Streamlit to print nothing of its own.
    """
    number = f"{secrets.randbelow(10**6):06d}"  # digits alone: it is read out over the telephone
    _log.error("screen failed #%s", number, exc_info=error)
    lang = asked_language()
    st.subheader(text("ui.fault_title", lang, id=number), anchor=False)
    if isinstance(error, FaultError):
        for fault in error.faults:
            st.text(fault.sentence(lang))
    st.text(text("ui.fault_what", lang))
    return True
