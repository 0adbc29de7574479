"""What a block of boxes is, what is asked of it, and what was read for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bot.reading.options import Option
    from bot.reading.outcome import Action

Kind = Literal["integer", "date", "choice", "text"]


@dataclass(frozen=True, slots=True)
class BlockField:
    """One box of the form.

    `box` is its printed number, `labels` the words people call it by (the short title first), `unit` a unit name of
    data/units.yaml ("household", "village" ...), `target` what ครบ means, `case` and `symbol` the marks of an
    exceptional case ("๓.๑", "*"), `options` the choices of a choice field, or named days (ISO dates) of a date field.
    """

    name: str
    box: int | None = None
    labels: tuple[str, ...] = ()
    unit: str | None = None
    target: int | None = None
    kind: Kind = "integer"
    case: str | None = None
    symbol: str | None = None
    options: tuple[Option, ...] = ()
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of several boxes: see Reader.block."""

    fields: Sequence[BlockField]
    now: dt.datetime
    others: Sequence[BlockField] = ()
    current: Mapping[str, int] = field(default_factory=dict)
    rounds: Mapping[int, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockReading:
    """The reading of one message for a block.

    `values` maps field names to what would be stored (all of them still to be confirmed when `action` is CONFIRM; empty
    when it is ASK). `remaining` are the asked fields that stay open. `notes` may hold: same_as_last (True: the whole
    block) or same (names carried over), rest_zero (names that a yes sets to 0), failed (name -> Reading), edits (names
    outside the asked block), box (an edit without value), numbers (what was understood), old, candidates, all.
    """

    action: Action
    values: dict[str, int | str | dt.date | tuple[str, ...]] = field(default_factory=dict)
    remaining: tuple[str, ...] = ()
    why: str = ""
    notes: dict[str, object] = field(default_factory=dict)
