"""A small client of the control side: what the tests and scripts hold the phones with."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import urllib3

from simulator.group_client import GroupClient
from simulator.phones import Phone
from simulator.transcript import actions

POLL_SECONDS = 0.02
LONGEST_WAIT = 75.0
"""Seconds for an answer: with `wait` the server itself waits up to a minute for the webhook."""
SIGN = "sign it"


class SimulatorError(Exception):
    """The simulator refused. `status` is its HTTP status."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(f"{status}: {problem}")
        self.status = status


class NoButtonError(Exception):
    """There is no such thing to tap; says what there is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One bubble on a phone."""

    seq: int
    message_id: str
    side: str
    """user, bot or system."""
    via: str | None
    """reply, push, multicast or broadcast."""
    at: str
    message: dict[str, Any]
    quick_reply: dict[str, Any] | None
    unsent: bool
    sender: str | None = None
    """User id of who wrote it in a group."""

    @property
    def actions(self) -> list[dict[str, Any]]:
        """Everything that can be tapped in this bubble, quick replies last."""
        return actions(self.message, self.quick_reply)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of something done on a phone. Bubbles that answer it have a later `seq`."""

    seq: int
    webhook_event_id: str
    message_ids: tuple[str, ...]
    delivered: bool | None
    """Whether the bot answered 2xx; None unless the call waited for it."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What all phones saw. See simulator/transcript.py."""

    phones: dict[str, list[dict[str, Any]]]
    billed: int
    replies: int
    pushes: int
    duplicates: int

    def seen(self) -> dict[str, list[dict[str, Any]]]:
        """The chats as people saw them: whether a bubble came as reply or push does not show."""
        return {user: [_without_via(each) for each in chat] for user, chat in self.phones.items()}


