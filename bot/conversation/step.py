"""One step of the conversation: (state, input, facts) -> turn. Pure; everything it knows is in its arguments."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import codes, commands, join, menu, sheets, sign, taps
from bot.conversation.broadcast import announce, place, remind
from bot.conversation.broadcast import flow as broadcast
from bot.conversation.effects import MarkFollowing
from bot.conversation.facts import Facts
from bot.conversation.household import burst, case_waiting, cases, moving, numbers
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.ledger import office
from bot.conversation.other_kinds import photo, sticker, unsupported
from bot.conversation.report import begin, choose, flow, orders
from bot.conversation.report.answering import besides, mend
from bot.conversation.report.changing import asides, quotes, returned
from bot.conversation.report.form_text import fill_in, paste
from bot.conversation.report.last_round import twins
from bot.conversation.report.sending import reasons
from bot.conversation.report.sharing import approving, hand_over, known_since
from bot.conversation.say import EXAMPLE_CODE, heard, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.conversation.where import example_answer, open_question

LONGEST = 2000
"""Characters beyond which a message is no answer to anything."""
_GO_ON = frozenset({"yes", "submit", "skip", "back", "enough"})
"""Answers that make sense only in a report: where one waits, it is taken up."""


def step(state: State, said: Incoming, facts: Facts) -> Turn:
    """Take one turn. Raises bot.conversation.facts.Missing when it needs a fact that was not loaded."""
    if said.kind is Kind.SILENT:
        return Turn(state)
    if said.kind is Kind.UNFOLLOW:
        return Turn(state, effects=(MarkFollowing(following=False),))
    if said.kind is Kind.FOLLOW:
        return join.greet(facts).also(MarkFollowing(following=True))
    if said.kind is Kind.QUIET:
        return case_waiting.told(burst.summary(state, facts), facts, quiet=True)
    turn = _answer(replace(state, unclear=0), said, facts, state.unclear)
    turn = known_since.told(turn, menu.under(state), facts)
    return besides.told(case_waiting.told(burst.told(turn, facts), facts), facts)


def _answer(state: State, said: Incoming, facts: Facts, unclear: int) -> Turn:
    counted = replace(state, unclear=unclear)
    if said.masked:
        return Turn(state, (sentence("general.national_id", example=EXAMPLE_CODE), *open_question(state, facts)))
    if said.late and said.kind in {Kind.TEXT, Kind.TAP}:
        late = cases.out_of_order(state, said, facts) or numbers.out_of_order(state, said, facts)
        return late or _late(state, said, facts)
    filled_in = paste.take(menu.under(state), said, facts) if said.kind is Kind.TEXT else None
    if filled_in is not None:
        return filled_in
    if len(said.text) > LONGEST:
        return _too_long(state, said, facts)
    quoting = (
        quotes.take(counted, said, facts)
        or cases.quoted(menu.under(counted), said, facts)
        or moving.quoted(menu.under(counted), said, facts)
        if said.quoted_message_id
        else None
    )
    if quoting is not None:
        return quoting
    by_kind = {Kind.TEXT: _text, Kind.TAP: taps.tapped, Kind.PHOTO: photo, Kind.STICKER: sticker}
    return by_kind.get(said.kind, unsupported)(counted, said, facts)


def _late(state: State, said: Incoming, facts: Facts) -> Turn:
    """Sent before something that has been answered already: never stored silently."""
    when = (said.sent_at or facts.now).astimezone(facts.now.tzinfo)
    shown = heard(said.text) if said.text else example_answer(state, facts)
    first = sentence("general.late", time=when, example=shown)
    return Turn(state, (first, *open_question(state, facts)))


def _too_long(state: State, said: Incoming, facts: Facts) -> Turn:
    first = sentence("general.too_long", n=len(said.text), example=example_answer(state, facts))
    return Turn(state, (first, *open_question(state, facts)))


def _text(state: State, said: Incoming, facts: Facts) -> Turn:
    named = menu.chosen(state, said.text, facts)
    under = menu.under(state)
    if named is not None:
        said = replace(said, text=named)
    if under.flow in join.STEPS:
        return _joining(under, said, facts)
    if under.flow == approving.FLOW and facts.person is not None:
        reasoned = approving.reason_given(under, said, facts)
        if reasoned is not None:
            return reasoned
    sending = broadcast.take(under, said, facts) if under.flow == place.FLOW else None
    ordered = sending or office.take(under, said, facts)
    if ordered is not None:
        return ordered
    if under.flow == "report" and facts.person is not None:
        return _reporting(under, said, facts)
    return _at_rest(under, said, facts)


def _reporting(state: State, said: Incoming, facts: Facts) -> Turn:
    """A report is under way: the reason that was asked for, a remark's button by its label, an answer, an order."""
    first = _decided_meanwhile(state, said, facts) or returned.take(state, said, facts)
    if first is not None or reasons.awaits(state, said, facts):
        return first or flow.words(state, said, facts)
    pressed = reasons.pressed(state, said, facts)
    if pressed is not None:
        return taps.tapped(state, pressed, facts)
    aside = asides.take(state, said, facts)
    if aside is None and not orders.answers(state, said, facts):
        aside = mend.take(state, said, facts)
    if aside is not None:
        return aside
    if flow.is_story(state, said, facts) or orders.answers(state, said, facts):
        return flow.words(state, said, facts)
    ordered = orders.obey(state, said, facts) or commands.obey(state, said, facts)
    return ordered or sheets.typed(state, said, facts) or flow.words(state, said, facts)


