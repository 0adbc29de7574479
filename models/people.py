"""People, the LINE accounts that they speak from, and what they may do where."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Role(StrEnum):
    OFFICER = "officer"
    """Reports for a district; the responsible one, first to be reminded."""
    DEPUTY = "deputy"
    HEAD = "head"
    LEADER = "leader"
    """Sends the household photos of a village."""
    STAFF = "staff"
    """Province: watches, reminds, approves."""
    ADMIN = "admin"


REPORTING_ROLES = (Role.OFFICER, Role.DEPUTY, Role.HEAD)
STAFF_ROLES = (Role.STAFF, Role.ADMIN)


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    privacy_version: Mapped[int | None]
    """Version of the privacy notice that was acknowledged; None: not yet."""
    privacy_at: Mapped[dt.datetime | None]
    signing: Mapped[str] = mapped_column(default="")
    """Of a leader: how signatures are taken in the village, models.signature.SignedOn; `asked`: not answered yet;
    empty: not asked yet."""
    created_at: Mapped[dt.datetime]


class LineAccount(Base):
    """The only place where LINE user ids are kept (privacy: mission.md)."""

    __tablename__ = "line_account"
    __table_args__ = (UniqueConstraint("channel_id", "line_user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    line_user_id: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    former_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose it was until a new phone of theirs took its place: what was said on it is still theirs to have erased."""
    display_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    chosen_language: Mapped[str] = mapped_column(default="")
    """What the person typed ("English", "ไทย"); stronger than the phone's language."""
    profile_at: Mapped[dt.datetime | None]
    following: Mapped[bool] = mapped_column(default=True)
    rich_menu: Mapped[str] = mapped_column(default="")
    """LINE's id of the rich menu that was linked last; empty: none of ours."""
    failed_codes: Mapped[int] = mapped_column(default=0)
    codes_blocked_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class Membership(Base):
    """A role in an area, from when to when. A person may hold several."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_area_role", "area_code", "role"),
        UniqueConstraint("person_id", "role", "area_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    since: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


def people_in(area_code: str, roles: tuple[Role, ...]) -> Select[Person, LineAccount]:
    """Who holds one of `roles` in the area now, with the account that can be written to, oldest first."""
    return (
        select(Person, LineAccount)
        .join(Membership, Membership.person_id == Person.id)
        .join(LineAccount, LineAccount.person_id == Person.id)
        .where(
            Membership.area_code == area_code,
            Membership.role.in_([role.value for role in roles]),
            Membership.ended_at.is_(None),
            LineAccount.following,
        )
        .order_by(Membership.since, Person.id)
    )


class RequestState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"


class JoinRequest(Base):
    """Somebody without a code who waits for a yes: of the district for a leader, of the province otherwise."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    privacy_version: Mapped[int]
    state: Mapped[str] = mapped_column(default=RequestState.PENDING.value)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was declined, as the person was told; empty where no reason was given."""
    created_at: Mapped[dt.datetime]


class Invitation(Base):
    """A personal code: single use, expiring. Only a digest of it is stored, so that no backup holds codes."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Set for a new phone: redeeming moves this person to the account that typed the code."""
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("line_account.id"))
    created_at: Mapped[dt.datetime]
