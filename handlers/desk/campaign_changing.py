"""Changing a campaign from a page of the desk: what its check refuses is said in the office's words, and so is what a
colleague changed meanwhile. Nothing is done then, and the page keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, abort, request

from bot.messages.bubbles import Text
from handlers.desk.campaign_meanwhile import meanwhile
from handlers.desk.campaigns import found
from handlers.desk.frame import Frame
from services.campaigns.editing_rules import Part, mark, unless_changed
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError
from services.campaigns.keeping import ChangedMeanwhileError, Edit


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was done, for the macro `refused` of desk/fields.html."""

    known: tuple[str, ...] = ()
    """In the language of the page."""
    unforeseen: tuple[str, ...] = ()
    """The check's own words, in English."""
    notice: str = ""
    """What somebody else did meanwhile."""

    def on(self, page: Response) -> Response:
        """The page with the status that says so to programs."""
        if self.notice:
            page.status_code = HTTPStatus.CONFLICT
        elif self.known or self.unforeseen:
            page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return page


def change_campaign(frame: Frame, slug: str, edit: Edit, action: str, part: Part | None = None) -> Refused | None:
    """Change the campaign as the visitor; None when it is done.

    `part`: what the page showed of the files, under the mark that its form brings back. What a colleague changed of
    it since is told, and not written over. 404 for a campaign outside the visitor's scope or whose files are not kept.
    """
    with frame.runtime.sessions() as session:
        found(frame, session, slug)
    if part is not None:
        edit = unless_changed(edit, part, request.form.get("seen", ""))
    try:
        frame.runtime.campaigns.change(slug, edit, frame.visitor.person_id, action)
    except LookupError:
        abort(404)
    except ChangedMeanwhileError:
        return Refused(notice=meanwhile(frame, slug))
    except CampaignError as error:
        return told(frame, error.faults)
    return None


def seen(part: object, refused: Refused) -> str:
    """The mark under which a page shows `part`.

    A page that refuses what was typed keeps the mark it came with: nobody has been told yet what changed since.
    """
    if request.method == "POST" and not refused.notice:
        return request.form.get("seen", "")
    return mark(part)


def said(frame: Frame, *sentences: Text) -> Refused:
    """Why a page refuses by itself."""
    return Refused(tuple(frame.words.say(sentence) for sentence in sentences))


def told(frame: Frame, faults: Iterable[Fault]) -> Refused:
    """Faults in the office's words, as far as there are any; each sentence once."""
    known: dict[str, None] = {}
    unforeseen: dict[str, None] = {}
    for fault in faults:
        words = _sentence(frame, fault)
        (known if words else unforeseen)[words or str(fault)] = None
    return Refused(tuple(known), tuple(unforeseen))


def _sentence(frame: Frame, fault: Fault) -> str:
    key = f"desk.fault.what.{fault.kind}"
    if not fault.kind or key not in frame.words:
        return ""
    what = frame.words.say(Text(key, fault.values))
    for place, values in reversed(fault.places):
        where = frame.words.say(Text(f"desk.fault.place.{place}", values))
        what = frame.words.say(Text("desk.fault.placed", {"where": where, "what": what}))
    return what
