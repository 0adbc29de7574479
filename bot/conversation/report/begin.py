"""Starting a report, and taking up where it was left: by the same person, another device, or a deputy."""

from __future__ import annotations

import math

from bot.conversation.effects import OfferedForm
from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.report.asking import back
from bot.conversation.report.asking.buttons import NOTHING_HELD
from bot.conversation.report.asking.pages import Held
from bot.conversation.report.asking.prompt import ask
from bot.conversation.report.context import REVIEW, Context, remaining
from bot.conversation.report.last_round.ways import last_of, ways
from bot.conversation.report.rows import row_counts, row_number
from bot.conversation.report.sending.review import review
from bot.conversation.report.sharing import approval, authors, newer_card
from bot.conversation.report.wording import TITLE_LETTERS
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Bubble, Day, Text, Value, Words, text
from bot.messages.measure import shorten

SECONDS_A_QUESTION = 15
PROVINCE = "province"
"""Kind of the area whose report supplies values to all districts."""


def begin(obligation: ObligationFacts, facts: Facts) -> Turn:
    """Start a report, or take it up again."""
    context = Context.of(facts, facts.ask(ReportOf(obligation.id)))
    if context.report.obligation.closed or context.report.obligation.locked:
        return Turn(IDLE, (not_taken(context.report.obligation),))
    if context.report.row_version is None:
        last = last_of(context) if context.report.sent is None else None
        return afresh(context) if last is None else ways(context, last, _what(context))
    moved = must_move(context)
    if moved is not None:
        return moved
    if approval.waits(context):
        return show(context)
    me = facts.person.id if facts.person else None
    if context.report.updated_by != me:
        return Turn(cursor(context), (_of_other(context),))
    return resume(context)


def not_taken(obligation: ObligationFacts) -> Bubble:
    """The province has accepted or waived the report, or closed its round: nothing is taken, and whom to ask."""
    waived = "report.waived" if obligation.state == "waived" else "report.round_closed_now"
    return sentence("report.amend_closed" if obligation.state == "accepted" else waived, round=obligation.called)


def afresh(context: Context) -> Turn:
    """P-03 with the first question: what is filled in already, how many questions are left, how long it takes."""
    obligation, left = context.report.obligation, remaining(context)
    if context.report.sent is not None:
        return show(context)
    sources = [source for question in context.boxes() if (source := context.values.source(question.name))]
    lines: list[Words] = [_what(context)]
    if sources:
        sent = "evidence" in sources
        lines.append(text("report.start_known_sent" if sent else "report.start_known", n=len(sources)))
    minutes = max(1, math.ceil(left * SECONDS_A_QUESTION / 60))
    lines.append(text("report.start_time", questions=left, minutes=minutes))
    if context.facts.now > obligation.due_at:
        lines.append(text("report.start_late"))
    return show(context, (Bubble(tuple(lines)),)).also(context.save())


def _what(context: Context) -> Words:
    obligation = context.report.obligation
    words: dict[str, Value] = {"round": obligation.called, "area": obligation.area.name}
    if obligation.area.kind == PROVINCE:
        return text("staff.province_start", **words)
    return text("report.start", due=Day(obligation.due_at.astimezone(context.facts.now.tzinfo).date()), **words)


def resume(context: Context) -> Turn:
    """P-15: where it was left and how much is left, then that question."""
    return must_move(context) or show(context, (Bubble((_left(context),)),))


def must_move(context: Context) -> Turn | None:
    """The draft's form version was withdrawn: nothing is stored or sent on it any more, the offer comes first."""
    card = newer_card.card(context) if context.report.withdrawn else None
    if card is None or context.report.newer_form is None:
        return None
    return Turn(cursor(context), (card,), (OfferedForm(context.report.obligation.id, context.report.newer_form),))


def waiting(facts: Facts) -> list[ObligationFacts]:
    """Reports that somebody has begun, or begun to change."""
    return [item for item in facts.obligations if item.draft_exists and not item.closed and not item.locked]


def offers(facts: Facts) -> tuple[Bubble, ...]:
    """P-15 at the next contact of any kind: a half-filled report, one tap away."""
    return tuple(_offer(Context.of(facts, facts.ask(ReportOf(item.id)))) for item in waiting(facts)[:1])


