"""`make reset`: forget everything that `make run` keeps. Refuses while it runs. Standard library only."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from workers.local.hold import DATA, HeldError, data_folder, hold


def reset(data: Path) -> bool:
    """Remove the data folder; False when something is running on it."""
    if not data.exists():
        return True
    try:
        file = hold(data)
    except HeldError:
        return False
    with file:
        shutil.rmtree(data)
    return True


def main(data: Path = DATA) -> int:
    if not reset(data):
        sys.stderr.write(f"make run is running on {data.name}/; stop it first (Ctrl-C)\n")
        return 1
    sys.stdout.write(f"{data.name}/ is empty; the next make run starts from the beginning\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(data_folder(os.environ.get("CAMPAIGN"))))
