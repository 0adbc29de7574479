"""ตั้งค่า, how long things are kept after a campaign: days by kind. Longer than people were told: they are told anew."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from bot.messages.bubbles import Text
from handlers.desk.campaign_changing import Refused, change_campaign, said, seen
from handlers.desk.campaigns import ENTRY, found, loaded
from handlers.desk.frame import Frame
from handlers.desk.reading import count_typed
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.editing_rules import TOLD_IN_THE_NOTICE, longer_than_told, with_retention
from services.campaigns.folder import Files, config_of
from services.campaigns.retention import KINDS, MOST_DAYS, retention_of


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_keeping", __name__, url_prefix="/desk/settings/campaigns/<slug>/retention", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def shown(slug: str) -> Response:
        return _page(frame, slug, Refused())

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def save(slug: str) -> Response:
        """What is kept shorter goes at the next purge; what was kept for longer is kept from now on."""
        with frame.runtime.sessions() as session:
            before = retention_of(found(frame, session, slug).settings)
        days = {kind: _days(frame, kind) for kind in KINDS}
        unread = [kind for kind, value in days.items() if value == -1]
        if unread:
            called = (Text(f"keeping.kind.{kind}") for kind in unread)
            faults = (Text("desk.fault.what.days", {"what": one, "most": MOST_DAYS}) for one in called)
            return _page(frame, slug, said(frame, *faults))
        refused = change_campaign(frame, slug, lambda files: with_retention(files, days), "retention_changed", _part)
        if refused is not None:
            return _page(frame, slug, refused)
        done = "done_told" if longer_than_told(before, days) else "done"
        return frame.done(url_for("desk_keeping.shown", slug=slug), Text(f"desk.keeping.{done}"))

    return pages


def _part(files: Files) -> object:
    return config_of(files).get("retention")


def _days(frame: Frame, kind: str) -> int | None:
    """None: for good; -1: nothing that can be read."""
    if request.form.get(f"good_{kind}"):
        return None
    value = count_typed(frame, request.form.get(kind, ""), "day")
    return value if value is not None and value <= MOST_DAYS else -1


def _page(frame: Frame, slug: str, refused: Refused) -> Response:
    with frame.runtime.sessions() as session:
        standing = loaded(frame, session, slug)
        keeps = retention_of(standing.campaign.settings)
    if request.method == "POST":
        typed = {kind: (request.form.get(kind, "")[:40], bool(request.form.get(f"good_{kind}"))) for kind in KINDS}
    else:
        typed = {
            kind: ("" if keeps.days(kind) is None else str(keeps.days(kind)), keeps.days(kind) is None)
            for kind in KINDS
        }
    shown = {
        "slug": slug,
        "typed": typed,
        "standing": {kind: keeps.days(kind) for kind in KINDS},
        "told": TOLD_IN_THE_NOTICE,
        "seen": seen(_part(standing.files), refused),
        "refused": refused,
    }
    return refused.on(frame.page("campaign_retention.html", Text("desk.keeping.title"), ENTRY, **shown))
