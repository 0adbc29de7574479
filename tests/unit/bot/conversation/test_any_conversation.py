"""Whatever people do, in whatever order: no step raises, what is stored is valid, and JSON between turns loses nothing.

Every turn is taken twice and compared, rendered and held against LINE's limits, and its state and answers go through
JSON (tests.support.pure_chat); what is stored must keep the form's rules (tests.support.pure_town).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.conversation.household_effects import SummariseBurst
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.report.tapping.table import TAPS
from bot.conversation.state import State
from tests.support.pure_chat import PureChat, somebody
from tests.support.pure_loei import DISTRICT, OPENS, PROVINCE, QUOTED, VILLAGE
from tests.support.pure_town import PureTown
from tests.unit.bot.conversation.words import ANSWERS, COMMANDS, EDITS, ELSEWHERE, NUMBERS, ROUND

pytestmark = pytest.mark.timeout(300)
"""Finding the shortest conversation that fails takes its time on a busy machine."""
BUDGET = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.one_of(st.sampled_from([*COMMANDS, *ANSWERS, *NUMBERS, *EDITS, *ELSEWHERE]), st.text(max_size=40))
HOSTILE = st.dictionaries(
    st.sampled_from(["do", "o", "s", "q", "v", "r", "box", "id", "area", "no", "n", "p", "x", "a", "c", "k", "v"]),
    st.one_of(
        st.sampled_from(
            [*TAPS, "begin", "start", "approve", "decline", "house", "village", "case", "join_yes", "join_district"]
        ),
        st.sampled_from(
            ["1", "2", "3", "99", "-1", "0", "", "x" * 300, "t3_status", "t3_hh_checked", "review", "done"]
        ),
        st.text(max_size=8),
    ),
    max_size=6,
)
OTHER_KINDS = st.sampled_from([Kind.PHOTO, Kind.STICKER, Kind.OTHER_MESSAGE, Kind.FOLLOW, Kind.UNFOLLOW, Kind.SILENT])
QUIET = {Kind.UNFOLLOW, Kind.SILENT}


class AnyConversation(RuleBasedStateMachine):
    """Two people of one district who take turns as it pleases them."""

    town: PureTown
    chats: list[PureChat]

    @initialize(ahead=st.integers(0, len(ROUND)))
    def begin(self, ahead: int) -> None:
        """Somewhere in a report: most of what can go wrong is not at its beginning."""
        self.town = PureTown()
        self.chats = [PureChat(self.town), PureChat(self.town, somebody("deputy", number=2))]
        for words in ROUND[:ahead]:
            self.chats[0].say(words)

    def _take(self, who: int, said: Incoming) -> None:
        turn = self.chats[who].take(said)
        assert turn.bubbles or said.kind in QUIET, "no answer"

    @rule(who=st.integers(0, 1), words=WORDS)
    def say(self, who: int, words: str) -> None:
        self._take(who, Incoming(Kind.TEXT, text=words))

    @rule(who=st.integers(0, 1), place=st.integers(0, 30))
    def tap_what_is_shown(self, who: int, place: int) -> None:
        shown = self.chats[who].shown
        if shown:
            assert self.chats[who].touch(shown[place % len(shown)]).bubbles

    @rule(who=st.integers(0, 1), place=st.integers(0, 500))
    def tap_an_old_button(self, who: int, place: int) -> None:
        """Also one that a colleague has seen: phones are lent, and messages forwarded."""
        seen = [button for chat in self.chats for button in chat.seen]
        if seen:
            assert self.chats[who].touch(seen[place % len(seen)]).bubbles

    @rule(who=st.integers(0, 1), data=HOSTILE, date=st.none() | st.dates())
    def tap_what_nobody_made(self, who: int, data: dict[str, str], date: dt.date | None) -> None:
        self._take(who, Incoming(Kind.TAP, tap=data, date=date))

    @rule(who=st.integers(0, 1), kind=OTHER_KINDS, what=st.sampled_from(["audio", "video", "location", "file", ""]))
    def send_something(self, who: int, kind: Kind, what: str) -> None:
        self._take(who, Incoming(kind, what=what))

    @rule(who=st.integers(0, 1), words=WORDS, late=st.booleans())
    def say_what_comes_late_or_is_masked(self, who: int, words: str, *, late: bool) -> None:
        self._take(who, Incoming(Kind.TEXT, text=words, late=late, masked=not late))

    @rule(who=st.integers(0, 1), words=WORDS, quoted=st.sampled_from([QUOTED, "unknown"]))
    def say_about_a_quoted_message(self, who: int, words: str, quoted: str) -> None:
        self._take(who, Incoming(Kind.TEXT, text=words, quoted_message_id=quoted))

    @rule(who=st.integers(0, 1), done=st.integers(0, len(ROUND) - 1))
    def go_on_with_the_round(self, who: int, done: int) -> None:
        """Answer the rest as ROUND does, from wherever the chat stands."""
        for words in ROUND[done:]:
            self.chats[who].say(words)

    @rule(hours=st.sampled_from([1, 24, 7 * 24]))
    def wait(self, hours: int) -> None:
        self.town.now = min(self.town.now + dt.timedelta(hours=hours), OPENS[3] + dt.timedelta(days=30))

    @invariant()
    def what_was_sent_stays(self) -> None:
        """Reports are versions: none is ever changed or taken away."""
        sent = {number: list(versions) for number, versions in self.town.reports.items()}
        before = getattr(self, "_sent", {})
        assert all(sent[number][: len(versions)] == versions for number, versions in before.items())
        self._sent = sent


class AnyOtherRole(RuleBasedStateMachine):
    """Guests, leaders, staff, and states that an older or a newer version of the service may have left behind."""

    chat: PureChat

    @initialize(role=st.sampled_from(["guest", "leader", "staff", "head", "officer"]))
    def begin(self, role: str) -> None:
        area = {"leader": VILLAGE, "staff": PROVINCE}.get(role, DISTRICT)
        self.chat = PureChat(PureTown(), None if role == "guest" else somebody(role, area))

    @rule(words=WORDS)
    def say(self, words: str) -> None:
        assert self.chat.say(words).bubbles

    @rule(place=st.integers(0, 100))
    def tap(self, place: int) -> None:
        if self.chat.seen:
            assert self.chat.touch(self.chat.seen[place % len(self.chat.seen)]).bubbles

    @rule(data=HOSTILE)
    def tap_what_nobody_made(self, data: dict[str, str]) -> None:
        assert self.chat.tap(data).bubbles

    @rule(kind=OTHER_KINDS)
    def send_something(self, kind: Kind) -> None:
        turn = self.chat.take(Incoming(kind))
        assert turn.bubbles or kind in QUIET or SummariseBurst() in turn.effects

    @rule(flow=st.sampled_from(["idle", "report", "choose", "menu", "broadcast", "gone"]), step=st.text(max_size=5))
    def wake_up_elsewhere(self, flow: str, step: str) -> None:
        data: dict[str, dict[str, Any]] = {
            "report": {"o": 1, "step": step},
            "menu": {"under": State().to_json()},
            "choose": {"among": [1, 9]},
            "broadcast": {"step": step, "key": "1-1"},
        }
        self.chat.state = State(flow, data.get(flow, {}))


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = BUDGET
TestAnyOtherRole = AnyOtherRole.TestCase
TestAnyOtherRole.settings = BUDGET
