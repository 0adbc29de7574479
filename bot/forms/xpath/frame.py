"""What an evaluation runs against: the environment of one draft, and the frame of the node in focus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.forms.xpath.nodes import Node

STEP_CAP = 200_000
"""Nodes and calls that one evaluation may touch. The biggest honest filter (a province's villages) needs 5,000."""
TEXT_CAP = 1_000_000
"""Characters that one evaluation may build."""


class EvaluationLimitError(Exception):
    """An expression did more work than any honest form needs."""


class EvaluationError(Exception):
    """An expression cannot be evaluated (wrong number or kind of arguments)."""


class Env:
    """Everything outside the expression. Subclassed by the form's own environment."""

    def __init__(self, *, now: dt.datetime, zone: dt.tzinfo) -> None:
        self.now = now.astimezone(zone)
        self.zone = zone
        self.language = ""
        self.steps = STEP_CAP
        self.seed = ""
        self.drawn = 0
        """How many random values this environment has handed out."""
        self.version = ""
        self.instances: Mapping[str, Node] = {}

    def read(self, key: str) -> str:
        """What the form's leaf `key` holds now; '' when empty or not relevant."""
        raise NotImplementedError(key)

    def known(self, name: str) -> str:
        """A value that the host knows, '' when it does not."""
        raise NotImplementedError(name)

    def placed(self, address: str) -> list[Node]:
        """The node of the running form at an address, alone in a list; nothing where there is none."""
        raise NotImplementedError(address)

    def applying(self, nodes: list[Node]) -> list[Node]:
        """Those of the form's nodes that are relevant: the others are not there for functions over repeats."""
        return nodes

    def instance(self, name: str) -> Node | None:
        """The document of a secondary instance."""
        return self.instances.get(name)

    def row(self, instance: str, column: str, value: str) -> Node | None:
        """The first row of a secondary instance that has `value` in `column`."""
        raise NotImplementedError(instance, column, value)

    def itext(self, text_id: str) -> str:
        """A translated text in the language of this evaluation."""
        raise NotImplementedError(text_id)

    def choice_name(self, question: str, value: str) -> str:
        """The label of a choice of `question`."""
        raise NotImplementedError(question, value)

    def charge(self, amount: int) -> None:
        """Pay for work done. Raises EvaluationLimitError when the cap is reached."""
        self.steps -= amount
        if self.steps < 0:
            raise EvaluationLimitError


@dataclass(slots=True)
class Frame:
    """The focus: context node, its position among `size` siblings of the selection, and current()."""

    env: Env
    node: Node
    current: Node
    position: int = 1
    size: int = 1
