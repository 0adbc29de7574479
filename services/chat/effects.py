"""Carrying out what a turn decided, inside the turn's own transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import effects as do
from bot.conversation.say import EXAMPLE_CODE as CODE
from bot.messages.bubbles import Bubble, Value, text
from bot.messages.render import render
from models.chat import Notice
from models.media import Media, MediaState
from models.people import LineAccount, Role
from models.upsert import insert_or_ignore
from services.broadcasts import broadcasts
from services.chat.facts import FactsLoader
from services.evidence import burst_promises, house_photos, households
from services.ledger.decisions import Decisions
from services.owed import owe
from services.people import joining
from services.people.people import Areas
from services.ports import Clock
from services.reports import approvals, reports
from services.reports.forms import FormCache
from services.reports.hand_over import HandOvers
from services.rich_menus.promises import promise_link
from services.sending.outbox import queue_push
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
                joining.count_wrong_code(self.account, self.clock.now())
            case do.RedeemInvitation(invitation_id, name, version):
                self._redeem(invitation_id, name, version)
            case do.RequestToJoin(name, role, area_code, version):
                request = (name, role, area_code, version)
                joining.request_to_join(self.session, self.account, request, self.clock.now())
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
            case do.KeepPhoto():
                self._keep_photo(effect)
            case do.BindPhoto(message_id, village_code, house_no):
                house_photos.bind(self.session, self.account, message_id, village_code, house_no)
            case do.DropPhoto(message_id):
                house_photos.drop(self.session, self.account, message_id, self.clock)
            case do.SummariseBurst():
                burst_promises.promise(self.session, self.account, self.clock.real())
            case do.AttachPhotos(obligation_id):
                self._attach(obligation_id)
            case do.DropMedia(message_id, obligation_id):
                self._drop(message_id, obligation_id)
            case _:
                self._apply_together(effect)

    def _apply_together(self, effect: do.Effect) -> None:
        """What people of one district do for each other."""
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
            case do.PrepareBroadcast():
                broadcasts.prepare(self.session, self.account, effect, now)
            case do.ConfirmBroadcast():
                broadcasts.confirm(self.session, self.account, effect, self.clock)
            case do.CancelBroadcast():
                broadcasts.cancel(self.session, self.account, effect)
            case do.ToldDelivery(key):
                broadcasts.told(self.session, self.account, key, now)

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
        """Officers and staff are told at once; leaders at the next contact: nine hundred pushes cost too much."""
        decided = joining.decide(
            self.session, effect.request_id, self._person(), self.clock.now(), approve=effect.approve
        )
        account = self.session.get_one(LineAccount, decided.account_id)
        promise_link(self.session, account, self.clock.real())
        catalogue = self.texts.of(self.session, account)
        area = Areas(self.session, catalogue)[decided.area_code]
        words: dict[str, Value] = {"role": text(f"role.{decided.role}"), "area": area.name}
        said = Bubble((text("join.approved", **words) if effect.approve else text("join.declined", example=CODE),))
        if decided.role != Role.LEADER:
            messages = render([said], catalogue)
            queue_push(self.session, account.channel_id, [account.id], messages, self.clock.real())
        elif account.person_id is not None:
            self._notice(account.person_id, "notice.approved", catalogue.say(said.lines[0]), decided.id)

    def _notice(self, person_id: int, key: str, words: str, request_id: int) -> None:
        self.session.add(
            Notice(
                person_id=person_id,
                key="notice.words",
                values={"words": words},
                subject=f"{key} {request_id}",
                created_at=self.clock.now(),
            )
        )

    def _keep_photo(self, effect: do.KeepPhoto) -> None:
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
        loose = households.waiting_photos(self.session, self.account)
        for photo in loose:
            media = self.session.get_one(Media, photo.media_id)
            if obligation_id is not None:
                media.obligation_id = obligation_id
                continue
            media.state = MediaState.UNSENT.value
            owe(self.session, "forget_media", media.id, self.clock.real())
