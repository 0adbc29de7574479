"""A round in figures, from the newest version of every report: for the executive, or for one office of its own.

Which boxes are told of, and in which words, is the campaign's `summary` (services.campaigns.summary); without it a
summary says who has reported and who has not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.summary_facts import SummaryFacts, SummaryOf
from bot.forms.compiled import CompiledForm
from bot.forms.texts import Label
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Answer, Obligation, ObligationState, Report
from services.broadcasts import broadcasts
from services.campaigns.summary import SummaryPlan, plan_of
from services.people.people import Areas
from services.reports.forms import FormCache

if TYPE_CHECKING:
    from bot.conversation.facts import AreaFacts
    from services.chat.facts import Lookup


@dataclass(frozen=True)
class Answers:
    """What was answered in some boxes, by district."""

    numbers: Mapping[str, Mapping[str, float]]
    """Box -> district -> number."""
    words: Mapping[str, Mapping[str, str]]
    """Box -> district -> value."""

    def districts(self, box: str) -> int:
        return len(self.numbers.get(box, {}))

    def total(self, box: str) -> float:
        return sum(self.numbers.get(box, {}).values())


@dataclass(frozen=True)
class Summing:
    """What a summary is made from."""

    session: Session
    forms: FormCache
    areas: Areas
    campaign: Campaign | None
    now: dt.datetime
    """Civil."""


def summary_of(look: Lookup, query: SummaryOf) -> SummaryFacts | None:
    """For the chat."""
    return summed_up(Summing(look.session, look.forms, look.areas, look.campaign, look.facts.now), query)


def summed_up(look: Summing, query: SummaryOf) -> SummaryFacts | None:
    """None before the first round opens, or when there is no such round."""
    campaign = look.campaign
    rnd = round_of(look, campaign, query.round_number) if campaign is not None else None
    if campaign is None or rnd is None:
        return None
    owed = _owed(look.session, rnd, query.area_code)
    if not owed:
        return None
    plan = plan_of(campaign.settings)
    answers = answers_of(look.session, rnd, plan, query.area_code)
    asked = [item for item in owed if item.state != ObligationState.WAIVED]  # who was excused is in no figure
    missing = dict.fromkeys(item.area_code for item in asked if not item.settled)
    districts = dict.fromkeys(item.area_code for item in asked)
    locale = look.areas.locale
    return SummaryFacts(
        round_number=rnd.number,
        due_at=rnd.due_at,
        area=look.areas[query.area_code or campaign.province_code],
        total=len(districts),
        sent=len(districts) - len(missing),
        missing=look.areas.facts(missing),
        figures=plan.lines(locale, answers.total, answers.districts, district=bool(query.area_code)),
        problems=_problems(look, rnd, plan, answers, locale),
        behind=_behind(look, plan, answers) if not query.area_code else (),
    )


def round_of(look: Summing, campaign: Campaign, number: int | None) -> Round | None:
    if number is None:
        return broadcasts.current_round(look.session, campaign, look.now)
    return look.session.scalar(
        select(Round).where(
            Round.campaign_id == campaign.id,
            Round.duty == "",
            Round.number == number,
            Round.opens_at <= look.now,
        )
    )


def _owed(session: Session, rnd: Round, area_code: str) -> list[Obligation]:
    statement = (
        select(Obligation)
        .join(Form, Form.id == Obligation.form_id)
        .where(Obligation.round_id == rnd.id, Form.unit == AreaKind.DISTRICT.value)
        .order_by(Obligation.area_code, Obligation.id)
    )
    if area_code:
        statement = statement.where(Obligation.area_code == area_code)
    return list(session.scalars(statement))


def answers_of(session: Session, rnd: Round, plan: SummaryPlan, area_code: str) -> Answers:
    """The plan's boxes in the newest version of each district's report of the plan's form."""
    newest = (
        select(Report.obligation_id, func.max(Report.number).label("number"))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.round_id == rnd.id)
        .group_by(Report.obligation_id)
        .subquery()
    )
    statement = (
        select(Answer.box, Obligation.area_code, Answer.number, Answer.value)
        .join(Report, Report.id == Answer.report_id)
        .join(newest, (newest.c.obligation_id == Report.obligation_id) & (newest.c.number == Report.number))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Form.key == plan.form,
            Form.unit == AreaKind.DISTRICT.value,
            Obligation.state != ObligationState.WAIVED.value,
        )
    )
    if area_code:
        statement = statement.where(Obligation.area_code == area_code)
    numbers: dict[str, dict[str, float]] = {}
    words: dict[str, dict[str, str]] = {}
    for box, area, number, value in session.execute(statement.where(Answer.box.in_(plan.boxes))):
        if number is not None:
            there = numbers.setdefault(box, {})
            there[area] = there.get(area, 0) + number
        words.setdefault(box, {})[area] = value
    return Answers(numbers, words)


def _problems(
    look: Summing, rnd: Round, plan: SummaryPlan, answers: Answers, locale: str
) -> tuple[tuple[str, int], ...]:
    """Each kind in how many districts, by the form's own labels, the most frequent first."""
    counted: Counter[str] = Counter()
    for value in answers.words.get(plan.problems, {}).values():
        counted.update({kind for kind in value.split() if kind not in plan.no_problem})
    labels = labels_of(form_of(look, rnd, plan), plan.problems, locale) if counted else {}
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple((labels.get(kind, kind), count) for kind, count in ordered)


def form_of(look: Summing, rnd: Round, plan: SummaryPlan) -> CompiledForm | None:
    version = look.session.scalar(
        select(Form.current_version_id).where(Form.campaign_id == rnd.campaign_id, Form.key == plan.form)
    )
    return look.forms.get(look.session, version) if version is not None else None


def labels_of(form: CompiledForm | None, box: str, locale: str) -> dict[str, str]:
    question = form.questions.get(box) if form is not None else None
    if question is None or question.choices is None:
        return {}
    return {choice.value: plain(choice.label, locale) for choice in question.choices.every}


def plain(label: Label, locale: str) -> str:
    """A label without what a form puts into it from its answers: where many reports, or none, are spoken of."""
    return "".join(part for part in label.parts(locale) if isinstance(part, str)).strip()


def _behind(look: Summing, plan: SummaryPlan, answers: Answers) -> tuple[tuple[AreaFacts, int], ...]:
    """Districts under the campaign's mark, the lowest first."""
    if plan.help is None:
        return ()
    done, target = answers.numbers.get(plan.help.part, {}), answers.numbers.get(plan.help.whole, {})
    shares = {code: round(100 * done.get(code, 0) / whole) for code, whole in target.items() if whole}
    low: Iterable[tuple[str, int]] = ((code, share) for code, share in shares.items() if share < plan.help.below)
    ordered = sorted(low, key=lambda item: (item[1], item[0]))
    look.areas.read(code for code, _share in ordered)
    return tuple((look.areas[code], share) for code, share in ordered)
