"""Writing a report down, or correcting one, for a district that telephones: the whole form on one page.

The page needs no script: checking it draws it anew with the boxes that have come to apply and what is to be mended,
and only what was read back like that is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy.orm import Session

from bot.conversation.facts import PersonFacts
from bot.conversation.report.answering.at_once import Filled
from bot.conversation.report.changing import form_view
from bot.conversation.report.context import Context
from bot.conversation.report.sending import review
from bot.conversation.report.sending.doubts import gathered
from bot.messages.bubbles import Text, Words, text
from handlers.desk.behalf_boxes import Page
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.obligation import Obligation
from models.people import STAFF_ROLES
from services.owed import promised
from services.reports.behalf import (
    LONGEST_NAME,
    LONGEST_REASON,
    Behalf,
    Typed,
    mark,
    nothing_new,
    refused,
    seen,
    words_of,
)
from services.reports.reports import ReportChangedError

BOX, WAS, YES, WHY = "box:", "was:", "yes:", "why:"
"""Beginnings of the page's names: what stands in a box's field, what stood there, what was said yes to; a reason."""
SEND = "send"


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_behalf", __name__, url_prefix="/desk/reports/<int:obligation>/behalf", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def look(obligation: int) -> Response:
        with frame.runtime.sessions() as session:
            work = _work(frame, session, obligation)
            base = work.open(obligation)
            return _shown(frame, work, base, Filled(base), Typed({}, {}, {}, "", seen(base)), checked=False)

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def take(obligation: int) -> Response:
        """Check what was typed; send it once it has been read back just so."""
        typed = _typed()
        try:
            sent = _sent(frame, obligation, typed) if request.form.get("do") == SEND else None
        except ReportChangedError:
            sent = None  # the district was faster: the page shows what stands now
        if sent is not None:
            return frame.done(url_for("desk_behalf.look", obligation=obligation), sent)
        with frame.runtime.sessions() as session:
            work = _work(frame, session, obligation)
            base = work.open(obligation)
            return _shown(frame, work, base, work.fill(base, typed), typed, checked=True)

    return pages


def _sent(frame: Frame, number: int, typed: Typed) -> Text | None:
    """What the page after it says; None for what has to be looked at first."""
    with frame.runtime.sessions() as session, session.begin():
        work = _work(frame, session, number)
        base = work.open(number)
        found = work.fill(base, typed)
        if not _may_send(base, found, typed) or request.form.get("mark") != mark(found.context, typed.caller):
            return None
        report = work.send(found, typed.caller)
        said = text("desk.behalf.sent", reference=report.reference, caller=report.phoned_by)
    for job, subject in promised(session):
        frame.runtime.queue.ring(job, subject)  # unheard, the sweep finds it
    return said


def _work(frame: Frame, session: Session, number: int) -> Behalf:
    """Of a report that the visitor may see: otherwise there is no such page."""
    visitor = frame.visitor
    obligation = session.get(Obligation, number)
    if obligation is None or not visitor.scope.sees(obligation.area_code):
        abort(404)
    loader = frame.runtime.facts
    words = words_of(loader, session, number, frame.words.locale)
    return Behalf(session, loader, frame.runtime.clock, words, PersonFacts(visitor.person_id, visitor.name, ()))


def _typed() -> Typed:
    """What was changed on the page, and what was said to it."""
    boxes = {}
    for key in request.form:
        name = key.removeprefix(WAS)
        given = request.form.getlist(BOX + name)
        if key.startswith(WAS) and _plain(" ".join(given)) != _plain(request.form[key]):
            boxes[name] = given
    return Typed(boxes, _of(YES), _of(WHY), request.form.get("caller", "")[:LONGEST_NAME], request.form.get("seen", ""))


def _of(beginning: str) -> dict[str, str]:
    return {key.removeprefix(beginning): words for key, words in request.form.items() if key.startswith(beginning)}


def _plain(words: str) -> str:
    """Browsers write the ends of lines in their own way."""
    return "\n".join(words.split("\r\n")).strip()


def _may_send(base: Context, found: Filled, typed: Typed) -> bool:
    still = typed.seen == seen(base) and bool(typed.caller.strip())
    return still and found.clean and not nothing_new(found.context) and not refused(base)


def _shown(frame: Frame, work: Behalf, base: Context, found: Filled, typed: Typed, *, checked: bool) -> Response:
    obligation, say = base.report.obligation, _sayer(work)
    page = Page(base, found, typed.boxes, typed.agreed)
    why = refused(base)
    return frame.page(
        "behalf.html",
        text("desk.behalf.title", area=obligation.area.name, round=obligation.called),
        "reports",
        report_id=obligation.id,
        refused=why,
        sections=() if why else page.sections(),
        whole=[say(words) for words in found.faults.get("", ())],
        wrong=len(found.faults) + len(found.doubts),
        checked=checked,
        moved=typed.seen != seen(base),
        draft_of=_draft_of(base),
        because=dict(obligation.returned).get("", ""),
        caller=typed.caller,
        seen=seen(base),
        longest={"name": LONGEST_NAME, "reason": LONGEST_REASON},
        ready=_ready(work, found, typed) if checked and _may_send(base, found, typed) else None,
        nothing=checked and found.clean and nothing_new(found.context),
    )


def _draft_of(base: Context) -> Any:
    """Whose unsent answers the page begins with; None where there are none."""
    report = base.report
    return {"who": report.updated_by_name, "at": report.updated_at} if report.row_version is not None else None


@dataclass(frozen=True, slots=True)
class Ready:
    """What is read back before it is sent."""

    lines: tuple[str, ...]
    remarks: tuple[tuple[str, str, str], ...]
    """(key, words, reason so far)."""
    mark: str


def _ready(work: Behalf, found: Filled, typed: Typed) -> Ready:
    context, say = found.context, _sayer(work)
    if context.report.sent is None:
        lines = form_view.lines(context)
    else:
        lines = [
            *review.numbers_changed(context),
            *(review.before_after(context, item) for item in review.changes(context)),
        ]
    remarks = tuple((doubt.key, say(doubt.words), doubt.reason) for doubt in gathered(context))
    return Ready(tuple(say(words) for words in lines), remarks, mark(context, typed.caller))


def _sayer(work: Behalf) -> Any:
    def say(words: Words) -> str:
        return words if isinstance(words, str) else work.catalogue.say(words)

    return say
