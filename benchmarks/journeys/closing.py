"""A village is closed: its leader signs the summary, an inspector signs it too."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import VILLAGE, leader, officer, require
from models.area import Household
from models.certificate import Certificate
from models.media import Media, MediaState
from models.people import LineAccount
from models.signature import SignerRole
from services.evidence.strokes import Strokes
from tests.support.chat import Phone, Town

DRAWN = Strokes(320, 240, (((20.0, 100.0), (120.0, 40.0), (200.0, 120.0)),))


def leader_closes(town: Town) -> Player:
    """Most houses have their photo: the tile, the page, a signature, the button."""
    player = leader(town)
    _photographed(town, player.phone)
    _signs(player, "menu.button.close")
    require(_states(town) == ["signed"], "the leader has signed")
    return player


def inspector_certifies(town: Town) -> Player:
    """The district's officer finds what waits, and signs it."""
    leader_closes(town)
    player = officer(town)
    _signs(player, "menu.button.certificates")
    require(_states(town) == ["certified"], "both have signed")
    return player


def _signs(player: Player, tile: str) -> None:
    player.accepts(wording(tile))
    token = player.opens_page("certificate.button.sign")
    require(player.town.runtime.signatures.page(token).summary is not None, "the page shows what is signed")
    player.draws()
    player.sends_drawing(lambda: player.town.runtime.signatures.take(token, DRAWN, SignerRole.RESPONDENT))


def _photographed(town: Town, phone: Phone) -> None:
    """All houses of the village but the last ten; putting them in is none of the job."""
    with town.runtime.sessions() as session, session.begin():
        account = session.scalars(select(LineAccount).where(LineAccount.line_user_id == phone.user_id)).one()
        houses = session.scalars(select(Household.id).where(Household.village_code == VILLAGE)).all()[:-10]
        for house in houses:
            session.add(
                Media(
                    account_id=account.id,
                    line_message_id=f"photo {house}",
                    state=MediaState.WANTED.value,
                    sent_at=town.clock.now(),
                    village_code=VILLAGE,
                    household_id=house,
                )
            )


def _states(town: Town) -> list[str]:
    with town.runtime.sessions() as session:
        return list(session.scalars(select(Certificate.state)))
