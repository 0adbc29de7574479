"""Uploaded photos, videos and files: bytes in a folder, one file a message, nothing from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.store import Store


@dataclass(frozen=True, slots=True)
class Stored:
    path: Path
    content_type: str
    size: int


class Media:
    """Bytes by message id (our own digits, so safe as file names)."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, message_id: str, source: IO[bytes], content_type: str) -> int:
        """Store the bytes of a message; returns their number."""
        size = 0
        with (self._folder / message_id).open("wb") as target:
            while chunk := source.read(1 << 16):
                size += target.write(chunk)
        self._store.run("INSERT INTO media VALUES (?, ?, ?)", (message_id, content_type, size))
        return size

    def find(self, message_id: str) -> Stored | None:
        row = self._store.row("SELECT * FROM media WHERE message_id = ?", (message_id,))
        return None if row is None else Stored(self._folder / message_id, row["content_type"], row["size"])

    def remove(self, message_id: str) -> None:
        (self._folder / message_id).unlink(missing_ok=True)
        self._store.run("DELETE FROM media WHERE message_id = ?", (message_id,))

    def clear(self) -> None:
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)
