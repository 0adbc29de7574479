"""The rooms of ตั้งค่า, in the order in which its first page lists them: a new one is a line here and two texts."""

from __future__ import annotations

from dataclasses import dataclass

from models.people import STAFF_ROLES
from services.desk.sessions import DESK_ROLES


@dataclass(frozen=True, slots=True)
class Room:
    key: str
    """Its texts: desk.rooms.KEY.title, what it is called, and desk.rooms.KEY.about, what one does there."""
    endpoint: str
    """Of its first page."""
    roles: tuple[str, ...]
    """Who is shown it; the page itself declares the same (handlers.doors)."""


ROOMS = (
    Room("people", "desk_people.everybody", DESK_ROLES),
    Room("requests", "desk_requests.waiting", DESK_ROLES),
    Room("tokens", "desk_tokens.listed", STAFF_ROLES),
    Room("webhooks", "desk_webhooks.every", STAFF_ROLES),
    Room("campaigns", "desk_campaigns.index", STAFF_ROLES),
    Room("register", "desk_register.listed", STAFF_ROLES),
    Room("signs", "desk_sheets.choose", DESK_ROLES),
    Room("devices", "desk_settings.devices", DESK_ROLES),
    Room("retention", "desk_retention.shown", STAFF_ROLES),
    Room("system", "desk_system.lines", STAFF_ROLES),
    Room("audit", "desk_audit.listed", STAFF_ROLES),
    Room("looks", "desk_settings.trail", STAFF_ROLES),
)
