"""Loading a campaign: an idempotent upsert, after which every district already owes its reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import geothai
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.forms.compiled import CompiledForm
from models.area import Area, AreaKind
from models.base import Base
from models.campaign import Campaign, Form, FormVersion, KnownValue, Round
from models.work import Audit
from services.calendar import BANGKOK
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError, CampaignFiles
from services.campaigns.form_plans import FormPlan
from services.campaigns.kept import keep
from services.campaigns.round_plans import RoundPlan
from services.ledger.duty_rounds import store_duty
from services.ledger.obliging import oblige
from services.quality import counts
from services.register import shipped
from services.register.cells import holds_national_id


def load(session: Session, files: CampaignFiles, now: dt.datetime, by: int | None = None) -> Campaign:
    """Store a campaign, or bring the stored one up to date. Answers, drafts and people are never touched.

    `by`: the person who does it; None from the command line.

    Raises CampaignError for a province that does not exist, or rows about places outside of it.
    """
    _load_areas(session, files)
    _load_register(session, files, now.astimezone(BANGKOK).date())
    campaign = _campaign(session, files, now)
    for plan in files.rounds:
        _round(session, campaign, plan)
    for form in files.forms:
        _form(session, campaign, form, now, by)
    for duty in files.duties:
        store_duty(session, campaign, duty, now)
    oblige(session, campaign)
    _load_known(session, campaign, files)
    keep(session, campaign.id, files.source, now)
    action, code = "campaign_loaded", files.province
    session.add(Audit(at=now, person_id=by, action=action, subject=files.slug, area_code=code, detail={}))
    return campaign


def _put(session: Session, model: type[Base], key: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    """The row with that key, its other columns set to `values`."""
    row = session.scalar(select(model).filter_by(**key))
    if row is None:
        row = model(**key, **values)
        session.add(row)
        session.flush()
        return row
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _load_areas(session: Session, files: CampaignFiles) -> None:
    province = geothai.province(files.province)
    if province is None:
        told = f"province {files.province} does not exist"
        raise CampaignError([Fault(told, "no_province", name=files.province)])
    known = set(session.scalars(select(Area.code)))
    _area(session, known, AreaKind.PROVINCE, province, None)
    for district in geothai.districts(province.code):
        _area(session, known, AreaKind.DISTRICT, district, province.code)
        for tambon in geothai.subdistricts(district.code):
            _area(session, known, AreaKind.TAMBON, tambon, district.code)
    session.flush()
    _refuse_strangers(session, files)


def _area(session: Session, known: set[str], kind: AreaKind, place: Any, parent: str | None) -> None:
    if place.code not in known:
        session.add(Area(code=place.code, kind=kind, parent_code=parent, name_th=place.name_th, name_en=place.name_en))
        session.flush()


def _refuse_strangers(session: Session, files: CampaignFiles) -> None:
    """Raise CampaignError for villages, houses and known values of places that the province does not have."""
    own = select(Area.code).where(Area.code.startswith(files.province))
    areas = set(session.scalars(own))
    tambons = set(session.scalars(own.where(Area.kind == AreaKind.TAMBON)))
    villages = {row["code"] for row in files.villages}
    villages |= set(session.scalars(own.where(Area.kind == AreaKind.VILLAGE)))
    faults = [
        *(_each("villages", "code", "lies in no tambon of the province", files.villages, "tambon_code", tambons)),
        *(_each("households", "village_code", "is no village", files.households, "village_code", villages)),
        *_national_ids("known", files.known),
        *(_each("known", "area_code", "is no area of the province", files.known, "area_code", areas | villages)),
    ]
    if faults:
        raise CampaignError(faults)


def _national_ids(table: str, rows: list[dict[str, str]]) -> list[Fault]:
    """A sentence for each row with a national id in any column, ten at most. The number itself is said nowhere."""
    found = [number for number, row in enumerate(rows, 2) if holds_national_id(list(row.values()))]
    return [
        Fault(f"{table}: row {number} holds a national id, which is never stored", "national_id", name=table, n=number)
        for number in found[:10]
    ]


def _each(table: str, told: str, what: str, rows: list[dict[str, str]], column: str, allowed: set[str]) -> list[Fault]:
    """A sentence for each place that is not `allowed`, ten at most."""
    strange = dict.fromkeys(row[told] for row in rows if row[column] not in allowed)
    return [Fault(f"{table}: {code} {what}", "other_place", table=table, code=code) for code in list(strange)[:10]]


def _load_register(session: Session, files: CampaignFiles, today: dt.date) -> None:
    faults = shipped.store(session, files.villages, files.households, today)
    if faults:
        raise CampaignError(faults)
    if files.villages or files.households:
        counts.forget(session, files.province)


def _campaign(session: Session, files: CampaignFiles, now: dt.datetime) -> Campaign:
    values = {"province_code": files.province, "settings": files.settings, "loaded_at": now}
    row: Campaign = _put(session, Campaign, {"slug": files.slug}, values)
    return row


def _round(session: Session, campaign: Campaign, plan: RoundPlan) -> None:
    """A time at which staff have closed the round stays, unless the file gives one of its own."""
    values = {"opens_at": plan.opens_at, "due_at": plan.due_at}
    if plan.closes_at is not None:
        values["closes_at"] = plan.closes_at
    _put(session, Round, {"campaign_id": campaign.id, "duty": "", "number": plan.number}, values)


def _form(session: Session, campaign: Campaign, plan: FormPlan, now: dt.datetime, by: int | None) -> None:
    """A form version is immutable and keyed by its content; new drafts start on the one loaded last."""
    values = {"unit": plan.unit, "answered_by": plan.answered_by, "supplies_known": plan.supplies_known, "duty": ""}
    form = _put(session, Form, {"campaign_id": campaign.id, "key": plan.key}, values)
    _current_version(session, form, plan.form, now, by)


def new_form_version(session: Session, slug: str, key: str, form: CompiledForm, now: dt.datetime) -> int:
    """Let new reports of a loaded campaign's form start on `form`. Returns the version's id. Raises LookupError."""
    row = session.scalar(
        select(Form).join(Campaign, Campaign.id == Form.campaign_id).where(Campaign.slug == slug, Form.key == key)
    )
    if row is None:
        raise LookupError(key)
    return _current_version(session, row, form, now)


def _current_version(
    session: Session, form: Form, compiled: CompiledForm, now: dt.datetime, by: int | None = None
) -> int:
    key = {"form_id": form.id, "content_hash": compiled.content_hash}
    version = session.scalar(select(FormVersion).filter_by(**key))
    if version is None:
        version = _put(
            session, FormVersion, key, {"xform": compiled.xform.decode(), "created_at": now, "loaded_by": by}
        )
    form.current_version_id = version.id
    return int(version.id)


def _load_known(session: Session, campaign: Campaign, files: CampaignFiles) -> None:
    for row in files.known:
        key = {
            "campaign_id": campaign.id,
            "area_code": row["area_code"],
            "round_number": int(row.get("round") or 0),
            "name": row["name"],
        }
        _put(session, KnownValue, key, {"value": row["value"], "source": row["source"]})
