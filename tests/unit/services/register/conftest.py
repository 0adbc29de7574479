from __future__ import annotations

import datetime as dt

import pytest

from services.register.cells import Cells
from services.register.houses import Houses
from services.register.words import Words


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load()


@pytest.fixture(scope="session")
def cells(words: Words) -> Cells:
    return Cells(words, dt.date(2021, 6, 7))


@pytest.fixture(scope="session")
def houses(words: Words) -> Houses:
    return Houses(words)
