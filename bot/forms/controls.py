"""From the form's body to questions, groups, steps and repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.forms.kinds import Kind
from bot.forms.parts import Group, Question, Repeat, Step
from bot.forms.questions import Questions, ours, words
from bot.forms.texts import Label
from bot.forms.together import messages
from bot.forms.workshop import Workshop
from bot.forms.xform import JR, Control
from bot.forms.xpath.nodes import Node

Item = Step | Repeat
FIELD_LIST = "field-list"
_CONTAINERS = frozenset({"group", "repeat"})


@dataclass(slots=True)
class Body:
    """What the body was turned into."""

    questions: dict[str, Question] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    repeats: dict[str, Repeat] = field(default_factory=dict)
    items: tuple[Item, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, those inside repeats included."""
        return tuple(_flat(self.items))


def _flat(items: tuple[Item, ...]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Repeat):
            yield from _flat(item.items)
        else:
            yield item


def build_body(workshop: Workshop) -> Body:
    """Questions, groups, steps and repeats in document order. Notes faults in the workshop."""
    body = Body()
    makes = Questions(workshop)
    controls = {c.ref: c for top in workshop.raw.body for c in top.walk() if c.tag not in _CONTAINERS}
    for path, node in workshop.paths.items():
        if node.key is not None:
            body.questions[node.key] = makes.build(path, node, controls.get(path))
    reader = _Reader(workshop, body)
    body.items = tuple(item for control in workshop.raw.body for item in reader.place(control, ()))
    return body


class _Reader:
    def __init__(self, workshop: Workshop, body: Body) -> None:
        self.shop = workshop
        self.body = body
        self.calculates = _calculates_in(body)

    def place(self, control: Control, groups: tuple[Group, ...]) -> Iterator[Item]:
        """The steps of a control: a field-list and a lone question are one each, other groups are walked into."""
        if control.tag == "repeat":
            yield from self._repeat(control, control, groups)
        elif control.tag == "group":
            inner = control.children[0] if len(control.children) == 1 else None
            if inner is not None and inner.tag == "repeat" and control.ref in {"", inner.ref}:
                yield from self._repeat(inner, control, groups)
            else:
                group = self._group(control)
                yield from self._contents(control, group, (*groups, group))
        else:
            question = self._question_of(control)
            if question is not None:
                yield _single(question, groups)

    def _contents(self, control: Control, group: Group, groups: tuple[Group, ...]) -> Iterator[Item]:
        if FIELD_LIST not in group.appearance:
            for child in control.children:
                yield from self.place(child, groups)
            return
        inside = list(self._inside(control))
        later = [one for one in inside if one.tag in _CONTAINERS]
        if len(later) < len(inside) or not later:
            yield from self._field_list([one for one in inside if one.tag not in _CONTAINERS], group, groups)
        for child in later:  # what repeats cannot be asked in the same message: it comes right after
            yield from self.place(child, groups)

    def _inside(self, control: Control) -> Iterator[Control]:
        """The questions of a field-list, its inner groups opened, and its repeats."""
        for child in control.children:
            if child.tag == "group" and not any(inner.tag == "repeat" for inner in child.children):
                self._group(child)
                yield from self._inside(child)
            else:
                yield child

    def _repeat(self, control: Control, outer: Control, groups: tuple[Group, ...]) -> Iterator[Item]:
        """`outer`: the group around it that carries its label, or the repeat itself."""
        node = self.shop.paths.get(control.ref)
        if node is None or not node.repeat:
            return
        group = self._group(control, outer)
        made = Repeat(
            group=group,
            node=node,
            groups=groups,
            items=tuple(self._contents(control, group, (*groups, group))),
            initial=0 if self._is_counted(control) else self.shop.data.instances.get(node, 0),
            counted=self._is_counted(control) or control.attrs.get(f"{JR}noAddRemove", "") == "true()",
        )
        self.body.repeats[node.address] = made
        yield made

    def _is_counted(self, control: Control) -> bool:
        return bool(control.attrs.get(f"{JR}count", "").strip())

    def _group(self, control: Control, outer: Control | None = None) -> Group:
        path = control.ref
        node = self.shop.paths.get(path)
        labelled = control if outer is None else outer
        group = Group(
            name="" if node is None else node.address,
            path=path,
            label=self.shop.label(labelled.label, node or self.shop.top),
            attrs=ours(self.shop.raw.binds.get(path, {})),
            appearance=words(control) | words(labelled),
            is_repeat=node is not None and node.repeat,
            template="" if node is None else node.address,
            depth=0 if node is None else node.depth,
        )
        if node is not None:
            self.body.groups[node.address] = group
        return group

    def _field_list(self, controls: list[Control], group: Group, groups: tuple[Group, ...]) -> Iterator[Step]:
        """One step, or several where one message cannot answer all of it; the last has the group's calculations."""
        found = tuple(question for control in controls if (question := self._question_of(control)) is not None)
        node = self.shop.paths.get(group.path)
        calculates = () if node is None else tuple(self.calculates.get(node, ()))
        pieces = list(messages(found))
        for piece in pieces if len(pieces) > 1 else ():
            step = _single(piece[0], groups) if len(piece) == 1 else _run(piece, group, groups)
            yield replace(step, calculates=calculates if piece is pieces[-1] else ())
        if len(pieces) < 2:  # noqa: PLR2004 - all of it at once
            yield Step(
                name=group.name,
                label=group.label,
                attrs=group.attrs,
                appearance=group.appearance,
                questions=found,
                calculates=calculates,
                groups=groups,
                is_group=True,
                template=group.template,
            )

    def _question_of(self, control: Control) -> Question | None:
        node = self.shop.paths.get(control.ref)
        return None if node is None or node.key is None else self.body.questions[node.key]


def _calculates_in(body: Body) -> dict[Node, list[Question]]:
    """For each group, the calculations in it that are in the same instance of whatever repeats."""
    found: dict[Node, list[Question]] = {}
    for question in body.questions.values():
        if question.kind is Kind.CALCULATE:
            for node in question.node.line():
                found.setdefault(node, []).append(question)
                if node.repeat:
                    break
    return found


def _run(questions: tuple[Question, ...], group: Group, groups: tuple[Group, ...]) -> Step:
    """Some boxes of a field-list, asked at once. It is called after the first: the group has other steps too."""
    first = questions[0]
    return Step(
        name=first.name,
        label=Label({}, group.label.default_language),
        attrs={},
        appearance=group.appearance,
        questions=questions,
        groups=groups,
        is_group=True,
        template=first.template,
    )


def _single(question: Question, groups: tuple[Group, ...]) -> Step:
    return Step(
        name=question.name,
        label=question.label,
        attrs=question.attrs,
        appearance=question.appearance,
        questions=(question,),
        groups=groups,
        template=question.template,
    )
