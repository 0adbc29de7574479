"""Rich menus on the LINE side: made, drawn, linked, renamed; and what LINE refuses of them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.unit.simulator.calls import LEADER, LINE, NOBODY, OFFICER, STAFF, Answer, Line

SAY = {"type": "message", "text": "รายงาน"}


def menu(**changes: Any) -> dict[str, Any]:
    area = {"bounds": {"x": 0, "y": 0, "width": 800, "height": 500}, "action": SAY}
    plain = {
        "size": {"width": 800, "height": 500},
        "selected": True,
        "name": "officer",
        "chatBarText": "เมนู",
        "areas": [area],
    }
    return plain | changes


def area(**action: Any) -> dict[str, Any]:
    return {"bounds": {"x": 0, "y": 0, "width": 400, "height": 500}, "action": action}


def picture(width: int = 800, height: int = 500, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, kind)
    return out.getvalue()


def upload(line: Line, menu_id: str, content: bytes, kind: str = "image/png") -> Answer:
    headers = {"Authorization": f"Bearer {LINE.token}", "Content-Type": kind}
    return line.http.post(f"/v2/bot/richmenu/{menu_id}/content", data=content, headers=headers)


def made(line: Line, **changes: Any) -> str:
    """A rich menu without its picture."""
    return str(line.call("POST", "/richmenu", menu(**changes)).json["richMenuId"])


def drawn(line: Line, **changes: Any) -> str:
    menu_id = made(line, **changes)
    assert upload(line, menu_id, picture()).status_code == 200
    return menu_id


def shown(line: Line, user_id: str = OFFICER) -> str:
    return line.world.phones.get(user_id).rich_menu


def test_a_menu_is_made_listed_found_and_deleted(line: Line) -> None:
    first, second = made(line), made(line, name="staff")
    assert [each["richMenuId"] for each in line.get("/richmenu/list").json["richmenus"]] == [first, second]
    assert line.get(f"/richmenu/{second}").json == {"richMenuId": second, **menu(name="staff")}
    assert line.call("DELETE", f"/richmenu/{first}").status_code == 200
    assert line.get(f"/richmenu/{first}").status_code == 404
    assert line.call("DELETE", f"/richmenu/{first}").status_code == 404


def test_a_dry_run_makes_nothing(line: Line) -> None:
    assert line.call("POST", "/richmenu/validate", menu()).json == {}
    assert line.call("POST", "/richmenu/validate", menu(name="")).status_code == 400
    assert line.get("/richmenu/list").json == {"richmenus": []}


WRONG = {
    "too narrow": ({"size": {"width": 799, "height": 400}}, "size.width"),
    "too wide": ({"size": {"width": 2501, "height": 1000}}, "size.width"),
    "too low": ({"size": {"width": 800, "height": 249}, "areas": []}, "size.height"),
    "too high for its width": ({"size": {"width": 800, "height": 552}}, "size"),
    "a long name": ({"name": "น" * 301}, "name"),
    "a long bar": ({"chatBarText": "เมนูของเจ้าหน้าที่จังหวัด"}, "chatBarText"),
    "too many areas": ({"areas": [area(**SAY)] * 21}, "areas"),
    "an area over the edge": (
        {"areas": [{"bounds": {"x": 500, "y": 0, "width": 301, "height": 500}, "action": SAY}]},
        "areas[0].bounds",
    ),
    "an action that is none": ({"areas": [area(type="camera", label="ก")]}, "areas[0].action.type"),
    "a switch without alias": ({"areas": [area(type="richmenuswitch", data="d")]}, "areas[0].action.richMenuAliasId"),
}


@pytest.mark.parametrize(("changes", "where"), WRONG.values(), ids=WRONG)
def test_line_says_what_is_wrong_with_a_menu(line: Line, changes: dict[str, Any], where: str) -> None:
    refused = line.call("POST", "/richmenu", menu(**changes))
    assert refused.status_code == 400
    assert where in [each["property"] for each in refused.json["details"]]


def test_thai_marks_do_not_count_as_letters(line: Line) -> None:
    assert line.call("POST", "/richmenu", menu(chatBarText="ที่นี่ที่นี่ที่นี่")).status_code == 200


def test_every_action_of_a_rich_menu_is_taken(line: Line) -> None:
    actions = [
        SAY,
        {"type": "postback", "data": "d", "inputOption": "closeRichMenu"},
        {"type": "uri", "uri": "https://example.org", "label": "เปิด"},
        {"type": "richmenuswitch", "richMenuAliasId": "second", "data": "d"},
    ]
    assert line.call("POST", "/richmenu", menu(areas=[area(**action) for action in actions])).status_code == 200


def test_a_picture_is_kept_and_never_changes(line: Line) -> None:
    menu_id = made(line)
    assert line.get(f"/richmenu/{menu_id}/content").status_code == 404
    first = picture()
    assert upload(line, menu_id, first).status_code == 200
    assert upload(line, menu_id, picture()).status_code == 400
    kept = line.get(f"/richmenu/{menu_id}/content")
    assert (kept.mimetype, kept.data) == ("image/png", first)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (picture(kind="JPEG"), "image/jpeg", 200),
        (picture(kind="JPEG"), "image/png", 415),
        (picture(kind="GIF"), "image/gif", 400),
        (b"no picture", "image/png", 400),
        (picture(900, 500), "image/png", 400),
        (picture() + bytes(1024 * 1024), "image/png", 413),
    ],
    ids=["JPEG", "another type than it says", "GIF", "no picture", "another size", "over a megabyte"],
)
def test_pictures_that_line_takes_and_refuses(line: Line, content: bytes, kind: str, status: int) -> None:
    assert upload(line, made(line), content, kind).status_code == status


def test_a_picture_needs_its_menu(line: Line) -> None:
    assert upload(line, "richmenu-0", picture()).status_code == 404


def test_a_menu_without_picture_is_shown_to_nobody(line: Line) -> None:
    menu_id = made(line)
    paths = [f"/user/all/richmenu/{menu_id}", f"/user/{OFFICER}/richmenu/{menu_id}"]
    assert [line.call("POST", path).status_code for path in paths] == [400, 400]
    bulk = {"richMenuId": menu_id, "userIds": [OFFICER]}
    assert line.call("POST", "/richmenu/bulk/link", bulk).status_code == 400
    assert shown(line) == ""


def test_ones_own_menu_goes_before_everybodys(line: Line) -> None:
    everybodys, own = drawn(line), drawn(line)
    assert line.get("/user/all/richmenu").status_code == 404
    line.call("POST", f"/user/all/richmenu/{everybodys}")
    assert line.get("/user/all/richmenu").json == {"richMenuId": everybodys}
    assert (shown(line), line.get(f"/user/{OFFICER}/richmenu").status_code) == (everybodys, 404)
    line.call("POST", f"/user/{OFFICER}/richmenu/{own}")
    assert (shown(line), line.get(f"/user/{OFFICER}/richmenu").json) == (own, {"richMenuId": own})
    line.call("DELETE", f"/user/{OFFICER}/richmenu")
    assert shown(line) == everybodys
    line.call("DELETE", "/user/all/richmenu")
    assert shown(line) == ""


def test_many_people_are_linked_at_once_and_strangers_are_passed_over(line: Line) -> None:
    menu_id = drawn(line)
    line.world.phones.set_following(STAFF, following=False)
    bulk = {"richMenuId": menu_id, "userIds": [OFFICER, LEADER, STAFF, NOBODY]}
    assert line.call("POST", "/richmenu/bulk/link", bulk).status_code == 202
    assert [shown(line, user) for user in (OFFICER, LEADER, STAFF)] == [menu_id, menu_id, ""]
    assert line.call("POST", "/richmenu/bulk/unlink", {"userIds": [OFFICER]}).status_code == 202
    assert [shown(line, user) for user in (OFFICER, LEADER)] == ["", menu_id]
    assert line.call("POST", f"/user/{NOBODY}/richmenu/{menu_id}").status_code == 404


def test_no_more_than_five_hundred_at_once(line: Line) -> None:
    bulk = {"richMenuId": drawn(line), "userIds": [f"U{number:032x}" for number in range(501)]}
    assert line.call("POST", "/richmenu/bulk/link", bulk).status_code == 400


def test_a_deleted_menu_is_gone_from_all_phones(line: Line) -> None:
    menu_id = drawn(line)
    line.call("POST", f"/user/all/richmenu/{menu_id}")
    line.call("POST", f"/user/{OFFICER}/richmenu/{menu_id}")
    line.call("DELETE", f"/richmenu/{menu_id}")
    assert [shown(line, user) for user in (OFFICER, LEADER)] == ["", ""]


def test_aliases_are_made_moved_and_deleted(line: Line) -> None:
    first, second = drawn(line), drawn(line)
    alias = {"richMenuAliasId": "main", "richMenuId": first}
    assert line.call("POST", "/richmenu/alias", alias).status_code == 200
    assert line.call("POST", "/richmenu/alias", alias).status_code == 400
    assert line.get("/richmenu/alias/main").json == alias
    line.call("POST", "/richmenu/alias/main", {"richMenuId": second})
    assert line.get("/richmenu/alias/list").json == {"aliases": [{"richMenuAliasId": "main", "richMenuId": second}]}
    assert line.call("DELETE", "/richmenu/alias/main").status_code == 200
    assert line.get("/richmenu/alias/main").status_code == 404


@pytest.mark.parametrize("alias", ["", "Main", "a" * 33, "two words"])
def test_an_alias_is_short_and_plain(line: Line, alias: str) -> None:
    given = {"richMenuAliasId": alias, "richMenuId": drawn(line)}
    assert line.call("POST", "/richmenu/alias", given).status_code == 400


def test_an_alias_needs_a_menu_with_its_picture(line: Line) -> None:
    for menu_id in ("richmenu-0", made(line)):
        given = {"richMenuAliasId": "main", "richMenuId": menu_id}
        assert line.call("POST", "/richmenu/alias", given).status_code == 400


def test_a_tap_that_switches_tells_the_bot_alias_and_status(line: Line) -> None:
    menu_id = drawn(line)
    line.call("POST", "/richmenu/alias", {"richMenuAliasId": "second", "richMenuId": menu_id})
    for alias in ("second", "unknown"):
        tapped = line.sim("POST", f"/phones/{OFFICER}/richmenuswitch", {"alias": alias, "data": "to=second"})
        assert tapped.status_code == 200
    rows = line.world.store.rows("SELECT body FROM events ORDER BY seq")
    assert ['"status":"SUCCESS"' in row["body"] for row in rows] == [True, False]
    assert '"newRichMenuAliasId":"unknown","status":"RICHMENU_ALIAS_ID_NOTFOUND"' in rows[1]["body"]
    assert shown(line) == menu_id


def test_a_hundred_menus_an_hour_and_no_more(line: Line) -> None:
    answers = [line.call("POST", "/richmenu", menu()).status_code for _ in range(101)]
    assert (set(answers[:100]), answers[100]) == ({200}, 429)


def test_the_page_gets_the_menu_and_its_picture(line: Line) -> None:
    menu_id = drawn(line)
    assert line.sim("GET", f"/rich-menus/{menu_id}").json["chatBarText"] == "เมนู"
    seen = line.sim("GET", f"/rich-menus/{menu_id}/picture")
    assert (seen.mimetype, seen.headers["Cache-Control"]) == ("image/png", "max-age=31536000, immutable")
    bare = made(line)
    missing = ["/rich-menus/richmenu-0", "/rich-menus/richmenu-0/picture", f"/rich-menus/{bare}/picture"]
    assert [line.sim("GET", path).status_code for path in missing] == [404, 404, 404]


def test_the_first_day_again_has_no_menus(line: Line) -> None:
    line.call("POST", f"/user/all/richmenu/{drawn(line)}")
    line.world.reset()
    assert (line.get("/richmenu/list").json, shown(line)) == ({"richmenus": []}, "")
