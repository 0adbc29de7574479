"""What somebody may see, by area: the one place where a person's roles become a condition of a query.

Codes of areas are nested (42, 4207, 420706, 42070605): what begins with an area's code lies in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, false, or_, select
from sqlalchemy.orm import Session

from models.area import between
from models.campaign import Campaign, newest_first

PROVINCE_DIGITS: Final = 2
DISTRICT_DIGITS: Final = 4
MOST_PROVINCES: Final = 3
"""Of a scope whose districts stand in one list."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The areas that somebody may see, none inside another."""

    codes: tuple[str, ...]

    @property
    def wide(self) -> bool:
        """Whether somebody watches over so many provinces that nobody reads their districts as one list: pages then
        begin with the provinces, and show the districts of the one that is chosen."""
        return sum(len(code) == PROVINCE_DIGITS for code in self.codes) > MOST_PROVINCES

    @classmethod
    def of(cls, codes: Iterable[str]) -> Scope:
        kept: list[str] = []
        for code in sorted(set(codes)):
            if not any(code.startswith(wider) for wider in kept):
                kept.append(code)
        return cls(tuple(kept))

    def sees(self, code: str | None) -> bool:
        """Whether an area lies in it. What lies nowhere is nobody's."""
        return bool(code) and any(str(code).startswith(own) for own in self.codes)

    def within(self, column: SQLColumnExpression[str] | SQLColumnExpression[str | None]) -> ColumnElement[bool]:
        """As a condition: the column's code lies in it. True of nothing where somebody may see nothing."""
        return or_(false(), *(between(column, first, last) for first, last in self._runs()))

    def _runs(self) -> list[tuple[str, str]]:
        """Codes that follow each other, as first and last: provinces of a region make one range of the index."""
        runs: list[tuple[str, str]] = []
        for code in self.codes:
            first, last = runs[-1] if runs else ("", "")
            if len(last) == len(code) and last and int(code) == int(last) + 1:
                runs[-1] = first, code
            else:
                runs.append((code, code))
        return runs

    def narrowed(self, code: str) -> Scope:
        """What of it lies in an area that was asked for: nothing, if that lies outside. "" asks for all."""
        if not code:
            return self
        return Scope((code,)) if self.sees(code) else Scope(tuple(own for own in self.codes if own.startswith(code)))


def campaign_of_desk(session: Session, scope: Scope) -> Campaign | None:
    """The newest campaign of the province that the scope lies in."""
    provinces = {code[:2] for code in scope.codes}
    newest = select(Campaign).where(Campaign.province_code.in_(provinces))
    return session.scalar(newest.order_by(*newest_first()).limit(1))
