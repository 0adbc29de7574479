"""What the province decides about reports: return, accept, waive, open again, and close a round or open it again.

Each is one step of the ledger inside the caller's transaction, with an audit row. Who has to act is told at once;
who only has to know learns of it at the next contact, for free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.conversation.report.asking import back
from bot.messages.bubbles import Day, Value, text
from models.campaign import Campaign, Round
from models.chat import Notice
from models.obligation import OWED, Obligation, ObligationChange, ObligationState, Report
from models.people import REPORTING_ROLES, LineAccount, Membership
from models.upsert import insert_or_ignore
from models.work import Audit
from services.calendar import day_of
from services.chat.facts import FactsLoader
from services.ledger.ledger import move, standing
from services.ledger.rounds import called
from services.people.people import Areas
from services.ports import Clock
from services.reports.reports import ReportChangedError
from services.reports.seen import seen_by
from services.sending.telling import tell

SENT = (ObligationState.SUBMITTED, ObligationState.LATE)


@dataclass(frozen=True)
class Decisions:
    """Raises ReportChangedError when the obligation is not in a state any more that allows the step."""

    session: Session
    loader: FactsLoader
    clock: Clock

    def return_report(
        self,
        obligation_id: int,
        boxes: Mapping[str, str],
        by: int,
        among: tuple[ObligationState, ...] = (*SENT, ObligationState.ACCEPTED),
    ) -> None:
        """Give a report back that is in one of `among`: `boxes` holds a reason for each box's address ("" for the
        report as a whole)."""
        reason = next(iter(dict.fromkeys(boxes.values())), "")
        self._step(obligation_id, ObligationState.RETURNED, by, "returned", among, reason, {"boxes": dict(boxes)})
        accounts = self._accounts(obligation_id)
        tell(
            self.session,
            accounts,
            self.clock,
            self.loader.texts,
            lambda account, _catalogue: seen_by(
                self.session, self.loader, account, obligation_id, self.clock.now(), back.told
            ),
        )

    def accept(self, obligation_id: int, by: int) -> None:
        """Take the report as it stands: it is not changed any more."""
        self._step(obligation_id, ObligationState.ACCEPTED, by, "accepted", SENT)
        self._notify(obligation_id, "notice.accepted", day=Day(day_of(self.clock.now())))

    def waive(self, obligation_id: int, reason: str, by: int) -> None:
        """Ask for it no more."""
        self._step(obligation_id, ObligationState.WAIVED, by, "waived", OWED, reason)
        self._notify(obligation_id, "notice.waived", because=reason)

    def reopen(self, obligation_id: int, by: int) -> None:
        """Take an acceptance or a waiver back: the state is again what the reports and the draft say."""
        among = (ObligationState.ACCEPTED, ObligationState.WAIVED)
        self._step(obligation_id, standing(self.session, obligation_id), by, "reopened", among)
        self._notify(obligation_id, "notice.reopened")

    def close_round(self, round_id: int, by: int, *, closed: bool) -> None:
        """From now on no report of the round is taken and nobody is reminded; or late ones are taken again."""
        rnd = self.session.get_one(Round, round_id, with_for_update=True, populate_existing=True)
        rnd.closes_at = self.clock.now() if closed else None
        province = self.session.get_one(Campaign, rnd.campaign_id).province_code
        self._audit(by, "round_closed" if closed else "round_reopened", f"round {round_id}", province)

    def sent_again(self, report: Report) -> None:
        """A report that had been returned has come back: whoever returned it learns of it at the next contact."""
        steps = select(ObligationChange).where(ObligationChange.obligation_id == report.obligation_id)
        last = list(self.session.scalars(steps.order_by(ObligationChange.id.desc()).limit(1)))
        if not last or last[0].from_state != ObligationState.RETURNED:
            return
        asked = steps.where(ObligationChange.to_state == ObligationState.RETURNED.value)
        reviewer = self.session.scalars(asked.order_by(ObligationChange.id.desc()).limit(1)).one().person_id
        accounts = select(LineAccount).where(LineAccount.person_id == reviewer).order_by(LineAccount.id)
        account = self.session.scalars(accounts).first()
        if account is not None:
            self._notice(account, report.obligation_id, "notice.sent_again", reference=report.reference)

    def _step(
        self,
        obligation_id: int,
        to: ObligationState,
        by: int,
        action: str,
        among: tuple[ObligationState, ...],
        reason: str = "",
        detail: Mapping[str, object] | None = None,
    ) -> None:
        now = self.clock.now()
        if not move(self.session, obligation_id, to, now=now, person_id=by, reason=reason, detail=detail, among=among):
            raise ReportChangedError
        area_code = self.session.get_one(Obligation, obligation_id).area_code
        self._audit(by, action, f"obligation {obligation_id}", area_code)

    def _audit(self, by: int, action: str, subject: str, area_code: str) -> None:
        at = self.clock.now()
        self.session.add(Audit(at=at, person_id=by, action=action, subject=subject, area_code=area_code, detail={}))

    def _accounts(self, obligation_id: int) -> list[LineAccount]:
        """Those who may answer for the area and can be written to; a report that was handed over is its owner's."""
        obligation = self.session.get_one(Obligation, obligation_id)
        found = list(self.session.scalars(_reporting(obligation.area_code).where(LineAccount.following)))
        owner = [account for account in found if account.person_id == obligation.assigned_to]
        return owner or found

    def _notify(self, obligation_id: int, key: str, **values: Value) -> None:
        obligation = self.session.get_one(Obligation, obligation_id)
        for account in self.session.scalars(_reporting(obligation.area_code)).unique():
            self._notice(account, obligation_id, key, **values)

    def _notice(self, account: LineAccount, obligation_id: int, key: str, **values: Value) -> None:
        """In the words of the person's language, written out: what they name may change until they are read."""
        obligation = self.session.get_one(Obligation, obligation_id)
        catalogue = self.loader.texts.of(self.session, account)
        area = Areas(self.session, catalogue)[obligation.area_code]
        rnd = self.session.get_one(Round, obligation.round_id)
        named = called(self.session.get_one(Campaign, rnd.campaign_id), rnd, catalogue.locale)
        words = catalogue.say(text(key, area=area.name, round=named, **values))
        change = select(ObligationChange.id).where(ObligationChange.obligation_id == obligation_id)
        newest = self.session.scalar(change.order_by(ObligationChange.id.desc()).limit(1))
        row = {"person_id": account.person_id, "key": "notice.words", "values": {"words": words}}
        subject = f"{key} {newest} for {account.person_id}"
        insert_or_ignore(self.session, Notice, {**row, "subject": subject, "created_at": self.clock.now()})


def _reporting(area_code: str) -> Select[LineAccount]:
    """Accounts of those who may answer for the area."""
    roles = [role.value for role in REPORTING_ROLES]
    held = select(Membership.person_id).where(
        Membership.area_code == area_code, Membership.role.in_(roles), Membership.ended_at.is_(None)
    )
    return select(LineAccount).where(LineAccount.person_id.in_(held)).order_by(LineAccount.id)
