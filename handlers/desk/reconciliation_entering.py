"""Reconciliation: what both ways of entering the Department's figures share, typed in or brought as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.messages.bubbles import Text, Value
from handlers.desk.frame import Frame
from handlers.desk.reading import DayField, day_field
from models.campaign import Campaign
from services.calendar import BANGKOK
from services.campaigns.reconciliation import Measure, reconciliation_of
from services.desk.scope import campaign_of_desk
from services.reconciliation.compare import PROVINCE
from services.reconciliation.entering import Entered, Figures, Given
from services.register.cells import Cells


@dataclass(frozen=True)
class Room:
    """The visitor at work, and what the form or address names."""

    frame: Frame

    def area(self) -> str:
        """The one that the form or address is about; 404 outside of what the visitor sees."""
        area, scope = request.values.get("district", ""), self.frame.visitor.scope
        if area and (not scope.sees(area) or not area.isdigit()):
            abort(HTTPStatus.NOT_FOUND)
        return area or scope.codes[0]

    def campaign(self, session: Session) -> Campaign:
        """Of the area's province; 404 where it has nothing to compare."""
        found = campaign_of_desk(session, self.frame.visitor.scope.narrowed(self.area()))
        if found is None or not reconciliation_of(found.settings).measures:
            abort(HTTPStatus.NOT_FOUND)
        return found

    @staticmethod
    def measure(campaign: Campaign, key: str) -> Measure:
        found = reconciliation_of(campaign.settings).measure(key)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return found

    @property
    def today(self) -> dt.date:
        return self.frame.runtime.clock.now().astimezone(BANGKOK).date()

    @property
    def cells(self) -> Cells:
        return Cells(self.frame.runtime.register.words, self.today)

    def day(self, typed: str) -> tuple[DayField, dt.date | None]:
        """The field of the day of which figures are, and the day, which has come."""
        field = day_field(self.frame, typed, certain=True)
        return field, field.day if field.day is not None and field.day <= self.today else None

    def say(self, key: str, **values: Value) -> str:
        return self.frame.words.say(Text(f"desk.reconciliation.{key}", values))

    def put(self, session: Session, campaign: Campaign, given: list[Given], source: str) -> Text:
        """Store figures and commit; what to say of it."""
        try:
            person, now = self.frame.visitor.person_id, self.frame.runtime.clock.now()
            entered = Figures(session, campaign).store(given, source, person, now)
            session.commit()
        except IntegrityError:
            session.rollback()
            return Text("desk.reconciliation.cannot.busy")
        return Text("desk.reconciliation.done.entered", counts(entered))

    def back(self, area: str, measure: str) -> str:
        several = len(self.frame.visitor.scope.codes) > 1
        district = area if len(area) > PROVINCE or several else None
        return url_for("desk_reconciliation.overview", district=district, measure=measure or None)


def counts(entered: Entered) -> dict[str, Value]:
    return {"added": entered.added, "changed": entered.changed, "same": entered.same}
