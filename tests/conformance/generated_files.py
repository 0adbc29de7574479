"""Rows for the files that a form refers to, made up from the columns that the form reads."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

_SOURCE = re.compile(r'<instance id="([^"]*)" src="jr://[^"]*?/([^"/]+)"')
_SEARCH = re.compile(r"search\(\s*['\"]([^'\"]+)['\"]")
_ENTITY = re.compile(r'dataset="([^"]*)"')
_NAMES = re.compile(r"[A-Za-z_][\w.-]*")
_COLUMNS = ("name", "label", "id", "title", "geometry")
_ROWS = 4


def files_of(xform: str) -> dict[str, bytes]:
    """File name -> content, for every file that the XForm names."""
    columns = _columns(xform)
    names = {file for _, file in _SOURCE.findall(xform)}
    names |= {f"{name}.csv" for name in (*_SEARCH.findall(xform), *_ENTITY.findall(xform))}
    return {name: _content(name, columns) for name in sorted(names)}


def _columns(xform: str) -> list[str]:
    """Every word that may be a column's name: what stands in predicates, calls and item references."""
    texts = re.findall(r"\[([^\]]*)\]|pulldata\(([^)]*)\)|search\(([^\"]*)\)|(?:value|label) ref=\"([^\"]*)\"", xform)
    texts += [(text,) for text in re.findall(r"<(?:value|label)>([\w ,]+)</", xform)]
    words = [word for groups in texts for text in groups for word in _NAMES.findall(text)]
    words += re.findall(r"root/item\[[^\]]*\]/([\w.-]+)", xform)
    return list(dict.fromkeys([*_COLUMNS, *words]))


def _content(name: str, columns: list[str]) -> bytes:
    rows = [{column: _cell(column, number) for column in columns} for number in range(_ROWS)]
    if name.endswith(".geojson"):
        return json.dumps({"features": [_feature(row, number) for number, row in enumerate(rows)]}).encode()
    if name.endswith(".xml"):
        items = "".join(
            "<item>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in row.items()) + "</item>"
            for row in rows
        )
        return f"<root>{items}</root>".encode()
    lines = [",".join(columns), *(",".join(f'"{row[column]}"' for column in columns) for row in rows)]
    return "\n".join(lines).encode()


def _cell(column: str, number: int) -> str:
    return f"{17 + number} 101 0 0" if column == "geometry" else f"{column}{number}"


def _feature(row: dict[str, str], number: int) -> dict[str, object]:
    properties = {key: value for key, value in row.items() if key not in {"geometry", "id"}}
    point = {"type": "Point", "coordinates": [101, 17 + number]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}
