"""Photos that look alike, across households and rounds: queued for a person to look at, never blamed by the machine.

A photo of one house sent for another is found by how it looks (services.evidence.pictures.fingerprint). So is an
honest one: row houses look alike, and so do two photos of the same sheet. Hence a person decides, and "cannot tell" is
an answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.area import Household
from models.media import LookAlike, Media, MediaState, PhotoBand, Verdict
from models.upsert import insert_or_ignore
from services.evidence.pictures.fingerprint import bands, distance, is_flat

MOST_DIFFERENT = 6
"""Bits of 64. The same scene compressed anew differs in 0 to 4; other scenes in about 32."""
MOST_PAIRS = 20
"""Pairs noted for one photo: whoever looks needs no more to see that something is wrong."""


def remember(session: Session, media_id: int, now: dt.datetime) -> None:
    """Note a stored photo's fingerprint, and which earlier photos of the province it looks like. Safe to repeat."""
    media = session.get_one(Media, media_id)
    if not media.fingerprint or is_flat(media.fingerprint):
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
    found = session.scalars(select(Media).where(Media.id.in_(same_part), Media.state == MediaState.STORED.value))
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


def queue(session: Session, area_code: str, limit: int = 50) -> list[Pair]:
    """Undecided pairs of two households, at least one within the area, the most alike first."""
    first, second, one, two = aliased(Media), aliased(Media), aliased(Household), aliased(Household)
    rows = session.execute(
        select(LookAlike, first.household_id, second.household_id)
        .join(first, first.id == LookAlike.first_id)
        .join(second, second.id == LookAlike.second_id)
        .join(one, one.id == first.household_id)
        .join(two, two.id == second.household_id)
        .where(
            LookAlike.verdict == Verdict.OPEN.value,
            first.household_id != second.household_id,
            first.state == MediaState.STORED.value,
            second.state == MediaState.STORED.value,
            or_(one.village_code.startswith(area_code), two.village_code.startswith(area_code)),
        )
        .order_by(LookAlike.distance, LookAlike.id)
        .limit(limit)
    )
    return [
        Pair(pair.id, pair.first_id, pair.second_id, here or 0, there or 0, pair.distance) for pair, here, there in rows
    ]


def decide(session: Session, pair_id: int, verdict: Verdict, person_id: int, now: dt.datetime) -> bool:
    """Note what a person says of a pair; False when somebody has decided it before."""
    done = session.execute(
        update(LookAlike)
        .where(LookAlike.id == pair_id, LookAlike.verdict == Verdict.OPEN.value)
        .values(verdict=verdict.value, decided_by=person_id, decided_at=now)
        .returning(LookAlike.id)
    )
    return done.first() is not None
