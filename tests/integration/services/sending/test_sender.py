from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from models.chat import OutboxRequest
from models.people import LineAccount
from services.ports import SendOutcome, SendResult
from services.sending.outbox import queue_push
from tests.integration.services.towns import (
    NOT_LET_IN,
    QUOTA_GONE,
    RATE_LIMITED,
    REFUSED,
    TOKEN_GONE,
    UNCLEAR,
    account_of,
    chat_of,
    one,
    outbox,
    states,
    take_in,
    words,
)
from tests.support.chat import Phone, Town
from tests.support.loaded import town_on

DISTRICT = "4207"


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", DISTRICT)


def later(town: Town, seconds: float) -> None:
    """Time passes, then the clock process sweeps and the workers do what it rings for."""
    town.clock.pass_seconds(seconds)
    town.runtime.sweep.run()
    town.work()


def push_to(town: Town, phone: Phone, text: str = "hello") -> int:
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == phone.user_id)).one()
        return queue_push(session, 1, [account.id], [{"type": "text", "text": text}], town.clock.real()).id


def test_a_reply_goes_out_once_and_is_marked_sent(town: Town, officer: Phone) -> None:
    officer.say("เมนู")
    assert len(town.line.replies) == 1
    (row,) = outbox(town)
    assert (row.state, row.line_request_id, row.sent_at) == ("sent", "request", town.clock.real())


def test_an_unclear_reply_is_tried_again_with_the_same_token(town: Town, officer: Phone) -> None:
    town.line.results.append(UNCLEAR)
    officer.say("เมนู")
    later(town, 3)
    first, second = town.line.replies
    assert first == second
    assert states(town) == [("reply", "sent")]


def test_a_400_after_an_unclear_try_means_that_the_first_try_had_arrived(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR, TOKEN_GONE]
    officer.say("เมนู")
    later(town, 3)
    assert states(town) == [("reply", "sent")]
    assert town.line.pushes == []


def test_a_400_at_the_very_first_try_is_pushed_instead(town: Town, officer: Phone) -> None:
    town.line.results.append(TOKEN_GONE)
    officer.say("เมนู")
    assert states(town) == [("reply", "withdrawn"), ("push", "sent")]
    ((body, _key),) = town.line.pushes
    assert body["to"] == officer.user_id


def test_a_rate_limited_reply_was_certainly_not_sent_so_a_400_later_is_pushed(town: Town, officer: Phone) -> None:
    town.line.results += [RATE_LIMITED, TOKEN_GONE]
    officer.say("เมนู")
    later(town, 3)
    assert len(town.line.pushes) == 1


def test_an_unclear_try_before_a_rate_limited_one_still_counts_as_perhaps_sent(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR, RATE_LIMITED, TOKEN_GONE]
    officer.say("เมนู")
    later(town, 3)
    later(town, 3)
    assert states(town) == [("reply", "sent")]
    assert town.line.pushes == []


def test_a_reply_that_stays_unclear_until_its_token_is_old_is_pushed_once(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR] * 12
    officer.say("เมนู")
    for _ in range(11):
        later(town, 4)
    assert town.line.pushes == []
    town.line.results.clear()
    later(town, 10)
    later(town, 10)
    assert len(town.line.pushes) == 1
    assert states(town) == [("reply", "withdrawn"), ("push", "sent")]


def test_an_answer_older_than_ten_minutes_rides_on_the_next_reply(town: Town, officer: Phone) -> None:
    town.line.results.append(UNCLEAR)
    officer.say("เมนู")
    later(town, 11 * 60)
    assert states(town) == [("reply", "carried")]
    officer.say("ช่วยเหลือ")
    assert town.line.pushes == []
    assert words(town.line.replies[0])[1:-1] in words(town.line.replies[-1])
    assert states(town) == [("reply", "delivered_later"), ("reply", "sent")]


def test_without_quota_the_answer_rides_on_the_next_reply(town: Town, officer: Phone) -> None:
    town.line.results += [TOKEN_GONE, QUOTA_GONE]
    officer.say("เมนู")
    assert states(town) == [("reply", "withdrawn"), ("push", "carried")]
    officer.say("ช่วยเหลือ")
    assert len(town.line.replies[-1]["messages"]) > 1
    assert states(town)[1] == ("push", "delivered_later")


