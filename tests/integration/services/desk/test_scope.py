"""What somebody may see, asked of the database, is what their areas say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select

from services.desk.scope import Scope

CODES = st.sampled_from(["10", "11", "12", "19", "20", "42", "99", "1101", "1102", "2001", "420706", "42070605"])


@given(st.lists(CODES), CODES)
def test_a_row_is_seen_by_whoever_sees_its_area(own: list[str], asked: str) -> None:
    """Areas that follow each other are asked for as one range."""
    scope = Scope.of(own)
    with create_engine("sqlite://").connect() as connection:
        assert bool(connection.scalar(select(scope.within(literal(asked))))) == scope.sees(asked)
