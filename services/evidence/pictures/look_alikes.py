"""Photos that look alike, across households and rounds: queued for a person to look at, never blamed by the machine.

A photo of one house sent for another is found by how it looks (services.evidence.pictures.fingerprint). So is an
honest one: row houses look alike, and so do two photos of the same sheet. Hence a person decides, and "cannot tell" is
an answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.area import Household
from models.media import LookAlike, Media, MediaState, PhotoBand, Verdict
from models.upsert import insert_or_ignore
from services.desk.scope import Scope
from services.evidence.pictures.fingerprint import bands, distance, is_flat

MOST_DIFFERENT = 6
"""Bits of 64. The same scene compressed anew differs in 0 to 4; other scenes in about 32."""
MOST_PAIRS = 20
"""Pairs noted for one photo: whoever looks needs no more to see that something is wrong."""


def remember(session: Session, media_id: int, now: dt.datetime) -> None:
    """Note a stored photo's fingerprint, and which earlier photos of the province it looks like. Safe to repeat.

    Signed sheets are left out: all of them look alike.
    """
    media = session.get_one(Media, media_id)
    if media.sheet or not media.fingerprint or is_flat(media.fingerprint):
        return
    for other in _alike(session, media):
        pair = sorted((media.id, other.id))
        values = {"distance": distance(media.fingerprint, other.fingerprint), "found_at": now}
        insert_or_ignore(session, LookAlike, {"first_id": pair[0], "second_id": pair[1], **values})
    for band, value in enumerate(bands(media.fingerprint)):
        insert_or_ignore(session, PhotoBand, {"media_id": media.id, "band": band, "value": value})


def _alike(session: Session, media: Media) -> list[Media]:
    parts = [
        (PhotoBand.band == band) & (PhotoBand.value == value) for band, value in enumerate(bands(media.fingerprint))
    ]
    same_part = select(PhotoBand.media_id).where(or_(*parts), PhotoBand.media_id != media.id)
    found = session.scalars(
        select(Media).where(Media.id.in_(same_part), Media.state == MediaState.STORED.value, ~Media.sheet)
    )
    near = [other for other in found if distance(media.fingerprint, other.fingerprint) <= MOST_DIFFERENT]
    return sorted(near, key=lambda other: (distance(media.fingerprint, other.fingerprint), other.id))[:MOST_PAIRS]


def forget_pairs(session: Session, media_id: int) -> None:
    """A photo was taken back: nothing is to be compared with it any more."""
    session.execute(delete(PhotoBand).where(PhotoBand.media_id == media_id))
    session.execute(
        delete(LookAlike).where(
            or_(LookAlike.first_id == media_id, LookAlike.second_id == media_id),
            LookAlike.verdict == Verdict.OPEN.value,
        )
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photos for a person to look at, side by side."""

    id: int
    first_id: int
    second_id: int
    first_household: int
    second_household: int
    distance: int


def queue(session: Session, scope: Scope, limit: int = 50) -> list[Pair]:
    """Undecided pairs of two households that both lie in the scope, the most alike first.

    A pair across two districts is shown to the province alone: an office sees no photo of another's.
    """
    rows = session.execute(_open(scope).order_by(LookAlike.distance, LookAlike.id).limit(limit))
    return [
        Pair(pair.id, pair.first_id, pair.second_id, here or 0, there or 0, pair.distance) for pair, here, there in rows
    ]


def waiting(session: Session, scope: Scope) -> int:
    """How many pairs `queue` has."""
    return session.scalar(select(func.count()).select_from(_open(scope).subquery())) or 0


def in_scope(session: Session, scope: Scope, pair_id: int) -> bool:
    """Whether somebody of the scope is asked about a pair, or was."""
    return session.execute(_pairs(scope).where(LookAlike.id == pair_id)).first() is not None


def _open(scope: Scope) -> Select[LookAlike, int | None, int | None]:
    return _pairs(scope).where(LookAlike.verdict == Verdict.OPEN.value)


def _pairs(scope: Scope) -> Select[LookAlike, int | None, int | None]:
    first, second, one, two = aliased(Media), aliased(Media), aliased(Household), aliased(Household)
    return (
        select(LookAlike, first.household_id.label("first_household"), second.household_id.label("second_household"))
        .join(first, first.id == LookAlike.first_id)
        .join(second, second.id == LookAlike.second_id)
        .join(one, one.id == first.household_id)
        .join(two, two.id == second.household_id)
        .where(
            first.household_id != second.household_id,
            first.state == MediaState.STORED.value,
            second.state == MediaState.STORED.value,
            scope.within(one.village_code),
            scope.within(two.village_code),
        )
    )


def decide(session: Session, pair_id: int, verdict: Verdict, person_id: int, now: dt.datetime) -> bool:
    """Note what a person says of a pair; False when somebody has decided it before."""
    done = session.execute(
        update(LookAlike)
        .where(LookAlike.id == pair_id, LookAlike.verdict == Verdict.OPEN.value)
        .values(verdict=verdict.value, decided_by=person_id, decided_at=now)
        .returning(LookAlike.id)
    )
    return done.first() is not None
