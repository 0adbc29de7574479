"""What a group's turn needs to know, read at once: groups call seldom, and about one district only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from bot.conversation.facts import AreaFacts
from bot.conversation.group.facts import GroupFacts, RoundState
from bot.messages.bubbles import Text
from models.area import Area, AreaKind
from models.campaign import Campaign, Form, Round
from models.chat import Conversation
from models.group import LineGroup
from models.obligation import Draft, Obligation, ObligationState
from models.people import LineAccount
from services.calendar import BANGKOK
from services.campaigns.groups import groups_of
from services.chat.facts import FactsLoader
from services.groups.groups import campaign_of_group, is_room, overdue
from services.ledger.overview import OverviewReader
from services.ledger.rounds import called
from services.people.people import Areas, person_facts
from services.texts import campaign_of

_SETTLED = {
    ObligationState.SUBMITTED: "sent",
    ObligationState.ACCEPTED: "sent",
    ObligationState.LATE: "sent",
    ObligationState.WAIVED: "waived",
}
_LEAST_FIRST = ("open", "returned", "half", "asked", "closed", "sent", "waived")


@dataclass(frozen=True)
class GroupFactsLoader:
    session: Session
    loader: FactsLoader
    now: dt.datetime
    """Civil time, aware."""

    def load(self, chat: Conversation, group: LineGroup, account: LineAccount | None) -> GroupFacts:
        """`account` is who speaks, where we have one; Thai where we do not know their language."""
        campaign = self._campaign(group, account)
        texts = self.loader.texts
        catalogue = texts.catalogue(texts.locale(account) if account else "th", campaign)
        areas = Areas(self.session, catalogue)
        setting = groups_of(campaign.settings if campaign else None)
        return GroupFacts(
            now=self.now.astimezone(BANGKOK),
            catalogue=catalogue,
            reader=self.loader.reader,
            allowed=setting.allowed and not is_room(chat.group_key or ""),
            days=setting.link_within_days,
            overdue=overdue(group, campaign, self.now),
            districts=self._districts(campaign, areas),
            area=areas[group.area_code] if group.area_code else None,
            person=person_facts(self.session, account, areas) if account else None,
            rounds=self._rounds(campaign, group.area_code, areas) if campaign and group.area_code else (),
        )

    def _campaign(self, group: LineGroup, account: LineAccount | None) -> Campaign | None:
        """Of the group's district; while it is nobody's, of the province that the speaker works in."""
        if group.area_code is None and account is not None and account.person_id is not None:
            return campaign_of(self.session, account) or campaign_of_group(self.session, None)
        return campaign_of_group(self.session, group.area_code)

    def _districts(self, campaign: Campaign | None, areas: Areas) -> tuple[AreaFacts, ...]:
        if campaign is None:
            return ()
        district = Area.kind == AreaKind.DISTRICT.value, Area.parent_code == campaign.province_code
        codes = self.session.scalars(select(Area.code).where(*district).order_by(Area.code))
        return areas.facts(codes)

    def _rounds(self, campaign: Campaign, area_code: str, areas: Areas) -> tuple[RoundState, ...]:
        """The campaign's rounds and the dates of its duties; one with several forms is as far as the least of them."""
        rows: Sequence[Row[Obligation, Round, Draft | None]] = self.session.execute(
            select(Obligation, Round, Draft)
            .join(Round, Round.id == Obligation.round_id)
            .join(Form, Form.id == Obligation.form_id)
            .outerjoin(Draft, Draft.obligation_id == Obligation.id)
            .where(Round.campaign_id == campaign.id, Obligation.area_code == area_code)
            .where(Form.unit == AreaKind.DISTRICT.value, Form.current_version_id.is_not(None))
            .order_by(Round.due_at, Round.id)
        ).all()
        reader = OverviewReader(self.session, self.loader.forms, areas)
        by_round: dict[int, list[RoundState]] = {}
        for row in rows:
            name = called(campaign, row.Round, areas.locale)
            by_round.setdefault(row.Round.id, []).append(self._state(row, name, reader))
        return tuple(_least(states) for states in by_round.values())

    def _state(self, row: Row[Obligation, Round, Draft | None], name: int | Text, reader: OverviewReader) -> RoundState:
        obligation, rnd, draft = row.Obligation, row.Round, row.Draft
        state, left = _SETTLED.get(ObligationState(obligation.state), ""), 0
        if not state and rnd.closes_at is not None and rnd.closes_at <= self.now:
            state = "closed"
        if not state and draft is not None and draft.amends is None:
            state, left = ("asked", 0) if draft.asked_at is not None else ("half", reader.left(draft))
        if not state:
            state = "returned" if obligation.state == ObligationState.RETURNED else "open"
        return RoundState(name, rnd.due_at, rnd.opens_at <= self.now, state, left, own=rnd.duty == "")


def _least(states: Iterable[RoundState]) -> RoundState:
    return min(states, key=lambda item: _LEAST_FIRST.index(item.state))
