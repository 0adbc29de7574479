"""A report under way: the form, the values so far, and what of it is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.conversation.effects import SaveDraft
from bot.conversation.facts import Facts
from bot.conversation.report.language import spoken_language
from bot.conversation.report.wording import Wording
from bot.conversation.report_facts import ReportFacts
from bot.forms.compiled import Kind, Question, Step
from bot.forms.explained import Explained, standing
from bot.forms.together import together
from bot.forms.values import Values
from bot.messages.bubbles import Words, text

REVIEW = "review"
"""Appearance of the step whose notes are the lines of the review card; also the cursor while it is shown."""


@dataclass(frozen=True, slots=True)
class Context(Wording):
    report: ReportFacts
    skipped: frozenset[str]
    explained: Explained = field(default_factory=dict)
    """Reasons that were given for remarks."""

    @staticmethod
    def of(facts: Facts, report: ReportFacts) -> Context:
        skipped, spoken = report.skipped | _left_out(report), spoken_language(report.form, facts.catalogue)
        return Context(facts, report.values, spoken, report, skipped, report.explained)

    def with_values(self, values: Values, skipped: frozenset[str] | None = None) -> Context:
        return replace(self, values=values, skipped=self.skipped if skipped is None else skipped)

    def with_explained(self, explained: Explained) -> Context:
        return replace(self, explained=explained)

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

    def boxed(self, number: int) -> Question | None:
        """The question of a printed box number."""
        return self.values.boxed(number)

    def boxes(self) -> list[Question]:
        """All boxes of the form by number; without numbers, all that can be asked, in order."""
        questions = self.questions.values()
        numbered = sorted((item for item in questions if item.box is not None), key=lambda item: item.box or 0)
        return numbered or [item for item in questions if item.asked and item.kind is not Kind.ANOTHER]


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
