"""Staff of the province write a report down as a district tells it on the telephone, or correct what it sent.

It becomes an ordinary version by the way that the chat's goes: the draft is stored by whoever saw the one that stands,
and sent at once. Who told it stays with the version by name. Nothing is stored before it is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.conversation.effects import SaveDraft
from bot.conversation.facts import Facts, PersonFacts
from bot.conversation.report.answering.at_once import Filled, filled
from bot.conversation.report.context import Context
from bot.conversation.report.sending import review
from bot.conversation.report.sending.doubts import gathered
from bot.forms.explained import reason
from bot.messages.catalogue import Catalogue
from bot.reading.national_id import mask
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, Report
from services.calendar import BANGKOK, day_of
from services.chat.facts import FactsLoader
from services.ledger.decisions import Decisions
from services.people.people import Areas
from services.ports import Clock
from services.reports import approvals, reports
from services.reports.report_facts import report_facts
from services.reports.reports import ReportChangedError

LONGEST_NAME = 80
LONGEST_REASON = 500
NOT_OPEN, CLOSED, LOCKED, REPEATS = "not_open", "closed", "locked", "repeats"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page holds. `seen`: of the report as the page showed it."""

    boxes: Mapping[str, Sequence[str]]
    agreed: Mapping[str, str]
    reasons: Mapping[str, str]
    caller: str
    seen: str


@dataclass(frozen=True)
class Behalf:
    session: Session
    loader: FactsLoader
    clock: Clock
    catalogue: Catalogue
    """Of the language of whoever writes it down, with the campaign's own words."""
    person: PersonFacts

    def open(self, obligation_id: int) -> Context:
        """The report as it stands: its draft, else its latest version, else a new one."""
        obligation = self.session.get_one(Obligation, obligation_id)
        campaign_id = self.session.get_one(Round, obligation.round_id).campaign_id
        own = select(Round.number, Round.due_at).where(Round.campaign_id == campaign_id, Round.duty == "")
        facts = Facts(
            now=self.clock.now().astimezone(BANGKOK),
            catalogue=self.catalogue,
            reader=self.loader.reader,
            privacy_version=1,
            rounds={number: day_of(due_at) for number, due_at in self.session.execute(own)},
            person=self.person,
        )
        areas = Areas(self.session, self.catalogue)
        return Context.of(facts, report_facts(self.session, self.loader.forms, facts, obligation_id, areas))

    def fill(self, context: Context, typed: Typed) -> Filled:
        """What was typed, read into the report as it stands now; with the reasons for what should be looked at."""
        boxes = {name: [mask(words) for words in given] for name, given in typed.boxes.items()}
        found = filled(context, boxes, typed.agreed)
        explained = dict(found.context.explained)
        for doubt in gathered(found.context):
            words = mask(typed.reasons.get(doubt.key, "")).strip()[:LONGEST_REASON]
            if words and words != doubt.reason:
                explained[doubt.key] = reason(words, doubt.figures, before=doubt.before)
        return Filled(found.context.with_explained(explained), found.faults, found.doubts)

    def send(self, filled_in: Filled, caller: str) -> Report:
        """Send it: the report's next version. Raises ReportChangedError when somebody else was faster, and ValueError
        for what may not be sent."""
        context, by = filled_in.context, self.person.id
        if not filled_in.clean or not caller.strip() or nothing_new(context) or refused(context):
            raise ValueError("this report cannot be sent as it is")
        save, now = _complete(context), self.clock.now()
        approvals.withdraw(self.session, save.obligation_id, by, now)
        try:
            reports.save_draft(self.session, save, by, now)
        except IntegrityError as error:
            raise ReportChangedError from error  # the district has begun its first draft meanwhile
        told = mask(caller).strip()[:LONGEST_NAME]
        report = reports.submit(
            self.session,
            self.loader.forms,
            save.obligation_id,
            context.next_row_version,
            by,
            self.clock,
            phoned_by=told,
        )
        Decisions(self.session, self.loader, self.clock).sent_again(report)
        return report


def refused(context: Context) -> str:
    """Why nothing can be written down here; "" when it can."""
    obligation = context.report.obligation
    if context.facts.now < obligation.opens_at:
        return NOT_OPEN
    if obligation.closed:
        return CLOSED
    if obligation.locked:
        return LOCKED
    return REPEATS if context.report.form.repeats else ""


def nothing_new(context: Context) -> bool:
    """Whether it says just what was sent last."""
    return context.report.sent is not None and review.nothing_new(context)


def seen(context: Context) -> str:
    """The mark of the report as it stands: another one once anybody has stored or sent anything."""
    return f"{context.report.row_version or 0}.{context.report.obligation.versions}"


def mark(context: Context, caller: str) -> str:
    """The mark of what would be sent: only what was read back is."""
    answers = sorted((name, context.values.get(name)) for name, item in context.questions.items() if item.asked)
    told = repr((seen(context), caller.strip(), answers))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _complete(context: Context) -> SaveDraft:
    """What is left empty is left out on purpose."""
    values = context.values
    empty = {name for name, item in context.questions.items() if item.asked and values.get(name) == ""}
    return context.with_values(values, context.skipped | {name for name in empty if values.relevant(name)}).save()


def words_of(loader: FactsLoader, session: Session, obligation_id: int, locale: str) -> Catalogue:
    """A language's texts with those of the report's campaign."""
    found = (
        select(Campaign)
        .join(Form, Form.campaign_id == Campaign.id)
        .join(Obligation, Obligation.form_id == Form.id)
        .where(Obligation.id == obligation_id)
    )
    return loader.texts.catalogue(locale, session.scalar(found))
