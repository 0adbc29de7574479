"""The boxes, groups and steps of one instance of a repeat, made from the form's own."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.addresses import NEXT
from bot.forms.kinds import Kind
from bot.forms.layout import Spot
from bot.forms.parts import Choices, Group, Question, Repeat, Step
from bot.forms.texts import Label


def question(template: Question, spot: Spot) -> Question:
    """The box of one instance."""
    at = spot.address
    return replace(
        template,
        name=at,
        place=spot.place,
        label=template.label.placed(at),
        hint=template.hint.placed(at),
        guidance=template.guidance.placed(at),
        required_message=_label(template.required_message, at),
        constraint_message=_label(template.constraint_message, at),
        choices=_choices(template.choices, at),
        formulas={name: formula.placed(at) for name, formula in template.formulas.items()},
        checks=tuple(
            replace(check, formula=check.formula.placed(at), message=_label(check.message, at))
            for check in template.checks
        ),
    )


def _label(label: Label | None, at: str) -> Label | None:
    return None if label is None else label.placed(at)


def _choices(choices: Choices | None, at: str) -> Choices | None:
    if choices is None or choices.filter is None:
        return choices
    return replace(choices, filter=choices.filter.placed(at))


def group(template: Group, spot: Spot) -> Group:
    """A group inside an instance, or the instance itself."""
    return replace(template, name=spot.address, label=template.label.placed(spot.address), place=spot.place)


def another(repeat: Repeat, spot: Spot) -> Question:
    """Whether there is one more: the question that stands behind the last instance."""
    address = spot.address + NEXT
    plain = Label({}, repeat.group.label.default_language)
    return Question(
        name=address,
        path=repeat.group.path,
        kind=Kind.ANOTHER,
        label=repeat.group.label.placed(address),
        hint=plain,
        attrs=repeat.group.attrs,
        appearance=repeat.group.appearance,
        node=repeat.node,
        template=repeat.group.template,
        place=spot.place,
    )


def another_step(asked: Question, repeat: Repeat, around: tuple[Group, ...]) -> Step:
    """The step that asks it."""
    return Step(
        name=asked.name,
        label=asked.label,
        attrs=asked.attrs,
        appearance=asked.appearance,
        questions=(asked,),
        groups=around,
        template=repeat.group.template,
        place=asked.place,
    )
