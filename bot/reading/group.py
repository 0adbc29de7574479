"""What is said to the account in a LINE group: whether it is called at all, and what is wanted of it there.

Most of what a group writes is not meant for us, so everything here says no unless it is plain that somebody calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.outcome import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reading.control import ControlReader
    from bot.reading.lexicon import Lexicon

MAX_LENGTH = 300
"""A command is short; a longer text is a story that happens to begin with our name (characters)."""
_NOT_OURS = frozenset({"", "thanks", "private", "help"})
"""After an ordinary word these may as well be said between people."""


@dataclass(frozen=True, slots=True)
class GroupWish:
    kind: str
    """link, due, leave, missing, summary, menu, help, report, thanks, private (any other wish), or '' (unknown)."""
    about: str = ""
    """What follows the command, normalised: the district to link with."""


class GroupReader:
    """Reads calls and commands."""

    def __init__(self, lexicon: Lexicon, control: ControlReader) -> None:
        self._normaliser = lexicon.normaliser
        self._control = control
        table = lexicon.tables["group"]
        self._called = self._words(table["called"])
        self._named = self._words(table["named"])
        self._after = "".join(table["after"])
        self._particles = self._words(lexicon.tables["particles"]["particle"])
        commands = {self._plain(str(word)): kind for kind, words in table["commands"].items() for word in words}
        self._commands = sorted(commands.items(), key=lambda item: -len(item[0]))
        self._wishes = {intent: kind for kind, intents in table["wishes"].items() for intent in intents}

    def called(self, text: str) -> str | None:
        """See Reader.called."""
        if len(text) > MAX_LENGTH:
            return None
        plain = self._plain(text)
        rest = self._rest(plain, self._called)
        if rest is not None:
            return rest
        rest = self._rest(plain, self._named)
        return rest if rest and self.wish(rest).kind not in _NOT_OURS else None

    def wish(self, text: str) -> GroupWish:
        """See Reader.group_wish."""
        plain = self._plain(text)
        again = self._rest(plain, self._called)
        plain = self._without_particles(plain if again is None else again)
        for word, kind in self._commands:
            if plain == word or (kind == "link" and plain.startswith(word) and not _goes_on(word, plain)):
                return GroupWish(kind, plain.removeprefix(word).strip())
        reading = self._control.read(plain)
        if reading.value is None or reading.action is not Action.ACCEPT:
            return GroupWish("")
        return GroupWish(self._wishes.get(reading.value, "private"))

    def _rest(self, plain: str, words: Iterable[str]) -> str | None:
        """What follows one of the words at the beginning; None when none of them stands there by itself."""
        for word in words:
            rest = plain.removeprefix(word)
            if plain.startswith(word) and (not rest or rest[0].isspace() or rest[0] in self._after):
                return rest.lstrip(self._after + " \n").strip()
        return None

    def _without_particles(self, plain: str) -> str:
        """Without the politeness at its end."""
        found = next((word for word in self._particles if word and plain.endswith(word) and plain != word), "")
        return plain.removesuffix(found).rstrip()

    def _words(self, words: Iterable[object]) -> tuple[str, ...]:
        return tuple(sorted((self._plain(str(word)) for word in words), key=len, reverse=True))

    def _plain(self, text: str) -> str:
        return self._normaliser.text(text)


def _goes_on(word: str, plain: str) -> bool:
    """A Latin command within a longer word, such as link in linked."""
    return word.isascii() and plain[len(word) : len(word) + 1].isalnum()
