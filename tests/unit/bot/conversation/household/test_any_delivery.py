"""Ten photos and ten numbers end all right or asked about, in two bubbles, in whatever order and pieces they arrive.

A world without a database: what a leader's phone sent reaches the core as the service would hand it over.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from bot.conversation import effects as do
from bot.conversation import facts as ask
from bot.conversation import household_effects as of_house
from bot.conversation.facts import Facts, PersonFacts, RoleFacts
from bot.conversation.household.checks import HouseCheck
from bot.conversation.household.facts import ChecksOf, VillageChecks
from bot.conversation.household.house_facts import (
    HouseFacts,
    HousePhoto,
    HousesOf,
    LastPhoto,
    PhotosWithoutHouse,
    QuotedHouse,
    SentPhotos,
    WaitingPhoto,
)
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.state import State
from bot.conversation.step import step
from bot.messages.bubbles import Bubble, Text
from services.chat.turns import HELD_UP_MS
from tests.support.pure_loei import VILLAGE, catalogue, reader

HOUSES = ("12", "12/1", "14", "15", "15/2", "16", "18", "19", "20", "21")
NOON = dt.datetime(2021, 6, 7, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
QUESTIONS = ("which", "ask_house", "unknown_photo", "pairs", "no_photo", "number_first")


@dataclass(frozen=True)
class Sent:
    """What the phone sent: a photo (of the house at `place`), or that house's number."""

    id: str
    at: int
    """Milliseconds after noon."""
    place: int
    photo: bool
    twin: str = ""
    """Of a photo that was sent a second time: the first one's id."""

    def incoming(self, *, late: bool, more: bool) -> Incoming:
        sent_at = NOON + dt.timedelta(milliseconds=self.at)
        kind, words = (Kind.PHOTO, "") if self.photo else (Kind.TEXT, HOUSES[self.place])
        return Incoming(kind, text=words, message_id=self.id, sent_at=sent_at, late=late, more=more)


@dataclass
class World:
    bound: dict[str, str] = field(default_factory=dict)
    """Photo to house, "" while that is not known."""
    sent: dict[str, Sent] = field(default_factory=dict)
    signing: str = ""
    said: list[Bubble] = field(default_factory=list)
    state: Mapping[str, Any] = field(default_factory=dict)

    def take(self, said: Incoming) -> None:
        role = RoleFacts("leader", VILLAGE)
        facts = Facts(NOON, catalogue("th"), reader(), 1, {}, PersonFacts(1, "บุญมี", (role,)), known_account=True)
        while True:
            try:
                turn = step(State.from_json(json.loads(json.dumps(self.state))), said, facts)
                break
            except ask.Missing as missing:
                facts = Facts(
                    NOON,
                    facts.catalogue,
                    facts.reader,
                    1,
                    {},
                    facts.person,
                    known_account=True,
                    found={**facts.found, missing.query: self.find(missing.query)},
                )
        for effect in turn.effects:
            self.apply(effect)
        self.state = turn.state.to_json()
        self.said += turn.bubbles

    def find(self, query: ask.Query[Any]) -> Any:
        houses = frozenset(HOUSES)
        match query:
            case HousesOf():
                left = tuple(house for house in HOUSES if house not in self.bound.values())
                return HouseFacts(VILLAGE, 10, 10 - len(left), 0, left[:6], left, houses, HOUSES)
            case ChecksOf():
                return VillageChecks((), tuple(HouseCheck(house) for house in HOUSES), self.signing)
            case UnsignedOf():
                return ()
            case PhotosWithoutHouse():
                return tuple(self._waiting(photo) for photo in self._in_order() if not self._house(photo))
            case SentPhotos(ids):
                firsts = dict.fromkeys(self.sent[photo].twin or photo for photo in self._in_order() if photo in ids)
                return tuple(HousePhoto(photo, self._moment(photo), self._house(photo)) for photo in firsts)
            case QuotedHouse() | LastPhoto():
                return None
        raise AssertionError(query)

    def _in_order(self) -> list[str]:
        return sorted((photo for photo in self.bound), key=lambda photo: self.sent[photo].at)

    def _house(self, photo: str) -> str:
        """Of a photo or of its twin: the same bytes show the same house."""
        first = self.sent[photo].twin or photo
        same = [each for each in self.bound if first in (each, self.sent[each].twin)]
        return next((self.bound[each] for each in same if self.bound[each]), "")

    def _moment(self, photo: str) -> dt.datetime:
        return NOON + dt.timedelta(milliseconds=self.sent[photo].at)

    def _waiting(self, photo: str) -> WaitingPhoto:
        return WaitingPhoto(1, self._moment(photo), photo)

    def apply(self, effect: do.Effect) -> None:
        match effect:
            case of_house.KeepPhoto(message_id):
                self.bound.setdefault(message_id, "")
            case of_house.BindPhoto(message_id, _village, house):
                if message_id in self.bound:
                    self.bound[message_id] = house
            case of_house.ChooseSigning(way):
                self.signing = way
            case of_house.SummariseBurst():
                pass
            case _:
                raise AssertionError(effect)


