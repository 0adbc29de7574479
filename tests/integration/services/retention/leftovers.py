"""What a campaign leaves behind in June 2021, with its bytes in a real folder."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import func, select

from adapters.media import ObjectMedia
from models.area import Household
from models.certificate import Certificate, CertificateState
from models.household_case import HouseholdCase
from models.media import Media
from models.obligation import Obligation
from models.people import Person
from models.signature import Signature, SignerRole
from models.work import Audit
from services.calendar import BANGKOK
from services.ports import Content, ContentState
from tests.support import pictures
from tests.support.chat import Phone, Town
from tests.support.loaded import share
from tests.support.processes import ROOT
from tests.support.runtime import TestRuntime
from tests.support.settings import environment

VILLAGE = "42070605"
JUNE = dt.datetime(2021, 6, 14, 9, 0, tzinfo=BANGKOK)
OVER = dt.datetime(2021, 10, 1, 3, 0, tzinfo=BANGKOK)
"""More than 90 days after the last due date, and less than five years."""


@dataclass
class Place:
    town: Town
    folder: Path
    url: str
    photographs: int = 0
    people: dict[str, Phone] = field(default_factory=dict)

    def __post_init__(self) -> None:
        runtime: TestRuntime = replace(self.town.runtime, media=ObjectMedia(f"file://{self.folder}/media"))
        share(runtime)
        self.town = replace(self.town, runtime=runtime)
        self.at(JUNE)

    def at(self, moment: dt.datetime) -> None:
        """Both clocks, as in a real installation."""
        self.town.clock.civil = self.town.clock.mechanical = moment

    def files(self) -> set[str]:
        """Keys of everything in the store."""
        root = self.folder / "media"
        return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}

    def photo(self, phone: Phone, house: str = "", content: bytes = b"") -> Media:
        """Somebody sends a photo, of a house where one is named; it is fetched at once."""
        self.photographs += 1
        phone.photo()
        message = phone.last_message_id()
        given = content or pictures.jpeg(self.photographs)
        self.town.line.contents[message] = Content(ContentState.READY, "image/jpeg", iter([given]))
        self.town.work()
        if house:
            phone.say(house)
        with self.town.runtime.sessions() as session:
            return session.scalars(select(Media).where(Media.line_message_id == message)).one()

    def sign(self, phone: Phone, role: SignerRole, household: int | None) -> int:
        """A signature whose drawing lies in the store; returns its row's id."""
        with self.town.runtime.sessions() as session, session.begin():
            number = (session.scalar(select(func.count()).select_from(Signature)) or 0) + 1
            key = f"signatures/{number}.png"
            self.town.runtime.media.put(key, [b"drawing"])
            row = Signature(
                nonce=f"n{number}",
                village_code=VILLAGE,
                household_id=household,
                role=role.value,
                storage_key=key,
                sha256=f"{number}",
                person_id=self.person(phone),
                signed_at=self.town.clock.now(),
            )
            session.add(row)
            session.flush()
            return row.id

    def person(self, phone: Phone) -> int:
        from tests.integration.services.towns import account_of  # noqa: PLC0415 - only where a phone is one's own

        return account_of(self.town, phone).person_id or 0

    def purge_process(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """`tidtam purge` as a process of its own, in real time (years later)."""
        given = environment(self.folder, DATABASE_URL=self.url, **env)
        return subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; main()", "purge", *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@dataclass(frozen=True)
class June:
    """A month's work: ids of what is to be looked for afterwards."""

    leader: Phone
    officer: Phone
    houses: tuple[Media, Media]
    twin: Media
    """The same bytes as the first house's, sent again."""
    attached: Media
    """To a report."""
    drawn: int
    certified: int


def june(place: Place) -> June:
    town = place.town
    leader = town.person("แดง ตัวอย่าง", "leader", VILLAGE)
    officer = town.person("สมใจ ตัวอย่าง", "officer", "4207")
    same = pictures.jpeg(77)
    houses = place.photo(leader, "15", same), place.photo(leader, "22")
    twin = place.photo(leader, content=same)
    attached = place.photo(leader)
    with town.runtime.sessions() as session, session.begin():
        household = session.scalars(select(Household.id).where(Household.village_code == VILLAGE).limit(1)).one()
        person = place.person(leader)
        mine = session.get_one(Media, attached.id)
        mine.obligation_id = session.scalars(
            select(Obligation.id).where(Obligation.area_code == "4207").order_by(Obligation.id).limit(1)
        ).one()
        session.add(
            HouseholdCase(
                household_id=household,
                case="e31",
                note="คนในบ้านไปทำงานต่างจังหวัด",
                confirmed_by="นางบัว ตัวอย่าง",
                person_id=person,
                at=town.clock.now(),
            )
        )
    drawn = place.sign(leader, SignerRole.RESPONDENT, household)
    certified = place.sign(leader, SignerRole.LEADER, None)
    with town.runtime.sessions() as session, session.begin():
        campaign = 1
        session.add(
            Certificate(
                village_code=VILLAGE,
                campaign_id=campaign,
                state=CertificateState.SIGNED.value,
                key="k",
                counts={},
                as_of=town.clock.now(),
                leader_id=person,
                leader_name="แดง ตัวอย่าง",
                leader_signature_id=certified,
            )
        )
    officer.say("รายงาน")
    return June(leader, officer, houses, twin, attached, drawn, certified)


def purges(town: Town) -> list[dict[str, int]]:
    """Counts of the audit's rows about purges."""
    with town.runtime.sessions() as session:
        return list(session.scalars(select(Audit.detail).where(Audit.action == "purged").order_by(Audit.id)))


def names(town: Town) -> set[str]:
    with town.runtime.sessions() as session:
        return set(session.scalars(select(Person.name)))
