from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.conversation.facts import Missing
from models.chat import Conversation, InboxEvent, Notice
from models.obligation import Draft
from models.people import LineAccount
from models.work import Audit
from services.chat import lease
from services.chat.refreshing import Refreshing
from services.chat.turns import Turns
from services.ports import Profile
from services.reports.reports import ReportChangedError
from tests.integration.services.sending.test_sender import later
from tests.integration.services.towns import (
    TOKEN_GONE,
    account_of,
    chat_of,
    one,
    outbox,
    states,
    take_in,
    unhandled,
    words,
)
from tests.support.chat import Phone, Town
from tests.support.loaded import town_on


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", "4207")


def text_event(phone: Phone, text: str, **changes: Any) -> dict[str, Any]:
    return phone.event({"type": "message", "message": {"type": "text", "text": text, "quoteToken": "q"}}, **changes)


def fail_turns(monkeypatch: pytest.MonkeyPatch, times: int, error: Exception, word: str = "") -> list[int]:
    """Let the next `times` turns of messages that hold `word` end with `error`; returns which were tried."""
    tried: list[int] = []
    real = Turns.take

    def take(self: Turns, session: Session, event: InboxEvent) -> Any:
        if word in str(event.payload):
            tried.append(event.id)
            if len(tried) <= times:
                real(self, session, event)
                raise error
        return real(self, session, event)

    monkeypatch.setattr(Turns, "take", take)
    return tried


def test_events_are_answered_in_the_order_in_which_they_were_sent(town: Town, officer: Phone) -> None:
    first, second = text_event(officer, "เมนู"), text_event(officer, "ช่วยเหลือ")
    officer.deliver(second, first)
    assert [body["replyToken"] for body in town.line.replies] == [first["replyToken"], second["replyToken"]]


def test_of_two_events_of_one_millisecond_the_older_id_comes_first(town: Town, officer: Phone) -> None:
    first = text_event(officer, "เมนู")
    second = text_event(officer, "ช่วยเหลือ", timestamp=first["timestamp"])
    officer.deliver(second, first)
    assert [body["replyToken"] for body in town.line.replies] == [first["replyToken"], second["replyToken"]]


def test_an_answer_older_than_the_last_handled_one_is_not_stored_silently(town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    before = one(town, select(Draft)).row_version
    old = text_event(officer, "1", timestamp=int(town.clock.real().timestamp() * 1000) - 60_000)
    assert "มาถึงช้า" in officer.deliver(old)
    assert one(town, select(Draft)).row_version == before


def test_the_same_event_twice_is_answered_once(town: Town, officer: Phone) -> None:
    message = text_event(officer, "เมนู")
    officer.deliver(message)
    officer.deliver(message | {"deliveryContext": {"isRedelivery": True}})
    assert len(town.line.replies) == 1


def test_the_same_event_twice_in_one_request_is_answered_once(town: Town, officer: Phone) -> None:
    message = text_event(officer, "เมนู")
    officer.deliver(message, message)
    assert len(town.line.replies) == 1


def test_the_same_event_in_two_threads_at_once_is_answered_once(either_town: Town) -> None:
    """Also when it is the very first word of somebody whom nobody knows yet."""
    town = either_town
    stranger = town.stranger()
    message = text_event(stranger, "สวัสดี")
    barrier = threading.Barrier(4)

    def deliver() -> None:
        barrier.wait(timeout=60)
        for chat in take_in(town, message):
            town.runtime.dialogue.drain(chat)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(deliver) for _ in range(4)]:
            done.result(timeout=60)
    town.runtime.dialogue.drain(chat_of(town, stranger).id)
    assert len(town.line.replies) == 1
    assert unhandled(town) == []


def test_events_of_many_chats_taken_in_by_many_threads_are_each_answered_once(either_town: Town) -> None:
    town = either_town
    people = [town.stranger() for _ in range(3)]
    batches = [[text_event(phone, "สวัสดี") for phone in order] for order in (people, people[::-1]) for _ in range(3)]
    barrier = threading.Barrier(len(batches))

    def deliver(batch: list[dict[str, Any]]) -> None:
        barrier.wait(timeout=60)
        for chat in take_in(town, *batch):
            town.runtime.dialogue.drain(chat)

    with ThreadPoolExecutor(len(batches)) as pool:
        for done in [pool.submit(deliver, batch) for batch in batches]:
            done.result(timeout=60)
    for phone in people:
        town.runtime.dialogue.drain(chat_of(town, phone).id)
    tokens = [body["replyToken"] for body in town.line.replies]
    assert len(tokens) == len(set(tokens)) == 18


