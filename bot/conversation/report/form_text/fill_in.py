"""แบบกรอก, P-16: the report as one text to copy, fill in and send back. See paste.py for what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.report import begin, choose
from bot.conversation.report.changing import edit
from bot.conversation.report.context import Context
from bot.conversation.report.form_text.cells import Entry, entries, holds, shown, written
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text
from bot.messages.measure import letters, utf16_units

ROOM = 4_000
"""UTF-16 units of one text; LINE takes 5,000, and what is filled in has to fit as well."""
MOST_TEXTS = 4
"""Texts in one answer: LINE takes five bubbles, and one may be needed for a notice."""
WIDEST = 56
"""Letters of a line that holds several boxes; on a phone it wraps once."""
_BETWEEN = "   "
WISH = "fill_in"
"""What a choice of a report leads to when it was asked for a fill-in text."""


def at_rest(state: State, facts: Facts) -> Turn:
    """แบบกรอก when no report is under way: of the one that is owed, or asks which; else of the one sent last."""
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    if len(owed) > 1:
        return Turn(choose.asking(owed, WISH), (choose.card(owed, facts, WISH),))
    only = owed[0] if owed else edit.amendable(facts)
    return of(only, facts) if only is not None else choose.report(state, facts)


def of(obligation: ObligationFacts, facts: Facts) -> Turn:
    """The text of one obligation's report."""
    if obligation.closed:
        return Turn(IDLE, (sentence("report.round_closed_now", round=obligation.called),))
    return give(Context.of(facts, facts.ask(ReportOf(obligation.id))))


def give(context: Context) -> Turn:
    """The text (for a long form several, each usable alone), and the report is under way from now on."""
    turn = Turn(begin.cursor(context), tuple(Bubble((words,)) for words in texts(context)))
    fresh = context.report.row_version is None and context.report.sent is None
    return turn.also(context.save()) if fresh else turn


def head(context: Context) -> str:
    """The first line, by which a text that comes back is recognised."""
    return head_of(context.report.obligation, context.facts)


def head_of(obligation: ObligationFacts, facts: Facts) -> str:
    return facts.catalogue.say(text("fill_in.head", round=obligation.called, area=obligation.area.name))


def texts(context: Context) -> tuple[str, ...]:
    """The form as texts to be filled in, with the values so far. When that is too much, only what is still open."""
    every = [entry for entry in entries(context) if shown(context, entry)]
    found = _pieces(context, every)
    if len(found) > MOST_TEXTS:
        found = _pieces(context, [entry for entry in every if not written(context, entry)])
    return tuple(found[:MOST_TEXTS])


def _pieces(context: Context, every: Iterable[Entry]) -> list[str]:
    """Lines under the head, as many to a text as it holds."""
    top = context.facts.catalogue.say(text("fill_in.how", head=head(context)))
    pieces: list[str] = []
    for line in _lines(context, every):
        longer = f"{pieces[-1]}\n{line}" if pieces else ""
        if pieces and utf16_units(longer) <= ROOM:
            pieces[-1] = longer
        else:
            pieces.append(f"{top}\n{line}")
    return pieces or [top]


def _lines(context: Context, every: Iterable[Entry]) -> Iterator[str]:
    """The boxes of one question side by side where they fit, so that a form looks as it does on paper."""
    for _step, group in groupby(every, key=lambda entry: entry.step.name):
        yield from _side_by_side([(entry.cell.key, _filled(context, entry)) for entry in group])


def _side_by_side(cells: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines of key=value; what the values are does not move a box to another line."""
    line: list[str] = []
    wide = 0
    for key, value in cells:
        own = letters(f"{_BETWEEN}{key}=")
        if line and wide + own > WIDEST:
            yield _BETWEEN.join(line)
            line, wide = [], 0
        line.append(f"{key}={value}")
        wide += own
    if line:
        yield _BETWEEN.join(line)


def _filled(context: Context, entry: Entry) -> str:
    """What the box holds; '' for a value that would not be read back as it stands."""
    value = written(context, entry)
    return value if value and holds(context, entry, value) else ""
