"""The real simulator as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3

from simulator.client import SimulatorClient
from tests.support.ports import free_port
from tests.support.processes import Child, python

CHANNEL_SECRET = "channel-secret"
ACCESS_TOKEN = "access-token"
OFFICER, LEADER, STAFF = (f"U{number:032x}" for number in (1, 2, 3))
PHONES = f"""
phones:
  - {{user_id: {OFFICER}, name: สมใจ ตัวอย่าง, language: th, role: officer, following: true, shown: true}}
  - {{user_id: {LEADER}, name: Boonmi, language: en, role: leader, following: true, shown: true}}
  - {{user_id: {STAFF}, name: มาลี ตัวอย่าง, language: th, role: staff, following: true, shown: true}}
"""


class RunningSimulator(SimulatorClient):
    """The client of a simulator that a test started, with the address that the bot needs."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def is_up(self) -> bool:
        try:
            return bool(self.state())
        except urllib3.exceptions.HTTPError:
            return False


@contextmanager
def running_simulator(
    folder: Path,
    *,
    webhook_url: str = "http://127.0.0.1:9/callback",
    clock_url: str = "",
    phones: str = PHONES,
    port: int = 0,
) -> Iterator[RunningSimulator]:
    """Start one with its state in `folder`, on a free port unless given; it is up when given and gone afterwards."""
    (folder / "phones.yaml").write_text(phones, encoding="utf-8")
    port = port or free_port()
    env = {
        "SIMULATOR_PORT": str(port),
        "SIMULATOR_DATA": str(folder / "simulator"),
        "SIMULATOR_PHONES": str(folder / "phones.yaml"),
        "WEBHOOK_URL": webhook_url,
        "CLOCK_URL": clock_url,
        "LINE_CHANNEL_SECRET": CHANNEL_SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": ACCESS_TOKEN,
    }
    simulator = RunningSimulator(f"http://127.0.0.1:{port}")
    with Child(python("-m", "simulator"), env, folder / "simulator.log") as child:
        child.wait_for(simulator.is_up, what="the simulator's answer")
        yield simulator
    simulator.close()