def test_events_of_several_users_in_one_request_are_all_answered(town: Town, officer: Phone) -> None:
    other = town.person("อื่น", "officer", "4203")
    officer.deliver(text_event(officer, "เมนู"), text_event(other, "เมนู"), text_event(officer, "ช่วยเหลือ"))
    assert len(town.line.replies) == 3


def test_another_process_leaves_a_chat_alone_while_its_lease_runs(town: Town, officer: Phone) -> None:
    (chat,) = take_in(town, text_event(officer, "เมนู"))
    now = town.clock.real()
    with town.runtime.sessions() as session, session.begin():
        assert lease.take(session, chat, "another", now, now + dt.timedelta(seconds=15))
    town.runtime.dialogue.drain(chat)
    assert town.line.replies == []
    later(town, 16)
    assert len(town.line.replies) == 1


def test_the_lease_is_renewed_with_each_turn_and_given_back_at_the_end(town: Town, officer: Phone) -> None:
    until = []

    def look() -> None:
        town.clock.pass_seconds(10)
        chat = chat_of(town, officer)
        until.append(chat.lease_until)

    town.line.before_send = look
    officer.deliver(text_event(officer, "เมนู"), text_event(officer, "ช่วยเหลือ"))
    assert until[0] is not None
    assert until[1] is not None
    assert until[1] - until[0] == dt.timedelta(seconds=10)
    assert chat_of(town, officer).lease_owner is None


def test_a_lease_lost_in_mid_turn_leaves_nothing_of_the_turn(town: Town, officer: Phone) -> None:
    """Another process took the chat over while the answer to the first message was on its way."""
    other = town_on(town.runtime.engine)

    def taken_over() -> None:
        town.line.before_send = lambda: None
        town.clock.pass_seconds(16)
        other.clock.mechanical = town.clock.mechanical
        other.runtime.dialogue.drain(chat_of(town, officer).id)

    town.line.before_send = taken_over
    officer.deliver(text_event(officer, "เมนู"), text_event(officer, "ช่วยเหลือ"))
    tokens = [body["replyToken"] for body in (*town.line.replies, *other.line.replies)]
    assert len(town.line.replies) == 1
    assert len(set(tokens)) == 2
    assert [row.state for row in outbox(town)] == ["sent", "sent"]
    assert unhandled(town) == []


def take_over(town: Town, phone: Phone) -> None:
    """Another process, which found the lease run out, holds the chat from now on."""
    with town.runtime.sessions() as session, session.begin():
        values = {"lease_owner": "another", "lease_until": town.clock.real() + dt.timedelta(seconds=15)}
        session.execute(update(Conversation).where(Conversation.id == chat_of(town, phone).id).values(**values))


