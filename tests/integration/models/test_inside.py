"""What lies in an area, on databases that sort letters and signs in other ways."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import collate, select
from sqlalchemy.orm import Session, sessionmaker

from models.area import Area, inside
from models.base import make_engine

CODES = ("42", "4206", "4207", "420706", "42070605", "42070699", "4208", "99", "9901")


@pytest.fixture
def areas(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    with sessions() as session, session.begin():
        session.add_all(Area(code=code, kind="village", name_th=code) for code in CODES)
    return sessions


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("4207", ["4207", "420706", "42070605", "42070699"]),
        ("42070699", ["42070699"]),
        ("99", ["99", "9901"]),
        ("", list(CODES)),
    ],
)
def test_what_begins_with_the_code_of_an_area_lies_in_it(
    areas: sessionmaker[Session], code: str, wanted: list[str]
) -> None:
    with areas() as session:
        assert session.scalars(select(Area.code).where(inside(Area.code, code)).order_by(Area.code)).all() == wanted


def signs_first(one: str, other: str) -> int:
    """As most libraries of languages sort: signs, digits, letters."""
    keys = [[(letter.isalnum() + letter.isalpha(), letter) for letter in words] for words in (one, other)]
    return (keys[0] > keys[1]) - (keys[0] < keys[1])


def test_a_sorting_rule_that_has_signs_before_digits_hides_nothing(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection, Session(connection) as session:
        raw: Any = connection.connection.dbapi_connection
        raw.create_collation("signs_first", signs_first)
        session.add_all(Area(code=code, kind="village", name_th=code) for code in CODES)
        session.flush()
        column = collate(Area.code, "signs_first")
        found = session.scalars(select(Area.code).where(inside(column, "4207")).order_by(Area.code)).all()
    engine.dispose()
    assert found == ["4207", "420706", "42070605", "42070699"]
