from __future__ import annotations

import pytest
from flask import Flask

from handlers.doors import DeskDoor, Door, Opening, TokenDoor, door_of, opens_to
from tests.integration.handlers.conftest import Web

SIGNED = {"/callback"}
OPEN = {
    "/healthz": Door.ANYBODY,
    "/readyz": Door.ANYBODY,
    "/callback": Door.LINE,
    "/sign/<token>": Door.LINK,
    "/certificate/<token>": Door.LINK,
    "/document/<token>": Door.LINK,
    "/draft/<token>": Door.LINK,
    "/sheet/<token>": Door.LINK,
    "/verify": Door.ANYBODY,
    "/verify/<check_code>": Door.ANYBODY,
    "/desk/enter/<token>": Door.LINK,
    "/sign/static/<path:filename>": Door.ANYBODY,
    "/desk/static/<path:filename>": Door.ANYBODY,
    "/api/v1/openapi.json": Door.ANYBODY,
}
API = "/api/v1"
TOKENS = {
    f"{API}/campaigns": TokenDoor(),
    f"{API}/campaigns/<slug>/rounds": TokenDoor(),
    f"{API}/campaigns/<slug>/<any(obligations, reports, changes, villages):kind>": TokenDoor(),
    f"{API}/reports/<int:number>": TokenDoor(),
    f"{API}/<path:rest>": TokenDoor(),
    "/odata/v4": TokenDoor(basic=True),
    "/odata/v4/": TokenDoor(basic=True),
    "/odata/v4/$metadata": TokenDoor(basic=True),
    "/odata/v4/<name>": TokenDoor(basic=True),
    "/odata/v4/<name>/$count": TokenDoor(basic=True),
}
"""What opens to a program with a token."""
DOORS: dict[str, Opening] = {
    **OPEN,
    **TOKENS,
}
"""What opens without a visitor of the desk; every other route is a page of it."""


def doors(app: Flask) -> dict[str, set[Opening | None]]:
    """What each address declares, over all of its methods."""
    found: dict[str, set[Opening | None]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(str(rule), set()).add(door_of(app, rule.endpoint))
    return found


def test_every_route_declares_its_door_and_what_is_no_page_of_the_desk_is_listed_here(web: Web) -> None:
    found = doors(web.app)
    assert [path for path, declared in found.items() if None in declared] == []
    open_ones = {
        path: declared for path, declared in found.items() if not all(isinstance(d, DeskDoor) for d in declared)
    }
    assert open_ones == {path: {door} for path, door in DOORS.items()}
    assert all(path.startswith("/desk") for path in found.keys() - open_ones.keys())


def test_a_demonstration_has_its_clock_and_nothing_else_more(web: Web, demo: Web) -> None:
    more = {path: declared for path, declared in doors(demo.app).items() if path not in doors(web.app)}
    assert more == {"/clock": {Door.DEMONSTRATION}}


def test_a_route_that_declares_nothing_opens_to_nobody(web: Web) -> None:
    @web.app.get("/forgotten")
    def forgotten() -> str:
        return "everything"

    assert web.app.test_client().get("/forgotten").status_code == 404


def test_an_unsigned_call_of_a_signed_route_is_refused(web: Web) -> None:
    for path in SIGNED:
        assert web.app.test_client().post(path, data=b'{"events": []}').status_code == 401


def test_an_unexpected_error_tells_the_outside_and_the_log_nothing_of_its_words(
    web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    words = "words of a person"

    @web.app.get("/broken")
    @opens_to(Door.ANYBODY)
    def broken() -> str:
        raise ValueError(words)

    answer = web.app.test_client().get("/broken")
    assert (answer.status_code, answer.text) == (500, "trouble")
    assert words not in caplog.text
    assert "ValueError in broken" in caplog.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/callback", 405)])
def test_what_flask_refuses_stays_refused(web: Web, method: str, path: str, status: int) -> None:
    assert web.app.test_client().open(path, method=method).status_code == status
