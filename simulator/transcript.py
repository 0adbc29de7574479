"""What each phone saw, in order, without ids and times: equal for two runs exactly when people saw the same."""

from __future__ import annotations

import bisect
import datetime as dt
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.store import Store
    from simulator.world import World

DUPLICATE_WITHIN = dt.timedelta(hours=1)
"""The same words a day later are a new reminder, not a repetition."""

BLOCKS = ("header", "hero", "body", "footer")


def transcript(world: World) -> dict[str, Any]:
    """All phones' chats and the totals.

    `duplicates` counts pushed bubbles that repeat one which the phone got within the hour, with nothing done on the
    phone in between. A reply is never one: its token ties it to an event of its own.
    """
    counters = world.ledger.counters()
    return {
        "phones": {phone.user_id: _chat(world.store, phone.user_id) for phone in world.phones.all()},
        "billed": counters["billed"],
        "replies": counters["replies"],
        "pushes": counters["pushes"],
        "duplicates": sum(_duplicates(world.store, phone.user_id) for phone in world.phones.all()),
    }


def _chat(store: Store, user_id: str) -> list[dict[str, Any]]:
    rows = store.rows("SELECT * FROM messages WHERE user_id = ? ORDER BY seq", (user_id,))
    return [
        {
            "side": row["side"],
            "via": row["via"],
            "unsent": bool(row["unsent"]),
            **view(orjson.loads(row["message"]), orjson.loads(row["quick_reply"] or "{}")),
        }
        for row in rows
    ]


def view(message: dict[str, Any], quick_reply: dict[str, Any]) -> dict[str, Any]:
    """What can be read and tapped in one bubble."""
    quick = [item["action"].get("label", "") for item in quick_reply.get("items", [])]
    nodes = list(_nodes(message))
    return {
        "type": message.get("type"),
        "text": message.get("text"),
        "altText": message.get("altText"),
        "texts": [text for node in nodes for text in _texts(node)],
        "buttons": [action.get("label", "") for action in _actions(nodes)],
        "quick": quick,
    }


def actions(message: dict[str, Any], quick_reply: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """All that can be tapped in a bubble: its own actions first, quick replies last."""
    quick = [item["action"] for item in (quick_reply or {}).get("items", [])]
    return [*_actions(list(_nodes(message))), *quick]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a Flex or template message, outermost first, in reading order."""
    if isinstance(value, dict):
        yield value
        for name in sorted(value, key=_place):
            yield from _nodes(value[name])
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _place(name: str) -> int:
    """A bubble's blocks stand in this order however its JSON is written; all else keeps its own."""
    return BLOCKS.index(name) if name in BLOCKS else -1


def _texts(node: dict[str, Any]) -> list[str]:
    """The words of one object: a text, or the title and text of a template. An action's text is not seen."""
    if "actions" in node or node.get("type") in ("text", "span", "textV2"):
        return [node[name] for name in ("title", "text") if name in node]
    return []


def _actions(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for node in nodes:
        if isinstance(node.get("action"), dict):
            found.append(node["action"])
        found.extend(node.get("actions", []))
    return found


def _duplicates(store: Store, user_id: str) -> int:
    acted = store.rows("SELECT seq FROM events WHERE user_id = ? ORDER BY seq", (user_id,))
    turns = [int(row["seq"]) for row in acted]
    seen: dict[tuple[int, str, str | None], dt.datetime] = {}
    repeated = 0
    for row in store.rows("SELECT * FROM messages WHERE user_id = ? AND side = 'bot' ORDER BY seq", (user_id,)):
        key = (bisect.bisect(turns, row["seq"]), row["message"], row["quick_reply"])
        at = dt.datetime.fromisoformat(row["at"])
        repeated += row["via"] != "reply" and key in seen and at - seen[key] < DUPLICATE_WITHIN
        seen[key] = at
    return repeated
