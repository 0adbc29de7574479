"""The kinds of boxes that a form has, and what goes together among them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a box holds, which decides how it is asked."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    RANK = "rank"
    """All choices of a list, in an order of one's own."""
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    BARCODE = "barcode"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    ANOTHER = "another"
    """Whether a repeat has one more instance: "yes" makes it, "no" ends the repeat."""
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    META = "meta"
    """Filled by the engine (start, end, today, instanceID ...)."""


UNASKED = frozenset({Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN, Kind.META})
"""Kinds that nobody answers."""
LISTED = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
"""Kinds whose values come from a list."""
MEDIA = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE})
"""Kinds whose value is the name of a file that was sent."""
YES, NO = "yes", "no"
"""The answers to ANOTHER."""
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
CHOICES = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
