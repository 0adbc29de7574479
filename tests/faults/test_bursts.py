from __future__ import annotations

import pytest

from bot.faults import POINTS
from tests.faults.killer import Killer
from tests.faults.morning import TURNS
from tests.support.people import SOMJAI
from tests.support.stage import Stage

BURST = ("รายงาน", "2", "1", "21 15", "3150 3040", "40 35 12 38 9", "30 มิ.ย. 64")
FOURTH = 4


def answers(stage: Stage) -> list[str]:
    """Seven messages are typed without waiting for an answer; all that the account says then."""
    for words in BURST:
        stage.simulator.say(SOMJAI, words)
    stage.simulator.wait_for(
        SOMJAI, 0, until=lambda seen: sum(each.side == "bot" for each in seen) > len(BURST), timeout=90
    )
    stage.settle()
    return [str(each.message) for each in stage.someone(SOMJAI).bubbles()]


@pytest.mark.xdist_group("bursts")
@pytest.mark.parametrize("point", POINTS)
def test_seven_quick_messages_are_answered_in_order_though_the_web_process_is_killed(
    stage: Stage, killer: Killer, point: str
) -> None:
    wanted = answers(stage)
    stage.reset()
    stage.simulator.settings(redelivery=True)
    killer.arm(point, FOURTH)
    with killer.watching(point, TURNS):
        assert answers(stage) == wanted
    assert killer.deaths == 1
    assert stage.transcript().duplicates == 0
