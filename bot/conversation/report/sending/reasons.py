"""Why a remark is right all the same: asked in one message, kept word for word, never a condition for sending."""

from __future__ import annotations

import re

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming, Kind, read_tap
from bot.conversation.report import begin
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.sending import remarks
from bot.conversation.report.sending.doubts import Doubt, gathered
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.explained import reason
from bot.messages.bubbles import Bubble, Button, Tap, Text, Words, text
from bot.reading.outcome import Action

LONGEST = 500
"""Characters of a reason; a longer story belongs in box 27 or in a letter."""
_SEPARATOR = ";"
"""Between the ready reasons in our column soft_reasons."""
_BACK = frozenset({"back", "cancel", "skip", "no"})
"""Words that leave the question without a reason."""
_NO_REASON = frozenset({"ack", "none", "done_same", "enough"})
"""Words that are no reason: it is asked again."""
_ELSEWHERE = frozenset(
    {
        *("menu", "help", "report", "resume", "review", "download", "pause", "submit", "edit", "restart"),
        *("remarks", "explain", "what_do_i_owe", "who_missing", "requests", "province_values", "contact", "privacy"),
        *("thai", "english", "language", "full_text"),
    }
)
"""Words that lead elsewhere."""
_TWO_WORDS = frozenset({"report.button.mistyped", "report.button.right_explain"})
"""Labels whose first word says enough: Mistyped, correct it."""
_FIGURES = re.compile(r"[\d\s=,.:]*=[\d\s=,.:]*")
"""8=3200: a box that is changed after all."""


def ask(state: State, context: Context, key: str) -> Turn:
    """Ask why a remark is right; when it is gone, the card says so."""
    doubt = _doubt(context, key)
    if doubt is None:
        return begin.show(context, (sentence("report.remark.gone"),))
    shown = Bubble((remarks.line(doubt), text("report.remark.ask")), _ready_buttons(context, doubt))
    here = begin.cursor(context).with_data(reason=key)
    return Turn(State(here.flow, {**here.data, "seen": state.data.get("seen", here.data["seen"])}), (shown,))


def _doubt(context: Context, key: str) -> Doubt | None:
    return next((item for item in gathered(context) if item.key == key), None)


def ask_of(state: State, said: Incoming, context: Context) -> Turn:
    """ระบุเหตุผล, ระบุเหตุผล 2: of the remark that was named, else of the first that has no reason yet."""
    doubts = gathered(context)
    number = _number(said, context)
    unexplained = (item for item in doubts if not item.reason)
    named = (item for item in doubts if item.number == number)
    doubt = next(named if number is not None else unexplained, None)
    return ask(state, context, doubt.key) if doubt is not None else show(state, said, context)


def show(state: State, said: Incoming, context: Context) -> Turn:
    """ดูข้อสังเกต, ข้อสังเกต 2."""
    return Turn(state, remarks.every(context, _number(said, context)))


def _number(said: Incoming, context: Context) -> int | None:
    number = context.facts.reader.control(said.text).notes.get("remark")
    return number if isinstance(number, int) else None


def _ready(context: Context, doubt: Doubt) -> tuple[Words, ...]:
    """Reasons that are often given: that it was checked, then the form's own for this check."""
    if doubt.fell:
        return (text("report.reason.checked"), text("report.reason.counted_too_many"))
    check = doubt.key.rpartition(".")[2]
    own = doubt.question.worded(f"{check}_reasons", context.language).split(_SEPARATOR)
    return (text("report.reason.checked"), *(words.strip() for words in own if words.strip()))


def _ready_buttons(context: Context, doubt: Doubt) -> tuple[Button, ...]:
    where: dict[str, str | int] = {"o": context.report.obligation.id, "k": doubt.key}
    return tuple(
        tap(_numbered(number, words), "reason", **where, n=number)
        for number, words in enumerate(_ready(context, doubt), 1)
    )


def _numbered(number: int, words: Words) -> Text:
    return text("report.button.reason", n=number, words=words)


