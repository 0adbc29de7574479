"""Reply, push and multicast by LINE's rules: tokens, retry keys, quota, bills, who is reached."""

from __future__ import annotations

import pytest

from simulator.tokens import EVENT_SECONDS
from tests.unit.simulator.calls import LEADER, NOBODY, OFFICER, STAFF, Line, retry_key, text


def test_a_reply_shows_its_bubbles_in_order_and_costs_nothing(line: Line) -> None:
    answer = line.reply(line.token(), text("1"), text("2"))
    assert answer.status_code == 200
    assert [bubble["message"]["text"] for bubble in line.shown()] == ["1", "2"]
    assert [each["id"] for each in answer.json["sentMessages"]] == [bubble["message_id"] for bubble in line.shown()]
    assert line.world.ledger.counters()["billed"] == 0


def test_a_reply_token_works_once(line: Line) -> None:
    token = line.token()
    line.reply(token)
    again = line.reply(token)
    assert (again.status_code, again.json) == (400, {"message": "Invalid reply token"})
    assert len(line.shown()) == 1


def test_a_refused_reply_leaves_its_token_usable(line: Line) -> None:
    token = line.token()
    assert line.reply(token, text("")).status_code == 400
    assert line.reply(token).status_code == 200


def test_a_reply_token_expires(line: Line) -> None:
    line.world.tokens.seconds = 0
    token = line.token()
    assert line.reply(token).json == {"message": "Invalid reply token"}


def test_a_token_whose_webhook_never_left_is_not_valid(line: Line) -> None:
    assert line.reply(line.world.tokens.issue(OFFICER)).status_code == 400


def test_no_redelivery_makes_a_token_live_beyond_twenty_minutes(line: Line) -> None:
    token = line.token()
    line.world.store.run("UPDATE reply_tokens SET created = created - ?", (EVENT_SECONDS + 1,))
    assert line.reply(token).status_code == 400


def test_an_unknown_token_is_refused(line: Line) -> None:
    assert line.reply("0" * 32).json == {"message": "Invalid reply token"}


def test_a_retry_key_on_a_reply_is_refused_and_leaves_the_token(line: Line) -> None:
    token = line.token()
    assert line.reply(token, X_Line_Retry_Key=retry_key()).status_code == 400
    assert line.reply(token).status_code == 200


def test_a_reply_to_someone_who_blocked_meanwhile_succeeds_unseen(line: Line) -> None:
    token = line.token()
    line.world.phones.set_following(OFFICER, following=False)
    assert line.reply(token).status_code == 200
    assert line.shown() == []


def test_a_push_is_one_message_whatever_its_bubbles(line: Line) -> None:
    assert line.push(text("1"), text("2"), text("3")).status_code == 200
    assert line.world.ledger.counters()["billed"] == 1
    assert [bubble["via"] for bubble in line.shown()] == ["push"] * 3


def test_a_push_with_the_same_retry_key_is_accepted_once(line: Line) -> None:
    key = retry_key()
    first, second = line.push(key=key), line.push(key=key.upper())
    assert second.status_code == 409
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert second.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert second.json["sentMessages"] == first.json["sentMessages"]
    assert len(line.shown()) == 1
    assert line.world.ledger.counters()["billed"] == 1


def test_a_retry_key_is_forgotten_after_a_day(line: Line) -> None:
    key = retry_key()
    line.push(key=key)
    line.world.store.run("UPDATE retry_keys SET accepted = accepted - 86401")
    assert line.push(key=key).status_code == 200
    assert len(line.shown()) == 2


def test_a_refused_push_does_not_use_up_its_retry_key(line: Line) -> None:
    key = retry_key()
    line.push(text(""), key=key)
    assert line.push(key=key).status_code == 200


@pytest.mark.parametrize("key", ["1", "not-a-uuid", "0" * 32, "{00000000-0000-0000-0000-000000000000}"])
def test_a_retry_key_must_be_a_uuid(line: Line, key: str) -> None:
    assert line.push(key=key).status_code == 400


def test_a_push_to_someone_who_blocked_succeeds_unseen_and_unbilled(line: Line) -> None:
    line.world.phones.set_following(STAFF, following=False)
    answer = line.push(to=STAFF)
    assert answer.status_code == 200
    assert len(answer.json["sentMessages"]) == 1
    assert line.world.ledger.counters()["billed"] == 0
    assert line.shown(STAFF) == []


def test_a_push_to_an_id_that_the_channel_does_not_know_is_refused(line: Line) -> None:
    refused = line.push(to=NOBODY)
    assert (refused.status_code, refused.json) == (400, {"message": "Failed to send messages"})


def test_a_multicast_bills_whom_it_reaches_each_once(line: Line) -> None:
    key = retry_key()
    answer = line.multicast(OFFICER, LEADER, OFFICER, NOBODY, key=key)
    assert (answer.status_code, answer.json) == (200, {})
    assert line.world.ledger.counters()["billed"] == 2
    assert len(line.shown(OFFICER)) == 1
    assert line.shown(LEADER)[0]["via"] == "multicast"
    again = line.multicast(OFFICER, LEADER, OFFICER, NOBODY, key=key)
    assert (again.status_code, again.json) == (409, {"message": "The retry key is already accepted"})


def test_beyond_the_quota_nothing_is_pushed_but_replies_still_go(line: Line) -> None:
    line.world.ledger.set_limit(1)
    line.push()
    for refused in (line.push(), line.multicast(OFFICER, LEADER)):
        assert (refused.status_code, refused.json) == (429, {"message": "You have reached your monthly limit."})
    assert line.reply(line.token()).status_code == 200
    assert line.world.ledger.used() == 1


def test_a_multicast_larger_than_what_is_left_is_refused_whole(line: Line) -> None:
    line.world.ledger.set_limit(1)
    assert line.multicast(OFFICER, LEADER).status_code == 429
    assert line.shown(OFFICER) == []


def test_the_quota_can_be_asked(line: Line) -> None:
    assert line.get("/message/quota").json == {"type": "limited", "value": 300}
    line.push()
    assert line.get("/message/quota/consumption").json == {"totalUsage": 1}
    line.world.ledger.set_limit(None)
    assert line.get("/message/quota").json == {"type": "none"}


def quick(words: str) -> dict[str, object]:
    items = [{"type": "action", "action": {"type": "message", "label": "เมนู", "text": "เมนู"}}]
    return {**text(words), "quickReply": {"items": items}}


def test_only_the_last_bubbles_quick_replies_show(line: Line) -> None:
    line.push(quick("1"), quick("2"))
    first, last = line.shown()
    assert (first["quick_reply"], "quickReply" in first["message"]) == (None, False)
    assert last["quick_reply"]["items"][0]["action"]["label"] == "เมนู"


def test_a_quote_token_of_this_chat_quotes(line: Line) -> None:
    sent = line.push().json["sentMessages"][0]
    line.push({**text("re"), "quoteToken": sent["quoteToken"]})
    assert line.shown()[1]["quoted_message_id"] == sent["id"]


def test_a_quote_token_of_another_chat_is_refused(line: Line) -> None:
    sent = line.push(to=LEADER).json["sentMessages"][0]
    refused = line.push(text("1"), {**text("re"), "quoteToken": sent["quoteToken"]})
    assert refused.status_code == 400
    assert line.shown() == []
