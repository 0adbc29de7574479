"""What is neither words nor a tap: photos, stickers, and what nothing can be done with."""

from __future__ import annotations

from bot.conversation import join, menu
from bot.conversation.facts import Facts
from bot.conversation.household import case_waiting
from bot.conversation.household import photos as house_photos
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering import photos, sent
from bot.conversation.report.answering.explain import need
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.conversation.where import example_answer, open_question
from bot.messages.bubbles import Value

_NAMED_KINDS = frozenset({"audio", "video", "location"})


def photo(state: State, said: Incoming, facts: Facts) -> Turn:
    under = menu.under(state)
    if facts.person is None:
        if facts.waiting is not None and facts.waiting.role == "leader":
            return house_photos.photo_while_waiting(under, said, facts)
        return join.guest(under, said, facts)
    context = flow.open_context(under, facts) if under.flow == "report" else None
    if context is not None:
        return sent.sent(under, said, context) or photos.photo(under, said, context)
    return case_waiting.again(house_photos.photo(under, said, facts), facts)


def sticker(state: State, said: Incoming, facts: Facts) -> Turn:
    under = menu.under(state)
    if facts.person is None and under.flow not in join.STEPS:
        return join.guest(under, said, facts)
    return Turn(under, (sentence("general.thanks"), *(open_question(under, facts) or begin.offers(facts))))


def unsupported(state: State, said: Incoming, facts: Facts) -> Turn:
    """Voice, video, a file, a place: what it was, and what is wanted instead."""
    under = menu.under(state)
    if facts.person is None and under.flow not in join.STEPS:
        return join.guest(under, said, facts)
    context = flow.open_context(under, facts) if under.flow == "report" else None
    step = flow.step_of(under, context) if context is not None else None
    if context is None or step is None:
        first = sentence("general.unsupported.idle", command("button.menu"), example=example_answer(under, facts))
        return Turn(under, (first, *open_question(under, facts)))
    answered = sent.sent(under, said, context)
    if answered is not None:
        return answered
    asked = flow.asked_of(under, context, step)
    words: dict[str, Value] = {"need": need(context, asked), "example": example_answer(under, facts)}
    kind = said.what if said.what in _NAMED_KINDS else "other"
    return Turn(under, (sentence(f"general.unsupported.{kind}", **words), *open_question(under, facts)))
