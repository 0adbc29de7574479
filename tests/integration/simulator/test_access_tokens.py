"""Channel access tokens of all kinds: issued, taken as bearer tokens, verified, revoked, expired."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import PATIENCE, TOKEN, Line
from tests.integration.simulator.tokens import ASSERTION, CHANNEL, Key, OAuth

GRANT = {"grant_type": "client_credentials"}
SECRET = {"client_id": CHANNEL, "client_secret": "secret"}


@pytest.fixture
def oauth(simulator: SimulatorClient) -> Iterator[OAuth]:
    oauth = OAuth(simulator.base_url)
    yield oauth
    oauth.close()


@pytest.fixture(scope="module")
def key() -> Key:
    return Key()


def v21(oauth: OAuth, assertion: str) -> tuple[int, Any]:
    return oauth.post("/oauth2/v2.1/token", **GRANT, **ASSERTION, client_assertion=assertion)


def test_a_token_by_assertion_opens_the_api_until_it_is_revoked(oauth: OAuth, key: Key) -> None:
    began = time.time()
    status, answer = v21(oauth, key.assertion(token_exp=3600))
    token = answer["access_token"]
    assert (status, answer["token_type"], answer["expires_in"]) == (200, "Bearer", 3600)
    assert oauth.status_with(token) == 200
    status, told = oauth.get("/oauth2/v2.1/verify", access_token=token)
    assert (status, told["client_id"]) == (200, CHANNEL)
    assert 3600 - 2 - (time.time() - began) <= told["expires_in"] <= 3600
    kids = {**ASSERTION, "client_assertion": key.assertion()}
    assert oauth.get("/oauth2/v2.1/tokens/kid", **kids) == (200, {"kids": [answer["key_id"]]})
    assert oauth.post("/oauth2/v2.1/revoke", **SECRET, access_token=token) == (200, None)
    assert oauth.status_with(token) == 401
    assert oauth.get("/oauth2/v2.1/tokens/kid", **kids) == (200, {"kids": []})


def test_a_token_expires_in_real_seconds(simulator: SimulatorClient, oauth: OAuth, key: Key) -> None:
    brief, long = [v21(oauth, key.assertion(token_exp=seconds))[1]["access_token"] for seconds in (1, 3600)]
    simulator.move_clock("2021-12-31T08:00:00+07:00")
    assert oauth.status_with(long) == 200
    deadline = time.monotonic() + PATIENCE
    while oauth.status_with(brief) == 200:
        assert time.monotonic() < deadline
    expired = {"error": "invalid_request", "error_description": "The access token expired"}
    assert oauth.get("/oauth2/v2.1/verify", access_token=brief) == (400, expired)


def test_no_more_than_thirty_tokens_by_assertion_live_at_once(oauth: OAuth, key: Key) -> None:
    assertion = key.assertion()
    tokens = [v21(oauth, assertion)[1]["access_token"] for _ in range(30)]
    refused = {"message": "The maximum number of access tokens has already been issued"}
    assert v21(oauth, assertion) == (400, refused)
    oauth.post("/oauth2/v2.1/revoke", **SECRET, access_token=tokens[0])
    assert v21(oauth, assertion)[0] == 200


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"iss": "1"}, "iss and clientId of key do not match"),
        ({"sub": "1"}, "iss and clientId of key do not match"),
        ({"aud": "https://example.org/"}, "Invalid aud"),
        ({"exp": 1}, "Invalid exp"),
        ({"exp": 4_000_000_000}, "Invalid exp"),
        ({"exp": None}, "Invalid exp"),
        ({"token_exp": 0}, "Invalid token_exp"),
        ({"token_exp": 30 * 86400 + 1}, "Invalid token_exp"),
        ({"token_exp": True}, "Invalid token_exp"),
        ({"head": {"alg": "none"}}, "Invalid alg or kid"),
        ({"head": {"kid": None}}, "Invalid alg or kid"),
    ],
)
def test_a_wrong_assertion_is_refused(oauth: OAuth, key: Key, claims: dict[str, Any], problem: str) -> None:
    refused = {"error": "invalid_client", "error_description": problem}
    assert v21(oauth, key.assertion(**claims)) == (400, refused)


@pytest.mark.parametrize("assertion", ["x", "a.b.c", "e30.W10.", "e30.e30", "ก.ข.ค"])
def test_what_is_no_json_web_token_is_refused(oauth: OAuth, assertion: str) -> None:
    status, answer = v21(oauth, assertion)
    assert (status, answer["error"]) == (400, "invalid_client")


def test_signatures_count_once_a_key_is_registered(simulator: SimulatorClient, oauth: OAuth, key: Key) -> None:
    stranger, other = Key(key.kid), Key("kid-2")
    assert v21(oauth, stranger.assertion())[0] == 200, "without a registered key any signature will do"
    simulator.settings(assertion_key=key.public)
    assert v21(oauth, key.assertion())[0] == 200
    forged = {"error": "invalid_client", "error_description": "Invalid signature"}
    assert v21(oauth, stranger.assertion()) == (400, forged)
    assert v21(oauth, key.assertion()[:-8]) == (400, forged)
    unknown = {"message": "Cannot find channel key that satisfies the conditions"}
    assert v21(oauth, other.assertion()) == (404, unknown)
    simulator.settings(assertion_key=None)
    assert v21(oauth, stranger.assertion())[0] == 200


def test_a_stateless_token_cannot_be_revoked(oauth: OAuth, key: Key) -> None:
    began = time.time()
    by_secret = oauth.issue("/oauth2/v3/token", **SECRET)
    by_assertion = oauth.issue("/oauth2/v3/token", **ASSERTION, client_assertion=key.assertion(token_exp=None))
    oauth.post("/oauth2/v2.1/revoke", **SECRET, access_token=by_secret)
    oauth.post("/v2/oauth/revoke", access_token=by_assertion)
    assert [oauth.status_with(token) for token in (by_secret, by_assertion)] == [200, 200]
    left = oauth.get("/oauth2/v2.1/verify", access_token=by_secret)[1]["expires_in"]
    assert 900 - 2 - (time.time() - began) <= left <= 900


def test_a_short_lived_token_is_issued_verified_and_revoked(oauth: OAuth) -> None:
    token = oauth.issue("/v2/oauth/accessToken", **SECRET)
    assert oauth.status_with(token) == 200
    status, told = oauth.post("/v2/oauth/verify", access_token=token)
    assert (status, told["client_id"], told["scope"]) == (200, CHANNEL, "P CM")
    assert oauth.post("/v2/oauth/revoke", access_token=token) == (200, None)
    gone = {"error": "invalid_request", "error_description": "access_token invalid"}
    assert oauth.post("/v2/oauth/verify", access_token=token) == (400, gone)
    assert oauth.status_with(token) == 401


def test_the_thirty_first_short_lived_token_ends_the_first(oauth: OAuth) -> None:
    tokens = [oauth.issue("/v2/oauth/accessToken", **SECRET) for _ in range(31)]
    assert [oauth.status_with(token) for token in (tokens[0], tokens[1], tokens[30])] == [401, 200, 200]


def test_the_long_lived_token_ends_when_it_is_revoked(simulator: SimulatorClient, line: Line, oauth: OAuth) -> None:
    assert oauth.post("/v2/oauth/verify", access_token=TOKEN)[0] == 200
    oauth.post("/v2/oauth/revoke", access_token="never issued")
    assert line.get("/info").status == 200
    oauth.post("/v2/oauth/revoke", access_token=TOKEN)
    assert line.get("/info").status == 401
    simulator.reset()
    assert line.get("/info").status == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/oauth2/v2.1/token", {}),
        ("/oauth2/v2.1/token", {**GRANT, "client_assertion_type": "x", "client_assertion": "a.b.c"}),
        ("/oauth2/v3/token", {"grant_type": "password"}),
        ("/oauth2/v3/token", {**GRANT, **SECRET, "client_secret": "x"}),
        ("/v2/oauth/accessToken", {**GRANT, "client_id": CHANNEL}),
        ("/v2/oauth/accessToken", {**GRANT, **SECRET, "client_id": "1"}),
        ("/v2/oauth/accessToken", {**GRANT, **SECRET, "client_secret": "x"}),
        ("/oauth2/v2.1/revoke", {**SECRET, "access_token": "no jws"}),
        ("/v2/oauth/revoke", {}),
    ],
)
def test_a_wrong_form_is_refused_in_the_form_of_oauth(oauth: OAuth, path: str, form: dict[str, str]) -> None:
    status, answer = oauth.post(path, **form)
    assert (status, sorted(answer)) == (400, ["error", "error_description"])


@pytest.mark.parametrize(
    ("token", "problem"), [("x", "The access token not JWS"), ("a.b.c", "The access token malformed")]
)
def test_what_was_never_issued_is_no_token(oauth: OAuth, token: str, problem: str) -> None:
    told = {"error": "invalid_request", "error_description": problem}
    assert oauth.get("/oauth2/v2.1/verify", access_token=token) == (400, told)
    assert oauth.status_with(token) == 401


def test_secrets_do_not_stand_in_the_log(simulator: SimulatorClient, oauth: OAuth) -> None:
    token = oauth.issue("/v2/oauth/accessToken", **SECRET)
    entry = simulator.log()[-1]
    assert (entry["path"], entry["body"]) == ("/v2/oauth/accessToken", "")
    assert token not in str(entry)


def test_faults_and_rates_hold_for_tokens_too(simulator: SimulatorClient, oauth: OAuth) -> None:
    simulator.fault("server_error", path="/v2/oauth/accessToken")
    assert oauth.post("/v2/oauth/accessToken", **GRANT, **SECRET)[0] == 500
    simulator.settings(rate_limits={"issue_short_lived": 0})
    assert oauth.post("/v2/oauth/accessToken", **GRANT, **SECRET)[0] == 429
    assert oauth.post("/oauth2/v3/token", **GRANT, **SECRET)[0] == 200


@pytest.mark.parametrize(
    "wrong", [5, {}, {"kty": "EC", "kid": "1", "n": "AQAB", "e": "AQAB"}, {"d": "x"}, {"n": "AQAB"}]
)
def test_only_a_public_rsa_key_can_be_registered(line: Line, simulator: SimulatorClient, key: Key, wrong: Any) -> None:
    value = {**key.public, **wrong} if isinstance(wrong, dict) and wrong else wrong
    with pytest.raises(Exception, match="assertion_key"):
        simulator.settings(assertion_key=value)
    assert line.get("/info").status == 200
