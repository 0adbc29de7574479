"""Group chats: who hears what, what it costs, and what LINE says about them."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from simulator.world import World
from tests.unit.simulator.calls import LEADER, NOBODY, OFFICER, STAFF, Line

PEOPLE = [OFFICER, LEADER, STAFF]


@pytest.fixture
def group(line: Line) -> str:
    """Three people and the account."""
    group_id = create(line)
    line.sim("POST", f"/groups/{group_id}/bot")
    return group_id


def create(line: Line, **more: Any) -> str:
    made = line.sim("POST", "/groups", {"name": "อำเภอภูเรือ", "members": PEOPLE, **more})
    assert made.status_code == 201
    return str(made.json["group_id"])


def events(world: World) -> list[dict[str, Any]]:
    rows = world.store.rows("SELECT body FROM events ORDER BY seq")
    return [orjson.loads(row["body"]) for row in rows]


def write(line: Line, group: str, words: str, who: str = OFFICER, **more: Any) -> Any:
    return line.sim("POST", f"/groups/{group}/text", {"user_id": who, "text": words, **more})


def token_of(world: World) -> str:
    token = str(events(world)[-1]["replyToken"])
    world.tokens.delivered(token)
    return token


def test_an_invitation_is_a_join_event_with_a_reply_token_and_without_a_person(world: World, group: str) -> None:
    event = events(world)[-1]
    assert event["type"] == "join"
    assert event["source"] == {"type": "group", "groupId": group}
    assert event["replyToken"]


def test_a_message_in_a_group_says_who_wrote_it_where(line: Line, world: World, group: str) -> None:
    assert write(line, group, "สวัสดี").status_code == 200
    event = events(world)[-1]
    assert event["source"] == {"type": "group", "groupId": group, "userId": OFFICER}
    assert event["message"]["text"] == "สวัสดี"
    assert event["message"]["quoteToken"]
    assert "mention" not in event["message"]


def test_mentions_say_whom_and_where_in_utf16_units(line: Line, world: World, group: str) -> None:
    mentions = [{"of": "all", "as": "@All"}, {"of": "bot", "as": "@ติดตาม"}, {"of": LEADER, "as": "@บุญมี"}]
    write(line, group, "😀 @All @ติดตาม @บุญมี", mentions=mentions)
    found = events(world)[-1]["message"]["mention"]["mentionees"]
    assert found == [
        {"index": 3, "length": 4, "type": "all"},
        {"index": 8, "length": 7, "type": "user", "userId": world.outbound.destination, "isSelf": True},
        {"index": 16, "length": 6, "type": "user", "userId": LEADER, "isSelf": False},
    ]
    assert write(line, group, "ไม่มี", mentions=[{"of": "bot", "as": "@ติดตาม"}]).status_code == 400
    assert write(line, group, "ไม่มี", mentions=["bot"]).status_code == 400


def test_a_reply_shows_in_the_group_once_and_is_free(line: Line, world: World, group: str) -> None:
    write(line, group, "สวัสดี")
    assert line.reply(token_of(world)).status_code == 200
    shown = line.sim("GET", f"/groups/{group}/messages").json["messages"]
    assert [each["side"] for each in shown] == ["system", "user", "bot"]
    assert [each["sender"] for each in shown] == [None, OFFICER, None]
    assert world.ledger.used() == 0
    assert line.shown(OFFICER) == []


def test_a_push_to_a_group_is_billed_for_each_member(line: Line, world: World, group: str) -> None:
    assert line.push(to=group).status_code == 200
    assert world.ledger.used() == len(PEOPLE)
    world.ledger.set_limit(5)
    assert line.push(to=group).status_code == 429
    assert line.push(to="C" + "0" * 32).status_code == 400


def test_blocking_the_account_does_not_matter_in_a_group(line: Line, world: World, group: str) -> None:
    world.phones.set_following(OFFICER, following=False)
    assert write(line, group, "สวัสดี").status_code == 200
    assert line.reply(token_of(world)).status_code == 200
    assert line.get(f"/group/{group}/member/{OFFICER}").json["userId"] == OFFICER


def test_who_is_not_in_the_group_cannot_write_in_it(line: Line, group: str) -> None:
    line.sim("DELETE", f"/groups/{group}/members/{OFFICER}")
    assert write(line, group, "สวัสดี").status_code == 409
    assert write(line, group, "สวัสดี", NOBODY).status_code == 404
    assert write(line, "C" + "0" * 32, "สวัสดี").status_code == 404
    assert write(line, group, "", LEADER).status_code == 409


def test_members_who_come_and_go_are_told(line: Line, world: World, group: str) -> None:
    members = {"members": [{"type": "user", "userId": STAFF}]}
    line.sim("DELETE", f"/groups/{group}/members/{STAFF}")
    left = events(world)[-1]
    line.sim("POST", f"/groups/{group}/members/{STAFF}")
    came = events(world)[-1]
    assert (left["type"], left["left"], "replyToken" in left) == ("memberLeft", members, False)
    assert (came["type"], came["joined"], "replyToken" in came) == ("memberJoined", members, True)
    assert line.sim("POST", f"/groups/{group}/members/{STAFF}").status_code == 409
    assert line.get(f"/group/{group}/members/count").json == {"count": 3}


def test_an_account_that_is_not_in_the_group_hears_nothing(line: Line, world: World) -> None:
    quiet = create(line)
    assert write(line, quiet, "สวัสดี").json["webhook_event_id"] == ""
    assert events(world) == []
    assert line.get(f"/group/{quiet}/summary").status_code == 404
    assert line.push(to=quiet).status_code == 400


def test_being_removed_is_a_leave_event(line: Line, world: World, group: str) -> None:
    line.sim("DELETE", f"/groups/{group}/bot")
    event = events(world)[-1]
    assert (event["type"], event["source"]) == ("leave", {"type": "group", "groupId": group})
    assert "replyToken" not in event
    assert line.sim("DELETE", f"/groups/{group}/bot").status_code == 409
    assert line.sim("POST", f"/groups/{group}/bot").status_code == 200
    assert line.sim("POST", f"/groups/{group}/bot").status_code == 409


def test_leaving_through_the_api_is_told_as_well_and_done_once(line: Line, world: World, group: str) -> None:
    assert line.call("POST", f"/group/{group}/leave").status_code == 200
    assert events(world)[-1]["type"] == "leave"
    assert line.call("POST", f"/group/{group}/leave").status_code == 404
    assert not world.groups.get(group).bot


def test_a_reply_after_leaving_reaches_nobody(line: Line, world: World, group: str) -> None:
    write(line, group, "สวัสดี")
    token = token_of(world)
    line.call("POST", f"/group/{group}/leave")
    line.reply(token)
    assert "bot" not in [each["side"] for each in line.sim("GET", f"/groups/{group}/messages").json["messages"]]


def test_what_line_tells_of_a_group(line: Line, group: str) -> None:
    assert line.get(f"/group/{group}/summary").json == {"groupId": group, "groupName": "อำเภอภูเรือ"}
    assert line.get(f"/group/{group}/members/count").json == {"count": 3}
    assert line.get(f"/group/{group}/members/ids").status_code == 403
    assert line.get(f"/group/{group}/member/{NOBODY}").status_code == 404
    assert line.get(f"/room/{group}/members/count").status_code == 404


def test_a_room_is_left_on_its_own_path(line: Line, world: World) -> None:
    room = create(line, room=True)
    line.sim("POST", f"/groups/{room}/bot")
    assert events(world)[-1]["source"] == {"type": "room", "roomId": room}
    assert line.call("POST", f"/group/{room}/leave").status_code == 404
    assert line.call("POST", f"/room/{room}/leave").status_code == 200


def test_a_message_is_taken_back_by_who_wrote_it(line: Line, world: World, group: str) -> None:
    message_id = write(line, group, "พลาด").json["message_id"]
    path = f"/groups/{group}/unsend"
    assert line.sim("POST", path, {"user_id": LEADER, "message_id": message_id}).status_code == 409
    assert line.sim("POST", path, {"user_id": OFFICER, "message_id": message_id}).status_code == 200
    event = events(world)[-1]
    assert (event["type"], event["unsend"]) == ("unsend", {"messageId": message_id})
    assert event["source"]["userId"] == OFFICER
    assert "replyToken" not in event


def test_other_messages_and_quotes(line: Line, world: World, group: str) -> None:
    first = write(line, group, "สวัสดี").json["message_id"]
    path, photo = f"/groups/{group}/event", {"type": "image", "contentProvider": {"type": "line"}}
    body = {"user_id": LEADER, "message": photo, "quoted_message_id": first}
    assert line.sim("POST", path, body).status_code == 200
    assert events(world)[-1]["message"]["quotedMessageId"] == first
    assert line.sim("POST", path, {**body, "quoted_message_id": "0"}).status_code == 409
    assert line.sim("POST", path, {"user_id": LEADER}).status_code == 400


@pytest.mark.parametrize(
    ("given", "status"), [({"name": ""}, 400), ({"members": 5}, 400), ({"members": [NOBODY]}, 404)]
)
def test_a_wrong_group_is_not_made(line: Line, given: dict[str, Any], status: int) -> None:
    body = {"name": "กลุ่ม", "members": PEOPLE, **given}
    assert line.sim("POST", "/groups", body).status_code == status
    assert line.sim("GET", "/groups").json == {"groups": []}


def test_an_unchanged_group_is_not_sent_again(line: Line, group: str) -> None:
    first = line.sim("GET", f"/groups/{group}/messages")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert line.sim("GET", f"/groups/{group}/messages", headers=tag).status_code == 304
    write(line, group, "ใหม่")
    assert line.sim("GET", f"/groups/{group}/messages", headers=tag).status_code == 200


def test_a_reset_forgets_groups(line: Line, world: World, group: str) -> None:
    write(line, group, "สวัสดี")
    line.sim("POST", "/reset")
    assert world.groups.all() == []
