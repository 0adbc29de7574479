"""Reminders in words: what each person is to hear, the same words for several put together. Reads only."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.messages.bubbles import Bubble
from bot.messages.render import render
from models.obligation import Obligation
from models.people import LineAccount, Role
from services.quota.order import reminder_purpose
from services.reminders.dropped import dropped_areas
from services.reminders.plan import Due, Wanted, silent_areas
from services.reminders.preload import Read, preload
from services.reminders.words import Writer
from services.reports.forms import FormCache
from services.sending.outbox import MULTICAST_MOST
from services.texts import Texts
from services.traces import without_words

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Words whose accounts, obligations and places are read together."""


@dataclass(frozen=True)
class Letter:
    """The same messages for some people of one channel, about one obligation (0: about the round)."""

    due: Due
    obligation_id: int
    channel_id: int
    account_ids: tuple[int, ...]
    messages: list[dict[str, Any]]

    @property
    def purpose(self) -> str:
        return reminder_purpose(self.due.purpose)

    @property
    def guard(self) -> int | None:
        """The obligation that must still be owed at the moment of sending."""
        return self.obligation_id if self.due.entry.only_if_owed and self.obligation_id else None


@dataclass(frozen=True)
class LetterWriter:
    texts: Texts
    forms: FormCache

    def write(self, session: Session, wanted: Iterable[Wanted], now: dt.datetime) -> list[Letter]:
        """Every word that can be written; one that cannot (a draft that cannot be read, say) leaves the others alone
        and is tried again at the next tick."""
        found: list[Letter] = []
        for item, read in _with_what_they_need(session, list(wanted)):
            try:
                found += self._letters(session, item, read, now)
            except SQLAlchemyError:
                raise
            except Exception as error:
                where = (item.due.key, item.obligation_id)
                log.exception("reminder %s", where, exc_info=without_words(error))
        return found

    def _letters(self, session: Session, item: Wanted, read: Read, now: dt.datetime) -> Iterator[Letter]:
        """A letter for each channel and language; the head of office may be addressed in other words."""
        written: dict[tuple[int, str], list[dict[str, Any]]] = {}
        readers: dict[tuple[int, str], list[int]] = {}
        rendered: dict[tuple[str, bool], list[dict[str, Any]]] = {}
        for each in item.addressees:
            account = session.get_one(LineAccount, each.account_id)
            wording = (self.texts.locale(account), each.role == Role.HEAD)
            if wording not in rendered:
                catalogue = self.texts.catalogue(wording[0], item.due.campaign)
                writer = Writer(session, self.forms, item.due, catalogue, now, read.first_time)
                rendered[wording] = render([_bubble(session, writer, item, read, each.role)], catalogue)
            key = (account.channel_id, str(rendered[wording]))
            written[key] = rendered[wording]
            readers.setdefault(key, []).append(account.id)
        for key, account_ids in readers.items():
            for start in range(0, len(account_ids), MULTICAST_MOST):
                some = tuple(account_ids[start : start + MULTICAST_MOST])
                yield Letter(item.due, item.obligation_id, key[0], some, written[key])


def _bubble(session: Session, writer: Writer, item: Wanted, read: Read, role: str) -> Bubble:
    if item.for_staff:
        return writer.to_staff(silent_areas(session, item.due), dropped_areas(session, item.due.round.id))
    draft = read.drafts.get(item.obligation_id)
    obligation = session.get_one(Obligation, item.obligation_id)
    if draft is not None and draft.asked_at is not None and role == Role.HEAD:
        return writer.to_agree(obligation, draft.asked_at)
    return writer.to_district(obligation, draft, role)


def _with_what_they_need(session: Session, wanted: Sequence[Wanted]) -> Iterator[tuple[Wanted, Read]]:
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        read = preload(session, some)
        yield from ((item, read) for item in some)
