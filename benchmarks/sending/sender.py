"""The process that is measured: plans what is due, sends it, and says how long that took and how large it grew."""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from bot.runtime import Runtime, build
from bot.settings import from_env
from bot.wiring.chat import CHANNEL
from models.chat import Delivery


def resident_mb() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def states(runtime: Runtime) -> dict[str, int]:
    """How many recipients there are in each state."""
    with runtime.sessions() as session:
        found = session.execute(select(Delivery.state, func.count(Delivery.id)).group_by(Delivery.state))
        return {row[0]: row[1] for row in found}


def main() -> int:
    logging.basicConfig(level=logging.WARNING)
    runtime = build(from_env(os.environ))
    runtime.warm_up()
    before, started, processor = resident_mb(), time.monotonic(), time.process_time()
    runtime.reminders.plan()
    planned = time.monotonic()
    while set(states(runtime)) - {"sent"}:
        runtime.send_due(CHANNEL)
    ended = time.monotonic()
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "plan_seconds": planned - started,
        "send_seconds": ended - planned,
        "cpu_seconds": time.process_time() - processor,
        "before_mb": before,
        "highest_mb": highest,
        "sent": states(runtime)["sent"],
    }
    sys.stdout.write(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
