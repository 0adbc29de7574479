from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool

from models.all import Base
from models.base import UtcDateTime, make_engine
from services.calendar import BANGKOK

DIALECT = sqlite.dialect()


def test_a_naive_instant_cannot_be_stored() -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(dt.datetime(2021, 6, 7), DIALECT)  # noqa: DTZ001 - the point


def test_an_instant_goes_in_and_comes_out_in_utc() -> None:
    kind = UtcDateTime()
    given = dt.datetime(2021, 6, 7, 8, 30, tzinfo=BANGKOK)
    stored = kind.process_bind_param(given, DIALECT)
    assert stored == given
    assert stored is not None
    assert stored.tzinfo is dt.UTC
    assert kind.process_result_value(stored.replace(tzinfo=None), DIALECT) == given
    assert kind.process_result_value(given, DIALECT) == given
    assert kind.process_bind_param(None, DIALECT) is None
    assert kind.process_result_value(None, DIALECT) is None


@pytest.mark.parametrize("url", ["sqlite:///nothing.db", "postgresql+psycopg://nobody@127.0.0.1:9/nothing"])
def test_a_parent_of_forking_workers_keeps_no_connection(url: str) -> None:
    assert isinstance(make_engine(url, pooled=False).pool, NullPool)
    assert not isinstance(make_engine(url).pool, NullPool)


def test_every_table_has_a_primary_key_and_every_constraint_a_name() -> None:
    for table in Base.metadata.sorted_tables:
        assert table.primary_key.columns
        assert all(constraint.name for constraint in table.constraints)


def test_metadata_holds_instants_only_as_utc() -> None:
    naive = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "DATETIME" in str(column.type).upper() and not isinstance(column.type, UtcDateTime)
    ]
    assert naive == []
