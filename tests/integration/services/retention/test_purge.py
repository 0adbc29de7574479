from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from models.chat import Conversation, InboxEvent, OutboxRequest, OutboxState
from models.discarded import Discarded
from models.household_case import HouseholdCase
from models.media import Media, MediaState
from models.obligation import Obligation
from models.people import Invitation, Person, Role
from models.sent_letter import SentLetter
from models.signature import Signature
from services.documents.sent_letters import SentLetters, of_report
from services.evidence.checks import village_counts
from services.evidence.households import waiting_photos
from services.people import invitations
from services.retention.discarding import Discarding
from tests.integration.services.retention.leftovers import JUNE, OVER, VILLAGE, Place, june, purges
from tests.integration.services.towns import account_of, one, rows

LAST_DUE = dt.datetime(2021, 6, 25, 17, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def media(place: Place, media_id: int) -> Media:
    return one(place.town, select(Media).where(Media.id == media_id))


@pytest.mark.parametrize("days", [-5, 0, 89])
def test_nothing_of_a_campaign_that_still_keeps_it_is_touched(place: Place, days: int) -> None:
    june(place)
    before = place.files()
    place.at(LAST_DUE + days * DAY)
    assert all(not amount.rows for amount in place.town.runtime.purge.look().values())
    assert not any(place.town.runtime.purge.run().rows.values())
    assert place.files() == before


def test_what_has_been_kept_long_enough_goes_and_the_office_s_own_stays(place: Place) -> None:
    left = june(place)
    with place.town.runtime.sessions() as session:
        counted = village_counts(session, VILLAGE, None)
    place.at(OVER)
    would = place.town.runtime.purge.look()
    assert {kind: amount.rows for kind, amount in would.items() if kind in {"photos", "signatures", "notes"}} == {
        "photos": 3,
        "signatures": 1,
        "notes": 1,
    }
    assert would["photos"].size == sum(photo.size or 0 for photo in (*left.houses, left.twin))
    done = place.town.runtime.purge.run()
    assert done.rows == {kind: amount.rows for kind, amount in would.items()}
    assert done.files == 2 * 2 + 1, "two photos in two sizes each (the twin shared one), and a drawing"
    assert done.all
    assert place.files() == {left.attached.storage_key, left.attached.thumbnail_key, "signatures/2.png"}
    for photo in (*left.houses, left.twin):
        row = media(place, photo.id)
        assert (row.state, row.storage_key, row.thumbnail_key, row.sha256, row.fingerprint) == ("purged", *[""] * 4)
        assert row.household_id == photo.household_id or row.household_id is not None
    assert media(place, left.attached.id).state == "stored"
    drawn = one(place.town, select(Signature).where(Signature.id == left.drawn))
    assert (drawn.storage_key, drawn.sha256) == ("", ""), "the digest of what somebody drew is as much theirs"
    assert one(place.town, select(Signature.storage_key).where(Signature.id == left.certified)) != ""
    assert one(place.town, select(HouseholdCase.note)) == one(place.town, select(HouseholdCase.confirmed_by)) == ""
    with place.town.runtime.sessions() as session:
        assert village_counts(session, VILLAGE, None) == counted, "the campaign's figures stay"
    assert purges(place.town)[-1] == {**done.rows, "files": 5}


def test_no_word_of_a_chat_is_left(place: Place) -> None:
    left = june(place)
    left.leader.say("ฝนตกหนัก น้ำท่วมทางเข้าหมู่บ้าน")
    place.at(OVER)
    place.town.runtime.purge.run()
    assert {str(payload) for payload in rows(place.town, select(InboxEvent.payload))} == {"{}"}
    assert {str(messages) for messages in rows(place.town, select(OutboxRequest.messages))} == {"[]"}
    assert {str(state) for state in rows(place.town, select(Conversation.state))} == {"{}"}


def test_what_waits_to_be_answered_or_sent_is_left_alone(place: Place) -> None:
    june(place)
    with place.town.runtime.sessions() as session, session.begin():
        session.execute(update(InboxEvent).where(InboxEvent.id == 1).values(handled_at=None))
        session.execute(update(OutboxRequest).where(OutboxRequest.id == 1).values(state=OutboxState.PENDING.value))
    place.at(OVER)
    place.town.runtime.purge.run()
    assert one(place.town, select(InboxEvent.payload).where(InboxEvent.id == 1)) != {}
    assert one(place.town, select(OutboxRequest.messages).where(OutboxRequest.id == 1)) != []


def test_a_second_run_finds_nothing_and_says_so(place: Place) -> None:
    june(place)
    place.at(OVER)
    place.town.runtime.purge.run()
    again = place.town.runtime.purge.run()
    assert (again.files, set(again.rows.values())) == (0, {0})


def test_what_is_sent_long_afterwards_is_kept_for_its_own_days(place: Place) -> None:
    left = june(place)
    place.at(OVER)
    late = place.photo(left.leader)
    place.town.runtime.purge.run()
    assert media(place, late.id).state == "stored"
    place.at(OVER + 91 * DAY)
    place.town.runtime.purge.run()
    assert media(place, late.id).state == "purged"


def test_a_photo_shared_with_one_that_stays_is_not_removed(place: Place) -> None:
    left = june(place)
    with place.town.runtime.sessions() as session, session.begin():
        session.execute(update(Media).where(Media.id == left.twin.id).values(sent_at=OVER))
    place.at(OVER + DAY)
    place.town.runtime.purge.run()
    twin = media(place, left.twin.id)
    assert (twin.state, twin.storage_key) == ("stored", left.houses[0].storage_key)
    assert {twin.storage_key, twin.thumbnail_key} <= place.files()
    place.at(OVER + 91 * DAY)
    place.town.runtime.purge.run()
    assert place.files() == {left.attached.storage_key, left.attached.thumbnail_key, "signatures/2.png"}


def test_nobody_is_asked_which_house_a_photo_shows_that_is_gone(place: Place) -> None:
    left = june(place)
    unbound = place.photo(left.leader)
    place.at(OVER)
    place.town.runtime.purge.run()
    assert media(place, unbound.id).state == "purged"
    with place.town.runtime.sessions() as session:
        assert waiting_photos(session, account_of(place.town, left.leader)) == ()


def test_a_sheet_goes_with_the_signatures_unless_a_certificate_stands_on_it(place: Place) -> None:
    left = june(place)
    sheet, certified = left.houses
    with place.town.runtime.sessions() as session, session.begin():
        session.execute(update(Media).where(Media.id.in_([sheet.id, certified.id])).values(sheet=True))
        session.execute(update(Signature).where(Signature.id == left.certified).values(media_id=certified.id))
    place.at(OVER)
    assert place.town.runtime.purge.look()["signatures"].rows == 2, "a sheet and a drawing"
    place.town.runtime.purge.run()
    assert (media(place, sheet.id).state, media(place, certified.id).state) == ("purged", "stored")


def test_join_requests_and_invitations_go_too(place: Place) -> None:
    with place.town.runtime.sessions() as session, session.begin():
        invitations.invite(session, Role.OFFICER, "4207", JUNE, name="สมใจ ตัวอย่าง")
    place.at(OVER + 30 * DAY)
    place.town.runtime.purge.run()
    assert rows(place.town, select(Invitation)) == []


def test_the_store_being_away_loses_nothing_and_the_next_run_ends_it(place: Place) -> None:
    left = june(place)
    place.at(OVER)
    purge = place.town.runtime.purge

    class Away:
        def delete(self, key: str) -> None:
            raise OSError("away")

    away = replace(purge, discarding=Discarding(place.town.runtime.sessions, Away()))  # type: ignore[arg-type]
    with pytest.raises(OSError, match="away"):
        away.run()
    assert len(place.files()) == 2 * 3 + 2, "the bytes are there"
    assert {media(place, photo.id).state for photo in left.houses} == {"purged"}, "and nobody is shown them"
    assert rows(place.town, select(Discarded)) != []
    purge.run()
    assert rows(place.town, select(Discarded)) == []
    assert place.files() == {left.attached.storage_key, left.attached.thumbnail_key, "signatures/2.png"}


def test_a_fetch_that_ends_after_the_purge_leaves_no_bytes_behind(place: Place) -> None:
    left = june(place)
    photo = left.houses[1]
    with place.town.runtime.sessions() as session, session.begin():
        row = session.get_one(Media, photo.id)
        row.state = MediaState.PURGED.value  # as if it had been wanted while it was fetched
    place.town.runtime.photos.fetch(photo.id)
    assert photo.storage_key not in place.files()
    assert media(place, photo.id).storage_key == ""


class TestNight:
    def test_is_promised_once_a_day_and_only_when_something_may_go(self, place: Place) -> None:
        june(place)
        nightly = place.town.runtime.nightly
        place.at(LAST_DUE + 30 * DAY)
        assert nightly.plan() is None
        place.at(OVER.replace(hour=1))
        assert nightly.plan() is None, "before the quiet hour"
        place.at(OVER)
        assert nightly.plan() is not None
        assert nightly.plan() is None
        place.at(OVER + DAY)
        assert nightly.plan() is not None

    def test_a_worker_carries_it_out(self, place: Place) -> None:
        left = june(place)
        place.at(OVER)
        day = place.town.runtime.nightly.plan()
        assert day is not None
        place.town.runtime.work["purge"](day)
        assert place.files() == {left.attached.storage_key, left.attached.thumbnail_key, "signatures/2.png"}
        assert len(purges(place.town)) == 1


@pytest.mark.parametrize("visit", [1, 2, 4])
def test_a_purge_killed_half_way_shows_nothing_half_gone_and_is_ended_by_the_next(place: Place, visit: int) -> None:
    left = june(place)
    killed = place.purge_process(FAULT_POINT=f"in_a_purge:{visit}")
    assert killed.returncode == -9, killed.stderr
    for photo in rows(place.town, select(Media).where(Media.state == "stored")):
        assert {photo.storage_key, photo.thumbnail_key} <= place.files(), "what is served is whole"
    for key in rows(place.town, select(Signature.storage_key).where(Signature.storage_key != "")):
        assert key in place.files()
    ended = place.purge_process()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert place.files() == {left.attached.storage_key, left.attached.thumbnail_key, "signatures/2.png"}
    assert rows(place.town, select(Discarded)) == []
    assert {row.state for row in rows(place.town, select(Media))} == {"purged", "stored"}
    assert "ลบแล้ว" in ended.stdout
    again = place.purge_process()
    assert "ไม่มีรายการที่ถึงกำหนดลบ" in again.stdout


def test_the_scan_of_a_signed_letter_goes_after_its_years_and_its_number_stays(place: Place) -> None:
    town = place.town
    letters = SentLetters(town.runtime.sessions, town.clock, town.runtime.media)
    town.person("สมใจ ตัวอย่าง", "officer", "4207")
    with town.runtime.sessions() as session:
        owed = session.scalars(select(Obligation).where(Obligation.area_code == "4207").limit(1)).one()
        person = session.scalars(select(Person.id)).first() or 0
    for number in ("1", "2"):
        letters.add(of_report(owed, number, JUNE.date(), b"%PDF-1.7 letter"), person, JUNE.date())
        place.at(JUNE + 365 * DAY)
    assert len(set(rows(town, select(SentLetter.storage_key)))) == 2
    place.at(LAST_DUE + 1829 * DAY)
    assert town.runtime.purge.look()["letters"].rows == 0
    place.at(LAST_DUE + 1831 * DAY)
    done = town.runtime.purge.run()
    assert done.rows["letters"] == 1
    assert [(row.number, row.storage_key != "") for row in rows(town, select(SentLetter).order_by(SentLetter.id))] == [
        ("1", False),
        ("2", True),
    ]
    assert town.runtime.purge.look()["letters"].rows == 0
    assert len(place.files()) == 1
