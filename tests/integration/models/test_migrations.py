from __future__ import annotations

import io

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from models.base import make_engine
from tests.support.processes import ROOT


@pytest.fixture
def config(database_url: str) -> Config:
    made = Config(ROOT / "alembic.ini", stdout=io.StringIO())
    made.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return made


def test_the_migrations_make_just_what_the_models_say(config: Config) -> None:
    command.check(config)


def test_everything_can_be_taken_back_and_made_again(config: Config, database_url: str) -> None:
    command.downgrade(config, "base")
    assert tables(database_url) <= {"alembic_version"}
    command.upgrade(config, "head")
    command.check(config)


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found
