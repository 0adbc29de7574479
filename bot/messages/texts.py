"""Reading text files: nested YAML becomes dotted keys, every leaf stays the text that was written.

YAML itself would turn the keys `yes` and `no` into booleans and an unquoted 16.30 into a number, so the nodes are
read without resolving types; a key written twice is an error, not a silent winner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where there is one: the catalogue is read when a process starts."""


class TextsError(ValueError):
    """A text file that cannot be read; the message says where."""


def read_texts(source: str) -> dict[str, str]:
    """Dotted key -> text of a YAML document; a list's items are numbered from 1. Raises TextsError."""
    try:
        root = yaml.compose(source, Loader=_LOADER)
    except yaml.YAMLError as problem:
        raise TextsError(f"not YAML: {problem}") from problem
    if root is None:
        return {}
    return _unique(_walk_node(root, ""))


def flatten(texts: Mapping[str, object]) -> dict[str, str]:
    """The same for texts that were already read (a part of campaign.yaml). Raises TextsError."""
    return _unique(_walk_value(texts, ""))


def _walk_node(node: yaml.Node, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _walk_node(value, _join(key, str(name.value)))
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value, start=1):
            yield from _walk_node(item, _join(key, str(place)))
    else:
        yield _leaf(key, node.value)


def _walk_value(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _walk_value(item, _join(key, _name(name, key)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, item in enumerate(value, start=1):
            yield from _walk_value(item, _join(key, str(place)))
    else:
        yield _leaf(key, value)


def _name(name: object, key: str) -> str:
    if not isinstance(name, str):
        raise TextsError(f"a key under {key or 'the top'} is not a word: {name!r} (put it in quotes)")
    return name


def _leaf(key: str, value: object) -> tuple[str, str]:
    if not key or not isinstance(value, str) or not value.strip():
        raise TextsError(f"{key or 'the file'} is not a text: {value!r} (put it in quotes)")
    return key, value.strip("\n")


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _unique(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in pairs:
        if key in texts:
            raise TextsError(f"{key} is written twice")
        texts[key] = value
    return texts
