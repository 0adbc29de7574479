"""The older way to take choices from a file: the appearance search('file', 'contains', 'column', value, ...).

The row of the choices sheet names columns of the file there, instead of a choice; rows whose name is a whole number
are choices of their own (XLSForm: search()).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.forms.parts import Choice, Choices
from bot.forms.texts import Label
from bot.forms.workshop import Workshop
from bot.forms.xform import Control
from bot.forms.xpath.nodes import Node

_SEARCH = re.compile(r"search\((.*)\)", re.DOTALL)
_MODES = {"contains": "contains({}, {})", "startswith": "starts-with({}, {})", "endswith": "ends-with({}, {})"}
_QUOTES = "'\""


def search_arguments(appearance: str) -> list[str]:
    """The arguments of search(...), as they are written; none where there is no search."""
    found = _SEARCH.search(appearance)
    return [] if found is None else list(_split(found.group(1)))


def without_search(appearance: str) -> str:
    return _SEARCH.sub("", appearance)


def _split(text: str) -> Iterable[str]:
    """At the commas outside quotes and brackets."""
    part, depth, quote = "", 0, ""
    for sign in text:
        if quote or sign in _QUOTES:
            quote = "" if sign == quote else quote or sign
        else:
            depth += (sign in "([") - (sign in ")]")
        if sign == "," and not quote and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += sign
    yield part.strip()


def searched_choices(workshop: Workshop, control: Control, node: Node, arguments: list[str]) -> Choices:
    """The choices of a select that searches a file. Notes a fault when the file is not there."""
    name = arguments[0].strip(_QUOTES)
    tree = workshop.instances.get(name)
    own = [(value, workshop.label(label, workshop.top)) for value, label in control.items]
    always = tuple(Choice(value, label) for value, label in own if _is_whole(value))
    columns = next(((value, label) for value, label in own if not _is_whole(value)), None)
    if tree is None or columns is None:
        workshop.problem("external_file", node.name, address=f"{name}.csv")
        return Choices(always)
    made = {id(item): _choice(item, *columns) for item in tree.children[0].children}
    nodeset = f"instance('{name}')/root/item{_condition(arguments)}"
    return Choices(
        every=(*always, *made.values()),
        nodes=made,
        filter=workshop.formula(nodeset, node, "appearance"),
        values=frozenset(choice.value for choice in (*always, *made.values())),
        always=always,
    )


def _is_whole(text: str) -> bool:
    return text.lstrip("-").isdigit()


def _condition(arguments: list[str]) -> str:
    conditions = []
    if len(arguments) >= 4:  # noqa: PLR2004 - file, how, column, value
        how, columns, value = arguments[1].strip(_QUOTES).lower(), arguments[2].strip(_QUOTES), _own(arguments[3])
        test = _MODES.get(how, "{} = {}")
        conditions.append(" or ".join(test.format(column.strip(), value) for column in columns.split(",")))
    if len(arguments) == 6:  # noqa: PLR2004 - and a column and its value
        conditions.append(f"{arguments[4].strip(_QUOTES)} = {_own(arguments[5])}")
    return "".join(f"[{condition}]" for condition in conditions)


def _own(value: str) -> str:
    """A relative path means the question, not the row that is looked at."""
    return f"current()/{value}" if value.startswith("..") else value


def _choice(item: Node, value: str, label: Label) -> Choice:
    columns = {column.name: column.value for column in item.children}
    texts = {language: _written(columns, parts) for language, parts in label.by_language.items()}
    return Choice(columns.get(value, ""), Label(texts, label.default_language), columns)


def _written(columns: dict[str, str], parts: tuple[object, ...]) -> tuple[str, ...]:
    names = "".join(part for part in parts if isinstance(part, str)).split(",")
    return (", ".join(text for name in names if (text := columns.get(name.strip(), ""))),)
