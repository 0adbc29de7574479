"""Loei as the pure world knows it: its places, people, rounds, form and what is known beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from bot.conversation import report_facts as about
from bot.conversation.facts import AreaFacts
from bot.conversation.household.checks import Case
from bot.forms.compiled import CompiledForm
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader
from services.calendar import BANGKOK
from services.campaigns import files as campaign_files
from services.campaigns.household_cases import cases_of
from tests.support.chat import LOEI
from tests.support.runtime import MONDAY

DISTRICT = AreaFacts("4207", "district", "อำเภอภูเรือ", "ภูเรือ")
VILLAGE = AreaFacts("42070605", "village", "หมู่ 5 บ้านตัวอย่าง ต.สานตม อ.ภูเรือ", "หมู่ 5 บ้านตัวอย่าง")
PROVINCE = AreaFacts("42", "province", "จังหวัดเลย", "เลย")
CODE = "4207-KX3N"
QUOTED = "m1"
"""The message that is known to be about round 1."""
COLLEAGUES = (
    about.ColleagueFacts(1, "สมใจ ตัวอย่าง", "officer"),
    about.ColleagueFacts(2, "วิชัย ตัวอย่าง", "deputy"),
)
HOUSES = ("12", "12/1", "14", "15", "15/2", "16")
DUE = {number: dt.datetime(2021, 6, 4 + 7 * number, 23, 59, 59, tzinfo=BANGKOK) for number in (1, 2, 3)}
OPENS = {number: MONDAY - dt.timedelta(days=1) + dt.timedelta(days=7 * (number - 1)) for number in (1, 2, 3)}


@cache
def loei() -> campaign_files.CampaignFiles:
    return campaign_files.read(LOEI)


@cache
def reader() -> Reader:
    return Reader.load()


@cache
def catalogue(locale: str) -> Catalogue:
    texts = loei().settings.get("texts", {}).get(locale, {})
    return Catalogue.load(locale).with_texts(texts)


def loei_form() -> CompiledForm:
    return loei().forms[0].form


@cache
def loei_cases() -> tuple[Case, ...]:
    return cases_of(loei().settings)


def loei_known() -> Mapping[str, tuple[str, str]]:
    """Name to (value, source) of what is known of the district beforehand."""
    return {row["name"]: (row["value"], row["source"]) for row in loei().known if row["area_code"] in {"42", "4207"}}
