"""What the province should look at in a report: the form's own doubts, sudden rises, lateness, counts carried over.

Found once for each version, when it is finished, in every language; a report without any can be taken unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.report.sending.doubts import gathered
from bot.forms.carry import is_carried
from bot.forms.compiled import NUMBERS, Question
from bot.messages.bubbles import Words, text
from models.campaign import Campaign
from models.obligation import Report
from models.review import ReportReview
from models.upsert import insert_or_ignore

TIMES, LEAST = 3, 20
"""A count that has grown to more than so many times the last round's, and by more than so many: the campaign's
`review: {rise_times, rise_least}` says otherwise."""
SUM, FELL, ROSE, LATE, CARRIED = "sum", "fell", "rose", "late", "carried"
_LIGHT = frozenset({LATE, CARRIED})
"""They say how a report came about; nothing in it speaks against itself."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One remark, in one language."""

    kind: str
    key: str
    """Its stable name within the report."""
    box: str
    """The box that it stands at; "" for the report as a whole."""
    words: Words
    explained: bool = False

    @property
    def grave(self) -> bool:
        return self.kind not in _LIGHT and not self.explained


@dataclass(frozen=True, slots=True)
class Rise:
    times: int = TIMES
    least: int = LEAST

    @staticmethod
    def of(campaign: Campaign) -> Rise:
        given: Mapping[str, Any] = campaign.settings.get("review") or {}
        return Rise(int(given.get("rise_times", TIMES)), int(given.get("rise_least", LEAST)))


def noticed(context: Context, rise: Rise) -> tuple[Noticed, ...]:
    """All of a report's remarks: the form's first, then those of the last round, then of the report as a whole."""
    return (*_doubts(context), *_risen(context, rise), *_carried(context), *_late(context))


def _doubts(context: Context) -> Iterator[Noticed]:
    for doubt in gathered(context):
        yield Noticed(FELL if doubt.fell else SUM, doubt.key, doubt.question.name, doubt.words, bool(doubt.reason))


def _risen(context: Context, rise: Rise) -> Iterator[Noticed]:
    last = last_of(context)
    for question in _counts(context) if last is not None else ():
        before = _number(last.values.held(question.name)) if last is not None else None
        now = _number(context.values.get(question.name))
        if before is None or now is None or now <= before * rise.times or now - before <= rise.least:
            continue
        told = {"label": context.named(question), "before": context.write(question, f"{before:f}")}
        words = text("desk.reports.rose", **told, now=context.value(question))
        yield Noticed(ROSE, f"{question.name}.{ROSE}", question.name, words)


def _carried(context: Context) -> Iterator[Noticed]:
    """Counts that only grow, taken over from the last round before they have reached what they count towards."""
    found = [item for item in _counts(context) if item.running and is_carried(context.values, item.name)]
    open_ones = [item for item in found if not _reached(context, item)]
    if open_ones:
        labels = tuple(context.short(item) for item in open_ones)
        yield Noticed(CARRIED, CARRIED, "", text("desk.reports.carried", n=len(open_ones), list=labels))


def _reached(context: Context, question: Question) -> bool:
    target = context.values.held(question.attrs.get("target", ""))
    return target != "" and target == context.values.get(question.name)


def _late(context: Context) -> Iterator[Noticed]:
    if context.report.obligation.late:
        yield Noticed(LATE, LATE, "", text("desk.reports.late"))


def _counts(context: Context) -> Iterator[Question]:
    """Numbers that a person answers for."""
    for name, question in context.questions.items():
        if question.kind in NUMBERS and question.asked and not context.values.supplied(name):
            yield question


def _number(raw: str) -> Decimal | None:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def store_review(session: Session, report: Report, contexts: Mapping[str, Context], rise: Rise) -> None:
    """Keep what is noticed of a version, told by a context for each language; in place of what was found before."""
    told = {locale: noticed(context, rise) for locale, context in contexts.items()}
    first = next(iter(told.values()))
    insert_or_ignore(session, ReportReview, {"report_id": report.id, "grave": 0, "light": 0, "remarks": []})
    row = session.get_one(ReportReview, report.id, with_for_update=True)  # another job may be at the same report
    row.grave = sum(item.grave for item in first)
    row.light = len(first) - row.grave
    say = {locale: context.facts.catalogue.say for locale, context in contexts.items()}
    row.remarks = [
        {
            "kind": item.kind,
            "key": item.key,
            "box": item.box,
            "words": {locale: say[locale](found[place].words) for locale, found in told.items()},
            "explained": item.explained,
        }
        for place, item in enumerate(first)
    ]
