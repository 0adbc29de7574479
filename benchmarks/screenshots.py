"""`make screenshots`: photographs the pictures of the README and of docs/forms.md from the running system.

Lives one week on the simulator's phones and writes docs/screenshots/*.png. Words, figures and clock are the same at
every run; nothing is left running. Every page that is photographed, and every text of the catalogue on a phone of 360
pixels, must have all its texts, all its letters and nothing wider than the screen; else it ends non-zero.
"""

from __future__ import annotations

import math
import os

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from benchmarks import certificate, gallery, guide
from benchmarks.desk_pages import gallery as pages_of_desk
from benchmarks.desk_pages import photograph
from benchmarks.house import draw
from benchmarks.stage import BROWSER, DESK, FOLDER, HAND, Stage, running_system
from benchmarks.words import button, thai
from simulator.client import SimulatorClient

OFFICE: ViewportSize = {"width": 1280, "height": 900}


def in_thai(stage: Stage, photo: bytes) -> None:
    """The first days of round 1, from the first photo to the receipt."""
    desk = stage.open_page(DESK)
    stage.jump("2021-06-07T16:20")
    stage.send_house("leader", "12", photo)
    stage.say("staff", thai("who owes"))
    stage.jump("2021-06-08T09:00", pushes=6)
    stage.picture(desk, "reminder")
    stage.jump("2021-06-08T09:12")
    stage.tap("officer", button("begin the report"), button("being written"), button("both are done"))
    stage.say("officer", "21 15", thai("both households, in two kinds of digits"))
    stage.send_house("leader", "12/1", photo)
    stage.say("staff", thai("who owes"))
    stage.picture(desk, "chat")
    stage.jump("2021-06-08T09:14")
    stage.say("officer", "40 35 12 38 9")
    stage.tap("officer", button("on the planned day"), button("being written"))
    stage.say("officer", "0")
    stage.tap("officer", button("as the province says"), button("nothing"))
    stage.picture(desk, "review", only="officer")
    stage.tap("officer", button("send"))
    stage.picture(desk, "receipt", only="officer")
    hand = stage.open_page(HAND, scale=2)
    hand.get_by_test_id("tab-leader").click()
    stage.picture(hand, "phone")
    signing(stage)
    closing(stage)


def signing(stage: Stage) -> None:
    """The page on which a household signs, as the leader's telephone shows it."""
    stage.say("leader", thai("house 12/1 signs"))
    stage.picture(_signed(stage, button("the page to sign on")), "signing", of_phones=False)


def closing(stage: Stage) -> None:
    """The page on which the leader signs the village's summary."""
    stage.say("leader", thai("close the village"))
    stage.picture(_signed(stage, button("sign the summary")), "closing", of_phones=False)


def _signed(stage: Stage, label: str) -> Page:
    """The page behind the leader's newest button with this label, signed and not yet sent."""
    address = stage.client.find_button(stage.phones["leader"], label)["uri"]
    page = stage.open_page(HAND, scale=2, address=str(address))
    page.locator("#send").scroll_into_view_if_needed()
    box = page.locator("#pad").bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(box["x"] + 50, box["y"] + 150)
    page.mouse.down()
    for step in range(1, 60):
        page.mouse.move(box["x"] + 50 + step * 3.4, box["y"] + 130 + 45 * math.sin(step / 3.1) * (1 - step / 80))
    page.mouse.up()
    return page


def on_the_due_day(stage: Stage) -> None:
    """Friday: staff see who owes, remind them with the cost before their eyes, and read five lines to the governor."""
    desk = stage.open_page(DESK)
    stage.jump("2021-06-11T10:00")
    stage.say("staff", thai("who owes"), thai("remind them"))
    stage.picture(desk, "remind", only="staff")
    stage.say("staff", thai("confirm"), thai("summary"))
    stage.picture(desk, "summary", only="staff")


def at_the_desk(stage: Stage) -> None:
    """What provincial staff see of a village in their browser, on an office's screen and on a telephone."""
    stage.say("staff", thai("the desk"))
    address = stage.client.find_button(stage.phones["staff"], button("open the desk"))["uri"]
    page = stage.open_page(OFFICE, address=str(address))
    page.get_by_role("button").click()
    shown, faults = [], []
    for name, path, heading, wrong in photograph(page, FOLDER):
        shown.append((name, path, heading))
        faults += [f"{path}: {fault}" for fault in wrong]
    FOLDER.parent.joinpath("desk-pages.md").write_text(pages_of_desk(shown), encoding="utf-8")
    if faults:
        raise SystemExit("\n".join(faults))


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
            at_the_desk(stage)
            in_english(stage)
        faults = gallery.look(browser)
        guide.sheets(browser)
        certificate.photograph()
        with running_system(str(guide.EXAMPLE)) as address:
            guide.on_the_phone(Stage(address, browser, SimulatorClient(address)))
        browser.close()
    if faults:
        raise SystemExit("\n".join(faults))


if __name__ == "__main__":
    main()
