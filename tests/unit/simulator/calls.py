"""The calls that a bot makes, in process."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Flask

from simulator.world import World

Answer = Any
"""Werkzeug's test response, whose `json` is typed as possibly None; a test that reads it knows better."""
OFFICER, LEADER, STAFF = (f"U{number:032x}" for number in (1, 2, 3))
NOBODY = "U" + "f" * 32


class LINE:
    """What bot and platform share."""

    secret = "channel secret"
    token = "channel access token"


def text(words: str = "สวัสดี") -> dict[str, Any]:
    return {"type": "text", "text": words}


class Line:
    """A bot's view of the platform."""

    def __init__(self, app: Flask, world: World) -> None:
        self.http = app.test_client()
        self.world = world

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        given = {
            "Authorization": f"Bearer {LINE.token}",
            **{key.replace("_", "-"): each for key, each in headers.items()},
        }
        return self.http.open(f"/v2/bot{path}", method=method, json=body, headers=given)

    def sim(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        return self.http.open(f"/sim{path}", method=method, json=body, **more)

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def push(self, *messages: Any, to: str = OFFICER, key: str | None = None) -> Answer:
        headers = {} if key is None else {"X_Line_Retry_Key": key}
        return self.call("POST", "/message/push", {"to": to, "messages": list(messages or [text()])}, **headers)

    def multicast(self, *to: str, key: str | None = None) -> Answer:
        headers = {} if key is None else {"X_Line_Retry_Key": key}
        return self.call("POST", "/message/multicast", {"to": list(to), "messages": [text()]}, **headers)

    def reply(self, token: str, *messages: Any, **headers: str) -> Answer:
        body = {"replyToken": token, "messages": list(messages or [text()])}
        return self.call("POST", "/message/reply", body, **headers)

    def token(self, user_id: str = OFFICER) -> str:
        """A reply token as if its webhook had just been delivered."""
        token = self.world.tokens.issue(user_id)
        self.world.tokens.delivered(token)
        return token

    def shown(self, user_id: str = OFFICER) -> list[dict[str, Any]]:
        return self.world.chat.after(user_id, 0)


def retry_key() -> str:
    return str(uuid.uuid4())
