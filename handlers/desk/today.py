"""วันนี้, the first page: what needs doing, each line with its way there; districts against rounds; how it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from handlers.desk import charts, today_provinces
from handlers.desk.frame import Frame
from handlers.desk.reading import page_asked
from handlers.desk.today_lines import address_of, shown, written
from handlers.doors import opens_to_roles
from models.campaign import Campaign
from models.people import LineAccount
from services.calendar import day_of
from services.desk.scope import PROVINCE_DIGITS, Scope
from services.desk.sessions import DESK_ROLES
from services.desk.today import lines as doing
from services.desk.today import provinces as many
from services.desk.today.figures import Figures, figures
from services.desk.today.matrix import Matrix, matrix
from services.desk.today.others import Coming, coming_note, next_reminder, others
from services.desk.today.own import of_the_office
from services.desk.today.reports import of_the_province
from services.desk.today.sight import Series, Sight, series_of
from services.people.people import Areas

POLL_SECONDS = 30


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_today", __name__, url_prefix="/desk/today", template_folder="templates")

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def today() -> Response:
        owing = request.args.get("only") == "owing"
        with frame.runtime.sessions() as session:
            scope = _scope(frame, session)
            if scope.wide:
                sight = _sight(frame, session, scope, many.campaigns_of(session, scope))
                return today_provinces.page(frame, sight, owing=owing, poll=POLL_SECONDS)
            sight = _sight(frame, session, scope, series_of(session, scope))
            coming = next_reminder(sight) if sight.province else None
            lines = doing.ordered(_lines(sight, coming))
            series = sight.chosen(request.args.get("campaign", ""))
            table = matrix(sight, series, page_asked(), owing=owing) if series is not None else None
            drawn = figures(sight, series) if series is not None else None
            one = sight.areas[scope.codes[0]].name if frame.visitor.scope.wide else ""
        tag, same = frame.unchanged(lines, coming, table, drawn, series.key if series else "", owing)
        if same is not None:
            return same
        answer = frame.page(
            "today.html",
            Text("desk.today.title_province", {"area": one}) if one else Text("desk.today.title"),
            "today",
            province=scope.codes[0][:PROVINCE_DIGITS] if one else None,
            lines=[shown(frame, line, scope) for line in lines],
            coming=frame.words.say(coming_note(coming)) if coming is not None else "",
            owing=owing,
            today=day_of(sight.now),
            on_day=written(frame.words),
            reports=address_of(frame, "report", 0).removesuffix("0"),
            poll=POLL_SECONDS,
            tag=tag,
            **_of_series(sight, series, table),
            **_drawn(frame.words, drawn),
        )
        answer.set_etag(tag)
        return answer

    return pages


def _scope(frame: Frame, session: Session) -> Scope:
    """What the page is about: all that the visitor sees; of many provinces the one that was asked for, by its code or
    by a campaign of it."""
    scope, province = frame.visitor.scope, request.args.get("province", "")
    if not scope.wide:
        return scope
    if not province and (slug := request.args.get("campaign", "")):
        province = session.scalar(select(Campaign.province_code).where(Campaign.slug == slug)) or ""
    narrowed = scope.narrowed(province)
    return narrowed if len(province) == PROVINCE_DIGITS and narrowed.codes else scope


def _sight(frame: Frame, session: Session, scope: Scope, series: tuple[Series, ...]) -> Sight:
    visitor, clock = frame.visitor, frame.runtime.clock
    return Sight(
        session=session,
        areas=Areas(session, frame.words),
        forms=frame.runtime.forms,
        scope=scope,
        roles=visitor.roles,
        channel_id=session.get_one(LineAccount, visitor.account_id).channel_id,
        now=clock.now(),
        real=clock.real(),
        series=series,
    )


def _lines(sight: Sight, coming: Coming | None) -> Iterator[doing.Line]:
    """Every source of the list; a further one is a line here."""
    yield from of_the_province(sight) if sight.province else of_the_office(sight)
    yield from others(sight, coming)


def _of_series(sight: Sight, series: Series | None, table: Matrix | None) -> dict[str, Any]:
    return {
        "choices": [(each.key, each.title(sight.locale)) for each in sight.series],
        "chosen": series.key if series is not None else "",
        "compiled": series.campaign.slug if series is not None and _whole(sight, series) else "",
        "matrix": table,
        "several": table is not None and (max([0, *(column.total for column in table.columns)]) > 1),
    }


def _whole(sight: Sight, series: Series) -> bool:
    """Whether the rounds are the visitor's to compile: the province's staff, of that province."""
    return sight.province and sight.scope.sees(series.campaign.province_code)


def _drawn(words: Catalogue, shown: Figures | None) -> dict[str, Any]:
    """The charts, and each one's title in a sentence."""
    drawn: dict[str, charts.Drawing] = {}
    said: dict[str, str] = {}
    if shown is not None and shown.arrivals is not None:
        one = shown.arrivals
        named = [written(words)(day) for day, _number in one.days]
        due, everyone = Text("desk.today.due_mark"), Text("desk.today.all_mark", {"total": one.total})
        drawn["arrivals"] = charts.arrivals(one, named, words.say(due), words.say(everyone))
        came = max(number for _day, number in one.days)
        values = {"round": one.called, "sent": came, "total": one.total, "due": one.due}
        said["arrivals"] = words.say(Text("desk.today.said.arrivals", values))
    if shown is not None and shown.shares is not None:
        drawn["shares"] = charts.shares(shown.shares)
        low = sum(bar.share < shown.shares.below for bar in shown.shares.bars)
        values = {"round": shown.shares.called, "n": low, "below": shown.shares.below}
        said["shares"] = words.say(Text("desk.today.said.shares", values))
    if shown is not None and shown.rounds:
        named = [words.say(charts.round_line(bar)) for bar in shown.rounds]
        drawn["rounds"] = charts.rounds(shown.rounds, named)
        said["rounds"] = " · ".join(named)
    return {"figures": shown, "drawn": drawn, "said_of": said}