def test_carried_answers_and_the_reply_are_at_most_five_messages_and_none_is_lost(town: Town, officer: Phone) -> None:
    officer.say("เมนู")
    chat = chat_of(town, officer)
    with town.runtime.sessions() as session, session.begin():
        for number in range(4):
            session.add(
                OutboxRequest(
                    channel_id=1,
                    conversation_id=chat.id,
                    kind="reply",
                    messages=[
                        {"type": "text", "text": f"carried {number} {part}", "quickReply": {"items": []}}
                        for part in "ab"
                    ],
                    retry_key=f"key {number}",
                    state="carried",
                    next_try_at=town.clock.real(),
                    created_at=town.clock.real(),
                    line_message_ids=[],
                )
            )
    officer.say("ช่วยเหลือ")
    body = town.line.replies[-1]
    assert len(body["messages"]) <= 5
    assert [f"carried {number} {part}" in words(body) for number in range(4) for part in "ab"] == [True] * 8
    assert words(body).index("carried 0 a") < words(body).index("carried 3 b")
    later(town, 60)
    assert states(town)[-1] == ("reply", "sent")


def test_carried_answers_that_do_not_fit_wait_for_the_reply_after(town: Town, officer: Phone) -> None:
    officer.say("เมนู")
    chat = chat_of(town, officer)
    huge = [{"type": "text", "text": f"{number} " + "x" * 4990} for number in range(60)]
    with town.runtime.sessions() as session, session.begin():
        for number in range(1):
            session.add(
                OutboxRequest(
                    channel_id=1,
                    conversation_id=chat.id,
                    kind="reply",
                    messages=huge[:5],
                    retry_key=f"key {number}",
                    state="carried",
                    next_try_at=town.clock.real(),
                    created_at=town.clock.real(),
                    line_message_ids=[],
                )
            )
    for _ in range(3):
        officer.say("ช่วยเหลือ")
    assert all(len(body["messages"]) <= 5 for body in town.line.replies)
    assert sum(words(body).count("xxxx" * 1000) for body in town.line.replies) >= 1
    assert [state for _kind, state in states(town) if state == "carried"] == []


def test_a_process_that_slept_does_not_push_what_another_has_sent_meanwhile(town: Town, officer: Phone) -> None:
    """Suspended between commit and sending, it wakes up after its lease ran out and the answer is out."""
    other = town_on(town.runtime.engine)
    other.clock = town.clock

    def meanwhile() -> None:
        town.line.before_send = lambda: None
        town.clock.pass_seconds(20)
        town.runtime.sweep.run()
        town.work()
        town.line.results.append(TOKEN_GONE)  # what the sleeper gets to hear

    town.line.before_send = meanwhile
    officer.say("เมนู")
    assert len(town.line.replies) == 2
    assert town.line.pushes == []
    assert states(town) == [("reply", "sent")]


def test_what_was_sent_stays_sent_whatever_a_slower_process_hears(town: Town, officer: Phone) -> None:
    def meanwhile() -> None:
        town.line.before_send = lambda: None
        town.clock.pass_seconds(20)
        town.runtime.sweep.run()
        town.work()
        town.line.results.append(REFUSED)

    town.line.before_send = meanwhile
    officer.say("เมนู")
    assert states(town) == [("reply", "sent")]


def test_a_wrong_access_token_delays_replies_but_loses_none(town: Town, officer: Phone) -> None:
    town.line.results += [NOT_LET_IN, NOT_LET_IN]
    officer.say("เมนู")
    later(town, 3)
    later(town, 3)
    assert states(town) == [("reply", "sent")]
    assert len(town.line.replies) == 3


def test_whoever_gets_no_answer_because_line_refuses_its_words_is_told_so(town: Town, officer: Phone) -> None:
    town.line.results.append(REFUSED)
    officer.say("เมนู")
    refused, sorry = town.line.replies
    assert refused["replyToken"] == sorry["replyToken"]
    assert "แสดงไม่ได้" in words(sorry)
    assert states(town) == [("reply", "failed"), ("reply", "sent")]
    officer.say("ช่วยเหลือ")
    assert states(town)[2:] == [("reply", "sent")]


