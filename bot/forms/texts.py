"""Expressions at their place in a form, and texts with values in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.forms.xpath.lower import Expression
from bot.forms.xpath.nodes import Node


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An expression together with the node it is about (its `.`)."""

    expression: Expression
    node: Node
    """In the form's template tree."""
    at: str = ""
    """Address of the instance that it is about; '' outside repeats."""

    @property
    def source(self) -> str:
        return self.expression.source

    def placed(self, address: str) -> Formula:
        """The same about the instance at `address`."""
        return replace(self, at=address)


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """A value inside a label, written ${name} in the XLSForm. `question` is set when it merely names a box."""

    formula: Formula
    question: str | None


Part = str | Output


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A text of the form in its languages. `Values.text` writes it out."""

    by_language: Mapping[str, tuple[Part, ...]]
    """Keys are BCP 47 codes ("th"), or the language's own name where the form gives no code."""
    default_language: str

    def parts(self, language: str) -> tuple[Part, ...]:
        """The text in `language`, else in the form's default language, else in any."""
        found = self.by_language.get(language) or self.by_language.get(self.default_language)
        return found or next((parts for parts in self.by_language.values() if parts), ())

    def __bool__(self) -> bool:
        return any(self.by_language.values())

    @property
    def is_plain(self) -> bool:
        """Whether it says the same wherever it stands."""
        return all(isinstance(part, str) for parts in self.by_language.values() for part in parts)

    def placed(self, address: str) -> Label:
        """The same text about the instance at `address`."""
        if self.is_plain:
            return self
        moved = {
            language: tuple(part if isinstance(part, str) else _moved(part, address) for part in parts)
            for language, parts in self.by_language.items()
        }
        return Label(moved, self.default_language)


NO_WORDS = Label({}, "")
"""A text in no language."""


def _moved(output: Output, address: str) -> Output:
    return replace(output, formula=output.formula.placed(address))
