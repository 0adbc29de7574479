"""LINE's calls that issue, verify and revoke channel access tokens. They are asked with a form, not with a token."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request

from simulator import assertions
from simulator.access_tokens import SHORT_SECONDS, STATELESS_SECONDS, AccessToken, TooManyTokensError
from simulator.api.exchange import answer
from simulator.line_errors import LineError, TokenError
from simulator.line_gate import Gate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.world import World

MISSING = "some parameters missed or invalid"


def oauth_api(world: World) -> Blueprint:
    """The blueprint for /oauth2 and /v2/oauth."""
    pages = Blueprint("oauth", __name__)
    gate = Gate(world)
    pages.before_request(gate.enter_by_form)
    pages.after_request(gate.leave)
    pages.register_error_handler(LineError, gate.refuse)
    _issuing(pages, world)
    _by_assertion(pages, world)
    _short_and_long(pages, world)
    return pages


def _issuing(pages: Blueprint, world: World) -> None:
    @pages.post("/oauth2/v2.1/token")
    def issue_v21() -> Response:
        seconds = assertions.lifetime(_claims(world, _form("grant_type", "client_assertion_type", "client_assertion")))
        try:
            made = world.access.issue("v2.1", seconds)
        except TooManyTokensError as problem:
            raise LineError(400, "The maximum number of access tokens has already been issued") from problem
        return _issued(made, seconds, key_id=made.key_id)

    @pages.post("/oauth2/v3/token")
    def issue_stateless() -> Response:
        """By assertion or by channel id and secret; good for a quarter of an hour, and not to be revoked."""
        given = _form("grant_type")
        if given.get("client_assertion"):
            _claims(world, given)
        elif not _is_channel(world, given):
            raise TokenError("invalid_request", "Invalid 'client_credentials'.")
        return _issued(world.access.issue("stateless", STATELESS_SECONDS), STATELESS_SECONDS)

    @pages.post("/v2/oauth/accessToken")
    def issue_short_lived() -> Response:
        given = _form("grant_type", "client_id", "client_secret")
        _check_channel(world, given)
        return _issued(world.access.issue("short", SHORT_SECONDS), SHORT_SECONDS)


def _by_assertion(pages: Blueprint, world: World) -> None:
    @pages.get("/oauth2/v2.1/verify")
    def verify_v21() -> Response:
        return _verified(world, _signed_token(request.args), "profile chat_message.write")

    @pages.get("/oauth2/v2.1/tokens/kid")
    def key_ids() -> Response:
        _claims(world, request.args)
        return answer({"kids": [token.key_id for token in world.access.living("v2.1")]})

    @pages.post("/oauth2/v2.1/revoke")
    def revoke_v21() -> Response:
        given = _form("client_id", "client_secret", "access_token")
        _check_channel(world, given)
        world.access.revoke(_signed_token(given))
        return Response(status=200)


def _short_and_long(pages: Blueprint, world: World) -> None:
    @pages.post("/v2/oauth/verify")
    def verify() -> Response:
        token = world.access.find(_form("access_token")["access_token"])
        if token is None or token.kind not in ("short", "long"):
            raise TokenError("invalid_request", "access_token invalid")
        left = {"expires_in": token.expires_in} if token.kind == "short" else {"expires_in": 3_138_007_490}
        return answer({"client_id": world.settings.channel_id, **left, "scope": "P CM"})

    @pages.post("/v2/oauth/revoke")
    def revoke() -> Response:
        world.access.revoke(_form("access_token")["access_token"])
        return Response(status=200)


def _claims(world: World, given: Mapping[str, str]) -> dict[str, Any]:
    if given.get("client_assertion_type") != assertions.TYPE:
        raise TokenError("invalid_request", MISSING)
    return assertions.check_assertion(given.get("client_assertion", ""), world.settings.channel_id, world.assertion_key)


def _verified(world: World, token: str, scope: str) -> Response:
    found = world.access.find(token)
    if found is None:
        raise TokenError(
            "invalid_request", f"The access token {'expired' if world.access.known(token) else 'malformed'}"
        )
    return answer({"client_id": world.settings.channel_id, "expires_in": found.expires_in, "scope": scope})


def _signed_token(given: Mapping[str, str]) -> str:
    token = given.get("access_token", "")
    if token.count(".") != 2:  # noqa: PLR2004 - the two dots of a JWS
        raise TokenError("invalid_request", "The access token not JWS")
    return token


def _form(*names: str) -> Mapping[str, str]:
    """The form of this request with these fields. Raises TokenError."""
    missing = [name for name in names if not request.form.get(name)]
    if missing or ("grant_type" in names and request.form["grant_type"] != "client_credentials"):
        raise TokenError("invalid_request", MISSING)
    return request.form


def _is_channel(world: World, given: Mapping[str, str]) -> bool:
    secret = given.get("client_secret", "").encode()
    right = hmac.compare_digest(secret, world.settings.channel_secret.encode())
    return right and given.get("client_id") == world.settings.channel_id


def _check_channel(world: World, given: Mapping[str, str]) -> None:
    if given["client_id"] != world.settings.channel_id:
        raise TokenError("invalid_client", "invalid client_id")
    if not _is_channel(world, given):
        raise TokenError("invalid_client", "invalid client_secret")


def _issued(made: AccessToken, seconds: int, **more: str) -> Response:
    return answer({"token_type": "Bearer", "access_token": made.token, "expires_in": seconds, **more})