class SimulatorClient:
    """Every method raises SimulatorError when refused and urllib3's errors when there is no simulator."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = urllib3.PoolManager(maxsize=8, retries=False)

    def close(self) -> None:
        self._http.clear()

    @property
    def groups(self) -> GroupClient:
        """The group chats."""
        return GroupClient(self._call, _sent)

    def state(self) -> dict[str, Any]:
        return self._call("GET", "/sim/state")

    def phones(self) -> list[Phone]:
        return [Phone(**each) for each in self.state()["phones"]]

    def phone(self, user_id: str) -> Phone:
        """Raises KeyError when there is no such phone."""
        return {phone.user_id: phone for phone in self.phones()}[user_id]

    def add_phone(self, name: str, language: str = "th", role: str = "other") -> Phone:
        """A new phone that has not added the account; `follow` does."""
        return Phone(**self._call("POST", "/sim/phones", {"name": name, "language": language, "role": role}))

    def change_phone(self, user_id: str, **changes: Any) -> Phone:
        """Change name, language, pc or shown."""
        return Phone(**self._call("PATCH", f"/sim/phones/{user_id}", changes))

    def say(self, user_id: str, text: str, *, quoting: str | None = None, wait: bool = False) -> Sent:
        """Type a text. With `wait` the call ends when the bot's webhook has answered."""
        return self._act(user_id, "text", {"text": text, "quoted_message_id": quoting}, wait=wait)

    def sticker(self, user_id: str, *, wait: bool = False) -> Sent:
        return self._act(user_id, "sticker", {}, wait=wait)

    def location(self, user_id: str, *, wait: bool = False, **fields: Any) -> Sent:
        return self._act(user_id, "location", fields, wait=wait)

    def send_event(self, user_id: str, message: dict[str, Any], *, wait: bool = False) -> Sent:
        """Any message object, without id and quoteToken."""
        return self._act(user_id, "event", {"message": message}, wait=wait)

    def photo(self, user_id: str, *photos: bytes, wait: bool = False) -> Sent:
        """JPEG bytes; several make one album."""
        files = [(f"photo{index}.jpg", content) for index, content in enumerate(photos, start=1)]
        return self.upload(user_id, "photo", files, "image/jpeg", wait=wait)

    def upload(
        self, user_id: str, kind: str, files: Sequence[tuple[str, bytes]], content_type: str, *, wait: bool = False
    ) -> Sent:
        """Send files of (name, bytes); `kind` is photo, video, audio or file."""
        fields = [("file", (name, content, content_type)) for name, content in files]
        return self._act(user_id, kind, wait=wait, fields=fields)

    def postback(
        self,
        user_id: str,
        data: str,
        *,
        params: dict[str, str] | None = None,
        shown: str | None = None,
        wait: bool = False,
    ) -> Sent:
        """What LINE sends for a tap, also for one on a button long gone."""
        return self._act(user_id, "postback", {"data": data, "params": params, "display_text": shown}, wait=wait)

    def tap(self, user_id: str, label: str, *, date: str | None = None, wait: bool = False) -> Sent:
        """Tap the newest button with this label. `date` is the value picked where the button opens a picker.

        Raises NoButtonError when no bubble has it, or it opens an address (see `find_button`), or a picker has no date.
        """
        action = self.find_button(user_id, label)
        kind = action["type"]
        if kind == "message":
            return self.say(user_id, action["text"], wait=wait)
        if kind == "postback":
            return self.postback(user_id, action["data"], shown=action.get("displayText"), wait=wait)
        if kind == "datetimepicker" and date is not None:
            return self.postback(user_id, action["data"], params={action["mode"]: date}, wait=wait)
        raise NoButtonError(f"{label} is a button of the kind {kind}; a tap on it alone sends nothing")

    def find_button(self, user_id: str, label: str) -> dict[str, Any]:
        """The action of the newest button with this label. Raises NoButtonError."""
        found = self.buttons(user_id)
        for action in found:
            if action.get("label") == label:
                return action
        raise NoButtonError(f"no button {label}; there are {[each.get('label') for each in found]}")

    def buttons(self, user_id: str) -> list[dict[str, Any]]:
        """All actions that can be tapped now, newest bubble first. Quick replies: on a phone, on the last bubble."""
        bubbles = self.messages(user_id)
        found: list[dict[str, Any]] = []
        for bubble in reversed(bubbles):
            with_quick = bubble is bubbles[-1] and not self.phone(user_id).pc
            found += actions(bubble.message, bubble.quick_reply if with_quick else None)
        return found

    def rich_menu(self, user_id: str) -> dict[str, Any] | None:
        """The menu under this person's chat, as LINE's API describes it; None for none, and on a PC."""
        phone = self.phone(user_id)
        return self._call("GET", f"/sim/rich-menus/{phone.rich_menu}") if phone.rich_menu and not phone.pc else None

    def tap_menu(self, user_id: str, words: str, *, wait: bool = False) -> Sent:
        """Tap the tile of the rich menu that sends `words`. Raises NoButtonError."""
        areas = (self.rich_menu(user_id) or {"areas": []})["areas"]
        sends = [area["action"]["text"] for area in areas if area["action"]["type"] == "message"]
        if words not in sends:
            raise NoButtonError(f"no tile {words}; there are {sends}")
        return self.say(user_id, words, wait=wait)

    def unsend(self, user_id: str, message_id: str, *, wait: bool = False) -> Sent:
        return self._act(user_id, "unsend", {"message_id": message_id}, wait=wait)

    def follow(self, user_id: str, *, wait: bool = False) -> Sent:
        return self._act(user_id, "follow", {}, wait=wait)

    def unfollow(self, user_id: str, *, wait: bool = False) -> Sent:
        return self._act(user_id, "unfollow", {}, wait=wait)

    def messages(self, user_id: str, after_seq: int = 0) -> list[Seen]:
        """Bubbles that are new or changed since `after_seq`, in the order of the chat; of a group by its id."""
        chats = "phones" if user_id.startswith("U") else "groups"
        answer = self._call("GET", f"/sim/{chats}/{user_id}/messages?after={after_seq}")
        return [_seen(each) for each in answer["messages"]]

    def last_seq(self, user_id: str) -> int:
        return self.phone(user_id).last_seq

    def wait_for(
        self,
        user_id: str,
        after_seq: int,
        *,
        count: int = 1,
        until: Callable[[list[Seen]], bool] | None = None,
        timeout: float = 10.0,
    ) -> list[Seen]:
        """The bot's bubbles later than `after_seq`, as soon as there are `count` of them (or `until` says so).

        Raises TimeoutError after `timeout` seconds, telling what was there.
        """
        enough = until or (lambda found: len(found) >= count)
        deadline = time.monotonic() + timeout
        while True:
            found = [each for each in self.messages(user_id, after_seq) if each.side == "bot" and each.seq > after_seq]
            if enough(found):
                return found
            if time.monotonic() > deadline:
                raise TimeoutError(f"{user_id} saw only {[each.message for each in found]}")
            time.sleep(POLL_SECONDS)

    def transcript(self) -> Transcript:
        return Transcript(**self._call("GET", "/sim/transcript"))

    def log(self, after_seq: int = 0) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self._call("GET", f"/sim/log?after={after_seq}")["entries"]
        return entries

    def now(self) -> str:
        """Civil time, ISO."""
        return str(self._call("GET", "/sim/clock")["now"])

    def move_clock(self, to: str) -> str:
        """Jump to `to` (ISO); returns civil time."""
        return str(self._call("POST", "/sim/clock", {"to": to})["now"])

    def settings(self, **changes: Any) -> None:
        """Change any of the settings of simulator/control_settings.py."""
        self._call("POST", "/sim/settings", changes)

    def fault(self, kind: str, *, path: str = "", times: int = 1) -> None:
        """Let the next `times` calls of a kind go wrong; see simulator/faults.py."""
        self._call("POST", "/sim/faults", {"kind": kind, "path": path, "times": times})

    def raw(self, body: str, *, signature: str | None = SIGN, headers: dict[str, str] | None = None) -> int | None:
        """Send anything to the webhook; returns its status. The signature is right unless given; None sends none."""
        given: dict[str, Any] = {"body": body, "headers": headers or {}}
        if signature != SIGN:
            given["signature"] = signature
        status: int | None = self._call("POST", "/sim/raw", given)["status"]
        return status

    def reset(self) -> None:
        self._call("POST", "/sim/reset", {})

    def _act(
        self,
        user_id: str,
        kind: str,
        body: dict[str, Any] | None = None,
        *,
        wait: bool,
        fields: list[tuple[str, tuple[str, bytes, str]]] | None = None,
    ) -> Sent:
        path = f"/sim/phones/{user_id}/{kind}" + ("?wait=1" if wait else "")
        answer = self._call("POST", path, body, fields=fields)
        return _sent(answer)

    def _call(self, method: str, path: str, body: Any = None, *, fields: Any = None) -> dict[str, Any]:
        answer = self._http.request(
            method,
            self.base_url + path,
            timeout=urllib3.Timeout(connect=5.0, read=LONGEST_WAIT),
            **({"fields": fields} if fields is not None else {} if body is None else {"json": body}),
        )
        if answer.status >= 400:  # noqa: PLR2004 - HTTP's first error
            raise SimulatorError(answer.status, answer.data.decode("utf-8", "replace")[:500])
        data: dict[str, Any] = orjson.loads(answer.data)
        return data


def _sent(answer: dict[str, Any]) -> Sent:
    return Sent(answer["seq"], answer["webhook_event_id"], tuple(answer["message_ids"]), answer["delivered"])


def _seen(row: dict[str, Any]) -> Seen:
    return Seen(**{name: row[name] for name in Seen.__slots__})


def _without_via(bubble: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in bubble.items() if name != "via"}
