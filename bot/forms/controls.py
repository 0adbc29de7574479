"""From the form's body and binds to questions, groups and steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.forms.choices import build_choices
from bot.forms.compiled import Choices, Formula, Group, Kind, Label, Question, Step
from bot.forms.soft import soft_checks
from bot.forms.workshop import Workshop
from bot.forms.xform import JR, OURS, Control, itext_id
from bot.forms.xpath.nodes import Node

EXPRESSIONS = frozenset({"suggest"})
"""Our columns that hold XPath, besides soft checks. All others are texts."""

_INPUT_KINDS = {
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
}
_CONTROL_KINDS = {"select1": Kind.SELECT_ONE, "select": Kind.SELECT_MULTIPLE, "trigger": Kind.ACKNOWLEDGE}
_ALWAYS = "true()"


@dataclass(slots=True)
class Body:
    """What the body was turned into."""

    questions: dict[str, Question] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def build_body(workshop: Workshop) -> Body:
    """Questions, groups and steps in document order. Notes faults in the workshop."""
    body = Body()
    reader = _Reader(workshop, body)
    controls = {c.ref: c for top in workshop.raw.body for c in top.walk() if c.tag not in {"group", "repeat"}}
    for path, node in workshop.paths.items():
        if node.key is not None:
            body.questions[node.key] = reader.question(path, node, controls.get(path))
    for control in workshop.raw.body:
        reader.place(control, ())
    return body


class _Reader:
    def __init__(self, workshop: Workshop, body: Body) -> None:
        self.shop = workshop
        self.body = body

    def place(self, control: Control, groups: tuple[Group, ...]) -> None:
        """Put a control into steps: a field-list and a lone question are one each, other groups are walked into."""
        if control.tag == "repeat":
            self.shop.problem("unsupported_repeat", control.ref.rpartition("/")[2])
        elif control.tag == "group":
            self._place_group(control, groups)
        else:
            question = self._question_of(control)
            if question is not None:
                self.body.steps.append(_single(question, groups))

    def _place_group(self, control: Control, groups: tuple[Group, ...]) -> None:
        if any(child.tag == "repeat" for child in control.children):
            self.shop.problem("unsupported_repeat", control.ref.rpartition("/")[2])
            return
        group = self._group(control)
        if "field-list" in group.appearance:
            self.body.steps.append(self._field_list(control, group, groups))
            return
        for child in control.children:
            self.place(child, (*groups, group))

    def _group(self, control: Control) -> Group:
        path = control.ref
        node = self.shop.paths.get(path)
        group = Group(
            name=path.rpartition("/")[2],
            path=path,
            label=self.shop.label(control.label, node or self.shop.tree),
            attrs=_attrs(self.shop.raw.binds.get(path, {})),
            appearance=_words(control),
        )
        if group.name in self.body.groups or group.name in self.body.questions:
            self.shop.problem("duplicate_name", group.name)
        self.body.groups[group.name] = group
        return group

    def _field_list(self, control: Control, group: Group, groups: tuple[Group, ...]) -> Step:
        found = [self._question_of(inner) for inner in self._inside(control)]
        inside = f"{group.path}/"
        return Step(
            name=group.name,
            label=group.label,
            attrs=group.attrs,
            appearance=group.appearance,
            questions=tuple(question for question in found if question is not None),
            calculates=tuple(
                question
                for question in self.body.questions.values()
                if question.path.startswith(inside) and question.kind is Kind.CALCULATE
            ),
            groups=(*groups, group),
            is_group=True,
        )

    def _inside(self, control: Control) -> Iterator[Control]:
        for child in control.children:
            if child.tag == "repeat":
                self.shop.problem("unsupported_repeat", child.ref.rpartition("/")[2])
            elif child.tag == "group":
                self._group(child)
                yield from self._inside(child)
            else:
                yield child

    def _question_of(self, control: Control) -> Question | None:
        name = control.ref.rpartition("/")[2]
        return self.body.questions.get(name)

    def question(self, path: str, node: Node, control: Control | None) -> Question:
        bind = self.shop.raw.binds.get(path, {})
        attrs = _attrs(bind)
        target = attrs.get("target", "")
        if target and self.shop.path_of(target) is None:
            self.shop.problem("unknown_target", node.name, about=target, column="target")
        kind = self._kind(node.name, bind, control)
        return Question(
            name=node.name,
            path=path,
            kind=kind,
            label=self._label(control, node, "label"),
            hint=self._label(control, node, "hint"),
            attrs=attrs,
            appearance=frozenset() if control is None else _words(control),
            node=node,
            required=bind.get("required", "").strip() == _ALWAYS,
            readonly=bind.get("readonly", "").strip() == _ALWAYS,
            required_message=self._message(bind.get(f"{JR}requiredMsg"), node),
            constraint_message=self._message(bind.get(f"{JR}constraintMsg"), node),
            has_constraint="constraint" in bind,
            has_default=bool(node.value) or any(action.ref == path for action in self.shop.raw.actions),
            computed="calculate" in bind,
            choices=self._choices(control, node),
            formulas=self._formulas(attrs, node),
            checks=soft_checks(self.shop, attrs, node),
            known=self._known(path, node),
        )

    def _kind(self, name: str, bind: Mapping[str, str], control: Control | None) -> Kind:
        if control is None:
            return _silent_kind(bind, triggered=self._is_triggered(name))
        type_ = bind.get("type", "string").removeprefix("xsd:")
        if control.tag in _CONTROL_KINDS:
            return _CONTROL_KINDS[control.tag]
        kind = _INPUT_KINDS.get(type_) if control.tag == "input" else None
        if kind is None:
            self.shop.problem("unsupported_type", name, type=f"{control.tag} {type_}")
            return Kind.TEXT
        is_note = kind is Kind.TEXT and bind.get("readonly", "").strip() == _ALWAYS and "calculate" not in bind
        return Kind.NOTE if is_note and not self._is_set(bind.get("nodeset", "").strip()) else kind

    def _is_set(self, path: str) -> bool:
        return any(action.ref == path for action in self.shop.raw.actions) or bool(self.shop.paths[path].value)

    def _is_triggered(self, name: str) -> bool:
        return any(a.ref.rpartition("/")[2] == name and a.trigger for a in self.shop.raw.actions)

    def _label(self, control: Control | None, node: Node, which: str) -> Label:
        if control is None:
            return Label({}, self.shop.default_language)
        return self.shop.label(control.label if which == "label" else control.hint, node)

    def _message(self, text: str | None, node: Node) -> Label | None:
        if not text:
            return None
        text_id = itext_id(text)
        if text_id:
            return self.shop.translated(text_id, node)
        return Label({self.shop.default_language: (text,)}, self.shop.default_language)

    def _choices(self, control: Control | None, node: Node) -> Choices | None:
        if control is None or control.tag not in {"select1", "select"}:
            return None
        return build_choices(self.shop, control, node)

    def _formulas(self, attrs: Mapping[str, str], node: Node) -> dict[str, Formula]:
        made = {attr: self.shop.formula(attrs[attr], node, attr) for attr in EXPRESSIONS & attrs.keys()}
        return {attr: formula for attr, formula in made.items() if formula is not None}

    def _known(self, path: str, node: Node) -> tuple[str, ...]:
        sources = [a.value for a in self.shop.raw.actions if a.ref == path and not a.trigger and a.value]
        names: list[str] = []
        for source in sources:
            formula = self.shop.formula(source, node, "default")
            if formula is not None:
                names.extend(sorted(formula.expression.reads))
        return tuple(key.partition(":")[2] for key in names if key.startswith("known:"))


def _single(question: Question, groups: tuple[Group, ...]) -> Step:
    return Step(
        name=question.name,
        label=question.label,
        attrs=question.attrs,
        appearance=question.appearance,
        questions=(question,),
        groups=groups,
    )


def _silent_kind(bind: Mapping[str, str], *, triggered: bool) -> Kind:
    """The kind of a node that has no control."""
    if f"{JR}preload" in bind:
        return Kind.META
    return Kind.CALCULATE if "calculate" in bind or triggered else Kind.HIDDEN


def _attrs(bind: Mapping[str, str]) -> dict[str, str]:
    """Our own columns (bind::tidtam:NAME), without their prefix."""
    return {key.removeprefix(OURS): value.strip() for key, value in bind.items() if key.startswith(OURS)}


def _words(control: Control) -> frozenset[str]:
    return frozenset(control.attrs.get("appearance", "").split())
