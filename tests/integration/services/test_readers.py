from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from bot.messages.bubbles import text
from models.area import Area, Household
from models.campaign import Campaign, KnownValue, Round
from models.media import Media
from models.people import LineAccount, Membership
from services.clock import SimulatedClock
from services.demo import Demo
from services.evidence.households import bind_photo, house_facts, waiting_photos
from services.ledger.overview import OverviewReader
from services.people.people import Areas, person_facts
from services.reports.known import known_for
from services.texts import Texts, campaign_of
from tests.integration.services.towns import account_of, one, report
from tests.support.chat import LOEI, Phone, Town
from tests.support.runtime import MONDAY

VILLAGE = "42070605"
BEFORE = dt.datetime(2021, 6, 6, tzinfo=dt.UTC)


def write(town: Town, *rows: Any) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.add_all(rows)


class TestKnown:
    def known(self, town: Town, area: str) -> tuple[dict[str, str], dict[str, str]]:
        with town.runtime.sessions() as session:
            campaign = session.scalars(select(Campaign)).one()
            rnd = session.scalars(select(Round).where(Round.number == 1, Round.duty == "")).one()
            found = known_for(session, campaign, rnd, session.get_one(Area, area), "สมใจ")
            return dict(found.values), dict(found.sources)

    def row(self, area: str, value: str, rnd: int) -> KnownValue:
        return KnownValue(campaign_id=1, area_code=area, round_number=rnd, name="own", value=value, source="register")

    def test_who_reports_where_and_when_is_always_known(self, town: Town) -> None:
        values, _sources = self.known(town, "4207")
        assert {"round": "1", "area_code": "4207", "reporter": "สมใจ"}.items() <= values.items()

    def test_the_nearer_source_wins(self, town: Town) -> None:
        write(town, self.row("42", "province", 0))
        assert self.known(town, "4207")[0]["own"] == "province"
        write(town, self.row("42", "province, this round", 1))
        assert self.known(town, "4207")[0]["own"] == "province, this round"
        write(town, self.row("4207", "district", 0), self.row("4207", "another round", 2), self.row("4201", "x", 1))
        assert self.known(town, "4207")[0]["own"] == "district"
        write(town, self.row("4207", "district, this round", 1))
        values, sources = self.known(town, "4207")
        assert (values["own"], sources["own"]) == ("district, this round", "register")

    def test_what_staff_answered_once_is_known_to_every_district(self, town: Town) -> None:
        assert "t4_weekly_count" not in self.known(town, "4207")[0]
        Demo(town.runtime.sessions, SimulatedClock(town.runtime.sessions), town.runtime.forms).fill(LOEI / "demo.yaml")
        values, sources = self.known(town, "4207")
        assert (values["t4_weekly_count"], sources["t4_weekly_count"]) == ("1", "province")


class TestTexts:
    def account(self, **given: Any) -> LineAccount:
        return LineAccount(channel_id=1, line_user_id="U", **{"language": "", "chosen_language": "", **given})

    def test_a_chosen_language_is_stronger_than_the_phones(self) -> None:
        texts = Texts()
        found = [
            texts.locale(self.account(**given))
            for given in (
                {},
                {"language": "th"},
                {"language": "en-US"},
                {"language": "ja"},
                {"language": "en", "chosen_language": "th"},
            )
        ]
        assert found == ["th", "th", "en", "en", "th"]

    def test_a_campaigns_own_words_stand_over_the_products(self) -> None:
        texts = Texts()
        own = Campaign(settings={"texts": {"th": {"campaign": {"phone": "0 4300 0000"}}}})
        assert texts.catalogue("th", own).say(text("campaign.phone")) == "0 4300 0000"
        assert texts.catalogue("th", own) is texts.catalogue("th", own)
        assert texts.catalogue("en", own).say(text("campaign.phone")) == texts.say("en", "campaign.phone")

    def test_people_get_their_own_provinces_campaign_and_guests_the_newest(self, town: Town) -> None:
        officer = town.person("หนึ่ง", "officer", "4207")
        write(town, Area(code="40", kind="province", name_th="ขอนแก่น"))
        write(town, Campaign(slug="newer", province_code="40", settings={}, loaded_at=MONDAY))
        guest = LineAccount(person_id=None)
        with town.runtime.sessions() as session:
            found = campaign_of(session, account_of(town, officer))
            newest = campaign_of(session, guest)
            assert (found and found.slug, newest and newest.slug) == ("loei_2564", "newer")
            assert town.runtime.texts.of(session, guest).locale == "th"


