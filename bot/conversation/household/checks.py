"""How far the households of a village are: what each has, what a case stands for, what is still missing.

Pure, so that what a leader is shown, what is signed and what a district's report is given are counted by one rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

PHOTO, SIGNATURE = "photo", "signature"
PARTS = (PHOTO, SIGNATURE)
"""What the letter asks of each household."""


@dataclass(frozen=True, slots=True)
class Case:
    """An exception case of the campaign."""

    key: str
    number: str
    """As the letter prints it: ๓.๑."""
    symbol: str
    """Its mark, * to ****; empty: it has none."""
    title: str
    excuses: frozenset[str] = frozenset()
    """Which PARTS are not missing where it holds."""
    asks: str = ""
    """reason, defect, witness or correction; empty: nothing."""
    reasons: tuple[str, ...] = ()
    """Ready answers to what it asks for."""


@dataclass(frozen=True, slots=True)
class HouseCheck:
    """What has been sent of one household."""

    house: str
    """Its name (bot.conversation.household.names)."""
    registered: bool = True
    photo: bool = False
    signature: bool = False
    """Of somebody of the household; the leader's own as witness is none."""
    witnessed: bool = False
    cases: tuple[str, ...] = ()

    @property
    def checked(self) -> bool:
        """Anything at all has been sent of it."""
        return self.photo or self.signature or self.witnessed or bool(self.cases)

    @property
    def complete(self) -> bool:
        return self.photo and self.signature

    def missing(self, cases: Iterable[Case]) -> tuple[str, ...]:
        """The PARTS that it neither has nor is excused from."""
        excused = {part for case in cases if case.key in self.cases for part in case.excuses}
        has = {PHOTO: self.photo, SIGNATURE: self.signature}
        return tuple(part for part in PARTS if not has[part] and part not in excused)


@dataclass(frozen=True, slots=True)
class VillageCounts:
    """A village's summary (L-06). Houses that the register does not know count once something was sent of them."""

    total: int = 0
    added: int = 0
    """Of `total`: those that the register does not know."""
    checked: int = 0
    complete: int = 0
    by_case: Mapping[str, int] = field(default_factory=dict)
    """Households by the key of a case; one with two cases stands under both."""
    lacking: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Checked, and still without something that no case excuses: (house, PARTS)."""
    unchecked: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> VillageCounts:
        lacking = tuple((house, tuple(parts)) for house, parts in stored["lacking"])
        return cls(**{**stored, "lacking": lacking, "unchecked": tuple(stored["unchecked"])})


def count(checks: Collection[HouseCheck], cases: Collection[Case]) -> VillageCounts:
    """Sum a village up; houses keep the order of `checks`."""
    counted = [check for check in checks if check.registered or check.checked]
    lacking = [(check.house, check.missing(cases)) for check in counted if check.checked]
    return VillageCounts(
        total=len(counted),
        added=sum(not check.registered for check in counted),
        checked=sum(check.checked for check in counted),
        complete=sum(check.complete for check in counted),
        by_case={case.key: sum(case.key in check.cases for check in counted) for case in cases},
        lacking=tuple((house, parts) for house, parts in lacking if parts),
        unchecked=tuple(check.house for check in counted if not check.checked),
    )
