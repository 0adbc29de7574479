"""Puts the files that a form refers to (choices, look-up tables) into its XForm, so that a form version is one text.

CSV gives a row for each line, GeoJSON one for each feature, XML is taken as it is. What a form's own external_choices
sheet holds comes the same way.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from bot.forms.problems import FormError, FormProblem

FILE_CAP = 5_000_000
"""Bytes of a form file."""

_EXTERNAL = re.compile(r'<instance id="([^"]*)" src="([^"]*)"\s*/>')
_SEARCHED = re.compile(r"""search\(\s*(?:'|&apos;|&quot;|")([^'"&]+)""")
_ENTITIES = re.compile(r'<entity [^>]*?dataset="([^"]*)"')
_NAME = re.compile(r"[^\W\d]\w*", re.ASCII)
Row = Mapping[str, str]


def with_files(xform: str, files: Mapping[str, bytes], external_choices: str = "") -> str:
    """The XForm with the rows of `files` (by name, with extension) and of pyxform's itemsets.csv inside. A file that
    is not given stays a reference. Raises FormError for a file that cannot be read."""
    inside: list[str] = []

    def filled(found: re.Match[str]) -> str:
        name, address = found.groups()
        data = files.get(PurePosixPath(address).name)
        inside.append(name)
        return found.group(0) if data is None else _instance(name, _root(PurePosixPath(address).name, data))

    text = _EXTERNAL.sub(filled, xform)
    more = [_instance(name, root) for name, root in _own_lists(external_choices) if name not in inside]
    for name in dict.fromkeys([*_SEARCHED.findall(text), *_ENTITIES.findall(text)]):
        data = files.get(f"{name}.csv")
        if data is not None and name not in inside:
            more.append(_instance(name, _table(f"{name}.csv", data)))
    return text.replace("</model>", "".join(more) + "</model>", 1)


def _instance(name: str, root: Element) -> str:
    return f'<instance id="{name}">{tostring(root, encoding="unicode")}</instance>'


def _refused(name: str, why: str) -> FormError:
    return FormError([FormProblem("", None, "unreadable_file", {"name": name, "why": why[:300]})])


def _root(name: str, data: bytes) -> Element:
    kind = PurePosixPath(name).suffix.lower()
    if kind == ".geojson":
        return _features(name, data)
    return _document(name, data) if kind == ".xml" else _table(name, data)


def _document(name: str, data: bytes) -> Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refused(name, "document type declarations are not read")
    try:
        return fromstring(data)  # noqa: S314 - without a DTD there are no entities to expand
    except ParseError as error:
        raise _refused(name, str(error)) from error


def _table(name: str, data: bytes) -> Element:
    try:
        return _rows(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused(name, str(error)) from error


def _own_lists(text: str) -> Iterator[tuple[str, Element]]:
    """The lists of the external_choices sheet by name."""
    lists: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        lists.setdefault(row.get("list_name", ""), []).append(row)
    for name, rows in lists.items():
        yield name, _rows(rows)


def _rows(rows: Iterable[Mapping[str | Any, str | Any]]) -> Element:
    """<root><item><column>value</column>...; columns without a usable name are left out."""
    root = Element("root")
    for row in rows:
        item = SubElement(root, "item")
        for column, value in row.items():
            if isinstance(column, str) and isinstance(value, str) and _NAME.fullmatch(column.strip()):
                SubElement(item, column.strip()).text = value
    return root


def _features(name: str, data: bytes) -> Element:
    """A row for each feature: its properties, its id, and its geometry as ODK writes it."""
    try:
        features = json.loads(data)["features"]
        rows = [
            {**{key: str(value) for key, value in (one.get("properties") or {}).items()}, **_place(one)}
            for one in features
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _refused(name, f"{type(error).__name__}: {error}") from error
    return _rows(rows)


def _place(feature: Mapping[str, Any]) -> dict[str, str]:
    shape = feature["geometry"]
    points = shape["coordinates"]
    if shape["type"] == "Point":
        points = [points]
    elif shape["type"] == "Polygon":
        points = points[0]
    geometry = ";".join(f"{point[1]} {point[0]} 0 0" for point in points)
    return {"geometry": geometry, **({"id": str(feature["id"])} if "id" in feature else {})}
