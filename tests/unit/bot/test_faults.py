from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from bot.faults import AFTER_REPLY_SENT, AFTER_TURN_COMMIT, POINTS, Faults


def deaths(text: str, visits: int) -> list[int]:
    """The numbers of the visits at which somebody died."""
    made: list[int] = []
    died: list[int] = []
    parsed = Faults.parse(text)
    faults = Faults(parsed.point, parsed.visit, die=lambda: died.append(len(made)))
    for visit in range(1, visits + 1):
        made.append(visit)
        faults.reach(AFTER_TURN_COMMIT)
        faults.reach(AFTER_REPLY_SENT)
    return died


@pytest.mark.parametrize(
    ("text", "died"), [("", []), ("after_turn_commit", [1]), ("after_turn_commit:3", [3]), ("after_inbox_commit", [])]
)
def test_a_process_dies_once_at_the_named_visit_of_the_named_point(text: str, died: list[int]) -> None:
    assert deaths(text, 4) == died


@pytest.mark.parametrize("text", ["elsewhere", "after_turn_commit:soon"])
def test_a_point_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"fault point|soon"):
        Faults.parse(text)


def test_every_point_can_be_named() -> None:
    assert [Faults.parse(point).point for point in POINTS] == list(POINTS)


def test_death_is_a_kill_that_nothing_can_catch() -> None:
    death = "Faults('after_reply_sent').reach('after_reply_sent')"
    code = f"from bot.faults import Faults\ntry: {death}\nfinally: print('alive')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=100, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")
