"""The report conversation: one message answers one step, and any box can be changed at any time."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, choose
from bot.conversation.report.answering import gather
from bot.conversation.report.answering.read import read, read_edit
from bot.conversation.report.answering.reply import Answered, Doubtful, EditWanted, NamedWanted, Reply, Unread
from bot.conversation.report.answering.store import store
from bot.conversation.report.answering.waiting import PENDING, for_yes, without
from bot.conversation.report.asking.buttons import buttons, choice_of, quick
from bot.conversation.report.asking.pages import Held
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.changing import edit
from bot.conversation.report.context import REVIEW, Context, remaining
from bot.conversation.report.last_round import changed, later
from bot.conversation.report.sending import reasons, send
from bot.conversation.report.tokens import token
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.forms.compiled import NUMBERS, Kind, Question, Step
from bot.messages.bubbles import Bubble, Value, text

UNCLEAR_TWICE = 2


def open_context(state: State, facts: Facts) -> Context | None:
    """The report of this chat; None when it is no longer there to be worked on, or its round is closed."""
    wanted = state.data.get("o")
    if not any(item.id == wanted and not item.closed and not item.locked for item in facts.obligations):
        return None
    return Context.of(facts, facts.ask(ReportOf(int(wanted or 0))))


def step_of(state: State, context: Context) -> Step | None:
    """The step that the chat stands at; None: the review card."""
    name = state.data.get("step", "")
    found = context.values.step(name)
    if name == REVIEW:
        return None
    return found if found is not None and context.askable(found) else begin.current(context)


def asked_of(state: State, context: Context, step: Step) -> tuple[Question, ...]:
    """The boxes that the open question is about: one that is being changed, else what the step asks."""
    only = tuple(item for item in context.askable(step) if item.name == state.data.get("only"))
    return only or context.to_ask(step)


def is_story(state: State, said: Incoming, facts: Facts) -> bool:
    """Whether "waiting for the contractor" is what was asked for, not a promise to answer later."""
    context = open_context(state, facts)
    step = step_of(state, context) if context is not None else None
    if context is None or step is None or facts.reader.control(said.text).why != "stalling":
        return False
    return any(question.kind is Kind.TEXT for question in asked_of(state, context, step))


def words(state: State, said: Incoming, facts: Facts) -> Turn:
    """A typed message while a report is under way, when it is no command."""
    context = open_context(state, facts)
    if context is None:
        return choose.report(IDLE, facts)
    gone = sent_meanwhile(state, context) or begin.must_move(context)
    if gone is not None:
        return gone
    explained = reasons.take(state, said, context) if reasons.awaits(state, said, facts) else None
    if explained is not None:
        return explained
    settled = _pending(state, said, context) if state.data.get("pending") else None
    if settled is not None:
        return settled
    reply = _read(state, context, said.text)
    grown = _gathered(state, said, context, reply)
    if grown is not None:
        return grown
    return at_review(state, said, context) if reply is None else take(state, said, context, reply)


def _gathered(state: State, said: Incoming, context: Context, reply: Reply | None) -> Turn | None:
    """A typed part of an answer that grows over several messages."""
    step = step_of(state, context)
    if step is None or reply is None:
        return None
    return gather.typed(state, said, context, step, asked_of(state, context, step), reply)


def _read(state: State, context: Context, words: str) -> Reply | None:
    """The answer to the open question; when one box of it is being changed, perhaps to all of it."""
    step = step_of(state, context)
    if step is None:
        return read_edit(context, words) or _read_changes(context, words)
    asked = asked_of(state, context, step)
    reply = read(context, asked, words)
    whole = context.to_ask(step)
    if isinstance(reply, Unread) and asked != whole:
        again = read(context, whole, words)
        return again if isinstance(again, Answered) else reply
    return reply


def _read_changes(context: Context, words: str) -> Reply | None:
    """Where all was carried over, any shape of answer says what changed: in order, by label, by unit."""
    counts = changed.changeable(context) if changed.is_later(context) else ()
    reply = read(context, counts, words) if counts else None
    return reply if isinstance(reply, Answered | Doubtful) or _has_figures(words) else None


def _has_figures(words: str) -> bool:
    return any(char.isdecimal() for char in words)


def take_up(said: Incoming, facts: Facts) -> Turn | None:
    """Numbers or a date typed after a pause answer the question that this person left; None for anything else."""
    me = facts.person.id if facts.person else None
    waiting = begin.waiting(facts)
    context = Context.of(facts, facts.ask(ReportOf(waiting[0].id))) if waiting else None
    step = begin.current(context) if context is not None else None
    if context is None or step is None or context.report.updated_by != me:
        return None
    asked = context.to_ask(step)
    if any(item.kind not in {*NUMBERS, Kind.DATE} for item in asked):
        return None
    reply = read(context, asked, said.text)
    return take(begin.cursor(context), said, context, reply) if isinstance(reply, Answered | Doubtful) else None


def sent_meanwhile(state: State, context: Context) -> Turn | None:
    """Another officer of the district has sent the report that this chat was filling in, or changing."""
    if "seen" not in state.data or state.data.get("amends") == context.report.amends:
        return None
    obligation = context.report.obligation
    told: dict[str, Value] = {"who": text("word.colleague"), "round": obligation.called}
    return Turn(IDLE, (sentence("report.sent_by_other", area=obligation.area.name, **told),))


def take(state: State, said: Incoming, context: Context, reply: Reply) -> Turn:
    """Store what was read, or ask about it."""
    match reply:
        case Answered():
            whole = later.completed(context) if reply.rest_as_last else context
            turn = store(state, said, whole, reply.changes, reply.as_last)
            return turn.before(Bubble(reply.besides)) if reply.besides else turn
        case Doubtful():
            return confirm_first(state, said, context, reply)
        case EditWanted(box):
            return edit.ask_box(state, context, box)
        case NamedWanted(names):
            return edit.ask_named(state, context, names)
        case _:
            return again(state, context, reply.bubble)


def confirm_first(state: State, said: Incoming, context: Context, reply: Doubtful) -> Turn:
    """C-02: read back as it would be stored; a new value typed instead is a correction."""
    where: dict[str, str | int] = {"o": context.report.obligation.id, "s": token(str(state.data.get("step", "")))}
    card = Bubble((*reply.lines, text("read.or_type")), (tap("read.button.yes", "yes", **where),))
    return Turn(for_yes(state, said, reply.changes, reply.as_last), (card,))


def _pending(state: State, said: Incoming, context: Context) -> Turn | None:
    """Yes stores what was read back; anything else falls through as a new answer."""
    meant = context.facts.reader.control(said.text).value
    if meant == "yes":
        return confirmed(state, said, context)
    if meant != "no":
        return None
    step = step_of(state, context)
    return begin.show(context) if step is None else begin.ask_again(context, step)


def confirmed(state: State, said: Incoming, context: Context) -> Turn:
    """Yes: what was read back is stored. It came with the message that was read back, not with the yes."""
    as_last = frozenset(state.data.get("as_last", ()))
    return store(state, replace(said, message_id=""), context, state.data["pending"], as_last)


def _settled(state: State) -> State:
    return replace(without(state, {*PENDING, "removing"}), unclear=0)


def again(state: State, context: Context, problem: Bubble) -> Turn:
    """Nothing was stored: say why, keep the question open, and the second time offer ways out (E-16)."""
    step = step_of(state, context)
    shown = problem
    if step is not None and not problem.buttons:
        asked = asked_of(state, context, step)
        ways = buttons(context, step, asked, Held.of(state))
        if state.unclear + 1 >= UNCLEAR_TWICE and not choice_of(asked):
            ways = (*ways, tap("button.ask_province", "contact"))
        shown = replace(problem, buttons=ways, quick=quick(context, asked))
    return Turn(_settled(state), (shown,)).unclear(state)


def at_review(state: State, said: Incoming, context: Context) -> Turn:
    """A message at the review card that is no edit: yes sends, anything else shows the card again."""
    if context.facts.reader.control(said.text).value in {"yes", "submit"}:
        return send.send(state, context)
    changing = later.again(state, said, context)
    if changing is not None:
        return changing
    told: dict[str, Value] = {"heard": heard(said.text), "example": edit_example(context)}
    return begin.show(context, (sentence("general.not_understood", **told),)).unclear(state)


def where_we_are(state: State, context: Context) -> tuple[Bubble, ...]:
    """A reminder of the open question, under a greeting or thanks."""
    step = step_of(state, context)
    if step is None:
        return (sentence("general.where_we_are_review", round=context.report.obligation.called),)
    label = where(context, step, asked_of(state, context, step))
    return (sentence("general.where_we_are", label=label, n=remaining(context)),)


def where(context: Context, step: Step, asked: tuple[Question, ...]) -> str:
    """What the open question is about, in a few words."""
    return context.titled(step) if len(asked) > 1 else context.named(asked[0])
