"""As before: what stands in boxes already, or stood in them in the last round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import last_of
from bot.forms.carry import is_carried


@dataclass(frozen=True, slots=True)
class Same:
    """Boxes that are answered with "as before", and which of them with the last round's value."""

    values: Mapping[str, str]
    as_last: frozenset[str]


def before(context: Context, names: tuple[str, ...]) -> Same:
    """What stands in the boxes already, else what they held in the last round; nothing where both are empty."""
    last = last_of(context)
    stands = {name: value for name in names if (value := context.values.get(name))}
    earlier = {} if last is None else {name: last.values.held(name) for name in names if name not in stands}
    values = {name: value for name, value in {**stands, **earlier}.items() if value}
    carried = {name for name in values if name in earlier or is_carried(context.values, name)}
    return Same(values, frozenset(carried))
