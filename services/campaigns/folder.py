"""A campaign's folder in memory: which of its files are kept with the loaded campaign, and how they become a folder
again, which is read and checked like any other.

Not kept are the register's tables, which have become the register (it is exported by itself), and the people of a
demonstration. `campaign.yaml` is kept without the lines that name them, otherwise as it was written.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

MAIN = "campaign.yaml"
_BY_NAME = ("working_days", "known", "texts", "documents")
_LEFT_OUT = ("villages", "households", "demo")
_LINE = re.compile(rf"^(?:{'|'.join(_LEFT_OUT)}):[ \t]*[^\s#].*\n?", re.MULTILINE)
_OLDEST = (2020, 1, 1, 0, 0, 0)
"""Files in an archive bear one date, so that equal folders are equal archives."""

Files = dict[str, bytes]
"""Contents by path within the folder, with / between its parts."""


def parsed(text: str) -> Any:
    """YAML in which a date without quotation marks stays the text that it is: settings are kept as JSON.

    Raises yaml.YAMLError.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)  # in C where there is one: ten times as quick
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in loader.yaml_implicit_resolvers.items()
    }
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def written(data: Mapping[str, Any]) -> bytes:
    """YAML in the order of `data`. Comments of a file that was read before are gone."""
    text: str = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


def config_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """campaign.yaml of a kept folder."""
    config: dict[str, Any] = parsed(files[MAIN].decode())
    return config


def gather(folder: Path, config: Mapping[str, Any]) -> Files:
    """What is kept of a folder that could be read. `config` is its campaign.yaml."""
    files = {name: (folder / name).read_bytes() for name in dict.fromkeys(_named(config)) if _inside(name)}
    return {MAIN: _without_register((folder / MAIN).read_text(encoding="utf-8")), **files}


def _named(config: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(spec["file"]) for spec in config["forms"].values())
    yield from (str(config[key]) for key in _BY_NAME if config.get(key))
    plan = config.get("plan")
    yield from (str(name) for name in (plan.values() if isinstance(plan, Mapping) else [plan]) if name)


def _inside(name: str) -> bool:
    """Whether a path stays in its folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and path != PurePosixPath(".")


def _without_register(text: str) -> bytes:
    shorter = _LINE.sub("", text)
    data = parsed(shorter)
    if any(name in data for name in _LEFT_OUT):
        return written({key: value for key, value in data.items() if key not in _LEFT_OUT})
    return shorter.encode()


def spread(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into an existing folder. Raises ValueError for a path that leads out of it."""
    strange = [name for name in files if not _inside(name)]
    if strange:
        raise ValueError(f"a campaign's file lies in its folder: {strange[0]}")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def on_disk() -> tempfile.TemporaryDirectory[str]:
    """A folder for as long as it is needed."""
    return tempfile.TemporaryDirectory(prefix="tidtam-campaign-")


def zipped(slug: str, files: Mapping[str, bytes]) -> bytes:
    """The folder as an archive, ready to be unpacked and loaded."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(f"{slug}/{name}", _OLDEST), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
