"""A form version is read and compiled once a process; a turn looks only whether it is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import NoResultFound

from models.campaign import FormVersion
from services.reports.forms import FormCache
from tests.support.chat import Town


@pytest.fixture
def said(town: Town) -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(town.runtime.engine, "before_cursor_execute", note)
    yield statements
    event.remove(town.runtime.engine, "before_cursor_execute", note)


def versions(town: Town) -> list[int]:
    with town.runtime.sessions() as session:
        return list(session.scalars(select(FormVersion.id)))


def test_the_xform_is_read_once(town: Town, said: list[str]) -> None:
    cache, (first, *_) = FormCache(), versions(town)
    with town.runtime.sessions() as session:
        form = cache.get(session, first)
    said.clear()
    with town.runtime.sessions() as session:
        assert cache.get(session, first) is form
    assert not any("xform" in statement for statement in said)


def test_the_oldest_form_is_forgotten_when_there_are_too_many(town: Town) -> None:
    cache, (first, second, *_) = FormCache(size=1), versions(town)
    with town.runtime.sessions() as session:
        form = cache.get(session, first)
        cache.get(session, second)
        assert cache.get(session, first) is not form


def test_a_version_that_is_not_there_is_told(town: Town) -> None:
    with town.runtime.sessions() as session, pytest.raises(NoResultFound):
        FormCache().get(session, 999)
