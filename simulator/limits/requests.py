"""Whole request bodies of the sending calls, the loading animation, the webhook address and rich menus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from simulator.limits import rich_menus, table
from simulator.limits.checks import Check, Record, all_of, anything, boolean, items, matches, text
from simulator.limits.messages import MESSAGE
from simulator.line_errors import Problem

Endpoint = Literal[
    "reply",
    "push",
    "multicast",
    "broadcast",
    "narrowcast",
    "validate",
    "loading",
    "mark_as_read",
    "webhook_endpoint",
    "webhook_test",
    "rich_menu",
    "rich_menu_link",
    "rich_menu_unlink",
    "rich_menu_alias",
    "rich_menu_alias_change",
]

CHAT_ID = matches(r"[UCR][0-9a-f]{32}", "a user id, group id or room id")
USER_ID = matches(r"U[0-9a-f]{32}", "a user id")
MESSAGES = items(MESSAGE, 1, table.MESSAGES)
SILENT: Mapping[str, Check] = {"notificationDisabled": boolean}
UNITS: Mapping[str, Check] = {
    "customAggregationUnits": items(matches(r"[A-Za-z0-9_]{1,30}", "a unit name"), 0, table.AGGREGATION_UNITS)
}
WEBHOOK_URL = all_of(text(500), matches(r"(?:https?://\S+)?", "an HTTPS URL (HTTP is fine on this machine)"))


def _loading_seconds(value: Any, path: str, problems: list[Problem]) -> None:
    if isinstance(value, bool) or value not in table.LOADING_SECONDS:
        problems.append(Problem("Must be 5 to 60 in steps of 5", path))


BODIES: Mapping[str, Check] = {
    **rich_menus.BODIES,
    "reply": Record({"replyToken": text(1000), "messages": MESSAGES}, SILENT),
    "push": Record({"to": CHAT_ID, "messages": MESSAGES}, {**SILENT, **UNITS}),
    "multicast": Record({"to": items(USER_ID, 1, table.MULTICAST_TO), "messages": MESSAGES}, {**SILENT, **UNITS}),
    "broadcast": Record({"messages": MESSAGES}, SILENT),
    "narrowcast": Record(
        {"messages": MESSAGES}, {**SILENT, "recipient": anything, "filter": anything, "limit": anything}
    ),
    "validate": Record({"messages": MESSAGES}),
    "loading": Record({"chatId": USER_ID}, {"loadingSeconds": _loading_seconds}),
    "mark_as_read": Record({"markAsReadToken": text(1000)}),
    "webhook_endpoint": Record({"endpoint": WEBHOOK_URL}),
    "webhook_test": Record(optional={"endpoint": WEBHOOK_URL}),
}


def check_request(endpoint: Endpoint, body: Any) -> list[Problem]:
    """Everything that LINE's documentation forbids in the body of this call; empty when it is right."""
    problems: list[Problem] = []
    BODIES[endpoint](body, "", problems)
    return problems


def check_messages(messages: Any) -> list[Problem]:
    """The same for the message objects alone: a list of 1 to 5."""
    problems: list[Problem] = []
    MESSAGES(messages, "messages", problems)
    return problems
