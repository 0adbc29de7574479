"""Holding a chat in process: events go in as LINE's webhook would bring them, replies come back as people see them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from bot.runtime import Runtime
from models.chat import InboxEvent
from models.people import LineAccount, Membership, Person
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.chat import intake
from services.groups.intake import Calls
from services.rich_menus.sync import RichMenus
from simulator.limits import check_messages
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.settings import settings as settings_in

LOEI = Path(__file__).parents[2] / "campaigns" / "loei_2564"
BOT = "U" + "b" * 32
"""The account's own user id."""
MONDAY = dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)
_numbers = itertools.count(1)


@dataclass
class StoppedClock:
    """Civil time stands where the test puts it; mechanical time too, unless it is moved."""

    civil: dt.datetime = MONDAY
    mechanical: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def now(self) -> dt.datetime:
        return self.civil

    def real(self) -> dt.datetime:
        return self.mechanical

    def pass_seconds(self, seconds: float) -> None:
        self.mechanical += dt.timedelta(seconds=seconds)


@dataclass(frozen=True)
class TestRuntime(Runtime):
    __test__ = False
    stopped: StoppedClock = field(default_factory=StoppedClock)

    @cached_property
    def clock(self) -> StoppedClock:
        return self.stopped

    @cached_property
    def rich_menus(self) -> RichMenus:
        """Without drawing: eight pictures take seconds."""
        return replace(super().rich_menus, draw=lambda menu: f"picture of {menu}".encode())


@dataclass
class Town:
    """A loaded campaign with people, and the doors to the outside replaced."""

    runtime: TestRuntime
    line: FakeLine
    media: FakeMedia
    queue: FakeQueue
    clock: StoppedClock

    def person(self, name: str, role: str, area: str, language: str = "th") -> Phone:
        """Somebody who has joined."""
        user_id = f"U{next(_numbers):032x}"
        now = self.clock.now()
        with self.runtime.sessions() as session, session.begin():
            who = Person(name=name, privacy_version=1, privacy_at=now, created_at=now)
            session.add(who)
            session.flush()
            account = LineAccount(
                channel_id=1,
                line_user_id=user_id,
                person_id=who.id,
                language=language,
                created_at=now,
                profile_at=self.clock.real() + dt.timedelta(days=365),
            )
            session.add(account)
            session.add(Membership(person_id=who.id, role=role, area_code=area, since=now))
        return Phone(self, user_id)

    def stranger(self) -> Phone:
        return Phone(self, f"U{next(_numbers):032x}")

    def work(self) -> None:
        """Let the workers do what has been rung for, and what that rings for."""
        while self.queue.rung:
            job, subject = self.queue.rung.pop(0)
            self.runtime.work[job](subject)


