"""A made-up province of many districts, one officer each, who all owe the first round; nobody in it exists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks.words import thai
from models.area import Area, AreaKind
from models.base import make_sessions
from models.campaign import Form, Round
from models.channel import Channel
from models.obligation import Obligation
from models.people import LineAccount, Membership, Person, Role
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.clock import SimulatedClock

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "loei_2564"
OPENING = dt.datetime(2021, 6, 8, 9, 0, 5, tzinfo=BANGKOK)
"""Seconds after the first round's opening word falls due."""
PROVINCE = "42"


def user_id(number: int) -> str:
    return f"U{number:032x}"


def phones(people: int) -> str:
    """The simulator's phones, as its YAML file."""
    common = "language: th, role: officer, following: true, shown: false"
    return "phones:\n" + "".join(
        f"  - {{user_id: {user_id(number)}, name: n{number}, {common}}}\n" for number in range(people)
    )


def build(engine: Engine, people: int) -> None:
    """Load the campaign and give it so many districts, each with an officer, before the opening word falls due."""
    sessions = make_sessions(engine)
    now = OPENING - dt.timedelta(days=3)
    with sessions() as session, session.begin():
        session.add(Channel(id=1, name="LINE", bot_user_id=""))
        campaigns.load(session, campaign_files.read(CAMPAIGN), now)
        _add_districts(session, people, now)
    SimulatedClock(sessions).start_at(OPENING)


def _add_districts(session: Session, people: int, now: dt.datetime) -> None:
    form = session.scalars(select(Form).where(Form.unit == AreaKind.DISTRICT.value).order_by(Form.id).limit(1)).one()
    rnd = session.scalars(
        select(Round).where(Round.campaign_id == form.campaign_id, Round.duty == form.duty, Round.number == 1)
    ).one()
    codes = [f"{PROVINCE}x{number:05d}" for number in range(people)]
    session.add_all(
        Area(
            code=code,
            kind=AreaKind.DISTRICT.value,
            parent_code=PROVINCE,
            name_th=thai("made-up district", number=code[3:]),
        )
        for code in codes
    )
    officers = [Person(name=f"officer {code}", privacy_version=1, privacy_at=now, created_at=now) for code in codes]
    session.add_all(officers)
    session.flush()
    for number, (code, officer) in enumerate(zip(codes, officers, strict=True)):
        session.add(LineAccount(channel_id=1, line_user_id=user_id(number), person_id=officer.id, created_at=now))
        session.add(Membership(person_id=officer.id, role=Role.OFFICER.value, area_code=code, since=now))
        session.add(Obligation(round_id=rnd.id, form_id=form.id, area_code=code))
