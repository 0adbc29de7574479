"""The district officer's round, as ux says it should go: on a phone, on a computer, with and without a register."""

from __future__ import annotations

from benchmarks.journeys.player import Player, wording
from benchmarks.journeys.scene import (
    CHANGED,
    FIRST,
    FIRST_MORNING,
    answers,
    morning,
    officer,
    province_knows,
    require,
    second_round,
    sent,
)
from tests.integration.conversation.filling import ROUND_1, filled
from tests.support.chat import Town


def first_report(town: Town) -> Player:
    return _first_report(town, computer=False)


def first_report_on_a_computer(town: Town) -> Player:
    """The same with a mouse: LINE for PC has no quick replies and no rich menu."""
    return _first_report(town, computer=True)


def _first_report(town: Town, *, computer: bool) -> Player:
    province_knows(town)
    player = officer(town, computer=computer)
    morning(town, FIRST_MORNING)
    player.reads_what_to_prepare()
    player.taps("report.button.start")
    player.taps_value("t3_status", "reporting")
    player.taps_value("t3_steps", "both")
    for numbers in FIRST:
        player.types(numbers)
    player.taps_value("t3_finished_on", "2021-06-30")
    player.taps_value("t4_fix_status", "reporting")
    player.types("0")
    player.taps_value("t4_known_ok", "agree")
    player.taps_value("problem_kinds", "none")
    player.checks_report()
    player.taps("report.button.confirm_send")
    require(len(sent(town)) == 1, "the report is sent")
    return player


def first_report_typed(town: Town) -> Player:
    """No button at all: every choice has a typed twin."""
    province_knows(town)
    player = officer(town, computer=True)
    morning(town, FIRST_MORNING)
    player.reads_what_to_prepare()
    player.types(wording("menu.button.report"))
    for words in answers():
        player.types(words)
    player.checks_report()
    player.types(wording("report.button.confirm_send"))
    require(len(sent(town)) == 1, "the report is sent")
    return player


def first_report_without_register(town: Town) -> Player:
    player = officer(town)
    morning(town, FIRST_MORNING)
    player.reads_what_to_prepare()
    player.taps("report.button.start")
    player.taps_value("t3_status", "reporting")
    player.taps_value("t3_steps", "both")
    for words in ("47 21 15", "6240 3150 3040", "40 35 12 38 9", "30/6/64"):
        player.types(words)
    player.taps_value("t4_fix_status", "reporting")
    player.types("6247 6240 0 1 2")
    player.taps_value("t4_fix_list_per_volunteer", "yes")
    player.taps_value("t4_known_ok", "no_data")
    player.taps_value("problem_kinds", "none")
    player.checks_report()
    player.taps("report.button.confirm_send")
    require(len(sent(town)) == 1, "the report is sent")
    return player


def fill_in_text(town: Town) -> Player:
    """The whole report as one text, filled in from its last box to its first: any order will do."""
    player = officer(town, computer=True)
    morning(town, FIRST_MORNING)
    player.reads_what_to_prepare()
    player.taps("report.button.fill_in")
    head, *lines = filled(player.shown, ROUND_1).splitlines()
    player.pastes("\n".join([head, *reversed(lines)]), ROUND_1.values())
    player.checks_report()
    player.taps("report.button.confirm_send")
    require(len(sent(town)) == 1, "the report is sent")
    return player


def later_round_unchanged(town: Town) -> Player:
    player = second_round(town)
    player.taps("report.button.all_as_last")
    player.taps_value("no_progress_kind", "covid")
    player.checks_changes()
    player.taps("report.button.confirm_send")
    require(len(sent(town, round_number=2)) == 1, "round 2 is sent")
    carried = {
        name
        for name, (_value, origin, *_) in sent(town, round_number=2)[0].answers["answers"].items()
        if origin == "last"
    }
    require({"t3_status", "t3_hh_checked", "t3_e31", "t4_fix_status"} <= carried, "what was carried is marked")
    return player


def later_round_nine_boxes(town: Town) -> Player:
    player = second_round(town)
    player.taps("report.button.changed_only")
    player.types(" ".join(f"{box}={value}" for box, value in CHANGED.items()))
    player.checks_changes()
    player.taps("report.button.confirm_send")
    (report,) = sent(town, round_number=2)
    require(report.answers["answers"]["t3_hh_checked"][0] == str(CHANGED[8]), "box 8 is changed")
    return player
