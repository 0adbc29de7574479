"""Evaluating one expression on a small document."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import fromstring

from bot.forms.xpath.data import Value, to_text
from bot.forms.xpath.frame import Env, Frame
from bot.forms.xpath.lower import Expression, compile_expression
from bot.forms.xpath.nodes import Node, Type, data_tree
from bot.forms.xpath.scope import Scope

BANGKOK = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2021, 6, 7, 8, 30, 15, 250000, tzinfo=BANGKOK)
DOCUMENT = (
    '<data xml:lang="th-TH" id="d"><a n="1">3</a><b>4</b><e/><when>2021-06-11</when><g><c>x y z</c><c>10</c></g></data>'
)


class Paper(Env):
    """An environment whose nodes carry their own text."""

    def __init__(self) -> None:
        super().__init__(now=NOW, zone=BANGKOK)
        self.version = "7"
        self.instances = {"towns": data_tree(fromstring("<root><item><name>loei</name><of>north</of></item></root>"))}  # noqa: S314


def document() -> Node:
    return data_tree(fromstring(DOCUMENT), plain=False)  # noqa: S314


def focus(tree: Node, path: str) -> Node:
    node = tree
    for name in path.split("/"):
        found = node.child(name)
        assert found is not None
        node = found
    return node


def compiled(source: str, at: str = "data/a") -> tuple[Expression, Scope, Node]:
    """As in a form: leaves have keys, so what the expression reads is known."""
    tree = document()
    for node in tree.walk():
        if node.type is Type.ELEMENT and not node.children and node.name != "c":
            node.key = node.name
    here = focus(tree, at)
    scope = Scope(tree=tree, origin=here, at=here, instances=Paper().instances)
    return compile_expression(source, scope), scope, here


def run(source: str, at: str = "data/a") -> Value:
    """The value, evaluated without anything known beforehand: every path is walked."""
    here = focus(document(), at)
    env = Paper()
    return compile_expression(source, Scope(instances=env.instances)).code(Frame(env, here, here))


def text(source: str, at: str = "data/a") -> str:
    return to_text(run(source, at), Paper())
