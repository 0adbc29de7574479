"""Files asked for on the desk: who may ask for what, how far each is, and fetching them once they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.campaign import Campaign, Form
from models.export import Export, ExportKind, ExportState
from models.people import Person
from models.work import Audit
from services.desk.scope import Scope
from services.desk.sessions import Visitor
from services.exports.files import WITH_XML, WRITERS
from services.exports.reports import Wanted
from services.owed import owe
from services.ports import Clock, MediaStore

JOB = "make_export"
KEPT = dt.timedelta(days=7)
A_PAGE = 30


class NotThereError(LookupError):
    """There is no such file, or not for this visitor: the answer is the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for."""

    kind: ExportKind
    area: str
    """An area's code, in the scope of whoever asks."""
    rounds: tuple[int, ...] = ()
    form: str = ""
    format: str = ""
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the list."""

    row: Export
    who: str


@dataclass(frozen=True, slots=True)
class Fetched:
    name: str
    content_type: str
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Exports:
    sessions: Sessions
    clock: Clock
    store: MediaStore

    def ask(self, visitor: Visitor, campaign: Campaign, order: Order) -> int:
        """Promise a file; returns the row's id, for the bell. Raises NotThereError for what the visitor may not see or
        the campaign does not have."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            if not visitor.scope.sees(order.area) or not _possible(session, campaign, order):
                raise NotThereError(order.area)
            row = Export(
                person_id=visitor.person_id,
                campaign_id=campaign.id,
                area_code=order.area,
                kind=order.kind.value,
                wanted={
                    "form": order.form,
                    "format": order.format,
                    "versions": order.versions,
                    "rounds": list(order.rounds),
                },
                parts=[],
                created_at=now,
                expires_at=now + KEPT,
            )
            session.add(row)
            session.flush()
            owe(session, JOB, row.id, self.clock.real())
        return row.id

    def fetch(self, visitor: Visitor, export_id: int, part: int) -> Fetched:
        """A file's bytes, and the note of who takes them; parts count from 1. Raises NotThereError, and OSError when
        the store is away."""
        with self.sessions() as session:
            row = session.get(Export, export_id)
        if row is None or not visitor.scope.sees(row.area_code) or row.state == ExportState.GONE.value:
            raise NotThereError(export_id)
        if not 0 < part <= len(row.parts):
            raise NotThereError(part)
        file = row.parts[part - 1]
        try:
            chunks = self.store.get(file["key"])
        except KeyError:
            raise NotThereError(export_id) from None
        with self.sessions() as session, session.begin():
            session.add(self._note(visitor, row, file["rows"]))
        return Fetched(file["name"], _TYPES[file["name"].rpartition(".")[2]], chunks)

    def _note(self, visitor: Visitor, row: Export, number: int) -> Audit:
        return Audit(
            at=self.clock.now(),
            person_id=visitor.person_id,
            action=f"exported_{row.kind}",
            subject=f"export {row.id}",
            area_code=row.area_code,
            detail={"rows": number, **row.wanted},
        )


def _possible(session: Session, campaign: Campaign, order: Order) -> bool:
    if order.kind is ExportKind.PHOTOS:
        return True
    form = select(Form.id).where(Form.campaign_id == campaign.id, Form.key == order.form)
    return order.format in WRITERS and session.scalar(form) is not None


def asked_in(session: Session, scope: Scope) -> Sequence[Asked]:
    """What was asked for in an area, the newest first."""
    rows = session.execute(
        select(Export, Person.name)
        .outerjoin(Person, Person.id == Export.person_id)
        .where(scope.within(Export.area_code))
        .order_by(Export.id.desc())
        .limit(A_PAGE)
    )
    return [Asked(row, name or "") for row, name in rows]


def wanted_of(row: Export) -> Wanted:
    """Of an export of reports: what its files so far do not hold."""
    given = row.wanted
    return Wanted(
        campaign_id=row.campaign_id,
        form_key=given["form"],
        rounds=tuple(given["rounds"]),
        area=row.area_code,
        versions=given["versions"],
        after=row.parts[-1]["last"] if row.parts else 0,
        until=row.parts[-1].get("until") if row.parts else None,
        xml=given["format"] in WITH_XML,
    )


def key_of(row: Export, number: int) -> str:
    """Where a part stands in the media store; parts count from 1. A repeated attempt writes the same again."""
    ending = row.wanted["format"] if row.kind == ExportKind.REPORTS.value else "zip"
    return f"exports/{row.id}/{number}.{ending}"


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "zip": "application/zip",
}
