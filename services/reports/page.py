"""One report as it is read at a desk: box by box in the form's own order, beside the last round and the version before.

Everything is already in words of one language; nothing here decides or changes anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.report.rows import row_number
from bot.forms.carry import is_carried
from bot.forms.compiled import NUMBERS, Kind, Question, Step
from bot.forms.values import Values
from bot.messages.bubbles import text
from services.calendar import BANGKOK

_SILENT = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER})
LONG = 400
"""Letters of a row's whole wording that stand on the page."""


@dataclass(frozen=True, slots=True)
class BoxRemark:
    words: str
    reason: str = ""
    """The officer's explanation, word for word."""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class BoxLine:
    name: str
    """The box's address."""
    number: str
    """As printed; "" for a box without one."""
    label: str
    value: str
    last: str
    """What the last round's report held; "" when there is none."""
    difference: str
    """Of two numbers: +350, −20; "" where they are the same or no numbers."""
    changed: bool
    """Otherwise than last round."""
    carried: bool
    source: str
    """Where a value comes from that nobody gave; ""."""
    made_of: tuple[str, ...]
    """The boxes that a sum is made of."""
    earlier: str | None
    """What the version before this one held, where that is something else."""
    who: str
    at: dt.datetime | None
    remarks: tuple[BoxRemark, ...]
    asked: bool
    """A person answers it: it can be returned."""
    number_kind: bool


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    row: str
    """The number of the printed row; "" for what stands in none."""
    words: str
    """The row's whole wording, where the form has it."""
    boxes: tuple[BoxLine, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    sections: tuple[Section, ...]
    remarks: tuple[BoxRemark, ...]
    """Those of the report as a whole."""
    last_round: str
    """What the round is called that it is compared with; "" when there is none."""

    @property
    def boxes(self) -> Iterator[BoxLine]:
        return (box for section in self.sections for box in section.boxes)

    def box(self, name: str) -> BoxLine | None:
        return next((box for box in self.boxes if box.name == name), None)


def page_of(context: Context, before: Values | None, review: Iterable[Mapping[str, Any]] | None) -> ReportPage:
    """`before`: values of the version before; `review`: the remarks that are kept of this one (ReportReview)."""
    remarks = _remarks(context, review or ())
    sections: list[Section] = []
    for step in context.steps:
        boxes = tuple(_box(context, item, before, remarks) for item in _shown(context, step))
        if boxes:
            _add(sections, _section(context, step, boxes))
    last = last_of(context)
    called = context.facts.catalogue.say(text("desk.reports.round", round=last.called)) if last is not None else ""
    return ReportPage(tuple(sections), tuple(remarks.get("", ())), called)


def _add(sections: list[Section], made: Section) -> None:
    """Steps of one printed row stand together."""
    if sections and (sections[-1].row, sections[-1].title) == (made.row, made.title):
        sections[-1] = replace(sections[-1], boxes=sections[-1].boxes + made.boxes)
    else:
        sections.append(made)


def _section(context: Context, step: Step, boxes: tuple[BoxLine, ...]) -> Section:
    row = step.row
    if row is None:
        title = context.titled(step) if step.is_group else ""
        return Section(title, "", "", boxes)
    words = row.attrs.get(f"full_{context.language}") or row.attrs.get("full", "")
    return Section(row.short(context.language) or context.text(row.label), row_number(row), words, boxes)


def _shown(context: Context, step: Step) -> list[Question]:
    """What is asked or printed of a step, in the form's order; what does not apply only where it was filled before."""
    mine = {item.name: item for item in (*step.questions, *step.calculates) if item.kind not in _SILENT}
    return [
        question
        for name, question in context.questions.items()
        if name in mine and (question.asked or question.box is not None) and _applies(context, name)
    ]


def _applies(context: Context, name: str) -> bool:
    last = last_of(context)
    return context.values.relevant(name) or (last is not None and last.values.held(name) != "")


def _box(
    context: Context, question: Question, before: Values | None, remarks: Mapping[str, list[BoxRemark]]
) -> BoxLine:
    name, last = question.name, last_of(context)
    raw, was = context.values.get(name), last.values.held(name) if last is not None else ""
    given = context.values.answer_of(name)
    at, by = (given.meta.get("at"), given.meta.get("by")) if given is not None else (None, None)
    source = context.source(question)
    earlier = before.held(name) if before is not None else raw
    return BoxLine(
        name=name,
        number=str(question.box or ""),
        label=context.titling(question).split("\n")[0] if not question.computed else context.label(question),
        value=context.write(question, raw),
        last=context.write(question, was) if was else "",
        difference=_difference(question, raw, was),
        changed=last is not None and raw != was,
        carried=is_carried(context.values, name),
        source=context.facts.catalogue.say(source) if source is not None else "",
        made_of=_made_of(context, question),
        earlier=None if earlier == raw else context.write(question, earlier),
        who=context.report.people.get(by, "") if isinstance(by, int) else "",
        at=dt.datetime.fromtimestamp(at, BANGKOK) if isinstance(at, int) else None,
        remarks=tuple(remarks.get(name, ())),
        asked=question.asked and context.values.relevant(name),
        number_kind=question.kind in NUMBERS or _is_number(raw),
    )


def _difference(question: Question, now: str, was: str) -> str:
    if question.kind not in {*NUMBERS, Kind.CALCULATE} or not _is_number(now) or not _is_number(was) or now == was:
        return ""
    more = int(now) - int(was)
    return f"+{more:,}" if more > 0 else f"\N{MINUS SIGN}{-more:,}"


def _is_number(raw: str) -> bool:
    return raw.removeprefix("-").isascii() and raw.removeprefix("-").isdigit()


def _made_of(context: Context, question: Question) -> tuple[str, ...]:
    """By number where the form prints one, else by name."""
    if not question.computed:
        return ()
    found = context.values.layout.sources({question.name}) - {question.name}
    parts = [item for name, item in context.questions.items() if name in found and item.asked]
    say = context.facts.catalogue.say
    return tuple(
        say(text("desk.reports.box_named", box=str(item.box), label=context.short(item)))
        if item.box is not None
        else context.short(item)
        for item in parts
    )


def _remarks(context: Context, review: Iterable[Mapping[str, Any]]) -> dict[str, list[BoxRemark]]:
    """By the box that they stand at, with what the officer said to each."""
    found: dict[str, list[BoxRemark]] = {}
    for item in review:
        given = context.explained.get(str(item["key"])) if item["explained"] else None
        words: Mapping[str, str] = item["words"]
        grave = item["kind"] not in {"late", "carried"} and not item["explained"]
        told = BoxRemark(words.get(context.language, ""), str(given["words"]) if given else "", grave)
        found.setdefault(item["box"] if item["box"] in context.questions else "", []).append(told)
    return found
