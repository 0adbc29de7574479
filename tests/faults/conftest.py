"""The whole product with redelivery on, and what people see of a morning on which nothing goes wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pytest

from tests.faults.killer import Killer
from tests.faults.morning import TURNS, acts
from tests.support import databases
from tests.support.stage import Stage, running_stage

Chats = dict[str, list[dict[str, Any]]]


_TIME_OF_DAY = re.compile(r"\d\d\.\d\d น\.")


def _timeless(chats: Chats) -> Chats:
    """The same chats without times of day: a morning with a death in it may cross a minute."""
    timeless: Chats = json.loads(_TIME_OF_DAY.sub("…", json.dumps(chats, ensure_ascii=False)))
    return timeless


def difference(seen: Chats, wanted: Chats) -> str:
    """The first bubble of each phone that is not as it was in the undisturbed morning; empty when all are."""
    seen, wanted = _timeless(seen), _timeless(wanted)
    found = []
    for user_id in sorted(seen.keys() | wanted.keys()):
        pairs = zip_longest(seen.get(user_id, []), wanted.get(user_id, []))
        odd = next(((number, pair) for number, pair in enumerate(pairs) if pair[0] != pair[1]), None)
        if odd is not None:
            found.append(f"{user_id} bubble {odd[0]}:\n  saw    {odd[1][0]}\n  wanted {odd[1][1]}")
    return "\n".join(found)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: databases.SqliteTemplate) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("product")
    with running_stage(folder, sqlite_template.copy(folder)) as stage:
        yield stage


@pytest.fixture(scope="session")
def killer(running: Stage) -> Killer:
    return Killer(running.system)


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.reset()
    running.simulator.settings(redelivery=True)
    return running


@pytest.fixture(scope="session")
def undisturbed(running: Stage) -> Chats:
    """The chats of a morning without faults."""
    running.reset()
    script = acts(running)
    assert len(script) == TURNS
    for act in script:
        act()
    running.settle()
    return running.transcript().seen()
