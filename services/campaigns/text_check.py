"""A campaign's own text before it is used: the gate's rules, and that it asks for no value that it is not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages import gate
from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import Catalogue, CatalogueError

LONGEST = 2000
CAMPAIGN = "campaign."


@dataclass(frozen=True, slots=True)
class TriedText:
    shown: str
    """As it would be said, with typical values; "" where it cannot be."""
    faults: tuple[Text, ...]
    """What is to be changed before it can be used."""


def tried(built_in: Catalogue, own: Mapping[str, str], key: str, words: str) -> TriedText:
    """`words` in the place of the text under `key`. `own`: the campaign's other texts in this locale."""
    try:
        catalogue = built_in.with_texts({**own, key: words[:LONGEST]})
    except CatalogueError:  # of a text that is no more than words, braces alone can be wrong
        return TriedText("", (_fault("brace", example="{n}"),))
    names = catalogue.template(key).names
    campaign = {name.removeprefix(CAMPAIGN) for name in catalogue if name.startswith(CAMPAIGN)}
    allowed = (built_in.template(key).names if key in built_in else frozenset[str]()) | campaign
    strange = tuple(_fault("no_value", name=f"{{{name}}}") for name in sorted(names - allowed))
    broken = tuple(
        _fault(problem.rule.name.lower(), found=problem.found, most=problem.most)
        for problem in gate.check_catalogue(catalogue, [key])
    )
    return TriedText(gate.sample(catalogue, key), (*strange, *broken))


def _fault(kind: str, **values: Value) -> Text:
    return Text(f"desk.texts.fault.{kind}", values)
