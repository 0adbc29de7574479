"""Every reason for which a reading asks has a sentence of its own."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TypeGuard

import pytest

import bot.reading
from bot.messages.catalogue import LOCALES, Catalogues

CATALOGUES = Catalogues.load()
ELSEWHERE = frozenset(
    {
        *("edit_box", "no_such_box", "no_box"),  # edits, told by report.edit_*
        *(
            "house_missing",
            "no_such_district",
            "no_options",
        ),  # told by household.*, join.*; no question is without options
        *("number", "box"),  # a wish that is none
        "no_problem",  # no question of a status alone
    }
)


def reasons() -> set[str]:
    """The machine words that stand in the code where a reading asks: ask("..."), Reading(Action.ASK, None, "...")."""
    found: set[str] = set()
    for path in Path(bot.reading.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _asks(node):
                arguments = [
                    *(part for part in node.args if not isinstance(part, ast.Dict)),
                    *(keyword.value for keyword in node.keywords if keyword.arg == "why"),
                ]
                found |= {str(item.value) for part in arguments for item in ast.walk(part) if _word(item)}
    return found


def _asks(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    acts = any(isinstance(item, ast.Attribute) and item.attr == "ASK" for item in node.args)
    return name == "ask" or (name in {"Reading", "BlockReading"} and acts)


def _word(item: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(item, ast.Constant) and isinstance(item.value, str) and bool(item.value)


def test_reasons_are_found() -> None:
    assert {"too_many", "one_for_many", "approximate", "dash"} <= reasons()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_its_own_sentence(locale: str) -> None:
    catalogue = CATALOGUES.by_locale[locale]
    assert {why for why in reasons() - ELSEWHERE if f"read.ask.{why}" not in catalogue} == set()
