"""Numbers in addresses: what no row can have is no page's address, rather than a fault of the database."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """As many digits as a row's number has at the most."""

    regex = r"[0-9]{1,18}"


def limit_numbers(app: Flask) -> None:
    """Let `<int:...>` of every route mean a row's number. Before any route is added."""
    app.url_map.converters["int"] = RowNumber
