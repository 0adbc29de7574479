"""`tidtam richmenu` against the simulator, and the demonstration's promise of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.work import OwedJob
from simulator.client import SimulatorClient
from tests.integration.commands.conftest import Tidtam
from tests.support.people import BOONMEE, MALEE, SOMJAI
from tests.support.ports import free_port
from tests.support.simulator import ACCESS_TOKEN, running_simulator
from tests.unit.campaigns.files import LOEI


def first_tile(simulator: SimulatorClient, user_id: str) -> str:
    menu = simulator.rich_menu(user_id)
    return str(menu["areas"][0]["action"]["text"]) if menu else ""


def test_menus_are_made_once_and_seen_on_every_phone(loaded: Tidtam, tmp_path: Path) -> None:
    assert loaded("demo", LOEI, CLOCK="simulated").exit_code == 0
    phones = (LOEI / "demo.yaml").read_text(encoding="utf-8")
    with running_simulator(tmp_path, phones=phones) as simulator:
        line = {
            "LINE_API_URL": simulator.url,
            "LINE_DATA_API_URL": simulator.url,
            "LINE_CHANNEL_ACCESS_TOKEN": ACCESS_TOKEN,
        }
        made = loaded("richmenu", "sync", **line).output.splitlines()
        assert (len(made), made[0]) == (9, "made: officer th")
        assert made[-1].startswith("8 made, ")
        assert [first_tile(simulator, user) for user in (SOMJAI, MALEE, BOONMEE)] == [
            "รายงาน",
            "ใครยังไม่ส่ง",
            "ส่งรูป",
        ]
        assert loaded("richmenu", "sync", **line).output == "0 made, 0 people linked, 0 deleted\n"
        listed = [row.split("\t")[:3] for row in loaded("richmenu", "list").output.splitlines()]
        assert len(listed) == 8
        assert {row[2] for row in listed} == {"as the texts"}


def test_a_line_that_is_away_is_said_in_one_sentence(loaded: Tidtam) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    result = loaded("richmenu", "sync", LINE_API_URL=away, LINE_DATA_API_URL=away)
    assert result.exit_code == 1
    assert result.output == (
        "Error: asking which rich menus there are: - no answer; the menus before this still work, run it again\n"
    )
    listed = loaded("richmenu", "list").output.splitlines()
    assert listed[0] == "officer\tth\tmissing\t0 people\t-"


def test_a_demonstration_leaves_the_menus_to_a_worker(loaded: Tidtam, session: Session) -> None:
    loaded("demo", LOEI, CLOCK="simulated")
    assert "sync_rich_menus" in session.scalars(select(OwedJob.job)).all()
