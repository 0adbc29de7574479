"""One step in a group: (state, what was said, facts) -> turn. Pure, like the private chat's, and far quieter.

It answers only who calls it, keeps every figure and name for the private chat, and goes when it is not wanted.
"""

from __future__ import annotations

from bot.conversation.group import link, status
from bot.conversation.group.facts import GroupFacts
from bot.conversation.group.inputs import GroupKind, GroupSaid
from bot.conversation.group.turn import GroupTurn, LeaveGroup, NoteJoined, NoteRemoved
from bot.conversation.say import sentence
from bot.conversation.state import IDLE, State
from bot.messages.bubbles import Value
from bot.reading.group import GroupWish

LEAVING = State("leaving")
"""The goodbye has been said; nothing is answered any more."""
_HINTED = "hinted"


def step(state: State, said: GroupSaid, facts: GroupFacts) -> GroupTurn:
    """Take one turn."""
    if said.kind is GroupKind.JOINED:
        return _joined(facts)
    if said.kind is GroupKind.REMOVED:
        return GroupTurn(IDLE, effects=(NoteRemoved(),))
    if said.kind is not GroupKind.CALLED or state == LEAVING:
        return GroupTurn(state)
    wish = facts.reader.group_wish(said.text)
    return GroupTurn(state) if wish.kind == "thanks" else _called(state, wish, facts)


def _called(state: State, wish: GroupWish, facts: GroupFacts) -> GroupTurn:
    if not facts.allowed:
        return _goodbye("group.goodbye.not_allowed")
    if wish.kind == "leave" and link.may_part(facts):
        return _goodbye("group.goodbye.asked")
    if wish.kind == "link":
        return link.link(state, wish, facts)
    return _unlinked(state, wish, facts) if facts.area is None else _linked(state, wish, facts)


def _joined(facts: GroupFacts) -> GroupTurn:
    if not facts.allowed:
        goodbye = _goodbye("group.goodbye.not_allowed")
        return GroupTurn(goodbye.state, goodbye.bubble, (NoteJoined(), *goodbye.effects))
    return GroupTurn(_hinted(facts), sentence("group.hello"), (NoteJoined(),))


def _goodbye(key: str, **values: Value) -> GroupTurn:
    return GroupTurn(LEAVING, sentence(key, **values), (LeaveGroup(),))


def _unlinked(state: State, wish: GroupWish, facts: GroupFacts) -> GroupTurn:
    """How to link, once a day unless it is asked for; and goodbye when nobody did in time."""
    if facts.overdue:
        return _goodbye("group.goodbye.not_linked", n=facts.days)
    if not wish.kind and state.data.get(_HINTED) == _today(facts):
        return GroupTurn(state)
    return GroupTurn(_hinted(facts), sentence("group.hint", n=facts.days, district=link.example(facts)))


def _hinted(facts: GroupFacts) -> State:
    return State(data={_HINTED: _today(facts)})


def _today(facts: GroupFacts) -> str:
    return facts.now.date().isoformat()


def _linked(state: State, wish: GroupWish, facts: GroupFacts) -> GroupTurn:
    if not wish.kind and state.unclear:
        return GroupTurn(state)  # said once already what can be asked: a group is not to be lectured
    heard = State(state.flow, state.data, unclear=0 if wish.kind else 1)
    return GroupTurn(heard, status.answer(wish, facts))
