"""แจ้งเตือน, announcing: to whom and which words; a form that makes the preview."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from bot.conversation.broadcast import announce
from bot.conversation.broadcast.card import audience_name, reach_of
from bot.conversation.broadcast_facts import ALL, NAMED, STAFF, Audience, BroadcastBy
from bot.conversation.facts import Districts, Facts
from bot.messages.bubbles import Text, text
from bot.reading.national_id import mask
from handlers.desk.by_hand import ENTRY, Hand
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES

_OF_ALL = frozenset({STAFF})
"""Groups of which districts cannot be chosen."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_announcing", __name__, url_prefix="/desk/notices/announce", template_folder="templates")
    hand = Hand(frame)

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def write() -> Response:
        """Empty, or with the words of a preview that is to be written anew (?of=its key)."""
        with hand.asking() as (asking, _campaign):
            former = asking.ask(BroadcastBy(request.args.get("of", "")))
        given = former.audience if former is not None and former.kind == announce.KIND else Audience(ALL)
        return _form(frame, hand, given, former.words if former is not None else "")

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def prepare() -> Response:
        audience = _audience()
        words = request.form.get("words", "").replace("\r\n", "\n").strip()
        with hand.asking() as (asking, _campaign):
            wrong = asking.work(lambda facts: _wrong(facts, audience, words))
            problem = asking.say(wrong) if wrong is not None else ""
        if problem:
            # words with a person's number in them are not shown again, and nowhere kept
            shown = "" if mask(words) != words else words
            return _form(frame, hand, audience, shown, problem)
        outcome = hand.take(lambda facts: announce.prepared(facts, audience, words))
        if outcome.key:
            return frame.done(url_for("desk_sending.sending", sending=outcome.key))
        return _form(frame, hand, audience, words, " ".join(outcome.said))

    return pages


def _audience() -> Audience:
    group = request.form.get("group", ALL)
    areas = tuple(request.form.getlist("area"))
    if group in _OF_ALL or not areas:
        return Audience(group)
    return Audience(NAMED if group == ALL else group, areas)


def _wrong(facts: Facts, audience: Audience, words: str) -> Text | None:
    """What is the matter with a form; None for one that can be shown as a preview."""
    known = {area.code for area in facts.ask(Districts())}
    if audience.group not in (*announce.GROUPS, NAMED) or not known.issuperset(audience.areas):
        return text("desk.notices.announce.no_group")
    if not words:
        return text("desk.notices.announce.no_words")
    if len(words) > announce.LONGEST:
        return text("broadcast.words_too_long", n=len(words), most=announce.LONGEST)
    if mask(words) != words:
        return text("desk.notices.announce.national_id")
    reach, _budget = reach_of(facts, audience, announce.KIND)
    return None if reach.people else text("broadcast.nobody_to", to=audience_name(audience, reach.areas))


def _form(frame: Frame, hand: Hand, given: Audience, words: str, problem: str = "") -> Response:
    with hand.asking() as (asking, _campaign):
        answer = frame.page(
            "announcing.html",
            Text("desk.notices.announce.title"),
            ENTRY,
            given=given,
            words=words,
            problem=problem,
            districts=asking.ask(Districts()),
            groups=[(group, asking.say(text(f"broadcast.to.{group}"))) for group in announce.GROUPS],
            longest=announce.LONGEST,
        )
    if problem:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer
