"""Addresses of the desk's pages: what its routes are filled in with, so that each shows something."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select, update

from handlers.doors import DeskDoor, door_of
from models.broadcast import Broadcast
from models.campaign import Campaign
from models.obligation import Obligation
from models.people import Person
from models.register import ImportRun, Volunteer
from tests.integration.handlers.desk.conftest import VILLAGE, Office, export_of, frozen_of, photo_of


def pages(app: Flask, method: str) -> Iterator[tuple[str, str]]:
    """The rule and endpoint of every page of the desk."""
    for rule in app.url_map.iter_rules():
        if isinstance(door_of(app, rule.endpoint), DeskDoor) and method in (rule.methods or ()):
            yield str(rule), rule.endpoint


def filled(rule: str, **values: object) -> str:
    """An address of the rule. A KeyError here is a new kind of page: say what of the neighbour's it would show."""
    path = rule
    for part in rule.split("<")[1:]:
        name = part.split(">")[0]
        path = path.replace(f"<{name}>", str(values[name.rpartition(":")[2]]))
    return path


def own_addresses(office: Office, name: str) -> dict[str, object]:
    """What addresses are made of that somebody called `name` sees, of the district that everything lies in."""
    number = photo_of(office.town, VILLAGE, "12")
    export_of(office.town, number, VILLAGE[:4])
    with office.town.runtime.sessions() as session, session.begin():
        session.add(Volunteer(code="F-1", name="สมศรี ตัวอย่าง", area_code=VILLAGE[:6]))
        owed = session.scalars(select(Obligation.id).where(Obligation.area_code == VILLAGE[:4]).limit(1)).one()
        person = session.scalars(select(Person.id).where(Person.name == name)).one()
    run = office.town.runtime.uploads.take("villages", [b"x"], "v.csv", person, VILLAGE[:2])
    office.town.media.stored["refused"] = b""
    with office.town.runtime.sessions() as session, session.begin():
        session.execute(update(ImportRun).values(errors_key="refused"))
    return {
        "code": VILLAGE,
        "number": number,
        "shelf": "photo",
        "check": "no_volunteer",
        "volunteer": "F-1",
        "person": person,
        "district": VILLAGE[:4],
        "run": run,
        "kind": "villages",
        "part": 1,
        "sending": confirmed(office, str(person)),
        "obligation": owed,
        "about": "reported",
        "slug": "loei_2564",
        "step": frozen_of(office.town, VILLAGE[:4]),
        "filetype": "csv",
        "report": owed_in(office, VILLAGE[:4]),
        "form": "followup",
        "text": "reminder.opening",
    }


def confirmed(office: Office, key: str) -> str:
    """The key of a word to many that went out."""
    now = office.town.clock.now()
    with office.town.runtime.sessions() as session, session.begin():
        by = session.scalars(select(Person.id)).first()
        campaign = session.scalars(select(Campaign.id)).first()
        times = {"created_at": now, "send_at": now, "confirmed_at": now}
        audience = {"group": "all", "areas": []}
        row = {"key": key, "campaign_id": campaign, "kind": "announcement", "state": "sent", "audience": audience}
        session.add(Broadcast(**row, **times, words="ทดสอบ", created_by=by, confirmed_by=by))
    return key


def owed_in(office: Office, district: str) -> int:
    """The number of a district's first report."""
    with office.town.runtime.sessions() as session:
        found = select(Obligation.id).where(Obligation.area_code == district).order_by(Obligation.id)
        return session.scalars(found).first() or 0
