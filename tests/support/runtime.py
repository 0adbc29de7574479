"""The product's parts with the doors to the outside replaced, at a time that the test sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.runtime import Runtime
from services.calendar import BANGKOK
from services.rich_menus.sync import RichMenus

MONDAY = dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)
NOON = dt.datetime(2026, 6, 1, 5, 0, tzinfo=dt.UTC)
"""Of Bangkok, far from midnight: an hour later it is the same day, whenever a test runs."""


@dataclass
class StoppedClock:
    """Civil time stands where the test puts it; mechanical time too, unless it is moved."""

    civil: dt.datetime = MONDAY
    mechanical: dt.datetime = NOON

    def now(self) -> dt.datetime:
        return self.civil

    def real(self) -> dt.datetime:
        return self.mechanical

    def pass_seconds(self, seconds: float) -> None:
        self.mechanical += dt.timedelta(seconds=seconds)


@dataclass(frozen=True)
class TestRuntime(Runtime):
    __test__ = False
    stopped: StoppedClock = field(default_factory=StoppedClock)

    @cached_property
    def clock(self) -> StoppedClock:
        return self.stopped

    @cached_property
    def rich_menus(self) -> RichMenus:
        """Without drawing: eight pictures take seconds."""
        return replace(super().rich_menus, draw=lambda menu: f"picture of {menu}".encode())