def delivered(batches: list[list[Sent]]) -> World:
    """Each batch comes in one call, a moment after the other and after all has been sent; then nothing for a while."""
    world, newest = World(), -1
    now = max(each.at for batch in batches for each in batch) + 500
    for batch in batches:
        pending = sorted(batch, key=lambda each: each.at)
        for place, each in enumerate(pending):
            world.sent[each.id] = each
            more = place + 1 < len(pending) or now - each.at > HELD_UP_MS
            world.take(each.incoming(late=each.at < newest, more=more))
            newest = max(newest, each.at)
    world.take(Incoming(Kind.QUIET))
    return world


def all_right_or_asked(world: World) -> None:
    wrong = {photo: house for photo, house in world.bound.items() if house not in ("", HOUSES[world.sent[photo].place])}
    assert wrong == {}
    assert len(world.said) <= 2, [bubble.lines for bubble in world.said]
    if "" in {world._house(photo) for photo in world.bound}:
        keys = [line.key for line in world.said[-1].lines if isinstance(line, Text)]
        assert any(word in key for key in keys for word in QUESTIONS), keys
    event(f"{sum(bool(house) for house in world.bound.values())} bound")


gaps = st.lists(st.sampled_from([300, 900, 3_000, 4_500, 20_000, 110_000, 400_000]), min_size=10, max_size=10)


@st.composite
def spoken(draw: st.DrawFn) -> list[Sent]:
    """By turns, all photos first, or all numbers first; some photos twice."""
    way = draw(st.sampled_from(["photo, number", "number, photo", "photos, then numbers", "numbers, then photos"]))
    between, reply = draw(gaps), draw(st.sampled_from([200, 2_000, 6_000, 50_000]))
    messages, at = [], 0
    if "then" in way:
        for photo in (way.startswith("photos"), not way.startswith("photos")):
            for place in range(10):
                messages.append(Sent(f"{'p' if photo else 'n'}{place}", at, place, photo))
                at += min(between[place], 5_000)
    else:
        first = way.startswith("photo")
        for place in range(10):
            messages += [Sent(f"{'p' if first else 'n'}{place}", at, place, first)]
            messages += [Sent(f"{'n' if first else 'p'}{place}", at + reply, place, not first)]
            at += reply + between[place] + 1
    return messages


@settings(max_examples=60, deadline=None)
@given(spoken(), st.data())
def test_ten_photos_and_ten_numbers_in_any_order_and_pieces(messages: list[Sent], data: st.DataObject) -> None:
    order = data.draw(st.permutations(messages))
    cuts = sorted(data.draw(st.sets(st.integers(1, 19), max_size=19)))
    batches = [order[start:end] for start, end in zip([0, *cuts], [*cuts, 20], strict=True)]
    all_right_or_asked(delivered([batch for batch in batches if batch]))


@settings(max_examples=40, deadline=None)
@given(spoken(), st.data())
def test_photos_that_were_sent_twice_make_nothing_wrong(messages: list[Sent], data: st.DataObject) -> None:
    photos = [each for each in messages if each.photo]
    doubled = data.draw(st.lists(st.sampled_from(photos), unique_by=lambda each: each.id, max_size=5))
    again = [Sent(f"{each.id}b", each.at + 150, each.place, photo=True, twin=each.id) for each in doubled]
    order = data.draw(st.permutations([*messages, *again]))
    size = data.draw(st.integers(1, len(order)))
    all_right_or_asked(delivered([order[start : start + size] for start in range(0, len(order), size)]))
