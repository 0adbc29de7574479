"""A district whose head of office agrees before a report is sent: one turn of the officer's, one of the head's."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import answered, answers, officer, province_knows, require, sent
from models.campaign import Campaign
from tests.support.chat import Town


def _asked(town: Town) -> tuple[Player, Player]:
    """The officer who has asked, and the head who has not been told yet."""
    province_knows(town)
    with town.runtime.sessions() as session, session.begin():
        campaign = session.scalars(select(Campaign)).one()
        forms = campaign.settings["forms"]
        followup = {**forms["followup"], "approval": {"by": "head"}}
        campaign.settings = {**campaign.settings, "forms": {**forms, "followup": followup}}
    head, player = officer(town, "head"), officer(town)
    head.phone.say(wording("menu.title"))
    answered(player.phone, len(answers()))
    player.taps("report.approval.button.ask")
    return player, head


def officer_asks(town: Town) -> Player:
    player, _head = _asked(town)
    require(not sent(town), "nothing is sent before the head agrees")
    return player


def head_agrees(town: Town) -> Player:
    _player, head = _asked(town)
    town.work()
    head.opens_reminder()
    head.checks_report()
    head.taps("report.approval.button.agree")
    require(len(sent(town)) == 1, "the report is sent")
    return head