def test_who_lost_the_lease_leaves_the_rest_to_the_new_holder(
    town: Town, officer: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    town.line.before_send = lambda: take_over(town, officer)
    officer.deliver(text_event(officer, "เมนู"), text_event(officer, "ช่วยเหลือ"))
    assert len(town.line.replies) == 1
    assert len(unhandled(town)) == 1
    assert chat_of(town, officer).lease_owner == "another"
    assert "lease lost" in caplog.text


def test_an_apology_is_the_lease_holders_alone(town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_turns(monkeypatch, 99, ValueError("poison"), "poison")
    officer.say("poison")
    later(town, 2)
    give_up = type(town.runtime.dialogue)._give_up

    def taken_over_first(self: Any, *arguments: Any) -> Any:
        take_over(town, officer)
        return give_up(self, *arguments)

    monkeypatch.setattr(type(town.runtime.dialogue), "_give_up", taken_over_first)
    later(town, 4)
    assert town.line.replies == []
    assert len(unhandled(town)) == 1


def test_an_event_without_a_reply_token_is_given_up_in_silence(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_turns(monkeypatch, 99, ValueError("poison"), "poison")
    event = text_event(officer, "poison")
    del event["replyToken"]
    officer.deliver(event)
    for _ in range(3):
        later(town, 4)
    assert unhandled(town) == []
    assert (town.line.replies, town.line.pushes) == ([], [])


def test_a_chat_is_given_back_even_when_something_breaks_in_between(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Refreshing, "refresh_profile", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        officer.say("เมนู")
    monkeypatch.undo()
    assert chat_of(town, officer).lease_owner is None
    later(town, 3)
    assert len(town.line.replies) == 1


def test_an_event_that_comes_in_while_the_chat_is_given_back_is_seen(town: Town, officer: Phone) -> None:
    second = text_event(officer, "ช่วยเหลือ")
    real = lease.release

    def release(session: Session, conversation_id: int, owner: str) -> None:
        real(session, conversation_id, owner)
        if not arrived:
            arrived.append(second)

    arrived: list[Any] = []
    waits = town.runtime.dialogue._something_waits

    def something_waits(chat: int) -> bool:
        if len(arrived) == 1:
            arrived.append(take_in(town, second))
        return waits(chat)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lease, "release", release)
        patch.setattr(type(town.runtime.dialogue), "_something_waits", lambda _self, chat: something_waits(chat))
        officer.say("เมนู")
    assert len(town.line.replies) == 2


@pytest.mark.parametrize("error", [IntegrityError("", {}, Exception()), ReportChangedError()])
def test_a_turn_that_somebody_got_in_the_way_of_is_taken_anew_at_once(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tried = fail_turns(monkeypatch, 2, error)
    assert officer.say("เมนู")
    assert len(tried) == 3
    assert [body["replyToken"] for body in town.line.replies] == [outbox(town)[0].reply_token]


def test_a_turn_that_always_collides_is_tried_again_later_before_it_is_given_up(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_turns(monkeypatch, 7, ReportChangedError())
    assert officer.say("เมนู") == ""
    later(town, 3)
    assert states(town) == [("reply", "sent")]
    assert "ขัดข้อง" not in words(town.line.replies[0])


def test_a_turn_that_fails_once_is_taken_again_and_answered(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_turns(monkeypatch, 1, ValueError("3150 3040"))
    assert officer.say("เมนู") == ""
    later(town, 3)
    assert "ขัดข้อง" not in words(town.line.replies[0])
    assert unhandled(town) == []


def test_an_event_that_always_fails_is_given_up_with_an_apology_and_the_chat_goes_on(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_turns(monkeypatch, 99, ValueError("poison"), "poison")
    officer.say("poison")
    take_in(town, text_event(officer, "เมนู"))
    for _ in range(3):
        later(town, 3)
    sorry, menu = town.line.replies
    assert "ขัดข้อง" in words(sorry)
    assert "ขัดข้อง" not in words(menu)
    assert unhandled(town) == []


def test_giving_up_takes_the_event_that_failed_and_not_one_that_came_in_before_it(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LINE may deliver late: an older event must not be taken for the broken one."""
    older = text_event(officer, "เมนู")
    arrived: list[Any] = []
    real = Turns.take

    def take(self: Turns, session: Session, event: InboxEvent) -> Any:
        if "poison" not in str(event.payload):
            return real(self, session, event)
        if event.attempts == 2:
            arrived.append(older)
        raise ValueError

    monkeypatch.setattr(Turns, "take", take)
    postpone = type(town.runtime.dialogue)._postpone

    def slow_postpone(self: Any, *arguments: Any) -> Any:
        if len(arrived) == 1:
            arrived.append(take_in(town, older))
        return postpone(self, *arguments)

    monkeypatch.setattr(type(town.runtime.dialogue), "_postpone", slow_postpone)
    officer.say("poison")
    for _ in range(3):
        later(town, 4)
    answered = {body["replyToken"]: words(body) for body in town.line.replies}
    assert "ขัดข้อง" not in answered[older["replyToken"]]
    assert len(answered) == 2


def test_an_event_that_cannot_even_be_apologised_for_does_not_block_the_chat(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_turns(monkeypatch, 99, ValueError("poison"), "poison")
    monkeypatch.setattr(Turns, "apologise", lambda *_: 1 / 0)
    officer.say("poison")
    take_in(town, text_event(officer, "เมนู"))
    for _ in range(3):
        later(town, 4)
    assert unhandled(town) == []
    assert len(town.line.replies) == 1


def test_a_state_that_no_message_can_be_answered_in_is_left_after_the_second_apology(
    town: Town, officer: Phone
) -> None:
    officer.say("เมนู")
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Conversation).values(state={"flow": "menu", "data": {"under": 5}, "unclear": 0}))
    for _ in range(2):
        officer.say("สวัสดี")
        for _ in range(3):
            later(town, 4)
    assert officer.say("เมนู")
    assert "ขัดข้อง" not in words(town.line.replies[-1])


def test_a_database_that_goes_away_in_a_turn_costs_no_try(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chat,) = take_in(town, text_event(officer, "เมนู"))
    begin = Session.begin
    away = OperationalError("", {}, Exception("gone"))

    def failing(self: Session, nested: bool = False) -> Any:
        if calls:
            raise away
        calls.append(1)
        return begin(self, nested)

    calls: list[int] = []
    monkeypatch.setattr("models.base.ReadOrWriteSession.begin", failing)
    with pytest.raises(OperationalError):
        town.runtime.dialogue.drain(chat)
    monkeypatch.undo()
    (event_row,) = unhandled(town)
    assert event_row.attempts == 0
    later(town, 16)
    assert len(town.line.replies) == 1


def test_no_transaction_is_open_while_line_is_called(town: Town, officer: Phone) -> None:
    open_ones: dict[str, int] = {}

    def count(call: str) -> None:
        open_ones[call] = open_ones.get(call, 0) + town.runtime.engine.pool.checkedout()  # type: ignore[attr-defined]

    town.line.before_call = count
    town.line.results += [TOKEN_GONE]
    town.stranger().say("สวัสดี")
    town.person("แดง", "leader", "42070101").photo()
    town.work()
    assert open_ones == {"reply": 0, "push": 0, "profile": 0, "content": 0}


def test_logs_hold_no_word_of_a_message(
    town: Town, officer: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secret = "ความลับ3150"
    town.line.results += [TOKEN_GONE]
    officer.say(secret)
    fail_turns(monkeypatch, 1, ValueError(f"cannot read {secret}"), secret)
    officer.say(secret)
    broken = IntegrityError(f"INSERT {secret}", {"text": secret}, Exception(secret))
    fail_turns(monkeypatch, 99, broken, secret)
    officer.say(secret)
    for _ in range(3):
        later(town, 4)
    assert secret not in caplog.text
    assert officer.user_id not in caplog.text
    assert "ValueError" in caplog.text


def test_database_errors_do_not_quote_what_was_written(town: Town) -> None:
    with pytest.raises(IntegrityError) as caught, town.runtime.sessions() as session, session.begin():
        session.add(Notice(person_id=-1, key="k", values={"words": "secret"}, subject="s", created_at=town.clock.now()))
    assert "secret" not in str(caught.value)


def test_a_group_chat_is_silent_and_its_words_are_not_kept(town: Town, officer: Phone) -> None:
    group = {"type": "group", "groupId": "C" + "1" * 32, "userId": officer.user_id}
    officer.deliver(text_event(officer, "เมนู ลับ", source=group))
    room = {"type": "room", "roomId": "R" + "1" * 32}
    officer.deliver(text_event(officer, "เมนู ลับ", source=room))
    assert (town.line.replies, town.line.pushes) == ([], [])
    assert unhandled(town) == []
    events = [str(row.payload) for row in session_events(town)]
    assert not any("ลับ" in payload for payload in events)


def session_events(town: Town) -> list[InboxEvent]:
    with town.runtime.sessions() as session:
        return list(session.scalars(select(InboxEvent)))


def test_nothing_is_said_in_standby_mode(town: Town, officer: Phone) -> None:
    officer.deliver(text_event(officer, "เมนู", mode="standby"))
    assert (town.line.replies, town.line.pushes) == ([], [])
    assert unhandled(town) == []


def test_an_event_of_a_type_that_nobody_knows_is_kept_and_answered_with_silence(town: Town, officer: Phone) -> None:
    officer.deliver(officer.event({"type": "brandNew", "brandNew": {"x": 1}}))
    assert town.line.replies == []
    assert [row.kind for row in session_events(town)] == ["brandNew"]


def test_a_notice_is_kept_for_a_contact_that_can_be_answered(town: Town, officer: Phone) -> None:
    account = account_of(town, officer)
    with town.runtime.sessions() as session, session.begin():
        session.add(
            Notice(
                person_id=account.person_id or 0,
                key="notice.words",
                values={"words": "ข่าวดี"},
                subject="s",
                created_at=town.clock.now(),
            )
        )
    officer.send({"type": "unfollow"})
    assert one(town, select(Notice)).shown_at is None
    assert "ข่าวดี" in officer.send({"type": "follow", "follow": {"isUnblocked": True}})
    assert "ข่าวดี" not in officer.say("เมนู")


def test_blocking_and_coming_back_are_taken_in_the_order_in_which_they_happened(town: Town, officer: Phone) -> None:
    now = int(town.clock.real().timestamp() * 1000)
    officer.deliver(officer.event({"type": "unfollow"}, timestamp=now + 1000))
    assert not account_of(town, officer).following
    officer.deliver(officer.event({"type": "follow", "follow": {"isUnblocked": True}}, timestamp=now + 3000))
    officer.deliver(officer.event({"type": "unfollow"}, timestamp=now + 2000))
    assert account_of(town, officer).following


def test_who_writes_has_not_blocked_the_account(town: Town, officer: Phone) -> None:
    """The follow event may never have been delivered."""
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).values(following=False))
    officer.say("เมนู")
    assert account_of(town, officer).following


def test_name_and_language_are_asked_for_at_most_once_a_minute(town: Town) -> None:
    asked: list[str] = []
    town.line.before_call = asked.append
    stranger = town.stranger()
    stranger.say("สวัสดี")
    stranger.say("สวัสดี")
    assert asked.count("profile") == 1
    town.clock.pass_seconds(61)
    stranger.say("สวัสดี")
    assert asked.count("profile") == 2


def test_rings_for_what_a_turn_promised_only_after_its_commit(town: Town) -> None:
    leader = town.person("แดง", "leader", "42070101")
    seen: list[int] = []
    ring = town.queue.ring

    def look(job: str, subject: int) -> bool:
        seen.append(town.runtime.engine.pool.checkedout())  # type: ignore[attr-defined]
        return ring(job, subject)

    object.__setattr__(town.runtime.dialogue, "ring", look)
    leader.photo()
    assert seen == [0]


def test_the_phones_language_is_taken_until_the_person_says_another(town: Town) -> None:
    stranger = town.stranger()
    town.line.profiles[stranger.user_id] = Profile("Anna", "en-GB")
    assert "Welcome" in stranger.send({"type": "follow", "follow": {"isUnblocked": False}})
    stranger.say("ไทย")
    assert "ยินดีต้อนรับ" in stranger.send({"type": "follow", "follow": {"isUnblocked": False}})
    assert account_of(town, stranger).display_name == "Anna"


def test_a_step_that_asks_in_circles_is_stopped(town: Town, officer: Phone) -> None:
    class Endless:
        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = object.__hash__

    def ask(*_: object) -> Any:
        raise Missing(Endless())  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.chat.turns.step", ask)
        officer.say("เมนู")
        assert unhandled(town)[0].attempts == 1
    later(town, 4)
    assert unhandled(town) == []


def test_reading_never_waits_for_a_writer(either_town: Town) -> None:
    """Not even for the one further up the same call stack: the simulated clock is read inside a turn."""
    sessions = either_town.runtime.sessions
    with sessions() as writer, writer.begin():
        writer.add(Audit(at=either_town.clock.now(), person_id=None, action="a", subject="s", detail={}))
        writer.flush()
        with sessions() as reader:
            assert reader.scalars(select(Audit).where(Audit.action == "a")).all() == []
