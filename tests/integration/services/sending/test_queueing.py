"""Words for many: who gets them, in which requests, and who is left out at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from models.chat import Delivery, OutboxRequest
from models.obligation import Obligation, ObligationState
from models.people import LineAccount
from services.sending.outbox import MULTICAST_MOST, Recipient, Word, queue_many, queue_words
from tests.integration.services.towns import RATE_LIMITED, UNCLEAR, account_of, one, outbox, rows, states
from tests.support.chat import Phone, Town

HELLO = [{"type": "text", "text": "hello"}]


@dataclass
class Office:
    phone: Phone
    account: int
    obligation: int

    @property
    def guarded(self) -> Recipient:
        return Recipient(self.account, self.obligation)


def office(town: Town, district: str) -> Office:
    phone = town.person(f"ของ {district}", "officer", district)
    owed = rows(town, select(Obligation).where(Obligation.area_code == district).order_by(Obligation.id))
    return Office(phone, account_of(town, phone).id, owed[0].id)


@pytest.fixture
def two(town: Town) -> tuple[Office, Office]:
    return office(town, "4207"), office(town, "4203")


def queue(town: Town, *recipients: Recipient, purpose: str = "reminder:asked") -> list[int]:
    with town.runtime.sessions() as session, session.begin():
        found = queue_words(session, 1, recipients, HELLO, town.clock.real(), purpose=purpose)
        return [row.id for row in found]


def settle(town: Town, obligation: int, state: ObligationState = ObligationState.SUBMITTED) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Obligation).where(Obligation.id == obligation).values(state=state.value))


def deliveries(town: Town) -> dict[int, tuple[str, str]]:
    return {each.account_id: (each.state, each.problem) for each in rows(town, select(Delivery))}


def send(town: Town, seconds: float = 0) -> None:
    town.clock.pass_seconds(seconds)
    town.runtime.send_due(1)


def test_one_recipient_gets_a_push_and_more_a_multicast_of_one_request(town: Town, two: tuple[Office, Office]) -> None:
    first, second = two
    queue(town, first.guarded)
    queue(town, first.guarded, second.guarded)
    send(town)
    assert [row.kind for row in outbox(town)] == ["push", "multicast"]
    assert [body["to"] for body, _key in town.line.pushes] == [
        first.phone.user_id,
        [first.phone.user_id, second.phone.user_id],
    ]
    assert {row.purpose for row in outbox(town)} == {"reminder:asked"}


def test_more_than_five_hundred_are_shared_out_over_requests(town: Town) -> None:
    with town.runtime.sessions() as session, session.begin():
        accounts = [
            LineAccount(channel_id=1, line_user_id=f"U{number:032x}", created_at=town.clock.now())
            for number in range(2 * MULTICAST_MOST + 1)
        ]
        session.add_all(accounts)
        session.flush()
        recipients = [Recipient(account.id) for account in accounts]
        queue_words(session, 1, recipients, HELLO, town.clock.real(), purpose="broadcast", broadcast_id=None)
    send(town)
    assert [row.kind for row in outbox(town)] == ["multicast", "multicast", "push"]
    heard = [user for body, _key in town.line.pushes[:2] for user in body["to"]] + [town.line.pushes[2][0]["to"]]
    assert heard == [f"U{number:032x}" for number in range(2 * MULTICAST_MOST + 1)]


def test_nobody_stands_twice_in_one_request(town: Town, two: tuple[Office, Office]) -> None:
    first, second = two
    queue(town, first.guarded, first.guarded, Recipient(first.account, second.obligation), second.guarded)
    send(town)
    assert [body["to"] for body, _key in town.line.pushes] == [
        [first.phone.user_id, second.phone.user_id],
        first.phone.user_id,
    ]


def test_who_has_reported_is_left_out_and_the_delivery_says_so(town: Town, two: tuple[Office, Office]) -> None:
    first, second = two
    queue(town, first.guarded, second.guarded)
    settle(town, first.obligation)
    send(town)
    assert [body["to"] for body, _key in town.line.pushes] == [[second.phone.user_id]]
    assert deliveries(town) == {first.account: ("withdrawn", "settled"), second.account: ("sent", "")}


@pytest.mark.parametrize("state", [ObligationState.PARTLY, ObligationState.RETURNED])
def test_who_has_begun_or_was_asked_again_still_owes(
    town: Town, two: tuple[Office, Office], state: ObligationState
) -> None:
    settle(town, two[0].obligation, state)
    queue(town, two[0].guarded)
    send(town)
    assert states(town) == [("push", "sent")]


def test_a_request_for_nobody_who_owes_is_withdrawn(town: Town, two: tuple[Office, Office]) -> None:
    queue(town, *(each.guarded for each in two))
    for each in two:
        settle(town, each.obligation, ObligationState.WAIVED)
    send(town)
    assert town.line.pushes == []
    assert states(town) == [("multicast", "withdrawn")]


def test_who_has_blocked_the_account_is_left_out(town: Town, two: tuple[Office, Office]) -> None:
    first, second = two
    queue(town, first.guarded, second.guarded)
    first.phone.send({"type": "unfollow"})
    send(town)
    assert deliveries(town)[first.account] == ("withdrawn", "blocked")
    assert deliveries(town)[second.account] == ("sent", "")


def test_after_a_refusal_for_speed_recipients_are_decided_anew(town: Town, two: tuple[Office, Office]) -> None:
    first, second = two
    queue(town, first.guarded, second.guarded)
    town.line.results.append(RATE_LIMITED)
    send(town)
    settle(town, first.obligation)
    send(town, 5)
    assert [body["to"] for body, _key in town.line.pushes] == [
        [first.phone.user_id, second.phone.user_id],
        [second.phone.user_id],
    ]
    assert one(town, select(OutboxRequest)).attempts == 1


def test_after_an_unclear_try_the_request_stays_as_it_was(town: Town, two: tuple[Office, Office]) -> None:
    """Its key stands for this body: LINE may have taken it."""
    first, second = two
    queue(town, first.guarded, second.guarded)
    town.line.results += [UNCLEAR, RATE_LIMITED]
    send(town)
    settle(town, first.obligation)
    send(town, 5)
    send(town, 5)
    assert len(town.line.pushes) == 3
    assert len({str(pushed) for pushed in town.line.pushes}) == 1
    assert deliveries(town) == {first.account: ("sent", ""), second.account: ("sent", "")}


def test_after_an_unclear_try_a_request_is_withdrawn_when_all_its_people_have_reported(
    town: Town, two: tuple[Office, Office]
) -> None:
    queue(town, two[0].guarded)
    town.line.results.append(UNCLEAR)
    send(town)
    settle(town, two[0].obligation)
    send(town, 5)
    assert len(town.line.pushes) == 1
    assert states(town) == [("push", "withdrawn")]


def test_personal_words_are_a_push_each_with_keys_of_their_own(town: Town, two: tuple[Office, Office]) -> None:
    words = [Word([each.guarded], [{"type": "text", "text": str(number)}]) for number, each in enumerate(two)]
    with town.runtime.sessions() as session, session.begin():
        queue_many(session, 1, words, town.clock.real(), purpose="reminder:opening")
    send(town)
    assert [body["messages"][0]["text"] for body, _key in town.line.pushes] == ["0", "1"]
    assert len({key for _body, key in town.line.pushes}) == 2
