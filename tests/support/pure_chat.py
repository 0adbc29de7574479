"""Chatting with the pure core: one person's state, kept as JSON text between any two messages."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from bot.conversation.effects import ChooseLanguage
from bot.conversation.facts import AreaFacts, PersonFacts, RoleFacts
from bot.conversation.inputs import Incoming, Kind, incoming
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import PickDate, PickMoment, PickTime, Quick, Say, Tap
from bot.messages.render import render
from services.chat.turns import step_with
from simulator.limits import check_messages
from tests.support.pure_loei import DISTRICT, catalogue
from tests.support.pure_town import PureTown


def somebody(role: str = "officer", area: AreaFacts = DISTRICT, number: int = 1) -> PersonFacts:
    return PersonFacts(number, "สมใจ ตัวอย่าง", (RoleFacts(role, area),))


@dataclass
class PureChat:
    """`take` is a turn. Raises AssertionError when the same turn taken again would be another one."""

    town: PureTown
    person: PersonFacts | None = field(default_factory=somebody)
    locale: str = "th"
    state: State = IDLE
    shown: tuple[Quick, ...] = ()
    """What can be tapped in the last answer."""
    seen: list[Quick] = field(default_factory=list)
    """What could ever be tapped."""
    messages: int = 0

    def say(self, words: str) -> Turn:
        return self.take(Incoming(Kind.TEXT, text=words))

    def message(self, **message: object) -> Turn:
        """Send what has no words: a picture, a sound, a place."""
        return self.take(incoming({"type": "message", "message": message}, late=False, group=False))

    def touch(self, button: Quick) -> Turn:
        """Tap a button, also one that was shown long ago; the date picker gives the day it opens on."""
        if isinstance(button, Say):
            return self.say(catalogue(self.locale).say(button.says))
        if isinstance(button, PickDate):
            return self.tap(dict(parse_qsl(button.data)), button.initial)
        if isinstance(button, PickTime):
            return self.take(Incoming(Kind.TAP, tap=dict(parse_qsl(button.data)), time=button.initial))
        if isinstance(button, PickMoment):
            return self.take(Incoming(Kind.TAP, tap=dict(parse_qsl(button.data)), moment=button.initial))
        return self.tap(dict(parse_qsl(button.data))) if isinstance(button, Tap) else self.say("เมนู")

    def tap(self, data: dict[str, str], date: dt.date | None = None) -> Turn:
        return self.take(Incoming(Kind.TAP, tap=data, date=date))

    def take(self, said: Incoming) -> Turn:
        self.messages += 1
        said = replace(said, message_id=f"m{self.messages}", sent_at=said.sent_at or self.town.now)
        turn = self._step(said)
        assert turn == self._step(said), "the same turn, taken twice, differs"
        for effect in turn.effects:
            self.town.apply(effect, self.person)
            if isinstance(effect, ChooseLanguage):
                self.locale = effect.language
        self.state = self._kept(turn.state)
        self._show(turn)
        return turn

    def _step(self, said: Incoming) -> Turn:
        facts = self.town.facts(self.person, self.locale)
        return step_with(facts, self.state, said, lambda missing: self.town.find(self.person, missing.query))

    def _kept(self, state: State) -> State:
        if not self.town.serialised:
            return state
        stored = State.from_json(json.loads(json.dumps(state.to_json())))
        assert stored == state, "the state does not survive JSON"
        return stored

    def _show(self, turn: Turn) -> None:
        refused = check_messages(render(turn.bubbles, catalogue(self.locale))) if turn.bubbles else []
        assert refused == [], f"LINE would refuse {refused}"
        self.shown = tuple(button for bubble in turn.bubbles for button in (*bubble.buttons, *bubble.quick))
        self.seen += self.shown
