"""A district's world without a database: facts are answered from plain objects, effects change them.

Only what the conversation core can see is modelled, so that thousands of turns can be taken while a database would
answer dozens. Everything that is kept goes through JSON text, as it would through a table (`serialised`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.conversation import effects as do
from bot.conversation import facts as ask
from bot.conversation import household_effects as of_house
from bot.conversation import report_facts as about
from bot.conversation.facts import Facts, ObligationFacts, PersonFacts
from bot.conversation.household.checks import HouseCheck
from bot.conversation.household.facts import CaseReceipt, ChecksOf, QuotedCase, VillageChecks
from bot.conversation.household.house_facts import HousePhoto, LastPhoto, PhotosWithoutHouse, SentPhotos, WaitingPhoto
from bot.conversation.ledger import facts as deciding
from tests.support.pure_broadcasts import PureBroadcasts
from tests.support.pure_given import GIVEN, Finders
from tests.support.pure_loei import COLLEAGUES, DISTRICT, DUE, HOUSES, OPENS, VILLAGE, catalogue, loei_cases, reader
from tests.support.pure_reports import PureReports


@dataclass
class PureTown(PureReports):
    """One district that owes a form for rounds 1 to 3, with its village."""

    photos: list[WaitingPhoto] = field(default_factory=list)
    cases: set[tuple[str, str]] = field(default_factory=set)
    """(house, case) of the village."""
    joined: list[do.Effect] = field(default_factory=list)
    """What happened beside reports and photos."""

    @cached_property
    def broadcasts(self) -> PureBroadcasts:
        return PureBroadcasts(DISTRICT, lambda: self.now)

    def facts(self, person: PersonFacts | None, locale: str) -> Facts:
        reports = person is not None and person.holds("officer", "deputy")
        return Facts(
            now=self.now,
            catalogue=catalogue(locale),
            reader=reader(),
            privacy_version=1,
            rounds={number: due.date() for number, due in DUE.items()},
            person=person,
            known_account=person is not None,
            obligations=self._opened() if reports else (),
        )

    def _opened(self) -> tuple[ObligationFacts, ...]:
        return tuple(self.obligation(number) for number in OPENS if OPENS[number] <= self.now)

    def find(self, person: PersonFacts | None, query: ask.Query[Any]) -> Any:
        """What services would look up."""
        return self.finders(person)[type(query)](query)

    def finders(self, person: PersonFacts | None) -> Finders:
        """As services.chat.facts has them, one for each query that there is."""
        return {
            **GIVEN,
            about.ReportOf: lambda query: self._report(query.obligation_id, person),
            ChecksOf: lambda _query: VillageChecks(loei_cases(), tuple(self._check(house) for house in HOUSES)),
            QuotedCase: lambda _query: CaseReceipt(VILLAGE.code, HOUSES[0], ("e32",)) if self.cases else None,
            SentPhotos: lambda query: tuple(
                HousePhoto(photo.message_id, photo.sent_at)
                for photo in self.photos
                if photo.message_id in query.message_ids
            ),
            LastPhoto: lambda _query: (
                HousePhoto(self.photos[-1].message_id, self.photos[-1].sent_at) if self.photos else None
            ),
            PhotosWithoutHouse: lambda _query: tuple(self.photos),
            deciding.ReportsOf: lambda _query: self._opened(),
            deciding.DistrictReports: lambda _query: self._opened(),
            about.ColleaguesOf: lambda _query: tuple(
                each for each in COLLEAGUES if person is None or each.id != person.id
            ),
            **self.broadcasts.finders(),
        }

    def _check(self, house: str) -> HouseCheck:
        held = tuple(case.key for case in loei_cases() if (house, case.key) in self.cases)
        return HouseCheck(house, cases=held)

    def apply(self, effect: do.Effect, person: PersonFacts | None) -> None:
        """Carry out what services would. Raises WrongEffectError for what they would refuse."""
        match effect:
            case do.SaveDraft():
                self._save(effect, person)
            case do.DropDraft(number, row_version):
                self._same(number, row_version)
                del self.drafts[number]
            case do.SubmitReport(number, row_version):
                self._submit(number, row_version, person)
            case of_house.KeepPhoto(message, sent_at):
                self.photos.append(WaitingPhoto(len(self.photos) + 1, sent_at, message))
            case of_house.BindPhoto(message) | of_house.CoverSheet(message):
                self.photos = [photo for photo in self.photos if photo.message_id != message]
            case of_house.MarkCase(_, house, case):
                self.cases.add((house, case))
            case of_house.DropCase(_, house, case):
                self.cases.discard((house, case))
            case do.AttachPhotos():
                self.photos = []
            case _ if not self.broadcasts.apply(effect):
                self.joined.append(effect)
