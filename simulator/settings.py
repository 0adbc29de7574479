"""What the simulator is told from outside: one immutable value, read from the environment once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FREE_PLAN_MESSAGES = 300
"""Messages a month of LINE's free plan in Thailand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two simulators."""

    data: Path
    """Folder of the state file and the uploaded media; made when missing."""
    channel_secret: str
    access_token: str
    channel_id: str = "1000000000"
    """What access tokens are asked for with, besides the secret."""
    webhook_url: str = "http://127.0.0.1:8000/callback"
    clock_url: str = ""
    """Where civil time is asked; empty means real time."""
    phones: Path | None = None
    """YAML file of the phones that exist at the start; None means one each of officer, leader and staff."""
    host: str = "127.0.0.1"
    port: int = 8001
    quota_limit: int | None = FREE_PLAN_MESSAGES
    webhook_timeout: float = 2.0
    """Seconds a bot has for its answer (LINE's development guidelines)."""
    redelivery_delays: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
    """Seconds before each further attempt while redelivery is on; LINE keeps count and interval to itself."""
    delivery_threads: int = 8
    hang_seconds: float = 15.0
    """How long a call hit by the fault `timeout` hangs: longer than any client should wait."""

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Settings:
        """Read the environment. Raises KeyError naming the missing variable."""
        phones = env.get("SIMULATOR_PHONES", "")
        return cls(
            data=Path(env.get("SIMULATOR_DATA", ".data/simulator")),
            channel_secret=env["LINE_CHANNEL_SECRET"],
            access_token=env["LINE_CHANNEL_ACCESS_TOKEN"],
            channel_id=env.get("LINE_CHANNEL_ID", "1000000000"),
            webhook_url=env.get("WEBHOOK_URL", "http://127.0.0.1:8000/callback"),
            clock_url=env.get("CLOCK_URL", ""),
            phones=Path(phones) if phones else None,
            host=env.get("SIMULATOR_HOST", "127.0.0.1"),
            port=int(env.get("SIMULATOR_PORT", "8001")),
        )
