from __future__ import annotations

import pytest

from bot.faults import POINTS
from tests.faults.conftest import Chats, difference
from tests.faults.killer import Killer
from tests.faults.morning import TURNS, acts
from tests.support.stage import Stage

RUNS = [
    pytest.param(point, turn, id=f"{point}-{turn}", marks=pytest.mark.xdist_group(point))
    for point in POINTS
    for turn in range(1, TURNS + 1)
]
"""Twenty for each point, in one process each: the web process that takes over in one run dies in the next."""


@pytest.mark.parametrize(("point", "turn"), RUNS)
def test_nobody_notices_that_the_web_process_was_killed(
    undisturbed: Chats, stage: Stage, killer: Killer, point: str, turn: int
) -> None:
    killer.arm(point, turn)
    with killer.watching(point, turn):
        for act in acts(stage):
            killer.wait_until_up()
            act()
        killer.wait_until_all_is_delivered()
        stage.settle()
    transcript = stage.transcript()
    assert difference(transcript.seen(), undisturbed) == ""
    assert transcript.duplicates == 0
    assert killer.deaths >= 1  # an event that a busy machine made LINE deliver once more counts as a visit too
