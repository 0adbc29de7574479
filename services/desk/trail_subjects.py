"""What the audit's rows are about, found for a whole page at once: their names, and which page of the desk shows them.

An audit row names its subject as kind and id ("obligation 12"), a report by its reference, a campaign by its slug.
What lies outside the reader's area gets no name and no link, whatever row speaks of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.area import Household
from models.campaign import Campaign, Round
from models.obligation import Obligation, Report
from models.people import Membership, Person
from services.desk.scope import Scope

_OTHER_NAMES = {"draft of obligation": "obligation"}
_PLAIN = (
    "round",
    "photo",
    "signature",
    "volunteer_signature",
    "letter",
    "media",
    "export",
    "import",
    "token",
    "webhook",
    "join_request",
    "line_group",
    "certificate",
    "visit_sheet",
    "village_signs",
)
"""Kinds that are called by their kind and number alone; a round also by its own."""


@dataclass(frozen=True, slots=True)
class Subject:
    kind: str = ""
    """Of the words under desk.audit.on; "" where the deed says all there is to say."""
    id: int = 0
    """Of a report's obligation, a person, a household: with it the page is opened. 0: there is none for this reader."""
    name: str = ""
    """A person's name, a house number, a certificate's reference, a campaign's slug."""
    round: Round | None = None
    campaign: Campaign | None = None


def subjects_of(session: Session, scope: Scope, said: Iterable[str]) -> dict[str, Subject]:
    """What each of the subjects that audit rows name is, as far as a reader of that scope may know."""
    found = {subject: _parsed(subject) for subject in said}
    _name_reports(session, scope, found)
    _name_rounds(session, scope, found)
    _name_people(session, scope, found)
    _name_houses(session, scope, found)
    _name_campaigns(session, scope, found)
    return found


def _parsed(said: str) -> Subject:
    kind, _space, number = said.rpartition(" ")
    kind = _OTHER_NAMES.get(kind, kind)
    number_of = int(number) if number.isascii() and number.isdigit() else 0
    if kind in _PLAIN:
        return Subject(kind, number_of, number)
    return Subject(f"?{kind}", number_of) if kind in {"obligation", "report", "person", "household"} else Subject()


def _ids(found: dict[str, Subject], kind: str) -> set[int]:
    return {each.id for each in found.values() if each.kind == kind}


def _name_reports(session: Session, scope: Scope, found: dict[str, Subject]) -> None:
    """By the obligation's number, the version's number or the version's reference."""
    obligations, versions = _ids(found, "?obligation"), _ids(found, "?report")
    references = [said for said, each in found.items() if not each.kind and said]
    named = select(Report.obligation_id).where(or_(Report.id.in_(versions), Report.reference.in_(references)))
    wanted = or_(Obligation.id.in_(obligations), Obligation.id.in_(named))
    rows = session.execute(
        select(Obligation.id, Round, Report.id, Report.reference)
        .join(Round, Round.id == Obligation.round_id)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(wanted, scope.within(Obligation.area_code))
    )
    by: dict[str, Subject] = {}
    for number, rnd, version, reference in rows:
        subject = Subject("report", number, round=rnd)
        by |= {f"obligation {number}": subject, f"report {version}": subject, str(reference): subject}
    for said, each in found.items():
        if each.kind in {"?obligation", "?report"} or said in by:
            plain = f"{each.kind[1:]} {each.id}" if each.kind else said
            found[said] = by.get(plain, Subject("report"))


def _name_rounds(session: Session, scope: Scope, found: dict[str, Subject]) -> None:
    rows = session.execute(
        select(Round)
        .join(Campaign, Campaign.id == Round.campaign_id)
        .where(Round.id.in_(_ids(found, "round")), Campaign.province_code.in_(_provinces(scope)))
    )
    rounds = {rnd.id: rnd for (rnd,) in rows}
    for said, each in found.items():
        if each.kind == "round":
            found[said] = replace(each, round=rounds[each.id]) if each.id in rounds else Subject()


def _name_people(session: Session, scope: Scope, found: dict[str, Subject]) -> None:
    held = select(Membership.person_id).where(scope.within(Membership.area_code))
    wanted = Person.id.in_(_ids(found, "?person"))
    rows = session.execute(select(Person.id, Person.name).where(wanted, Person.id.in_(held)))
    names: dict[int, str] = {row.id: row.name for row in rows}
    for said, each in found.items():
        if each.kind == "?person":
            found[said] = Subject("person", each.id, names[each.id]) if each.id in names else Subject("somebody")


def _name_houses(session: Session, scope: Scope, found: dict[str, Subject]) -> None:
    wanted = Household.id.in_(_ids(found, "?household")), scope.within(Household.village_code)
    rows = session.execute(select(Household.id, Household.house_no).where(*wanted))
    houses: dict[int, str] = {row.id: row.house_no for row in rows}
    for said, each in found.items():
        if each.kind == "?household":
            found[said] = Subject("household", each.id, houses[each.id]) if each.id in houses else Subject()


def _name_campaigns(session: Session, scope: Scope, found: dict[str, Subject]) -> None:
    """Whatever is left may be a campaign's slug."""
    slugs = [said for said, each in found.items() if not each.kind and said]
    known = Campaign.slug.in_(slugs), Campaign.province_code.in_(_provinces(scope))
    for campaign in session.scalars(select(Campaign).where(*known)):
        found[campaign.slug] = Subject("campaign", campaign.id, campaign.slug, campaign=campaign)


def _provinces(scope: Scope) -> Collection[str]:
    """Only those that are seen as a whole or in part: their rounds and campaigns are everybody's there."""
    return {code[:2] for code in scope.codes}
