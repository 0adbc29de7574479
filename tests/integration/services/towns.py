"""Looking into a town from a test."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select, select

from models.campaign import Round
from models.chat import Conversation, InboxEvent, OutboxRequest
from models.people import LineAccount
from services.campaigns.summary import SummaryPlan
from services.chat import intake
from services.ledger.summary import answers_of
from services.ports import SendOutcome, SendResult
from tests.support.chat import Phone, Town

T = TypeVar("T")

UNCLEAR = SendResult(SendOutcome.UNCLEAR, problem="ReadTimeoutError")
TOKEN_GONE = SendResult(SendOutcome.TOKEN_GONE, 400, "r", (), "Invalid reply token")
RATE_LIMITED = SendResult(SendOutcome.RATE_LIMITED, 429, "r", (), "rate limit")
QUOTA_GONE = SendResult(SendOutcome.QUOTA_GONE, 429, "r", (), "monthly limit")
REFUSED = SendResult(SendOutcome.REFUSED, 400, "r", (), "bad body")
NOT_LET_IN = SendResult(SendOutcome.REFUSED, 401, "r", (), "Authentication failed")


def rows(town: Town, statement: Select[T]) -> list[T]:
    with town.runtime.sessions() as session:
        return list(session.scalars(statement))


def one(town: Town, statement: Select[T]) -> T:
    (row,) = rows(town, statement)
    return row


def outbox(town: Town, *kinds: str) -> list[OutboxRequest]:
    found = rows(town, select(OutboxRequest).order_by(OutboxRequest.id))
    return [row for row in found if not kinds or row.kind in kinds]


def states(town: Town) -> list[tuple[str, str]]:
    """(kind, state) of every outbox row, in order."""
    return [(row.kind, row.state) for row in outbox(town)]


def account_of(town: Town, phone: Phone) -> LineAccount:
    return one(town, select(LineAccount).where(LineAccount.line_user_id == phone.user_id))


def chat_of(town: Town, phone: Phone) -> Conversation:
    account = account_of(town, phone)
    return one(town, select(Conversation).where(Conversation.account_id == account.id))


def take_in(town: Town, *events: dict[str, Any]) -> list[int]:
    """Store events as the webhook would, and answer none of them."""
    with town.runtime.sessions() as session, session.begin():
        return intake.record(session, 1, list(events), town.clock.real())


def unhandled(town: Town) -> list[InboxEvent]:
    return rows(town, select(InboxEvent).where(InboxEvent.handled_at.is_(None)).order_by(InboxEvent.timestamp))


def words(body: Any) -> str:
    """All of a request's messages as one string, to look for something in."""
    return str(body["messages"])


def answer_all(officer: Phone) -> str:
    """Round 1 of อำเภอภูเรือ from the first question to the review card; all figures are made up."""
    officer.say("รายงาน")
    officer.tap("อยู่ระหว่างการจัดทำรายงาน")
    officer.tap("ทำแล้วทั้งสองอย่าง")
    for numbers in ("21 15", "3150 3040", "40 35 12 38 9"):
        officer.say(numbers)
    officer.tap("ตามแผน")
    officer.tap("อยู่ระหว่างการจัดทำรายงาน")
    officer.say("0")
    officer.tap("ไม่มีข้อมูลที่อำเภอ")
    return officer.tap("ไม่มี")


def report(officer: Phone) -> str:
    """A whole round; returns the receipt."""
    answer_all(officer)
    return officer.tap("ยืนยันส่ง")


def summed(town: Town, box: str) -> tuple[float, int]:
    """What the districts' reports of round 1 add up to in a box, and how many have answered it."""
    with town.runtime.sessions() as session:
        rnd = session.scalars(select(Round).where(Round.number == 1, Round.duty == "")).one()
        found = answers_of(session, rnd, SummaryPlan("followup", problems=box), "")
    return found.total(box), found.districts(box)
