"""What is known while an expression is lowered, and what lowering finds out: its dependencies and its faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.forms.xpath.data import Value
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.nodes import Node

Code = Callable[[Frame], Value]
NodeCode = Callable[[Frame], list[Node]]

NOW = ":now"
"""Dependency on the civil time: now()."""
TODAY = ":today"
"""Dependency on the civil date: today(), which differs once a day."""
EVERYTHING = "*"
"""Dependency on every value of the form: a path that only the running form can resolve."""
KNOWN = "known:"
"""Prefix of a dependency on one known value; alone, on all of them."""
LAST = "last:"
"""Dependency on what the last report held."""
KNOWN_INSTANCE = "known"
LAST_SAVED = "__last-saved"
"""Instances that the host fills."""
_MARK, _BOUND = "#", "^"


def marker(address: str) -> str:
    """Dependency on which instances a repeat has, and which of them apply."""
    return _MARK + address


def pattern(bound: int, key: str) -> str:
    """Dependency on `key` in the instances that share the reader's own position in the `bound` outermost repeats."""
    return f"{bound}{_BOUND}{key}" if bound > 0 else key


def split_pattern(read: str) -> tuple[int, str]:
    """(bound, key) of a pattern."""
    bound, mark, key = read.partition(_BOUND)
    return (int(bound), key) if mark else (0, read)


@dataclass(slots=True)
class Scope:
    """Where an expression stands. `at` is the static context node, None inside predicates."""

    tree: Node | None = None
    """Root of the form's own data, None for free-standing expressions."""
    origin: Node | None = None
    at: Node | None = None
    repeats: bool = False
    """The form has repeats: its nodes are those of the running draft."""
    foreign: bool = False
    """The focus is inside a secondary instance: relative paths do not read the form."""
    inside_form: bool = False
    """The focus is a predicate on the form's own data: what relative paths read is noted by the path outside."""
    instances: Mapping[str, Node] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    """Keys of the form's leaves that the expression reads, and the markers above."""
    faults: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def inside(self, *, foreign: bool) -> Scope:
        """The scope of a predicate: same findings, no static context node."""
        return Scope(
            tree=self.tree,
            origin=self.origin,
            repeats=self.repeats,
            foreign=foreign,
            inside_form=not foreign,
            instances=self.instances,
            prefixes=self.prefixes,
            reads=self.reads,
            faults=self.faults,
        )

    def fault(self, what: str, **args: str) -> None:
        self.faults.append((what, args))
