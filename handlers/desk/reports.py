"""รายงาน: the reports of a round, what is doubtful first; all that can be taken unread are accepted with one button."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Text, text
from handlers.desk.frame import Frame
from handlers.desk.reading import ADDRESSED, area_asked, moment_asked, number_of, page_asked
from handlers.desk.report_words import ROOM, state_words
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from models.sent_letter import SentLetter
from services.desk.rounds import AskedRound, ChosenRound, chosen_round, name_of
from services.desk.sessions import DESK_ROLES
from services.documents.sent_letters import letter_of_round
from services.people.people import Areas
from services.reports.review_list import GROUPS, Listed, Rank, ReviewList, Wanted

POLL_SECONDS = 30
SHOWN_REMARKS = 2
"""Of a report's remarks on the list; the others are counted."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What an address asked for, and what was found."""

    chosen: ChosenRound
    wanted: Wanted
    listed: Listed
    districts: tuple[AreaFacts, ...]
    names: dict[str, str]


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_reports", __name__, url_prefix="/desk/reports", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def listed() -> Response:
        with frame.runtime.sessions() as session:
            found = _reviewed(frame, session)
            letter = _letter(frame, session, found)
        if found is None:
            return frame.page("reports_none.html", Text("desk.reports.title"), ROOM)
        tag, same = frame.unchanged(found.wanted, found.listed, found.districts, letter.id if letter is not None else 0)
        if same is not None and found.wanted.at is None:
            return same
        answer = frame.page(
            "reports.html",
            text("desk.reports.title_round", round=found.chosen.called),
            ROOM,
            found=found,
            listed=found.listed,
            groups=tuple(GROUPS),
            ranks=Rank,
            state=lambda key: state_words(frame, key),
            shown=SHOWN_REMARKS,
            name_of=name_of,
            address=_address(found),
            at=moment_asked(frame),
            letter=letter,
            decides=_is_staff(frame) and found.wanted.at is None,
            poll=POLL_SECONDS,
            tag=tag,
        )
        answer.set_etag(tag)
        return answer

    @pages.post("/accept-clean")
    @opens_to_roles(STAFF_ROLES)
    def accept_clean() -> Response:
        """All that stood without a remark on the page and still do, but for those that were unticked."""
        kept = set(request.form.getlist("shown")) - set(request.form.getlist("take"))
        with frame.runtime.sessions() as session:
            found = _reviewed(frame, session)
            if found is None:
                abort(404)
            clean = _list(frame, session).clean(found.wanted, _versions_seen())
        wanted = [(report, version) for report, version in clean if str(report) not in kept]
        done = frame.runtime.desk_decisions.accept_all(wanted, frame.visitor.person_id).done
        changed = max(number_of(request.form.get("of", "")) - len(kept) - done, 0)
        said = text("desk.reports.accepted_all", n=done)
        if changed:
            said = text("desk.reports.accepted_some", n=done, changed=changed)
        return frame.done(_own_address(found), said)

    return pages


def _versions_seen() -> frozenset[int]:
    """Report versions that the page offered to take."""
    return frozenset(number_of(each) for each in request.form.get("clean", "").split(","))


def _letter(frame: Frame, session: Session, found: Reviewed | None) -> SentLetter | None:
    """The signed letter of the round as a whole, for the province's staff; of now, and so of no moment gone by."""
    if (
        found is None
        or found.wanted.at is not None
        or not _is_staff(frame)
        or not frame.visitor.scope.sees(found.chosen.campaign.province_code)
    ):
        return None
    return letter_of_round(session, found.chosen.round.id)


def _list(frame: Frame, session: Session) -> ReviewList:
    return ReviewList(session, frame.visitor.scope, frame.visitor.person_id)


def _reviewed(frame: Frame, session: Session) -> Reviewed | None:
    words, scope = frame.words, frame.visitor.scope
    asked = AskedRound(request.values.get("campaign", ""), request.values.get("round", ""))
    chosen = chosen_round(session, scope, asked, frame.runtime.clock.now(), words.locale)
    if chosen is None:
        return None
    group = request.values.get("state", "")
    wanted = Wanted(
        round_id=chosen.round.id,
        group=group if group in GROUPS else "",
        area=area_asked()[:4],
        page=page_asked(),
        at=moment_asked(frame).moment,
    )
    areas = Areas(session, words)
    reviews = _list(frame, session)
    listed = reviews.page(wanted)
    codes = reviews.districts(wanted.round_id)
    areas.read(codes)
    names = {line.area_code: areas[line.area_code].short for line in listed.lines}
    districts = tuple(areas[code] for code in codes)
    return Reviewed(chosen, wanted, listed, districts, names)


def _address(found: Reviewed) -> dict[str, str]:
    """Of this very list, without its page."""
    wanted = found.wanted
    named = {
        "campaign": found.chosen.campaign.slug,
        "round": name_of(found.chosen.round),
        "state": wanted.group,
        "district": wanted.area,
        "at": wanted.at.strftime(ADDRESSED) if wanted.at is not None else "",
    }
    return {name: value for name, value in named.items() if value}


def _own_address(found: Reviewed) -> str:
    return f"{url_for('desk_reports.listed')}?{urlencode(_address(found))}"


def _is_staff(frame: Frame) -> bool:
    return bool(frame.visitor.roles & set(STAFF_ROLES))
