from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from models.all import Base


def test_migrations_make_every_table_of_the_models(engine: Engine) -> None:
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_one_test_does_not_see_the_rows_of_another(engine: Engine) -> None:
    with engine.begin() as connection:
        count = text("SELECT count(*) FROM channel")
        assert connection.execute(count).scalar() == 0
