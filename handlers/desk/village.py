"""ครัวเรือน of one village: the list of houses, the gallery, one photo large."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.conversation.household.names import written
from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.pictures import small_address
from handlers.desk.reading import page_asked
from handlers.doors import opens_to_roles
from models.area import Area, AreaKind
from services.campaigns.household_cases import cases_of
from services.desk.houses import HouseReader
from services.desk.scope import campaign_of_desk
from services.desk.sessions import DESK_ROLES
from services.evidence.viewing import Shelf
from services.people.people import Areas

POLL_SECONDS = 30
_HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Opened:
    area: AreaFacts
    reader: HouseReader


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_village", __name__, url_prefix="/desk/villages/<code>", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def houses(code: str) -> Response:
        missing = request.args.get("only") == "missing"
        with _village(frame, code) as opened:
            found = opened.reader.village(code, missing=missing, page=page_asked())
        tag, same = frame.unchanged(code, missing, found)
        if same is not None:
            return same
        photos = [number for line in found.lines for number in line.photos[:1]]
        answer = frame.page(
            "village.html",
            Text("desk.village.title", {"area": opened.area.name}),
            _HOUSEHOLDS,
            area=opened.area,
            found=found,
            missing=missing,
            poll=POLL_SECONDS,
            tag=tag,
            **_pictures(frame, photos, code),
        )
        answer.set_etag(tag)
        return answer

    @pages.get("/photos")
    @opens_to_roles(DESK_ROLES)
    def gallery(code: str) -> Response:
        page = page_asked()
        with _village(frame, code) as opened:
            photos, more = opened.reader.gallery(code, page)
        return frame.page(
            "gallery.html",
            Text("desk.gallery.title", {"area": opened.area.name}),
            _HOUSEHOLDS,
            area=opened.area,
            photos=photos,
            number_of_page=page,
            more=more,
            **_pictures(frame, [photo.id for photo in photos], code),
        )

    @pages.get("/photos/<int:number>")
    @opens_to_roles(DESK_ROLES)
    def photo(code: str, number: int) -> Response:
        with _village(frame, code) as opened:
            found = opened.reader.photo(code, number)
        if found is None:
            abort(404)
        shown, before, after = found
        return frame.page(
            "photo.html",
            Text("desk.photo.title", {"area": opened.area.name}),
            _HOUSEHOLDS,
            area=opened.area,
            photo=shown,
            before=before,
            after=after,
            house=_house(frame),
        )

    return pages


@contextmanager
def _village(frame: Frame, code: str) -> Iterator[Opened]:
    """The village, if the visitor may see it: otherwise there is no such page."""
    with frame.runtime.sessions() as session:
        row = session.get(Area, code) if frame.visitor.scope.sees(code) else None
        if row is None or row.kind != AreaKind.VILLAGE.value:
            abort(404)
        yield Opened(Areas(session, frame.words)[code], _reader(frame, session))


def _reader(frame: Frame, session: Session) -> HouseReader:
    campaign = campaign_of_desk(session, frame.visitor.scope)
    return HouseReader(session, campaign, cases_of(campaign.settings if campaign else None, frame.words.locale))


def _pictures(frame: Frame, photos: list[int], code: str) -> dict[str, object]:
    """What a page with small pictures needs; that it shows them is noted."""
    frame.runtime.viewing.list_small(frame.visitor, Shelf.PHOTO, photos, code)
    return {"small": small_address(frame, Shelf.PHOTO), "house": _house(frame)}


def _house(frame: Frame) -> object:
    """A household's name as people read it."""
    words = frame.words
    return lambda name: words.say(written(name))
