from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, from_env
from tests.support.settings import environment

HERE = Path("/nonexistent")
NEEDED = [
    "DATABASE_URL",
    "REDIS_URL",
    "MEDIA_URL",
    "PUBLIC_URL",
    "SECRET_KEY",
    "LINE_CHANNEL_SECRET",
    "LINE_CHANNEL_ACCESS_TOKEN",
]


def faults(**given: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        from_env(environment(HERE, **given))
    assert str(refused.value) == "; ".join(refused.value.faults)
    return refused.value.faults


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        from_env({})
    assert refused.value.faults == [f"{name} is missing" for name in NEEDED]


def test_an_empty_value_is_a_missing_one_or_the_default() -> None:
    assert faults(SECRET_KEY="") == ["SECRET_KEY is missing"]
    assert from_env(environment(HERE, PORT="")).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "tidtam.db"),
        ("DATABASE_URL", "mysql://host/tidtam"),
        ("DATABASE_URL", "postgresql+psycopg://host:door/tidtam"),
        ("REDIS_URL", "http://host"),
        ("REDIS_URL", "redis+sentinel://one:26379,two:26379"),
        ("REDIS_URL", "redis+sentinel:///service"),
        ("MEDIA_URL", "/var/media"),
        ("PUBLIC_URL", "tidtam.example"),
        ("PUBLIC_URL", "https://"),
        ("LINE_API_URL", "line"),
        ("PORT", "http"),
        ("CHAT_THREADS", "3.5"),
        ("CHAT_THREADS", "0"),
        ("LEASE_SECONDS", "0"),
        ("SWEEP_SECONDS", "-1"),
        ("CLOCK", "fast"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_without_being_repeated(name: str, value: str) -> None:
    assert faults(**{name: value}) == [f"{name} has a value that cannot be used"]


def test_values_are_read_as_what_they_are() -> None:
    given = {"PUBLIC_URL": "https://tidtam.example/", "LEASE_SECONDS": "2.5", "PORT": "80", "CLOCK": "simulated"}
    settings = from_env(environment(HERE, **given))
    assert (settings.public_url, settings.lease_seconds, settings.port) == ("https://tidtam.example", 2.5, 80)
    assert settings.clock == "simulated"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgresql://tidtam@host/tidtam"),
        ("REDIS_URL", "redis+sentinel://:door@one:26379,two:26379/tidtam/1"),
        ("REDIS_URL", "unix:///run/valkey.sock"),
    ],
)
def test_by_its_url_alone_it_becomes_another_installation(name: str, url: str) -> None:
    assert getattr(from_env(environment(HERE, **{name: url})), name.lower()) == url


def test_a_file_counts_when_the_variable_is_there_but_empty(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n", encoding="utf-8")
    given = environment(HERE, SECRET_KEY="", SECRET_KEY_FILE=str(secret))
    assert from_env(given).secret_key == "from-a-file"


def test_a_file_of_a_secret_that_is_no_text_is_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"\xff\xfe")
    assert faults(SECRET_KEY="", SECRET_KEY_FILE=str(secret)) == ["SECRET_KEY_FILE is no text"]


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n", encoding="utf-8")
    env = environment(HERE, SECRET_KEY_FILE=str(secret))
    del env["SECRET_KEY"]
    assert from_env(env).secret_key == "from-a-file"


def test_a_file_of_a_secret_that_is_not_there_is_named() -> None:
    env = environment(HERE, SECRET_KEY_FILE="/nonexistent/secret")
    del env["SECRET_KEY"]
    with pytest.raises(SettingsError) as refused:
        from_env(env)
    assert refused.value.faults == ["SECRET_KEY_FILE cannot be read: No such file or directory"]


def test_secrets_never_show_when_settings_are_printed() -> None:
    env = environment(HERE)
    shown = repr(from_env(env))
    assert [
        name for name in ("SECRET_KEY", "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN") if env[name] in shown
    ] == []
