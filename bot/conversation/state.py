"""Where a chat stands. Small, JSON, and enough to go on after a restart, days, or on another device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class State:
    """`flow` names who handles the next message; `data` is that flow's own, JSON values only."""

    flow: str = "idle"
    data: Mapping[str, Any] = field(default_factory=dict)
    unclear: int = 0
    """How often in a row the last messages were not understood."""

    def to_json(self) -> dict[str, Any]:
        return {"flow": self.flow, "data": dict(self.data), "unclear": self.unclear}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> State:
        return State(stored.get("flow", "idle"), stored.get("data", {}), stored.get("unclear", 0))

    def with_data(self, **changes: Any) -> State:
        return replace(self, data={**self.data, **changes})


IDLE = State()
