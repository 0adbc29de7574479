"""The script that looks at every page finds what it is there to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.looks import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SOUND = "<p>เรียน ผู้รับผิดชอบอำเภอภูเรือ ✔ กี่ กุ้ง น้ำ ${name} wells.xlsx example.org</p>"


def seen(browser: Browser, body: str) -> list[str]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(f"<meta charset='utf-8'><body>{body}</body>")
    found = faults_of(page)
    page.close()
    return found


def test_a_sound_page_has_no_fault(browser: Browser) -> None:
    assert seen(browser, SOUND) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<p>staff.all_sent</p>", "not found"),
        ("<p>เหลือ {left} ข้อความ</p>", "not found"),
        ("<p>a letter of no font: \U0010fffc</p>", "no font draws U+10fffc"),
        ("<div style='width: 500px'>wide</div>", "wider than the screen"),
        ("<div style='overflow: hidden'><b style='position: absolute; left: 350px'>อยู่นอกจอ</b></div>", "ends at"),
    ],
)
def test_each_kind_of_fault_is_found(browser: Browser, wrong: str, told: str) -> None:
    assert any(told in fault for fault in seen(browser, SOUND + wrong))


def test_what_scrolls_within_its_own_box_may_be_wide(browser: Browser) -> None:
    inside = "<div style='width: 900px'>a carousel</div>"
    assert seen(browser, f"<div style='overflow-x: auto; width: 300px'>{inside}</div>") == []
