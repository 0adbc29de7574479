"""Holding a chat in process: events go in as LINE's webhook would bring them, replies come back as people see them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from models.chat import InboxEvent
from models.people import LineAccount, Membership, Person
from models.work import OwedJob
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.chat import intake
from services.groups.intake import Calls
from simulator.limits import check_messages
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.runtime import StoppedClock, TestRuntime
from tests.support.screen import actions, screen
from tests.support.settings import settings as settings_in

LOEI = Path(__file__).parents[2] / "campaigns" / "loei_2564"
BOT = "U" + "b" * 32
"""The account's own user id."""
HUMAN_MS = 6_000
"""From one message of a person to the next."""
_numbers = itertools.count(1)


@dataclass
class Town:
    """A loaded campaign with people, and the doors to the outside replaced."""

    runtime: TestRuntime
    line: FakeLine
    media: FakeMedia
    queue: FakeQueue
    clock: StoppedClock
    made: int = 0
    """Events of all phones so far: people take a few seconds from one message to the next."""

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

    def quiet(self) -> str:
        """Nothing comes for a moment: what is then said of a burst, or ""."""
        town = self.town
        town.clock.pass_seconds(4)
        before = len(town.line.replies)
        with town.runtime.sessions() as session:
            chats = list(session.scalars(select(OwedJob.subject_id).where(OwedJob.job == "burst_summary")))
        for chat in chats:
            town.runtime.work["burst_summary"](chat)
        said = [message for body in town.line.replies[before:] for message in body["messages"]]
        self.heard = said or self.heard
        return screen(said)

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
        self.town.made += 1
        event = {
            "mode": "active",
            "timestamp": int(self.town.clock.real().timestamp() * 1000) + self.town.made * HUMAN_MS,
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
