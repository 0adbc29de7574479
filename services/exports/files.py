"""Reports into a file: a table for a spreadsheet, JSON, GeoJSON, or the submissions as ODK XML in a ZIP. Streamed."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final

import orjson

from services.calendar import BANGKOK
from services.exports.reports import COLUMNS, ReportRow, Value
from services.register.writers import writer_to

Rows = Iterable[ReportRow]
_POINT = 4
"""Latitude, longitude, height and accuracy, as ODK writes a place: two numbers may be hours or sizes in a text."""


def write_csv(file: BinaryIO, rows: Rows, boxes: Sequence[str], note: str) -> int:
    """UTF-8 with its mark, so that Excel opens it with a double click; nothing of it is taken for a formula."""
    return _table(file, "csv", rows, boxes, note)


def write_xlsx(file: BinaryIO, rows: Rows, boxes: Sequence[str], note: str) -> int:
    return _table(file, "xlsx", rows, boxes, note)


def _table(file: BinaryIO, form: str, rows: Rows, boxes: Sequence[str], note: str) -> int:
    count = 0
    with writer_to(file, form, [*COLUMNS, *boxes]) as write:
        for row in rows:
            write([[*_about(row), *(_cell(row.values.get(box)) for box in boxes)]])
            count += 1
        if note:
            write([[note]])
    return count


def _about(row: ReportRow) -> Iterator[str | int]:
    for name in COLUMNS:
        value = getattr(row, name)
        if isinstance(value, bool):
            yield int(value)
        elif isinstance(value, dt.datetime):
            yield value.astimezone(BANGKOK).isoformat(sep=" ", timespec="seconds")[:19]
        else:
            yield value


def _cell(value: Value) -> str | int | float:
    return "" if value is None else value


def write_json(file: BinaryIO, rows: Rows, boxes: Sequence[str], note: str) -> int:  # noqa: ARG001 - writers share a signature
    """An object with a list of reports, each with its values by box."""
    before = b'{"note":' + orjson.dumps(note) + b',"reports":['
    return _listed(file, (_object(row) for row in rows), before, b"]}\n")


def _object(row: ReportRow) -> dict[str, Any]:
    about = {name: getattr(row, name) for name in COLUMNS}
    return {"id": row.id, **about, "values": row.values}


def write_geojson(file: BinaryIO, rows: Rows, boxes: Sequence[str], note: str) -> int:  # noqa: ARG001 - as above
    """A feature for each report, at its first place; a report without any has no geometry."""
    before = b'{"type":"FeatureCollection","note":' + orjson.dumps(note) + b',"features":['
    return _listed(file, (_feature(row) for row in rows), before, b"]}\n")


def _feature(row: ReportRow) -> dict[str, Any]:
    places = (_place(value) for value in row.values.values() if isinstance(value, str))
    point = next(filter(None, places), None)
    geometry = {"type": "Point", "coordinates": point} if point is not None else None
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": _object(row)}


def _place(value: str) -> list[float] | None:
    """Longitude and latitude of an ODK geopoint: "17.48 101.72 0 0"."""
    parts = value.split(" ")
    if len(parts) != _POINT:
        return None
    try:
        latitude, longitude, *_ = (float(part) for part in parts)
    except ValueError:
        return None
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 - the earth
    return [longitude, latitude] if inside and "." in value else None


def _listed(file: BinaryIO, objects: Iterable[dict[str, Any]], before: bytes, after: bytes) -> int:
    count = 0
    file.write(before)
    for one in objects:
        file.write(b",\n" if count else b"\n")
        file.write(orjson.dumps(one))
        count += 1
    file.write(after)
    return count


def write_odk(file: BinaryIO, rows: Rows, boxes: Sequence[str], note: str) -> int:  # noqa: ARG001 - as above
    """A ZIP of the submissions, one XML each, as ODK and Kobo take them."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            archive.writestr(f"{row.area_code}/{row.reference.replace('/', '-')}-{row.version}.xml", row.xml)
            count += 1
        archive.writestr("NOTE.txt", f"{note}\n")
    return count


Writer = Callable[[BinaryIO, Rows, Sequence[str], str], int]
WRITERS: Final[dict[str, Writer]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "geojson": write_geojson,
    "zip": write_odk,
}
"""By the file's ending; each takes the line that stands on every export, and returns how many reports it wrote."""
WITH_XML: Final = frozenset({"zip"})
"""Those that hold the submissions themselves."""
