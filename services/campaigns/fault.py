"""A fault of a campaign's folder: an English sentence for the command line, and for the desk what kind of fault it is,
where, with which values, so that it can be said in the office's words (desk.fault in the catalogue)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from bot.messages.bubbles import Value

Place = tuple[str, Mapping[str, Value]]
"""Key below desk.fault.place, and what its words name."""


class Fault(str):
    """One fault. As a str it is the sentence of the command line, in English."""

    __slots__ = ("kind", "places", "values")

    kind: str
    """Key below desk.fault.what; "" for a fault that nobody foresaw, which has no words but the English ones."""
    values: Mapping[str, Value]
    places: tuple[Place, ...]
    """From the outermost in."""

    def __new__(cls, english: str, kind: str = "", **values: Value) -> Self:
        made = super().__new__(cls, english)
        made.kind, made.values, made.places = kind, MappingProxyType(values), ()
        return made

    def within(self, english: str, place: str, **values: Value) -> Fault:
        """The same fault, with the place where it stands named before it."""
        told = Fault(f"{english}: {self}", self.kind, **self.values)
        told.places = ((place, MappingProxyType(values)), *self.places)
        return told


def no_settings(name: str) -> Fault:
    """Where a mapping belongs stands something else."""
    return Fault("it holds no settings", "shape", name=name)
