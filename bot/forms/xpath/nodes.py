"""The tree that XPath walks: plain nodes without live values, so one tree serves every draft and every thread.

A leaf of the form carries a `key`; what it holds is asked of the evaluation's environment. Nodes of secondary
instances carry their text themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from xml.etree.ElementTree import Element

_MANY = 8
"""Children from which on they are looked up by an index."""
XML_NS = "http://www.w3.org/XML/1998/namespace"


class Type(IntEnum):
    ROOT = 0
    ELEMENT = 1
    ATTRIBUTE = 2
    TEXT = 3
    COMMENT = 4
    INSTRUCTION = 5


class Node:
    """One node. `order` is its place in document order within its own tree."""

    __slots__ = (
        "address",
        "attributes",
        "children",
        "index",
        "key",
        "name",
        "namespace",
        "order",
        "parent",
        "prefix",
        "repeat",
        "type",
        "value",
    )

    def __init__(self, type_: Type, name: str = "", value: str = "", *, namespace: str = "", prefix: str = "") -> None:
        self.type = type_
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.value = value
        self.key: str | None = None
        self.index: dict[str, Node] | None = None
        """First children by name, made when somebody looks for one among many."""
        self.address = ""
        """Name of a box, group or repeat of the form, unique in its tree (see addresses.py)."""
        self.repeat = False
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.order = 0

    def __repr__(self) -> str:
        return f"<{self.type.name} {self.name}>"

    def add(self, child: Node) -> Node:
        """Append a child (or attribute) and return it."""
        child.parent = self
        self.index = None
        (self.attributes if child.type is Type.ATTRIBUTE else self.children).append(child)
        return child

    def root(self) -> Node:
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def child(self, name: str) -> Node | None:
        """The first child element called `name` (local name)."""
        if len(self.children) < _MANY:
            for child in self.children:
                if child.name == name and child.type is Type.ELEMENT:
                    return child
            return None
        if self.index is None:
            self.index = {}
            for child in self.children:
                if child.type is Type.ELEMENT:
                    self.index.setdefault(child.name, child)
        return self.index.get(name)

    def find(self, path: str) -> Node | None:
        """The first node at a relative path of names."""
        node: Node | None = self
        for name in path.removeprefix("./").split("/"):
            node = None if node is None else node.child(name)
        return node

    def attribute(self, name: str) -> Node | None:
        """The attribute called `name` (local name)."""
        return next((a for a in self.attributes if a.name == name), None)

    def line(self) -> Iterator[Node]:
        """The node and all that it stands in, outward."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    @property
    def depth(self) -> int:
        """How many repeats the node stands in, itself included."""
        count, node = 0, self
        while node.parent is not None:
            count += node.repeat
            node = node.parent
        return count

    def walk(self) -> Iterator[Node]:
        """The node and its descendants (no attributes), in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def leaves(self) -> Iterator[Node]:
        """Descendants-or-self that hold a value of the form."""
        return (node for node in self.walk() if node.key is not None)


def number_nodes(root: Node) -> Node:
    """Give every node its place in document order; attributes come right after their element."""
    place = 0
    for node in root.walk():
        node.order = place
        place += 1
        for attribute in node.attributes:
            attribute.order = place
            place += 1
    return root


def split_name(tag: str) -> tuple[str, str]:
    """(uri, local) of a tag as ElementTree writes it, {uri}local."""
    if tag.startswith("{"):
        uri, _, local = tag[1:].partition("}")
        return uri, local
    return "", tag


def data_tree(element: Element, *, plain: bool = True) -> Node:
    """A numbered tree under a root node, of a data document made of elements and text only.

    `plain` forgets namespaces, as ODK does when it matches instance data.
    """
    root = Node(Type.ROOT)
    _copy(element, root, plain=plain)
    return number_nodes(root)


def _copy(element: Element, parent: Node, *, plain: bool) -> None:
    namespace, name = split_name(element.tag)
    node = parent.add(Node(Type.ELEMENT, name, namespace="" if plain else namespace))
    for tag, value in element.attrib.items():
        uri, local = split_name(tag)
        node.add(Node(Type.ATTRIBUTE, local, value, namespace=uri))
    if len(element) == 0:
        node.value = element.text or ""
        return
    for child in element:
        _copy(child, node, plain=plain)


def mapping_tree(values: Mapping[str, str]) -> Node:
    """A tree /root/NAME of a host-filled instance."""
    root = Node(Type.ROOT)
    top = root.add(Node(Type.ELEMENT, "root"))
    for name, value in values.items():
        top.add(Node(Type.ELEMENT, name, value))
    return number_nodes(root)


def filled_tree(template: Node, values: Mapping[str, str]) -> Node:
    """A copy of a form's data tree that holds `values`, by the addresses of its boxes."""
    root = Node(template.type, template.name, values.get(template.address, ""))
    for child in template.children:
        root.add(filled_tree(child, values))
    return number_nodes(root) if template.parent is None else root


class Rows:
    """Finds rows of lists by a column. Remembers each column once it was asked for; shared by threads."""

    def __init__(self) -> None:
        self._found: dict[tuple[Node, str], dict[str, Node]] = {}

    def find(self, tree: Node | None, column: str, value: str) -> Node | None:
        """The first row of the list `tree` that has `value` in `column`."""
        if tree is None:
            return None
        known = self._found.get((tree, column))
        if known is None:
            known = {}
            for row in tree.children[0].children if tree.children else ():
                cell = row.child(column)
                if cell is not None:
                    known.setdefault(cell.value, row)
            self._found[tree, column] = known
        return known.get(value)
