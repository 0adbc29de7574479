"""Messages wider than a phone: carousels of all three kinds and imagemaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.simulator.chat import bubbles, card, phone, postback, say
from tests.browser.simulator.pictures import PICTURES, with_pictures

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.simulator.fake_bot import FakeBot


def template(kind: str, *columns: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "altText": "การ์ด", "template": {"type": kind, "columns": list(columns)}}


def column(name: str) -> dict[str, Any]:
    actions = [postback(f"เลือก {name}", f"choose={name}"), {"type": "message", "label": "เมนู", "text": "เมนู"}]
    return {
        "thumbnailImageUrl": f"{PICTURES}/{name}.jpg",
        "title": f"ตำบล{name}",
        "text": "ยังขาด 2 ครั้ง",
        "actions": actions,
    }


def picture(name: str) -> dict[str, Any]:
    return {"imageUrl": f"{PICTURES}/{name}.jpg", "action": postback(f"ภาพ {name}", f"show={name}")}


def imagemap(**more: Any) -> dict[str, Any]:
    return {
        "type": "imagemap",
        "baseUrl": f"{PICTURES}/map",
        "altText": "แผนที่อำเภอ",
        "baseSize": {"width": 1040, "height": 520},
        "actions": [
            {"type": "message", "text": "รายงาน", "area": {"x": 0, "y": 0, "width": 520, "height": 520}},
            {
                "type": "uri",
                "label": "หนังสือสั่งการ",
                "linkUri": "https://pictures.test/letter",
                "area": {"x": 520, "y": 260, "width": 520, "height": 260},
            },
        ],
        **more,
    }


def loaded(picture: Locator) -> None:
    """A picture has its place before it is asked for."""
    picture.evaluate("image => image.decode()")


@pytest.fixture
def officer(page: Page, bot: FakeBot) -> Locator:
    names = ("ท่าศาลา", "ปลาบ่า", "ร่องจิก", "ลาดค่าง")
    bot.answers["การ์ด"] = [template("carousel", *map(column, names))]
    bot.answers["ภาพ"] = [template("image_carousel", *map(picture, names))]
    bot.answers["แผนที่"] = [imagemap()]
    return phone(page, "officer")


def test_the_cards_of_a_carousel_stand_in_a_row_that_scrolls(page: Page, bot: FakeBot, officer: Locator) -> None:
    with_pictures(page)
    say(page, "officer", "การ์ด")
    row = officer.locator(".card-row")
    expect(row.locator(".tpl")).to_have_count(4)
    tops = row.locator(".tpl").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    assert row.evaluate("node => node.scrollWidth > node.clientWidth")
    officer.get_by_role("button", name="เลือก ลาดค่าง").click()
    assert bot.wait_for("postback")["postback"] == {"data": "choose=ลาดค่าง"}


def test_the_bubbles_of_a_flex_carousel_are_equally_high(page: Page, bot: FakeBot, officer: Locator) -> None:
    short = card({"type": "text", "text": "สั้น"})["contents"]
    long = card({"type": "text", "text": "ยาวกว่ามาก " * 30, "wrap": True})["contents"]
    bubble = {"type": "carousel", "contents": [short, long, short]}
    bot.answers["x"] = [{"type": "flex", "altText": "การ์ด", "contents": bubble}]
    say(page, "officer", "x")
    cards = officer.locator(".card-row .fx-bubble")
    expect(cards).to_have_count(3)
    assert len(set(cards.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)"))) == 1


def test_a_picture_of_an_image_carousel_is_itself_the_button(page: Page, bot: FakeBot, officer: Locator) -> None:
    with_pictures(page)
    say(page, "officer", "ภาพ")
    second = officer.get_by_role("button", name="ภาพ ปลาบ่า")
    expect(second.locator("img")).to_be_visible()
    expect(second).to_contain_text("ภาพ ปลาบ่า")
    second.focus()
    page.keyboard.press("Enter")
    assert bot.wait_for("postback")["postback"] == {"data": "show=ปลาบ่า"}


def test_an_imagemap_asks_for_a_width_that_line_asks_for(page: Page, officer: Locator) -> None:
    asked = with_pictures(page)
    say(page, "officer", "แผนที่")
    loaded(officer.get_by_role("img", name="แผนที่อำเภอ"))
    assert set(asked) <= {f"/map/{width}" for width in (240, 300, 460, 700, 1040)}
    assert asked


def test_the_areas_of_an_imagemap_stand_where_they_were_told(page: Page, officer: Locator) -> None:
    with_pictures(page)
    say(page, "officer", "แผนที่")
    # both at once: between two looks the chat may scroll
    whole, link = officer.locator(".imagemap").evaluate(
        "map => [map, map.querySelector('a')].map(each => each.getBoundingClientRect().toJSON())"
    )
    shares = [
        (link["x"] - whole["x"]) / whole["width"],
        (link["y"] - whole["y"]) / whole["height"],
        link["width"] / whole["width"],
        link["height"] / whole["height"],
    ]
    assert shares == pytest.approx([0.5, 0.5, 0.5, 0.5], abs=0.01)
    assert whole["width"] / whole["height"] == pytest.approx(2, abs=0.02)


def test_a_tap_on_an_imagemap_says_its_text(page: Page, bot: FakeBot, officer: Locator) -> None:
    with_pictures(page)
    bot.answers["รายงาน"] = [{"type": "text", "text": "รายงานครั้งที่ 1"}]
    say(page, "officer", "แผนที่")
    officer.get_by_role("button", name="รายงาน", exact=True).click()
    expect(bubbles(page, "officer", "bot").last).to_contain_text("รายงานครั้งที่ 1")
    expect(bubbles(page, "officer", "user")).to_contain_text(["แผนที่", "รายงาน"])


def test_a_link_of_an_imagemap_opens_in_a_new_tab(page: Page, bot: FakeBot, officer: Locator, address: str) -> None:
    with_pictures(page)
    area = {"x": 0, "y": 0, "width": 1040, "height": 520}
    action = {"type": "uri", "label": "หนังสือ", "linkUri": f"{address}healthz", "area": area}
    bot.answers["x"] = [imagemap(actions=[action])]
    say(page, "officer", "x")
    with page.context.expect_page() as opened:
        officer.get_by_role("link", name="หนังสือ").click()
    opened.value.wait_for_url(f"{address}healthz")


def test_the_video_of_an_imagemap_stands_as_its_poster(page: Page, bot: FakeBot, officer: Locator) -> None:
    asked = with_pictures(page)
    video = {
        "originalContentUrl": f"{PICTURES}/film.mp4",
        "previewImageUrl": f"{PICTURES}/film.jpg",
        "area": {"x": 520, "y": 0, "width": 520, "height": 260},
        "externalLink": {"linkUri": f"{PICTURES}/more", "label": "ดูต่อ"},
    }
    bot.answers["x"] = [imagemap(video=video)]
    say(page, "officer", "x")
    expect(officer.get_by_role("link", name="วิดีโอ")).to_have_attribute("href", f"{PICTURES}/film.mp4")
    expect(officer.get_by_role("link", name="ดูต่อ")).to_be_visible()
    loaded(officer.locator(".imagemap-video img"))
    assert "/film.jpg" in asked
    assert "/film.mp4" not in asked


def test_an_imagemap_without_its_picture_can_still_be_tapped(page: Page, officer: Locator) -> None:
    page.route(f"{PICTURES}/**", lambda route: route.abort())
    say(page, "officer", "แผนที่")
    expect(officer.locator(".imagemap")).to_contain_text("เปิดรูปไม่ได้")
    officer.get_by_role("button", name="รายงาน", exact=True).click()
    expect(bubbles(page, "officer", "user")).to_contain_text(["แผนที่", "รายงาน"])
