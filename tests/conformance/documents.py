"""XML documents as XPath sees them, with comments, instructions, prefixes and text nodes; and the paths of nodes."""

from __future__ import annotations

from typing import Any
from xml.dom import Node as Dom
from xml.dom.minidom import parseString

from bot.forms.xpath.nodes import Node, Type, number_nodes

_NAMES = {Type.TEXT: "text()", Type.COMMENT: "comment()", Type.INSTRUCTION: "processing-instruction()"}


def document(xml: str) -> Node:
    """The whole document under its root node, numbered in document order."""
    root = Node(Type.ROOT)
    _children(parseString(xml.encode()), root)  # noqa: S318 - the corpus is ours to trust
    return number_nodes(root)


def _children(source: Any, parent: Node) -> None:
    for child in source.childNodes:
        if child.nodeType == Dom.ELEMENT_NODE:
            _element(child, parent)
        elif child.nodeType in {Dom.TEXT_NODE, Dom.CDATA_SECTION_NODE}:
            _text(child.data, parent)
        elif child.nodeType == Dom.COMMENT_NODE:
            parent.add(Node(Type.COMMENT, value=child.data))
        elif child.nodeType == Dom.PROCESSING_INSTRUCTION_NODE:
            parent.add(Node(Type.INSTRUCTION, child.target, child.data))


def _text(data: str, parent: Node) -> None:
    last = parent.children[-1] if parent.children else None
    if last is not None and last.type is Type.TEXT:
        last.value += data
    elif parent.type is not Type.ROOT:
        parent.add(Node(Type.TEXT, value=data))


def _element(source: Any, parent: Node) -> None:
    node = parent.add(_named(Type.ELEMENT, source))
    attributes = source.attributes
    for index in range(attributes.length):
        attribute = attributes.item(index)
        if attribute.name != "xmlns" and attribute.prefix != "xmlns":
            node.add(_named(Type.ATTRIBUTE, attribute, attribute.value))
    _children(source, node)


def _named(type_: Type, source: Any, value: str = "") -> Node:
    name = source.localName or source.nodeName
    return Node(type_, name, value, namespace=source.namespaceURI or "", prefix=source.prefix or "")


def path_of(node: Node) -> str:
    """The node's path in the corpus's notation: /*[1]/text()[2], @id, / for the document."""
    if node.parent is None:
        return "/"
    base = path_of(node.parent).removesuffix("/")
    if node.type is Type.ATTRIBUTE:
        return f"{base}/@*[name()='{node.prefix}:{node.name}']" if node.prefix else f"{base}/@{node.name}"
    same = [child for child in node.parent.children if child.type is node.type]
    place = next(index for index, child in enumerate(same, start=1) if child is node)
    return f"{base}/{_NAMES.get(node.type, '*')}[{place}]"


def all_nodes(root: Node) -> dict[str, Node]:
    """Every node of the document by its path."""
    return {path_of(node): node for parent in root.walk() for node in (parent, *parent.attributes)}
