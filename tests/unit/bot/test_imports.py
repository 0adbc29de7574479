from __future__ import annotations

import subprocess
import sys

from tests.support.processes import ROOT

PACKAGES = ("bot", "services", "adapters", "handlers", "workers", "models", "simulator")
SCRIPT = """
import importlib, os, pkgutil, socket, sys, threading

def refuse(*_, **__):
    raise AssertionError("a socket was opened by an import")

socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.getaddrinfo = socket.create_connection = refuse
for name in ("bot.app", "workers.run", "workers.clock"):
    importlib.import_module(name)
slow = {"openpyxl", "pyxform"} & sys.modules.keys()
assert not slow, f"{slow} at the start of every process: import them where they are used"
found = []
for package in sys.argv[1:]:
    found.append(package)
    path = importlib.import_module(package).__path__
    found += [each.name for each in pkgutil.walk_packages(path, package + ".") if not each.name.endswith("__main__")]
for name in found:
    importlib.import_module(name)
assert threading.active_count() == 1, threading.enumerate()
print(len(found))
"""


def test_modules_need_no_environment_and_no_network_start_no_thread_and_leave_slow_libraries_for_later() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", SCRIPT, *PACKAGES],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100
