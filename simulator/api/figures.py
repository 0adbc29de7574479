"""Calls that ask what was sent and to whom: delivery figures, a narrowcast's progress, the list of followers."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from simulator.api.exchange import answer
from simulator.line_errors import NOT_AVAILABLE, NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.world import World


def figures_calls(pages: Blueprint, world: World) -> None:
    @pages.get("/message/delivery/<any(reply, push, multicast, broadcast):kind>")
    def delivery(kind: str) -> Response:
        day = _day(request.args.get("date", ""))
        world.clock.refresh()
        return answer(world.statistics.delivered(kind, day))

    @pages.get("/message/progress/narrowcast")
    def narrowcast_progress() -> Response:
        """No narrowcast is ever accepted here, so there is never a progress to tell."""
        if not request.args.get("requestId"):
            raise LineError(400, "The value for the 'requestId' parameter is invalid")
        raise LineError(404, NOT_FOUND)

    @pages.get("/followers/ids")
    def follower_ids() -> Response:
        """For verified and premium accounts only, which a government office's new account is not."""
        raise LineError(403, NOT_AVAILABLE)


def _day(given: str) -> dt.date:
    """The day that eight digits name. Raises LineError."""
    try:
        if re.fullmatch(r"\d{8}", given, re.ASCII):
            return dt.datetime.strptime(given, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        pass  # such as 20210231
    raise LineError(400, "The value for the 'date' parameter is invalid")
