"""Where the campaigns of this repository are, and how their tables are read."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml
from pyxform.xls2json_backends import md_to_dict

LOEI = Path(__file__).parents[3] / "campaigns" / "loei_2564"
SAMPLE = Path(__file__).parent / "sample_wells"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def yaml_of(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def sheet(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a sheet of a form in Markdown, as pyxform reads them."""
    rows: list[dict[str, str]] = md_to_dict(str(path))[name]
    return rows
