"""ตั้งค่า, campaigns: which there are, what each is made of, and its folder to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, make_response
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from handlers.desk.campaign_words import written
from handlers.desk.frame import Frame
from handlers.desk.reading import page_asked
from handlers.doors import opens_to_roles
from models.campaign import Campaign
from models.people import STAFF_ROLES
from services.campaigns.folder import Files, config_of, zipped
from services.campaigns.kept import dates_of_files, kept
from services.desk import campaigns as listed
from services.people.people import Areas

ENTRY = "settings"


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_campaigns", __name__, url_prefix="/desk/settings/campaigns", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def index() -> Response:
        words = frame.words
        page = page_asked()
        with frame.runtime.sessions() as session:
            found, more = listed.campaigns(session, frame.visitor.scope, words.locale, page)
            areas = Areas(session, words)
            areas.read(each.province_code for each in found)
            lines = [(each, areas[each.province_code].name) for each in found]
        shown = {"lines": lines, "page": page, "more": more, **written(frame)}
        return frame.page("campaigns.html", Text("desk.campaigns.title"), ENTRY, **shown)

    @pages.get("/<slug>")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str) -> Response:
        words = frame.words
        with frame.runtime.sessions() as session:
            campaign = found(frame, session, slug)
            lines = listed.rounds(session, campaign, words.locale)
            forms = [(form, title_of_form(frame, session, form)) for form in listed.forms(session, campaign)]
            files = dates_of_files(session, campaign.id)
        shown = {"slug": slug, "lines": lines, "forms": forms, "loaded": bool(files), "files": files, **written(frame)}
        return frame.page("one_campaign.html", heading(frame, campaign), ENTRY, **shown)

    @pages.get("/<slug>/folder.zip")
    @opens_to_roles(STAFF_ROLES)
    def folder(slug: str) -> Response:
        """As `tidtam campaign load` takes it."""
        with frame.runtime.sessions() as session:
            files = loaded(frame, session, slug).files
        answer = make_response(zipped(slug, files))
        answer.content_type = "application/zip"
        answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
        return answer

    return pages


def found(frame: Frame, session: Session, slug: str) -> Campaign:
    """The campaign of an address, as far as the visitor may see it; else 404."""
    campaign = listed.campaign(session, frame.visitor.scope, slug)
    if campaign is None:
        abort(404)
    return campaign


@dataclass(frozen=True, slots=True)
class Loaded:
    """A campaign whose files are kept, so that a page of the desk can change it."""

    campaign: Campaign
    files: Files

    @property
    def config(self) -> dict[str, Any]:
        """Its campaign.yaml."""
        return config_of(self.files)


def loaded(frame: Frame, session: Session, slug: str) -> Loaded:
    """The campaign of an address with its files; 404 where the visitor may not see it or no files are kept."""
    campaign = found(frame, session, slug)
    files = kept(session, campaign.id)
    if not files:
        abort(404)
    return Loaded(campaign, files)


def heading(frame: Frame, campaign: Campaign) -> Text:
    """The campaign's own title over its pages."""
    title = listed.title_of(campaign.settings, campaign.slug, frame.words.locale)
    return Text("desk.campaigns.heading", {"title": title})


def title_of_form(frame: Frame, session: Session, form: listed.FormLine) -> str:
    """What the version in use calls itself."""
    current = next(version for version in form.versions if version.current)
    return frame.runtime.forms.get(session, current.id).title or form.key
