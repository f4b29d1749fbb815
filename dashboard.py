"""The program's entry: `streamlit run dashboard.py` serves pages/frame.py behind our own door."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.charts.picture import PLOTLY_JS
from app.server.compressed import CompressedFiles, CompressedStatic
from app.server.document import Document, early_scripts
from app.server.files import OwnFiles
from app.server.gate import Gate
from app.server.guard import Guard
from app.server.house import House, house_of
from app.server.open_data import OpenData
from app.server.opened import current_store
from app.server.presenting import Presenting
from app.server.routes import SIGN_IN, routes_of
from app.server.signin import SignIn
from app.server.start import warm_up
from app.server.translated import translations
from app.server.uploads import UploadLimits
from app.ui.faults import show_fault
from core.errors import FaultError
from core.settings import Settings
from core.texts import LANGUAGES
from pages.frame import PAGES

STATIC = Path(get_static_dir())
translated = translations(st.__version__, STATIC)
files = CompressedFiles(STATIC, translated.values())


@asynccontextmanager
async def before_first_visitor(_app: st.App) -> AsyncIterator[None]:
    """Load what every visit needs, once."""
    warm_up(files, files.everywhere(f"/{name}" for name in early_scripts(STATIC)))
    yield


def this_house() -> tuple[Settings, House]:
    """The settings, and who can reach this server; where it must not start, it ends with the reason."""
    try:
        certificate = bool(st.get_option("server.sslCertFile"))
        settings = Settings.from_environment()
        return settings, house_of(settings, st.get_option("server.address"), certificate=certificate)
    except FaultError as refused:
        sys.exit("\n".join(fault.sentence(lang) for lang in LANGUAGES for fault in refused.faults))


def single_sign_on() -> list[Middleware]:
    """The way in through an identity provider, where the settings name one."""
    if settings.identity is None:
        return []
    from app.server.sso import SingleSignOn  # its libraries are of no use to an office without a provider

    return [Middleware(SingleSignOn, store=current_store, house=house, pages=PAGES, settings=settings.identity)]


settings, house = this_house()
sso = single_sign_on()
routes = routes_of(PAGES, sso=bool(sso))
farewell = ForwardMsg(auth_redirect=AuthRedirect(url=SIGN_IN)).SerializeToString()

app = st.App(
    "pages/frame.py",
    lifespan=before_first_visitor,
    middleware=[
        Middleware(Guard, routes=routes),
        Middleware(Gate, store=current_store, house=house, routes=routes, farewell=farewell),
        Middleware(UploadLimits),
        Middleware(SignIn, store=current_store, house=house, pages=PAGES, sso=bool(sso)),
        *sso,
        Middleware(Presenting, store=current_store, house=house, pages=PAGES),
        Middleware(OpenData, store=current_store, house=house, pages=PAGES),
        Middleware(OwnFiles, further=(PLOTLY_JS,)),
        Middleware(CompressedStatic, files=files),
        Middleware(Document, static=STATIC, pages=tuple(PAGES), translations=translated),
    ],
    on_script_error=show_fault,
)
