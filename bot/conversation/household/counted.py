"""A village's counts in words: on the leader's card, the inspector's, and the page on which both sign."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.household.checks import PARTS, Case, VillageCounts
from bot.conversation.household.names import written
from bot.messages.bubbles import Text, text

MOST = 6
"""Houses that a card names of one kind."""
_KINDS = ((PARTS[0],), (PARTS[1],), PARTS)


def count_lines(counts: VillageCounts, cases: Iterable[Case]) -> tuple[Text, ...]:
    """How many there are, were checked, are complete; how many of each case."""
    lines = [text("certificate.counts", total=counts.total, checked=counts.checked, complete=counts.complete)]
    if counts.added:
        lines.append(text("certificate.added", n=counts.added))
    found = tuple(_case(case, counts.by_case.get(case.key, 0)) for case in cases)
    if found:
        lines.append(text("certificate.by_case", list=found))
    return tuple(lines)


def _case(case: Case, n: int) -> Text:
    name = case.number or case.title
    if case.symbol:
        return text("certificate.case_marked", number=name, symbol=case.symbol, n=n)
    return text("certificate.case", number=name, n=n)


def missing_lines(counts: VillageCounts, most: int) -> tuple[Text, ...]:
    """The houses that something is missing of, by what it is, and those that nobody has checked; `most` of a kind."""
    lines = []
    for kind in _KINDS:
        houses = [house for house, parts in counts.lacking if set(parts) == set(kind)]
        if houses:
            lines.append(_houses(f"certificate.lacks.{'_'.join(kind)}", houses, most))
    if counts.unchecked:
        lines.append(_houses("certificate.lacks.all", counts.unchecked, most))
    return tuple(lines)


def _houses(key: str, houses: Iterable[str], most: int) -> Text:
    names: list[Text | str] = [written(house) for house in houses]
    shown = names[:most]
    if len(names) > most:
        shown.append(text("certificate.and_more", n=len(names) - most))
    return text(key, n=len(names), houses=tuple(shown))
