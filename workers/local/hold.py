"""Who has the data folder: one `make run` at a time, and no reset beneath it. Standard library only."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parents[2]
DATA = ROOT / ".data"
"""Where the shipped campaign's demonstration lives."""


def data_folder(campaign: str | None) -> Path:
    """The data folder of a campaign that is tried out (None: the shipped one). Each has its own."""
    return DATA.with_name(f".data-{Path(campaign).resolve().name}") if campaign else DATA


class HeldError(Exception):
    """Another process has the data folder."""


def hold(data: Path) -> TextIO:
    """Take the folder for as long as the returned file is open. Raises HeldError when another process has it.

    The kernel frees the lock when the last process that inherited the file ends, so a crash leaves nothing to
    clean up, and a supervisor that outlives its console keeps the folder.
    """
    data.mkdir(parents=True, exist_ok=True)
    file = (data / "run.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise HeldError from None
    return file
