from __future__ import annotations

import configparser
import shlex
import sys
from pathlib import Path

from tests.support.processes import ROOT
from workers.local.programs import Program, all_programs, configuration, from_procfile


def test_the_local_processes_are_those_of_the_procfile_plus_valkey_and_simulator(tmp_path: Path) -> None:
    names = [program.name for program in all_programs(ROOT, tmp_path, {})]
    assert names == ["valkey", "web", "worker", "media", "hooks", "clock", "simulator"]


def test_variables_and_our_own_interpreter_are_filled_in() -> None:
    text = "web: granian --port ${PORT:-8000} --host ${HOST:-::1}\nclock: python -m c\nrelease: alembic upgrade head"
    web, clock = from_procfile(text, {"PORT": "9000", "HOST": ""})
    beside = str(Path(sys.executable).parent / "granian")
    assert web.command == (beside, "--port", "9000", "--host", "::1")
    assert clock.command == (sys.executable, "-m", "c")


def test_valkey_starts_first_and_stops_last_and_odd_words_survive(tmp_path: Path) -> None:
    programs = [Program("valkey", ("/v", "--save", ""), last=True), Program("web", ("/w", "100%", "a b"))]
    parser = configparser.ConfigParser()
    parser.read_string(configuration(programs, tmp_path, tmp_path / ".data"))
    assert parser.getint("group:ground", "priority") < parser.getint("group:tidtam", "priority")
    assert parser["group:tidtam"]["programs"] == "web"
    assert shlex.split(parser["program:web"]["command"]) == ["/w", "100%", "a b"]
    assert shlex.split(parser["program:valkey"]["command"]) == ["/v", "--save", ""]
    assert all(parser[f"program:{name}"]["autorestart"] == "true" for name in ("valkey", "web"))


def test_without_a_ground_there_is_one_group(tmp_path: Path) -> None:
    assert "group:ground" not in configuration([Program("web", ("/w",))], tmp_path, tmp_path)
