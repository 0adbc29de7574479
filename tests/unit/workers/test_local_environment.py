from __future__ import annotations

import io
import socket
import stat
from pathlib import Path

import pytest

from bot.settings import from_env
from tests.support.ports import free_port
from tests.support.processes import ROOT
from workers.local import environment, valkey
from workers.local.__main__ import main, steps
from workers.local.hold import data_folder

LOEI = ROOT / "campaigns" / "loei_2564"
PORTS = {"PORT": 8000, "SIMULATOR_PORT": 8001}


def test_it_satisfies_the_settings_and_points_at_the_simulator(tmp_path: Path) -> None:
    settings = from_env(environment.build(tmp_path, LOEI, {"PORT": 9000, "SIMULATOR_PORT": 9001}, {}))
    assert settings.line_api_url == settings.line_data_api_url == "http://127.0.0.1:9001"
    assert (settings.public_url, settings.port, settings.clock) == ("http://127.0.0.1:9000", 9000, "simulated")
    assert settings.media_url == f"file://{tmp_path}/media"


def test_a_database_that_the_shell_knows_is_never_used(tmp_path: Path) -> None:
    shell = {"DATABASE_URL": "postgresql://office/real", "LINE_API_URL": "https://api.line.me", "PATH": "/bin"}
    env = environment.build(tmp_path, LOEI, PORTS, shell)
    assert env["DATABASE_URL"] == f"sqlite:///{tmp_path}/tidtam.db"
    assert env["LINE_API_URL"] == "http://127.0.0.1:8001"
    assert env["PATH"] == "/bin"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    first = environment.build(tmp_path, LOEI, PORTS, {})
    again = environment.build(tmp_path, LOEI, PORTS, {})
    assert first == again
    assert len({first["SECRET_KEY"], first["LINE_CHANNEL_SECRET"], first["LINE_CHANNEL_ACCESS_TOKEN"]}) == 3
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


def test_another_campaign_is_tried_out_in_a_data_folder_of_its_own(tmp_path: Path) -> None:
    mine = tmp_path / "wells"
    mine.mkdir()
    (mine / "campaign.yaml").write_text("slug: wells")
    assert environment.read_campaign({"CAMPAIGN": str(mine)}, ROOT) == mine
    assert data_folder(str(mine)) == ROOT / ".data-wells"
    assert environment.build(tmp_path, mine, PORTS, {})["SIMULATOR_PHONES"] == ""
    assert steps(mine) == [("alembic", "upgrade", "head"), ("tidtam", "campaign", "load", str(mine))]


def test_without_a_choice_it_is_the_shipped_campaign_with_its_people(tmp_path: Path) -> None:
    assert (environment.read_campaign({}, ROOT), data_folder(None)) == (LOEI, ROOT / ".data")
    assert environment.build(tmp_path, LOEI, PORTS, {})["SIMULATOR_PHONES"] == str(LOEI / "demo.yaml")
    assert steps(LOEI)[-1] == ("tidtam", "demo", str(LOEI))


def test_a_folder_without_a_campaign_is_named(tmp_path: Path) -> None:
    with pytest.raises(environment.NoCampaignError, match=tmp_path.name):
        environment.read_campaign({"CAMPAIGN": str(tmp_path)}, ROOT)
    out = io.StringIO()
    assert main({"CAMPAIGN": str(tmp_path)}, out, tmp_path / "data") == 1
    assert tmp_path.name in out.getvalue()


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "๘๐๐๐"])
def test_a_port_that_is_none_is_named(text: str) -> None:
    with pytest.raises(environment.PortOddError, match="SIMULATOR_PORT"):
        environment.read_ports({"SIMULATOR_PORT": text})


def test_ports_have_their_usual_numbers() -> None:
    assert environment.read_ports({"PORT": "", "SIMULATOR_PORT": "9001"}) == {"PORT": 8000, "SIMULATOR_PORT": 9001}


def test_a_port_in_use_is_not_free() -> None:
    port = free_port()
    assert environment.is_free(port)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert not environment.is_free(port)


def test_a_deep_folder_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    assert valkey.socket_path(tmp_path / "v").parent == (tmp_path / "v").resolve()
    assert len(bytes(valkey.socket_path(deep))) <= valkey.LONGEST_SOCKET_PATH
    assert valkey.socket_path(deep) != valkey.socket_path(deep / "other")