class TestPeople:
    def test_areas_are_called_as_people_call_them(self, town: Town) -> None:
        with town.runtime.sessions() as session:
            thai, english = (Areas(session, town.runtime.texts.catalogue(locale)) for locale in ("th", "en"))
            assert (thai["4207"].name, thai["4207"].short) == ("อำเภอภูเรือ", "ภูเรือ")
            assert english["4207"].name == "Phu Ruea District"
            assert "หมู่ 5" in thai[VILLAGE].name

    def test_somebody_whose_roles_have_ended_is_a_guest(self, town: Town) -> None:
        officer = town.person("หนึ่ง", "officer", "4207")
        with town.runtime.sessions() as session, session.begin():
            areas = Areas(session, town.runtime.texts.catalogue("th"))
            person = person_facts(session, account_of(town, officer), areas)
            assert person is not None
            assert [(role.role, role.area.code) for role in person.roles] == [("officer", "4207")]
            session.scalars(select(Membership)).one().ended_at = MONDAY
            session.flush()
            assert person_facts(session, account_of(town, officer), areas) is None


class TestOverview:
    def current(self, town: Town, now: dt.datetime = MONDAY) -> Any:
        with town.runtime.sessions() as session:
            areas = Areas(session, town.runtime.texts.catalogue("th"))
            reader = OverviewReader(session, town.runtime.forms, areas)
            assert reader.current(None, now) is None
            return reader.current(session.scalars(select(Campaign)).one(), now)

    def test_there_is_none_before_the_first_round(self, town: Town) -> None:
        assert self.current(town, BEFORE) is None

    def test_districts_are_sent_half_finished_or_not_started(self, town: Town) -> None:
        report(town.person("หนึ่ง", "officer", "4207"))
        half = town.person("สอง", "officer", "4201")
        half.say("รายงาน")
        half.tap("อยู่ระหว่างการจัดทำรายงาน")
        found = self.current(town)
        assert (found.round_number, found.total, found.sent, len(found.not_started)) == (1, 14, 1, 12)
        (entry,) = found.half_finished
        assert entry.area.code == "4201"
        assert entry.left > 0
        assert self.current(town, MONDAY + dt.timedelta(days=9)).round_number == 2


class TestHouseholds:
    def leader(self, town: Town, photos: int) -> Phone:
        leader = town.person("บุญมี ตัวอย่าง", "leader", VILLAGE)
        for _ in range(photos):
            leader.photo()
        return leader

    def facts(self, town: Town, now: dt.datetime = MONDAY) -> Any:
        with town.runtime.sessions() as session:
            return house_facts(session, VILLAGE, now, Areas(session, town.runtime.texts.catalogue("th")))

    def bind(self, town: Town, media: int, house: str) -> None:
        with town.runtime.sessions() as session, session.begin():
            session.get_one(Media, media).sent_at = MONDAY  # LINE's stamp, which the chat of the tests leaves at today
            bind_photo(session, media, VILLAGE, house)

    def test_a_photo_makes_its_house_done_and_waits_no_longer(self, either_town: Town) -> None:
        town = either_town
        leader = self.leader(town, 2)
        before = self.facts(town)
        with town.runtime.sessions() as session:
            first, second = [photo.media_id for photo in waiting_photos(session, account_of(town, leader))]
        house = before.next_houses[0]
        self.bind(town, first, house)
        self.bind(town, second, house)
        after = self.facts(town)
        assert (after.done, after.done_today) == (1, 1)
        assert after.outstanding == before.outstanding[1:]
        assert self.facts(town, MONDAY + dt.timedelta(days=1)).done_today == 0
        with town.runtime.sessions() as session:
            assert waiting_photos(session, account_of(town, leader)) == ()

    def test_a_house_that_the_register_does_not_know_is_added_and_marked(self, either_town: Town) -> None:
        town = either_town
        self.leader(town, 1)
        before = self.facts(town)
        media = one(town, select(Media.id))
        self.bind(town, media, "999/9")
        self.bind(town, media, "999/9")
        after = self.facts(town)
        assert (after.registered, after.outstanding) == (before.registered, before.outstanding)
        assert after.known_numbers == before.known_numbers | {"999/9"}
        assert one(town, select(Household.registered).where(Household.house_no == "999/9")) is False
