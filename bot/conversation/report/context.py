"""A report under way: the form, the values so far, and how they are written for this person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.conversation.effects import SaveDraft
from bot.conversation.facts import Facts
from bot.conversation.report.written import written
from bot.conversation.report_facts import ReportFacts
from bot.conversation.say import heard
from bot.forms.compiled import LISTED, YES, Choice, CompiledForm, Group, Kind, Label, Question, Step
from bot.forms.explained import Explained, standing
from bot.forms.together import together
from bot.forms.values import Values
from bot.messages.bubbles import Day, Text, Value, Words, text
from bot.messages.catalogue import Catalogue
from bot.messages.measure import shorten

REVIEW = "review"
"""Appearance of the step whose notes are the lines of the review card; also the cursor while it is shown."""
TITLE_LETTERS = 40
LABEL_LETTERS = 80
"""Letters of a label that stands in a sentence, or on a line of a list. Above its own question it is told in full."""
EMPTY = "–"
"""How a box without a value is written inside a sentence."""
OTHER, OTHER_LABEL = "other", "Other"
SPECIFY = "Specify other."
"""The choice that or_other adds to a list, and the label of its text: the converter's, whatever the form's language."""
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
CHOICES = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})


@dataclass(frozen=True, slots=True)
class Context:
    facts: Facts
    report: ReportFacts
    values: Values
    skipped: frozenset[str]
    explained: Explained = field(default_factory=dict)
    """Reasons that were given for remarks."""
    spoken: str = ""
    """The form's own language that comes nearest to this person's."""

    @staticmethod
    def of(facts: Facts, report: ReportFacts) -> Context:
        skipped, spoken = report.skipped | _left_out(report), _spoken(report.form, facts.catalogue)
        return Context(facts, report, report.values, skipped, report.explained, spoken)

    @property
    def language(self) -> str:
        return self.facts.catalogue.locale

    def with_values(self, values: Values, skipped: frozenset[str] | None = None) -> Context:
        return replace(self, values=values, skipped=self.skipped if skipped is None else skipped)

    def with_explained(self, explained: Explained) -> Context:
        return replace(self, explained=explained)

    @property
    def questions(self) -> Mapping[str, Question]:
        """All boxes of the draft by address, those of every instance of a repeat among them."""
        return self.values.questions

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.values.steps

    def step_of(self, name: str) -> Step | None:
        return self.values.step_of(name)

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

    def source(self, question: Question) -> Words | None:
        """Where a value that nobody gave in this report comes from; None for an answer."""
        source = self.values.source(question.name) or ("last" if self._computed_from_last(question) else "")
        return text(f"source.{source}") if source else None

    def _computed_from_last(self, question: Question) -> bool:
        """Whether a printed box is computed out of nothing but what was carried over."""
        if not question.computed or question.box is None:
            return False
        names = (name for name in self.values.layout.sources({question.name}) if name in self.questions)
        asked = [name for name in names if self.questions[name].asked and self.values.get(name) != ""]
        return bool(asked) and all(self.values.source(name) == "last" for name in asked)

    def open_questions(self, step: Step) -> tuple[Question, ...]:
        """What is still to be asked of a step."""
        return self.values.step_asked(step, self.skipped)

    def to_ask(self, step: Step) -> tuple[Question, ...]:
        """What a question about the step is about: what is open; when nothing is, what a person has answered."""
        askable = self.askable(step)
        given = tuple(question for question in askable if not self.values.supplied(question.name))
        return together(self.open_questions(step) or given or askable)

    def askable(self, step: Step) -> tuple[Question, ...]:
        """What a step asks or asked, answered or not; empty when it does not apply."""
        return tuple(question for question in step.asked if self.values.relevant(question.name))

    def save(self) -> SaveDraft:
        return SaveDraft(
            obligation_id=self.report.obligation.id,
            form_version_id=self.report.form_version_id,
            row_version=self.report.row_version,
            answers=self.values.to_json(),
            skipped=tuple(sorted(self.skipped)),
            amends=self.report.amends,
            explained=standing(self.explained, self.values),
        )

    @property
    def next_row_version(self) -> int:
        """The draft's version once this turn's change is stored."""
        return (self.report.row_version or 0) + 1

    def seen_version(self, *, stored: bool) -> int:
        """The draft's version that this turn shows: the next one when the turn also saves, or makes the first."""
        return self.next_row_version if stored or self.report.row_version is None else self.report.row_version

    def change(self, question: Question, before: str) -> Text:
        """One box before and after a change."""
        words: dict[str, Value] = {"label": self.named(question), "before": before, "after": self.value(question)}
        if question.box is None:
            return text("report.edited_unboxed", **words)
        return text("report.edited", box=question.box, **words)

    def boxed(self, number: int) -> Question | None:
        """The question of a printed box number."""
        return self.values.boxed(number)

    def boxes(self) -> list[Question]:
        """All boxes of the form by number; without numbers, all that can be asked, in order."""
        questions = self.questions.values()
        numbered = sorted((item for item in questions if item.box is not None), key=lambda item: item.box or 0)
        return numbered or [item for item in questions if item.asked and item.kind is not Kind.ANOTHER]


def _spoken(form: CompiledForm, catalogue: Catalogue) -> str:
    """The form's language for a person's: th, th-TH, or by its name ("Thai"); else the form's own default decides."""
    locale = catalogue.locale
    if locale in form.languages:
        return locale
    names = {_NAMES.get(locale, ""), *catalogue.say(text("word.language_names")).casefold().split()}
    for language in form.languages:
        if language.casefold() in names or language.casefold().replace("_", "-").startswith(f"{locale}-"):
            return language
    return locale


_NAMES = {"th": "thai", "en": "english"}


def _left_out(report: ReportFacts) -> frozenset[str]:
    """Optional boxes that were sent empty: a change of the report does not ask for them again."""
    sent = report.sent
    if sent is None or (sent.counts and report.row_version is not None):
        return frozenset()  # a draft has kept them; where instances of repeats were taken out, under other addresses
    asked = (item.name for item in sent.questions.values() if item.asked)
    return frozenset(name for name in asked if sent.relevant(name) and not sent.held(name) and not sent.required(name))


def remaining(context: Context) -> int:
    """How many questions are left."""
    return context.values.count_due(context.skipped)


def row_number(group: Group | None) -> str:
    return group.attrs.get("row", "") if group else ""


def row_counts(row: str) -> list[int]:
    """A row of the form may stand for several: 3-4 names rows 3 and 4."""
    return [int(part) for part in row.split("-") if part.isdecimal()]


def begins_row(context: Context, step: Step) -> bool:
    """Whether the step is the first that applies of its printed row."""
    row = step.row
    first = next((other for other in context.steps if other.row is row and context.askable(other)), None)
    return row is not None and first is step


def _plain_number(raw: str) -> bool:
    return raw.lstrip("-").isascii() and raw.lstrip("-").isdigit()


def _date(raw: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(raw) if len(raw) == len("2021-06-30") else None
    except ValueError:
        return None
