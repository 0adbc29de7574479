"""ตั้งค่า, the system: what it needs and whether that is there, as `tidtam doctor` says it, and jobs that are stuck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, url_for

from bot.messages.bubbles import Text, Value
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services import doctor
from services.desk.stuck import Stuck, stuck
from services.doctor import Finding

WAITS = 0.6
"""Seconds that the page gives to all that lies outside; what has not answered by then is shown as such."""
NAMES: Final[Mapping[str, str]] = {
    "console": "LINE Developers",
    "manager": "LINE Official Account Manager",
    "field": "Webhook URL",
    "switch": "Use webhook",
    "again": "Webhook redelivery",
    "queue": "Redis",
}
"""Of other people's programs and of what stands on their pages: the same in every language."""
TYPED: Final[Mapping[tuple[str, str], str]] = {
    ("database", "away"): "DATABASE_URL",
    ("database", "empty"): "alembic upgrade head",
    ("campaigns", "none"): "tidtam campaign load",
    ("staff", "none"): "tidtam invite",
    ("menus", "old"): "tidtam richmenu sync",
    ("queue", "away"): "REDIS_URL",
    ("media", "away"): "MEDIA_URL",
    ("address", "no_https"): "PUBLIC_URL",
    ("webhook", "away"): "LINE_CHANNEL_ACCESS_TOKEN",
}
"""The setting to look at or the command to type, by what a finding is about and says."""
LOOK: Final = "look"
LOOK_AGAIN = 5
"""Seconds after which a page with something unanswered asks once more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words."""

    about: str
    state: str
    """good, bad, waiting, or look: no program can tell, somebody has to look."""
    name: str
    sentence: str
    to_do: str
    """What to do about it; "" where there is nothing to be done."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_system", __name__, url_prefix="/desk/settings/system", template_folder="templates")
    runtime = frame.runtime

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def lines() -> Response:
        shown = _lines(frame)
        with runtime.sessions() as session:
            jobs = stuck(session)
        tag, same = frame.unchanged(shown, jobs)
        if same is not None:
            return same
        return frame.page(
            "system.html",
            Text("desk.system.title"),
            "settings",
            lines=shown,
            bad=sum(line.state == "bad" for line in shown),
            jobs=[(_called(frame, job), job) for job in jobs],
            poll=LOOK_AGAIN if any(line.state == "waiting" for line in shown) else None,
            tag=tag,
        )

    @pages.post("/webhook")
    @opens_to_roles(STAFF_ROLES)
    def try_webhook() -> Response:
        """LINE calls us, which may take fifteen seconds; so it is done when it is asked for."""
        found = doctor.of_webhook(runtime.settings, runtime.line, test=True)
        return frame.done(url_for("desk_system.lines"), _sentence(found))

    return pages


def _lines(frame: Frame) -> tuple[Line, ...]:
    """The doctor's lines in the doctor's order."""
    runtime = frame.runtime
    outside = runtime.probes.ask(WAITS)
    findings: list[tuple[str, Finding | None]] = [
        (found.about, found) for found in doctor.at_hand(runtime.engine, runtime.texts)
    ]
    findings += [(about, outside[about]) for about in ("queue", "media")]
    findings += [("address", doctor.of_address(runtime.settings)), ("webhook", outside["webhook"])]
    findings += [("redelivery", doctor.of_redelivery()), ("quota", outside["quota"])]
    return tuple(_line(frame, about, found) for about, found in findings)


def _line(frame: Frame, about: str, found: Finding | None) -> Line:
    words = frame.words
    name = words.say(Text(f"desk.system.name.{about}"))
    if found is None:
        return Line(about, "waiting", name, words.say(Text("desk.system.no_answer")), "")
    to_do = f"desk.system.do.{about}.{found.said}"
    return Line(
        about,
        LOOK if found.said == LOOK else "good" if found.well else "bad",
        name,
        words.say(_sentence(found)),
        words.say(Text(to_do, _values(found))) if to_do in words else "",
    )


def _sentence(found: Finding) -> Text:
    return Text(f"desk.system.said.{found.about}.{found.said}", _values(found))


def _values(found: Finding) -> dict[str, Value]:
    return {**NAMES, "typed": TYPED.get((found.about, found.said), ""), **found.values}


def _called(frame: Frame, job: Stuck) -> str:
    """What the job does; one that an older or newer version promised has no words here."""
    key = f"desk.system.job.{job.job}"
    return frame.words.say(Text(key)) if key in frame.words else job.job
