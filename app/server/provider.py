"""An OpenID Connect provider as this program asks it: a code with PKCE, and an identity token that is checked whole."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from core.errors import Fault, FaultError
from core.settings import IdentityProvider

ALGORITHMS = ("RS256", "PS256", "ES256")  # of identity tokens: never "none", never one signed with our own secret
LEEWAY = 60  # seconds by which two clocks may differ
PATIENCE = 10  # seconds for each answer of the provider

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Journey:
    """What must come back from the provider, or go there again, for one sign-in: secrets of one browser."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """The provider of the settings, asked anew for each sign-in: its addresses and keys may change.

    Every method raises FaultError with one of sso.unreachable (no or a broken answer), sso.refused (the provider said
    no) and sso.bad_answer (an answer that is not to be trusted).
    """

    def __init__(self, settings: IdentityProvider):
        self._settings = settings

    async def begin(self, back: str) -> tuple[str, Journey]:
        """The address at the provider where a visitor signs in, coming back to `back`, and what to keep until then."""
        journey = Journey(*(generate_token(48) for _ in range(3)))
        async with self._client(back) as client:
            places = await self._places(client)
        url, _ = client.create_authorization_url(
            places["authorization_endpoint"], state=journey.state, code_verifier=journey.verifier, nonce=journey.nonce
        )
        return url, journey

    async def subject(self, back: str, code: str, journey: Journey) -> str:
        """Whom the provider vouches for, "<issuer> <sub>", for the code that a visitor brought back from there."""
        async with self._client(back) as client:
            places = await self._places(client)
            _choose_way(client, places)
            try:
                token = await client.fetch_token(
                    places["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=journey.verifier
                )
            except AuthlibBaseError as refused:
                raise _fault("refused", refused) from refused
            except (httpx2.HTTPError, ValueError) as broken:
                raise _fault("unreachable", broken) from broken
            keys = await _json(client, places["jwks_uri"])
        return f"{self._settings.issuer} {self._checked(token.get('id_token'), keys, journey.nonce)}"

    def _client(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._settings.client_id, self._settings.client_secret, scope="openid", redirect_uri=back,
            code_challenge_method="S256", timeout=PATIENCE,
        )  # fmt: skip

    async def _places(self, client: AsyncOAuth2Client) -> dict[str, Any]:
        """The provider's own description of itself, which must name the issuer of the settings."""
        places = await _json(client, f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        missing = [name for name in needed if not isinstance(places.get(name), str)]
        if places.get("issuer") != self._settings.issuer or missing:
            said = f"WARD_OIDC_ISSUER is {self._settings.issuer}, the provider calls itself {places.get('issuer')}"
            raise _fault("bad_answer", f"{said}; it does not name {missing}" if missing else said)
        return places

    def _checked(self, token: str | None, keys: dict[str, Any], nonce: str) -> str:
        """The subject of an identity token, once signature, issuer, audience, time and nonce are as they must be."""
        ours = self._settings.client_id
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY, iss={"essential": True, "value": self._settings.issuer}, sub={"essential": True},
            aud={"essential": True, "value": ours}, exp={"essential": True}, nonce={"essential": True, "value": nonce},
        )  # fmt: skip
        try:
            signing = [key for key in keys["keys"] if key.get("kty") in ("RSA", "EC") and key.get("use") != "enc"]
            claims = jwt.decode(token or "", KeySet.import_key_set({"keys": signing}), algorithms=ALGORITHMS).claims
            rules.validate(claims)
        except (JoseError, KeyError, TypeError, ValueError, AttributeError) as broken:
            raise _fault("bad_answer", broken) from broken
        if claims.get("azp", ours) != ours:
            raise _fault("bad_answer", "the token was made for another program")
        return claims["sub"]


async def _json(client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    try:
        got = await client.request("GET", url, withhold_token=True)
        found = got.raise_for_status().json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as broken:
        raise _fault("unreachable", broken) from broken
    if not isinstance(found, dict):
        raise _fault("unreachable", f"{url} answers with no JSON object")
    return found


def _choose_way(client: AsyncOAuth2Client, places: dict[str, Any]) -> None:
    """Show our secret as the provider wants it: in the header, as every provider must take it, unless it says not."""
    taken = places.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" not in taken and "client_secret_post" in taken:
        client.token_endpoint_auth_method = "client_secret_post"


def _fault(why: str, cause: object) -> FaultError:
    log.warning("sign-in through the identity provider: %s: %s %s", why, type(cause).__name__, cause)
    return FaultError([Fault(f"sso.{why}")])
