"""The LINE side: the Messaging API calls that a bot makes, on LINE's own paths and with LINE's answers.

Each room of simulator/api adds its calls to the one blueprint, so that all of them pass the gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response

from simulator.api.account import account_calls
from simulator.api.content import content_calls
from simulator.api.figures import figures_calls
from simulator.api.groups import group_calls
from simulator.api.rich_menu_aliases import rich_menu_alias_calls
from simulator.api.rich_menu_links import rich_menu_link_calls
from simulator.api.rich_menus import rich_menu_calls
from simulator.api.sending import sending_calls
from simulator.api.webhook import webhook_calls
from simulator.line_errors import NOT_FOUND, LineError
from simulator.line_gate import Gate

if TYPE_CHECKING:
    from simulator.world import World


def line_api(world: World) -> Blueprint:
    """The blueprint for /v2/bot."""
    pages = Blueprint("line", __name__, url_prefix="/v2/bot")
    gate = Gate(world)
    pages.before_request(gate.enter)
    pages.after_request(gate.leave)
    pages.register_error_handler(LineError, gate.refuse)
    sending_calls(pages, world)
    account_calls(pages, world)
    figures_calls(pages, world)
    content_calls(pages, world)
    webhook_calls(pages, world)
    group_calls(pages, world)
    rich_menu_calls(pages, world)
    rich_menu_link_calls(pages, world)
    rich_menu_alias_calls(pages, world)
    pages.add_url_rule("/<path:rest>", "unknown", _unknown, methods=["GET", "POST", "PUT", "DELETE"])
    return pages


def _unknown(rest: str) -> Response:  # noqa: ARG001 - the rule's part
    raise LineError(404, NOT_FOUND)
