"""A photo in the middle of a report: kept, and the person says whether it belongs."""

from __future__ import annotations

from bot.conversation.effects import AttachPhotos
from bot.conversation.household_effects import KeepPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.context import Context
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn


def photo(state: State, said: Incoming, context: Context) -> Turn:
    """E-08: a photo where something else was asked."""
    where: dict[str, str | int] = {"o": context.report.obligation.id}
    ways = (
        tap("general.button.keep_photo", "keep_photo", **where),
        tap("general.button.drop_photo", "drop_photo", **where),
    )
    step = flow.step_of(state, context)
    if step is None:
        shown = sentence("general.photo_at_review", *ways)
    else:
        wanted = example(context, flow.asked_of(state, context, step)) or "12"
        shown = sentence("general.photo_for_number", *ways, example=wanted)
    return Turn(state, (shown,), (KeepPhoto(said.message_id, said.sent_at or context.facts.now),))


def settle_photo(state: State, context: Context, *, keep: bool) -> Turn:
    """Attach or drop the photos that were sent, and ask on where it was left."""
    obligation = context.report.obligation
    key = "general.photo_attached" if keep else "general.photo_dropped"
    shown = sentence(key, round=obligation.called) if keep else sentence(key)
    step = flow.step_of(state, context)
    turn = begin.ask_again(context, step, (shown,)) if step is not None else begin.show(context, (shown,))
    return turn.also(AttachPhotos(obligation.id if keep else None))
