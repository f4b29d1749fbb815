"""Every address there is and the right it takes: what is not listed does not exist."""

from __future__ import annotations

from collections.abc import Mapping

SIGN_IN, SIGN_OUT, PASSWORD = "/dang-nhap", "/dang-xuat", "/mat-khau"
STREAM = "/_stcore/stream"
UPLOAD = "/_stcore/upload_file/"

# address, or folder with its closing slash -> the right it takes, "" where anybody may. Streamlit's metrics, agent
# interface, own sign-in and components are not here.
FIXED: Mapping[str, str] = {
    "/_stcore/health": "",
    "/own/": "",
    SIGN_IN: "",
    SIGN_OUT: "",
    PASSWORD: "",
    "/_stcore/host-config": "look",
    STREAM: "look",
    UPLOAD: "enter",
    "/static/": "look",
    "/scripts/": "look",
    "/media/": "look",
}


def routes_of(pages: Mapping[str, str]) -> dict[str, str]:
    """The whole table: FIXED and the pages, of which the first stands at "/" as well."""
    first = next(iter(pages.values()))
    return dict(FIXED) | {"/": first} | {f"/{page}": right for page, right in pages.items()}


def right_of(path: str, routes: Mapping[str, str]) -> str | None:
    """The right an address takes, "" for none, None for an address that does not exist."""
    if path in routes and (path == "/" or not path.endswith("/")):
        return routes[path]
    folders = (prefix for prefix in routes if prefix.endswith("/") and prefix != "/" and path.startswith(prefix))
    return next((routes[prefix] for prefix in folders), None)
