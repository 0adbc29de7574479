from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from bot.conversation import effects as do
from models.campaign import Campaign, Form
from models.chat import Notice
from models.media import Media
from models.obligation import Obligation
from models.people import JoinRequest, LineAccount, Membership
from services.chat.effects import Applier
from services.people import join_requests
from services.people.people import Areas
from services.ports import Content, ContentState
from services.texts import campaign_of
from tests.integration.services.sending.test_sender import later
from tests.integration.services.towns import account_of, one, rows
from tests.support import pictures
from tests.support.chat import Phone, Town


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมศรี ใจดี", "officer", "4207")


def send_photo_in_report(town: Town, officer: Phone) -> Media:
    officer.say("รายงาน")
    officer.photo()
    return one(town, select(Media))


def test_a_photo_amid_a_report_is_kept_with_it_if_the_officer_says_so(town: Town, officer: Phone) -> None:
    send_photo_in_report(town, officer)
    officer.tap("แนบ")
    media = one(town, select(Media))
    owed = rows(town, select(Obligation).where(Obligation.area_code == "4207").order_by(Obligation.id))
    assert media.obligation_id == owed[0].id
    assert media.state == "wanted"


def test_a_photo_amid_a_report_that_does_not_belong_is_forgotten(town: Town, officer: Phone) -> None:
    message = send_photo_in_report(town, officer).line_message_id
    town.line.contents[message] = Content(ContentState.READY, "image/jpeg", iter([pictures.jpeg()]))
    town.work()
    assert len(town.media.stored) == 2
    officer.tap("ไม่")
    later(town, 3)
    assert one(town, select(Media)).state == "unsent"
    assert town.media.stored == {}


def test_a_known_person_whose_leader_request_is_declined_hears_it_at_the_next_contact(
    town: Town, officer: Phone
) -> None:
    asks = town.person("แดง ตัวอย่าง", "leader", "42070604")
    asks.say("เข้าร่วม 42070605")
    asks.tap("ใช่ และรับทราบ")
    officer.say("คำขอ")
    officer.tap("ไม่")
    assert one(town, select(JoinRequest)).state == "declined"
    town.work()
    assert town.line.pushes == []
    assert one(town, select(Notice)).shown_at is None
    asks.say("เมนู")
    assert one(town, select(Notice)).shown_at is not None


def test_a_declined_guest_hears_nothing_that_costs(town: Town, officer: Phone) -> None:
    guest = town.stranger()
    guest.say("เข้าร่วม 42070605")
    guest.tap("ใช่ และรับทราบ")
    officer.say("คำขอ")
    officer.tap("ไม่")
    town.work()
    assert town.line.pushes == []
    assert rows(town, select(Notice)) == []


def test_what_takes_a_person_is_refused_to_an_account_that_is_nobodys(town: Town, officer: Phone) -> None:
    """Somebody took the account's person over since this turn looked: the turn fails and is taken again."""
    runtime = town.runtime
    with runtime.sessions() as session, session.begin():
        session.execute(update(LineAccount).values(person_id=None))
    account = account_of(town, officer)
    with runtime.sessions() as session:
        applier = Applier(session, account, town.clock, runtime.dialogue.turns.facts)
        with pytest.raises(LookupError):
            applier.apply(do.SubmitReport(1, 1))


def test_without_any_campaign_everybody_is_answered_all_the_same(town: Town, officer: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(delete(Membership))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.chat.facts.campaign_of", lambda *_: None)
        patch.setattr("services.texts.campaign_of", lambda *_: None)
        guest = town.stranger()
        assert guest.say("สวัสดี")
        guest.tap("ขอเข้าร่วม")
        assert guest.say("วิมล ตัวอย่าง")
        staff = town.person("มาลี", "staff", "42")
        assert staff.say("ใครยังไม่ส่ง")


def test_a_form_that_is_not_filled_in_is_never_shown_as_an_empty_report(town: Town, officer: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        session.execute(update(Form).values(current_version_id=None))
    assert "ยังไม่เปิดรับรายงาน" in officer.say("รายงาน")


def test_a_campaign_of_the_own_province_comes_before_a_newer_one(town: Town, officer: Phone) -> None:
    with town.runtime.sessions() as session, session.begin():
        own = session.scalars(select(Campaign)).one()
        newer = {"slug": "elsewhere", "province_code": "4201", "settings": own.settings, "loaded_at": town.clock.now()}
        session.add(Campaign(**newer))
    account = account_of(town, officer)
    with town.runtime.sessions() as session:
        found = campaign_of(session, account)
        assert found is not None
        assert found.slug == "loei_2564"


def test_nobody_may_decide_on_requests_without_being_somebody(town: Town) -> None:
    with town.runtime.sessions() as session:
        catalogue = town.runtime.texts.catalogue("th")
        assert join_requests.open_requests(session, None, Areas(session, catalogue)) == ()
