"""How pages of แจ้งเตือน ask and do what the chat's steps decide (services.broadcasts.by_hand): as the visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import abort

from bot.conversation.facts import Facts
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text
from handlers.desk.frame import Frame
from models.campaign import Campaign
from services.broadcasts.by_hand import Asking, Outcome

ENTRY = "notices"


@dataclass(frozen=True)
class Hand:
    frame: Frame

    @contextmanager
    def asking(self) -> Iterator[tuple[Asking, Campaign]]:
        """What the visitor's province has; without a campaign that lies in their area there is no such page."""
        visitor = self.frame.visitor
        with self.frame.runtime.by_hand.asking(visitor.account_id, self.frame.words.locale) as asking:
            campaign = asking.campaign
            if campaign is None or not visitor.scope.sees(campaign.province_code):
                abort(404)
            yield asking, campaign

    def take(self, step: Callable[[Facts], Turn]) -> Outcome:
        """Let a step decide, and do what it says."""
        with self.asking():
            pass  # whoever may not see the province's notices sends none
        return self.frame.runtime.by_hand.take(self.frame.visitor.account_id, self.frame.words.locale, step)


def lines_of(asking: Asking, bubble: Bubble) -> list[str]:
    """What stands in a bubble, line by line."""
    return [line for words in bubble.lines for line in asking.say(words).split("\n")]


def told(lines: tuple[str, ...]) -> Text:
    """Words that are put together already, as a page's notice."""
    return text("notice.words", words="\n".join(lines))
