"""A form made ready for conversation: questions, steps, expressions and what depends on what. Nothing here changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.forms.kinds import CHOICES, LISTED, MEDIA, NO, NUMBERS, UNASKED, YES, Kind
from bot.forms.layout import Layout, Layouts, Shape
from bot.forms.parts import Choice, Choices, Group, Question, Range, Repeat, SetValue, SoftCheck, Step
from bot.forms.texts import Formula, Label, Output, Part
from bot.forms.xpath.nodes import Node, Rows

__all__ = [
    "CHOICES",
    "LISTED",
    "MEDIA",
    "NO",
    "NUMBERS",
    "UNASKED",
    "YES",
    "Choice",
    "Choices",
    "CompiledForm",
    "Formula",
    "Group",
    "Kind",
    "Label",
    "Layout",
    "Output",
    "Part",
    "Question",
    "Range",
    "Repeat",
    "SetValue",
    "Shape",
    "SoftCheck",
    "Step",
]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledForm:
    """A form version. Cache it by `content_hash`; it is shared by all drafts and threads.

    `steps`, `questions` and `groups` are the form's own. Inside repeats they are templates, which nobody answers:
    those of a draft are `Values.steps`, `Values.questions` and `Values.groups`.
    """

    form_id: str
    version: str
    content_hash: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    steps: tuple[Step, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    repeats: Mapping[str, Repeat]
    """By address in the template."""
    itext: Mapping[str, Label]
    instances: Mapping[str, Node]
    tree: Node
    paths: Mapping[str, str]
    """Path of a box -> its address in the template."""
    static: Mapping[str, str]
    """Values that boxes have from the start, by address in the template."""
    on_load: tuple[SetValue, ...]
    on_new: tuple[SetValue, ...]
    """What runs in a new instance of a repeat."""
    on_change: Mapping[str, tuple[SetValue, ...]]
    """What runs when the box of that name changes."""
    preloads: Mapping[str, str]
    """name -> "start", "end", "today" ... that the engine fills."""
    layouts: Layouts
    xform: bytes
    rows: Rows = field(default_factory=Rows)
    """Finds rows of the form's lists."""

    def layout(self, shape: Shape) -> Layout:
        """The form with as many instances as `shape` says."""
        return self.layouts.get(shape)

    @property
    def asked_steps(self) -> tuple[tuple[Step, frozenset[str], tuple[Question, ...]], ...]:
        """The steps in which something is asked, with the names and the boxes of it."""
        return tuple((step, frozenset(box.name for box in step.asked), step.asked) for step in self.steps if step.asked)

    def step_of(self, name: str) -> Step | None:
        """The step in which the question `name` is asked or shown."""
        for step in self.steps:
            if any(question.name == name for question in (*step.questions, *step.calculates)):
                return step
        return None
