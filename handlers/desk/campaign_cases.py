"""ตั้งค่า, one exception case of a campaign's household checks: what it is called, excuses and asks for; a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import PARTS
from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from handlers.desk.campaign_changing import Refused, change_campaign, said, seen
from handlers.desk.campaigns import ENTRY, loaded
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.area import Household
from models.household_case import HouseholdCase
from models.people import STAFF_ROLES
from services.campaigns.editing_rules import case_of, with_case, without_case
from services.campaigns.folder import Files, config_of
from services.campaigns.household_cases import ASKED

LONGEST, MOST_REASONS = 60, 12
NEW = "new"
"""In place of a key, in the address of the page on which a case is added."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign's case as its file has it."""

    case: Mapping[str, Any]
    """Empty for a new one."""
    used: int
    """Households of the province for which it was said."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_cases", __name__, url_prefix="/desk/settings/campaigns/<slug>/checks/<key>", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str, key: str) -> Response:
        return _page(frame, slug, key, Refused())

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def save(slug: str, key: str) -> Response:
        _standing(frame, slug, key)  # a case that is gone is not made anew
        case = _typed()
        faults = tuple(_faults(case))
        if faults:
            return _page(frame, slug, key, said(frame, *faults))
        return _changed(frame, slug, key, case)

    @pages.post("/remove")
    @opens_to_roles(STAFF_ROLES)
    def remove(slug: str, key: str) -> Response:
        """Only a case that nobody has used: what leaders wrote down stays as they wrote it."""
        if key == NEW or _standing(frame, slug, key).used:
            return _page(frame, slug, key, said(frame, Text("desk.cases.used_stays")))
        return _changed(frame, slug, key, None)

    return pages


def _changed(frame: Frame, slug: str, key: str, case: Mapping[str, Any] | None) -> Response:
    own = "" if key == NEW else key

    def edit(files: Files) -> Files:
        return without_case(files, own) if case is None else with_case(files, own, case)

    refused = change_campaign(frame, slug, edit, "checks_changed", lambda files: case_of(config_of(files), own))
    if refused is not None:
        return _page(frame, slug, key, refused)
    done = "removed" if case is None else "done"
    return frame.done(url_for("desk_checks.shown", slug=slug), Text(f"desk.cases.{done}"))


def _typed() -> dict[str, Any]:
    """The case as the form has it, in the shape of campaign.yaml."""
    asks, form = request.form.get("asks", ""), request.form
    reasons = {locale: _lines(form.get(f"reasons_{locale}", "")) for locale in LOCALES}
    return {
        "number": _line(form.get("number", "")),
        "symbol": _line(form.get("symbol", "")),
        "titles": {locale: words for locale in LOCALES if (words := _line(form.get(f"title_{locale}", "")))},
        "excuses": [part for part in PARTS if part in form.getlist("excuses")],
        "asks": asks if asks in ASKED else "",
        "reasons": {locale: lines for locale, lines in reasons.items() if lines},
    }


def _line(words: str) -> str:
    return " ".join(words.split())[:LONGEST]


def _lines(words: str) -> list[str]:
    """Whole: what is too long or too many is told, not cut off."""
    return [line for each in words.splitlines() if (line := " ".join(each.split()))]


def _faults(case: Mapping[str, Any]) -> Iterator[Text]:
    if not case["titles"].get(LOCALES[0]):
        yield Text("desk.cases.no_title")
    if any(len(lines) > MOST_REASONS for lines in case["reasons"].values()):
        yield Text("desk.cases.many_reasons", {"most": MOST_REASONS})
    long = next((line for lines in case["reasons"].values() for line in lines if len(line) > LONGEST), "")
    if long:
        yield Text("desk.cases.long_reason", {"heard": long, "most": LONGEST})


def _standing(frame: Frame, slug: str, key: str) -> Standing:
    """404 for a case that is not there."""
    with frame.runtime.sessions() as session:
        whole = loaded(frame, session, slug)
        config, used = whole.config, _used(session, whole.campaign.province_code, key)
    case = {} if key == NEW else case_of(config, key)
    if case is None:
        abort(404)
    return Standing(case, used)


def _used(session: Session, province: str, key: str) -> int:
    rows = select(func.count(HouseholdCase.id)).join(Household, Household.id == HouseholdCase.household_id)
    own = rows.where(HouseholdCase.case == key, Household.village_code.startswith(province))
    return session.scalar(own) or 0


def _page(frame: Frame, slug: str, key: str, refused: Refused) -> Response:
    standing = _standing(frame, slug, key)
    removing = request.path.endswith("/remove")
    shown = {
        "slug": slug,
        "key": key,
        "case": standing.case if request.method == "GET" or removing else _typed(),
        "used": standing.used,
        "new": key == NEW,
        "parts": PARTS,
        "asked": ASKED,
        "longest": LONGEST,
        "most_reasons": MOST_REASONS,
        "seen": seen(standing.case, refused) if key != NEW else "",
        "refused": refused,
    }
    title = "desk.cases.new" if key == NEW else "desk.cases.title"
    return refused.on(frame.page("campaign_case.html", Text(title), ENTRY, **shown))
