"""Takes over what an earlier report held: what people gave then, never what is known anew each time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.forms.addresses import NEXT
from bot.forms.answers import ProblemKind
from bot.forms.compiled import MEDIA, YES, Question
from bot.forms.draft import Values
from bot.forms.engine import DEFAULT, KNOWN_ORIGIN, LAST_ORIGIN, TRIGGER
from bot.forms.values import answer, forget

TYPED = "typed"
_GIVEN = frozenset({TYPED, LAST_ORIGIN})
_OWN = frozenset({KNOWN_ORIGIN, DEFAULT})
"""Origins of values that a draft has by itself."""
_ROUND = "round"


def carry(values: Values, before: Values, number: int) -> Values:
    """The draft with everything carried that people gave in `before`, the report of round `number`.

    What somebody has given in this draft stays. Left out is what the form's column `carry` forbids, what no longer fits
    (a choice that is gone, a constraint that is broken), and files. Carried answers have the origin "last" and the meta
    {"round": number}.
    """
    grown = _grown(values, before)
    wanted = {name: before.get(name) for name in _wanted(grown, before)}
    carried = _taken(grown, before, wanted, number)
    while unfit := _unfit(carried, wanted):
        wanted = {name: value for name, value in wanted.items() if name not in unfit}
        carried = _taken(grown, before, wanted, number)
    return carried


def take(values: Values, changes: Mapping[str, str], number: int, meta: Mapping[str, Any] | None = None) -> Values:
    """Boxes answered with what they held in the report of round `number`; `meta` as in `answer`."""
    return answer(values, changes, LAST_ORIGIN, {**(meta or {}), _ROUND: number})


def left_out(values: Values, before: Values) -> frozenset[str]:
    """Optional boxes that are not asked when all is as before: what was left empty then, and what only now applies.

    What comes to apply by a later change is asked as ever.
    """
    asked = (item for item in values.questions.values() if item.asked and item.name in before.questions)
    return frozenset(
        item.name
        for item in asked
        if before.get(item.name) == ""
        and (_is_optional(before, item.name) or _is_optional(values, item.name))
        and may_be_carried(values, item)
    )


def _is_optional(values: Values, name: str) -> bool:
    """Whether a box applies and may stay empty."""
    return values.relevant(name) and not values.required(name)


def drop(values: Values) -> Values:
    """The draft without what was carried over."""
    names = carried(values)
    return forget(values, lambda stored: stored.origin == LAST_ORIGIN) if names else values


def carried(values: Values) -> tuple[str, ...]:
    """The boxes that hold what an earlier report held and that apply, in the form's order."""
    return tuple(name for name in values.questions if is_carried(values, name) and values.get(name) != "")


def is_carried(values: Values, name: str) -> bool:
    """Whether a box holds what was carried over, relevant or not."""
    stored = values.answer_of(name)
    return stored is not None and stored.origin == LAST_ORIGIN


def _wanted(values: Values, before: Values) -> list[str]:
    return [name for name, question in values.questions.items() if _is_wanted(values, before, question)]


def _is_wanted(values: Values, before: Values, question: Question) -> bool:
    name = question.name
    if name not in before.questions or not question.asked or question.kind in MEDIA or before.get(name) == "":
        return False
    given, stored = before.answer_of(name), values.answer_of(name)
    if given is None or given.origin not in _GIVEN or (stored is not None and stored.origin not in _OWN):
        return False
    return may_be_carried(values, question)


def may_be_carried(values: Values, question: Question) -> bool:
    """What the form's column `carry` says; without it, everything is carried."""
    formula = question.formulas.get("carry")
    return formula is None or values.holds(formula)


def _taken(values: Values, before: Values, wanted: Mapping[str, str], number: int) -> Values:
    """Triggers run as if somebody had typed it all; what they then set otherwise than it was is set once more."""
    done = take(values, wanted, number)
    done = take(done, {name: value for name, value in wanted.items() if done.get(name) != value}, number)
    return take(done, _followed(done, before), number)


def _followed(values: Values, before: Values) -> dict[str, str]:
    """What triggers have set to the value that it had: it was carried just as well."""
    held = {name: value for name, value in values.answers.items() if value.origin == TRIGGER and value.value}
    return {name: item.value for name, item in held.items() if before.held(name) == item.value}


def _unfit(values: Values, names: Collection[str]) -> set[str]:
    problems = values.problems(tuple(names))
    return {problem.name for problem in problems if problem.kind is not ProblemKind.REQUIRED}


def _grown(values: Values, before: Values) -> Values:
    """As many instances of each repeat as there were, outer ones first."""
    for address, count in before.counts.items():
        more = address + NEXT
        while values.counts.get(address, count) < count and more in values.questions:
            grown = answer(values, {more: YES}, LAST_ORIGIN)
            if grown.counts.get(address, 0) <= values.counts.get(address, 0):
                break
            values = grown
    return values
