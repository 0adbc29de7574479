"""Figures of a district: the sum of its villages' summaries, counted at once; what counts as the district's own."""

from __future__ import annotations

import dataclasses
import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.conversation.household.checks import VillageCounts
from models.area import Area, AreaKind, Household
from models.campaign import Campaign, KnownValue
from models.channel import Channel
from models.household_case import HouseholdCase
from models.media import Media, MediaState
from models.people import LineAccount, Person
from models.signature import Signature, SignerRole
from services.campaigns.household_cases import cases_of
from services.evidence.checks import village_counts
from services.evidence.district_values import DistrictValues
from services.evidence.figures import DistrictFigures, figures_of
from tests.support.runtime import MONDAY

CASES = ("e31", "e32", "e33")
SETTINGS = {
    "household_checks": {
        "cases": [{"key": key, "titles": {"th": key}} for key in CASES],
        "figures": {"checked": "t3_hh_checked", "villages_checked": "t3_villages_checked", "e31": "t3_e31"},
    }
}
NUMBERS = iter(range(1, 1_000_000))


def area(session: Session, code: str, kind: AreaKind, households: int | None = None) -> None:
    parent = code[: {2: 0, 4: 2, 6: 4, 8: 6}[len(code)]] or None
    session.add(Area(code=code, kind=kind.value, parent_code=parent, name_th=code, households=households))
    session.flush()


def district(session: Session, code: str, villages: int) -> list[str]:
    if session.get(Area, "42") is None:
        area(session, "42", AreaKind.PROVINCE)
        session.add(Channel(id=1, name="LINE", bot_user_id=""))
        session.add(Person(id=1, name="บุญมี ตัวอย่าง", created_at=MONDAY))
        session.flush()
        session.add(LineAccount(id=1, channel_id=1, line_user_id="U1", person_id=1, created_at=MONDAY))
        session.add(Campaign(slug="c", province_code="42", settings=SETTINGS, loaded_at=MONDAY))
    area(session, code, AreaKind.DISTRICT)
    area(session, f"{code}01", AreaKind.TAMBON)
    codes = [f"{code}01{number:02d}" for number in range(1, villages + 1)]
    for village in codes:
        area(session, village, AreaKind.VILLAGE, 5)
    session.flush()
    return codes


def house(session: Session, village: str, *, registered: bool = True) -> int:
    row = Household(village_code=village, house_no=str(next(NUMBERS)), registered=registered)
    session.add(row)
    session.flush()
    return row.id


def photo(session: Session, village: str, household: int, state: MediaState = MediaState.STORED) -> None:
    message = f"m{next(NUMBERS)}"
    session.add(
        Media(
            account_id=1,
            line_message_id=message,
            state=state.value,
            sent_at=MONDAY,
            village_code=village,
            household_id=household,
        )
    )


def signature(session: Session, village: str, household: int | None, role: SignerRole) -> None:
    session.add(
        Signature(
            nonce=f"n{next(NUMBERS)}",
            village_code=village,
            household_id=household,
            role=role.value,
            person_id=1,
            signed_at=MONDAY,
        )
    )


def anything(session: Session, village: str, chance: random.Random) -> None:
    """A household with anything, doubled or not at all."""
    row = house(session, village, registered=chance.random() < 0.8)
    for state in MediaState:
        for _ in range(chance.choice((0, 0, 0, 1, 2))):
            photo(session, village, row, state)
    for role in (SignerRole.RESPONDENT, SignerRole.RESPONDENT, SignerRole.WITNESS):
        if chance.random() < 0.3:
            signature(session, village, row, role)
    for case in CASES:
        if chance.random() < 0.15:
            session.add(HouseholdCase(household_id=row, case=case, person_id=1, at=MONDAY))


