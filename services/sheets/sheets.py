"""Drawing the paper of an area, as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.campaign import Campaign, newest_first
from services.ports import Clock, LineGateway
from services.sheets import drawing
from services.sheets.content import Content
from services.texts import Texts

_PROVINCE = 2
"""Digits of a province's code."""


@dataclass(frozen=True)
class Sheets:
    sessions: Sessions
    clock: Clock
    line: LineGateway
    texts: Texts

    def draw(
        self,
        area_code: str,
        locale: str,
        *,
        signs: bool = False,
        account: str | None = None,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> bytes:
        """The PDF of a village, or of all villages of a district; signs also of a whole province. Raises LookupError
        where there is none.

        `account`: LINE's basic id; None: LINE is asked, and without an answer the paper has words instead of QRs.
        """
        with self.sessions() as session:
            content = self._content(session, area_code, locale, account)
            if signs and len(area_code) == _PROVINCE:
                return drawing.bound(self._signs(content, area_code, progress))
            villages = content.villages(area_code)
            if signs:
                return drawing.signs(content, content.place(area_code), villages)
            return drawing.visit_sheets(content, villages, self.clock.now(), progress)

    def officers(self, area_code: str, locale: str, codes: Mapping[str, str], until: dt.date) -> bytes:
        """The PDF of personal codes by district, to be cut out and handed over: each good once, until that day."""
        with self.sessions() as session:
            content = self._content(session, area_code, locale, None)
            return drawing.officers(content, content.place(area_code), codes, until)

    def _signs(self, content: Content, province: str, progress: Callable[[int], None]) -> Iterator[bytes]:
        """A file for each district; `progress` hears of how many villages."""
        done = 0
        for district in content.districts(province):
            villages = content.villages(district)
            yield drawing.signs(content, content.place(district), villages)
            done += len(villages)
            progress(done)

    def _content(self, session: Session, area_code: str, locale: str, account: str | None) -> Content:
        known = account if account is not None else self.line.basic_id()
        newest = select(Campaign).where(Campaign.province_code == area_code[:_PROVINCE])
        campaign = session.scalar(newest.order_by(*newest_first()).limit(1))
        return Content(session, self.texts.catalogue(locale, campaign), campaign, known or "")
