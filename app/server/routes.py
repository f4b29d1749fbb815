"""Every address there is and the right it takes: what is not listed does not exist."""

from __future__ import annotations

from collections.abc import Mapping

from core.rights import RIGHTS

SIGN_IN, SIGN_OUT, PASSWORD, OWN_SESSIONS = "/dang-nhap", "/dang-xuat", "/mat-khau", "/phien-cua-toi"
SSO_START, SSO_BACK = "/sso/login", "/sso/callback"
STREAM = "/_stcore/stream"
UPLOAD = "/_stcore/upload_file/"
PRESENT = "/trinh-chieu/"
OPEN_DATA = "/du-lieu-mo/"

# address, or folder with its closing slash -> the right it takes, "" where anybody may. Streamlit's metrics, agent
# interface, own sign-in and components are not here.
FIXED: Mapping[str, str] = {
    "/_stcore/health": "",
    "/own/": "",
    SIGN_IN: "",
    SIGN_OUT: "",
    PASSWORD: "",
    OWN_SESSIONS: "own",
    "/_stcore/host-config": "look",
    STREAM: "look",
    UPLOAD: "enter",
    PRESENT: "present",
    OPEN_DATA: "look",
    "/static/": "look",
    "/scripts/": "look",
    "/media/": "look",
}


def routes_of(pages: Mapping[str, str], *, sso: bool = False) -> dict[str, str]:
    """The whole table: FIXED, the pages, of which the first stands at "/" as well, and those of an identity provider.

    KeyError for a page whose right is not in the table of rights.
    """
    if unknown := set(pages.values()) - set(RIGHTS):
        raise KeyError(f"pages with a right that nobody wrote down: {unknown}")
    first = next(iter(pages.values()))
    single = {SSO_START: "", SSO_BACK: ""} if sso else {}
    return dict(FIXED) | single | {"/": first} | {f"/{page}": right for page, right in pages.items()}


def right_of(path: str, routes: Mapping[str, str]) -> str | None:
    """The right an address takes, "" for none, None for an address that does not exist."""
    route = route_of(path, routes)
    return None if route is None else routes[route]


def route_of(path: str, routes: Mapping[str, str]) -> str | None:
    """The address or folder of the table that a path belongs to, None for an address that does not exist."""
    if path in routes and (path == "/" or not path.endswith("/")):
        return path
    return next((name for name in routes if name.endswith("/") and name != "/" and path.startswith(name)), None)
