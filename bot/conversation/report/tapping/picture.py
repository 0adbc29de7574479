"""ดูแบบที่กรอก: the draft on the official form, as a picture to look at before it is confirmed."""

from __future__ import annotations

from bot.conversation.document_facts import PictureOf
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.context import Context
from bot.conversation.report.sending.picture import offered
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Link, Picture, text

_SECURE = "https://"


def show(state: State, _said: Incoming, context: Context) -> Turn:
    """The picture, and where the person stands again under it; LINE takes pictures from https alone, so without that a
    button opens it."""
    if not offered(context):
        return begin.show(context)
    row_version = context.report.row_version
    if row_version is None:
        return begin.show(context, (sentence("report.picture.nothing"),))
    found = context.facts.ask(PictureOf(context.report.obligation.id, row_version))
    if found is None:
        return Turn(state, (sentence("report.picture.none"),))
    if not found.large.startswith(_SECURE):
        opening = Link(text("report.button.open_picture"), found.large)
        return begin.show(context, (sentence("report.picture.here", opening),))
    return begin.show(context, (Bubble((), picture=Picture(found.large, found.small)),))
