"""The rows that a plan of reminders is made from: who can be written to, what is owed, what has been decided.

Each is read when first asked for and kept, so that the entries of a round share it; `read` takes many rounds at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from models.area import AreaKind, inside
from models.campaign import Form
from models.chat import Delivery, OutboxRequest
from models.obligation import OWED, Draft, Obligation, Reminder
from models.people import REPORTING_ROLES, STAFF_ROLES, LineAccount, Membership
from services.reminders.addressees import Holder

STALE = "stale"
"""A delivery's problem: its day was over before LINE took it (services.sending.deciding)."""
_PROVINCE = 2
"""Digits of a province's code."""
_HEARERS = (*REPORTING_ROLES, *STAFF_ROLES)

Decided = Mapping[int, set[int]]
"""Accounts by obligation; a round's summary stands under 0."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a district has to report in a round."""

    id: int
    area_code: str
    state: str
    assigned_to: int | None
    waits: bool
    """For the head of office."""


@dataclass(frozen=True)
class PlanRows:
    session: Session
    _holders: dict[str, defaultdict[str, list[Holder]]] = field(default_factory=dict)
    _owed: dict[int, list[Owed]] = field(default_factory=dict)
    _decided: dict[tuple[str, int], defaultdict[int, set[int]]] = field(default_factory=dict)
    _read: set[int] = field(default_factory=set)
    """Rounds of which every decision was read."""

    def read(self, rounds: Collection[int]) -> None:
        """Look at many rounds, and at all provinces, in three statements."""
        self._keep_holders(_members())
        self._owed.update({rnd: [] for rnd in rounds})
        self._keep_owed(rounds)
        self._keep_decided(_reminders().where(Reminder.round_id.in_(rounds)))
        self._read.update(rounds)

    def holders(self, province_code: str) -> Mapping[str, list[Holder]]:
        """Who can be written to in each area of a province, the longest member first; none where nobody can."""
        if province_code not in self._holders:
            self._holders[province_code] = defaultdict(list)
            self._keep_holders(_members().where(inside(Membership.area_code, province_code)))
        return self._holders[province_code]

    def owed(self, round_id: int, *, only_if_owed: bool) -> Iterator[Owed]:
        """What districts have to report in a round. What the province fills in for them is never chased."""
        if round_id not in self._owed:
            self._owed[round_id] = []
            self._keep_owed([round_id])
        yield from (each for each in self._owed[round_id] if not only_if_owed or each.state in OWED)

    def decided(self, key: str, round_id: int) -> Decided:
        """For whom an entry has been decided on, and not in vain."""
        if (key, round_id) not in self._decided:
            self._decided[key, round_id] = defaultdict(set)
            if round_id not in self._read:
                self._keep_decided(_reminders().where(Reminder.entry == key, Reminder.round_id == round_id))
        return self._decided[key, round_id]

    def _keep_decided(self, reminders: Select[str, int, int, int]) -> None:
        for entry, round_id, obligation_id, account_id in self.session.execute(reminders):
            self._decided.setdefault((entry, round_id), defaultdict(set))[obligation_id].add(account_id)

    def _keep_holders(self, members: Select[*tuple[Any, ...]]) -> None:
        for area_code, account_id, person_id, role in self.session.execute(members):
            province = self._holders.setdefault(area_code[:_PROVINCE], defaultdict(list))
            province[area_code].append(Holder(account_id, person_id, role))

    def _keep_owed(self, rounds: Collection[int]) -> None:
        rows = self.session.execute(
            select(
                Obligation.round_id,
                Obligation.id,
                Obligation.area_code,
                Obligation.state,
                Obligation.assigned_to,
                Draft.asked_at.is_not(None),
            )
            .join(Form, Form.id == Obligation.form_id)
            .outerjoin(Draft, Draft.obligation_id == Obligation.id)
            .where(Obligation.round_id.in_(rounds), Form.unit == AreaKind.DISTRICT.value)
            .order_by(Obligation.area_code, Obligation.id)
        )
        for round_id, number, area_code, state, assigned_to, waits in rows:
            self._owed[round_id].append(Owed(number, area_code, state, assigned_to, bool(waits)))


def in_vain() -> ColumnElement[bool]:
    """The reminder was written, could not be sent on its day, and no try of it may have arrived."""
    return exists().where(
        Delivery.outbox_id == Reminder.outbox_id,
        Delivery.account_id == Reminder.account_id,
        Delivery.problem == STALE,
        OutboxRequest.id == Delivery.outbox_id,
        OutboxRequest.frozen.is_(False),
    )


def _reminders() -> Select[str, int, int, int]:
    return select(Reminder.entry, Reminder.round_id, Reminder.obligation_id, Reminder.account_id).where(~in_vain())


def _members() -> Select[str, int, int, str]:
    """Those whom a plan may write to; a country has tens of thousands of village leaders beside them."""
    return (
        select(Membership.area_code, LineAccount.id, Membership.person_id, Membership.role)
        .join(LineAccount, LineAccount.person_id == Membership.person_id)
        .where(Membership.ended_at.is_(None), LineAccount.following, Membership.role.in_(_HEARERS))
        .order_by(Membership.since, LineAccount.id)
    )
