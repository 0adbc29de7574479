"""Photos of an area into ZIP files: the copies without EXIF, by village and house, with a table of what is in them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bot.conversation.household.names import House, name_of
from models.area import Area, Household, inside
from models.campaign import Round
from models.media import Media, MediaState
from models.obligation import Obligation
from services.calendar import BANGKOK
from services.ports import MediaStore
from services.register.writers import writer_to

A_PART = 200
"""Photos in one file: some sixty megabytes, so that a download that breaks off is soon begun anew."""
INDEX = "INDEX.csv"
COLUMNS = ("file", "photo", "village_code", "village", "house", "sent_at", "bytes")
_UNFIT = re.compile(r'[\s\x00-\x1f<>:"/\\|?*-]+')
"""What some file system does not like in a name. Thai vowels and tone marks are no letters to \\w, and stay."""


@dataclass(frozen=True, slots=True)
class Photo:
    id: int
    key: str
    """In the media store."""
    area_code: str
    village: str
    """By its Thai name."""
    house: str
    """"" for one that nobody has named a house for."""
    sent_at: dt.datetime

    @property
    def path(self) -> str:
        """Inside the ZIP: 42070605/12-1/2021-06-07_17.jpg."""
        day = self.sent_at.astimezone(BANGKOK).date().isoformat()
        return f"{self.area_code}/{_UNFIT.sub('-', self.house).strip('-.') or 'no-house'}/{day}_{self.id}.jpg"


def count_photos(session: Session, area: str, rounds: Sequence[Round]) -> int:
    return session.scalar(select(func.count()).select_from(_found(area, rounds).subquery())) or 0


def photos_after(session: Session, area: str, rounds: Sequence[Round], after: int) -> list[Photo]:
    """The next part's photos, in the order of their ids."""
    wanted = _found(area, rounds).where(Media.id > after).order_by(Media.id).limit(A_PART)
    rows = session.execute(wanted).all()
    return [_photo(row) for row in rows]


def _photo(row: Any) -> Photo:
    house = "" if row.house_no is None else name_of(House(row.house_no, row.near, row.ordinal))
    return Photo(row.id, row.storage_key, row.area_code, row.name_th or "", house, row.sent_at)


def _found(area: str, rounds: Sequence[Round]) -> Select[*tuple[Any, ...]]:
    """Stored photos of houses, villages and reports in an area; signed paper sheets are no photos of houses."""
    code = func.coalesce(Household.village_code, Media.village_code, Obligation.area_code)
    found = (
        select(
            Media.id,
            Media.storage_key,
            Media.sent_at,
            code.label("area_code"),
            Area.name_th,
            Household.house_no,
            Household.near,
            Household.ordinal,
        )
        .outerjoin(Household, Household.id == Media.household_id)
        .outerjoin(Obligation, Obligation.id == Media.obligation_id)
        .join(Area, Area.code == code)
        .where(
            Media.state == MediaState.STORED.value,
            Media.storage_key.startswith("photos/"),
            Media.sheet.is_(False),
            inside(code, area),
        )
    )
    if rounds:
        spans = (Media.sent_at.between(each.opens_at, each.closes_at or each.due_at) for each in rounds)
        found = found.where(or_(*spans))
    return found


def write_photos(file: BinaryIO, store: MediaStore, photos: Iterable[Photo], note: str) -> int:
    """One ZIP, a photo at a time and each by the piece; returns how many it holds. A photo whose bytes have gone
    meanwhile is left out, and the index says so. Raises OSError when the store is away."""
    lines: list[list[str | int]] = []
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for photo in photos:
            size = _add(archive, store, photo)
            count += size > 0
            moment = photo.sent_at.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M:%S")
            path = photo.path if size else ""
            lines.append([path, photo.id, photo.area_code, photo.village, photo.house, moment, size])
        archive.writestr(INDEX, _index(lines, note))
    return count


def _add(archive: zipfile.ZipFile, store: MediaStore, photo: Photo) -> int:
    """Bytes written; 0 for a photo that is gone."""
    try:
        chunks = store.get(photo.key)
    except KeyError:
        return 0
    size = 0
    with archive.open(photo.path, "w") as member:  # JPEG does not get smaller
        for chunk in chunks:
            size += member.write(chunk)
    return size


def _index(lines: Sequence[Sequence[str | int]], note: str) -> bytes:
    table = io.BytesIO()
    with writer_to(table, "csv", COLUMNS) as write:
        write(lines)
        if note:
            write([[note]])
    return table.getvalue()
