"""A small client of the control side: what the tests and scripts hold the phones with."""

from __future__ import annotations

from typing import Any

from simulator.client_answers import Transcript
from simulator.client_calls import sent
from simulator.client_phones import PhoneClient
from simulator.group_client import GroupClient

SIGN = "sign it"


class SimulatorClient(PhoneClient):
    """The phones, and all around them."""

    @property
    def groups(self) -> GroupClient:
        """The group chats."""
        return GroupClient(self._call, sent)

    def transcript(self) -> Transcript:
        return Transcript(**self._call("GET", "/sim/transcript"))

    def log(self, after_seq: int = 0) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self._call("GET", f"/sim/log?after={after_seq}")["entries"]
        return entries

    def now(self) -> str:
        """Civil time, ISO."""
        return str(self._call("GET", "/sim/clock")["now"])

    def move_clock(self, to: str) -> str:
        """Jump to `to` (ISO); returns civil time."""
        return str(self._call("POST", "/sim/clock", {"to": to})["now"])

    def settings(self, **changes: Any) -> None:
        """Change any of the settings of simulator/control_settings.py."""
        self._call("POST", "/sim/settings", changes)

    def fault(self, kind: str, *, path: str = "", times: int = 1) -> None:
        """Let the next `times` calls of a kind go wrong; see simulator/faults.py."""
        self._call("POST", "/sim/faults", {"kind": kind, "path": path, "times": times})

    def heal(self) -> None:
        """Whatever was to go wrong goes right again."""
        self._call("DELETE", "/sim/faults")

    def raw(self, body: str, *, signature: str | None = SIGN, headers: dict[str, str] | None = None) -> int | None:
        """Send anything to the webhook; returns its status. The signature is right unless given; None sends none."""
        given: dict[str, Any] = {"body": body, "headers": headers or {}}
        if signature != SIGN:
            given["signature"] = signature
        status: int | None = self._call("POST", "/sim/raw", given)["status"]
        return status

    def reset(self) -> None:
        self._call("POST", "/sim/reset", {})
