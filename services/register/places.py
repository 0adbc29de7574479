"""Which villages and tambons there are: every row of a register lies in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from models.area import Area
from models.bulk import find_by_keys
from services.register.faults import RowFault
from services.register.kinds import Kind

_REMEMBERED: Final = 100_000
"""Codes; more than the villages of the country. A file of nonsense must not fill the memory."""


class Places:
    """Looks places up, a batch at a time, and remembers them for the length of one import."""

    def __init__(self, kind: Kind, within: str = "") -> None:
        self._kind = kind
        self._within = within
        self._kinds: dict[str, str] = {}

    def look_up(self, session: Session, codes: Iterable[str]) -> None:
        """Learn what these codes are."""
        new = [code for code in dict.fromkeys(codes) if code not in self._kinds]
        if len(self._kinds) + len(new) > _REMEMBERED:
            self._kinds.clear()
        self._kinds |= dict.fromkeys(new, "")
        found = find_by_keys(session, Area, ("code",), ("code", "kind"), [(code,) for code in new])
        self._kinds |= {row["code"]: row["kind"] for row in found}

    def sort_out(
        self, rows: Sequence[tuple[int, dict[str, Any]]]
    ) -> tuple[list[tuple[int, dict[str, Any]]], list[RowFault]]:
        """The rows that lie somewhere, and a fault for each of the others."""
        known, faults = [], []
        for number, values in rows:
            code = values[self._kind.place]
            if self._kinds.get(code) in self._kind.place_kinds and code.startswith(self._within):
                known.append((number, values))
            else:
                faults.append(RowFault(self._kind.place_fault, {"code": code}, number))
        return known, faults
