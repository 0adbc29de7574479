"""Which report, and taking up where it was left: by the same person, another device, or a deputy."""

from __future__ import annotations

from bot.conversation.facts import Facts, ObligationFacts, ReportOf
from bot.conversation.report.context import REVIEW, Context, remaining, row_number
from bot.conversation.report.prompt import ask
from bot.conversation.report.review import review
from bot.conversation.say import sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Bubble, Day, Value, Words, text

SECONDS_A_QUESTION = 15


def report(state: State, facts: Facts) -> Turn:
    """รายงาน: the one report that is owed, or a choice when there are several."""
    if not facts.obligations and not _reports(facts):
        return Turn(state, (sentence("report.not_your_work"),))
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    if len(owed) == 1:
        return begin(owed[0], facts)
    if owed:
        return Turn(IDLE, (_choose(owed, facts),))
    return Turn(IDLE, (_none_owed(facts),))


def _reports(facts: Facts) -> bool:
    return facts.person is not None and facts.person.holds("officer", "deputy", "head", "staff", "admin")


def _none_owed(facts: Facts) -> Bubble:
    latest = max(facts.obligations, key=lambda item: item.due_at, default=None)
    if latest is None:
        return sentence("report.none_open")
    return sentence("report.none_owed", round=latest.round_number, area=latest.area.name)


def _choose(owed: list[ObligationFacts], facts: Facts) -> Bubble:
    """P-19: several are open; asked once which. The newest that is still in time comes first."""
    ordered = sorted(owed, key=lambda item: (facts.now > item.due_at, item.due_at))
    buttons = tuple(tap(_named(item, owed), "begin", o=item.id) for item in ordered)
    return sentence("report.choose", *buttons, n=len(owed))


def _named(item: ObligationFacts, among: list[ObligationFacts]) -> Words:
    several = len({other.area for other in among}) > 1
    key = "report.button.round_area" if several else "report.button.round"
    return (
        text(key, round=item.round_number, district=item.area.short) if several else text(key, round=item.round_number)
    )


def begin(obligation: ObligationFacts, facts: Facts) -> Turn:
    """Start a report, or take it up again."""
    context = Context.of(facts, facts.ask(ReportOf(obligation.id)))
    if context.report.obligation.closed:
        words: dict[str, Value] = {"round": obligation.round_number, "day": Day(obligation.due_at.date())}
        return Turn(IDLE, (sentence("report.round_closed", **words),))
    if context.report.row_version is None:
        return _start(context)
    me = facts.person.id if facts.person else None
    if context.report.updated_by != me:
        return Turn(_cursor(context), (_of_other(context),))
    return resume(context)


def _start(context: Context) -> Turn:
    """P-03 with the first question: what is filled in already, how many questions are left, how long it takes."""
    obligation, left = context.report.obligation, remaining(context)
    due = Day(obligation.due_at.astimezone(context.facts.now.tzinfo).date())
    filled = sum(1 for question in context.boxes() if context.values.source(question.name))
    lines: list[Words] = [text("report.start", round=obligation.round_number, area=obligation.area.name, due=due)]
    if filled:
        lines.append(text("report.start_known", n=filled))
    minutes = max(1, round(left * SECONDS_A_QUESTION / 60))
    lines.append(text("report.start_time", questions=left, minutes=minutes))
    if context.facts.now > obligation.due_at:
        lines.append(text("report.start_late"))
    return show(context, (Bubble(tuple(lines)),)).also(context.save())


def resume(context: Context) -> Turn:
    """P-15: where it was left and how much is left, then that question."""
    left, step = remaining(context), current(context)
    if step is None:
        return show(context, (sentence("report.resume_review", round=context.report.obligation.round_number),))
    words: dict[str, Value] = {"round": context.report.obligation.round_number, "row": _row_of(step), "n": left}
    return show(context, (sentence("report.resume", **words),))


def _row_of(step: Step) -> str:
    return row_number(step.row) or "1"


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
    return sentence("report.draft_of_other", *buttons, row=_row_of(step) if step else "4", **words)


def current(context: Context) -> Step | None:
    """The first step with something left to ask."""
    return next(iter(context.due()), None)


def _cursor(context: Context, step: Step | None = None, *, stored: bool = False) -> State:
    wanted = step or current(context)
    seen = context.next_row_version if stored else (context.report.row_version or context.next_row_version)
    data = {"o": context.report.obligation.id, "step": wanted.name if wanted else REVIEW, "seen": seen}
    return State("report", data)


def show(
    context: Context, first: tuple[Bubble, ...] = (), received: tuple[Words, ...] = (), *, stored: bool = False
) -> Turn:
    """The next question, or the review card when there is none; `stored`: this turn also saves the draft."""
    step = current(context)
    asked = ask(context, step, received) if step is not None else review(context, received)
    return Turn(_cursor(context, stored=stored), (*first, asked))


def ask_again(context: Context, step: Step, first: tuple[Bubble, ...] = (), only: Question | None = None) -> Turn:
    """One step once more, answered or not; `only` one box of it."""
    state = _cursor(context, step)
    if only is None:
        return Turn(state, (*first, ask(context, step)))
    return Turn(state.with_data(only=only.name), (*first, ask(context, step, only=(only,))))
