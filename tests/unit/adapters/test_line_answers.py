from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.line_answers import LONGEST_PROBLEM, is_quota_gone, problem_words, read_json, read_quota, read_send
from services.ports import Quota, SendOutcome

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
ODD_BODIES = JSON.map(orjson.dumps) | st.binary(max_size=40) | st.just(b'{"sentMessages":[{"id":3},{},"x"]}')


@given(st.integers(200, 299), ODD_BODIES, st.booleans())
def test_any_2xx_counts_as_sent_whatever_its_body(status: int, body: bytes, reply: bool) -> None:
    assert read_send(status, {}, body, is_reply=reply).outcome is SendOutcome.SENT


@given(st.integers(500, 599), ODD_BODIES, st.booleans())
def test_any_5xx_is_unclear(status: int, body: bytes, reply: bool) -> None:
    assert read_send(status, {}, body, is_reply=reply).outcome is SendOutcome.UNCLEAR


@given(st.integers(400, 499).filter(lambda status: status not in {409, 429}), ODD_BODIES)
def test_any_other_4xx_of_a_push_is_a_refusal(status: int, body: bytes) -> None:
    assert read_send(status, {}, body, is_reply=False).outcome is SendOutcome.REFUSED


def test_the_ids_of_the_bubbles_come_in_order() -> None:
    body = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"q"},{"id":"461230966842064898"}]}'
    result = read_send(200, {"x-line-request-id": "r1"}, body, is_reply=True)
    assert result.message_ids == ("461230966842064897", "461230966842064898")
    assert (result.status, result.request_id) == (200, "r1")


def test_a_retry_key_accepted_before_is_sent_under_the_first_request_id() -> None:
    headers = {"x-line-request-id": "second", "x-line-accepted-request-id": "first"}
    result = read_send(409, headers, b'{"sentMessages":[{"id":"7"}]}', is_reply=False)
    assert (result.outcome, result.request_id, result.message_ids) == (SendOutcome.SENT, "first", ("7",))


def test_409_means_nothing_good_for_a_reply_which_has_no_retry_key() -> None:
    assert read_send(409, {}, b"{}", is_reply=True).outcome is SendOutcome.REFUSED


@pytest.mark.parametrize("words", ["Invalid reply token", "invalid reply token."])
def test_a_used_or_expired_token_is_gone(words: str) -> None:
    body = orjson.dumps({"message": words})
    assert read_send(400, {}, body, is_reply=True).outcome is SendOutcome.TOKEN_GONE
    assert read_send(400, {}, body, is_reply=False).outcome is SendOutcome.REFUSED


def test_a_refusal_keeps_lines_words_and_the_property() -> None:
    body = orjson.dumps(
        {
            "message": "The request body has 1 error(s)",
            "details": [{"message": "May not be empty", "property": "messages[0].text"}, "odd"],
        }
    )
    result = read_send(400, {}, body, is_reply=True)
    assert result.outcome is SendOutcome.REFUSED
    assert result.problem == "The request body has 1 error(s); messages[0].text: May not be empty"


@given(ODD_BODIES)
def test_problem_words_are_bounded_and_never_fail(body: bytes) -> None:
    assert len(problem_words(read_json(body))) <= LONGEST_PROBLEM


@pytest.mark.parametrize(
    ("quota", "recipients", "problem", "gone"),
    [
        (Quota(None, 9_999), 1, "You have reached your monthly limit.", False),
        (Quota(300, 299), 1, "", False),
        (Quota(300, 300), 1, "The API rate limit has been exceeded.", True),
        (Quota(300, 200), 101, "", True),
        (None, 1, "You have reached your monthly limit.", True),
        (None, 1, "The API rate limit has been exceeded. Try again later.", False),
    ],
)
def test_numbers_tell_a_spent_quota_from_haste_and_words_only_without_them(
    quota: Quota | None, recipients: int, problem: str, gone: bool
) -> None:
    assert is_quota_gone(quota, recipients, problem) is gone


@pytest.mark.parametrize(
    ("limit", "used", "expected"),
    [
        ({"type": "limited", "value": 300}, {"totalUsage": 12}, Quota(300, 12)),
        ({"type": "none"}, {"totalUsage": 12}, Quota(None, 12)),
        ({"type": "limited"}, {"totalUsage": 12}, None),
        ({"type": "none"}, {}, None),
    ],
)
def test_quota_is_read_or_unknown(limit: dict[str, object], used: dict[str, object], expected: Quota | None) -> None:
    assert read_quota(limit, used) == expected
