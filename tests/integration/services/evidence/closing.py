"""Closing a village without a web server: what the leader's word and the page do, one step each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.certificate import Certificate
from models.signature import SignerRole
from services.evidence.strokes import Strokes
from tests.integration.services.towns import account_of, rows
from tests.support.chat import Phone, Town

VILLAGE = "42070605"
STROKES = Strokes(320, 240, (((20.0, 100.0), (120.0, 40.0), (200.0, 120.0)),))
OTHERS = Strokes(320, 240, (((10.0, 10.0), (200.0, 200.0)),))


@dataclass(frozen=True)
class Village:
    """One village with its leader, and whoever inspects it."""

    town: Town
    leader: Phone

    def photographed(self, *houses: str) -> None:
        for house in houses:
            self.leader.photo()
            self.leader.say(house)

    def shown(self) -> str:
        """The token of a summary that was just shown to its leader."""
        self.leader.say("ปิดหมู่บ้าน")
        return _token(self.leader)

    def offered(self, inspector: Phone) -> str:
        """The token of the summary that waits for an inspector."""
        inspector.say("ใบรับรอง")
        return _token(inspector)

    def sign(self, token: str, strokes: Strokes = STROKES) -> None:
        self.town.runtime.signatures.take(token, strokes, SignerRole.RESPONDENT)

    def certified(self, inspector: Phone) -> Certificate:
        """Signed by both as things stand, and its document made."""
        self.sign(self.shown())
        self.sign(self.offered(inspector))
        self.town.work()
        return self.rows()[-1]

    def rows(self) -> list[Certificate]:
        return rows(self.town, select(Certificate).order_by(Certificate.id))

    def standing(self) -> list[tuple[str, int | None]]:
        return [(row.state, row.number) for row in self.rows()]


def _token(phone: Phone) -> str:
    uri = next(str(action["uri"]) for action in phone.buttons()[::-1] if action["label"] == "ลงชื่อรับรอง")
    return uri.rsplit("/", 1)[1]


def village(town: Town, code: str = VILLAGE) -> Village:
    return Village(town, town.person("บุญมี ตัวอย่าง", "leader", code))


def person_id(town: Town, phone: Phone) -> int:
    return account_of(town, phone).person_id or 0
