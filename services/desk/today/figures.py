"""How it goes, for charts: reports by the day they came in, each district's share, and round beside round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, case, func, or_, select

from bot.conversation.facts import AreaFacts
from bot.messages.bubbles import Text
from models.area import AreaKind
from models.campaign import Campaign, Form, Round
from models.obligation import Answer, Obligation, ObligationState, Report
from services.campaigns.summary import Figure, Share, SummaryPlan, plan_of
from services.desk.today.arrivals import Arrivals, arrivals
from services.desk.today.sight import Series, Sight

MOST_ROUNDS = 6
"""Beside each other: the newest."""
A_SECOND = dt.timedelta(seconds=1)
"""What comes in before the due time's own second is over is in time."""
MOST_BARS = 30
"""Districts of one chart: those with the lowest share."""


@dataclass(frozen=True, slots=True)
class Bar:
    area: AreaFacts
    share: int
    """Per cent."""
    words: str
    """The campaign's own sentence of it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Districts by what part of the work is done, the lowest first."""

    called: int | Text
    bars: tuple[Bar, ...]
    below: int
    """Per cent under which a district is one to help."""
    words: str
    """The campaign's sentence over all districts of the scope."""
    others: int
    """Districts further up that are not shown."""


@dataclass(frozen=True, slots=True)
class RoundBar:
    called: int | Text
    in_time: int
    late: int
    missing: int
    share: int | None
    """Per cent of the work over all districts; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class Figures:
    arrivals: Arrivals | None
    shares: Shares | None
    rounds: tuple[RoundBar, ...]


Done = Mapping[int, Mapping[str, Mapping[str, float]]]
"""Round -> box -> district -> number."""


def figures(sight: Sight, series: Series) -> Figures:
    """Of the rounds that have opened."""
    rounds = sight.session.scalars(
        select(Round)
        .where(Round.campaign_id == series.campaign.id, Round.duty == series.duty, Round.opens_at <= sight.now)
        .order_by(Round.number.desc())
        .limit(MOST_ROUNDS)
    ).all()[::-1]
    if not rounds:
        return Figures(None, None, ())
    figure = _figure(plan_of(series.campaign.settings)) if not series.duty else None
    done = _done(sight, rounds, series.campaign, figure)
    return Figures(
        arrivals(sight, rounds[-1]), _shares(sight, rounds, done, figure), _rounds(sight, rounds, done, figure)
    )


def _figure(plan: SummaryPlan) -> tuple[SummaryPlan, Figure, Share] | None:
    """The first figure of the campaign's summary that says how much of a whole is done."""
    found = next((figure for figure in plan.figures if figure.percent is not None), None)
    if found is None or found.percent is None:
        return None
    below = plan.help.below if plan.help is not None else found.percent.below
    return replace(plan, figures=(found,)), found, replace(found.percent, below=below)


def _done(
    sight: Sight, rounds: Sequence[Round], campaign: Campaign, figure: tuple[SummaryPlan, Figure, Share] | None
) -> Done:
    """What the newest version of every report says in the figure's boxes."""
    if figure is None:
        return {}
    ids = [rnd.id for rnd in rounds]
    newest = (
        select(Report.obligation_id, func.max(Report.number).label("number"))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.round_id.in_(ids), sight.scope.within(Obligation.area_code))
        .group_by(Report.obligation_id)
        .subquery()
    )
    rows = sight.session.execute(
        select(Obligation.round_id, Answer.box, Obligation.area_code, func.sum(Answer.number))
        .join(Report, Report.id == Answer.report_id)
        .join(newest, (newest.c.obligation_id == Report.obligation_id) & (newest.c.number == Report.number))
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Form.campaign_id == campaign.id,
            Form.key == figure[0].form,
            Form.unit == AreaKind.DISTRICT.value,
            Answer.box.in_(figure[1].boxes),
            Answer.number.is_not(None),
        )
        .group_by(Obligation.round_id, Answer.box, Obligation.area_code)
    )
    found: dict[int, dict[str, dict[str, float]]] = {}
    for round_id, box, area, number in rows:
        found.setdefault(round_id, {}).setdefault(box, {})[area] = float(number or 0)
    return found


def _shares(
    sight: Sight, rounds: Sequence[Round], done: Done, figure: tuple[SummaryPlan, Figure, Share] | None
) -> Shares | None:
    """Of the newest round of which anybody has said something."""
    rnd = next((each for each in reversed(rounds) if done.get(each.id)), None)
    if rnd is None or figure is None:
        return None
    plan, _own, share = figure
    boxes = done[rnd.id]
    part, whole = boxes.get(share.part, {}), boxes.get(share.whole, {})
    order = sorted((round(100 * part.get(code, 0) / of), code) for code, of in whole.items() if of)
    names = sight.named(code for _share, code in order[:MOST_BARS])
    bars = (Bar(names[code], number, _words(sight, plan, boxes, code)) for number, code in order[:MOST_BARS])
    others = max(len(order) - MOST_BARS, 0)
    return Shares(sight.called(rnd), tuple(bars), share.below, _words(sight, plan, boxes, ""), others)


def _words(sight: Sight, plan: SummaryPlan, boxes: Mapping[str, Mapping[str, float]], code: str) -> str:
    """The plan's sentence, of one district or ("") of all."""

    def those(name: str) -> Iterable[float]:
        of = boxes.get(name, {})
        return [of[code]] if code and code in of else ([] if code else of.values())

    lines = plan.lines(
        sight.locale, lambda name: sum(those(name)), lambda name: len(list(those(name))), district=bool(code)
    )
    return next(iter(lines), "")


def _rounds(
    sight: Sight, rounds: Sequence[Round], done: Done, figure: tuple[SummaryPlan, Figure, Share] | None
) -> tuple[RoundBar, ...]:
    late = or_(
        *(and_(Obligation.round_id == rnd.id, Obligation.submitted_at >= rnd.due_at + A_SECOND) for rnd in rounds)
    )
    counted = sight.session.execute(
        select(
            Obligation.round_id,
            func.count(),
            func.count(Obligation.submitted_at),
            func.sum(case((late, 1), else_=0)),
        )
        .join(Form, Form.id == Obligation.form_id)
        .where(
            Obligation.round_id.in_([rnd.id for rnd in rounds]),
            Form.unit == AreaKind.DISTRICT.value,
            Obligation.state != ObligationState.WAIVED.value,
            sight.scope.within(Obligation.area_code),
        )
        .group_by(Obligation.round_id)
    )
    numbers = {round_id: (int(total), int(came), int(after)) for round_id, total, came, after in counted}
    bars = []
    for rnd in rounds:
        total, came, after = numbers.get(rnd.id, (0, 0, 0))
        if total:
            bars.append(RoundBar(sight.called(rnd), came - after, after, total - came, _share(done, rnd, figure)))
    return tuple(bars)


def _share(done: Done, rnd: Round, figure: tuple[SummaryPlan, Figure, Share] | None) -> int | None:
    if figure is None:
        return None
    boxes, share = done.get(rnd.id, {}), figure[2]
    whole = sum(boxes.get(share.whole, {}).values())
    return round(100 * sum(boxes.get(share.part, {}).values()) / whole) if whole else None
