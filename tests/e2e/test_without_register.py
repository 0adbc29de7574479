"""A province that has loaded no register at all, on PostgreSQL: everything is asked."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.e2e.rounds import BOTH, IN_PROGRESS, NONE, ON_PLAN, OPENING, RECEIPT, SEND
from tests.support.people import SOMJAI, Someone
from tests.support.stage import LOEI, QUICK
from tests.support.system import System, running_system
from tests.support.valkey import ValkeyServer

CALENDAR = {"plan_finished_on"}


def without_register(folder: Path) -> Path:
    """The campaign with its plan alone: no village, no household, no figure, nothing has happened yet."""
    bare = folder / "campaign"
    shutil.copytree(LOEI, bare)
    config = yaml.safe_load((bare / "campaign.yaml").read_text(encoding="utf-8"))
    del config["villages"], config["households"]
    (bare / "campaign.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    with (bare / config["known"]).open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with (bare / config["known"]).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if row[1] in CALENDAR)])
    demo = yaml.safe_load((bare / "demo.yaml").read_text(encoding="utf-8"))
    demo = {
        "phones": [each for each in demo["phones"] if each["user_id"] == SOMJAI],
        "life": {"clock": "2021-06-07T08:30"},
    }
    (bare / "demo.yaml").write_text(yaml.safe_dump(demo, allow_unicode=True), encoding="utf-8")
    return bare


@pytest.fixture
def bare_system(tmp_path: Path, postgres_url: str, valkey: ValkeyServer) -> Iterator[System]:
    campaign = without_register(tmp_path)
    phones = (campaign / "demo.yaml").read_text(encoding="utf-8")
    with running_system(
        tmp_path, database_url=postgres_url, redis_url=valkey.url, phones=phones, start=(), **QUICK
    ) as system:
        system.tidtam("demo", str(campaign))
        system.start("web", "worker", "clock")
        yield system


def test_without_a_register_round_one_takes_at_most_13_turns_and_90_typed_characters(bare_system: System) -> None:
    officer = Someone(bare_system.simulator, SOMJAI)
    bare_system.simulator.move_clock(OPENING.isoformat())
    officer.waits_for("กำหนดส่งภายใน ศุกร์ที่ 11 มิ.ย. 64")
    officer.tap("เริ่มรายงาน")
    officer.tap(IN_PROGRESS)
    officer.tap(BOTH)
    officer.say("47 21 15")
    officer.say("6240 3150 3040")
    officer.say("40 35 12 38 9")
    officer.tap(ON_PLAN)
    officer.tap(IN_PROGRESS)
    officer.say("6247 6240 0 1 2")
    officer.tap("ใช่")
    officer.tap("ไม่มีข้อมูลที่อำเภอ")
    officer.tap(NONE)
    assert RECEIPT in officer.tap(SEND)
    assert officer.turns <= 13
    assert officer.typed <= 90
