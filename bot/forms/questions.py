"""From a node of the form, its bind and its control to a question."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.forms.choices import build_choices, check_list
from bot.forms.kinds import Kind
from bot.forms.parts import Choices, Question, Range
from bot.forms.search import without_search
from bot.forms.soft import soft_checks
from bot.forms.texts import Formula, Label
from bot.forms.workshop import Workshop
from bot.forms.xform import GUIDANCE, JR, OURS, Action, Control, itext_id
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import KNOWN, LAST

EXPRESSIONS = frozenset({"suggest", "carry"})
"""Our columns that hold XPath, besides soft checks. All others are texts."""

_INPUT_KINDS = {
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
    "barcode": Kind.BARCODE,
}
_CONTROL_KINDS = {
    "select1": Kind.SELECT_ONE,
    "select": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
    "trigger": Kind.ACKNOWLEDGE,
}
_MEDIA_KINDS = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}
ALWAYS = "true()"
_STRUCTURE = frozenset({"ref", "nodeset", "appearance", "query"})


class Questions:
    """Builds questions. Notes faults in the workshop."""

    def __init__(self, workshop: Workshop) -> None:
        self.shop = workshop
        self.actions: dict[str, list[Action]] = {}
        for action in workshop.raw.actions:
            self.actions.setdefault(action.ref, []).append(action)

    def build(self, path: str, node: Node, control: Control | None) -> Question:
        bind = self.shop.raw.binds.get(path, {})
        attrs = ours(bind)
        target = attrs.get("target", "")
        if target and self.shop.path_of(target) is None:
            self.shop.problem("unknown_target", node.name, about=target, column="target")
        reads = self._default_reads(path, node)
        return Question(
            name=node.address,
            path=path,
            kind=self._kind(path, node, bind, control),
            label=self._label(control, node, "label"),
            hint=self._label(control, node, "hint"),
            guidance=self._guidance(control, node),
            attrs=attrs,
            appearance=frozenset() if control is None else words(control),
            node=node,
            template=node.address,
            required=bind.get("required", "").strip() == ALWAYS,
            readonly=bind.get("readonly", "").strip() == ALWAYS,
            required_message=self._message(bind.get(f"{JR}requiredMsg"), node),
            constraint_message=self._message(bind.get(f"{JR}constraintMsg"), node),
            has_constraint="constraint" in bind,
            has_default=bool(node.value) or path in self.actions,
            computed="calculate" in bind,
            choices=self._choices(control, node),
            range=None if control is None else _range(control),
            parameters=_parameters(control),
            formulas=self._formulas(attrs, node),
            checks=soft_checks(self.shop, attrs, node),
            known=tuple(dict.fromkeys(key.removeprefix(KNOWN) for key in reads if key.startswith(KNOWN))),
            from_last=LAST in reads,
        )

    def _kind(self, path: str, node: Node, bind: Mapping[str, str], control: Control | None) -> Kind:
        if control is None:
            return self._silent_kind(path, bind)
        kind = _kind_of(control, bind.get("type", "string").removeprefix("xsd:"))
        if kind is None:
            self.shop.problem("unsupported_type", node.name, type=f"{control.tag} {bind.get('type', 'string')}")
            return Kind.TEXT
        is_note = kind is Kind.TEXT and bind.get("readonly", "").strip() == ALWAYS and "calculate" not in bind
        return Kind.NOTE if is_note and path not in self.actions and not node.value else kind

    def _silent_kind(self, path: str, bind: Mapping[str, str]) -> Kind:
        """The kind of a node that has no control."""
        if f"{JR}preload" in bind:
            return Kind.META
        triggered = any(action.trigger for action in self.actions.get(path, ()))
        return Kind.CALCULATE if "calculate" in bind or triggered else Kind.HIDDEN

    def _label(self, control: Control | None, node: Node, which: str) -> Label:
        if control is None:
            return Label({}, self.shop.default_language)
        return self.shop.label(control.label if which == "label" else control.hint, node)

    def _guidance(self, control: Control | None, node: Node) -> Label:
        text_id = "" if control is None else control.hint.text_id
        return self.shop.translated(f"{text_id}{GUIDANCE}", node) if text_id else Label({}, self.shop.default_language)

    def _message(self, text: str | None, node: Node) -> Label | None:
        if not text:
            return None
        text_id = itext_id(text)
        if text_id:
            return self.shop.translated(text_id, node)
        return Label({self.shop.default_language: (text,)}, self.shop.default_language)

    def _choices(self, control: Control | None, node: Node) -> Choices | None:
        if control is None:
            return None
        if control.tag in {"select1", "select", "rank"} or "query" in control.attrs:
            return build_choices(self.shop, control, node)
        if control.itemset is not None:
            check_list(self.shop, control.itemset, node)
        return None

    def _formulas(self, attrs: Mapping[str, str], node: Node) -> dict[str, Formula]:
        made = {attr: self.shop.formula(attrs[attr], node, attr) for attr in EXPRESSIONS & attrs.keys()}
        return {attr: formula for attr, formula in made.items() if formula is not None}

    def _default_reads(self, path: str, node: Node) -> list[str]:
        """What its default is made of, in a steady order."""
        found: list[str] = []
        for action in self.actions.get(path, ()):
            formula = self.shop.formula(action.value, node, "default") if action.value and not action.trigger else None
            found += [] if formula is None else sorted(formula.expression.reads)
        return found


def _kind_of(control: Control, type_: str) -> Kind | None:
    if control.tag == "upload":
        return _MEDIA_KINDS.get(control.attrs.get("mediatype", "").partition("/")[0], Kind.FILE)
    if control.tag == "range":
        return Kind.INTEGER if type_ == "int" else Kind.DECIMAL
    if control.tag == "input" and "query" not in control.attrs:
        return _INPUT_KINDS.get(type_)
    return _CONTROL_KINDS.get("select1" if control.tag == "input" else control.tag)


def _range(control: Control) -> Range | None:
    if control.tag != "range":
        return None
    start, end, step = (_decimal(control.attrs.get(name, "")) for name in ("start", "end", "step"))
    return None if start is None or end is None else Range(start, end, step or Decimal(0))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _parameters(control: Control | None) -> dict[str, str]:
    """What else the control says, such as mediatype or rows, by local names."""
    attrs = {} if control is None else control.attrs
    return {name.rpartition("}")[2]: value for name, value in attrs.items() if name not in _STRUCTURE}


def ours(bind: Mapping[str, str]) -> dict[str, str]:
    """Our own columns (bind::tidtam:NAME), without their prefix."""
    return {key.removeprefix(OURS): value.strip() for key, value in bind.items() if key.startswith(OURS)}


def words(control: Control) -> frozenset[str]:
    """The words of its appearance."""
    return frozenset(without_search(control.attrs.get("appearance", "")).split())
