"""Reconciliation: the Department's figures brought as a file, which is checked before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import BinaryIO, cast

from flask import Blueprint, Response, request
from itsdangerous import BadData, URLSafeTimedSerializer

from bot.messages.bubbles import Text
from handlers.desk.frame import Frame
from handlers.desk.reading import shown_day
from handlers.desk.reconciliation_entering import Room, counts
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.reconciliation import reconciliation_of
from services.reconciliation.entering import Entered, Figures, Given
from services.reconciliation.uploads import Upload, Uploads
from services.register.cells import shown
from services.register.faults import FileFault

CHECK_LASTS = 3600
"""Seconds in which what was checked may be stored."""
FAULTS_SHOWN = 50
NAME_LETTERS = 100


def add(pages: Blueprint, frame: Frame) -> None:
    """The routes."""

    @pages.get("/upload")
    @opens_to_roles(STAFF_ROLES)
    def upload() -> Response:
        return Uploading(frame).page()

    @pages.post("/upload")
    @opens_to_roles(STAFF_ROLES)
    def check() -> Response:
        return Uploading(frame).check()

    @pages.post("/upload/store")
    @opens_to_roles(STAFF_ROLES)
    def store() -> Response:
        return Uploading(frame).store()


@dataclass(frozen=True)
class Uploading(Room):
    """A file is checked, shown with its faults, and stored from the same page: the checked figures come back sealed."""

    def page(self, said: str = "", **values: object) -> Response:
        with self.frame.runtime.sessions() as session:
            measures = reconciliation_of(self.campaign(session).settings).measures
        return self.frame.page(
            "reconciliation_upload.html",
            Text("desk.reconciliation.upload.title"),
            "households",
            measures=[(one.key, one.label(self.frame.words.locale)) for one in measures],
            measure=request.form.get("measure", ""),
            as_of=self.day(request.form["as_of"])[0] if "as_of" in request.form else shown_day(self.frame, self.today),
            problem=said,
            area=self.area(),
            back=self.back(self.area(), ""),
            **values,
        )

    def check(self) -> Response:
        """Nothing is stored."""
        file, words = request.files.get("file"), self.frame.words
        if file is None or not file.filename:
            return self._refused(self.say("upload.no_file"))
        field, as_of = self.day(request.form.get("as_of", ""))
        if as_of is None:
            return self._refused(self.say("figures.wrong_day", heard=shown(field.words)))
        with self.frame.runtime.sessions() as session:
            campaign = self.campaign(session)
            measure = self.measure(campaign, request.form.get("measure", ""))
            reading = Uploads(session, campaign, self.frame.runtime.register.words, self.today)
            try:
                found = reading.read(cast("BinaryIO", file.stream), measure.key, as_of, self.frame.visitor.scope)
            except FileFault as fault:
                return self._refused(words.say(fault.text()))
            would = Figures(session, campaign).would_become(found.given)
        return self._checked(found, would, file.filename[-NAME_LETTERS:])

    def _refused(self, why: str) -> Response:
        answer = self.page(why)
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer

    def _checked(self, found: Upload, would: Entered, name: str) -> Response:
        sealed = [[one.area_code, one.measure, one.value, one.as_of.isoformat()] for one in found.given]
        new = would.added + would.changed
        return self.page(
            dry=self.say("upload.dry", **counts(would)),
            faults=[self.frame.words.say(fault.text()) for fault in found.faults[:FAULTS_SHOWN]],
            refused=len(found.faults),
            more=max(0, len(found.faults) - FAULTS_SHOWN),
            left_out=", ".join(found.left_out),
            new=new,
            checked=self._seal.dumps([name, sealed]) if new else "",
        )

    def store(self) -> Response:
        try:
            name, sealed = self._seal.loads(request.form.get("checked", ""), max_age=CHECK_LASTS)
        except BadData:
            return self._refused(self.say("upload.old"))
        given = list(_opened(sealed))
        with self.frame.runtime.sessions() as session:
            campaign = self.campaign(session)
            said = self.put(session, campaign, given, name)
        return self.frame.done(self.back(self.area(), given[0].measure if given else ""), said)

    @property
    def _seal(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.frame.form_key(), salt="dashboard figures")


def _opened(sealed: list[list[object]]) -> Iterator[Given]:
    for code, measure, value, day in sealed:
        yield Given(str(code), str(measure), int(str(value)), dt.date.fromisoformat(str(day)))
