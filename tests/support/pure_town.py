"""A district's world without a database: facts are answered from plain objects, effects change them.

Only what the conversation core can see is modelled, so that thousands of turns can be taken while a database would
answer dozens. Everything that is kept goes through JSON text, as it would through a table (`serialised`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from bot.conversation import duty_facts as duties
from bot.conversation import effects as do
from bot.conversation import facts as ask
from bot.conversation import report_facts as about
from bot.conversation.facts import AreaFacts, Facts, ObligationFacts, PersonFacts
from bot.conversation.ledger import facts as deciding
from bot.conversation.report_facts import ReportFacts
from bot.conversation.sign_facts import SignAddress, SignPageFacts
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.explained import standing
from bot.forms.values import ProblemKind, Values, from_json, refresh, start
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from tests.support.chat import LOEI, MONDAY
from tests.support.pure_broadcasts import PureBroadcasts

DISTRICT = AreaFacts("4207", "district", "อำเภอภูเรือ", "ภูเรือ")
VILLAGE = AreaFacts("42070605", "village", "หมู่ 5 บ้านตัวอย่าง ต.สานตม อ.ภูเรือ", "หมู่ 5 บ้านตัวอย่าง")
PROVINCE = AreaFacts("42", "province", "จังหวัดเลย", "เลย")
CODE = "4207-KX3N"
QUOTED = "m1"
"""The message that is known to be about round 1."""
COLLEAGUES = (
    about.ColleagueFacts(1, "สมใจ ตัวอย่าง", "officer"),
    about.ColleagueFacts(2, "วิชัย ตัวอย่าง", "deputy"),
)
HOUSES = ("12", "12/1", "14", "15", "15/2", "16")
DUE = {number: dt.datetime(2021, 6, 4 + 7 * number, 23, 59, 59, tzinfo=BANGKOK) for number in (1, 2, 3)}
OPENS = {number: MONDAY - dt.timedelta(days=1) + dt.timedelta(days=7 * (number - 1)) for number in (1, 2, 3)}


class WrongEffectError(AssertionError):
    """The core wanted something that services would refuse, or would store something that is not valid."""


@cache
def loei() -> campaign_files.CampaignFiles:
    return campaign_files.read(LOEI)


@cache
def reader() -> Reader:
    return Reader.load()


@cache
def catalogue(locale: str) -> Catalogue:
    texts = loei().settings.get("texts", {}).get(locale, {})
    return Catalogue.load(locale).with_texts(texts)


def loei_form() -> CompiledForm:
    return loei().forms[0].form


def loei_known() -> Mapping[str, tuple[str, str]]:
    """Name to (value, source) of what is known of the district beforehand."""
    return {row["name"]: (row["value"], row["source"]) for row in loei().known if row["area_code"] in {"42", "4207"}}


@dataclass(slots=True)
class Draft:
    answers: Any
    skipped: tuple[str, ...]
    amends: int | None
    row_version: int
    updated_by: int
    explained: Any
    """Reasons for remarks, kept as the answers are."""


@dataclass
class PureTown:
    """One district that owes a form for rounds 1 to 3. Obligations have the numbers of their rounds as ids."""

    form: CompiledForm = field(default_factory=loei_form)
    known: Mapping[str, tuple[str, str]] = field(default_factory=loei_known)
    serialised: bool = True
    """False: answers stay the objects that they are, to compare with."""
    now: dt.datetime = MONDAY
    drafts: dict[int, Draft] = field(default_factory=dict)
    reports: dict[int, list[Any]] = field(default_factory=dict)
    """Answers of every version, oldest first."""
    reasons: dict[int, Any] = field(default_factory=dict)
    """Of the newest version, for remarks."""
    photos: list[ask.WaitingPhoto] = field(default_factory=list)
    joined: list[do.Effect] = field(default_factory=list)
    """What happened beside reports and photos."""

    @cached_property
    def broadcasts(self) -> PureBroadcasts:
        return PureBroadcasts(DISTRICT, lambda: self.now)

    def obligation(self, number: int) -> ObligationFacts:
        versions = len(self.reports.get(number, []))
        return ObligationFacts(
            id=number,
            form_key="followup",
            round_number=number,
            area=DISTRICT,
            opens_at=OPENS[number],
            due_at=DUE[number],
            closed=False,
            settled=versions > 0,
            late=False,
            draft_exists=number in self.drafts,
            versions=versions,
            state="submitted" if versions else "partly" if number in self.drafts else "open",
        )

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

    def finders(self, person: PersonFacts | None) -> dict[type, Callable[[Any], Any]]:
        """As services.chat.facts has them, one for each query that there is."""
        return {
            about.ReportOf: lambda query: self._report(query.obligation_id, person),
            about.Quoted: lambda _query: None,
            ask.InvitationBy: _invitation,
            ask.AreaBy: lambda query: ask.VillageFacts(VILLAGE, "") if query.code == VILLAGE.code else None,
            ask.Districts: lambda _query: (DISTRICT,),
            SignAddress: lambda query: SignPageFacts(f"https://example.org/sign/{query.house_no}", MONDAY),
            ask.HousesOf: lambda _query: ask.HouseFacts(VILLAGE, 6, 0, 0, HOUSES, HOUSES, frozenset(HOUSES)),
            ask.SentPhotos: lambda query: tuple(
                ask.HousePhoto(photo.message_id, photo.sent_at)
                for photo in self.photos
                if photo.message_id in query.message_ids
            ),
            ask.LastPhoto: lambda _query: (
                ask.HousePhoto(self.photos[-1].message_id, self.photos[-1].sent_at) if self.photos else None
            ),
            ask.QuotedHouse: lambda _query: None,
            ask.PhotosWithoutHouse: lambda _query: tuple(self.photos),
            ask.CurrentOverview: lambda _query: ask.Overview(1, DUE[1], 14, 12, (), (DISTRICT,)),
            duties.ContractorPlan: lambda _query: duties.PlanFacts(("แผน",), ()),
            duties.CertifiedOf: lambda _query: (duties.CertifiedFacts("ใบสรุปหมู่บ้าน", DUE[3], 15, 47),),
            deciding.ReportsOf: lambda _query: self._opened(),
            deciding.DistrictReports: lambda _query: self._opened(),
            deciding.OpenedRounds: lambda _query: (deciding.RoundFacts(1, 1, 1, DUE[1], False, 1, (DISTRICT,)),),
            deciding.HistoryOf: lambda _query: (),
            ask.OpenRequests: lambda _query: (ask.RequestFacts(7, "วิมล ตัวอย่าง", "officer", DISTRICT),),
            about.NewerFormOf: lambda _query: None,
            about.ColleaguesOf: lambda _query: tuple(
                each for each in COLLEAGUES if person is None or each.id != person.id
            ),
            about.Quoted: lambda query: about.QuotedFacts(1) if query.message_id == QUOTED else None,
            **self.broadcasts.finders(),
        }

    def _known(self, number: int, person: PersonFacts | None) -> Known:
        own = {"round": str(number), "area_code": DISTRICT.code, "reporter": person.name if person else ""}
        return Known(
            {**own, **{name: value for name, (value, _source) in self.known.items()}},
            {name: source for name, (_value, source) in self.known.items()},
        )

    def values(self, number: int, person: PersonFacts | None = None) -> Values:
        """The draft's answers, or else the latest version's, or what a new draft begins with."""
        draft, sent = self.drafts.get(number), self.reports.get(number)
        known = self._known(number, person)
        stored = draft.answers if draft else sent[-1] if sent else None
        if stored is None:
            return start(self.form, known, self.now, f"seed {number}")
        return refresh(self._taken(stored), known, self.now)

    def _kept(self, answers: Any) -> Any:
        return json.dumps(answers) if self.serialised else answers

    def _taken(self, stored: Any) -> Values:
        return from_json(self.form, self._read(stored))

    def _read(self, stored: Any) -> Any:
        if stored is None:
            return {}
        return json.loads(stored) if self.serialised else stored

    def _report(self, number: int, person: PersonFacts | None) -> ReportFacts:
        draft, sent = self.drafts.get(number), self.reports.get(number)
        known = self._known(number, person)
        return ReportFacts(
            obligation=self.obligation(number),
            form=self.form,
            form_version_id=1,
            values=self.values(number, person),
            skipped=frozenset(draft.skipped if draft else ()),
            row_version=draft.row_version if draft else None,
            updated_by=draft.updated_by if draft else None,
            updated_by_name="วิชัย ตัวอย่าง" if draft else "",
            updated_at=self.now if draft else None,
            amends=draft.amends if draft else len(sent) if sent else None,
            sent=refresh(self._taken(sent[-1]), known, self.now) if sent else None,
            known_sources=known.sources,
            reference=f"{DISTRICT.code}-{number}-{len(sent or ()) + 1:02d}",
            rounds=tuple(self.obligation(each) for each in OPENS),
            explained=self._read(draft.explained) if draft else self._read(self.reasons.get(number)),
            people={each.id: each.name for each in COLLEAGUES},
            last=self._last(number),
        )

    def _last(self, number: int) -> about.LastReport | None:
        earlier = [each for each in self.reports if each < number]
        if not earlier:
            return None
        nearest = max(earlier)
        reasons = self._read(self.reasons.get(nearest))
        return about.LastReport(nearest, self._taken(self.reports[nearest][-1]), reasons)

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
            case do.KeepPhoto(message, sent_at):
                self.photos.append(ask.WaitingPhoto(len(self.photos) + 1, sent_at, message))
            case do.BindPhoto(message):
                self.photos = [photo for photo in self.photos if photo.message_id != message]
            case do.AttachPhotos():
                self.photos = []
            case _ if not self.broadcasts.apply(effect):
                self.joined.append(effect)

    def _same(self, number: int, row_version: int | None) -> None:
        draft = self.drafts.get(number)
        if (draft.row_version if draft else None) != row_version:
            raise WrongEffectError(f"row version {row_version} of {draft}")

    def _save(self, effect: do.SaveDraft, person: PersonFacts | None) -> None:
        if person is None:
            raise WrongEffectError("nobody stores an answer")
        self._same(effect.obligation_id, effect.row_version)
        self.drafts[effect.obligation_id] = Draft(
            answers=self._kept(effect.answers),
            skipped=effect.skipped,
            amends=effect.amends,
            row_version=(effect.row_version or 0) + 1,
            updated_by=person.id,
            explained=self._kept(dict(effect.explained)),
        )
        self._require_valid(effect.obligation_id, complete=False)

    def _submit(self, number: int, row_version: int, person: PersonFacts | None) -> None:
        self._same(number, row_version)
        self._require_valid(number, complete=True)
        values = self.values(number, person)
        self.reports.setdefault(number, []).append(self._kept(values.to_json()))
        self.reasons[number] = self._kept(dict(standing(self._read(self.drafts.pop(number).explained), values)))

    def _require_valid(self, number: int, *, complete: bool) -> None:
        """No stored value may break a rule of the form; in a report nothing that is required may be missing."""
        wrong = [
            problem
            for problem in self.values(number).problems()
            if complete or problem.kind is not ProblemKind.REQUIRED
        ]
        if wrong:
            raise WrongEffectError(f"stored: {wrong}")


def _invitation(query: ask.InvitationBy) -> ask.InvitationFacts | None:
    return ask.InvitationFacts(3, "officer", DISTRICT, "สมใจ ตัวอย่าง", "usable") if query.code == CODE else None
