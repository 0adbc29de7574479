"""To which province a row belongs, as SQL: by its village's code, or by where the person works who wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from models.chat import Conversation
from models.people import LineAccount, Membership
from services.retention.limits import BEGINNING

Before = Callable[[dt.datetime], ColumnElement[bool]]
"""Whether a row is older than an instant of civil time."""
Column = InstrumentedAttribute[Any]

_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """Until when things of one kind may go."""

    by_province: Mapping[str, dt.datetime]
    everywhere: dt.datetime
    """Of what belongs to no province; BEGINNING: never."""
    mechanical: dt.timedelta
    """What a civil instant lacks to be a mechanical one; nothing but in a demonstration."""


def accounts() -> Select[int]:
    """Accounts of people who have worked somewhere."""
    return select(LineAccount.id).join(Membership, Membership.person_id == LineAccount.person_id)


def chats() -> Select[int]:
    """Their chats."""
    return (
        select(Conversation.id)
        .join(LineAccount, LineAccount.id == Conversation.account_id)
        .join(Membership, Membership.person_id == LineAccount.person_id)
    )


def people() -> Select[int]:
    return select(Membership.person_id)


def by_people(column: Column, workers: Select[int], bounds: Bounds, before: Before) -> ColumnElement[bool]:
    """Rows whose `column` is one of `workers` (accounts, chats, people): by the strictest province of their work."""
    parts = [and_(or_(column.is_(None), column.not_in(workers)), _older(before, bounds.everywhere))]
    for province, limit in bounds.by_province.items():
        as_lenient = [other for other, theirs in bounds.by_province.items() if theirs >= limit]
        parts.append(
            and_(
                column.in_(workers.where(_province().in_([province]))),
                column.not_in(workers.where(_province().not_in(as_lenient))),
                _older(before, limit),
            )
        )
    return or_(*parts)


def by_code(column: Column, bounds: Bounds, before: Before) -> ColumnElement[bool]:
    """Rows whose `column` is the code of an area."""
    parts = [and_(column.startswith(province), before(limit)) for province, limit in bounds.by_province.items()]
    return or_(false(), *parts)


def everywhere(bounds: Bounds, before: Before) -> ColumnElement[bool]:
    """Rows that belong to no province."""
    return _older(before, bounds.everywhere)


def _older(before: Before, limit: dt.datetime) -> ColumnElement[bool]:
    return before(limit) if limit > BEGINNING else false()


def _province() -> ColumnElement[str]:
    return func.substr(Membership.area_code, 1, _DIGITS)
