"""The review card before sending, the whole form on request, and the receipt afterwards."""

from __future__ import annotations

from bot.conversation.report.answering.refuse import explain, problems
from bot.conversation.report.asking import back
from bot.conversation.report.asking.headings import closing
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.changing import form_view
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.last_round import changed
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.report.rows import row_number
from bot.conversation.report.sending import mending, picture, remarks
from bot.conversation.report.sharing import approval, authors
from bot.conversation.say import heard, tap
from bot.forms.addresses import NEXT
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble, Text, Words, text

MOST_CHANGES = 6


def review(context: Context, received: tuple[Words, ...] = (), *, stored: bool = False) -> Bubble:
    """P-14: the lines of the form's review step (or its boxes), and what can be done next.

    `stored`: this turn also saves the draft, so that the card shows its next version.
    """
    if context.report.sent is not None:
        return _amendment(context, stored=stored)  # before and after stand on the card itself
    obligation = context.report.obligation
    title = text("report.review_title", round=obligation.called, area=obligation.area.name)
    if context.own_name:
        title = text("report.review_title_named", name=heard(context.own_name))
    lines = _later(context) or (*received, *_lines(context))
    lines = (*authors.at_it_now(context), *approval.reason(context), *lines)
    how = approval.closing(context, text("report.confirm_send_noted"), stored=stored)
    noted, ways = remarks.on_card(context, (title, *lines, *how))
    if not noted:
        how = approval.closing(context, text("report.confirm_send", example=edit_example(context)), stored=stored)
    where = _where(context, stored=stored)
    send = approval.ways(context, "report.button.confirm_send", where, stored=stored)
    look = (
        *picture.offered(context),
        tap("report.button.view_form", "form", **where),
        tap("report.button.edit", "edit", **where),
    )
    return Bubble((*lines, *noted, *how), (*send, *ways, *look), title=title, card=True)


def _later(context: Context) -> tuple[Words, ...]:
    """P-18: a report that was filled in from the last round's shows what has changed; nothing for any other."""
    last = last_of(context) if changed.is_later(context) else None
    if last is None:
        return ()
    return changed.lines(context, last) or (
        text("report.later.unchanged", round=last.called),
        *_lines(context),
    )


def _lines(context: Context) -> tuple[Words, ...]:
    notes = [
        context.text(question.label)
        for step in context.steps
        if REVIEW in step.appearance
        for question in step.questions
        if question.kind is Kind.NOTE and context.values.relevant(question.name)
    ]
    return tuple(notes) if notes else _plain_lines(context)


def _plain_lines(context: Context) -> tuple[Words, ...]:
    """For a form without a review step: what is filled in, as much as a card holds, and what the form says last."""
    every, notes = form_view.lines(context), closing(context)
    room = max(1, form_view.MOST_LINES - len(notes))
    if len(every) <= room:
        return (*every, *notes)
    return (*every[: room - 1], text("report.review_more", n=len(every) - room + 1), *notes)


def _where(context: Context, *, stored: bool) -> dict[str, str | int]:
    """What is sent is what this card shows: the draft's version stands in its buttons."""
    return {"o": context.report.obligation.id, "r": context.seen_version(stored=stored)}


def _amendment(context: Context, *, stored: bool) -> Bubble:
    """C-08: what a change of a sent report would change, before and after."""
    obligation, changed, where = context.report.obligation, changes(context), _where(context, stored=stored)
    cancel = tap("report.button.cancel_amend", "cancel", **where)
    key = "report.back.title" if back.is_back(context) else "report.amend_title"
    title = text(key, round=obligation.called, area=obligation.area.name)
    counts = numbers_changed(context)
    if nothing_new(context):
        nothing = text("report.amend_nothing", example=edit_example(context))
        return Bubble((nothing,), (tap("report.button.edit", "edit", **where), cancel), title=title, card=True)
    lines: list[Words] = [*authors.at_it_now(context), *approval.reason(context), *back.unchanged(context), *counts]
    lines += [before_after(context, item) for item in changed[:MOST_CHANGES]]
    if len(changed) > MOST_CHANGES:
        lines.append(text("report.more_changes", n=len(changed) - MOST_CHANGES))
    lines += [mending.moved(context, item) or before_after(context, item) for item in _computed(context)]
    plain = text("report.amend_confirm", n=len(changed) + len(counts), version=obligation.versions)
    plain = text("report.back.confirm") if back.is_back(context) else plain
    how = approval.closing(context, plain, stored=stored)
    noted, ways = remarks.on_card(context, (title, *lines, *how))
    label = "report.back.button.send" if back.is_back(context) else "report.button.confirm_amend"
    first = approval.ways(context, label, where, stored=stored)
    return Bubble((*lines, *noted, *how), (*first, *ways, *picture.offered(context), cancel), title=title, card=True)


def nothing_new(context: Context) -> bool:
    """Whether there is nothing to send again: no change, and nothing of what came back was said once more."""
    if changes(context) or numbers_changed(context):
        return False
    return not back.is_back(context) or bool(back.left(context))


def changes(context: Context) -> list[Question]:
    """Answers that differ from the version that was sent, printed boxes first."""
    boxes = context.boxes()
    others = [item for item in context.questions.values() if item.asked and item not in boxes]
    return [item for item in (*boxes, *others) if _differs(context, item)]


def numbers_changed(context: Context) -> list[Text]:
    """Repeats that have more or fewer instances than in the version that was sent."""
    sent, now = context.report.sent, context.values.counts
    if sent is None or not now:
        return []
    return [_counted(context, name, sent.counts.get(name, 0)) for name in now if now[name] != sent.counts.get(name)]


def _counted(context: Context, name: str, before: int) -> Text:
    """เด็ก: เดิม 2 รายการ → ใหม่ 1 รายการ."""
    group = next((group for group in context.values.groups.values() if group.name.startswith(f"{name}[")), None)
    question = context.questions.get(name + NEXT)
    label = (
        context.repeating(question) if question is not None else context.repeated(group) if group is not None else ""
    )
    named = label or context.facts.catalogue.say(text("word.instances_plain"))
    return text("report.amend_count", label=named, before=before, after=context.values.counts[name])


def _computed(context: Context) -> list[Question]:
    """Read-back calculations that the change has moved: the boxes beside it may have to follow."""
    questions = context.questions.values()
    return [item for item in questions if item.attrs.get("readback") and _differs(context, item)]


def _differs(context: Context, question: Question) -> bool:
    sent = context.report.sent
    if sent is None or question.kind is Kind.ANOTHER:
        return False
    return sent.held(question.name) != context.values.get(question.name)


def before_after(context: Context, question: Question) -> Text:
    """ช่อง 8 ครัวเรือนที่ตรวจทานแล้ว: เดิม 3,150 → ใหม่ 3,510."""
    sent = context.report.sent
    before = sent.held(question.name) if sent is not None else ""
    return context.change(question, context.write(question, before))


def missing(context: Context) -> Bubble | None:
    """What still stands in the way of sending; None when nothing does."""
    found = problems(context)
    if not found:
        return None
    return explain(context, found[0], context.questions, text("report.review_refused"))


def full_text(context: Context, step_name: str) -> Bubble | None:
    """The long wording of a printed row, one tap away."""
    step = context.values.step(step_name)
    if step is None or step.row is None:
        return None
    attrs = step.row.attrs
    words = attrs.get(f"full_{context.language}") or attrs.get("full", "")
    return Bubble((text("report.full_text", row=row_number(step.row), words=words),)) if words else None
