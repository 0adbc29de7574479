from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from services.calendar import BANGKOK
from tests.e2e.rounds import report
from tests.support.people import DEPUTY, HEAD, SOMJAI, STAFF, Someone, officer_of
from tests.support.stage import Stage

OWE_ROUND_1 = {officer_of(district) for district in ("4204", "4205", "4206", "4211", "4213")}
"""Beside ภูเรือ; the demonstration's other districts have reported."""
EVERY_OFFICER = {officer_of(f"42{number:02d}") for number in range(1, 15)}


def june(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2021, 6, day, hour, minute, tzinfo=BANGKOK)


@pytest.fixture
def june_with_two_clocks(stage: Stage) -> Iterator[Stage]:
    stage.system.start_another("clock", "second clock")
    yield stage
    stage.system.stop("second clock")


class Post:
    """What has been pushed to every phone, and what is new since one looked last."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._people = [stage.someone(phone.user_id) for phone in stage.simulator.phones()]
        self._seen: Counter[str] = Counter()

    def after(self, moment: dt.datetime, *, expected: Iterable[str]) -> dict[str, str]:
        """Go to `moment`; the new push of each who got one, once all `expected` have theirs and nothing is left."""
        self._stage.move_clock(moment)
        for user_id in expected:
            self._wait_for_more(user_id)
        self._stage.settle()
        return self.new()

    def new(self) -> dict[str, str]:
        found = {}
        for person in self._people:
            texts = person.pushed()
            fresh = texts[self._seen[person.user_id] :]
            assert len(fresh) <= 1, f"{person.user_id} heard twice: {fresh}"
            self._seen[person.user_id] = len(texts)
            found.update(dict.fromkeys([person.user_id] * len(fresh), "".join(fresh)))
        return found

    def _wait_for_more(self, user_id: str) -> None:
        known = self._seen[user_id]
        self._stage.simulator.wait_for(
            user_id, 0, until=lambda found: sum(each.via != "reply" for each in found) > known
        )


def test_reminders_go_only_to_who_owes_and_never_twice_with_two_clocks(
    june_with_two_clocks: Stage, officer: Someone
) -> None:
    post = Post(june_with_two_clocks)
    opening = post.after(june(8, 9), expected=OWE_ROUND_1 | {SOMJAI})
    assert set(opening) == OWE_ROUND_1 | {SOMJAI}
    assert all("กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64" in words for words in opening.values())
    report(officer)
    day_before = post.after(june(10, 9), expected=OWE_ROUND_1)
    assert set(day_before) == OWE_ROUND_1
    assert "เหลือ" in day_before[officer_of("4205")], "half-finished: says how much is left"
    assert set(post.after(june(11, 13, 30), expected=OWE_ROUND_1)) == OWE_ROUND_1
    summary = post.after(june(11, 16), expected=STAFF)
    assert set(summary) == set(STAFF)
    assert "ส่งแล้ว 9 จาก 14" in summary[STAFF[0]]
    assert set(post.after(june(14, 9), expected=OWE_ROUND_1)) == OWE_ROUND_1
    later = post.after(june(15, 9), expected=EVERY_OFFICER)
    assert set(later) == EVERY_OFFICER
    assert "รายงานครั้งที่ 2" in later[SOMJAI]
    transcript = june_with_two_clocks.transcript()
    assert transcript.duplicates == 0
    assert transcript.billed == 6 + 5 + 5 + 5 + 5 + 14


def test_the_deputy_hears_on_the_due_day_and_the_head_when_it_is_late(stage: Stage, officer: Someone) -> None:
    post = Post(stage)
    due_day = post.after(june(11, 13, 30), expected=OWE_ROUND_1 | {SOMJAI, DEPUTY})
    assert set(due_day) == OWE_ROUND_1 | {SOMJAI, DEPUTY}
    late = post.after(june(14, 9), expected=OWE_ROUND_1 | {SOMJAI, HEAD})
    assert set(late) == OWE_ROUND_1 | {SOMJAI, HEAD}
    assert "12.00" in late[HEAD]
    assert "หลังกำหนด" in report(officer)


def test_a_clock_that_was_away_for_days_says_what_is_true_now(stage: Stage, officer: Someone) -> None:
    stage.system.kill("clock")
    stage.move_clock(june(10, 15))
    report(officer)
    stage.system.start("clock")
    post = Post(stage)
    assert set(post.after(june(10, 15, 1), expected=OWE_ROUND_1)) == OWE_ROUND_1
    assert "พรุ่งนี้" in stage.someone(officer_of("4206")).pushed()[0]


def test_who_has_blocked_the_account_is_left_alone_and_heard_again_after_coming_back(stage: Stage) -> None:
    blocked = officer_of("4206")
    stage.simulator.unfollow(blocked, wait=True)
    stage.settle()
    post = Post(stage)
    others = OWE_ROUND_1 | {SOMJAI}
    assert set(post.after(june(8, 9), expected=others - {blocked})) == others - {blocked}
    returned = stage.someone(blocked)
    stage.simulator.follow(blocked, wait=True)
    returned.waits_for("ยินดีต้อนรับกลับ")
    returned.waits_for("กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64")
    assert set(post.new()) == {blocked}, "the day's reminder, once, and to nobody else again"
    assert set(post.after(june(10, 9), expected=others)) == others
