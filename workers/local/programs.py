"""What runs on one machine, and the supervisord configuration that keeps it running.

The commands of our own processes are those of the Procfile, so that what is tried here is what a host runs.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workers.local import valkey

STOP_SECONDS = 6
"""How long a process may take to end before it is killed; Valkey, which ends last, has half of it."""

_VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    last: bool = False
    """Started before the others and stopped after them."""


def from_procfile(text: str, env: Mapping[str, str]) -> list[Program]:
    """Return the long-running processes of a Procfile, with ${NAME:-default} filled in from `env`."""
    programs = []
    for line in text.splitlines():
        name, command = line.split(": ", 1)
        if name == "release":
            continue
        filled = _VARIABLE.sub(lambda found: env.get(found[1]) or found[2], command)
        first, *rest = shlex.split(filled)
        programs.append(Program(name, (*_installed(first), *rest)))
    return programs


def _installed(name: str) -> tuple[str, ...]:
    """Return a command of our own virtual environment, whatever PATH says."""
    if name == "python":
        return (sys.executable,)
    return (str(Path(sys.executable).parent / name),)


def all_programs(root: Path, data: Path, env: Mapping[str, str]) -> list[Program]:
    """Return Valkey, the processes of the Procfile, and the simulator."""
    return [
        Program("valkey", tuple(valkey.command(data / "valkey")), last=True),
        *from_procfile((root / "Procfile").read_text(), env),
        Program("simulator", (sys.executable, "-m", "simulator")),
    ]


def configuration(programs: Sequence[Program], root: Path, data: Path) -> str:
    """Return a supervisord configuration: children restart, logs stay small, `last` ones outlive the rest."""
    log = data / "log"
    sections = [
        _section(
            "supervisord",
            nodaemon="true",
            logfile=str(log / "supervisord.log"),
            logfile_maxbytes="1MB",
            logfile_backups="1",
            pidfile=str(data / "supervisord.pid"),
            directory=str(root),
        )
    ]
    sections += [_program(program, log) for program in programs]
    for last, name, priority in ((True, "ground", 1), (False, "tidtam", 10)):
        names = [program.name for program in programs if program.last is last]
        if names:
            sections.append(_section(f"group:{name}", programs=",".join(names), priority=str(priority)))
    return "\n".join(sections)


def _program(program: Program, log: Path) -> str:
    return _section(
        f"program:{program.name}",
        command=shlex.join(program.command),
        autorestart="true",
        startsecs="1",
        startretries="8",
        stopsignal="TERM",
        stopwaitsecs=str(STOP_SECONDS // 2 if program.last else STOP_SECONDS),
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=str(log / f"{program.name}.log"),
        stdout_logfile_maxbytes="5MB",
        stdout_logfile_backups="1",
    )


def _section(name: str, **values: str) -> str:
    # supervisord expands %(...)s in its values
    lines = [f"{key}={value.replace('%', '%%')}" for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, ""])