def _decided_meanwhile(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The province has accepted or waived the report that this chat was at."""
    gone = next((item for item in facts.obligations if item.id == state.data.get("o") and item.locked), None)
    if gone is None:
        return None
    return commands.obey(IDLE, said, facts) or Turn(IDLE, (begin.not_taken(gone),))


def _joining(state: State, said: Incoming, facts: Facts) -> Turn:
    """A joining question is open: the few commands that help everywhere, else the answer to it."""
    turn = commands.obey(state, said, facts, among=commands.EVERYWHERE)
    if turn is None or state.flow == "join_confirm":
        return turn if turn is not None and turn.state.flow == "menu" else join.STEPS[state.flow](state, said, facts)
    return (
        turn
        if turn.state.flow == "menu" or turn.effects
        else replace(turn, bubbles=(*turn.bubbles, *open_question(state, facts)))
    )


def _at_rest(state: State, said: Incoming, facts: Facts) -> Turn:
    """No flow is under way: a command, a code, a house number, an edit of a sent report, or a greeting."""
    wish = fill_in.of if state.data.get("wish") == fill_in.WISH else begin.begin
    chosen = choose.take(state, said, facts, wish) if state.flow == choose.FLOW else None
    chosen = chosen or (hand_over.take(state, said, facts) if state.flow == hand_over.FLOW else None)
    chosen = (
        chosen
        or approving.typed(said, facts)
        or returned.take(state, said, facts)
        or twins.take(state, said, facts)
        or twins.at_rest(said, facts)
    )
    turn = chosen or cases.take(state, said, facts) or sheets.typed(state, said, facts)
    turn = turn or commands.obey(state, said, facts) or _to_many(state, said, facts)
    turn = turn or twins.again(state, said, facts)
    if turn is not None:
        return turn
    if facts.person is None:
        return join.guest(IDLE, said, facts)
    turn = codes.code_or_village(said, facts) or twins.new_values(said, facts) or commands.edit_sent(state, said, facts)
    if turn is None and facts.person.holds("leader"):
        turn = sign.typed(state, said, facts) or numbers.typed(state, said, facts)
        turn = case_waiting.again(turn, facts) if turn is not None else None
    return turn or _not_understood(state, said, facts)


def _to_many(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """Provincial staff's orders that name districts: เตือน ภูเรือ, ประกาศ ผู้นำชุมชน ภูเรือ."""
    return remind.named(state, said, facts) or announce.straight(state, said, facts)


def _not_understood(state: State, said: Incoming, facts: Facts) -> Turn:
    """What was heard, and what can be done. An answer to a paused report is taken, otherwise it is offered."""
    taken = flow.take_up(said, facts)
    if taken is not None:
        return taken
    asked = returned.again(facts)
    if asked is not None:
        return asked.before(sentence("general.not_understood_menu", heard=heard(said.text))).unclear(state)
    if facts.reader.control(said.text).value in _GO_ON and begin.waiting(facts):
        return begin.begin(begin.waiting(facts)[0], facts)
    first = sentence("general.not_understood_menu", heard=heard(said.text))
    waiting = begin.offers(facts)
    if waiting:
        return Turn(state, (first, *waiting)).unclear(state)
    shown = menu.show(State(), facts)
    return Turn(shown.state, (first, *shown.bubbles)).unclear(state)
