"""What a form is made of: boxes, choices, groups, steps, repeats. Nothing here changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.forms.kinds import UNASKED, Kind
from bot.forms.texts import NO_WORDS, Formula, Label
from bot.forms.xpath.nodes import Node


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
    always: tuple[Choice, ...] = ()
    """What is offered whatever the filter says."""
    from_answers: tuple[str, str] | None = None
    """For choices that are instances of a repeat: names of the boxes that give their value and their label."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be: from `start` to `end` in steps of `step`."""

    start: Decimal
    end: Decimal
    step: Decimal

    def holds(self, number: Decimal) -> bool:
        low, high = min(self.start, self.end), max(self.start, self.end)
        return low <= number <= high and (self.step == 0 or (number - self.start) % self.step == 0)


@dataclass(frozen=True, slots=True, eq=False)
class SoftCheck:
    """Something that should hold of a box (see soft.py). `name` is its column."""

    name: str
    formula: Formula
    message: Label | None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A group, or one instance of a repeat."""

    name: str
    """Its address, such as child[2]/home."""
    path: str
    label: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]
    is_repeat: bool = False
    template: str = ""
    """Its address in the form, without positions."""
    place: tuple[int, ...] = ()
    """The positions, from 1, of the instances that it is or stands in, outermost first."""
    depth: int = 0
    """How many repeats it is or stands in."""

    @property
    def position(self) -> int:
        """Of an instance of a repeat: its own position, from 1."""
        return self.place[-1] if self.is_repeat and self.place else 0

    def short(self, language: str) -> str:
        return _worded(self.attrs, "short", language)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A box of the form, asked or computed; inside repeats, of one instance."""

    name: str
    """Its address, under which its answer is kept: age, mother/age, child[2]/age."""
    path: str
    kind: Kind
    label: Label
    hint: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]
    node: Node
    template: str = ""
    """Its address in the form, without positions: the key of `form.questions`."""
    place: tuple[int, ...] = ()
    """The positions, from 1, of the instances that it stands in, outermost first."""
    required: bool = False
    """Always required. `Values.required` also knows conditions."""
    readonly: bool = False
    """Never to be answered, such as a value that is only shown."""
    required_message: Label | None = None
    constraint_message: Label | None = None
    has_constraint: bool = False
    has_default: bool = False
    guidance: Label = NO_WORDS
    """What is said only to those who ask for help."""
    computed: bool = False
    """Has a calculation, which always decides its value."""
    choices: Choices | None = None
    range: Range | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the form says to tools that show it: media type, accuracy, rows ..."""
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    """Our columns that hold expressions ("suggest"), ready to run with `Values.evaluate`."""
    checks: tuple[SoftCheck, ...] = ()
    known: tuple[str, ...] = ()
    """Names of the known values that its default reads; it follows them until somebody types over it."""
    from_last: bool = False
    """Its default reads the last report; it follows that likewise."""

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
    """What is asked in one turn: a field-list group, or a single question wrapped the same way; inside repeats, of one
    instance."""

    name: str
    """Its address: counts, or child[2]/counts."""
    label: Label
    attrs: Mapping[str, str]
    appearance: frozenset[str]
    questions: tuple[Question, ...]
    """Asked boxes, notes and read-only boxes in document order."""
    calculates: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    """The groups and instances of repeats around it, outermost first."""
    is_group: bool = False
    template: str = ""
    """Its address in the form, without positions."""
    place: tuple[int, ...] = ()
    """The positions, from 1, of the instances that it stands in, outermost first."""

    @property
    def repeats(self) -> tuple[Group, ...]:
        """The instances around it, outermost first: `label` and `position` say which they are."""
        return tuple(group for group in self.groups if group.is_repeat)

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
class Repeat:
    """A repeat of the form, between the steps before and after it."""

    group: Group
    """Its label, columns and appearance; `template` names it."""
    node: Node
    groups: tuple[Group, ...]
    """The groups and repeats around it, outermost first."""
    items: tuple[Step | Repeat, ...]
    """What each instance asks."""
    initial: int = 1
    """Instances in the blank form."""
    counted: bool = False
    """The form says how many there are; people are not asked."""


@dataclass(frozen=True, slots=True, eq=False)
class SetValue:
    """A dynamic default or what a trigger sets. No formula means: empty it."""

    target: str
    """Address in the template."""
    formula: Formula | None
    follows_known: bool = False
    shared: int = 0
    """How many repeats the target has in common with its trigger: instances with the same positions there are set."""


def _worded(attrs: Mapping[str, str], attr: str, language: str) -> str:
    return attrs.get(f"{attr}_{language}") or attrs.get(attr, "")
