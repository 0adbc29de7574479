from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.catalogue import Catalogue

ROOT = Path(__file__).parents[4]
FOLDERS = ("bot", "services", "handlers", "workers")
THAI = Catalogue.load("th")
GROUPS = {key.split(".")[0] for key in THAI}
FILES = (".yaml", ".csv", ".md", ".json", ".typ", ".html")
"""Names of files look like keys: campaign.yaml."""
EVENTS = ("report.version",)
"""Types of webhooks, which other programs read."""


def _strings(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """String literals; for f-strings the part before the first value, marked as a beginning only."""
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values:
            inside |= {id(part) for part in ast.walk(node)}
            first = node.values[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, True
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value, False


def _keys(path: Path) -> Iterator[tuple[str, bool]]:
    for words, beginning in _strings(ast.parse(path.read_text(encoding="utf-8"))):
        group, dot, rest = words.partition(".")
        if (
            dot
            and rest
            and group in GROUPS
            and not words.endswith(FILES)
            and words not in EVENTS
            and words.replace(".", "").replace("_", "").isalnum()
        ):
            yield words, beginning


def _known(key: str, *, beginning: bool) -> bool:
    return any(name.startswith(key) for name in THAI) if beginning else key in THAI


def _sources() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_that_the_code_names_is_in_the_catalogue(path: Path) -> None:
    unknown = {key for key, beginning in _keys(path) if not _known(key, beginning=beginning)}
    assert unknown == set()


def _calls(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Calls of text(...) and sentence(...) whose key and names of values stand in the same function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef):
            continue
        dicts = _named_dicts(scope)
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                key = node.args[0]
                given = _given(node, dicts)
                if node.func.id in {"text", "sentence"} and isinstance(key, ast.Constant) and given is not None:
                    yield str(key.value), given


def _named_dicts(scope: ast.FunctionDef) -> dict[str, set[str]]:
    """Names of values in the dict literals that a function gives names to."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(scope):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Dict):
            found.setdefault(target.id, set()).update(
                str(key.value) for key in value.keys if isinstance(key, ast.Constant)
            )
    return found


def _given(call: ast.Call, dicts: dict[str, set[str]]) -> set[str] | None:
    """The names of values that a call gives; None when the code alone does not tell."""
    given: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is not None:
            given.add(keyword.arg)
        elif isinstance(keyword.value, ast.Name) and keyword.value.id in dicts:
            given |= dicts[keyword.value.id]
        else:
            return None
    return given


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_is_given_the_values_that_it_needs(path: Path) -> None:
    own = {key.removeprefix("campaign.") for key in THAI if key.startswith("campaign.")}
    lacking = {
        key: sorted(THAI.template(key).names - given - own)
        for key, given in _calls(path)
        if key in THAI and THAI.template(key).names - given - own
    }
    assert lacking == {}
