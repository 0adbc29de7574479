"""The card's button for the draft on the official form, as a picture."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.conversation.say import tap
from bot.messages.bubbles import Button

SEEN_BY = ("officer", "deputy", "head", "staff", "admin")
"""Leaders are sent no pictures: theirs are the dear and slow lines."""


def offered(context: Context) -> tuple[Button, ...]:
    """ดูแบบที่กรอก, for whom it is meant."""
    person = context.facts.person
    if person is None or not person.holds(*SEEN_BY):
        return ()
    return (tap("report.button.see_picture", "picture", o=context.report.obligation.id),)
