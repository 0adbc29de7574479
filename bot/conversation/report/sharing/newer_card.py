"""The card of a form that was loaded anew: what of a draft would stay, what would go, what is asked anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.report.context import Context
from bot.conversation.report_facts import NewerForm, NewerFormOf
from bot.conversation.say import heard, tap
from bot.messages.bubbles import Bubble, Button, Words, text

MOST_NAMED = 4
"""Boxes that are named; of more, only their number is told."""


def card(context: Context) -> Bubble | None:
    """What would stay, go and be asked anew, with both ways."""
    found = context.facts.ask(NewerFormOf(context.report.obligation.id))
    if found is None:
        return None
    obligation = context.report.obligation
    key = "report.newer.withdrawn" if context.report.withdrawn else "report.newer.title"
    where: dict[str, str | int] = {"o": obligation.id, "v": found.version_id}
    ways: tuple[Button, ...] = (tap("report.newer.button.use", "new_form", **where),)
    if not context.report.withdrawn:
        ways = (*ways, tap("report.newer.button.keep", "old_form", **where))
    first = text(key, round=obligation.called, area=obligation.area.name)
    return Bubble((first, *differences(context, found)), ways, card=True)


def differences(context: Context, found: NewerForm) -> tuple[Words, ...]:
    lines: list[Words] = [text("report.newer.kept", n=found.kept)]
    if found.lost:
        lines.append(text("report.newer.lost", n=len(found.lost), labels=_labels(context, found.lost)))
    if found.fresh:
        lines.append(text("report.newer.fresh", n=len(found.fresh), labels=_labels(under(context, found), found.fresh)))
    return tuple(lines)


def _labels(context: Context, names: Iterable[str]) -> str:
    questions = [context.values.questions[name] for name in names]
    shown = " · ".join(heard(context.short(question)) for question in questions[:MOST_NAMED])
    return shown if len(questions) <= MOST_NAMED else f"{shown} …"


def under(context: Context, found: NewerForm) -> Context:
    """The report on the newer version."""
    report = replace(
        context.report, form=found.form, form_version_id=found.version_id, newer_form=None, withdrawn=False
    )
    return replace(context, report=report, values=found.values, skipped=found.skipped)
