from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from models.register import ImportRun, VolunteerSignature
from services.register import signature_archive
from services.register.faults import FileFault
from services.register.runs import Imported
from services.retention.discarding import Discarding
from tests.integration.services.register.conftest import VILLAGE, Office

NATIONAL_ID = "1101700207030"
"""Its check digit is right."""


def picture(shade: int, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (40, 20), shade).save(buffer, kind)
    return buffer.getvalue()


def load(office: Office, entries: dict[str, bytes], **options: Any) -> Imported:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return office.register.import_signatures(file, "signatures.zip", **options)


@pytest.fixture
def staffed(office: Office) -> Office:
    office.load("volunteers", "volunteer_code,name,area_code", f"A-01,นางหนึ่ง,{VILLAGE}", f"อสม2,นางสอง,{VILLAGE}")
    return office


def test_pictures_are_kept_under_their_volunteers_and_the_same_file_twice_changes_nothing(staffed: Office) -> None:
    entries = {"ลายมือชื่อ/A-01.png": picture(1), "A-01_2.jpg": picture(2, "JPEG"), "อสม2 (1).png": picture(3), "x/": b""}
    assert load(staffed, entries).tally.counts.added == 3
    again = load(staffed, entries)
    assert (again.tally.counts.same, again.tally.counts.added, again.tally.refused) == (3, 0, 0)
    kept = staffed.rows(select(VolunteerSignature.storage_key, VolunteerSignature.width))
    assert len(kept) == 3
    assert {key for key, _width in kept} == set(staffed.media.stored)
    assert all(content.startswith(b"\xff\xd8") for content in staffed.media.stored.values())


def test_a_dry_run_keeps_no_picture(staffed: Office) -> None:
    assert load(staffed, {"A-01.png": picture(1)}, dry_run=True).tally.counts.added == 1
    assert staffed.media.stored == {}


def test_older_signatures_go_when_the_file_replaces_them(staffed: Office) -> None:
    load(staffed, {"A-01.png": picture(1), "อสม2.png": picture(3)})
    done = load(staffed, {"A-01.png": picture(2)}, replace=True)
    assert (done.tally.counts.added, done.tally.removed) == (1, 1)
    load(staffed, {"A-01.png": picture(1)})
    Discarding(staffed.sessions, staffed.media).carry_out()
    kept = staffed.rows(select(VolunteerSignature.storage_key))
    assert len(kept) == 3
    assert {key for (key,) in kept} == set(staffed.media.stored)


def test_a_picture_that_cannot_be_used_replaces_none(staffed: Office) -> None:
    load(staffed, {"A-01.png": picture(1)})
    assert load(staffed, {"A-01.png": b"<html>"}, replace=True).tally.removed == 0
    assert len(staffed.rows(select(VolunteerSignature.id))) == 1


def test_signatures_of_volunteers_who_are_taken_out_do_not_stay_in_the_store(staffed: Office) -> None:
    load(staffed, {"A-01.png": picture(1), "อสม2.png": picture(3)})
    staffed.load("volunteers", "volunteer_code,name,area_code", f"A-01,นางหนึ่ง,{VILLAGE}", replace=True)
    Discarding(staffed.sessions, staffed.media).carry_out()
    ((key,),) = staffed.rows(select(VolunteerSignature.storage_key))
    assert set(staffed.media.stored) == {key}


def test_what_is_no_safe_picture_of_a_volunteer_is_refused_by_name(
    staffed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature_archive, "LARGEST", 2000)
    noise = bytes(range(256)) * 16
    done = load(
        staffed,
        {
            "B-09.png": picture(1),
            "A-01.png": b"<html>",
            "A-01_2.png": b"%PDF-1.7",
            "../A-01_3.png": picture(1),
            "/etc/A-01_4.png": picture(1),
            "A-01_5.png": noise,
            "A-01_6.png": picture(1)[:40],
        },
    )
    assert [(fault.row, fault.what) for fault in done.faults] == [
        (1, "image_unknown"),
        (2, "image_unusable"),
        (3, "image_unusable"),
        (4, "image_path"),
        (5, "image_path"),
        (6, "image_big"),
        (7, "image_unusable"),
    ]
    assert (done.tally.counts.added, list(staffed.media.stored)) == (0, [done.errors_key])


def test_a_bomb_is_not_unpacked(staffed: Office) -> None:
    done = load(staffed, {"A-01.png": bytes(4 << 20)})
    assert [fault.what for fault in done.faults] == ["image_big"]


def test_a_file_that_is_no_archive_is_refused_whole(staffed: Office) -> None:
    with pytest.raises(FileFault) as caught:
        staffed.register.import_signatures(io.BytesIO(b"no zip"), "a.zip")
    assert caught.value.what == "no_zip"
    assert staffed.rows(select(ImportRun.kind, ImportRun.state))[-1] == ("signatures", "refused")


def test_a_picture_named_by_a_national_id_is_refused_and_the_number_is_kept_nowhere(staffed: Office) -> None:
    done = load(staffed, {f"{NATIONAL_ID}.png": picture(1), f"บัตร {NATIONAL_ID}/A-01.png": picture(2)})
    assert [fault.what for fault in done.faults] == ["image_national_id"]
    assert (done.tally.counts.added, done.tally.refused) == (1, 1)
    assert NATIONAL_ID.encode() not in b"".join(staffed.media.stored.values())


def test_a_file_named_by_a_national_id_is_noted_without_it(staffed: Office) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w"):
        pass
    staffed.register.import_signatures(file, f"บัตร {NATIONAL_ID}.zip")
    names = [name for (name,) in staffed.rows(select(ImportRun.file_name))]
    assert names[-1] == "บัตร xxxxxxxxxxxxx.zip"
