"""What is said when somebody else changed a campaign while a page of it stood open: who did what, and what to do."""

from __future__ import annotations

from bot.messages.bubbles import Text, Value
from bot.messages.formats import BANGKOK
from handlers.desk.frame import Frame
from services.campaigns.last_change import last_change


def meanwhile(frame: Frame, slug: str) -> str:
    """A sentence for the page on which what was typed still stands."""
    words = frame.words
    with frame.runtime.sessions() as session:
        last = last_change(session, slug)
    if last is None:
        return words.say(Text("desk.meanwhile.unknown"))
    local = last.at.astimezone(BANGKOK)
    did = f"desk.audit.did.{last.action.replace(' ', '_')}"
    other = Text("desk.audit.other", {"action": last.action})
    values: dict[str, Value] = {
        "name": last.name or Text("desk.meanwhile.service"),
        "did": Text(did) if did in words else other,
        "moment": Text("desk.moment", {"day": local.date(), "time": local}),
    }
    return words.say(Text("desk.meanwhile.changed", values))
