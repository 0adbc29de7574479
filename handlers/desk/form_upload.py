"""ตั้งค่า, a form that was uploaded: what it changes, published as a new version or dropped."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from bot.messages.bubbles import Text
from handlers.desk.campaign_changing import told
from handlers.desk.campaign_meanwhile import meanwhile
from handlers.desk.campaigns import ENTRY, found
from handlers.desk.form_rows import form_of, uploads
from handlers.desk.frame import Frame
from handlers.desk.reading import number_of
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.files import CampaignError
from services.campaigns.form_changes import changes
from services.campaigns.keeping import ChangedMeanwhileError


def routes(pages: Blueprint, frame: Frame) -> None:
    @pages.get("/upload")
    @opens_to_roles(STAFF_ROLES)
    def waiting(slug: str, form: str) -> Response:
        """What the uploaded form changes, before it is published."""
        return _page(frame, slug, form, "")

    @pages.post("/upload/publish")
    @opens_to_roles(STAFF_ROLES)
    def publish(slug: str, form: str) -> Response:
        with frame.runtime.sessions() as session:
            row = form_of(session, found(frame, session, slug), form)
        try:
            uploads(frame).publish(slug, form, row.id, _shown_on_the_page(), frame.visitor.person_id)
        except LookupError:
            return _other(frame, slug, form)
        except CampaignError:  # the page says why not
            return frame.done(url_for("desk_forms.waiting", slug=slug, form=form))
        except ChangedMeanwhileError:
            return _page(frame, slug, form, meanwhile(frame, slug))
        return frame.done(url_for("desk_forms.one", slug=slug, form=form), Text("desk.forms.published"))

    @pages.post("/upload/drop")
    @opens_to_roles(STAFF_ROLES)
    def drop(slug: str, form: str) -> Response:
        with frame.runtime.sessions() as session:
            row = form_of(session, found(frame, session, slug), form)
        if not uploads(frame).drop(row.id, _shown_on_the_page()):
            return _other(frame, slug, form)
        return frame.done(url_for("desk_forms.one", slug=slug, form=form), Text("desk.forms.dropped"))


def _shown_on_the_page() -> int:
    return number_of(request.form.get("upload", ""))


def _other(frame: Frame, slug: str, form: str) -> Response:
    """What the page showed does not wait any more: on to what a colleague has brought since, or to the form."""
    with frame.runtime.sessions() as session:
        row = form_of(session, found(frame, session, slug), form)
    newer = uploads(frame).waiting(row.id) is not None
    to = "desk_forms.waiting" if newer else "desk_forms.one"
    return frame.done(url_for(to, slug=slug, form=form), Text(f"desk.forms.{'newer' if newer else 'settled'}"))


def _page(frame: Frame, slug: str, form: str, notice: str) -> Response:
    with frame.runtime.sessions() as session:
        campaign = found(frame, session, slug)
        row = form_of(session, campaign, form)
        current = frame.runtime.forms.get(session, row.current_version_id or 0)
    uploaded = uploads(frame).waiting(row.id)
    if uploaded is None:
        return frame.done(url_for("desk_forms.one", slug=slug, form=form))
    faults = uploads(frame).faults(slug, form, uploaded)
    shown = {
        "slug": slug,
        "form": form,
        "uploaded": uploaded,
        "differences": changes(current, uploaded.form, frame.words.locale),
        "same": uploaded.form.content_hash == current.content_hash,
        "faults": faults,
        "refused": told(frame, faults),
        "notice": notice,
    }
    answer = frame.page("form_upload.html", Text("desk.forms.upload_title"), ENTRY, **shown)
    if notice:
        answer.status_code = HTTPStatus.CONFLICT
    return answer
