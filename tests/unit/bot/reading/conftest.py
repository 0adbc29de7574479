"""One reader for all tests here: it keeps no state, and loading the word lists is the slow part."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.reading.lexicon import Lexicon
from bot.reading.reader import Reader

BANGKOK = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon)


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    """Wednesday 16 June 2564, 09.00."""
    return dt.datetime(2021, 6, 16, 9, tzinfo=BANGKOK)


@pytest.fixture(scope="session")
def rounds() -> dict[int, dt.date]:
    return {1: dt.date(2021, 6, 11), 2: dt.date(2021, 6, 18), 3: dt.date(2021, 6, 25)}
