"""The addresses of every page of the desk, about one province of the country."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import AreaKind, inside
from models.campaign import Campaign, Form, Round
from models.media import Media
from models.obligation import Obligation, ObligationState
from models.people import Membership, Role

_PAGES = """
/desk/today
/desk/today?only=owing
/desk/today?province={province}
/desk/reports
/desk/reports?state=remarks
/desk/reports?at=2021-06-11T16:30
/desk/reports/{sent}
/desk/reports/{sent}/return?box=t3_hh_checked
/desk/reports/{sent}/behalf
/desk/reports/{open}/waive
/desk/reports/{sent}/letter
/desk/reports/papers
/desk/reports/summary
/desk/reports/summary/rows/reported
/desk/reports/letter
/desk/households
/desk/households?only=missing
/desk/households?district={district}
/desk/households?page=40
/desk/villages/{village}
/desk/villages/{village}/photos
/desk/villages/{village}/photos/{photo}
/desk/quality
/desk/quality/no_volunteer
/desk/quality/few_volunteers
/desk/quality/copies
/desk/quality/volunteers/{village}0
/desk/quality?district={district}
/desk/reconciliation
/desk/reconciliation?district={district}
/desk/reconciliation/figures?district={district}
/desk/reconciliation/upload
/desk/reconciliation/history/{district}
/desk/look-alikes
/desk/notices
/desk/notices/remind
/desk/notices/announce
/desk/notices/people/{person}
/desk/exports
/desk/exports?district={province}
/desk/settings
/desk/settings/people
/desk/settings/people?q=officer
/desk/settings/people/{person}
/desk/settings/people/paste
/desk/settings/requests
/desk/settings/signs
/desk/settings/register
/desk/settings/retention
/desk/settings/system
/desk/settings/tokens
/desk/settings/webhooks
/desk/settings/devices
/desk/settings/looks
/desk/settings/audit
/desk/settings/audit?q=officer
/desk/settings/audit?district={district}&kind=people
/desk/settings/audit?page=20
/desk/settings/campaigns
/desk/settings/campaigns/{campaign}
/desk/settings/campaigns/{campaign}/copy?first=2022-06-10
/desk/settings/campaigns/{campaign}/dates
/desk/settings/campaigns/{campaign}/reminders/due_day
/desk/settings/campaigns/{campaign}/retention
/desk/settings/campaigns/{campaign}/checks
/desk/settings/campaigns/{campaign}/checks/e31
/desk/settings/campaigns/{campaign}/texts
/desk/settings/campaigns/{campaign}/texts/reminder.opening
/desk/settings/campaigns/{campaign}/forms/followup
/desk/settings/campaigns/{campaign}/forms/followup/play
"""


def pages(session: Session, province: str) -> tuple[str, ...]:
    """Those that are photographed (benchmarks.desk_pages), and further ones that ask more of the database."""
    district = f"{province}01"

    def report(*states: ObligationState) -> int:
        found = (
            select(Obligation.id)
            .join(Form, Form.id == Obligation.form_id)
            .join(Round, Round.id == Obligation.round_id)
            .where(
                Form.unit == AreaKind.DISTRICT.value,
                inside(Obligation.area_code, province),
                Obligation.state.in_(states),
                Round.duty == "",
            )
            .order_by(Round.number.desc(), Obligation.id)
        )
        return session.scalars(found.limit(1)).one()

    photos = select(Media.id, Media.village_code).where(inside(Media.village_code, district))
    photo = session.execute(photos.order_by(Media.village_code, Media.id).limit(1)).one()
    officers = select(Membership.person_id).where(Membership.role == Role.OFFICER, Membership.area_code == district)
    named = {
        "province": province,
        "district": district,
        "village": photo.village_code,
        "photo": photo.id,
        "sent": report(ObligationState.SUBMITTED),
        "open": report(ObligationState.OPEN),
        "person": session.scalars(officers.limit(1)).one(),
        "campaign": session.scalars(select(Campaign.slug).where(Campaign.province_code == province)).one(),
    }
    return tuple(line.format(**named) for line in _PAGES.split())
