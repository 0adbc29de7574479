"""Loading what a turn needs to know, frozen, before it decides anything.

`load` is what every turn needs; `find` answers what a flow asks for by name (bot.conversation.facts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import duty_facts as duties
from bot.conversation import facts as ask
from bot.conversation import report_facts as about
from bot.conversation.certificate_facts import CertificatesIn, StandingOf
from bot.conversation.desk_facts import DeskAddress, OpenDesks
from bot.conversation.document_facts import DocumentsOf, PictureOf
from bot.conversation.facts import Facts
from bot.conversation.household.facts import ChecksOf, QuotedCase
from bot.conversation.household.house_facts import HousesOf, LastPhoto, PhotosWithoutHouse, QuotedHouse, SentPhotos
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.ledger import facts as deciding
from bot.conversation.overview_facts import CurrentOverview
from bot.conversation.sheet_facts import SheetOf, VillagesNamed
from bot.conversation.sign_facts import SignAddress
from bot.reading.reader import Reader
from models.area import Area, AreaKind
from models.campaign import Campaign, Round
from models.people import LineAccount
from services.broadcasts import lookups as broadcast_lookups
from services.broadcasts import page_lookups
from services.calendar import BANGKOK
from services.campaigns.retention import retention_of
from services.chat.quotes import quoted
from services.desk.links import DeskLinks, desk_page
from services.desk.sessions import open_desks
from services.documents.links import documents_of
from services.documents.pictures import picture_of
from services.evidence import house_photos, households
from services.evidence.cases import quoted_case
from services.evidence.certificates.lookups import certificates, standing
from services.evidence.lookups import village_checks
from services.evidence.sheets import unsigned_of
from services.evidence.sign_links import SignLinks, sign_page
from services.ledger.duty_facts import certified_of, contractor_plan
from services.ledger.facts import history_of, opened_rounds
from services.ledger.obligations import district_reports, obligations_of, reports_of
from services.ledger.overview import OverviewReader
from services.links import SignedLinks
from services.people import invitations, join_requests, joining
from services.people.people import Areas, person_facts, waiting_request
from services.reports.forms import FormCache
from services.reports.hand_over import colleagues
from services.reports.newer_form import newer_form
from services.reports.report_facts import report_facts
from services.sheets.lookups import sheet_file, villages_named
from services.texts import Texts, campaign_in, campaign_of


@dataclass(frozen=True)
class Lookup:
    """What finding a fact needs: the transaction, who asks, and what is known already."""

    session: Session
    account: LineAccount
    facts: Facts
    areas: Areas
    forms: FormCache
    texts: Texts
    links: SignLinks | None = None
    desks: DeskLinks | None = None
    documents: SignedLinks | None = None

    @property
    def campaign(self) -> Campaign | None:
        """Looked up only where it is asked for: few facts need it."""
        return campaign_of(self.session, self.account)

    def campaign_in(self, area_code: str) -> Campaign | None:
        """Of what is asked about one area: the person may work in several provinces."""
        return campaign_in(self.session, area_code)


Finder = Callable[[Lookup, Any], Any]

_FINDERS: dict[type, Finder] = {
    ask.InvitationBy: lambda look, query: invitations.invitation(look.session, query.code, look.facts.now, look.areas),
    ask.AreaBy: lambda look, query: joining.village(look.session, query.code, look.facts.now, look.areas),
    ask.Districts: lambda look, _query: _districts(look),
    about.ReportOf: lambda look, query: report_facts(
        look.session, look.forms, look.facts, query.obligation_id, look.areas
    ),
    about.NewerFormOf: lambda look, query: newer_form(look.session, look.forms, look.facts, query.obligation_id),
    about.ColleaguesOf: lambda look, query: colleagues(look.session, query.area_code, look.facts.person),
    about.Quoted: lambda look, query: quoted(look.session, look.account, query.message_id),
    HousesOf: lambda look, query: households.house_facts(
        look.session, query.village_code, look.facts.now, look.areas, look.campaign_in(query.village_code)
    ),
    UnsignedOf: lambda look, query: unsigned_of(look.session, look.campaign_in(query.village_code), query),
    QuotedCase: lambda look, query: quoted_case(look.session, look.account, look.facts.person, query.message_id),
    ChecksOf: lambda look, query: village_checks(look.session, look.campaign_in(query.village_code), look.facts, query),
    StandingOf: lambda look, query: standing(look.session, look.links, look.facts, look.areas, query),
    CertificatesIn: lambda look, query: certificates(look.session, look.links, look.facts, look.areas, query),
    PictureOf: lambda look, query: picture_of(look.documents, look.facts, query),
    DocumentsOf: lambda look, query: documents_of(look.documents, look.facts, query),
    SheetOf: lambda look, query: sheet_file(look.session, look.links, look.facts, query),
    VillagesNamed: lambda look, query: villages_named(look.session, look.areas, query),
    SignAddress: lambda look, query: sign_page(look.links, look.facts, query),
    DeskAddress: lambda look, query: desk_page(look.desks, look.account, look.facts, query),
    OpenDesks: lambda look, _query: open_desks(look.session, look.account.person_id or 0, look.facts.now),
    SentPhotos: lambda look, query: house_photos.sent_photos(look.session, look.account, query.message_ids),
    LastPhoto: lambda look, _query: house_photos.last_photo(look.session, look.account),
    QuotedHouse: lambda look, query: house_photos.quoted_photo(look.session, look.account, query.message_id),
    PhotosWithoutHouse: lambda look, _query: households.waiting_photos(look.session, look.account),
    CurrentOverview: lambda look, _query: OverviewReader(look.session, look.forms, look.areas).current(
        look.campaign, look.facts.now
    ),
    deciding.ReportsOf: lambda look, query: reports_of(look.session, query.area_code, look.facts.now, look.areas),
    deciding.DistrictReports: lambda look, _query: district_reports(
        look.session, look.campaign, look.facts.now, look.areas
    ),
    deciding.OpenedRounds: lambda look, _query: opened_rounds(look.session, look.campaign, look.facts.now, look.areas),
    deciding.HistoryOf: lambda look, query: history_of(look.session, query.obligation_id),
    duties.ContractorPlan: lambda look, _query: contractor_plan(
        look.session, look.campaign, look.facts.now, look.facts.catalogue
    ),
    duties.CertifiedOf: lambda look, query: certified_of(
        look.session, query.area_code, look.facts.now, look.areas.locale
    ),
    ask.OpenRequests: lambda look, _query: join_requests.open_requests(look.session, look.facts.person, look.areas),
    **broadcast_lookups.FINDERS,
    **page_lookups.FINDERS,
}


@dataclass(frozen=True)
class FactsLoader:
    texts: Texts
    forms: FormCache
    reader: Reader
    links: SignLinks | None = None
    """Makes addresses of the signature page; None where no chat asks for one."""
    desks: DeskLinks | None = None
    """Makes links that sign in to the desk; None likewise."""
    documents: SignedLinks | None = None
    """Makes links to printed reports; None likewise."""

    def load(self, session: Session, account: LineAccount, now: dt.datetime) -> Facts:
        """What every turn needs; `now` is civil time."""
        campaign = campaign_of(session, account)
        catalogue = self.texts.catalogue(self.texts.locale(account), campaign)
        areas = Areas(session, catalogue)
        person = person_facts(session, account, areas)
        return Facts(
            now=now.astimezone(BANGKOK),
            catalogue=catalogue,
            reader=self.reader,
            privacy_version=campaign.settings["privacy_version"] if campaign else 1,
            rounds=_due_dates(session, campaign),
            kept_days=asdict(retention_of(campaign.settings if campaign else None)),
            person=person,
            known_account=account.person_id is not None,
            codes_left=invitations.codes_left(account, now),
            waiting=waiting_request(session, account, areas),
            obligations=obligations_of(session, person, now, areas) if person else (),
        )

    def find(self, session: Session, account: LineAccount, facts: Facts, query: ask.Query[Any]) -> Any:
        """The answer to one query of a flow."""
        areas = Areas(session, facts.catalogue)
        look = Lookup(session, account, facts, areas, self.forms, self.texts, self.links, self.desks, self.documents)
        return _FINDERS[type(query)](look, query)


def _due_dates(session: Session, campaign: Campaign | None) -> dict[int, dt.date]:
    if campaign is None:
        return {}
    own = select(Round.number, Round.due_at).where(Round.campaign_id == campaign.id, Round.duty == "")
    rows = session.execute(own)
    return {number: due_at.astimezone(BANGKOK).date() for number, due_at in rows}


def _districts(look: Lookup) -> tuple[ask.AreaFacts, ...]:
    campaign = look.campaign
    if campaign is None:
        return ()
    codes = look.session.scalars(
        select(Area.code)
        .where(Area.kind == AreaKind.DISTRICT.value, Area.parent_code == campaign.province_code)
        .order_by(Area.code)
    )
    return look.areas.facts(codes)
