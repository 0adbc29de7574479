"""To whom a district's reminder goes: the roles of the plan, or whoever has the report in hand in their place. Pure.

A round that was handed over is its new owner's, as long as that person can be written to; a report that waits for the
head of office is the head's. A role of which nobody can be reached falls through to the next of the plan's escalation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.people import REPORTING_ROLES, STAFF_ROLES, Role
from services.reminders.entries import Entry


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role in a district today and can be written to."""

    account_id: int
    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Case:
    """What matters of one district's obligation."""

    assigned_to: int | None
    waits: bool
    """The report waits for the head of office."""


@dataclass(frozen=True, slots=True)
class Addressee:
    account_id: int
    role: str
    """In which role this person hears it, for the words; not the role of the plan that fell through."""


def addressees(entry: Entry, roles: Iterable[str], case: Case, holders: Sequence[Holder]) -> tuple[Addressee, ...]:
    """Who hears `entry` for one district, each once; empty when nobody there can be reached.

    `holders` are the district's, the longest member first.
    """
    found: dict[int, Addressee] = {}
    for role in roles:
        for step in entry.chain(role):
            heard = _of_role(step, case, holders) if step not in STAFF_ROLES else []
            for holder in heard:
                found.setdefault(holder.account_id, Addressee(holder.account_id, holder.role))
            if heard:
                break
    return tuple(found.values())


def _of_role(role: str, case: Case, holders: Sequence[Holder]) -> list[Holder]:
    heads = [holder for holder in holders if holder.role == Role.HEAD]
    if case.waits and heads and role in {Role.OFFICER, Role.DEPUTY}:
        return heads
    if role == Role.OFFICER:
        owner = [each for each in holders if each.person_id == case.assigned_to and each.role in REPORTING_ROLES]
        if owner:
            return owner
    return [holder for holder in holders if holder.role == role]
