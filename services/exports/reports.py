"""Reports as rows, streamed: a page of reports at a time, so that a hundred thousand need no more memory than a few.

Values are those of the confirmed versions, as the answer rows hold them; a box in a repeat stands under its address.
A version whose rows are not derived yet is derived here, so that a report that came in a moment ago is not blank.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from bot.forms.values import from_json
from bot.messages.catalogue import DEFAULT_LOCALE
from models.area import Area, inside
from models.campaign import Campaign, Form, Round
from models.obligation import Answer, Obligation, Report
from models.people import Person
from services.reports.derived import answers_of
from services.reports.forms import FormCache

PAGE = 500
"""Reports read at a time."""
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports."""

    campaign_id: int
    form_key: str
    rounds: tuple[int, ...] = ()
    """By number, among the rounds of the form's own series; empty: all."""
    area: str = ""
    """Only what lies in this area's code: who may see a district gets no other."""
    versions: bool = False
    """Every version and not only the newest."""
    after: int = 0
    """Only reports with a greater id: changes since a cursor."""
    until: int | None = None
    """As if nothing with a greater id had come; None: all that there is."""
    xml: bool = False
    """The submissions too: some kilobytes of each, which only one kind of file has room for."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    id: int
    round: int
    duty: str
    area_code: str
    area: str
    """By its Thai name."""
    state: str
    """Of the obligation: submitted, late, returned, accepted."""
    version: int
    reference: str
    submitted_at: dt.datetime
    submitted_by: str
    phoned_by: str
    """Who told it on the telephone; empty where the district sent it itself."""
    late: bool
    values: dict[str, Value] = field(default_factory=dict)
    """By the box's address; a number as a number."""
    xml: str = ""
    """The submission as ODK XML; "" where nobody wanted it."""


COLUMNS = (
    "round",
    "area_code",
    "area",
    "state",
    "version",
    "reference",
    "submitted_at",
    "submitted_by",
    "phoned_by",
    "late",
)
"""What a table gives of every report before its boxes."""


def report_rows(session: Session, forms: FormCache, wanted: Wanted) -> Iterator[ReportRow]:
    """In the order of their ids, the order in which they were confirmed. Leaves nothing behind in the session.

    As they stand now: pages are read one after the other, and a report that is changed meanwhile would stand there
    twice, as it was and as it is.
    """
    wanted, after = standing(session, wanted), wanted.after
    while page := report_page(session, forms, wanted, after, PAGE):
        yield from page
        after = page[-1].id


def standing(session: Session, wanted: Wanted) -> Wanted:
    """The same, with an end: what comes from now on is not among it."""
    if wanted.until is not None:
        return wanted
    return replace(wanted, until=session.scalar(select(func.max(Report.id))) or 0)


def report_page(
    session: Session,
    forms: FormCache,
    wanted: Wanted,
    after: int,
    limit: int,
    *only: ColumnElement[bool],
    skip: int = 0,
) -> list[ReportRow]:
    """At most `limit` reports whose ids are greater than `after`, and of which all of `only` is true; `skip` of them
    left out."""
    found = session.execute(_page(wanted, after).where(*only).offset(skip).limit(limit))
    columns, page = tuple(found.keys()), found.all()
    values = _values(session, forms, [row.id for row in page])
    return [ReportRow(**dict(zip(columns, row, strict=True)), values=values[row.id]) for row in page]


