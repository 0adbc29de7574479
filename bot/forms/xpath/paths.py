"""Location paths: what can be resolved when the form is loaded becomes a direct reference, the rest is walked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.forms.xpath.axes import AXES, Axis
from bot.forms.xpath.data import Value, to_boolean
from bot.forms.xpath.frame import EvaluationError, Frame
from bot.forms.xpath.nodes import Node, Type
from bot.forms.xpath.places import is_nowhere, locate, place_code, reach, reads_of, settled
from bot.forms.xpath.scope import KNOWN, KNOWN_INSTANCE, Code, NodeCode, Scope

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken

    from bot.forms.xpath.lower import Lower

Step = Callable[[Node, Frame], list[Node]]
Test = Callable[[Node], bool]

PATH_SYMBOLS = frozenset({"/", "//", "[", "(name)", ".", "..", "@", *AXES})
_KINDS = {"text": Type.TEXT, "comment": Type.COMMENT, "processing-instruction": Type.INSTRUCTION}


def is_path(token: XPathToken) -> bool:
    """Whether the token is a location path (or a step of one)."""
    if token.symbol == ":":
        return token[1].label != "function"
    if token.symbol == "*":
        return len(token) == 0
    return token.symbol in PATH_SYMBOLS or token.symbol in _KINDS or token.symbol == "node"


def lower_path(token: XPathToken, scope: Scope, lower: Lower, *, structure: bool = False) -> Code:
    """The code of a path. Notes what it reads in `scope`; `structure`: only which nodes there are matters."""
    known = _known_name(token)
    if known is not None:
        scope.reads.add(KNOWN + known)
        return lambda frame: frame.env.known(known)
    place = locate(token, scope)
    if place is not None:
        place = settled(place, scope)
        scope.reads.update(reads_of(place, structure=structure))
        return place_code(place, scope)
    if is_nowhere(token, scope):
        return lambda _frame: []
    if is_foreign(token, scope):
        return _Walker(scope, lower).path(token)
    scope.reads.update(reach(token, scope))
    walk = _Walker(scope, lower).path(token)
    return (lambda frame: frame.env.applying(walk(frame))) if scope.repeats else walk


def _known_name(token: XPathToken) -> str | None:
    """NAME of instance('known')/root/NAME."""
    if token.symbol != "/" or len(token) != 2 or token[1].symbol != "(name)":  # noqa: PLR2004 - left and right
        return None
    base = token[0]
    if base.symbol != "/" or len(base) != 2 or base[1].value != "root":  # noqa: PLR2004 - left and right
        return None
    call = base[0]
    is_known = call.symbol == "instance" and len(call) == 1 and call[0].value == KNOWN_INSTANCE
    return str(token[1].value) if is_known else None


def is_foreign(token: XPathToken, scope: Scope) -> bool:
    """Whether the path starts in a secondary instance, so that it does not read the form."""
    while token.symbol in {"/", "//", "["} and len(token) == 2:  # noqa: PLR2004 - left and right
        token = token[0]
    if token.symbol == "instance":
        return True
    absolute = token.symbol in {"/", "//"}
    return scope.foreign and not absolute and token.symbol != "current"


class _Walker:
    """Lowers the paths of one expression that must be walked at run time."""

    def __init__(self, scope: Scope, lower: Lower) -> None:
        self.scope = scope
        self.lower = lower

    def path(self, token: XPathToken) -> NodeCode:
        symbol = token.symbol
        if symbol in {"/", "//"}:
            return self._slash(token)
        if symbol == "[" and not _is_step(token):
            return self._filter(token)
        step = self.step(token)
        return lambda frame: in_order(step(frame.node, frame))

    def _slash(self, token: XPathToken) -> NodeCode:
        if len(token) == 0:
            return lambda frame: [frame.current.root()]
        start = self._start(token)
        if token.symbol == "//":
            start = _every(start)
        step = self.step(token[len(token) - 1])

        def run(frame: Frame) -> list[Node]:
            base = nodes_of(start(frame))
            if len(base) == 1:
                return in_order(step(base[0], frame))
            return in_order([found for node in base for found in step(node, frame)])

        return run

    def _start(self, token: XPathToken) -> Code:
        """Where the last step of a path begins: in the instance that the expression stands in, where it can."""
        if len(token) == 1:
            return lambda frame: [frame.current.root()]
        place = locate(token[0], self.scope)
        if place is None:
            return self.lower(token[0], self.scope)
        return place_code(settled(place, self.scope, through=True), self.scope)

    def _filter(self, token: XPathToken) -> NodeCode:
        base = self.lower(token[0], self.scope)
        keep = self._predicate(token)
        return lambda frame: keep(in_order(nodes_of(base(frame))), frame)

    def step(self, token: XPathToken) -> Step:
        """One step: axis, node test, predicates."""
        if token.symbol == "[":
            inner, keep = self.step(token[0]), self._predicate(token)
            return lambda node, frame: keep(inner(node, frame), frame)
        if not _is_step(token):
            code = self.lower(token, self.scope)
            return lambda node, frame: nodes_of(code(Frame(frame.env, node, frame.current)))
        axis_name, test_token = _axis(token)
        return _stepper(AXES[axis_name], self._test(test_token, axis_name))

    def _test(self, token: XPathToken | None, axis: str) -> Test | None:
        principal = Type.ATTRIBUTE if axis == "attribute" else Type.ELEMENT
        if token is None or token.symbol == "node":
            return None
        if token.symbol in _KINDS:
            kind = _KINDS[token.symbol]
            wanted = str(token[0].value) if len(token) else ""
            return lambda node: node.type is kind and wanted in {"", node.name}
        if token.symbol == ":":
            return self._prefixed(token, principal)
        if token.symbol == "*":
            return lambda node: node.type is principal
        name = str(token.value)
        return lambda node: node.type is principal and node.name == name and not node.namespace

    def _prefixed(self, token: XPathToken, principal: Type) -> Test:
        uri = self.scope.prefixes.get(str(token[0].value), "")
        name = str(token[1].value)
        return lambda node: node.type is principal and node.namespace == uri and name in {"*", node.name}

    def _predicate(self, token: XPathToken) -> Callable[[list[Node], Frame], list[Node]]:
        scope = self.scope.inside(foreign=is_foreign(token, self.scope))
        code = self.lower(token[1], scope)

        def keep(nodes: list[Node], frame: Frame) -> list[Node]:
            size = len(nodes)
            frame.env.charge(size)
            focus = Frame(frame.env, frame.node, frame.current, 1, size)
            kept = []
            for position, node in enumerate(nodes, start=1):
                focus.node, focus.position, focus.size = node, position, size
                if _holds(code(focus), position):
                    kept.append(node)
            return kept

        return keep


def _holds(value: Value, position: int) -> bool:
    if isinstance(value, float) and not isinstance(value, bool):
        return value == position
    return to_boolean(value)


def _is_step(token: XPathToken) -> bool:
    while token.symbol == "[":
        token = token[0]
    return is_path(token) and token.symbol not in {"/", "//"}


def _axis(token: XPathToken) -> tuple[str, XPathToken | None]:
    symbol = token.symbol
    if symbol == ".":
        return "self", None
    if symbol == "..":
        return "parent", None
    if symbol == "@":
        return "attribute", token[0]
    if symbol in AXES and token.label == "axis":
        return symbol, token[0]
    return "child", token


def _stepper(axis: Axis, test: Test | None) -> Step:
    def run(node: Node, frame: Frame) -> list[Node]:
        nodes = axis(node)
        frame.env.charge(len(nodes) + 1)
        return list(nodes) if test is None else [n for n in nodes if test(n)]

    return run


def _every(start: Code) -> Code:
    """`//`: descendants-or-self of where the path stands."""

    def run(frame: Frame) -> list[Node]:
        nodes = [found for node in nodes_of(start(frame)) for found in node.walk()]
        frame.env.charge(len(nodes))
        return in_order(nodes)

    return run


def nodes_of(value: Value) -> list[Node]:
    """The value as node-set. Raises EvaluationError for anything else."""
    if isinstance(value, list):
        return value
    raise EvaluationError("a node-set is needed here")


def in_order(nodes: list[Node]) -> list[Node]:
    """Without repetitions, in document order."""
    if len(nodes) < 2:  # noqa: PLR2004 - nothing to sort
        return nodes
    unique: dict[Any, Node] = {}
    for node in nodes:
        unique[id(node) if node.parent is None or node.type is not Type.TEXT else (id(node.parent), node.order)] = node
    return sorted(unique.values(), key=lambda node: node.order)
