"""Village leaders and the province's staff, as far as their jobs exist."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import (
    DISTRICT,
    FIRST_MORNING,
    PROVINCE,
    VILLAGE,
    morning,
    officer,
    province_knows,
    reported,
    require,
)
from models.media import Media
from models.people import Role
from services import joining
from tests.support.chat import Town

HOUSE = "12/1"


def _leader(town: Town) -> Player:
    return Player(town, town.person("บุญมี ตัวอย่าง", "leader", VILLAGE))


def _stored(town: Town) -> bool:
    with town.runtime.sessions() as session:
        bound = session.scalars(select(Media.household_id)).all()
    return bool(bound) and None not in bound


def household_tapped(town: Town) -> Player:
    player = _leader(town)
    player.sends_photo()
    player.taps_house(HOUSE)
    require(_stored(town), "the photo is the house's")
    return player


def household_typed(town: Town) -> Player:
    player = _leader(town)
    player.sends_photo()
    player.types(HOUSE)
    require(_stored(town), "the photo is the house's")
    return player


def leader_joins(town: Town) -> Player:
    """Scans the village's QR, which adds the friend and puts the words into the box."""
    player = Player(town, town.stranger())
    player.adds_friend()
    player.accepts(f"เข้าร่วม {VILLAGE}")
    player.taps("join.button.confirm")
    return player


def officer_joins(town: Town) -> Player:
    with town.runtime.sessions() as session, session.begin():
        code = joining.invite(session, Role.OFFICER, DISTRICT, town.clock.now(), name="สมใจ ตัวอย่าง")
    player = Player(town, town.stranger())
    player.adds_friend()
    player.accepts(f"เข้าร่วม {code}")
    player.taps("join.button.confirm")
    player.sees(wording("menu.button.report"))
    return player


def staff_asks_who_has_not_reported(town: Town) -> Player:
    province_knows(town)
    reported(officer(town).phone)
    morning(town, FIRST_MORNING)
    player = Player(town, town.person("มานี ตัวอย่าง", "staff", PROVINCE))
    player.types(wording("menu.title"))
    player.taps("menu.button.who_owes")
    return player
