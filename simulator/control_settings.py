"""What can be changed about the platform while it runs, each setting with the values it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app

from simulator.assertions import check_key
from simulator.line_gate import endpoint_names

if TYPE_CHECKING:
    from simulator.world import World

MOST = {
    "latency_ms": 60_000,
    "reply_token_seconds": 3600,
    "quota_limit": 10**9,
    "quota_used": 10**9,
    "quota_reserved": 10**9,
    "one_user_per_minute": 10**6,
}
"""Settings that are whole numbers, with the highest."""
MAY_BE_NULL = ("quota_limit", "one_user_per_minute")
"""Of those: null means no limit."""


def change_settings(world: World, changes: dict[str, Any]) -> None:
    """Raises ValueError for an unknown or wrong setting, before anything is changed."""
    for name, value in changes.items():
        if name == "redelivery":
            if not isinstance(value, bool):
                raise ValueError("redelivery must be true or false")
        elif name == "assertion_key":
            if value is not None:
                check_key(value)
        elif name == "rate_limits":
            _check_rates(value)
        elif name not in MOST:
            raise ValueError(f"unknown setting: {name}")
        elif not (value is None and name in MAY_BE_NULL) and not _whole(value, MOST[name]):
            raise ValueError(f"{name} must be a whole number from 0 to {MOST[name]}")
    world.clock.refresh()  # the quota is of the civil month
    for name, value in changes.items():
        _apply(world, name, value)


def _check_rates(value: Any) -> None:
    if not isinstance(value, dict):
        raise ValueError("rate_limits must be an object of endpoint: calls a second")  # noqa: TRY004 - wrong input
    known = endpoint_names(current_app.url_map)
    for name, calls in value.items():
        if name not in known:
            raise ValueError(f"no endpoint {name}; there are {', '.join(sorted(known))}")
        if calls is not None and not _whole(calls, 10**6):
            raise ValueError(f"the rate of {name} must be a whole number or null")


def _apply(world: World, name: str, value: Any) -> None:
    match name:
        case "redelivery":
            world.outbound.redelivery = value
        case "assertion_key":
            world.assertion_key = value
        case "rate_limits":
            world.rates.change(value)
        case "one_user_per_minute":
            world.rates.one_user_per_minute = value
        case "latency_ms":
            world.latency_ms = value
        case "reply_token_seconds":
            world.tokens.seconds = value
        case "quota_limit":
            world.ledger.set_limit(value)
        case "quota_used":
            world.ledger.set_used(value)
        case "quota_reserved":
            world.ledger.set_reserved(value)


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
