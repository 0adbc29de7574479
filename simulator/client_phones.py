"""What one phone does and shows, asked for over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from simulator.client_answers import NoButtonError, Seen, Sent
from simulator.client_calls import Calls
from simulator.phones import Phone
from simulator.transcript import actions

POLL_SECONDS = 0.02


class PhoneClient(Calls):
    """Acts as people do, and looks at what they see."""

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
        timeout: float = 60.0,
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


def _seen(row: dict[str, Any]) -> Seen:
    return Seen(**{name: row[name] for name in Seen.__slots__})
