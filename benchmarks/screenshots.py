"""`make screenshots`: photographs the pictures of the README and of docs/forms.md from the running system.

Lives one week on the simulator's phones and writes docs/screenshots/*.png. Words, figures and clock are the same at
every run; nothing is left running. Every page that is photographed, and every text of the catalogue on a phone of 360
pixels, must have all its texts, all its letters and nothing wider than the screen; else it ends non-zero.
"""

from __future__ import annotations

import math
import os

from playwright.sync_api import expect, sync_playwright

from benchmarks import gallery, guide
from benchmarks.house import draw
from benchmarks.stage import BROWSER, DESK, FOLDER, HAND, Stage, running_system
from simulator.client import SimulatorClient


def in_thai(stage: Stage, photo: bytes) -> None:
    """The first days of round 1, from the first photo to the receipt."""
    desk = stage.open_page(DESK)
    stage.jump("2021-06-07T16:20")
    stage.send_house("leader", "12", photo)
    stage.say("staff", "ใครยังไม่ส่ง")
    stage.jump("2021-06-08T09:00", pushes=6)
    stage.picture(desk, "reminder")
    stage.jump("2021-06-08T09:12")
    stage.tap("officer", "เริ่มรายงาน", "2 อยู่ระหว่างการจัดทำรายงาน", "1 ทำแล้วทั้งสองอย่าง")
    stage.say("officer", "21 15", "3,150 กับ ๓๐๔๐")
    stage.send_house("leader", "12/1", photo)
    stage.say("staff", "ใครยังไม่ส่ง")
    stage.picture(desk, "chat")
    stage.jump("2021-06-08T09:14")
    stage.say("officer", "40 35 12 38 9")
    stage.tap("officer", "30 มิ.ย. 64 (ตามแผน)", "2 อยู่ระหว่างการจัดทำรายงาน")
    stage.say("officer", "0")
    stage.tap("officer", "1 ตามนี้", "ไม่มี")
    stage.picture(desk, "review", only="officer")
    stage.tap("officer", "ยืนยันส่ง")
    stage.picture(desk, "receipt", only="officer")
    hand = stage.open_page(HAND, scale=2)
    hand.get_by_test_id("tab-leader").click()
    stage.picture(hand, "phone")
    signing(stage)


def signing(stage: Stage) -> None:
    """The page on which a household signs, as the leader's telephone shows it."""
    stage.say("leader", "เซ็น 12/1")
    address = stage.client.find_button(stage.phones["leader"], "เปิดหน้าลงชื่อ")["uri"]
    page = stage.open_page(HAND, scale=2, address=str(address))
    box = page.locator("#pad").bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 50, box["y"] + 150)
    page.mouse.down()
    for step in range(1, 60):
        page.mouse.move(box["x"] + 50 + step * 3.4, box["y"] + 130 + 45 * math.sin(step / 3.1) * (1 - step / 80))
    page.mouse.up()
    stage.picture(page, "signing", of_phones=False)


def on_the_due_day(stage: Stage) -> None:
    """Friday: staff see who owes, remind them with the cost before their eyes, and read five lines to the governor."""
    desk = stage.open_page(DESK)
    stage.jump("2021-06-11T10:00")
    stage.say("staff", "ใครยังไม่ส่ง", "เตือน")
    stage.picture(desk, "remind", only="staff")
    stage.say("staff", "ยืนยัน", "สรุป")
    stage.picture(desk, "summary", only="staff")


def in_english(stage: Stage) -> None:
    """Three other districts, on phones set to English: one under way, one with a slip, one before sending."""
    stage.put_on_the_page("en", under_way="4206", slips="4204", reviews="4205")
    desk = stage.open_page(DESK, language="en")
    stage.say("under_way", "report", "2", "1", "22 17")
    stage.say("slips", "report", "61 40")
    stage.say("reviews", "report", "0", "1", "absent")
    stage.picture(desk, "english")


def main() -> None:
    expect.set_options(timeout=10_000)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=BROWSER)
        with running_system() as address:
            stage = Stage(address, browser, SimulatorClient(address))
            in_thai(stage, draw(browser))
            on_the_due_day(stage)
            in_english(stage)
        faults = gallery.look(browser)
        guide.sheets(browser)
        with running_system(str(guide.EXAMPLE)) as address:
            guide.on_the_phone(Stage(address, browser, SimulatorClient(address)))
        browser.close()
    if faults:
        raise SystemExit("\n".join(faults))


if __name__ == "__main__":
    main()