def count_reports(session: Session, wanted: Wanted, *only: ColumnElement[bool]) -> int:
    found = _page(wanted, wanted.after).where(*only)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def _page(wanted: Wanted, after: int) -> Select[*tuple[Any, ...]]:
    """Columns and not mapped rows: what the caller's session holds is none of our business."""
    found = (
        select(
            Report.id,
            Round.number.label("round"),
            Round.duty,
            Obligation.area_code,
            Area.name_th.label("area"),
            Obligation.state,
            Report.number.label("version"),
            Report.reference,
            Report.submitted_at,
            Person.name.label("submitted_by"),
            Report.phoned_by,
            Report.late,
            *((Report.xml,) if wanted.xml else ()),
        )
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Round, Round.id == Obligation.round_id)
        .join(Form, Form.id == Obligation.form_id)
        .join(Area, Area.code == Obligation.area_code)
        .join(Person, Person.id == Report.submitted_by)
        .where(Form.campaign_id == wanted.campaign_id, Form.key == wanted.form_key, Report.id > after)
        .order_by(Report.id)
    )
    if wanted.rounds:
        found = found.where(Round.number.in_(wanted.rounds))
    if wanted.area:
        found = found.where(inside(Obligation.area_code, wanted.area))
    newer = aliased(Report)
    follows = [newer.obligation_id == Report.obligation_id, newer.number > Report.number]
    if wanted.until is not None:
        found = found.where(Report.id <= wanted.until)
        follows.append(newer.id <= wanted.until)
    if not wanted.versions:
        # not "its number is the greatest": of how many that is true no database guesses, and each page then reads all
        found = found.where(~exists().where(*follows))
    return found


def _values(session: Session, forms: FormCache, report_ids: Sequence[int]) -> dict[int, dict[str, Value]]:
    rows = session.execute(
        select(Answer.report_id, Answer.name, Answer.value, Answer.number).where(Answer.report_id.in_(report_ids))
    )
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    for report_id, name, value, number in rows:
        found[report_id][name] = _as_value(value, number)
    waiting = select(Report.id, Report.form_version_id, Report.answers)
    for report_id, version, answers in session.execute(
        waiting.where(Report.id.in_(set(report_ids) - found.keys()))
    ).all():
        derived = answers_of(from_json(forms.get(session, version), answers))
        found[report_id] = {each.name: _as_value(each.value, each.number) for each in derived}
    return found


def _as_value(value: str, number: float | None) -> Value:
    return value if number is None else int(number) if number.is_integer() else number


def boxes_of(session: Session, forms: FormCache, wanted: Wanted) -> tuple[str, ...]:
    """The addresses of all boxes that any of the form's reports answers, in the order of first appearance."""
    found = (
        select(Answer.name, func.min(Answer.id))
        .join(Report, Report.id == Answer.report_id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Form, Form.id == Obligation.form_id)
        .where(Form.campaign_id == wanted.campaign_id, Form.key == wanted.form_key)
        .group_by(Answer.name)
        .order_by(func.min(Answer.id))
    )
    names = dict.fromkeys(name for name, _ in session.execute(found))
    for page in _underived(session, wanted):
        for values in _values(session, forms, page).values():
            names |= dict.fromkeys(values)
    return tuple(names)


def _underived(session: Session, wanted: Wanted) -> Iterator[list[int]]:
    """Ids of the form's reports without answer rows: those that came in just now."""
    waiting = (
        select(Report.id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .join(Form, Form.id == Obligation.form_id)
        .where(Form.campaign_id == wanted.campaign_id, Form.key == wanted.form_key)
        .where(~exists().where(Answer.report_id == Report.id))
        .order_by(Report.id)
        .limit(PAGE)
    )
    last = 0
    while ids := list(session.scalars(waiting.where(Report.id > last))):
        yield ids
        last = ids[-1]


def form_of(session: Session, campaign: Campaign, key: str) -> Form:
    """Raises LookupError for a key that the campaign does not have."""
    form = session.scalar(select(Form).where(Form.campaign_id == campaign.id, Form.key == key))
    if form is None:
        raise LookupError(f"{campaign.slug} has no form {key}")
    return form


def note_of(campaign: Campaign) -> str:
    """The line that the letter wants on every export; "" where the campaign has none."""
    return str((campaign.settings.get("disclaimer") or {}).get(DEFAULT_LOCALE, ""))
