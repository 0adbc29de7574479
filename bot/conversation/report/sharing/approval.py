"""What the cards of a report say about the head of office's consent: who has to ask, who may agree, what waits."""

from __future__ import annotations

from bot.conversation.report.context import Context
from bot.conversation.say import heard, tap
from bot.messages.bubbles import Button, Day, Text, Value, Words, text


def waits(context: Context, *, stored: bool = False) -> bool:
    """Whether the draft waits for a head of office, and there is one. `stored`: this turn changes it, so no more."""
    approval = context.report.approval
    return bool(approval.asked_by) and (approval.must_ask or approval.may_agree) and not stored


def mine(context: Context) -> bool:
    """Whether it waits for this person."""
    return waits(context) and context.report.approval.may_agree


def asked(context: Context) -> dict[str, Value]:
    """Who asked, and when."""
    when = (context.report.approval.asked_at or context.facts.now).astimezone(context.facts.now.tzinfo)
    return {"who": context.report.approval.asked_by, "day": Day(when.date()), "time": when}


def heads(context: Context) -> Words:
    """Names of those who can agree; before one has joined, what they are called."""
    names = context.report.approval.heads
    return ", ".join(names) if names else text("report.approval.head")


def closing(context: Context, plain: Text, *, stored: bool) -> tuple[Words, ...]:
    """The last line of the review card, in place of `plain`: what is to be done now, and by whom."""
    approval = context.report.approval
    if waits(context, stored=stored):
        key = "report.approval.decide" if approval.may_agree else "report.approval.waiting"
        return (text(key, **asked(context), **({} if approval.may_agree else {"head": heads(context)})),)
    if approval.must_ask:
        return (text("report.approval.confirm_ask"),)
    return (plain, text("report.approval.nobody")) if approval.wanted and not approval.may_agree else (plain,)


def ways(context: Context, plain: str, where: dict[str, str | int], *, stored: bool) -> tuple[Button, ...]:
    """The first buttons of the review card; `plain` is the label of the one that sends."""
    approval = context.report.approval
    if not waits(context, stored=stored):
        label = "report.approval.button.ask" if approval.must_ask else plain
        return (tap(label, "send", **where),)
    if not approval.may_agree:
        return ()
    agree = tap("report.approval.button.agree", "agree", **where)
    return (agree, tap("report.approval.button.send_back", "send_back", **where))


def reason(context: Context) -> tuple[Words, ...]:
    """Why the head of office has sent it back, on the card until it is asked for again."""
    approval = context.report.approval
    if not approval.sent_back_reason:
        return ()
    return (text("report.approval.reason", who=approval.sent_back_by, words=heard(approval.sent_back_reason)),)


def trail(context: Context) -> tuple[Words, ...]:
    """For the receipt: when consent had been asked for."""
    return (text("report.approval.trail", **asked(context)),) if waits(context) else ()


def left(context: Context) -> Text:
    """P-15 of a report that waits."""
    called = context.report.obligation.called
    if context.report.approval.may_agree:
        return text("report.approval.left_mine", round=called, who=context.report.approval.asked_by)
    return text("report.approval.left", round=called, head=heads(context))