@dataclass
class Phone:
    """One person's phone: says, taps, sends; `screen` is the last reply as visible text."""

    town: Town
    user_id: str
    heard: list[dict[str, Any]] = field(default_factory=list)
    typed: int = 0
    turns: int = 0

    def say(self, words: str, *, quoting: str | None = None) -> str:
        """Type a text; `quoting` is the id of the message that it replies to."""
        self.typed += len(words)
        quoted = {"quotedMessageId": quoting} if quoting else {}
        return self.send({"type": "message", "message": {"type": "text", "text": words, "quoteToken": "q", **quoted}})

    def bubble(self) -> str:
        """The id of the newest bubble of ours on this phone, right after it came."""
        return self.town.line.last_ids[-1]

    def tap(self, label: str) -> str:
        """Tap the newest button whose label contains `label`."""
        action = next(item for item in self.buttons()[::-1] if label in item["label"])
        if action["type"] == "message":
            return self.say_silently(action["text"])
        return self.postback(action["data"])

    def press(self, label: str) -> str:
        """Tap the newest button with exactly this label, as a thumb would."""
        return self.touch(next(item for item in self.buttons()[::-1] if item["label"] == label))

    def touch(self, action: dict[str, Any]) -> str:
        """Tap a button, also one that was shown long ago."""
        return self.say_silently(action["text"]) if action["type"] == "message" else self.postback(action["data"])

    def pick_date(self, label: str, date: str) -> str:
        action = next(item for item in self.buttons()[::-1] if label in item["label"])
        return self.send({"type": "postback", "postback": {"data": action["data"], "params": {"date": date}}})

    def say_silently(self, words: str) -> str:
        return self.send({"type": "message", "message": {"type": "text", "text": words, "quoteToken": "q"}})

    def postback(self, data: str) -> str:
        return self.send({"type": "postback", "postback": {"data": data}})

    def photo(self) -> str:
        return self.send({"type": "message", "message": {"type": "image", "contentProvider": {"type": "line"}}})

    def other(self, kind: str, **content: Any) -> str:
        """A message that is neither text nor photo: sticker, audio, video, file, location."""
        return self.send({"type": "message", "message": {"type": kind, **content}})

    def follow(self) -> str:
        return self.send({"type": "follow", "follow": {"isUnblocked": False}})

    def unfollow(self) -> str:
        return self.send({"type": "unfollow"})

    def event(self, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        number = next(_numbers)
        event = {
            "mode": "active",
            "timestamp": int(self.town.clock.real().timestamp() * 1000) + number,
            "source": {"type": "user", "userId": self.user_id},
            "webhookEventId": f"01{number:024d}",
            "deliveryContext": {"isRedelivery": False},
            "replyToken": f"token{number}",
            **body,
        }
        if "message" in event:
            event["message"] = {"id": f"m{number}", **event["message"]}
        if event["type"] in {"unsend", "unfollow"}:
            del event["replyToken"]
        return event | changes

    def send(self, body: dict[str, Any], **changes: Any) -> str:
        self.turns += 1
        return self.deliver(self.event(body, **changes))

    def deliver(self, *events: dict[str, Any]) -> str:
        """Hand events to the intake and answer them; returns what the phone shows in reply."""
        town = self.town
        before = len(town.line.replies)
        with town.runtime.sessions() as session, session.begin():
            chats = intake.record(session, 1, list(events), town.clock.real(), Calls(town.runtime.reader, BOT))
        for chat in chats:
            town.runtime.dialogue.drain(chat)
        for body in town.line.replies[before:]:
            refused = check_messages(body["messages"])
            assert refused == [], f"LINE would refuse {refused}"
        new = [message for body in town.line.replies[before:] for message in body["messages"]]
        if new:
            self.heard = new
        return screen(new)

    def last_message_id(self) -> str:
        with self.town.runtime.sessions() as session:
            return (
                session.scalars(
                    select(InboxEvent.line_message_id)
                    .where(InboxEvent.line_message_id.is_not(None))
                    .order_by(InboxEvent.id.desc())
                    .limit(1)
                ).one()
                or ""
            )

    def buttons(self) -> list[dict[str, Any]]:
        return [action for message in self.heard for action in actions(message)]

    def labels(self) -> list[str]:
        return [action["label"] for action in self.buttons()]


def actions(part: Any) -> Iterator[dict[str, Any]]:
    """Every action in a message object."""
    if isinstance(part, dict):
        if isinstance(part.get("action"), dict):
            yield part["action"]
        for value in part.values():
            yield from actions(value)
    elif isinstance(part, list):
        for value in part:
            yield from actions(value)


def texts(part: Any) -> Iterator[str]:
    """Every visible text in a message object, without button labels."""
    if isinstance(part, dict):
        if part.get("type") == "text" and isinstance(part.get("text"), str):
            yield part["text"]
        for key, value in part.items():
            if key not in {"action", "altText"}:
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def screen(messages: list[dict[str, Any]]) -> str:
    """What the bubbles show, a line for each text, labels in brackets."""
    lines = []
    for message in messages:
        lines += list(texts(message))
        labels = [f"[{action['label']}]" for action in actions(message)]
        if labels:
            lines.append(" ".join(labels))
    return "\n".join(lines)


def open_town(engine: Engine, *, campaign: Path = LOEI, register: bool = True) -> Town:
    """A town with a loaded campaign; without `register`, nothing is known beforehand."""
    line, media, queue, clock = FakeLine(), FakeMedia(), FakeQueue(), StoppedClock()
    runtime = TestRuntime(
        settings=settings_in(Path("/nonexistent")), engine=engine, line=line, media=media, queue=queue, stopped=clock
    )
    runtime.ensure_channel()
    files = campaign_files.read(campaign)
    if not register:
        files = replace(files, known=[], villages=[], households=[])
    with runtime.sessions() as session, session.begin():
        campaigns.load(session, files, clock.now() - dt.timedelta(days=1))
    return Town(runtime, line, media, queue, clock)
