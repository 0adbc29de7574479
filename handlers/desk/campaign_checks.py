"""ตั้งค่า, what a campaign wants of each household: its exception cases, and which boxes the counts of a district fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case
from bot.forms.compiled import Kind
from bot.messages.bubbles import Text
from handlers.desk.campaign_changing import Refused, change_campaign, seen
from handlers.desk.campaigns import ENTRY, found, loaded
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.area import AreaKind
from models.campaign import Campaign
from models.people import STAFF_ROLES
from services.campaigns.editing_rules import checks_of, with_checks
from services.campaigns.folder import Files, config_of
from services.campaigns.household_cases import FIGURES, WHEN, cases_of, figures_of, figures_when
from services.campaigns.household_cases import pushes_to_inspector as pushes
from services.desk import campaigns as listed


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of a district, and the box that it fills."""

    name: str
    called: str
    box: str


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_checks", __name__, url_prefix="/desk/settings/campaigns/<slug>/checks", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def shown(slug: str) -> Response:
        return _page(frame, slug, Refused())

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def save(slug: str) -> Response:
        """Which boxes the counts fill, from when on, and whether inspectors are written to."""
        with frame.runtime.sessions() as session:
            settings = found(frame, session, slug).settings
        form = request.form
        boxes = {one.name: form.get(f"box_{one.name}", "").strip() for one in _counted(frame, settings)}
        when, push = form.get("figures_when", ""), form.get("inspector_push") == "yes"

        def edit(files: Files) -> Files:
            return with_checks(files, figures_when=when, figures=boxes, inspector_push=push)

        refused = change_campaign(frame, slug, edit, "checks_changed", _part)
        if refused is not None:
            return _page(frame, slug, refused)
        return frame.done(url_for("desk_checks.shown", slug=slug), Text("desk.checks.done"))

    return pages


def _part(files: Files) -> object:
    """All but the cases, which have pages of their own."""
    return {name: value for name, value in checks_of(config_of(files)).items() if name != "cases"}


def _counted(frame: Frame, settings: Mapping[str, Any]) -> tuple[Counted, ...]:
    given = figures_of(settings)
    own = [(name, frame.words.say(Text(f"desk.checks.figure.{name}"))) for name in FIGURES]
    of_cases = [(case.key, called(case)) for case in cases_of(settings, frame.words.locale)]
    return tuple(Counted(name, words, given.get(name, "")) for name, words in (*own, *of_cases))


def called(case: Case) -> str:
    """As the letter numbers it, with its title."""
    return " ".join(part for part in (case.number, case.title) if part)


def _page(frame: Frame, slug: str, refused: Refused) -> Response:
    form = request.form if request.method == "POST" else None
    with frame.runtime.sessions() as session:
        standing = loaded(frame, session, slug)
        settings = standing.campaign.settings
        boxes = _boxes(frame, session, standing.campaign)
    counted = _counted(frame, settings)
    chosen = {one.name: form.get(f"box_{one.name}", "") if form else one.box for one in counted}
    shown = {
        "slug": slug,
        "cases": [(case, called(case)) for case in cases_of(settings, frame.words.locale)],
        "counted": counted,
        "chosen": chosen,
        "boxes": boxes | {name: name for name in chosen.values() if name and name not in boxes},
        "when_chosen": form.get("figures_when", "") if form else figures_when(settings),
        "whens": WHEN,
        "push": form.get("inspector_push") == "yes" if form else pushes(settings),
        "seen": seen(_part(standing.files), refused),
        "refused": refused,
    }
    return refused.on(frame.page("campaign_checks.html", Text("desk.checks.title"), ENTRY, **shown))


def _boxes(frame: Frame, session: Session, campaign: Campaign) -> dict[str, str]:
    """Numbers of the districts' forms that can be known beforehand, with their labels, by the known value's name."""
    found_boxes: dict[str, str] = {}
    for line in listed.forms(session, campaign):
        if line.unit != AreaKind.DISTRICT:
            continue
        current = next(version.id for version in line.versions if version.current)
        for box in frame.runtime.forms.get(session, current).questions.values():
            if box.known and box.kind is Kind.INTEGER:
                found_boxes[box.known[0]] = f"{_label(box, frame.words.locale)} ({box.name})"
    return found_boxes


def _label(box: Any, locale: str) -> str:
    return str(box.short(locale) or box.name)
