"""Approving and declining requests to join, in the chat and on the desk: the same deed, the same word to the person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.conversation.say import EXAMPLE_CODE
from bot.messages.bubbles import Bubble, Text, text
from bot.messages.catalogue import Catalogue
from bot.messages.render import render
from models.chat import Notice
from models.people import JoinRequest, LineAccount, Role
from services.people import join_requests
from services.people.people import Areas
from services.ports import Clock
from services.rich_menus.promises import promise_link
from services.sending.outbox import queue_push
from services.texts import Texts


@dataclass(frozen=True)
class Deciding:
    """Within the caller's transaction."""

    session: Session
    clock: Clock
    texts: Texts

    def decide(self, request_id: int, by: int, *, approve: bool, reason: str = "") -> None:
        """Approve or decline, for `by`; a reason is said to the person, word for word.

        Officers and staff are told at once; leaders at the next contact: nine hundred pushes cost too much. A leader
        who is declined with a reason is told at once: there are few, and they would not write again by themselves.
        Raises joining.AlreadyDecidedError when somebody else was faster.
        """
        decided = join_requests.decide(self.session, request_id, by, self.clock.now(), approve=approve, reason=reason)
        account = self.session.get_one(LineAccount, decided.account_id)
        promise_link(self.session, account, self.clock.real())
        catalogue = self.texts.of(self.session, account)
        said = Bubble((self._said(decided, catalogue),))
        if decided.role != Role.LEADER or reason:
            messages = render([said], catalogue)
            queue_push(self.session, account.channel_id, [account.id], messages, self.clock.real())
        elif account.person_id is not None:
            self._notice(account.person_id, catalogue.say(said.lines[0]), decided.id)

    def _said(self, decided: JoinRequest, catalogue: Catalogue) -> Text:
        if decided.reason:
            return text("join.declined_because", reason=decided.reason, example=EXAMPLE_CODE)
        if decided.state == "declined":
            return text("join.declined", example=EXAMPLE_CODE)
        area = Areas(self.session, catalogue)[decided.area_code]
        return text("join.approved", role=text(f"role.{decided.role}"), area=area.name)

    def _notice(self, person_id: int, words: str, request_id: int) -> None:
        self.session.add(
            Notice(
                person_id=person_id,
                key="notice.words",
                values={"words": words},
                subject=f"notice.approved {request_id}",
                created_at=self.clock.now(),
            )
        )
