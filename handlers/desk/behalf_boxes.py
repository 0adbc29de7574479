"""The fields of the page on which a report is written down: one for each box that applies, with what is said at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.report.answering.at_once import Filled, is_picked, is_written
from bot.conversation.report.asking.headings import notes_of
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.report.rows import row_number
from bot.forms.compiled import NUMBERS, Kind, Question, Step
from bot.messages.bubbles import Words, text

ONE, MANY, STORY, LINE = "one", "many", "story", "line"
"""What a field is: a list of which one or several are picked, a longer text, one line."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    title: str
    hint: str
    words: str
    """What stands in it: as it was typed, where it was."""
    was: str
    """What stands in it as the report is stored: a field that still says so was not touched."""
    required: bool
    told: tuple[str, ...]
    """Beside it: what the box held before, last round's value, where its value comes from, what the province asked."""
    read: str = ""
    """What was understood, where that is not just what was typed."""
    options: tuple[Option, ...] = ()
    faults: tuple[str, ...] = ()
    doubt: str = ""
    """What somebody must say yes to."""
    proposed: str = ""
    """The value that it is about; also of one that was said yes to already."""
    agreed: bool = False
    came_back: str = ""
    """The value that was sent, of a box that the province has given back: it may be right all the same."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    parts: tuple[Field | str, ...]
    """Fields and, between them, what the form says."""


@dataclass(frozen=True)
class Page:
    """`base`: the report as it is stored; `found`: with what was typed (`typed`, by box) and said yes to (`agreed`)."""

    base: Context
    found: Filled
    typed: Mapping[str, Sequence[str]]
    agreed: Mapping[str, str]

    @property
    def context(self) -> Context:
        return self.found.context

    def sections(self) -> tuple[Section, ...]:
        made: list[tuple[str, list[Field | str]]] = []
        for step in self.context.steps:
            parts = [] if REVIEW in step.appearance else list(self._parts(step))
            if not parts:
                continue
            title = self._title(step)
            if not made or made[-1][0] != title:
                made.append((title, []))
            made[-1][1].extend(parts)
        return tuple(Section(title, tuple(parts)) for title, parts in made)

    def _parts(self, step: Step) -> Iterator[Field | str]:
        yield from notes_of(self.context, step)
        for question in step.asked:
            if is_written(self.context, question):
                yield self._field(question)
            elif self.context.values.relevant(question.name):
                yield self._say(text("desk.behalf.only_chat", label=self.context.named(question)))

    def _title(self, step: Step) -> str:
        row = step.row
        if row is not None:
            return self._say(text("report.form_row", row=row_number(row), title=self.context.text(row.label)))
        labels = (self.context.text(group.label).split("\n")[0] for group in step.groups)
        return next(filter(None, labels), "")

    def _field(self, question: Question) -> Field:
        name, context = question.name, self.context
        kind = self._kind(question)
        raw = context.values.get(name)
        was = self._was(question, kind)
        typed = self.typed.get(name)
        written = was if typed is None else (" ".join(typed) if kind in {ONE, MANY} else typed[0])
        if typed is None and raw != self._stored(name):
            written = self._written(question, kind, raw)  # an answer elsewhere has moved it
        doubt = self.found.doubts.get(name)
        agreed = typed is not None and doubt is None and self.agreed.get(name, "") == raw != ""
        number = f"{self._say(text('desk.behalf.box', n=question.box))} " if question.box is not None else ""
        return Field(
            name=name,
            kind=kind,
            title=f"{number}{context.titling(question)}",
            hint=context.text(question.hint),
            words=written,
            was=was,
            required=context.values.required(name),
            told=tuple(self._say(words) for words in self._told(question)),
            read=self._read(question, kind, written, raw),
            options=self._options(question, raw) if kind in {ONE, MANY} else (),
            faults=tuple(self._say(words) for words in self.found.faults.get(name, ())),
            doubt=" ".join(self._say(words) for words in doubt.words) if doubt is not None else "",
            proposed=doubt.value if doubt is not None else raw if agreed else "",
            agreed=agreed,
            came_back=self._came_back(question, raw),
        )

    def _kind(self, question: Question) -> str:
        if is_picked(self.context, question):
            return ONE if question.kind is Kind.SELECT_ONE else MANY
        return STORY if question.kind is Kind.TEXT else LINE

    def _stored(self, name: str) -> str:
        return self.base.values.held(name)

    def _was(self, question: Question, kind: str) -> str:
        return self._written(question, kind, self._stored(question.name))

    def _written(self, question: Question, kind: str, raw: str) -> str:
        """A value as it stands in a field."""
        as_read = question.kind in NUMBERS or question.kind is Kind.DATE or kind == LINE
        return self.context.write(question, raw) if as_read and raw else raw

    def _read(self, question: Question, kind: str, written: str, raw: str) -> str:
        if kind != LINE or not raw or question.name not in self.typed or question.name in self.found.faults:
            return ""
        understood = self.context.write(question, raw)
        return understood if understood != written else ""

    def _options(self, question: Question, raw: str) -> tuple[Option, ...]:
        picked = raw.split()
        choices = self.context.values.choices(question.name)
        return tuple(Option(choice.value, self.context.choice(choice), choice.value in picked) for choice in choices)

    def _told(self, question: Question) -> Iterator[Words]:
        name, context = question.name, self.context
        because = dict(context.report.obligation.returned).get(name)
        if because is not None:
            yield text("desk.behalf.came_back", because=because)
        stored, now = self._stored(name), context.values.get(name)
        if stored and stored != now:
            yield text("desk.behalf.before", value=context.write(question, stored))
        source = context.source(question)
        if source is not None:
            yield text("desk.behalf.source", source=source)
        last = last_of(context)
        value = last.values.held(name) if last is not None else ""
        if last is not None and value:
            yield text("desk.behalf.last", round=last.called, value=context.write(question, value))

    def _came_back(self, question: Question, raw: str) -> str:
        asked = dict(self.context.report.obligation.returned)
        return raw if question.name in asked and raw == self._stored(question.name) else ""

    def _say(self, words: Words) -> str:
        return words if isinstance(words, str) else self.context.facts.catalogue.say(words)
