"""Who may open each route: declared at the route, kept in one table, enforced before any view runs.

A route that declares nothing is not opened at all, so forgetting it is seen at once rather than by a stranger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, request

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "opens_to"


class Door(StrEnum):
    """Doors that a view guards itself, or that stand open."""

    ANYBODY = "anybody"
    """Says nothing about anybody: health, style sheets."""
    LINE = "line"
    """The body carries LINE's signature."""
    LINK = "link"
    """The address carries a signed, expiring token."""
    DEMONSTRATION = "demonstration"
    """Exists only where the clock is a simulated one."""


@dataclass(frozen=True, slots=True)
class DeskDoor:
    """Opens to somebody who is signed in to the desk with one of these roles; what they see is their area's alone."""

    roles: frozenset[str]
    largest: int = 0
    """Bytes of a form with a file, where one may be handed in; 0: the service's own limit."""


@dataclass(frozen=True, slots=True)
class TokenDoor:
    """Opens to a program that shows a token (services.api.tokens); what it reads is the token's area alone."""

    basic: bool = False
    """The token may come as the password of Basic authentication too: spreadsheets ask for no other."""


Opening = Door | DeskDoor | TokenDoor
Keeper = Callable[[Any], Any]
"""Given the door: lets a visitor in (None) or answers in the view's place."""
_KEEPERS = "keepers of doors"


def opens_to(door: Opening) -> Callable[[View], View]:
    """Declares who may open a route; stands directly above the view's `def`."""

    def declared(view: View) -> View:
        setattr(view, _DECLARED, door)
        return view

    return declared


def opens_to_roles(roles: Iterable[str], largest: int = 0) -> Callable[[View], View]:
    """Declares a page of the desk."""
    return opens_to(DeskDoor(frozenset(roles), largest))


def door_of(app: Flask, endpoint: str) -> Opening | None:
    """What a route has declared; None where it has not. Blueprints' own static files stand open."""
    if endpoint.endswith(".static"):
        return Door.ANYBODY
    found: Opening | None = getattr(app.view_functions[endpoint], _DECLARED, None)
    return found


def keep(app: Flask, kind: type[DeskDoor | TokenDoor], keeper: Keeper) -> None:
    """Who stands at the doors of a kind; without one they stay shut."""
    app.extensions.setdefault(_KEEPERS, {})[kind] = keeper


def enforce(app: Flask) -> None:
    """Ask the table before every request."""

    @app.before_request
    def asked() -> Response | None:
        if request.endpoint is None:
            return None  # no such address: Flask answers
        if "\0" in request.path or "%00" in request.query_string.decode("latin-1"):
            abort(400)  # PostgreSQL takes it in no text
        door = door_of(app, request.endpoint)
        if isinstance(door, Door):
            return None
        keeper: Keeper | None = app.extensions.get(_KEEPERS, {}).get(type(door))
        if keeper is None:
            log.error("route %s declares no door", request.endpoint)
            abort(404)
        answer: Response | None = keeper(door)
        return answer
