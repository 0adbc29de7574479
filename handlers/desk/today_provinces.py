"""วันนี้ of somebody who watches over many provinces: a row for each, which leads to its own page."""

from __future__ import annotations

from flask import Response

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.today_lines import shown, written
from services.desk.scope import PROVINCE_DIGITS
from services.desk.today import lines as doing
from services.desk.today import provinces as many
from services.desk.today.others import others_of_many
from services.desk.today.sight import Sight


def page(frame: Frame, sight: Sight, *, owing: bool, poll: int) -> Response:
    """`sight`: of `many.campaigns_of`. `owing`: only provinces where something is owed; `poll`: seconds."""
    sight.areas.read(code[:PROVINCE_DIGITS] for code in sight.scope.codes)
    counted = many.counted(sight)
    lines = doing.ordered([*many.of_the_provinces(sight, counted), *others_of_many(sight)])
    table = many.provinces(sight, counted, owing=owing)
    tag, same = frame.unchanged(lines, table, owing)
    if same is not None:
        return same
    answer = frame.page(
        "today_provinces.html",
        Text("desk.today.title"),
        "today",
        lines=[shown(frame, line, sight.scope) for line in lines],
        table=table,
        owing=owing,
        on_day=written(frame.words),
        poll=poll,
        tag=tag,
    )
    answer.set_etag(tag)
    return answer
