"""The control side, settings and traffic: what the page and the tests use to run the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, request

from simulator.clock import ClockRefusedError, iso
from simulator.control_settings import change_settings
from simulator.phone_actions import ActionError
from simulator.phones import UnknownPhoneError
from simulator.transcript import transcript

if TYPE_CHECKING:
    from simulator.groups import Group
    from simulator.phones import Phone
    from simulator.world import World


def control(world: World) -> Blueprint:
    """The blueprint for /sim, without the phones (control_phones.py)."""
    pages = Blueprint("control", __name__, url_prefix="/sim")
    handle_errors(pages)
    _watching(pages, world)
    _time(pages, world)
    _settings(pages, world)
    return pages


def handle_errors(pages: Blueprint) -> None:
    """Errors as {"error": "..."}: 404 no such phone, 400 wrong input, 409 not now."""
    pages.register_error_handler(UnknownPhoneError, lambda _: answer({"error": "there is no such phone"}, 404))
    pages.register_error_handler(ValueError, lambda error: answer({"error": str(error)}, 400))
    pages.register_error_handler(ActionError, lambda error: answer({"error": str(error)}, 409))
    pages.register_error_handler(ClockRefusedError, lambda error: answer({"error": str(error)}, error.status))


def _watching(pages: Blueprint, world: World) -> None:
    @pages.get("/state")
    def state() -> Response:
        return answer({**world.state(), "phones": world.phones.all(), "groups": world.groups.all()})

    @pages.get("/log")
    def log() -> Response:
        entries, last = world.traffic.after(after())
        return answer({"entries": entries, "next": last})

    @pages.get("/transcript")
    def whole_transcript() -> Response:
        return answer(transcript(world))


def _time(pages: Blueprint, world: World) -> None:
    @pages.get("/clock")
    def clock() -> Response:
        return answer({"now": iso(world.clock.refresh()), "simulated": world.clock.simulated})

    @pages.post("/clock")
    def move_clock() -> Response:
        return answer({"now": iso(world.clock.move(str(body().get("to", "")))), "simulated": True})


def _settings(pages: Blueprint, world: World) -> None:
    @pages.post("/settings")
    def settings() -> Response:
        change_settings(world, body())
        return answer(world.state())

    @pages.post("/faults")
    def faults() -> Response:
        fault = body()
        world.faults.add(str(fault.get("kind", "")), str(fault.get("path") or ""), int(fault.get("times", 1)))
        return answer({})

    @pages.delete("/faults")
    def heal() -> Response:
        world.faults.clear()
        return answer({})

    @pages.post("/raw")
    def raw() -> Response:
        given = body()
        content = str(given.get("body", "")).encode()
        signature = given["signature"] if "signature" in given else world.webhook.sign(content)
        headers = {str(name): str(value) for name, value in (given.get("headers") or {}).items()}
        if signature is not None:
            headers["x-line-signature"] = str(signature)
        return answer({"status": world.webhook.post(content, headers, "raw")})

    @pages.post("/reset")
    def reset() -> Response:
        world.reset()
        return answer({})


def body() -> dict[str, Any]:
    """The JSON object of this request; {} when it has none. Raises ValueError."""
    data = request.get_data()
    value = orjson.loads(data) if data else {}
    if not isinstance(value, dict):
        raise ValueError("the body must be a JSON object")  # noqa: TRY004 - wrong input, answered with 400
    return value


def after() -> int:
    """The query's `after`, 0 without one. Raises ValueError."""
    return int(request.args.get("after") or "0")


def answer(data: dict[str, Any] | Phone | Group, status: int = 200) -> Response:
    """JSON; phones and other dataclasses as objects."""
    return Response(orjson.dumps(data), status, mimetype="application/json")
