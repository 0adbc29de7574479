from __future__ import annotations

import datetime as dt

import pytest

from services.exports.photos import Photo


@pytest.mark.parametrize(
    ("house", "folder"),
    [
        ("12/3", "12-3"),
        ("12 ครัวเรือนที่ 2", "12-ครัวเรือนที่-2"),
        ("ไม่มีเลขที่ ใกล้วัด", "ไม่มีเลขที่-ใกล้วัด"),
        ("../..\\a:b", "a-b"),
        ("", "no-house"),
    ],
)
def test_a_house_gives_its_folder_a_name_that_can_be_read_on_any_system(house: str, folder: str) -> None:
    photo = Photo(17, "photos/a.jpg", "42070605", "บ้านทดสอบ", house, dt.datetime(2021, 6, 6, 18, tzinfo=dt.UTC))
    assert photo.path == f"42070605/{folder}/2021-06-07_17.jpg"
