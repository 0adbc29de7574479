"""What a form sets by itself: dynamic defaults, what a new instance begins with, what a trigger sets."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.forms.parts import SetValue
from bot.forms.texts import Formula
from bot.forms.workshop import Workshop
from bot.forms.xform import Action
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import KNOWN, LAST

_ON_LOAD = frozenset({"odk-instance-first-load", "odk-instance-load"})
_ON_NEW = "odk-new-repeat"
_ON_CHANGE = "xforms-value-changed"


@dataclass(slots=True)
class Actions:
    on_load: tuple[SetValue, ...] = ()
    on_new: tuple[SetValue, ...] = ()
    on_change: dict[str, tuple[SetValue, ...]] = field(default_factory=dict)
    """Address of the box that changes -> what is set."""


def build_actions(workshop: Workshop) -> Actions:
    """The form's actions in document order. Notes faults in the workshop."""
    made = Actions()
    for action in workshop.raw.actions:
        node, trigger = workshop.paths.get(action.ref), workshop.paths.get(action.trigger)
        if node is None or node.key is None:
            workshop.problem("unknown_target", action.ref.rpartition("/")[2])
            continue
        column = "trigger" if _ON_CHANGE in action.events else "default"
        formula = workshop.formula(action.value, node, column) if action.value else None
        _sort(made, action, SetValue(node.key, formula, _follows_known(formula), _shared(node, trigger)), trigger)
    return made


def _sort(made: Actions, action: Action, value: SetValue, trigger: Node | None) -> None:
    if _ON_LOAD.intersection(action.events):
        made.on_load = (*made.on_load, value)
    if _ON_NEW in action.events:
        made.on_new = (*made.on_new, value)
    if _ON_CHANGE in action.events and trigger is not None and trigger.key is not None:
        made.on_change[trigger.key] = (*made.on_change.get(trigger.key, ()), value)


def _shared(node: Node, trigger: Node | None) -> int:
    """How many repeats the target has in common with what triggers it."""
    around = set() if trigger is None else set(trigger.line())
    return sum(1 for step in node.line() if step.repeat and step in around)


def _follows_known(formula: Formula | None) -> bool:
    """Whether it reads nothing but what is known beforehand: by the office, or from the last report."""
    reads = frozenset() if formula is None else formula.expression.reads
    return bool(reads) and all(key.startswith((KNOWN, LAST)) for key in reads)
