"""Lists of choices: shown by the page, searched by a part of a name, never rendered whole when they are long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.conversation.report.context import Context
from bot.conversation.state import State
from bot.forms.compiled import NUMBERS, Choice, Question
from bot.reading.distance import one_slip

LONG = 13
"""Choices beyond which a list is shown by the page: as many as LINE has quick replies."""
PAGE = 10
"""Choices of a page: with "more" and "enough" they fill one bubble."""
MOST_FOUND = 10
"""Found choices that are offered as buttons."""
_FIGURES = {0x0E50 + digit: str(digit) for digit in range(10)}
"""Thai digits, as the reader has them."""
SHORTEST_SLIP = 4
"""Letters of a name that may hold a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the chat holds of a list that is being answered."""

    picked: tuple[str, ...] = ()
    at: int = 0
    """The first choice of the page that is shown."""

    @staticmethod
    def of(state: State) -> Held:
        return Held(tuple(state.data.get("picked", ())), int(state.data.get("at", 0)))


def is_long(choices: Sequence[Choice]) -> bool:
    return len(choices) > LONG


def is_numbered(context: Context, choices: Sequence[Choice], asked: Iterable[Question] = ()) -> bool:
    """Whether choices may be chosen by their place: not where one begins with a number itself, in a list of several
    pages, or beside a box that wants a number."""
    figures = any(context.choice(choice)[:1].isdigit() for choice in choices[: LONG + 1])
    return not figures and not is_long(choices) and not any(question.kind in NUMBERS for question in asked)


def found(context: Context, choices: Sequence[Choice], words: str) -> list[Choice]:
    """The choices of a long list that words may mean: of that name, else with it inside, else a slip away."""
    wanted = context.facts.reader.bare(words)
    if not wanted:
        return []
    named = [(_plain(context.choice(choice)), choice) for choice in choices]
    return (
        [choice for name, choice in named if name == wanted]
        or [choice for name, choice in named if wanted in name or wanted in _synonyms(choice)]
        or [choice for name, choice in named if _is_slip(name, wanted)]
    )


def _plain(label: str) -> str:
    return "".join(label.casefold().translate(_FIGURES).split())


def _synonyms(choice: Choice) -> Iterable[str]:
    return (_plain(word) for word in choice.extra.get("words", "").split())


def _is_slip(name: str, wanted: str) -> bool:
    """One slip leaves one half of the word as it was, which is quick to see."""
    if len(wanted) < SHORTEST_SLIP or abs(len(name) - len(wanted)) > 1:
        return False
    half = len(wanted) // 2
    untouched = name.startswith(wanted[: half - 1]) or name.endswith(wanted[half + 1 :])
    return untouched and one_slip(name, wanted)
