"""The head of office's consent: asked for, given, refused, or withdrawn because the draft was changed.

Each is one transaction with the draft as it was seen: whoever is slower looks again. The draft's row version moves
with every one of them, so that a card shown before means nothing any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.report.sharing import approving
from bot.messages.bubbles import Bubble
from models.campaign import Campaign, Form, Round
from models.chat import Notice
from models.obligation import Draft, Obligation, Report
from models.people import LineAccount, Person
from models.upsert import insert_or_ignore
from models.work import Audit
from services.chat.facts import FactsLoader
from services.ledger import rounds
from services.ports import Clock
from services.reports import reports
from services.reports.approval_facts import heads_of
from services.reports.seen import Say, seen_by
from services.sending.telling import accounts_of, tell


@dataclass(frozen=True)
class Approvals:
    session: Session
    loader: FactsLoader
    clock: Clock

    def ask(self, obligation_id: int, row_version: int, person_id: int) -> None:
        """The draft waits for the heads, who get its card. Raises ReportChangedError when it has changed."""
        draft = reports.locked_draft(self.session, obligation_id, row_version)
        draft.asked_by, draft.asked_at = person_id, self.clock.now()
        draft.sent_back_by, draft.sent_back_reason = None, ""
        draft.row_version += 1
        self._note("asked", obligation_id, person_id)
        heads = [account for person, account in _heads(self.session, obligation_id) if person.id != person_id]
        self._tell(heads, lambda account: self._seen(account, obligation_id, approving.request))

    def agree(self, obligation_id: int, row_version: int, person_id: int) -> Report:
        """Send the report for whoever asked. Raises ReportChangedError when it has changed, or nobody asks any more."""
        draft = reports.locked_draft(self.session, obligation_id, row_version)
        asker = _asker(draft)
        head = self.session.get_one(Person, person_id)
        told = [
            (account, self._seen(account, obligation_id, lambda context: approving.agreed(context, head.name)))
            for account in accounts_of(self.session, {asker} - {person_id})
        ]
        report = reports.submit(
            self.session, self.loader.forms, obligation_id, row_version, person_id, self.clock, agrees=True
        )
        said = {account.id: bubbles for account, bubbles in told}
        self._tell([account for account, _bubbles in told], lambda account: said[account.id])
        return report

    def send_back(self, obligation_id: int, row_version: int, person_id: int, reason: str) -> None:
        """Whoever asked is told why, with the card. Raises ReportChangedError when nobody asks any more."""
        draft = reports.locked_draft(self.session, obligation_id, row_version)
        asker = _asker(draft)
        draft.asked_by = draft.asked_at = None
        draft.sent_back_by, draft.sent_back_reason = person_id, reason
        draft.row_version += 1
        self._note("sent_back", obligation_id, person_id)
        accounts = accounts_of(self.session, {asker} - {person_id})
        self._tell(accounts, lambda account: self._seen(account, obligation_id, approving.came_back))

    def _seen(self, account: LineAccount, obligation_id: int, say: Say) -> tuple[Bubble, ...]:
        return seen_by(self.session, self.loader, account, obligation_id, self.clock.now(), say)

    def _tell(self, accounts: list[LineAccount], told: Callable[[LineAccount], tuple[Bubble, ...]]) -> None:
        texts = self.loader.texts
        tell(self.session, accounts, self.clock, texts, lambda account, _catalogue: told(account))

    def _note(self, action: str, obligation_id: int, person_id: int) -> None:
        at, subject = self.clock.now(), f"obligation {obligation_id}"
        code = self.session.get_one(Obligation, obligation_id).area_code
        self.session.add(Audit(at=at, person_id=person_id, action=action, subject=subject, area_code=code, detail={}))


def _asker(draft: Draft) -> int:
    if draft.asked_by is None:
        raise reports.ReportChangedError
    return draft.asked_by


def _heads(session: Session, obligation_id: int) -> list[tuple[Person, LineAccount]]:
    obligation = session.get_one(Obligation, obligation_id)
    form = session.get_one(Form, obligation.form_id)
    return heads_of(session, session.get_one(Campaign, form.campaign_id), form, obligation.area_code)


def withdraw(session: Session, obligation_id: int, person_id: int | None, now: dt.datetime) -> None:
    """Before a draft is changed or given up: a request that stands is withdrawn, and those concerned learn of it.

    `person_id` is who changes it, and knows; None when nobody does (a message taken back).
    """
    draft = session.scalar(select(Draft).where(Draft.obligation_id == obligation_id, Draft.asked_at.is_not(None)))
    if draft is None:
        return
    rnd = session.get_one(Round, session.get_one(Obligation, obligation_id).round_id)
    concerned = {person.id for person, _account in _heads(session, obligation_id)} | {_asker(draft)}
    who = session.get(Person, person_id) if person_id else None
    key = "notice.approval_withdrawn" if who else "notice.approval_unsent"
    called = rounds.stored(session.get_one(Campaign, rnd.campaign_id), rnd)
    words = {"who": who.name, "round": called} if who else {"round": called}
    for concerned_id in concerned - {person_id}:
        row = {"person_id": concerned_id, "key": key, "values": words, "created_at": now}
        subject = f"request of draft {draft.id}-{draft.row_version} withdrawn for {concerned_id}"
        insert_or_ignore(session, Notice, {**row, "subject": subject})
