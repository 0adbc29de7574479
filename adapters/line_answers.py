"""Reads what LINE answered. Pure, so that every odd answer can be tried without a network.

LINE's bodies are read tolerantly: a 2xx means that the message went out, whatever the body looks like, because a
retry after it would speak twice to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson

from services.ports import Quota, SendOutcome, SendResult

LONGEST_PROBLEM = 300
"""Characters of LINE's own words that are kept."""
_TOKEN_WORDS = "invalid reply token"  # noqa: S105 - LINE's wording, not a secret
_MONTH_WORDS = "monthly limit"


def read_json(body: bytes) -> dict[str, Any]:
    """Return the object in `body`; empty for anything else."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def message_ids(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids in `sentMessages`, in order; empty where LINE did not say."""
    sent = body.get("sentMessages")
    if not isinstance(sent, list):
        return ()
    return tuple(str(item["id"]) for item in sent if isinstance(item, dict) and item.get("id"))


def problem_words(body: Mapping[str, Any]) -> str:
    """Return LINE's message and the properties that it complains about, at most 300 characters."""
    found = body.get("details")
    details = [detail for detail in found if isinstance(detail, dict)] if isinstance(found, list) else []
    words = [str(body.get("message", ""))]
    words += [f"{detail.get('property', '')}: {detail.get('message', '')}" for detail in details]
    return "; ".join(word for word in words if word)[:LONGEST_PROBLEM]


def read_send(status: int, headers: Mapping[str, str], raw: bytes, *, is_reply: bool) -> SendResult:
    """Say what became of a reply, push or multicast; a 429 comes back as RATE_LIMITED whatever its kind.

    `is_reply` decides what 400 and 409 can mean: a reply has no retry key, a push has no token.
    """
    body = read_json(raw)
    request_id = headers.get("x-line-request-id", "")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return SendResult(SendOutcome.SENT, status, request_id, message_ids(body))
    if status == HTTPStatus.CONFLICT and not is_reply:
        accepted = headers.get("x-line-accepted-request-id", request_id)
        return SendResult(SendOutcome.SENT, status, accepted, message_ids(body))
    problem = problem_words(body)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        outcome = SendOutcome.UNCLEAR
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        outcome = SendOutcome.RATE_LIMITED
    elif status == HTTPStatus.BAD_REQUEST and is_reply and _TOKEN_WORDS in problem.lower():
        outcome = SendOutcome.TOKEN_GONE
    else:
        outcome = SendOutcome.REFUSED
    return SendResult(outcome, status, request_id, (), problem)


def is_quota_gone(quota: Quota | None, recipients: int, problem: str) -> bool:
    """Tell whether a 429 was of the monthly kind.

    LINE's wording is not part of its contract, so the numbers decide where LINE gives them.
    """
    if quota is None:
        return _MONTH_WORDS in problem.lower()
    return quota.limit is not None and quota.used + recipients > quota.limit


def read_quota(limit_body: Mapping[str, Any], used_body: Mapping[str, Any]) -> Quota | None:
    """Read `/quota` ({type: none|limited, value}) and `/quota/consumption` ({totalUsage}); None where they are odd."""
    used, value = used_body.get("totalUsage"), limit_body.get("value")
    if not isinstance(used, int):
        return None
    if limit_body.get("type") == "none":
        return Quota(None, used)
    return Quota(value, used) if isinstance(value, int) else None
