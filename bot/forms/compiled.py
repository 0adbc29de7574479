"""A form made ready for conversation: questions, steps, expressions and what depends on what. Nothing here changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element

from bot.forms.graph import Graph
from bot.forms.xpath.lower import Expression
from bot.forms.xpath.nodes import Node


class Kind(StrEnum):
    """What a box holds, which decides how it is asked."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    META = "meta"
    """Filled by the engine (start, end, today, instanceID ...)."""


UNASKED = frozenset({Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN, Kind.META})
"""Kinds that nobody answers."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An expression together with the node it is about (its `.`)."""

    expression: Expression
    node: Node

    @property
    def source(self) -> str:
        return self.expression.source


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """A value inside a label, written ${name} in the XLSForm. `question` is set when it merely names a box."""

    formula: Formula
    question: str | None


Part = str | Output


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A text of the form in its languages. `Values.text` writes it out."""

    by_language: Mapping[str, tuple[Part, ...]]
    """Keys are BCP 47 codes ("th"), or the language's own name where the form gives no code."""
    default_language: str

    def parts(self, language: str) -> tuple[Part, ...]:
        """The text in `language`, else in the form's default language, else in any."""
        found = self.by_language.get(language) or self.by_language.get(self.default_language)
        return found or next((parts for parts in self.by_language.values() if parts), ())

    def __bool__(self) -> bool:
        return any(self.by_language.values())


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    value: str
    label: Label
    extra: Mapping[str, str] = field(default_factory=dict)
    """The other columns of the choices sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """The list of a select: all of it, and the filter where there is one."""

    every: tuple[Choice, ...]
    nodes: Mapping[int, Choice] = field(default_factory=dict)
    """id(item node) -> choice, for what a filter selects."""
    filter: Formula | None = None
    values: frozenset[str] = frozenset()
    """What the whole list offers."""


@dataclass(frozen=True, slots=True, eq=False)
class SoftCheck:
    """Something that should hold of a box (see soft.py). `name` is its column."""

    name: str
    formula: Formula
    message: Label | None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    name: str
    path: str
    label: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]

    def short(self, language: str) -> str:
        return _worded(self.attrs, "short", language)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A box of the form, asked or computed."""

    name: str
    path: str
    kind: Kind
    label: Label
    hint: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]
    node: Node
    required: bool = False
    """Always required. `Values.required` also knows conditions."""
    readonly: bool = False
    """Never to be answered, such as a value that is only shown."""
    required_message: Label | None = None
    constraint_message: Label | None = None
    has_constraint: bool = False
    has_default: bool = False
    computed: bool = False
    """Has a calculation, which always decides its value."""
    choices: Choices | None = None
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    """Our columns that hold expressions ("suggest"), ready to run with `Values.evaluate`."""
    checks: tuple[SoftCheck, ...] = ()
    known: tuple[str, ...] = ()
    """Names of the known values that its default reads; it follows them until somebody types over it."""

    @property
    def box(self) -> int | None:
        """The number of the box in the printed form."""
        text = self.attrs.get("box", "")
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def running(self) -> bool:
        """Whether it is a count that may not fall from one round to the next."""
        return self.attrs.get("running") == "yes"

    @property
    def asked(self) -> bool:
        """Whether a person can be asked for it at all."""
        return self.kind not in UNASKED and not self.readonly and not self.computed

    def short(self, language: str) -> str:
        """The short title for when several boxes are asked together; '' where the form gives none."""
        return _worded(self.attrs, "short", language)

    def worded(self, attr: str, language: str) -> str:
        """Any of our text columns in `language`: attr_en beats attr where language is "en"."""
        return _worded(self.attrs, attr, language)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What is asked in one turn: a field-list group, or a single question wrapped the same way."""

    name: str
    label: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]
    questions: tuple[Question, ...]
    """Asked boxes, notes and read-only boxes in document order."""
    calculates: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    """The groups around it, outermost first."""
    is_group: bool = False

    @property
    def row(self) -> Group | None:
        """The group that stands for a row of the printed form (it has our column `row`)."""
        return next((group for group in self.groups if "row" in group.attrs), None)

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.asked)

    def worded(self, attr: str, language: str) -> str:
        """Any of our text columns of the group in `language`."""
        return _worded(self.attrs, attr, language)

    def short(self, language: str) -> str:
        return _worded(self.attrs, "short", language)


@dataclass(frozen=True, slots=True, eq=False)
class SetValue:
    """A dynamic default (no triggers) or what a trigger sets. No formula means: empty it."""

    target: str
    formula: Formula | None
    triggers: tuple[str, ...] = ()
    follows_known: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CompiledForm:
    """A form version. Cache it by `content_hash`; it is shared by all drafts and threads."""

    form_id: str
    version: str
    content_hash: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    steps: tuple[Step, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    itext: Mapping[str, Label]
    instances: Mapping[str, Node]
    tree: Node
    template: Element
    """The primary instance, from which submissions are written."""
    static: Mapping[str, str]
    """Values that boxes have from the start, by name."""
    on_load: tuple[SetValue, ...]
    on_change: Mapping[str, tuple[SetValue, ...]]
    """What runs when the box of that name changes."""
    preloads: Mapping[str, str]
    """name -> "start", "end", "today" ... that the engine fills."""
    graph: Graph
    xform: bytes
    asked_steps: tuple[tuple[Step, frozenset[str], tuple[Question, ...]], ...]
    """Steps in which something is asked, with the names and the boxes of it."""

    def step_of(self, name: str) -> Step | None:
        """The step in which the question `name` is asked or shown."""
        for step in self.steps:
            if any(question.name == name for question in (*step.questions, *step.calculates)):
                return step
        return None


def _worded(attrs: Mapping[str, str], attr: str, language: str) -> str:
    return attrs.get(f"{attr}_{language}") or attrs.get(attr, "")