def test_the_apology_is_pushed_when_the_refused_reply_has_used_up_its_token(town: Town, officer: Phone) -> None:
    town.line.results += [REFUSED, TOKEN_GONE]
    officer.say("เมนู")
    ((body, _key),) = town.line.pushes
    assert "แสดงไม่ได้" in words(body)
    assert states(town) == [("reply", "failed"), ("reply", "withdrawn"), ("push", "sent")]


def test_the_apology_rides_on_the_next_reply_when_it_cannot_be_pushed(town: Town, officer: Phone) -> None:
    town.line.results += [REFUSED, TOKEN_GONE, QUOTA_GONE]
    officer.say("เมนู")
    officer.say("ช่วยเหลือ")
    assert "แสดงไม่ได้" in words(town.line.replies[-1])


def test_an_answer_refused_as_a_push_is_apologised_for_as_well(town: Town, officer: Phone) -> None:
    town.line.results += [TOKEN_GONE, REFUSED]
    officer.say("เมนู")
    assert states(town) == [("reply", "withdrawn"), ("push", "failed"), ("push", "sent")]
    assert "แสดงไม่ได้" in words(town.line.pushes[-1][0])


def test_where_line_refuses_everything_the_chat_goes_on(town: Town, officer: Phone) -> None:
    town.line.results += [REFUSED, REFUSED]
    officer.say("เมนู")
    assert states(town) == [("reply", "failed"), ("reply", "failed")]
    officer.say("ช่วยเหลือ")
    assert states(town)[2:] == [("reply", "sent")]


def test_an_unsent_reply_holds_the_next_event_back_until_it_is_out(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR]
    officer.say("เมนู")
    take_in(town, officer.event({"type": "message", "message": {"type": "text", "text": "ช่วยเหลือ", "quoteToken": "q"}}))
    town.runtime.dialogue.drain(chat_of(town, officer).id)
    assert len(town.line.replies) == 1
    later(town, 3)
    tokens = [body["replyToken"] for body in town.line.replies]
    assert tokens[0] == tokens[1] != tokens[2]


def test_a_push_that_stays_unclear_blocks_the_chat_for_less_than_a_minute(town: Town, officer: Phone) -> None:
    town.line.results += [TOKEN_GONE, *[UNCLEAR] * 20]
    officer.say("เมนู")
    for _ in range(12):
        later(town, 5)
    assert states(town) == [("reply", "withdrawn"), ("push", "carried")]
    town.line.results.clear()
    officer.say("ช่วยเหลือ")
    assert states(town)[1:] == [("push", "delivered_later"), ("reply", "sent")]


def test_retries_of_a_push_carry_the_same_key_and_body(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR, RATE_LIMITED]
    town.runtime.send_outbox(push_to(town, officer))
    for _ in range(3):
        later(town, 30)
    assert len(town.line.pushes) == 3
    assert len({str(pushed) for pushed in town.line.pushes}) == 1
    assert states(town) == [("push", "sent")]


def test_pushes_outlast_a_long_outage_of_line(town: Town, officer: Phone) -> None:
    town.line.results += [UNCLEAR] * 15
    town.runtime.send_outbox(push_to(town, officer))
    for _ in range(16):
        later(town, 601)
    assert states(town) == [("push", "sent")]
    assert len(town.line.pushes) == 16


def test_a_push_is_given_up_before_its_retry_key_expires(town: Town, officer: Phone) -> None:
    """After 24 hours LINE would take the same key for a new message."""
    town.line.results += [UNCLEAR] * 10
    town.runtime.send_outbox(push_to(town, officer))
    later(town, 24 * 3600)
    assert states(town) == [("push", "failed")]
    assert len(town.line.pushes) == 1


def test_a_push_is_not_sent_to_somebody_who_blocked_the_account(town: Town, officer: Phone) -> None:
    row = push_to(town, officer)
    officer.send({"type": "unfollow"})
    town.runtime.send_outbox(row)
    assert town.line.pushes == []
    assert states(town) == [("push", "withdrawn")]


