"""Signing on the screen: with a mouse, with a finger, without a network, and after the page was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ACTION_MS
from tests.browser.product.drawing import draw_with_a_finger, draw_with_a_mouse
from tests.support.people import BOONMEE, Someone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.support.stage import Stage

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def telephone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="th-TH")  # type: ignore[arg-type]
    context.set_default_timeout(ACTION_MS)
    yield context
    context.close()


@pytest.fixture
def address(stage: Stage) -> str:
    leader = Someone(stage.simulator, BOONMEE)
    leader.say("เซ็น 12/3")
    return str(leader.button("เปิดหน้าลงชื่อ")["uri"])


def signed_without_a_network(telephone: BrowserContext, address: str) -> Page:
    page = telephone.new_page()
    page.goto(address)
    telephone.set_offline(offline=True)
    draw_with_a_finger(page)
    page.get_by_role("button", name="ส่งลายเซ็น").click()
    told(page, "เก็บลายเซ็นไว้ในเครื่องแล้ว")
    return page


def told(page: Page, words: str) -> None:
    expect(page.locator("#told")).to_contain_text(words)


def test_a_signature_is_drawn_with_a_mouse_and_sent_once(stage: Stage, telephone: BrowserContext, address: str) -> None:
    page = telephone.new_page()
    page.goto(address)
    page.get_by_role("button", name="ส่งลายเซ็น").click()
    told(page, "ยังไม่มีลายเซ็น")
    draw_with_a_mouse(page)
    page.get_by_role("button", name="ล้าง").click()
    draw_with_a_mouse(page)
    page.get_by_role("button", name="ส่งลายเซ็น").click()
    told(page, "ส่งแล้ว")
    assert len(stage.stored_files()) == 1
    page.reload()
    expect(page.locator("body")).to_contain_text("ลงชื่อไปแล้ว")


def test_a_finger_signs_as_a_witness_and_nothing_overflows_a_small_phone(
    stage: Stage, telephone: BrowserContext, address: str
) -> None:
    page = telephone.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("ผู้นำชุมชนลงชื่อเป็นพยาน").check()
    draw_with_a_finger(page)
    page.get_by_role("button", name="ส่งลายเซ็น").click()
    told(page, "ส่งแล้ว")
    assert len(stage.stored_files()) == 1


def test_strokes_drawn_without_a_network_are_sent_when_it_is_back(
    stage: Stage, telephone: BrowserContext, address: str
) -> None:
    page = signed_without_a_network(telephone, address)
    assert stage.stored_files() == []
    telephone.set_offline(offline=False)
    told(page, "ส่งแล้ว")
    assert len(stage.stored_files()) == 1


def test_a_page_that_was_closed_before_it_was_sent_sends_when_it_is_opened_again(
    stage: Stage, telephone: BrowserContext, address: str
) -> None:
    page = signed_without_a_network(telephone, address)
    page.close()
    telephone.set_offline(offline=False)
    again = telephone.new_page()
    again.goto(address)
    told(again, "ส่งแล้ว")
    assert len(stage.stored_files()) == 1
