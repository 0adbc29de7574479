"""สรุปผู้บริหาร: a round on one page, and the rows behind each of its lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import summary as lines_of
from bot.conversation.facts import AreaFacts
from bot.conversation.summary_facts import SummaryFacts, SummaryOf
from bot.forms.compiled import CompiledForm
from bot.messages.bubbles import Text
from bot.messages.formats import number
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation
from services.campaigns.summary import SummaryPlan, plan_of
from services.ledger.summary import Answers, Summing, answers_of, form_of, labels_of, summed_up
from services.people.people import Areas
from services.reports.forms import FormCache

REPORTED, PROBLEMS, HELP = "reported", "problems", "help"
FIGURE = "figure-"


@dataclass(frozen=True, slots=True)
class Row:
    """A district, its report, and what it says in each column."""

    area: AreaFacts
    obligation_id: int
    state: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[str, ...]
    """Of the columns that hold numbers; "" under the others."""


@dataclass(frozen=True)
class RoundSummary:
    session: Session
    forms: FormCache
    areas: Areas
    campaign: Campaign
    round: Round
    now: dt.datetime
    """Civil, of Bangkok."""

    @property
    def _summing(self) -> Summing:
        return Summing(self.session, self.forms, self.areas, self.campaign, self.now)

    def facts(self) -> SummaryFacts | None:
        return summed_up(self._summing, SummaryOf(self.round.number))

    def lines(self, found: SummaryFacts) -> tuple[tuple[str, Text], ...]:
        """As the chat says them, each with what `rows` calls it; a figure by its place in the campaign's own list,
        since a line without any answer is left out."""
        told = iter(self._told())
        return tuple(
            (f"{FIGURE}{next(told)}" if about.startswith(FIGURE) else about, words)
            for about, words in lines_of.numbered(found)
        )

    def _told(self) -> Iterator[int]:
        """Places, from 1, of the figures that have a line."""
        plan = plan_of(self.campaign.settings)
        answers = answers_of(self.session, self.round, plan, "")
        return (place for place, one in enumerate(plan.figures, 1) if answers.districts(one.counted_by))

    def rows(self, about: str) -> Rows | None:
        """What a line is made of, district by district; None for a line that there is none of."""
        plan = plan_of(self.campaign.settings)
        boxes = _boxes(plan, about)
        if boxes is None:
            return None
        answers = answers_of(self.session, self.round, plan, "")
        form = form_of(self._summing, self.round, plan)
        owed = self.session.execute(
            select(Obligation, Form.key)
            .join(Form, Form.id == Obligation.form_id)
            .where(Obligation.round_id == self.round.id, Form.unit == AreaKind.DISTRICT.value)
            .order_by(Obligation.area_code, Obligation.id)
        ).all()
        kept = [row.Obligation for row in owed if about == REPORTED or row.key == plan.form]
        kinds = labels_of(form, plan.problems, self.areas.locale) if about == PROBLEMS else {}
        self.areas.read(one.area_code for one in kept)
        rows = (
            Row(self.areas[one.area_code], one.id, one.state, self._cells(answers, boxes, one.area_code, kinds))
            for one in kept
        )
        return Rows(
            tuple(_short(form, box, self.areas.locale) for box in boxes),
            tuple(rows),
            tuple(_written(answers.total(box)) if answers.districts(box) else "" for box in boxes),
        )

    def _cells(self, answers: Answers, boxes: tuple[str, ...], area: str, kinds: dict[str, str]) -> tuple[str, ...]:
        return tuple(_cell(answers, box, area, kinds) for box in boxes)


def _boxes(plan: SummaryPlan, about: str) -> tuple[str, ...] | None:
    if about == REPORTED:
        return ()
    if about == PROBLEMS:
        return (plan.problems,) if plan.problems else None
    if about == HELP:
        return (plan.help.part, plan.help.whole) if plan.help is not None else None
    place = about.removeprefix(FIGURE)
    if place == about or not place.isdecimal() or not 0 < int(place) <= len(plan.figures):
        return None
    return tuple(sorted(plan.figures[int(place) - 1].boxes))


def _cell(answers: Answers, box: str, area: str, kinds: dict[str, str]) -> str:
    figure = answers.numbers.get(box, {}).get(area)
    if figure is not None:
        return _written(figure)
    words = answers.words.get(box, {}).get(area, "")
    return ", ".join(kinds.get(kind, kind) for kind in words.split()) if kinds else words


def _short(form: CompiledForm | None, box: str, locale: str) -> str:
    question = form.questions.get(box) if form is not None else None
    return (question.short(locale) if question is not None else "") or box


def _written(value: float) -> str:
    return number(int(value)) if value == int(value) else f"{value:,.2f}"
