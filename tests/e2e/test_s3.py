"""The whole product with its photos in S3: in, back out, and gone after their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from adapters.media import ObjectMedia
from models.media import Media
from models.work import Audit
from services.calendar import BANGKOK
from tests.support import databases, pictures
from tests.support.people import BOONMEE
from tests.support.processes import wait_until
from tests.support.stage import Stage, running_stage

OVER = dt.datetime(2021, 10, 2, 3, 0, tzinfo=BANGKOK)
"""At night, more than 90 days after the last due date."""


@pytest.fixture
def in_s3(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: databases.SqliteTemplate, s3_url: str
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("s3")
    with running_stage(
        folder,
        sqlite_template.copy(folder),
        media_url=s3_url,
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
    ) as stage:
        yield stage


def test_a_leader_s_photo_stands_in_s3_until_the_night_on_which_it_may_go(in_s3: Stage, s3_url: str) -> None:
    leader = in_s3.someone(BOONMEE)
    leader.photo(pictures.jpeg(exif=pictures.with_place()))
    assert "บันทึกบ้านเลขที่ 12 แล้ว" in leader.tap("12")
    in_s3.settle()
    with in_s3.sessions() as session:
        photo = session.scalars(select(Media)).one()
    store = ObjectMedia(s3_url)
    for key in (photo.storage_key, photo.thumbnail_key):
        content = b"".join(store.get(key))
        assert content.startswith(b"\xff\xd8")
        assert b"Telephone of somebody" not in content
    in_s3.move_clock(OVER)
    wait_until(lambda: purged(in_s3), seconds=60, what="the purge")
    for key in (photo.storage_key, photo.thumbnail_key):
        with pytest.raises(KeyError):
            store.get(key)
    with in_s3.sessions() as session:
        (row,) = session.scalars(select(Media))
    assert (row.state, row.storage_key, row.household_id) == ("purged", "", photo.household_id)
    assert in_s3.tracebacks() == []


def purged(stage: Stage) -> bool:
    with stage.sessions() as session:
        return bool(session.scalars(select(Audit.id).where(Audit.action == "purged")).all())