def summed(counts: list[VillageCounts]) -> DistrictFigures:
    cases = {case: sum(one.by_case[case] for one in counts) for case in CASES}
    return DistrictFigures(
        villages=len(counts),
        sent_villages=sum(one.checked > 0 for one in counts),
        villages_checked=sum(one.total > one.added and not one.unchecked for one in counts),
        checked=sum(one.checked for one in counts),
        complete=sum(one.complete for one in counts),
        by_case=tuple((case, n) for case, n in cases.items() if n),
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_districts_figures_are_the_sum_of_its_villages_summaries(sessions: sessionmaker[Session], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up houses
    with sessions() as session, session.begin():
        villages = district(session, "4207", 6)
        for village in [*villages, *district(session, "4208", 2)]:
            for _ in range(chance.choice((0, 1, 2, 9))):
                anything(session, village, chance)
        signature(session, villages[0], None, SignerRole.LEADER)
        session.flush()
        campaign = session.scalars(select(Campaign)).one()
        counts = [village_counts(session, village, campaign) for village in villages]
        found = figures_of(session, "4207")
    assert [case.key for case in cases_of(SETTINGS)] == list(CASES)
    assert found == summed(counts)


def test_a_village_without_households_by_the_register_is_not_waited_for(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        villages = district(session, "4207", 1)
        area(session, "42070190", AreaKind.VILLAGE, 0)
        photo(session, villages[0], house(session, villages[0]))
        assert figures_of(session, "4207").whole
        area(session, "42070191", AreaKind.VILLAGE, None)
        assert not figures_of(session, "4207").whole


def test_a_village_whose_houses_nobody_listed_is_never_checked_as_a_whole(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        villages = district(session, "4207", 1)
        photo(session, villages[0], house(session, villages[0], registered=False))
        found = figures_of(session, "4207")
    assert (found.checked, found.villages_checked, found.whole) == (1, 0, True)


def test_nothing_is_known_of_a_district_that_sent_nothing() -> None:
    assert DistrictFigures(villages=3).known({"checked": "t3_hh_checked"}, "every_village") == {}
    assert DistrictFigures().known({"checked": "t3_hh_checked"}, "any") == {}


def test_a_part_of_the_villages_is_known_by_other_names_unless_the_campaign_takes_any() -> None:
    found = dataclasses.replace(DistrictFigures(), villages=3, sent_villages=1, checked=8, complete=6)
    assert found.known({"checked": "box"}, "any") == {"box": "8"}
    known = found.known({"checked": "box"}, "every_village")
    assert known["sent_checked"] == "8"
    assert known["sent_villages"] == "1"
    assert "box" not in known


def known(session: Session) -> dict[str, tuple[str, str]]:
    return {row.name: (row.value, row.source) for row in session.scalars(select(KnownValue))}


def test_known_values_follow_what_was_sent_and_leave_those_of_others_alone(sessions: sessionmaker[Session]) -> None:
    values = DistrictValues(sessions)
    with sessions() as session, session.begin():
        villages = district(session, "4207", 2)
        campaign = session.scalars(select(Campaign)).one()
        session.add(KnownValue(campaign_id=campaign.id, area_code="4207", name="t3_e31", value="9", source="register"))
        photo(session, villages[0], house(session, villages[0]))
    values.write(4207)
    with sessions() as session:
        assert known(session)["sent_checked"] == ("1", "evidence")
        assert "t3_hh_checked" not in known(session)
    with sessions() as session, session.begin():
        photo(session, villages[1], house(session, villages[1]))
    values.write(4207)
    values.write(4207)
    with sessions() as session:
        assert known(session) == {
            "t3_e31": ("9", "register"),
            "t3_hh_checked": ("2", "evidence"),
            "t3_villages_checked": ("2", "evidence"),
        }
    with sessions() as session, session.begin():
        for media in session.scalars(select(Media)):
            media.state = MediaState.UNSENT.value
    values.write(4207)
    with sessions() as session:
        assert known(session) == {"t3_e31": ("9", "register")}


def test_a_district_that_is_not_loaded_is_nobodys_figure(sessions: sessionmaker[Session]) -> None:
    DistrictValues(sessions).write(9999)
    with sessions() as session:
        assert known(session) == {}
