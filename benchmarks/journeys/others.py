"""Village leaders and the province's staff, as far as their jobs exist."""

from __future__ import annotations

from sqlalchemy import select, update

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import (
    DISTRICT,
    DUE_DAY,
    FIRST_MORNING,
    VILLAGE,
    leader,
    morning,
    officer,
    province_knows,
    reported,
    require,
    staff,
)
from benchmarks.journeys.words import name, typed
from models.media import Media
from models.obligation import Obligation, ObligationState
from models.people import Role
from models.signature import Signature
from services.people import invitations
from tests.support.chat import Town

HOUSE = "12/1"
PHOTOS = 10
AN_HOUR = 3600.0
"""Seconds."""


def _stored(town: Town) -> bool:
    with town.runtime.sessions() as session:
        bound = session.scalars(select(Media.household_id)).all()
    return bool(bound) and None not in bound


def household_tapped(town: Town) -> Player:
    player = leader(town)
    player.sends_photo()
    player.taps_house(HOUSE)
    require(_stored(town), "the photo is the house's")
    return player


def household_typed(town: Town) -> Player:
    player = leader(town)
    player.sends_photo()
    player.types(HOUSE)
    require(_stored(town), "the photo is the house's")
    return player


def ten_as_an_album(town: Town) -> Player:
    """Ten photos sent at once, one line of house numbers, one yes."""
    player = leader(town)
    player.sends_album(PHOTOS)
    player.types("12 12/1 14 15 15/2 16 18 19 20 21")
    player.taps("household.button.right")
    require(_stored(town), "every photo is a house's")
    return player


def ten_and_a_signed_sheet(town: Town) -> Player:
    """Ten photos and their houses; how signatures are taken; the signed sheet, and a tap for all of the day."""
    player = ten_as_an_album(town)
    player.taps("household.button.sign_on_paper")
    town.clock.pass_seconds(AN_HOUR)
    player.sends_photo()
    player.taps("household.button.sheet_all")
    with town.runtime.sessions() as session:
        signed = session.scalars(select(Signature.household_id)).all()
    require(len(set(signed)) == PHOTOS, "every house is signed")
    return player


def leader_joins(town: Town) -> Player:
    """Scans the village's QR, which adds the friend and puts the words into the box."""
    player = Player(town, town.stranger())
    player.adds_friend()
    player.accepts(typed("join", code=VILLAGE))
    player.taps("join.button.confirm")
    return player


def officer_joins(town: Town) -> Player:
    with town.runtime.sessions() as session, session.begin():
        code = invitations.invite(session, Role.OFFICER, DISTRICT, town.clock.now(), name=name("officer"))
    player = Player(town, town.stranger())
    player.adds_friend()
    player.accepts(typed("join", code=code))
    player.taps("join.button.confirm")
    player.sees(wording("menu.button.report"))
    return player


def staff_asks_who_has_not_reported(town: Town) -> Player:
    province_knows(town)
    reported(officer(town).phone)
    morning(town, FIRST_MORNING)
    player = staff(town)
    player.types(wording("menu.title"))
    player.taps("menu.button.who_owes")
    return player


def staff_reminds_who_owes(town: Town, *, in_words: bool = False) -> Player:
    """On the due day, of fourteen districts two owe; who, the cost, and the word that sends it."""
    owing = [officer(town).phone, town.person(name("officer of Dan Sai"), "officer", "4205")]
    with town.runtime.sessions() as session, session.begin():
        others = Obligation.area_code.not_in([DISTRICT, "4205"])
        session.execute(update(Obligation).where(others).values(state=ObligationState.SUBMITTED.value))
    town.clock.civil = DUE_DAY
    player = staff(town)
    player.types(wording("menu.button.who_owes"))
    if in_words:
        player.types(wording("menu.button.remind"))
        player.types(wording("button.confirm"))
    else:
        player.taps("broadcast.button.remind_all", n=2)
        player.taps("broadcast.button.confirm_send")
    town.work()
    reached = {body["to"] for body, _key in town.line.pushes}
    require(reached == {phone.user_id for phone in owing}, "both who owe are reminded, nobody else")
    return player


def staff_reminds_who_owes_in_words(town: Town) -> Player:
    return staff_reminds_who_owes(town, in_words=True)
