"""The scripted jobs by name, and where each is played: the names stand in limits.yaml and baseline.json too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.journeys import approval, closing, exceptions, mending, officer, others, returning
from benchmarks.journeys.measure import Measure
from benchmarks.journeys.player import Player
from tests.support.chat import Town
from tests.support.databases import SqliteTemplate
from tests.support.loaded import LoadedFile

Play = Callable[[Town], Player]

JOBS: dict[str, Play] = {
    "officer, first report, register loaded": officer.first_report,
    "officer, first report, on a computer": officer.first_report_on_a_computer,
    "officer, first report, all typed": officer.first_report_typed,
    "officer, first report, no register": officer.first_report_without_register,
    "officer, fill-in text": officer.fill_in_text,
    "officer, later round unchanged": officer.later_round_unchanged,
    "officer, later round, nine boxes changed": officer.later_round_nine_boxes,
    "officer, wrong number just typed, in words": mending.slip_in_words,
    "officer, wrong number just typed, by box": mending.slip_by_box,
    "officer, wrong number just typed, by going back": mending.slip_by_going_back,
    "officer, wrong number at review, by box": mending.slip_at_review,
    "officer, wrong number at review, by buttons": mending.slip_at_review_by_buttons,
    "officer, sent report amended": mending.sent_report_amended,
    "officer, returned box": returning.box_answered,
    "officer, returned box, value confirmed": returning.box_confirmed,
    "officer, joining with a code": others.officer_joins,
    "officer, asks the head of office to agree": approval.officer_asks,
    "head of office agrees": approval.head_agrees,
    "deputy takes over": mending.deputy_takes_over,
    "leader, joining": others.leader_joins,
    "leader, ordinary household, tapped": others.household_tapped,
    "leader, ordinary household, typed": others.household_typed,
    "staff, return one box": returning.staff_returns_a_box,
    "leader, ten households as an album": others.ten_as_an_album,
    "leader, closing a village": closing.leader_closes,
    "officer, certifying a village": closing.inspector_certifies,
    "leader, exception, mark with reason": exceptions.mark_with_reason,
    "leader, exception, from the list": exceptions.from_the_list,
    "leader, exception, correction": exceptions.correction,
    "leader, ten from an album and one signed sheet": others.ten_and_a_signed_sheet,
    "staff, who has not reported": others.staff_asks_who_has_not_reported,
    "staff, remind those who owe": others.staff_reminds_who_owes,
    "staff, remind those who owe, typed": others.staff_reminds_who_owes_in_words,
}
NO_REGISTER = frozenset({"officer, first report, no register"})


@dataclass(frozen=True)
class Stage:
    """Where jobs are played: each in a town of its own, in process, with the doors to the outside replaced."""

    folder: Path

    @cached_property
    def _template(self) -> SqliteTemplate:
        return SqliteTemplate(self.folder)

    @cached_property
    def _with_register(self) -> LoadedFile:
        return LoadedFile.make(self._template, self.folder)

    @cached_property
    def _without_register(self) -> LoadedFile:
        return LoadedFile.make(self._template, self.folder, register=False)

    @contextmanager
    def town(self, job: str) -> Iterator[Town]:
        loaded = self._without_register if job in NO_REGISTER else self._with_register
        with loaded.town() as town:
            yield town

    def play(self, job: str) -> Measure:
        """Raises JourneyError when the job cannot be done as its script says."""
        with self.town(job) as town:
            return JOBS[job](town).measure
