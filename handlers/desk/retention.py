"""ตั้งค่า, retention: what is kept how long, what the next purge would remove, and what the last one did."""

from __future__ import annotations

from flask import Blueprint, Response, request

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.retention.shown import kept, last_purge


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_retention", __name__, url_prefix="/desk/settings/retention", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def shown() -> Response:
        """Counting goes through whole tables, so it is done when it is asked for."""
        purge = frame.runtime.purge
        own = [span for span in purge.spans() if frame.visitor.scope.sees(span.province)]
        counted = purge.look() if request.args.get("count") == "yes" else None
        with frame.runtime.sessions() as session:
            last = last_purge(session)
        return frame.page(
            "retention.html",
            Text("desk.retention.title"),
            "settings",
            campaigns=[(span, kept(span)) for span in own],
            counted=counted,
            last=last,
            day=lambda date: frame.words.say(Text("desk.retention.day", {"day": date})),
        )

    return pages
