"""What services would look up in the pure world that no turn ever changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import duty_facts as duties
from bot.conversation import facts as ask
from bot.conversation import report_facts as about
from bot.conversation.certificate_facts import Certificates, CertificatesIn, StandingOf, VillageStanding
from bot.conversation.desk_facts import DeskAddress, DeskPageFacts, OpenDesks
from bot.conversation.document_facts import DocumentFacts, DocumentsOf, PictureFacts, PictureOf
from bot.conversation.household.house_facts import HouseFacts, HousesOf, QuotedHouse
from bot.conversation.household.sheet_facts import UnsignedOf
from bot.conversation.ledger import facts as deciding
from bot.conversation.overview_facts import CurrentOverview, Overview
from bot.conversation.sheet_facts import SheetFile, SheetOf, VillagesNamed
from bot.conversation.sign_facts import SignAddress, SignPageFacts
from tests.support.pure_loei import CODE, DISTRICT, DUE, HOUSES, QUOTED, VILLAGE
from tests.support.runtime import MONDAY

Finders = dict[type, Callable[[Any], Any]]


def _invitation(query: ask.InvitationBy) -> ask.InvitationFacts | None:
    return ask.InvitationFacts(3, "officer", DISTRICT, "สมใจ ตัวอย่าง", "usable") if query.code == CODE else None


GIVEN: Finders = {
    ask.InvitationBy: _invitation,
    ask.AreaBy: lambda query: ask.VillageFacts(VILLAGE, "") if query.code == VILLAGE.code else None,
    ask.Districts: lambda _query: (DISTRICT,),
    DeskAddress: lambda _query: DeskPageFacts("https://example.org/desk/enter/token", MONDAY),
    OpenDesks: lambda _query: 1,
    PictureOf: lambda _query: PictureFacts("https://desk.example/draft/large", "https://desk.example/draft/small"),
    DocumentsOf: lambda query: DocumentFacts(
        f"https://example.org/document/{query.obligation_id}",
        f"https://example.org/letter/{query.obligation_id}",
    ),
    SheetOf: lambda query: SheetFile(f"https://example.org/sheet/{query.area_code}", MONDAY, 1),
    VillagesNamed: lambda _query: (),
    SignAddress: lambda query: SignPageFacts(f"https://example.org/sign/{query.house_no}", MONDAY),
    HousesOf: lambda _query: HouseFacts(VILLAGE, 6, 0, 0, HOUSES, HOUSES, frozenset(HOUSES)),
    UnsignedOf: lambda _query: HOUSES[:2],
    StandingOf: lambda _query: VillageStanding(None, None),
    CertificatesIn: lambda _query: Certificates(DISTRICT, 15, 47, (), 0, ()),
    QuotedHouse: lambda _query: None,
    CurrentOverview: lambda _query: Overview(1, DUE[1], 14, 12, (), (DISTRICT,)),
    duties.ContractorPlan: lambda _query: duties.PlanFacts(("แผน",), ()),
    duties.CertifiedOf: lambda _query: (duties.CertifiedFacts("ใบสรุปหมู่บ้าน", DUE[3], 15, 47),),
    deciding.OpenedRounds: lambda _query: (deciding.RoundFacts(1, 1, 1, DUE[1], False, 1, (DISTRICT,)),),
    deciding.HistoryOf: lambda _query: (),
    ask.OpenRequests: lambda _query: (ask.RequestFacts(7, "วิมล ตัวอย่าง", "officer", DISTRICT),),
    about.NewerFormOf: lambda _query: None,
    about.Quoted: lambda query: about.QuotedFacts(1) if query.message_id == QUOTED else None,
}
