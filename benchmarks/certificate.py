"""A village's certificate for docs/screenshots: made up, with the campaign's own cases and words.

Not taken from the running system, whose check codes nobody can guess: they would differ at every run.
"""

from __future__ import annotations

import datetime as dt
import math

from benchmarks.stage import FOLDER, MOST_BYTES, ROOT
from benchmarks.words import thai
from bot.conversation.household.checks import VillageCounts
from bot.messages.catalogue import Catalogue
from models.certificate import Certificate
from services.calendar import BANGKOK
from services.campaigns import files
from services.campaigns.household_cases import cases_of
from services.evidence.certificates.paper import Paper, Signed, pictures
from services.evidence.strokes import Strokes, draw

AT = dt.datetime(2021, 6, 16, 10, 20, tzinfo=BANGKOK)
COUNTS = VillageCounts(
    total=120,
    checked=118,
    complete=107,
    by_case={"e31": 4, "e32": 2, "e33": 1, "e34": 3, "e35": 2},
    lacking=(("27/1", ("signature",)), ("~63", ("photo",))),
    unchecked=("45/2", "88"),
)
CODE = "3F7KNM4A9CXT"


def _drawn(slope: float) -> bytes:
    steps = range(60)
    line = tuple((20 + step * 4.5, 120 - step * slope + 40 * math.sin(step / 3.1) * (1 - step / 80)) for step in steps)
    return draw(Strokes(320, 240, (line,)))


def photograph() -> None:
    """Write docs/screenshots/certificate.png. Ends with words when it takes more than one page, or is too large."""
    campaign = files.read(ROOT / "campaigns" / "loei_2564")
    row = Certificate(
        village_code="42070605", number=1, counts=COUNTS.to_json(), as_of=AT, certified_at=AT, check_code=CODE
    )
    paper = Paper(
        row=row,
        areas={level: thai(level) for level in ("village", "tambon", "district", "province")} | {"moo": 5},
        cases=cases_of(campaign.settings),
        project=campaign.settings["titles"]["th"],
        disclaimer=campaign.settings["disclaimer"]["th"],
        leader=Signed(thai("leader"), thai("leader's position"), _drawn(0.6)),
        inspector=Signed(thai("inspector"), thai("inspector's position"), _drawn(-0.4)),
        leader_signed=AT,
        check_page=f"https://tidtam.example.org/verify/{CODE}",
        catalogue=Catalogue.load("th"),
    )
    pages = pictures(paper.described())
    if len(pages) != 1 or len(pages[0]) > MOST_BYTES:
        raise SystemExit(f"certificate: {len(pages)} pages, {len(pages[0])} bytes")
    FOLDER.joinpath("certificate.png").write_bytes(pages[0])
