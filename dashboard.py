"""The program's entry: `streamlit run dashboard.py` serves pages/frame.py behind our own door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir

from app.charts.picture import PLOTLY_JS
from app.server.compressed import CompressedFiles, CompressedStatic
from app.server.document import Document, early_scripts
from app.server.files import OwnFiles
from app.server.guard import Guard
from app.server.start import warm_up
from app.server.translated import translations
from app.ui.faults import show_fault
from pages.frame import PATHS

STATIC = Path(get_static_dir())
translated = translations(st.__version__, STATIC)
files = CompressedFiles(STATIC, translated.values())


@asynccontextmanager
async def before_first_visitor(_app: st.App) -> AsyncIterator[None]:
    """Load what every visit needs, once."""
    warm_up(files, files.everywhere(f"/{name}" for name in early_scripts(STATIC)))
    yield


app = st.App(
    "pages/frame.py",
    lifespan=before_first_visitor,
    middleware=[
        Middleware(Guard, pages=PATHS),
        Middleware(OwnFiles, further=(PLOTLY_JS,)),
        Middleware(CompressedStatic, files=files),
        Middleware(Document, static=STATIC, pages=PATHS, translations=translated),
    ],
    on_script_error=show_fault,
)