def _offer(context: Context) -> Bubble:
    where: dict[str, str | int] = {"o": context.report.obligation.id}
    go_on = () if approval.waits(context) else (tap("report.button.resume", "resume", **where),)
    if approval.mine(context):
        go_on = (tap("report.approval.button.look", "begin", **where),)
    return Bubble((_left(context),), (*go_on, tap("report.button.look", "form", **where)))


def _left(context: Context) -> Text:
    """How far the report is."""
    step, called = current(context), context.report.obligation.called
    if approval.waits(context):
        return approval.left(context)
    if step is None:
        return text("report.resume_review", round=called)
    row = row_number(step.row)
    if not row:
        label = shorten(context.titled(step), TITLE_LETTERS)
        return text("report.resume_at", round=called, label=label, n=remaining(context))
    return text("report.resume", round=called, row=row, n=remaining(context))


def _last_row(context: Context) -> str:
    """The number of the form's last printed row; '' where it has none."""
    counts = [number for step in context.steps for number in row_counts(row_number(step.row))]
    return str(max(counts)) if counts else ""


def _of_other(context: Context) -> Bubble:
    """A deputy, or another officer of the district, finds the half-filled report with its history."""
    report = context.report
    when = (report.updated_at or context.facts.now).astimezone(context.facts.now.tzinfo)
    step = current(context)
    words: dict[str, Value] = {
        "who": report.updated_by_name,
        "day": Day(when.date()),
        "time": when,
        "n": remaining(context),
    }
    where: dict[str, str | int] = {"o": report.obligation.id}
    buttons = (tap("report.button.resume", "resume", **where), tap("report.button.look", "form", **where))
    row = row_number(step.row) if step is not None else _last_row(context)
    shown = text("report.draft_of_other", row=row, **words) if row else text("report.draft_of_other_plain", **words)
    return Bubble((*authors.at_it_now(context), shown), buttons)


def current(context: Context) -> Step | None:
    """The first step with something left to ask."""
    due = context.values.next_due(context.skipped)
    return due[0] if due else None


def cursor(context: Context, step: Step | None = None, *, stored: bool = False) -> State:
    """Where a chat stands that was just shown `step`, or the first open one, or the review card."""
    wanted = step or current(context)
    data = {
        "o": context.report.obligation.id,
        "step": wanted.name if wanted else REVIEW,
        "seen": context.seen_version(stored=stored),
        "amends": context.report.amends,
        "known": context.values.supplied_now(),
    }
    return State("report", data)


def show(
    context: Context, first: tuple[Bubble, ...] = (), received: tuple[Words, ...] = (), *, stored: bool = False
) -> Turn:
    """The next question, or the review card when there is none; `stored`: this turn also saves the draft."""
    step = current(context)
    if step is None and back.is_back(context) and back.left(context):
        return _given_back(context, first, received, stored=stored)
    asked = ask(context, step, received) if step is not None else (review(context, received, stored=stored),)
    return Turn(cursor(context, stored=stored), (*first, *asked))


def _given_back(context: Context, first: tuple[Bubble, ...], received: tuple[Words, ...], *, stored: bool) -> Turn:
    """R-06 in place of the review card, until everything that the province asked about has been looked at."""
    question = back.next_box(context)
    if question is None:
        return Turn(cursor(context, stored=stored), (*first, back.whole(context)))
    here = cursor(context, context.step_of(question.name), stored=stored).with_data(only=question.name)
    return Turn(here, (*first, back.ask(context, question, received)))


def ask_again(
    context: Context,
    step: Step,
    first: tuple[Bubble, ...] = (),
    only: Question | None = None,
    held: Held = NOTHING_HELD,
) -> Turn:
    """One step once more, answered or not; `only` one box of it, a list at the page that is held."""
    state = cursor(context, step)
    if held.at:
        state = state.with_data(at=held.at)
    if only is None:
        return Turn(state, (*first, *ask(context, step, held=held)))
    return Turn(state.with_data(only=only.name), (*first, *ask(context, step, only=(only,), held=held)))
