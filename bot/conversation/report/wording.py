"""How a report under way is written for one person: its values, and what its boxes, groups and steps are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.facts import Facts
from bot.conversation.report.written import written
from bot.conversation.say import heard
from bot.forms.compiled import CHOICES, LISTED, YES, Choice, Group, Kind, Label, Question, Step
from bot.forms.values import Values
from bot.messages.bubbles import Day, Text, Value, text
from bot.messages.measure import shorten

TITLE_LETTERS = 40
LABEL_LETTERS = 80
"""Letters of a label that stands in a sentence, or on a line of a list. Above its own question it is told in full."""
EMPTY = "–"
"""How a box without a value is written inside a sentence."""
OTHER, OTHER_LABEL = "other", "Other"
SPECIFY = "Specify other."
"""The choice that or_other adds to a list, and the label of its text: the converter's, whatever the form's language."""


@dataclass(frozen=True, slots=True)
class Wording:
    facts: Facts
    values: Values
    spoken: str
    """The form's own language that comes nearest to this person's."""

    @property
    def language(self) -> str:
        return self.facts.catalogue.locale

    @property
    def questions(self) -> Mapping[str, Question]:
        """All boxes of the draft by address, those of every instance of a repeat among them."""
        return self.values.questions

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.values.steps

    def step_of(self, name: str) -> Step | None:
        return self.values.step_of(name)

    def askable(self, step: Step) -> tuple[Question, ...]:
        """What a step asks or asked, answered or not; empty when it does not apply."""
        return tuple(question for question in step.asked if self.values.relevant(question.name))

    def text(self, label: Label) -> str:
        """A label of the form with its values written out."""
        return self.values.text(label, self.spoken, self.write)

    def write(self, question: Question | None, raw: str) -> str:
        """A value as people read it: 3,150 · พุธที่ 30 มิ.ย. 64 · แล้วเสร็จ."""
        if raw == "":
            return EMPTY
        own = self._of_kind(question, raw) if question is not None else None
        if own is not None:
            return own
        kind = question.kind if question is not None else None
        if kind in {None, Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE, Kind.HIDDEN} and _plain_number(raw):
            return f"{int(raw):,}"
        if kind is Kind.CALCULATE and raw in {"yes", "no"}:
            return self.facts.catalogue.say(text(f"word.{raw}"))
        day = _date(raw)
        return self.facts.catalogue.write(Day(day)) if day else raw

    def _of_kind(self, question: Question, raw: str) -> str | None:
        """What only one kind of box holds."""
        if question.kind is Kind.ANOTHER:
            return self.facts.catalogue.say(text(f"report.button.{'another' if raw == YES else 'no_more'}"))
        return self._choices(question, raw) if question.kind in LISTED else written(self.facts.catalogue, question, raw)

    def _choices(self, question: Question, raw: str) -> str:
        """The labels of what was picked; of a long list, no others are looked at."""
        picked = raw.split()
        every = question.choices.every if question.choices else ()
        offered = every or self.values.choices(question.name)
        labels = {choice.value: self.choice(choice) for choice in offered if choice.value in picked}
        between = " › " if question.kind is Kind.RANK else ", "
        return between.join(labels.get(value) or value for value in picked)

    def choice(self, choice: Choice) -> str:
        """The words of a choice: quick where they say the same for everybody, for lists of thousands."""
        parts = choice.label.parts(self.spoken)
        plain = [part for part in parts if isinstance(part, str)]
        # a value in it is written bare: it may be that of the very box that is picked for
        label = "".join(plain) if len(plain) == len(parts) else self.values.text(choice.label, self.spoken)
        if choice.value == OTHER and label == OTHER_LABEL:
            return self.facts.catalogue.say(text("kinds.other"))
        return label or choice.value

    @property
    def own_name(self) -> str:
        """What the form calls this very report (instance_name); '' where it says nothing."""
        return self.values.held("instanceName").strip()

    def value(self, question: Question) -> str:
        return heard(self.write(question, self.values.get(question.name)))

    def label(self, question: Question) -> str:
        """The full label, as it stands in a list: a choice's is a question, so its short title is taken."""
        short = question.short(self.language)
        titled = question.kind in CHOICES or not question.label
        return short if short and titled else shorten(self.titling(question).split("\n")[0], LABEL_LETTERS)

    def named(self, question: Question) -> str:
        """The label where it stands alone: what several boxes are called, such as สถานะ, says which row it is of, and
        what stands in a repeat of which instance."""
        label, step = self.label(question), self.step_of(question.name)
        if step is not None and step.repeats:
            return self.facts.catalogue.say(text("word.of_row", label=label, title=self.instances(step.repeats)))
        row = step.row if step is not None else None
        alike = (item for item in self.questions.values() if item.asked and item is not question)
        if row is None or all(self.label(item) != label for item in alike):
            return label
        return self.facts.catalogue.say(text("word.of_row", label=label, title=self.text(row.label)))

    def instances(self, repeats: Sequence[Group]) -> str:
        """Which instances these are, outermost first: เด็ก ที่ 2 · ของเล่น ที่ 1."""
        return " · ".join(self.instance(group) for group in repeats)

    def instance(self, group: Group) -> str:
        """One instance of a repeat by its label and number; a label that counts by itself needs none."""
        label, number = self.repeated(group), group.position
        if not label:
            return self.facts.catalogue.say(text("word.instance_plain", n=number))
        counts = not group.label.is_plain and str(number) in label
        return label if counts else self.facts.catalogue.say(text("word.instance", label=label, n=number))

    def repeating(self, another: Question) -> str:
        """What the question for one more is about, as `repeated` has it."""
        label = another.short(self.language) or self.text(another.label)
        return "" if EMPTY in label and not another.label.is_plain else label.split("\n")[0].strip()

    def repeated(self, group: Group) -> str:
        """What a repeat is about; '' where the form has no words for it, or they speak of an instance that is not
        there."""
        label = group.short(self.language) or self.text(group.label)
        return "" if EMPTY in label and not group.label.is_plain else label.split("\n")[0].strip()

    def titled(self, step: Step) -> str:
        """What a question is about, in a few words."""
        if not step.is_group:
            return self.named((self.askable(step) or step.questions)[0])
        if step.repeats:
            inner = step.repeats[-1].name == step.name
            return " · ".join((self.instances(step.repeats), *(() if inner else (self._own_title(step),))))
        return self._own_title(step)

    def _own_title(self, step: Step) -> str:
        """By its label; some boxes of a group by theirs."""
        return step.short(self.language) or self.text(step.label) or " · ".join(self.short(item) for item in step.asked)

    def titling(self, question: Question) -> str:
        """The full label; the hint where the form has none, else the box's own name made readable."""
        label = self.text(question.label)
        if label == SPECIFY and question.name.endswith(f"_{OTHER}"):
            return self._specify(question)
        return label or self.text(question.hint) or question.node.name.replace("_", " ")

    def _specify(self, question: Question) -> str:
        """The words for the text that or_other adds beside its list."""
        select = self.questions.get(question.name.removesuffix(f"_{OTHER}"))
        label = self.short(select) if select is not None else ""
        return self.facts.catalogue.say(text("kinds.specify_other", label=label))

    def short(self, question: Question) -> str:
        return question.short(self.language) or shorten(self.titling(question).split("\n")[0], TITLE_LETTERS)

    def brief(self, question: Question) -> str:
        """The shortest that people know it by: a case's number, else the short title."""
        if "case" not in question.attrs:
            return self.short(question)
        return question.attrs["case"] if self.language == "th" else self.short(question).partition(" ")[0]

    def change(self, question: Question, before: str) -> Text:
        """One box before and after a change."""
        words: dict[str, Value] = {"label": self.named(question), "before": before, "after": self.value(question)}
        if question.box is None:
            return text("report.edited_unboxed", **words)
        return text("report.edited", box=question.box, **words)


def _plain_number(raw: str) -> bool:
    return raw.lstrip("-").isascii() and raw.lstrip("-").isdigit()


def _date(raw: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(raw) if len(raw) == len("2021-06-30") else None
    except ValueError:
        return None
