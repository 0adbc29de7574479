"""The form's data tree with its repeats, and the one name by which each box, group and repeat is known.

A name that only one element of the form bears is its address: `age`. Others are told apart by their path: `mother/age`.
In a running draft an instance of a repeat is counted from 1: `child[2]`, `child[2]/age`, `child[2]/toy[1]/colour`;
`child[+]` is the one that would come next (docs/adr/repeats.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bot.forms.xpath.nodes import Node, Type, number_nodes, split_name

JR_TEMPLATE = "{http://openrosa.org/javarosa}template"
TOP = "/"
"""Address of the root element."""
NEXT = "[+]"


@dataclass(slots=True)
class Tree:
    """What a primary instance is read into."""

    root: Node
    paths: dict[str, Node] = field(default_factory=dict)
    instances: dict[Node, int] = field(default_factory=dict)
    """Repeat -> how many instances the blank form has."""
    tails: dict[Node, str] = field(default_factory=dict)
    """Node -> its address inside its innermost repeat; outside repeats, its address."""
    doubled: list[str] = field(default_factory=list)
    """Names of elements that cannot be told apart: same path, no repeat."""


def read_tree(root: Element, repeats: Collection[str], live: Collection[str]) -> Tree:
    """The data tree of a primary instance. `repeats` are the paths that the form's body repeats, `live` those that
    get a value from the form: attributes among them hold one."""
    tree = Tree(Node(Type.ROOT))
    top = f"/{split_name(root.tag)[1]}"
    _add(tree, root, tree.root, top, frozenset(repeats))
    for path, count in _counts(root, top):
        node = tree.paths[path]
        if node.repeat:
            tree.instances[node] = max(count, tree.instances.get(node, 0))
    for path in live:
        if "/@" in path and path in tree.paths:
            tree.paths[path].key = path
    names = Counter(node.name for path, node in tree.paths.items() if path != top and node.type is Type.ELEMENT)
    for node in tree.root.children[0].walk():
        _name(tree, node, names)
    number_nodes(tree.root)
    return tree


def _counts(element: Element, path: str) -> Iterator[tuple[str, int]]:
    """For each element and each name below it, how many there are that are no templates."""
    found: Counter[str] = Counter()
    for child in element:
        inner = f"{path}/{split_name(child.tag)[1]}"
        found[inner] += JR_TEMPLATE not in child.attrib
        yield from _counts(child, inner)
    yield from found.items()


def _add(tree: Tree, element: Element, parent: Node, path: str, repeats: frozenset[str]) -> None:
    if path not in tree.paths:
        node = parent.add(Node(Type.ELEMENT, path.rpartition("/")[2], element.text or ""))
        node.repeat = path in repeats or JR_TEMPLATE in element.attrib
        tree.paths[path] = node
        _attributes(tree, element, node, path)
    seen: set[str] = set()
    for child in element:
        inner = f"{path}/{split_name(child.tag)[1]}"
        if inner in seen and not tree.paths[inner].repeat:
            tree.doubled.append(tree.paths[inner].name)
            continue
        seen.add(inner)
        _add(tree, child, tree.paths[path], inner, repeats)


def _attributes(tree: Tree, element: Element, node: Node, path: str) -> None:
    for tag, value in element.attrib.items():
        uri, local = split_name(tag)
        made = node.add(Node(Type.ATTRIBUTE, local, value, namespace=uri))
        if not uri and path.count("/") > 1:
            tree.paths[f"{path}/@{local}"] = made


def _name(tree: Tree, node: Node, names: Mapping[str, int]) -> None:
    line = list(node.line())[:-2]
    inside = next((place for place, step in enumerate(line) if step.repeat and step is not node), len(line))
    if not line:
        node.address = tree.tails[node] = TOP
    elif names[node.name] == 1:
        node.address = tree.tails[node] = node.name
    else:
        node.address = "/".join(step.name for step in reversed(line))
        tree.tails[node] = "/".join(step.name for step in reversed(line[:inside]))
    node.key = None if node.children or node.repeat else node.address
    for attribute in node.attributes:
        tree.tails[attribute] = f"{tree.tails[node]}/@{attribute.name}"
        attribute.address = f"{node.address}/@{attribute.name}"
        attribute.key = None if attribute.key is None else attribute.address
