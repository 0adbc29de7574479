"""Who owes what by when. The rows exist before anyone reports, so silence is visible."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ObligationState(StrEnum):
    OPEN = "open"
    PARTLY = "partly"
    """Partly answered: a draft is under way and nothing has been sent."""
    SUBMITTED = "submitted"
    LATE = "late"
    """Submitted after the due time; taken and marked."""
    RETURNED = "returned"
    """Sent, and given back by the province with a reason: owed again."""
    ACCEPTED = "accepted"
    WAIVED = "waived"
    """Not asked for any more, with a reason."""


OWED = (ObligationState.OPEN, ObligationState.PARTLY, ObligationState.RETURNED)
"""Somebody still has something to do; who is in one of these may be reminded."""
SETTLED = (ObligationState.SUBMITTED, ObligationState.LATE, ObligationState.ACCEPTED, ObligationState.WAIVED)


class Obligation(Base):
    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("round_id", "form_id", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    state: Mapped[str] = mapped_column(default=ObligationState.OPEN.value)
    submitted_at: Mapped[dt.datetime | None]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who has taken this round's report over; reminders go to this person in place of the officer."""
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def settled(self) -> bool:
        return self.state in SETTLED


class ObligationChange(Base):
    """One step in the life of an obligation: the ledger's history, never changed or removed."""

    __tablename__ = "obligation_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    at: Mapped[dt.datetime]
    """Civil time."""
    from_state: Mapped[str]
    to_state: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who did it; None for the service itself."""
    reason: Mapped[str] = mapped_column(default="")
    """Why, word for word: of a waiver or a return."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{"boxes": {name: reason}} of a return; {"report": number} of a submission."""


class Draft(Base):
    """The one live draft of an obligation, shared by everyone who may answer it."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), unique=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    """Optimistic lock: stored only by who read the version that stands (services.reports.reports)."""
    answers: Mapped[dict[str, Any]]
    skipped: Mapped[list[Any]]
    explained: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Reasons that were given for remarks, by the check's stable name (bot.forms.explained)."""
    amends: Mapped[int | None]
    """The report version number that this draft changes; None for a first report."""
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[dt.datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who has asked the head of office to agree; None while nobody has, or once anything was changed."""
    asked_at: Mapped[dt.datetime | None]
    sent_back_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_back_reason: Mapped[str] = mapped_column(default="")
    """Why the head of office sent it back, word for word; empty until then, and again once asked anew."""
    offered_version_id: Mapped[int | None] = mapped_column(ForeignKey("form_version.id"))
    """The newer form version that was offered for it: each is offered once."""


class Report(Base):
    """An immutable version of a report as confirmed. A change is a new version (an amendment)."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("obligation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    number: Mapped[int]
    """1 for the first report, 2 for its first amendment."""
    reference: Mapped[str] = mapped_column(unique=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    answers: Mapped[dict[str, Any]]
    explained: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Reasons for the remarks that stood when it was confirmed; beside the XML, which holds the form's boxes alone."""
    xml: Mapped[str]
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    phoned_by: Mapped[str] = mapped_column(default="")
    """Who told it on the telephone, by name, where staff of the province wrote it down; empty otherwise."""
    submitted_at: Mapped[dt.datetime]
    late: Mapped[bool]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """The head of office who agreed and sent it for `submitted_by`; None when nobody had to."""
    asked_at: Mapped[dt.datetime | None]
    """When `submitted_by` had asked for that. Lateness is counted by `submitted_at` all the same."""


class Answer(Base):
    """One value of a report, derived from its version by the job and safe to derive again."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("report_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    name: Mapped[str]
    """The box's address: inside a repeat child[2]/age."""
    box: Mapped[str] = mapped_column(index=True)
    """The box of the form that it answers: age for every child's; the name itself outside repeats."""
    value: Mapped[str]
    number: Mapped[float | None]
    """The value of a number; whole ones are exact up to 15 digits."""
    origin: Mapped[str]


class Reminder(Base):
    """One entry of the plan for one obligation and person, decided once: the row is why nobody hears twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("entry", "round_id", "obligation_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    obligation_id: Mapped[int] = mapped_column(default=0)
    """0 for a summary that is about the whole round."""
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"))
    outbox_id: Mapped[int | None]
    dropped: Mapped[str] = mapped_column(default="")
    """Why nothing was sent although it was due: "quota", "stale"; empty when it was."""
    planned_for: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]
