"""The kinds of register: which table they fill, what names a row, and what the heads of a file must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from models.area import Area, AreaKind, Household
from models.base import Base
from models.register import Volunteer
from services.register.scratch import VARIANT

_PLACE = (("village_code",), ("tambon_code", "moo"))


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    model: type[Base]
    key: tuple[str, ...]
    """Columns of the table that name a row."""
    required: tuple[tuple[tuple[str, ...], ...], ...]
    """What a file's headings must hold: of each entry one of the alternatives, whole."""
    place: str
    """The column that names the area which must be there already."""
    place_kinds: frozenset[str]
    place_fault: str
    scope_length: int
    """Letters of the place's code that say of which village or tambon a file gives the whole list."""

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.key)

    def scope_of(self, values: Mapping[str, Any]) -> str:
        return str(values[self.place])[: self.scope_length]

    def text_key(self, values: Mapping[str, Any]) -> str:
        """The key as one text, without variant."""
        return "\x1e".join([str(values[name]) for name in self.key])

    def seen_key(self, values: Mapping[str, Any]) -> str:
        """The key as one text, with the survey's year: a household may have a record of each."""
        return f"{self.text_key(values)}{VARIANT}{values.get('survey_year') or ''}"


VILLAGES: Final = Kind(
    "villages",
    Area,
    ("code",),
    ((("code",), ("tambon_code", "moo")), (("name_th",),)),
    "parent_code",
    frozenset({AreaKind.TAMBON.value}),
    "unknown_tambon",
    6,
)
HOUSEHOLDS: Final = Kind(
    "households",
    Household,
    ("village_code", "house_no", "near", "ordinal"),
    (_PLACE, (("house_no",), ("near",))),
    "village_code",
    frozenset({AreaKind.VILLAGE.value}),
    "unknown_village",
    8,
)
VOLUNTEERS: Final = Kind(
    "volunteers",
    Volunteer,
    ("code",),
    ((("volunteer_code",),), (("name",),), (("area_code",), ("village_code",), ("tambon_code",))),
    "area_code",
    frozenset({AreaKind.TAMBON.value, AreaKind.VILLAGE.value}),
    "unknown_area",
    6,
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (VILLAGES, HOUSEHOLDS, VOLUNTEERS)}
SIGNATURES: Final = "signatures"
RECORD: Final = (
    "head_name",
    "volunteer_code",
    "other_volunteers",
    "has_photo",
    "has_signature",
    "on_web",
    "surveyed_on",
    "members",
)
"""What the survey's base says of a household for one year."""
EMPTY: Final[Mapping[str, Any]] = {"head_name": "", "volunteer_code": "", "other_volunteers": ""}
"""What stands in those columns where nothing was said; in the others nothing does."""
