"""Operators, paths, and what lowering finds out about an expression."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.xpath.frame import STEP_CAP, Env, EvaluationError, EvaluationLimitError, Frame
from bot.forms.xpath.lower import compile_expression
from bot.forms.xpath.nodes import Node, Type, mapping_tree
from bot.forms.xpath.parser import ExpressionError, parse
from bot.forms.xpath.scope import EVERYTHING, KNOWN, NOW, TODAY, Scope
from tests.unit.bot.forms.xpath.papers import Paper, compiled, document, focus, run, text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 = '1' and 1 != 2", True),
        ("true() = 'x'", True),
        ("/data/a = /data/b", False),
        ("/data/* = /data/b", True),
        ("/data/* != /data/b", True),
        ("/data/a != /data/a", False),
        ("/data/no = /data/a or /data/no != /data/a", False),
        ("/data/a = true()", True),
        ("/data/no = false()", True),
        ("'3' = /data/a", True),
        ("/data/a < /data/b", True),
        ("/data/b <= 4 and 4 >= /data/b", True),
        ("/data/no < 1 or /data/no >= 1", False),
        ("/data/g/c > 9", True),
        ("/data/g/c[1] > /data/*", False),
        ("3 > 2 > 0", True),
        ("'x' < 1", False),
        ("0 or '' or /data/no", False),
    ],
)
def test_comparisons(source: str, expected: bool) -> None:
    assert run(source) is expected


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("..", ["data"]),
        ("../*", ["a", "b", "e", "when", "g"]),
        ("/", [""]),
        ("//c", ["c", "c"]),
        ("/data//c", ["c", "c"]),
        (".//text()", [""]),
        ("text()", [""]),
        ("following-sibling::*", ["b", "e", "when", "g"]),
        ("/data/g/preceding-sibling::*[1]", ["when"]),
        ("/data/g/c[2]/preceding::*", ["a", "b", "e", "when", "c"]),
        ("following::c", ["c", "c"]),
        ("ancestor::*", ["data"]),
        ("ancestor-or-self::node()", ["", "data", "a"]),
        ("self::a | self::b | ../b", ["a", "b"]),
        ("descendant-or-self::*", ["a"]),
        ("/descendant::c", ["c", "c"]),
        ("@*", ["n"]),
        ("attribute::n", ["n"]),
        ("@n/following::b", ["b"]),
        ("@n/following-sibling::*", []),
        ("namespace::*", []),
        ("child::comment() | child::processing-instruction('x')", []),
        ("(//c)[2]", ["c"]),
        ("../*[. = 4]/../a", ["a"]),
        ("../b[true()][1]", ["b"]),
        ("../parent::node()", [""]),
        ("/data/node()[3]", ["e"]),
        ("orx:meta", []),
        ("instance('towns')//name", ["name"]),
        ("instance('nowhere')", []),
    ],
)
def test_paths(source: str, names: list[str]) -> None:
    found = run(source)
    assert isinstance(found, list)
    assert [node.name for node in found] == names


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("/data/a + 1", {"a"}),
        ("../b", {"b"}),
        (". > 1", {"a"}),
        ("current()/../b", {"b"}),
        ("./../b/.", {"b"}),
        ("count(/data/*)", {"a", "b", "e", "when"}),
        ("/data/*[. > 2]", {"a", "b", "e", "when"}),
        ("//b", {"a", "b", "e", "when"}),
        ("/data/b[../a = 1]", {EVERYTHING, "b"}),
        ("following-sibling::*", {EVERYTHING}),
        ("today()", {TODAY}),
        ("now()", {NOW}),
        ("instance('known')/root/x", {f"{KNOWN}x"}),
        ("count(instance('known')/root/*)", {KNOWN}),
        ("instance('towns')/root/item[name = current()/../b]/of", {"b"}),
        ("1 + 1", set()),
        ("../nothing | /data/no/such | no", set()),
    ],
)
def test_what_an_expression_reads_is_known_when_it_is_compiled(source: str, reads: set[str]) -> None:
    expression, scope, _ = compiled(source)
    assert expression.reads == reads
    assert scope.faults == []


def test_an_expression_that_only_names_a_box_says_so() -> None:
    assert [compiled(source)[0].direct for source in (" /data/b ", "/data/b + 1", "/data/*[1]")] == ["b", None, None]


def test_direct_references_ask_the_environment() -> None:
    expression, _, here = compiled("concat(/data/b, '/', instance('known')/root/x)")

    class Live(Paper):
        def read(self, key: str) -> str:
            return f"<{key}>"

        def known(self, name: str) -> str:
            return f"known {name}"

    assert expression.code(Frame(Live(), here, here)) == "<b>/known x"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("", "bad_expression"),
        ("1 +", "bad_expression"),
        ("'open", "bad_expression"),
        ("a b", "bad_expression"),
        ("$x", "bad_expression"),
        ("no:such", "bad_expression"),
        ("frob(1)", "unsupported_function"),
        ("jr:frob(1)", "unsupported_function"),
        ("(" * 61 + "1" + ")" * 61, "expression_too_deep"),
        ("1" + " or 1" * 5000, "expression_too_long"),
        ("a" + "/a" * 1500, "expression_too_deep"),
        ("-" * 3000 + "1", "expression_too_deep"),
        ("9" * 5000, "bad_expression"),
    ],
)
def test_what_cannot_be_compiled_is_named(source: str, what: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source, Scope())
    assert caught.value.what == what


def test_softer_faults_gather() -> None:
    _, scope, _ = compiled("concat(instance('nowhere')/root/x, not(), instance(/data/a)/root)")
    assert [what for what, _ in scope.faults] == ["unknown_instance", "wrong_arguments", "unknown_instance"]
    with pytest.raises(EvaluationError):
        run("not()")


def test_a_long_chain_of_or_does_not_nest() -> None:
    assert run(" or ".join(["false()"] * 900 + ["true()"])) is True


def test_words_of_the_language_are_names_where_a_name_stands() -> None:
    tree = parse("/data/and/or/div/mod/position/text/date").tree
    assert all(f"({word})" in tree for word in ("and", "or", "div", "mod", "position", "text", "date"))


def test_the_cap_on_work_ends_an_evaluation() -> None:
    env = Paper()
    env.steps = 5
    here = focus(document(), "data/a")
    code = compile_expression("count(//*)", Scope()).code
    with pytest.raises(EvaluationLimitError):
        code(Frame(env, here, here))
    assert STEP_CAP > 5


def test_a_bare_environment_knows_no_form() -> None:
    env = Env(now=Paper().now, zone=Paper().zone)
    for call in (env.read, env.known, env.itext):
        with pytest.raises(NotImplementedError):
            call("x")
    with pytest.raises(NotImplementedError):
        env.choice_name("x", "y")


def test_host_values_make_a_tree() -> None:
    tree = mapping_tree({"x": "1"})
    assert [(node.name, node.value) for node in tree.walk()] == [("", ""), ("root", ""), ("x", "1")]
    assert repr(Node(Type.ELEMENT, "x")) == "<ELEMENT x>"


@given(st.text(alphabet="abdiv mod()[]/.*@|+-=<>!'\",0123456789$:ก", max_size=40))
def test_any_text_is_compiled_or_refused_and_never_breaks(source: str) -> None:
    with contextlib.suppress(ExpressionError, EvaluationError, EvaluationLimitError):
        assert isinstance(text(source), str)
