"""Groups as facts, for turns without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from bot.conversation.facts import AreaFacts, PersonFacts, RoleFacts
from bot.conversation.group.facts import GroupFacts, RoundState
from bot.conversation.group.inputs import GroupKind, GroupSaid
from bot.conversation.group.step import step
from bot.conversation.group.turn import GroupEffect
from bot.conversation.state import IDLE, State
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from bot.reading.reader import Reader

BANGKOK = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2021, 6, 16, 10, 0, tzinfo=BANGKOK)
PHU_RUEA = AreaFacts("4207", "district", "อำเภอภูเรือ", "ภูเรือ")
DAN_SAI = AreaFacts("4205", "district", "อำเภอด่านซ้าย", "ด่านซ้าย")
NONG_HIN = AreaFacts("4214", "district", "อำเภอหนองหิน", "หนองหิน")
VILLAGE = AreaFacts("42070605", "village", "หมู่ 5", "บ้านตัวอย่าง")
PROVINCE = AreaFacts("42", "province", "จังหวัดเลย", "เลย")
NAME = "สมใจ ตัวอย่าง"


@cache
def reader() -> Reader:
    return Reader.load()


@cache
def catalogue(locale: str = "th") -> Catalogue:
    return Catalogue.load(locale)


def somebody(role: str, *areas: AreaFacts) -> PersonFacts:
    return PersonFacts(1, NAME, tuple(RoleFacts(role, area) for area in areas))


def due(name: int | Text, day: int, state: str = "open", left: int = 0, *, opened: bool = True) -> RoundState:
    when = dt.datetime(2021, 6, day, 23, 59, 59, tzinfo=BANGKOK)
    return RoundState(name, when, opened, state, left, own=isinstance(name, int))


OFFICER = somebody("officer", PHU_RUEA)
STAFF = somebody("staff", PROVINCE)
JUNE = (due(1, 11, "sent"), due(2, 18, "half", 3), due(3, 25, opened=False))


@dataclass
class GroupChat:
    """`call` is a call of the account; it answers with what is read in the group, '' for silence."""

    area: AreaFacts | None = PHU_RUEA
    person: PersonFacts | None = OFFICER
    rounds: tuple[RoundState, ...] = JUNE
    allowed: bool = True
    overdue: bool = False
    locale: str = "th"
    now: dt.datetime = NOW
    state: State = IDLE
    effects: list[GroupEffect] = field(default_factory=list)

    def call(self, words: str = "") -> str:
        return self.take(GroupSaid(GroupKind.CALLED, words))

    def take(self, said: GroupSaid) -> str:
        facts = GroupFacts(
            now=self.now,
            catalogue=catalogue(self.locale),
            reader=reader(),
            allowed=self.allowed,
            days=3,
            overdue=self.overdue,
            districts=(PHU_RUEA, DAN_SAI, NONG_HIN),
            area=self.area,
            person=self.person,
            rounds=self.rounds if self.area else (),
        )
        turn = step(self.state, said, facts)
        self.state = State.from_json(turn.state.to_json())
        self.effects = list(turn.effects)
        messages = render([turn.bubble], facts.catalogue) if turn.bubble else []
        assert [each["type"] for each in messages] in ([], ["text"])
        return messages[0]["text"] if messages else ""
