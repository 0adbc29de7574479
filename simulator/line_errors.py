"""LINE's error answers: {"message": ..., "details": [{"message", "property"}]} with a status."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INVALID_REPLY_TOKEN = "Invalid reply token"  # noqa: S105 - LINE's error text
INVALID_READ_TOKEN = "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook."  # noqa: S105 - LINE's error text
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
UNAUTHORIZED = (
    "Authentication failed due to the following reason: invalid token."
    " Confirm that the access token in the authorization header is valid."
)
NO_CHANNEL_KEY = "Cannot find channel key that satisfies the conditions"
FAILED_TO_SEND = "Failed to send messages"
NOT_FOUND = "Not found"
NOT_AVAILABLE = "Access to this API is not available for your account"
ALREADY_ACCEPTED = "The retry key is already accepted"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request body. `property` is a path such as messages[0].contents.body."""

    message: str
    property: str


@dataclass(slots=True)
class LineError(Exception):
    """An answer other than 2xx."""

    status: int
    message: str
    problems: tuple[Problem, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"message": self.message, **self.extra}
        if self.problems:
            answer["details"] = [{"message": each.message, "property": each.property} for each in self.problems]
        return answer


class TokenError(LineError):
    """400 of the calls about access tokens, whose errors have the form of OAuth."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(400, description, extra={"error": error})

    def body(self) -> dict[str, Any]:
        return {**self.extra, "error_description": self.message}


def invalid_body(problems: list[Problem]) -> LineError:
    """400 with everything found wrong in the body."""
    return LineError(400, f"The request body has {len(problems)} error(s)", tuple(problems))
