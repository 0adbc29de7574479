"""The live side of expressions: what the boxes of one draft hold at this moment."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.forms import lexical
from bot.forms.compiled import Choice, Choices, CompiledForm, Formula, Kind, Label, Layout, Output, Question
from bot.forms.xpath.data import Moment, NoDate, Value, from_days, node_text, number_text, to_text
from bot.forms.xpath.frame import STEP_CAP, Env, EvaluationError, EvaluationLimitError, Frame
from bot.forms.xpath.nodes import Node, filled_tree, mapping_tree
from bot.forms.xpath.scope import KNOWN_INSTANCE, LAST_SAVED

THAI_TIME = dt.timezone(dt.timedelta(hours=7), "Asia/Bangkok")
"""Civil time of the forms; Thailand has had no other since 1920."""

TURN_CAP = 10 * STEP_CAP
"""Nodes and calls that all expressions of one turn may touch together."""

Format = Callable[[Question | None, str], str]
"""fmt(question, raw) -> text: how a value is written inside a label. The question is None for computed outputs."""

Stored = list[Any]
"""One answer as it is kept in JSON: [value, origin] or [value, origin, meta]. Never changed in place."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the host knows about the reporting area: values by name, and where each comes from ("register" ...)."""

    values: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    """What the last report held, by the names of its boxes, for forms that ask with ${last-saved#name}."""

    def differing(self, other: Known) -> list[str]:
        """Names whose value is not the same in `other`; unknown and '' are the same."""
        names = {*self.values, *other.values}
        return [name for name in names if self.values.get(name, "") != other.values.get(name, "")]


class FormEnv(Env):
    """Reads straight from the draft's answers and computed state; nothing is copied."""

    def __init__(
        self,
        form: CompiledForm,
        layout: Layout,
        answers: Mapping[str, Stored],
        state: Mapping[str, str | bool],
        known: Known,
        now: dt.datetime,
    ) -> None:
        super().__init__(now=now, zone=THAI_TIME)
        self.form = form
        self.layout = layout
        self.answers = answers
        self.state = state
        self.known_values = known.values
        self.last = known.last
        self.language = form.default_language
        self.version = form.version
        self.instances = form.instances
        self.budget = TURN_CAP
        self.overworked: list[str] = []
        """Boxes whose expressions did more work than they may."""

    def read(self, key: str) -> str:
        graph, state = self.layout.graph, self.state
        for cell in graph.relevance.get(key, ()):
            if cell in state:
                return ""
        calculate = graph.calculates.get(key)
        if calculate is not None:
            return str(state.get(calculate, ""))
        stored = self.answers.get(key)
        if stored is None:
            return ""
        watch = graph.offers.get(key)
        return str(stored[0]) if watch is None else str(state.get(watch, stored[0]))

    def placed(self, address: str) -> list[Node]:
        found = self.layout.nodes.get(address)
        return [] if found is None else [found]

    def applying(self, nodes: list[Node]) -> list[Node]:
        relevance, state = self.layout.graph.relevance, self.state
        self.charge(len(nodes))
        return [node for node in nodes if not any(cell in state for cell in relevance.get(node.address, ()))]

    def known(self, name: str) -> str:
        return self.known_values.get(name, "")

    def instance(self, name: str) -> Node | None:
        if name == KNOWN_INSTANCE:
            return mapping_tree(self.known_values)
        return filled_tree(self.form.tree, self.last) if name == LAST_SAVED else self.instances.get(name)

    def row(self, instance: str, column: str, value: str) -> Node | None:
        return self.form.rows.find(self.instances.get(instance), column, value)

    def itext(self, text_id: str) -> str:
        label = self.form.itext.get(text_id)
        return "" if label is None else self.write(label, self.language, plain)

    def choice_name(self, question: str, value: str) -> str:
        name = self.form.paths.get(question) or question.rpartition("/")[2]
        found = self.form.questions.get(name)
        if found is None or found.choices is None:
            return ""
        label = next((choice.label for choice in found.choices.every if choice.value == value), None)
        return "" if label is None else self.write(label, self.language, plain)

    def run(self, formula: Formula) -> Value:
        """Evaluate. What cannot be evaluated (a hostile or impossible expression) counts as empty."""
        self.drawn = 0
        self.steps = granted = max(0, min(STEP_CAP, self.budget))
        node = self._context(formula)
        if node is None:
            return ""
        try:
            return formula.expression.code(Frame(self, node, node))
        except (EvaluationLimitError, RecursionError):
            self.overworked.append(formula.node.name)
            return ""
        except EvaluationError:
            return ""
        finally:
            self.budget -= granted - self.steps

    def _context(self, formula: Formula) -> Node | None:
        """The running form's node that an expression is about; None when its instance is gone."""
        nodes = self.layout.nodes
        return nodes.get(formula.at or formula.node.address) if nodes else formula.node

    def offered(self, listed: Choices) -> tuple[Choice, ...] | None:
        """What a list offers now; None when its filter cannot tell."""
        if listed.filter is None:
            return listed.every
        found = self.run(listed.filter)
        if not isinstance(found, list):
            return None
        if listed.from_answers is None:
            return (*listed.always, *(listed.nodes[id(node)] for node in found if id(node) in listed.nodes))
        value, label = listed.from_answers
        made = (self._answered(node, value, label) for node in found)
        return tuple(choice for choice in made if choice.value)

    def _answered(self, node: Node, value: str, label: str) -> Choice:
        """A choice that is an instance of a repeat."""
        texts = [node_text(found, self) if (found := node.find(name)) else "" for name in (value, label)]
        return Choice(texts[0], Label({"": (texts[1],)}, ""))

    def text(self, formula: Formula) -> str:
        return to_text(self.run(formula), self)

    def write(self, label: Label, language: str, fmt: Format) -> str:
        """A label with its outputs filled in."""
        return "".join(
            part if isinstance(part, str) else self._output(part, language, fmt) for part in label.parts(language)
        )

    def _output(self, output: Output, language: str, fmt: Format) -> str:
        before, self.language = self.language, language
        try:
            raw = self.text(output.formula)
        finally:
            self.language = before
        return fmt(self.form.questions.get(output.question or ""), raw)


def plain(_question: Question | None, raw: str) -> str:
    """The format that changes nothing."""
    return raw


def as_stored(value: Value, question: Question, env: Env) -> str:
    """A computed value as the box keeps it: NaN is empty, moments and numbers fit the box's kind; what is no value of
    that kind is none."""
    text = _written(value, question.kind, env)
    return text if lexical.is_value(question.kind, text) else ""


def _written(value: Value, kind: Kind, env: Env) -> str:
    if isinstance(value, float) and not isinstance(value, bool):
        if math.isnan(value):
            return ""
        day = from_days(value, env.zone) if kind in {Kind.DATE, Kind.DATETIME} else None
        if day is not None:
            return _moment_text(day, kind)
        return number_text(float(math.trunc(value)) if kind is Kind.INTEGER and math.isfinite(value) else value)
    if isinstance(value, Moment):
        return _moment_text(value, kind)
    return "" if isinstance(value, NoDate) else to_text(value, env)


def _moment_text(value: Moment, kind: Kind) -> str:
    if kind is Kind.DATE:
        return value.at.date().isoformat()
    if kind is Kind.DATETIME:
        return value.at.isoformat(timespec="milliseconds")
    return value.at.timetz().isoformat(timespec="milliseconds") if kind is Kind.TIME else str(value)
