"""ODK's own XPath test suite, as cases on documents. What differs is named."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.forms.xpath.data import Value, to_boolean, to_number, to_text
from bot.forms.xpath.frame import Env, EvaluationError, Frame
from bot.forms.xpath.lower import compile_expression
from bot.forms.xpath.nodes import Node, Type
from bot.forms.xpath.parser import NAMESPACES, ExpressionError
from bot.forms.xpath.scope import Scope
from tests.conformance.documents import all_nodes, document, path_of

_NO_FUNCTION = "calls a function that does not exist; a form with such a call is refused when it is loaded"
EXCEPTIONS = {
    **dict.fromkeys(
        (f"openrosa-xpath/and-or.spec.js:{number}" for number in (101, 102, 103, 104, 108, 110, 111)), _NO_FUNCTION
    ),
    **dict.fromkeys(
        (f"openrosa-xpath/if.spec.js:{number}" for number in (17, 18, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29)),
        _NO_FUNCTION,
    ),
    "openrosa-xpath/regex.spec.js:2": "ODK documents regex() as a complete match, and Collect does so; Enketo searches",
    "openrosa-xpath/randomize.spec.js:15": "a seed that is no number counts by its hash, as in JavaRosa",
}
"""Cases that we answer otherwise: id -> why."""
PHOENIX = dt.timezone(dt.timedelta(hours=-7))
NOW = dt.datetime(2026, 3, 17, 18, 30, tzinfo=dt.UTC)


class _Plain(Env):
    """Documents whose nodes carry their own text."""

    def __init__(self) -> None:
        super().__init__(now=NOW, zone=PHOENIX)


def _value(case: Mapping[str, Any]) -> tuple[Value, Env]:
    nodes = all_nodes(document(case["xml"]))
    focus: Node = nodes[case["context"]]
    scope = Scope(prefixes={**NAMESPACES, **(case.get("ns") or {})})
    env = _Plain()
    return compile_expression(case["expr"], scope).code(Frame(env, focus, focus)), env


def _same_number(got: float, case: Mapping[str, Any]) -> bool:
    wanted = float(case["expected"])
    if math.isnan(wanted) or math.isnan(got):
        return math.isnan(wanted) and math.isnan(got)
    return got == wanted or math.isclose(got, wanted, rel_tol=1e-12, abs_tol=case.get("delta", 0) or 0)


def _same_text(got: str, case: Mapping[str, Any]) -> bool:
    if case.get("compare") == "regex":
        return re.search(case["expected"], got) is not None
    return got == str(case["expected"])


def _same_nodes(value: Value, case: Mapping[str, Any]) -> bool:
    if not isinstance(value, list):
        return False
    found = [path_of(node) for node in value]
    if case["request"] == "any-node":
        return found[:1] == case["expected"][:1] or (set(found) >= set(case["expected"]) and bool(found))
    return sorted(found) == sorted(case["expected"]) if case.get("order") == "any" else found == case["expected"]


def passes(case: Mapping[str, Any]) -> bool:
    """Whether our evaluator gives what the suite expects."""
    try:
        value, env = _value(case)
    except (ExpressionError, EvaluationError):
        return bool(case["type"] == "error")
    return case["type"] != "error" and _as_expected(value, env, case)


def _as_expected(value: Value, env: Env, case: Mapping[str, Any]) -> bool:
    is_typed = case["request"] != "any"
    if case["type"] == "boolean":
        return bool((to_boolean(value) if is_typed else value) is case["expected"])
    if case["type"] == "number":
        return (is_typed or isinstance(value, float)) and _same_number(to_number(value, env), case)
    if case["type"] == "string":
        return _same_text(to_text(value, env), case)
    return _same_nodes(value, case)


def test_the_openrosa_suite_passes_but_for_the_named_cases(
    xpath_corpus: Path, counted: Callable[[str, int], None]
) -> None:
    cases = [json.loads(line) for line in xpath_corpus.read_text(encoding="utf-8").splitlines()]
    failed = {case["id"] for case in cases if not passes(case)}
    counted("OpenRosa XPath cases that pass", len(cases) - len(failed))
    counted("OpenRosa XPath cases that differ by name", len(failed))
    assert failed == set(EXCEPTIONS)
    assert len(failed) <= len(cases) / 100


def test_texts_and_attributes_of_a_document_have_the_corpus_paths() -> None:
    nodes = all_nodes(document("<a x='1'>b<!--c--><?d e?><b/>f</a>"))
    assert list(nodes) == [
        "/",
        "/*[1]",
        "/*[1]/@x",
        "/*[1]/text()[1]",
        "/*[1]/comment()[1]",
        "/*[1]/processing-instruction()[1]",
        "/*[1]/*[1]",
        "/*[1]/text()[2]",
    ]
    assert nodes["/*[1]/@x"].type is Type.ATTRIBUTE
