"""Soft checks: our columns soft, soft2, soft3 ... hold what should be true of a box; when it is not, people are told
and may leave it so. Nothing here ever blocks.

The message stands in soft_message (soft2_message ...), in other languages soft_message_en. `{name}` in it writes the
value of that box or calculation; `{{` and `}}` write a brace. ODK's ${name} cannot be used there: pyxform would turn
it into a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.forms.parts import SoftCheck
from bot.forms.texts import Label, Output, Part
from bot.forms.workshop import Workshop
from bot.forms.xpath.nodes import Node

_CHECK = re.compile(r"soft(?:[2-9]|[1-9]\d)?")
_SIGN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def is_check(attr: str) -> bool:
    """Whether one of our columns holds a soft check."""
    return _CHECK.fullmatch(attr) is not None


def soft_checks(workshop: Workshop, attrs: Mapping[str, str], node: Node) -> tuple[SoftCheck, ...]:
    """The checks of one box, in the order of their numbers. Notes faults in the workshop."""
    found: list[SoftCheck] = []
    for attr in sorted((attr for attr in attrs if is_check(attr)), key=lambda attr: (len(attr), attr)):
        formula = workshop.formula(attrs[attr], node, attr)
        if formula is not None:
            found.append(SoftCheck(attr, formula, _message(workshop, attrs, node, attr)))
    return tuple(found)


def _message(workshop: Workshop, attrs: Mapping[str, str], node: Node, check: str) -> Label | None:
    column = f"{check}_message"
    texts = {workshop.default_language: attrs[column]} if attrs.get(column) else {}
    for attr, text in attrs.items():
        if attr.startswith(f"{column}_") and text:
            texts[attr.removeprefix(f"{column}_")] = text
    made = {language: tuple(_parts(workshop, text, node, column)) for language, text in texts.items()}
    return Label(made, workshop.default_language) if made else None


def _parts(workshop: Workshop, text: str, node: Node, column: str) -> Iterator[Part]:
    """Words and values of a message."""
    end = 0
    for sign in _SIGN.finditer(text):
        if sign.start() > end:
            yield text[end : sign.start()]
        end = sign.end()
        if sign.group(1) is None:
            yield sign.group(0)[0]
            continue
        output = _output(workshop, sign.group(1).strip(), node, column)
        if output is not None:
            yield output
    if end < len(text):
        yield text[end:]


def _output(workshop: Workshop, name: str, node: Node, column: str) -> Output | None:
    path = workshop.path_of(name)
    if path is None:
        workshop.problem("unknown_target", node.name, about=name, column=column)
        return None
    formula = workshop.formula(path, node, column)
    return None if formula is None else Output(formula, formula.expression.direct)
