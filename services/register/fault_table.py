"""The refused rows of an import: the first ones to show, all of them as a table that opens in Excel."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import Final

from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from services.ports import MediaStore
from services.register.faults import RowFault
from services.texts import Texts

SHOWN: Final = 100
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_CHUNK: Final = 1 << 16
_MARK: Final = "\ufeff"
"""Tells Excel that the table is UTF-8."""


class FaultTable:
    """Keeps faults on disk as they come."""

    def __init__(self, texts: Texts) -> None:
        self._catalogues = [texts.catalogue(locale) for locale in LOCALES]
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed with the import
        self._file.write(_MARK)
        self._table = csv.writer(self._file)
        self._table.writerow(
            [
                self._catalogues[0].say(Text("register.errors.sheet")),
                self._catalogues[0].say(Text("register.errors.row")),
                *(catalogue.say(Text("register.errors.what")) for catalogue in self._catalogues),
            ]
        )
        self.count = 0
        self.first: list[RowFault] = []

    def add(self, fault: RowFault) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(fault)
        words = [catalogue.say(fault.text()) for catalogue in self._catalogues]
        self._table.writerow([fault.sheet, fault.row, *map(harmless, words)])

    def store(self, store: MediaStore, key: str) -> str:
        """Put the table under `key`; returns the key, or nothing when no row was refused. Raises OSError."""
        if not self.count:
            return ""
        store.put(key, self._chunks())
        return key

    def _chunks(self) -> Iterator[bytes]:
        self._file.flush()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk.encode()
        self._file.seek(0, io.SEEK_END)

    def close(self) -> None:
        self._file.close()


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
