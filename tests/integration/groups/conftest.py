"""A loaded town with a group in it, and people of its district."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chat import Phone, Town
from tests.support.groups import Group
from tests.support.loaded import LoadedFile


@pytest.fixture
def town(loaded_sqlite: LoadedFile, tmp_path: Path) -> Iterator[Town]:
    with loaded_sqlite.town() as town:
        yield town


@pytest.fixture
def group(town: Town) -> Group:
    return Group(town)


@pytest.fixture
def officer(town: Town) -> Phone:
    return town.person("สมใจ ตัวอย่าง", "officer", "4207")


@pytest.fixture
def staff(town: Town) -> Phone:
    return town.person("นุช ตัวอย่าง", "staff", "42")


@pytest.fixture
def linked(group: Group, officer: Phone) -> Group:
    """A group that its officer has linked with their district."""
    group.invite()
    group.mention(officer, "ผูกกลุ่ม")
    return group
