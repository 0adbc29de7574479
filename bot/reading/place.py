"""Places as people type them: two coordinates in degrees, or a map's link that holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.reading.outcome import Action, Reading

if TYPE_CHECKING:
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 1000
"""Map links are long (characters)."""
DIGITS_KEPT = 7
"""Digits after the point: a centimetre on the ground."""

_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,20})?)"
_PAIR = re.compile(rf"{_NUMBER}(?:\s*[,;/]\s*|\s+){_NUMBER}(?: -?\d+(?:\.\d+)?){{0,2}}")
"""As typed; altitude and accuracy, which other tools write after them, are read over."""
_IN_LINK = (
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),
    re.compile(rf"@{_NUMBER},{_NUMBER}"),
    re.compile(rf"geo:{_NUMBER},{_NUMBER}"),
)
_ARC = r"(\d{1,3})\s*[°º˚d:\s]\s*(\d{1,2}(?:\.\d{1,20})?)\s*(?:[:'\"\s]\s*(\d{1,2}(?:\.\d{1,20})?))?\s*[\"']{0,2}"
_ARCS = re.compile(rf"{_ARC}\s*<n>\s*[,;/]?\s*{_ARC}\s*<e>")
_LATITUDES, _LONGITUDES = 90, 180
_THAI_LATITUDES, _THAI_LONGITUDES = (Decimal(5), Decimal(21)), (Decimal(97), Decimal(106))


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east (WGS 84)."""

    latitude: Decimal
    longitude: Decimal

    def __str__(self) -> str:
        return f"{self.latitude} {self.longitude}"

    @property
    def in_thailand(self) -> bool:
        """Whether it may lie in Thailand: inside the country's outermost degrees."""
        north, east = _THAI_LATITUDES, _THAI_LONGITUDES
        return north[0] <= self.latitude <= north[1] and east[0] <= self.longitude <= east[1]


class PlaceReader:
    """Reads one place."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._normaliser = lexicon.normaliser
        tables = lexicon.tables["places"]
        self._latitude = _any_of(tables["latitude"])
        self._longitude = _any_of(tables["longitude"])
        self._other = _any_of([*tables["other"], *lexicon.tables["particles"]["particle"]])
        self._north, self._east = _any_of(tables["north"]), _any_of(tables["east"])
        keys = "|".join(re.escape(key) for key in tables["link_keys"])
        self._query = re.compile(rf"[?&](?:{keys})=(?:loc:)?{_NUMBER}(?:,|\+|\s)+{_NUMBER}")

    def read(self, text: str) -> Reading[Place]:
        """See Reader.place."""
        if len(text) > MAX_LENGTH:
            return Reading(Action.ASK, None, "too_long")
        if "://" in text or text.strip().lower().startswith("geo:"):
            return self._link(unquote(text))
        return self._typed(text)

    def _link(self, link: str) -> Reading[Place]:
        for pattern in (*_IN_LINK, self._query):
            found = pattern.search(link)
            if found is not None:
                return _checked(Decimal(found[1]), Decimal(found[2]))
        return Reading(Action.ASK, None, "short_link")

    def _typed(self, text: str) -> Reading[Place]:
        normal = self._normaliser.text(text)
        east_first = _starts_before(self._longitude, self._latitude, normal)
        for pattern, mark in ((self._north, " <n> "), (self._east, " <e> ")):
            normal = pattern.sub(mark, normal)
        for pattern in (self._latitude, self._longitude, self._other):
            normal = pattern.sub(" ", normal)
        found = _ARCS.fullmatch(normal.strip())
        if found is not None:
            return _checked(_arc(found[1], found[2], found[3]), _arc(found[4], found[5], found[6]))
        plain = re.sub(r"<[ne]>|[:=()°º˚\n]", " ", normal)
        found = _PAIR.fullmatch(" ".join(plain.split()).strip(" ,;"))
        if found is None:
            return Reading(Action.ASK, None, "not_a_place")
        first, second = Decimal(found[1]), Decimal(found[2])
        return _checked(second, first) if east_first else _checked(first, second)


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])\.?" for word in longest_first))


def _starts_before(first: re.Pattern[str], second: re.Pattern[str], text: str) -> bool:
    one, other = first.search(text), second.search(text)
    return one is not None and (other is None or one.start() < other.start())


def _arc(degrees: str, minutes: str, seconds: str | None) -> Decimal:
    return Decimal(degrees) + Decimal(minutes) / 60 + Decimal(seconds or 0) / 3600


def _checked(latitude: Decimal, longitude: Decimal) -> Reading[Place]:
    """Two numbers the wrong way round, or a place abroad, are read back."""
    place, turned = place_at(latitude, longitude), place_at(longitude, latitude)
    if turned is not None and turned.in_thailand and (place is None or not place.in_thailand):
        return Reading(Action.CONFIRM, turned, "turned_round")
    if place is None:
        return Reading(Action.ASK, None, "not_a_place")
    return Reading(Action.ACCEPT, place) if place.in_thailand else Reading(Action.CONFIRM, place, "abroad")


def place_at(latitude: Decimal, longitude: Decimal) -> Place | None:
    """The place of two numbers; None when they are no degrees."""
    if not (latitude.is_finite() and longitude.is_finite()):
        return None
    if abs(latitude) > _LATITUDES or abs(longitude) > _LONGITUDES:
        return None
    return Place(rounded(latitude), rounded(longitude))


def rounded(degrees: Decimal) -> Decimal:
    """Degrees with the digits that mean something, written without an exponent or needless zeros."""
    kept = degrees.quantize(Decimal(1).scaleb(-DIGITS_KEPT)).normalize()
    return kept if kept.as_tuple().exponent in range(-DIGITS_KEPT, 1) else kept.quantize(Decimal(1))
