from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from bot.cli import main
from bot.messages.rich_menu import Menu
from models.area import Area
from models.base import make_engine, make_sessions
from models.campaign import Campaign
from models.channel import Channel
from models.people import Membership, Person
from models.rich_menu import RichMenu
from services import doctor
from services.ports import Quota, WebhookEndpoint
from services.rich_menus.pictures import content_hash
from services.rich_menus.plan import planned
from services.texts import Texts
from tests.support.fake_line import FakeLine, FakeMedia, FakeQueue
from tests.support.settings import environment, settings

HERE = Path("/nonexistent")
CALLBACK = "http://127.0.0.1:9/callback"
NOW = dt.datetime(2021, 6, 7, tzinfo=dt.UTC)


@dataclass
class Patient:
    engine: Engine
    line: FakeLine = field(default_factory=lambda: FakeLine(endpoint=WebhookEndpoint(CALLBACK, active=True)))
    media: FakeMedia = field(default_factory=FakeMedia)
    queue: FakeQueue = field(default_factory=FakeQueue)
    given: dict[str, str] = field(default_factory=dict)

    def findings(self) -> list[doctor.Finding]:
        return doctor.examine(settings(HERE, **self.given), self.engine, self.line, self.media, self.queue)

    def complaints(self) -> list[str]:
        return [finding.words for finding in self.findings() if not finding.well]


def drawn(menu: Menu) -> RichMenu:
    """As it stands after `tidtam richmenu sync`."""
    made = content_hash(menu)
    return RichMenu(
        channel_id=1, key=menu.key, locale=menu.locale, content_hash=made, line_rich_menu_id=made, created_at=NOW
    )


@pytest.fixture
def patient(sqlite_url: str) -> Iterator[Patient]:
    """In good health: a campaign, a staff member, the rich menus, everything reachable."""
    engine = make_engine(sqlite_url)
    with make_sessions(engine)() as session, session.begin():
        session.add(Area(code="42", kind="province", name_th="เลย"))
        session.flush()
        session.add(Campaign(slug="loei", province_code="42", settings={}, loaded_at=NOW))
        session.add(Person(id=1, name="มาลี ตัวอย่าง", created_at=NOW))
        session.flush()
        session.add(Membership(person_id=1, role="staff", area_code="42", since=NOW))
        session.add(Channel(id=1, name="LINE", bot_user_id=""))
        session.flush()
        session.add_all(drawn(menu) for menu in planned(Texts()))
    yield Patient(engine)
    engine.dispose()


@pytest.fixture
def newborn(sqlite_url: str) -> Iterator[Patient]:
    """Migrated, and nothing in it."""
    engine = make_engine(sqlite_url)
    yield Patient(engine)
    engine.dispose()


def test_a_healthy_service_is_told_what_it_has(patient: Patient) -> None:
    assert patient.complaints() == []
    words = [finding.words for finding in patient.findings()]
    assert words[0].startswith("database: sqlite, ")
    assert words[1:] == [
        "campaigns: loei",
        "staff: at least one member has joined",
        "rich menus: all 8 say what the texts say",
        "queue: reachable",
        "media store: reachable",
        "public address: http://127.0.0.1:9",
        f"webhook: {CALLBACK} answers LINE's test",
        "webhook redelivery: please look in LINE's console that it is ON (it is off by default)",
        "message quota: 300 of 300 left this month",
    ]


def test_an_empty_service_is_told_which_commands_come_next(newborn: Patient) -> None:
    assert newborn.complaints() == [
        "no campaign is loaded: run `tidtam campaign load DIR`",
        "no staff member yet: run `tidtam invite --role staff --area PROVINCE`",
        "rich menus: 8 of 8 missing or old: run `tidtam richmenu sync`",
    ]


def test_a_menu_from_before_the_texts_changed_is_told(patient: Patient) -> None:
    with make_sessions(patient.engine)() as session, session.begin():
        session.scalars(select(RichMenu).limit(1)).one().content_hash = "of other words"
    assert patient.complaints() == ["rich menus: 1 of 8 missing or old: run `tidtam richmenu sync`"]