def test_an_answer_to_somebody_who_has_blocked_meanwhile_waits_for_their_return(town: Town, officer: Phone) -> None:
    def blocked() -> None:
        with town.runtime.sessions() as session, session.begin():
            session.execute(update(LineAccount).values(following=False))

    town.line.before_send, town.line.results = blocked, town.line.results
    town.line.results.append(TOKEN_GONE)
    officer.say("เมนู")
    town.line.before_send = lambda: None
    assert town.line.pushes == []
    assert states(town) == [("reply", "withdrawn"), ("push", "carried")]
    shown = officer.send({"type": "follow", "follow": {"isUnblocked": True}})
    assert states(town)[1] == ("push", "delivered_later")
    assert shown


def test_a_multicast_keeps_its_recipients_between_tries(town: Town, officer: Phone) -> None:
    other = town.person("อื่น", "officer", "4203")
    with town.runtime.sessions() as session, session.begin():
        ids = list(session.scalars(select(LineAccount.id).order_by(LineAccount.id)))
        row = queue_push(session, 1, ids, [{"type": "text", "text": "x"}], town.clock.real())
    town.line.results.append(UNCLEAR)
    town.runtime.send_outbox(row.id)
    other.send({"type": "unfollow"})
    later(town, 30)
    assert [body["to"] for body, _key in town.line.pushes] == [[officer.user_id, other.user_id]] * 2


def test_a_multicast_leaves_out_who_blocked_before_it(town: Town, officer: Phone) -> None:
    other = town.person("อื่น", "officer", "4203")
    other.send({"type": "unfollow"})
    with town.runtime.sessions() as session, session.begin():
        ids = list(session.scalars(select(LineAccount.id).order_by(LineAccount.id)))
        row = queue_push(session, 1, ids, [{"type": "text", "text": "x"}], town.clock.real())
    town.runtime.send_outbox(row.id)
    assert [body["to"] for body, _key in town.line.pushes] == [[officer.user_id]]


def test_the_sweep_does_not_send_a_push_that_is_being_sent(town: Town, officer: Phone) -> None:
    found = []
    row = push_to(town, officer)
    town.line.before_send = lambda: found.extend(town.runtime.sweep.find())
    town.runtime.send_outbox(row)
    assert found == []


def test_a_sent_or_missing_row_is_not_sent_again(town: Town, officer: Phone) -> None:
    row = push_to(town, officer)
    for _ in range(2):
        town.runtime.send_outbox(row)
    town.runtime.send_outbox(row + 1)
    assert len(town.line.pushes) == 1


def test_of_two_processes_that_find_a_token_too_old_one_pushes(town: Town, officer: Phone) -> None:
    (chat,) = take_in(
        town, officer.event({"type": "message", "message": {"type": "text", "text": "เมนู", "quoteToken": "q"}})
    )
    town.clock.pass_seconds(55)
    town.runtime.dialogue.drain(chat)
    reply, push = outbox(town)
    assert town.runtime.sender.send_reply(reply, first=False)
    assert town.runtime.sender.send_push(push)
    assert len(town.line.pushes) == 1


def test_lines_message_ids_are_kept_for_quoting(town: Town, officer: Phone) -> None:
    town.line.results.append(SendResult(SendOutcome.SENT, 200, "abc", ("1", "2")))
    officer.say("เมนู")
    row = one(town, select(OutboxRequest))
    assert (row.line_message_ids, row.line_request_id) == (["1", "2"], "abc")


def test_age_counts_from_when_the_event_was_received(town: Town, officer: Phone) -> None:
    (chat,) = take_in(
        town, officer.event({"type": "message", "message": {"type": "text", "text": "เมนู", "quoteToken": "q"}})
    )
    town.clock.pass_seconds(55)
    town.runtime.dialogue.drain(chat)
    assert town.line.replies == []
    assert states(town) == [("reply", "withdrawn"), ("push", "sent")]
    assert account_of(town, officer).following
    assert outbox(town)[0].created_at == town.clock.real() - dt.timedelta(seconds=55)
