"""Changing one's mind: a slip just typed, at the review card, after sending; and another officer who takes over."""

from __future__ import annotations

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import (
    FIRST,
    answered,
    answers,
    officer,
    province_knows,
    reported,
    require,
    sent,
)
from benchmarks.journeys.words import typed
from tests.support.chat import Town

AFTER_HOUSEHOLDS = 4
"""How many questions are answered once the households are."""
WRONG, RIGHT = "3150", "3510"


def _after_households(town: Town) -> Player:
    province_knows(town)
    player = officer(town)
    answered(player.phone, AFTER_HOUSEHOLDS)
    return player


def _at_review(town: Town) -> Player:
    province_knows(town)
    player = officer(town)
    answered(player.phone, len(answers()))
    return player


def _after_sending(town: Town) -> Player:
    province_knows(town)
    player = officer(town)
    reported(player.phone)
    return player


def slip_in_words(town: Town) -> Player:
    player = _after_households(town)
    player.types(typed("not this but that", wrong=WRONG, right=RIGHT))
    player.sees(f"{int(RIGHT):,}")
    return player


def slip_by_box(town: Town) -> Player:
    player = _after_households(town)
    player.types(f"8={RIGHT}")
    player.sees(f"{int(RIGHT):,}")
    return player


def slip_by_going_back(town: Town) -> Player:
    player = _after_households(town)
    player.types(wording("report.button.back"))
    player.types(FIRST[1].replace(WRONG, RIGHT))
    player.sees(f"{int(RIGHT):,}")
    return player


def slip_at_review(town: Town) -> Player:
    player = _at_review(town)
    player.types(f"8={RIGHT}")
    player.sees(f"{int(RIGHT):,}")
    return player


def slip_at_review_by_buttons(town: Town) -> Player:
    player = _at_review(town)
    player.taps("report.button.edit")
    player.taps_step("t3_households")
    player.types(FIRST[1].replace(WRONG, RIGHT))
    player.sees(f"{int(RIGHT):,}")
    return player


def sent_report_amended(town: Town) -> Player:
    player = _after_sending(town)
    player.types(f"{wording('report.button.edit_box', box=8)}={RIGHT}")
    player.checks_changes()
    player.taps("report.button.confirm_amend")
    require(len(sent(town)) == len(("first", "amended")), "the change is sent")
    return player


def deputy_takes_over(town: Town) -> Player:
    """From the word that begins the report to the question where the officer stopped."""
    _after_households(town)
    deputy = officer(town, "deputy")
    deputy.types(wording("menu.button.report"))
    deputy.taps("report.button.resume")
    deputy.sees(wording("report.ask_numbers_in_order", count=wording("count.5")))
    return deputy
