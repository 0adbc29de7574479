"""A report that the province gives back: ordered in two turns, and answered by the officer in two."""

from __future__ import annotations

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import DISTRICT, officer, province_knows, reported, require, sent, staff
from benchmarks.journeys.words import typed
from tests.support.chat import Town

BETTER = "3050"
TWICE = 2


def _sent_report(town: Town) -> Player:
    province_knows(town)
    player = officer(town)
    reported(player.phone)
    town.work()
    return player


def staff_returns_a_box(town: Town) -> Player:
    """One line with the box and the reason, a card to check, one tap."""
    _sent_report(town)
    player = staff(town)
    player.types(typed("return a box"))
    player.checks_changes()
    player.taps("office.return.yes")
    town.work()
    heard = [body for body, _key in town.line.pushes if wording("report.back.button.same") in str(body)]
    require(len(heard) == 1, f"the officer of {DISTRICT} is told")
    return player


def _returned(town: Town) -> Player:
    player = _sent_report(town)
    gives_back = staff(town).phone
    gives_back.say(typed("return a box"))
    gives_back.say(wording("button.confirm"))
    town.work()
    player.opens_reminder()
    return player


def box_answered(town: Town) -> Player:
    """The message says which box; the value is typed under it, and sent again with one tap."""
    player = _returned(town)
    player.types(BETTER)
    player.checks_changes()
    player.taps("report.back.button.send")
    require(len(sent(town)) == TWICE, "the box is sent again")
    return player


def box_confirmed(town: Town) -> Player:
    """The value that was sent is right."""
    player = _returned(town)
    player.taps("report.back.button.same")
    player.checks_changes()
    player.taps("report.back.button.send")
    require(len(sent(town)) == TWICE, "the value is sent again")
    return player
