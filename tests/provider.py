"""A small OpenID Connect provider on a free port, for tests: honest unless it is told how to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "ward", "a-secret-of-ward"


class SmallProvider:
    """Whoever comes to it is signed in there as `subject`; it hands a code out once and checks what it must check.

    Lies: `claims` replaces claims of the identity token (None leaves one out), `signs_with` and `header` sign it with
    another key, `place` replaces parts of its description, `broken` makes an address answer with a status or a body.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        self.subject = "sub-lan"
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.be_honest()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def be_honest(self) -> None:
        """Tell no lie any more."""
        self.claims: dict[str, object] = {}
        self.header = {"alg": "RS256", "kid": "1"}
        self.signs_with = self.key
        self.place: dict[str, object] = {}
        self.broken: dict[str, tuple[int, str]] = {}

    def stop(self) -> None:
        """Be gone: its port is closed."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, query: dict, form: dict, authorization: str) -> tuple[int, str, str]:
        """Status, body and Location for one request."""
        self.asked.append(path)
        if path in self.broken:
            return (*self.broken[path], "")
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps(self._description()), ""
        if path == "/keys":
            return 200, json.dumps({"keys": [self.key.as_dict(private=False)]}), ""
        if path == "/authorize":
            return self._authorize(query)
        return (*self._token(form, authorization), "") if path == "/token" else (404, "", "")

    def _description(self) -> dict[str, object]:
        places = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in
                  (("authorization", "authorize"), ("token", "token"))}  # fmt: skip
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"} | places | self.place

    def _authorize(self, query: dict[str, str]) -> tuple[int, str, str]:
        wanted = {"client_id": CLIENT, "response_type": "code", "scope": "openid", "code_challenge_method": "S256"}
        if any(query.get(name) != value for name, value in wanted.items()) or not query.get("nonce"):
            return 400, "this is no request for a code with PKCE and a nonce", ""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"], "iss": self.url})
        return 302, "", f"{query['redirect_uri']}?{back}"

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, str]:
        asked = self.codes.pop(form.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        post = form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = authorization == basic if self._takes_basic() else post
        if not known or asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, json.dumps({"error": "invalid_grant"})
        if challenge != asked["code_challenge"]:
            return 400, json.dumps({"error": "invalid_grant", "error_description": "wrong code_verifier"})
        token = self._identity(asked["nonce"])
        return 200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _takes_basic(self) -> bool:
        return "client_secret_basic" in self.place.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])

    def _identity(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        told = {name: value for name, value in (claims | self.claims).items() if value is not None}
        return jwt.encode(self.header, told, self.signs_with, algorithms=[self.header["alg"]])


def _handler(provider: SmallProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({name: values[0] for name, values in parse_qs(body).items()})

        def _reply(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, body, location = provider.answer(parts.path, query, form, self.headers.get("Authorization", ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_args) -> None:
            """Say nothing."""

    return Handler
