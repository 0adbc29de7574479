from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from tests.unit.campaigns.files import LOEI, sheet, table, yaml_of

DEMO = yaml_of(LOEI / "demo.yaml")
ROLES = [(role["role"], role["area"]) for phone in DEMO["phones"] for role in phone["person"]["roles"]]
LIFE = DEMO["life"]


def test_phones_have_line_user_ids_of_their_own() -> None:
    ids = [phone["user_id"] for phone in DEMO["phones"]]
    assert len(set(ids)) == len(ids)
    assert [user_id for user_id in ids if not re.fullmatch("U[0-9a-f]{32}", user_id)] == []


def test_every_person_is_marked_as_made_up() -> None:
    for phone in DEMO["phones"]:
        assert phone["name"] == phone["person"]["name"]
        assert phone["name"].endswith(" ตัวอย่าง")


def test_three_phones_are_shown_an_officer_a_leader_and_staff() -> None:
    shown = [phone["role"] for phone in DEMO["phones"] if phone["shown"]]
    assert shown == ["officer", "leader", "staff"]


def test_fourteen_districts_have_their_officer_and_the_province_five_staff() -> None:
    assert Counter(role for role, _ in ROLES) == {"officer": 14, "staff": 5, "deputy": 1, "head": 1, "leader": 1}
    assert len({area for role, area in ROLES if role == "officer"}) == 14


def test_eight_districts_have_reported_two_are_half_finished_three_have_not_started() -> None:
    states = Counter(entry["state"] for entry in LIFE["districts"])
    assert states == {"sent": 8, "started": 2}
    assert "4207" not in {entry["area"] for entry in LIFE["districts"]}
    assert len({entry["area"] for entry in LIFE["districts"]}) == 10


def test_everything_happened_after_the_round_opened_and_before_the_clock_starts() -> None:
    opens = dt.datetime.fromisoformat(yaml_of(LOEI / "campaign.yaml")["rounds"][0]["opens"])
    start = dt.datetime.fromisoformat(LIFE["clock"])
    for entry in (*LIFE["province"], *LIFE["districts"]):
        assert opens <= dt.datetime.fromisoformat(entry["at"]) <= start


def test_answers_are_boxes_of_their_form() -> None:
    for entry in (*LIFE["province"], *LIFE["districts"]):
        names = {row.get("name") for row in sheet(LOEI / f"{entry['form']}.md", "survey")}
        assert [name for name in entry["answers"] if name not in names] == []


def test_figures_of_the_reports_agree_with_the_register_and_with_themselves() -> None:
    known = {(row["area_code"], row["name"]): row["value"] for row in table(LOEI / "register" / "known.csv")}
    for entry in LIFE["districts"]:
        values, area = entry["answers"], entry["area"]
        if "t3_hh_checked" not in values:
            continue
        open_households = values["t3_hh_checked"] - values["t3_hh_complete"]
        cases = [values[f"t3_e3{case}"] for case in (1, 2, 3, 4)]
        assert values["t3_certificates"] <= values["t3_villages_checked"] <= int(known[area, "t3_villages_total"])
        assert values["t3_hh_checked"] <= int(known[area, "t3_hh_target"])
        assert max(cases[0], cases[1], cases[3]) <= open_households <= sum(cases)
