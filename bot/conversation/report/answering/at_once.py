"""A whole form answered on one page: what stands in its fields is read as the chat reads it, box by box, in the form's
order, so that an answer decides which boxes after it apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversation.report.answering.read import read_value
from bot.conversation.report.answering.refuse import about, problems, reason
from bot.conversation.report.answering.reply import Answered, Doubtful, EditWanted, NamedWanted
from bot.conversation.report.answering.store import stored
from bot.conversation.report.context import Context
from bot.conversation.state import IDLE
from bot.forms.compiled import MEDIA, Kind, Question
from bot.forms.values import ProblemKind
from bot.messages.bubbles import Words, text

LISTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
"""What is picked on a page and not written."""
_ELSEWHERE = MEDIA | {Kind.ANOTHER}
"""What only a chat can take."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was understood, and is taken once somebody says yes to it."""

    value: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """The form with all that could be read, and what is to be mended at which box ("" for the form as a whole)."""

    context: Context
    faults: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not self.faults and not self.doubts


def is_written(context: Context, question: Question) -> bool:
    """Whether a page has a field for the box: it applies, and is no file."""
    name = question.name
    writable = question.asked and question.kind not in _ELSEWHERE and not context.values.readonly(name)
    return writable and context.values.relevant(name)


def filled(context: Context, typed: Mapping[str, Sequence[str]], agreed: Mapping[str, str]) -> Filled:
    """The form with `typed` (what changed, by box; several of a list) read into it. `agreed`: the values, by box, that
    somebody has said yes to; of a box that came back also the one that was sent."""
    faults: dict[str, tuple[Words, ...]] = {}
    doubts: dict[str, Doubt] = {}
    for question in _in_order(context):
        name = question.name
        if name not in typed and name not in agreed:
            continue
        if not is_written(context, question):
            continue  # an answer before it has taken it off the form
        reply = _read(context, question, typed.get(name), agreed.get(name, ""))
        if isinstance(reply, Doubt):
            doubts[name] = reply
        elif isinstance(reply, str):
            context = stored(IDLE, context, {name: reply}, {})
        else:
            faults[name] = reply
    return Filled(context, {**_standing(context, {*faults, *doubts}), **faults}, doubts)


def _in_order(context: Context) -> Iterator[Question]:
    for step in context.steps:
        yield from step.asked


def _read(
    context: Context, question: Question, given: Sequence[str] | None, agreed: str
) -> str | Doubt | tuple[Words, ...]:
    """The value to store, what needs a yes, or why there is neither."""
    if given is None:
        same = agreed == context.values.get(question.name)
        return agreed if same else (text("read.not_stored"),)
    if is_picked(context, question):
        offered = [choice.value for choice in context.values.choices(question.name)]
        return " ".join(value for value in offered if value in given)
    words = given[0].strip() if given else ""
    return _written(context, question, words, agreed) if words else ""


def is_picked(context: Context, question: Question) -> bool:
    """Whether a page shows the box's list to be picked from; one that is too long for that is written and searched."""
    return question.kind in LISTS and len(context.values.choices(question.name)) <= MOST_CHOICES


MOST_CHOICES = 60
"""Of a list on a page."""


def _written(context: Context, question: Question, words: str, agreed: str) -> str | Doubt | tuple[Words, ...]:
    reply = read_value(context, (question,), words)
    if isinstance(reply, EditWanted | NamedWanted):
        return (text("read.not_stored"),)
    if not isinstance(reply, Answered | Doubtful):
        return reply.bubble.lines
    value = reply.changes.get(question.name, "")
    if isinstance(reply, Answered) or value == agreed:
        return value
    return Doubt(value, reply.lines)


def _standing(context: Context, unread: set[str]) -> dict[str, tuple[Words, ...]]:
    """What the form refuses as it stands now, each at the box that can mend it; boxes that are told of already are not
    told of again."""
    found: dict[str, tuple[Words, ...]] = {}
    for problem in problems(context):
        place = _place(context, problem.name, about(problem))
        found[place] = (*found.get(place, ()), reason(context, problem))
    for problem in context.values.problems():
        if problem.kind is ProblemKind.REQUIRED and problem.name not in unread:
            key = (
                "desk.behalf.missing"
                if is_written(context, context.questions[problem.name])
                else "desk.behalf.in_chat_only"
            )
            found.setdefault(problem.name, (text(key),))
    return found


def _place(context: Context, name: str, others: set[str]) -> str:
    spoken_of = (name, *(item.name for item in _in_order(context) if item.name in others))
    return next((one for one in spoken_of if is_written(context, context.questions[one])), "")