def picked(state: State, said: Incoming, context: Context) -> Turn:
    """A ready reason was tapped."""
    number, key = said.tap.get("n", ""), said.tap.get("k", "")
    doubt = _doubt(context, key)
    if doubt is None:
        return begin.show(context, (sentence("report.remark.gone"),))
    ready = _ready(context, doubt)
    if not number.isdecimal() or not 0 < int(number) <= len(ready):
        return ask(state, context, key)
    return _keep(context, doubt, context.facts.catalogue.say(ready[int(number) - 1]), "")


def awaits(state: State, said: Incoming, facts: Facts) -> bool:
    """Whether the typed words are taken as the reason that was asked for."""
    if "reason" not in state.data or _FIGURES.fullmatch(said.text.strip()):
        return False
    meant = facts.reader.control(said.text)
    return not (meant.action is not Action.ASK and meant.value in _ELSEWHERE)


def take(state: State, said: Incoming, context: Context) -> Turn:
    """What was typed where a reason was asked for."""
    doubt = _doubt(context, str(state.data["reason"]))
    if doubt is None:
        return begin.show(context, (sentence("report.remark.gone"),))
    return _read(state, said, context, doubt)


def _read(state: State, said: Incoming, context: Context, doubt: Doubt) -> Turn:
    """The reason in the person's own words, one of the ready ones by its number, or a word that leaves."""
    words, ready = said.text.strip(), _ready(context, doubt)
    meant = context.facts.reader.control(words)
    intent = meant.value if meant.action is not Action.ASK and meant.why != "stalling" else None
    if intent in _BACK:
        return begin.show(context)
    if words.isdecimal() and 0 < int(words) <= len(ready):
        return _keep(context, doubt, context.facts.catalogue.say(ready[int(words) - 1]), said.message_id)
    if intent == "yes":
        return _keep(context, doubt, context.facts.catalogue.say(ready[0]), said.message_id)
    if intent in _NO_REASON or not any(letter.isalpha() for letter in words):
        return _again(state, context, doubt, text("report.remark.no_reason"))
    if len(words) > LONGEST:
        return _again(state, context, doubt, text("report.remark.too_long", n=len(words), most=LONGEST))
    return _keep(context, doubt, words, said.message_id)


def _again(state: State, context: Context, doubt: Doubt, why: Text) -> Turn:
    return Turn(state, (Bubble((why,), _ready_buttons(context, doubt)),)).unclear(state)


def _keep(context: Context, doubt: Doubt, words: str, message_id: str) -> Turn:
    """Store the reason, and go on where the report stands: the card shows it."""
    given = reason(words, doubt.figures, message_id, doubt.before)
    after = context.with_explained({**context.explained, doubt.key: given})
    kept = text("report.remark.kept", n=doubt.number)
    return begin.show(after, received=(kept,), stored=True).also(after.save())


def pressed(state: State, said: Incoming, facts: Facts) -> Incoming | None:
    """The typed twin of a card's remark buttons: their labels, or how one begins where it holds two words."""
    if state.flow != "report" or state.data.get("step") != REVIEW or "reason" in state.data:
        return None
    wanted, owed = _squeezed(said.text), state.data.get("o")
    if not wanted or not any(item.id == owed and not item.closed for item in facts.obligations):
        return None
    context = Context.of(facts, facts.ask(ReportOf(int(owed or 0))))
    for button in remarks.ways(context):
        if isinstance(button, Tap) and wanted in _names(context, button.label):
            return Incoming(Kind.TAP, tap=read_tap(button.data), sent_at=said.sent_at, message_id=said.message_id)
    return None


def _names(context: Context, label: Words) -> set[str]:
    whole = context.facts.catalogue.say(label)
    first = whole.split()[0].strip(",") if isinstance(label, Text) and label.key in _TWO_WORDS else whole
    return {_squeezed(whole), _squeezed(first)}


def _squeezed(words: str) -> str:
    return "".join(words.split()).casefold()
