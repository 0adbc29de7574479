"""Reconciliation: the Department's figures of an area and of those right below, typed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, abort, request

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.reading import DayField, shown_day
from handlers.desk.reconciliation_entering import Room
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.people.people import Areas
from services.reconciliation.compare import DASHBOARD
from services.reconciliation.entering import Given
from services.reconciliation.reconciling import reconcile
from services.register.cells import shown
from services.register.faults import RowError

_VALUE = "v"


def add(pages: Blueprint, frame: Frame) -> None:
    """The routes."""

    @pages.get("/figures")
    @opens_to_roles(STAFF_ROLES)
    def figures() -> Response:
        return Typing(frame, request.args).page({}, [])

    @pages.post("/figures")
    @opens_to_roles(STAFF_ROLES)
    def type_figures() -> Response:
        return Typing(frame, request.form).store()


@dataclass(frozen=True)
class Typing(Room):
    """The page on which the figures of an area and of those right below are typed."""

    asked: Mapping[str, str]

    def page(self, typed: Mapping[str, str], wrong: list[str], as_of: DayField | None = None) -> Response:
        frame, area = self.frame, self.area()
        with frame.runtime.sessions() as session:
            campaign, areas = self.campaign(session), Areas(session, frame.words)
            measure = self.measure(campaign, self.asked.get("measure", ""))
            looked = reconcile(session, campaign, measure.key, frame.visitor.scope.narrowed(area), self._now())
            codes = [code for code in looked.sources.codes if code == area or code[:-2] == area] if looked else []
            standing = looked.sources.figures.get(DASHBOARD, {}) if looked else {}
            rows = [(code, areas[code].name, standing.get(code), typed.get(code, "")) for code in codes]
        answer = frame.page(
            "reconciliation_figures.html",
            Text("desk.reconciliation.figures.title"),
            "households",
            rows=rows,
            wrong=wrong,
            area=area,
            measure=measure,
            as_of=as_of or shown_day(frame, self.today),
            back=self.back(area, measure.key),
        )
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        return answer

    def store(self) -> Response:
        """Store what was typed, or show all of it again with what cannot be read. Empty fields change nothing."""
        typed = {
            name.partition("-")[2]: text
            for name, text in self.asked.items()
            if name.startswith(f"{_VALUE}-") and text.strip()
        }
        area, wrong, given = self.area(), [], []
        as_of, day = self.day(self.asked.get("as_of", ""))
        with self.frame.runtime.sessions() as session:
            campaign, areas = self.campaign(session), Areas(session, self.frame.words)
            measure = self.measure(campaign, self.asked.get("measure", ""))
            if day is None:
                wrong.append(self.say("figures.wrong_day", heard=shown(as_of.words)))
            for code, text in typed.items():
                if not (self.frame.visitor.scope.sees(code) and (code == area or code[:-2] == area)):
                    abort(HTTPStatus.NOT_FOUND)
                try:
                    value = None if self.cells.nothing(text.strip()) else self.cells.whole(text)
                    given.append(Given(code, measure.key, value, day or self.today))
                except RowError:
                    wrong.append(self.say("figures.wrong", area=areas[code].name, heard=shown(text)))
            if not typed:
                wrong.append(self.say("figures.wrong_nothing"))
            if not wrong:
                said = self.put(session, campaign, given, "")
                return self.frame.done(self.back(area, measure.key), said)
        return self.page(typed, wrong, as_of)

    def _now(self) -> dt.datetime:
        return self.frame.runtime.clock.now()
