"""Every address of the program as it is built, walked from the app itself; run in a process of its own, prints JSON."""

from __future__ import annotations

import json
import os
import re

NEW = "/new-route"  # one that somebody adds without a rule, to prove that the walk would see it


def example(path: str) -> str:
    """An address that a route's pattern takes: "/media/{file_id:path}" -> "/media/x"."""
    return re.sub(r"\{[^}]+\}", "x", path)


def main() -> None:
    """Walk the routes of the built app, the addresses that our own middleware answers, and the table of rules."""
    from core.settings import OIDC

    os.environ |= dict(zip(OIDC, ("https://id.example", "ward", "secret"), strict=True))
    from starlette.routing import Route

    import dashboard
    from app.server.files import PREFIX as OWN
    from app.server.routes import OPEN_DATA, PRESENT, routes_of
    from app.server.translated import PREFIX as SCRIPTS

    def walked() -> list[str]:
        app = dashboard.app._build_starlette_app()
        routes = [example(each.path) for each in app.routes if each.path]
        made = [each.cls(None, *each.args, **each.kwargs) for each in app.user_middleware
                if each.cls.__module__.startswith("app.server")]  # fmt: skip
        answers = [path for each in made for path in getattr(each, "answers", {})]
        return [*routes, *answers, f"{OWN}x", f"{SCRIPTS}x", f"{PRESENT}x", f"{OPEN_DATA}x", "/static/x"]

    now = walked()
    dashboard.app._user_routes.append(Route(NEW, lambda _: None))
    outer = [each.cls.__name__ for each in dashboard.app._build_starlette_app().user_middleware]
    plain = list(routes_of(dashboard.PAGES))  # where no identity provider is set
    found = {"walked": now, "with_new": walked(), "rules": dashboard.routes, "plain": plain, "outer": outer}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
