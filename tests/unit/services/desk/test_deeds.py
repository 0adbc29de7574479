"""Every action that the code writes into the audit can be chosen on its page, and has words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.messages.catalogue import LOCALES, Catalogue
from models.export import ExportKind
from models.people import RequestState
from models.reconciliation import StepKind
from services.desk.deeds import COMMANDS, GROUPS, PROGRAMS
from services.register.kinds import KINDS

ROOT = Path(__file__).parents[4]
FOLDERS = ("bot", "services", "handlers", "workers", "adapters")
ENDINGS: dict[str, list[str]] = {
    "exported_": [kind.value for kind in ExportKind],
    "register_tried_": list(KINDS),
    "register_imported_": list(KINDS),
    "register_exported_": list(KINDS),
    "reconciliation_": [kind.value for kind in StepKind],
}
"""Of actions that are put together while the service runs."""
STATES = {"services/people/join_requests.py": [RequestState.APPROVED.value, RequestState.DECLINED.value]}
"""Of files whose action is the state that they write."""
ACTION = "action"
PASSES_ON = ("campaigns.change", "change_campaign")
"""What is called in other files, which name the action."""


@dataclass
class Written:
    """The actions that stand in one place of the code; `fault` where this test cannot read them."""

    actions: set[str] = field(default_factory=set)
    fault: str = ""


def _trees() -> dict[str, ast.Module]:
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}
    return {
        path: ast.parse(source)
        for path, source in sources.items()
        if any(f"{name}(" in source for name in ("Audit", *PASSES_ON))
    }


def _literals(value: ast.expr) -> Iterator[str]:
    """Actions that an expression may be; nothing where it only passes one on."""
    match value:
        case ast.Constant(value=str(words)):
            yield words
        case ast.IfExp():
            yield from _literals(value.body)
            yield from _literals(value.orelse)
        case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]):
            yield from (f"{begins}{ending}" for ending in ENDINGS[begins])
        case _:
            return


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _parameters(function: ast.FunctionDef) -> list[str]:
    names = [argument.arg for argument in function.args.args]
    return names[1:] if names[:1] == ["self"] else names


def _calls(called: ast.expr, function: ast.FunctionDef) -> bool:
    if function.name.startswith("_"):
        return function.name == (getattr(called, "attr", "") or getattr(called, "id", ""))
    words = ast.unparse(called)
    return any(words.endswith(name) and name.rpartition(".")[2] == function.name for name in PASSES_ON)


def _assigned(nodes: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(nodes):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)
            elif isinstance(target, ast.Name) and target.id == name:
                yield node.value


def _given(trees: dict[str, ast.Module], function: ast.FunctionDef, name: str) -> Iterator[tuple[str, ast.expr]]:
    """What calls give a function for that parameter, and in which file."""
    place = _parameters(function).index(name)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not _calls(node.func, function):
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == name]
            yield from ((path, value) for value in (named or node.args[place : place + 1]))


def _read(trees: dict[str, ast.Module], path: str, value: ast.expr, inside: ast.FunctionDef | None) -> Written:
    """Follows an action from where it is written into a row to where its word stands."""
    words = set(_literals(value))
    if words:
        return Written(words)
    tree = trees[path]
    if not isinstance(value, ast.Name):
        return Written(set(STATES.get(path, ())), "" if path in STATES else ast.unparse(value))
    if inside is not None and value.id in _parameters(inside):
        own = {path: tree} if inside.name.startswith("_") else trees
        found = [
            _read(trees, where, each, _around(trees[where], each)) for where, each in _given(own, inside, value.id)
        ]
    else:
        stands = [*(_assigned(inside, value.id) if inside else ()), *_assigned(tree, value.id)]
        found = [_read(trees, path, each, inside) for each in stands]
    fault = "" if found else f"{value.id} comes from nowhere"
    return Written(
        {action for one in found for action in one.actions}, next((o.fault for o in found if o.fault), fault)
    )


def _around(tree: ast.Module, node: ast.AST) -> ast.FunctionDef | None:
    """The innermost function that holds a node."""
    around = [function for function in _functions(tree) if any(each is node for each in ast.walk(function))]
    return min(around, key=lambda function: len(list(ast.walk(function))), default=None)


def _rows(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Audit":
            yield node


def _written() -> dict[str, Written]:
    """By the place of the code."""
    trees = _trees()
    found: dict[str, Written] = {}
    for path, tree in trees.items():
        for row in _rows(tree):
            (action,) = (keyword.value for keyword in row.keywords if keyword.arg == ACTION)
            found[f"{path}:{row.lineno}"] = _read(trees, path, action, _around(tree, row))
    return found


def test_the_page_of_the_audit_knows_every_action_that_the_code_writes() -> None:
    written = _written()
    assert {place: one.fault for place, one in written.items() if one.fault or not one.actions} == {}
    known = [action for actions in GROUPS.values() for action in actions]
    assert len(known) == len(set(known))
    assert {action for one in written.values() for action in one.actions} == set(known)
    assert set(known) >= COMMANDS | PROGRAMS


def test_every_deed_and_every_group_has_words_in_every_language() -> None:
    for catalogue in map(Catalogue.load, LOCALES):
        keys = {f"desk.audit.group.{group}" for group in GROUPS}
        for actions in GROUPS.values():
            keys |= {f"desk.audit.did.{action.replace(' ', '_')}" for action in actions}
        assert {key for key in keys if key not in catalogue} == set()