def test_a_database_without_tables_is_vital(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/empty.db")
    first, *_others = Patient(engine).findings()
    assert first == doctor.Finding(well=False, words="database is empty: run `alembic upgrade head`", vital=True)
    engine.dispose()


def test_a_database_that_cannot_be_reached_is_vital(tmp_path: Path) -> None:
    first, *_others = Patient(make_engine(f"sqlite:///{tmp_path}/no/folder.db")).findings()
    assert (first.well, first.vital) == (False, True)
    assert first.words == "database cannot be reached (OperationalError): see DATABASE_URL"


def test_queue_and_media_store_that_are_away_limit_only(patient: Patient) -> None:
    patient.queue.down = patient.media.down = True
    assert patient.complaints() == [
        "queue cannot be reached: see REDIS_URL: photos and reminders wait until it is back",
        "media store cannot be reached: see MEDIA_URL: photos wait until it is back",
    ]
    assert not any(finding.vital for finding in patient.findings())


def test_a_public_address_without_https_is_no_good_to_line(patient: Patient) -> None:
    patient.given = {"PUBLIC_URL": "http://tidtam.example"}
    patient.line.endpoint = WebhookEndpoint("http://tidtam.example/callback", active=True)
    assert patient.complaints() == ["PUBLIC_URL is not https: LINE delivers only to https with a public certificate"]
    patient.given = {"PUBLIC_URL": "https://tidtam.example"}
    patient.line.endpoint = WebhookEndpoint("https://tidtam.example/callback", active=True)
    assert patient.complaints() == []


@pytest.mark.parametrize(
    ("endpoint", "works", "words"),
    [
        (None, True, "LINE cannot be reached or refuses the token: see LINE_CHANNEL_ACCESS_TOKEN, LINE_API_URL"),
        (WebhookEndpoint("", active=False), True, f"webhook address at LINE is empty: set it to {CALLBACK}"),
        (
            WebhookEndpoint("https://a", active=True),
            True,
            f"webhook address at LINE is https://a: set it to {CALLBACK}",
        ),
        (WebhookEndpoint(CALLBACK, active=False), True, "webhook is switched off at LINE: switch on Use webhook"),
        (
            WebhookEndpoint(CALLBACK, active=True),
            False,
            "LINE's test of the webhook failed: is this service running behind the public address?",
        ),
    ],
)
def test_what_is_wrong_at_line_is_said_with_what_to_do(
    patient: Patient, endpoint: WebhookEndpoint | None, works: bool, words: str
) -> None:
    patient.line.endpoint, patient.line.webhook_works = endpoint, works
    assert patient.complaints() == [words]


@pytest.mark.parametrize(
    ("quota", "well", "words"),
    [
        (None, False, "message quota unknown: LINE did not answer"),
        (Quota(None, 12), True, "message quota: unlimited, 12 used"),
        (Quota(300, 300), False, "message quota: 0 of 300 left this month"),
        (Quota(300, 299), True, "message quota: 1 of 300 left this month"),
    ],
)
def test_the_quota_is_told(patient: Patient, quota: Quota | None, well: bool, words: str) -> None:
    patient.line.quota_left = quota
    *_others, last = patient.findings()
    assert (last.well, last.words) == (well, words)


def test_the_command_names_missing_settings_and_fails() -> None:
    result = CliRunner().invoke(main, ["doctor"], env={"DATABASE_URL": None})
    assert result.exit_code == 1
    assert result.output.startswith("✘ DATABASE_URL is missing\n✘ REDIS_URL is missing\n")


def test_the_command_fails_only_for_what_is_vital(sqlite_url: str, tmp_path: Path) -> None:
    with_tables = CliRunner().invoke(main, ["doctor"], env=environment(tmp_path, DATABASE_URL=sqlite_url))
    assert with_tables.exit_code == 0, with_tables.output
    assert "✔ database: sqlite" in with_tables.output
    assert "✘ LINE cannot be reached" in with_tables.output
    empty = f"sqlite:///{tmp_path}/empty.db"
    without = CliRunner().invoke(main, ["doctor"], env=environment(tmp_path, DATABASE_URL=empty))
    assert without.exit_code == 1
    assert "✘ database is empty" in without.output
