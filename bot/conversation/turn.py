"""The result of a step: the new state, what to do, what to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation.effects import Effect
from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.state import State
from bot.messages.bubbles import Bubble


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    bubbles: tuple[Bubble, ...] = ()
    effects: tuple[Effect, ...] = ()
    stored: tuple[str, ...] = ()
    """Boxes that this turn stored and reads back: what a quote of it may change."""

    def before(self, *bubbles: Bubble) -> Turn:
        """The same turn with more said first."""
        return replace(self, bubbles=(*bubbles, *self.bubbles))

    def also(self, *effects: Effect) -> Turn:
        return replace(self, effects=(*self.effects, *effects))

    def unclear(self, before: State) -> Turn:
        """The same turn, counted as one that did not understand."""
        return replace(self, state=replace(self.state, unclear=before.unclear + 1))


Flow = Callable[[State, Incoming, Facts], Turn]
