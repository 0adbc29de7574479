"""The covering letter of a document: its parts are sentences of the campaign, its order is the office's. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.bubbles import text
from bot.messages.catalogue import Catalogue
from services.documents.paper import Labels, Letter

_LINES = ("office", "refers", "enclosures", "body", "contact")
_WORDS = ("urgency", "number", "subject", "to", "position")
_SIGNERS = "signers"
_NEEDED = ("subject", "to", "body")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign a letter. The signature itself stays blank."""

    name: str
    """"" leaves the name's line blank too."""
    position: str


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """Templates of a letter's parts. The month is written by the service; day, number and signature are left blank."""

    words: Mapping[str, str]
    lines: Mapping[str, tuple[str, ...]]
    signers: tuple[Signer, ...] = ()
    """Who can be chosen in place of `position`."""

    @property
    def templates(self) -> Iterator[str]:
        yield from self.words.values()
        yield from (line for lines in self.lines.values() for line in lines)


def letter_spec(given: Mapping[str, Any]) -> LetterSpec:
    """Raises KeyError, TypeError or ValueError for what is no letter."""
    missing = next((name for name in _NEEDED if name not in given), None)
    if missing is not None:
        raise KeyError(f"letter: {missing}")
    strange = sorted(set(given) - {*_LINES, *_WORDS, _SIGNERS})
    if strange:
        raise ValueError(f"a letter has no {strange[0]}")
    if any(not isinstance(given.get(name, []), list) for name in _LINES):
        raise TypeError(f"{', '.join(_LINES)} of a letter are lists of lines")
    words = {name: str(given.get(name, "")) for name in _WORDS}
    lines = {name: tuple(str(line) for line in given.get(name, ())) for name in _LINES}
    return LetterSpec(words, lines, _signers(given.get(_SIGNERS, ())))


def _signers(given: Any) -> tuple[Signer, ...]:
    if not isinstance(given, list | tuple) or any(not isinstance(one, Mapping) for one in given):
        raise TypeError("signers of a letter are a list of names and positions")
    return tuple(Signer(str(one.get("name", "")), str(one["position"])) for one in given)


def filled(spec: LetterSpec, month: str, written: Callable[[str], str], signer: Signer | None = None) -> Letter:
    """The letter, each part through `written`; lines that come out empty are left out. `signer`: of the letter's own
    list; None leaves the name blank above the letter's position."""

    def lines(templates: Sequence[str]) -> tuple[str, ...]:
        return tuple(line for line in map(written, templates) if line)

    words = {name: written(template) for name, template in spec.words.items()}
    found = {name: lines(templates) for name, templates in spec.lines.items()}
    if signer is not None:
        words["position"] = signer.position
    return Letter(
        month=month,
        signer=signer.name if signer is not None else "",
        **{name: words[name] for name in ("urgency", "number", "subject", "to", "position")},
        office=found["office"],
        refers=found["refers"],
        enclosures=found["enclosures"],
        body=found["body"],
        contact=found["contact"],
    )


def labels_of(catalogue: Catalogue) -> Labels:
    """The words that every letter of a language has."""
    names = ("number", "subject", "to", "refers", "enclosures", "closing", "emblem")
    return Labels(**{name: catalogue.say(text(f"document.letter.{name}")) for name in names})
