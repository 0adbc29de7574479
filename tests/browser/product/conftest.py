"""The simulator's page with the whole product behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ACTION_MS
from tests.browser.product.hands import Hands
from tests.support.people import MALEE, SOMJAI, officer_of
from tests.support.stage import running_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.support.databases import SqliteTemplate
    from tests.support.stage import Stage

NA_HAEO = officer_of("4206")
"""An officer who owes round 1, as the one of ภูเรือ does."""


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("product")
    with running_stage(folder, sqlite_template.copy(folder)) as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Iterator[Stage]:
    running.reset()
    yield running
    assert running.tracebacks() == []


@pytest.fixture
def page(stage: Stage, open_page: Callable[[str], Page]) -> Iterator[Page]:
    """With a fourth phone: the officer of นาแห้ว. Closed before the stage is set back under it."""
    stage.simulator.change_phone(NA_HAEO, shown=True)
    page = open_page(stage.simulator.url)
    yield page
    page.close()


@pytest.fixture
def officer(page: Page) -> Hands:
    return Hands(page, SOMJAI)


@pytest.fixture
def other_officer(page: Page) -> Hands:
    return Hands(page, NA_HAEO)


@pytest.fixture
def staff(page: Page) -> Hands:
    return Hands(page, MALEE)


@pytest.fixture
def signed_in(stage: Stage, browser: Browser) -> Iterator[Page]:
    """The desk of provincial staff at its first page, as the button in the chat opens it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="th-TH", accept_downloads=True)
    context.set_default_timeout(ACTION_MS)
    desk = context.new_page()
    someone = stage.someone(MALEE)
    someone.say("แดชบอร์ด")
    desk.goto(str(someone.button("เปิดแดชบอร์ด")["uri"]))
    desk.get_by_role("button", name="เข้าสู่แดชบอร์ด").click()
    desk.wait_for_url("**/desk/today")
    yield desk
    context.close()
