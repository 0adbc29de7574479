"""Carrying out what a turn decided, inside the turn's own transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import broadcast_effects as of_broadcast
from bot.conversation import effects as do
from bot.conversation import household_effects as of_house
from models.media import Media, MediaState
from models.people import LineAccount, Person
from models.upsert import insert_or_ignore
from services.broadcasts import broadcasts
from services.chat.facts import FactsLoader
from services.desk.sessions import end_all
from services.evidence import burst_promises, house_photos, households
from services.evidence.cases import Cases
from services.evidence.certificates import showing, telling
from services.ledger.decisions import Decisions
from services.owed import owe
from services.people import invitations, join_requests, joining
from services.people.deciding import Deciding
from services.ports import Clock
from services.reports import approvals, reports
from services.reports.forms import FormCache
from services.reports.hand_over import HandOvers
from services.rich_menus.promises import promise_link
from services.texts import Texts


@dataclass(frozen=True)
class Applier:
    """Applies one turn's effects for one account."""

    session: Session
    account: LineAccount
    clock: Clock
    loader: FactsLoader

    @property
    def forms(self) -> FormCache:
        return self.loader.forms

    @property
    def texts(self) -> Texts:
        return self.loader.texts

    def apply(self, effect: do.Effect) -> None:
        """Raises LookupError or ReportChangedError when somebody else was faster: the turn is then taken again."""
        match effect:
            case do.CountWrongCode():
                invitations.count_wrong_code(self.account, self.clock.now())
            case do.RedeemInvitation(invitation_id, name, version):
                self._redeem(invitation_id, name, version)
            case do.RequestToJoin(name, role, area_code, version):
                request = (name, role, area_code, version)
                join_requests.request_to_join(self.session, self.account, request, self.clock.now())
            case do.DecideRequest():
                self._decide(effect)
            case do.ChooseLanguage(language):
                self.account.chosen_language = language
                promise_link(self.session, self.account, self.clock.real())
            case do.MarkFollowing(following):
                self._follow(following=following)
            case _:
                self._apply_work(effect)

    def _apply_work(self, effect: do.Effect) -> None:
        match effect:
            case do.SaveDraft():
                approvals.withdraw(self.session, effect.obligation_id, self._person(), self.clock.now())
                reports.save_draft(self.session, effect, self._person(), self.clock.now())
            case do.DropDraft(obligation_id, row_version):
                approvals.withdraw(self.session, obligation_id, self._person(), self.clock.now())
                reports.drop_draft(self.session, obligation_id, row_version, self._person(), self.clock.now())
            case do.SubmitReport(obligation_id, row_version):
                report = reports.submit(
                    self.session, self.forms, obligation_id, row_version, self._person(), self.clock
                )
                self._decisions.sent_again(report)
            case of_house.KeepPhoto():
                self._keep_photo(effect)
            case do.AttachPhotos(obligation_id):
                self._attach(obligation_id)
            case do.DropMedia(message_id, obligation_id):
                self._drop(message_id, obligation_id)
            case _:
                self._apply_households(effect)

    def _apply_households(self, effect: do.Effect) -> None:
        """What leaders send of their villages."""
        match effect:
            case of_house.BindPhoto():
                house_photos.bind(self.session, self.account, effect, self.clock)
            case of_house.CoverSheet():
                house_photos.cover(self.session, self.account, effect, self.clock)
            case of_house.DropPhoto(message_id):
                house_photos.drop(self.session, self.account, message_id, self.clock)
            case of_house.SummariseBurst():
                burst_promises.promise(self.session, self.account, self.clock.real())
            case of_house.ChooseSigning(way):
                self.session.get_one(Person, self._person()).signing = way
            case _:
                self._apply_case(effect)

    def _apply_case(self, effect: do.Effect) -> None:
        """What leaders say of a household's exceptional cases."""
        match effect:
            case of_house.MarkCase():
                self._cases.mark(effect)
            case of_house.NoteCase():
                self._cases.note(effect)
            case of_house.DropCase():
                self._cases.drop(effect)
            case _:
                self._apply_together(effect)

    def _apply_together(self, effect: do.Effect) -> None:
        """What people of one district, or of one village, do for each other."""
        match effect:
            case do.AskApproval(obligation_id, row_version):
                self._approvals.ask(obligation_id, row_version, self._person())
            case do.ApproveReport(obligation_id, row_version):
                report = self._approvals.agree(obligation_id, row_version, self._person())
                self._decisions.sent_again(report)
            case do.SendBack(obligation_id, row_version, reason):
                self._approvals.send_back(obligation_id, row_version, self._person(), reason)
            case do.OfferedForm(obligation_id, version_id):
                reports.note_offer(self.session, obligation_id, version_id)
            case of_broadcast.ShowSummary():
                showing.show(self.session, self.account, effect, self.clock.now())
            case of_broadcast.SawWaitingSummaries():
                telling.seen(self.session, self.account, self.clock.now())
            case do.HandOver(obligation_id, person_id):
                HandOvers(self.session, self.clock, self.texts).assign(obligation_id, person_id, self._person())
            case _:
                self._apply_province(effect)

    def _apply_province(self, effect: do.Effect) -> None:
        """What the province decides about reports and rounds."""
        match effect:
            case do.ReturnReport(obligation_id, boxes):
                self._decisions.return_report(obligation_id, boxes, self._person())
            case do.AcceptReport(obligation_id):
                self._decisions.accept(obligation_id, self._person())
            case do.WaiveReport(obligation_id, reason):
                self._decisions.waive(obligation_id, reason, self._person())
            case do.ReopenReport(obligation_id):
                self._decisions.reopen(obligation_id, self._person())
            case do.CloseRound(round_id, closed):
                self._decisions.close_round(round_id, self._person(), closed=closed)
            case _:
                self._apply_broadcast(effect)

    def _apply_broadcast(self, effect: do.Effect) -> None:
        """What provincial staff send to many."""
        now = self.clock.now()
        match effect:
            case of_broadcast.PrepareBroadcast() | of_broadcast.ConfirmBroadcast() | of_broadcast.CancelBroadcast():
                broadcasts.apply(self.session, self.account, effect, self.clock)
            case of_broadcast.ToldDelivery(key):
                broadcasts.told(self.session, self.account, key, now)
            case do.EndDeskSessions():
                end_all(self.session, self._person(), now)

    @property
    def _cases(self) -> Cases:
        return Cases(self.session, self._person(), self.clock)

    @property
    def _decisions(self) -> Decisions:
        return Decisions(self.session, self.loader, self.clock)

    @property
    def _approvals(self) -> approvals.Approvals:
        return approvals.Approvals(self.session, self.loader, self.clock)

    def _person(self) -> int:
        if self.account.person_id is None:
            raise LookupError(f"account {self.account.id} is nobody's")
        return self.account.person_id

    def _redeem(self, invitation_id: int, name: str, version: int) -> None:
        joining.redeem(self.session, self.account, invitation_id, name, version, self.clock.now())
        promise_link(self.session, self.account, self.clock.real())

    def _follow(self, *, following: bool) -> None:
        self.account.following = following
        if following:
            # LINE does not say whether a link outlives a block
            self.account.rich_menu = ""
            promise_link(self.session, self.account, self.clock.real())

    def _decide(self, effect: do.DecideRequest) -> None:
        deciding = Deciding(self.session, self.clock, self.texts)
        deciding.decide(effect.request_id, self._person(), approve=effect.approve)

    def _keep_photo(self, effect: of_house.KeepPhoto) -> None:
        values = {
            "account_id": self.account.id,
            "line_message_id": effect.message_id,
            "state": MediaState.WANTED.value,
            "kind": effect.kind,
            "sent_at": effect.sent_at,
            "village_code": effect.village_code,
            "obligation_id": effect.obligation_id,
        }
        insert_or_ignore(self.session, Media, values)
        media = self.session.scalars(select(Media).where(Media.line_message_id == effect.message_id)).one()
        owe(self.session, "fetch_media", media.id, self.clock.real())

    def _drop(self, message_id: str, obligation_id: int) -> None:
        """Only what is attached to that report: nobody's buttons reach the media of another."""
        media = self.session.scalar(
            select(Media).where(Media.line_message_id == message_id, Media.obligation_id == obligation_id)
        )
        if media is not None:
            media.state, media.obligation_id = MediaState.UNSENT.value, None
            owe(self.session, "forget_media", media.id, self.clock.real())

    def _attach(self, obligation_id: int | None) -> None:
        """What was sent of a village waits for its house, whatever becomes of the photos of a report."""
        waiting = households.waiting_photos(self.session, self.account)
        found = [self.session.get_one(Media, photo.media_id) for photo in waiting]
        for media in (each for each in found if each.village_code is None):
            if obligation_id is not None:
                media.obligation_id = obligation_id
                continue
            media.state = MediaState.UNSENT.value
            owe(self.session, "forget_media", media.id, self.clock.real())
