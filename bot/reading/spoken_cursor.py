"""Where the reading of a spoken number stands among the tokens, and what it has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.numerals import MAX_DIGITS, Number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.tokens import Token

TEN = 10
HUNDRED = 100
THOUSAND = 1000
MILLION = 10**6
NO_POWER = 10**12
"""Stands for the power before the first: any power may follow."""
WORDS = ("digit", "zero", "ed", "yi", "ten", "sao", "power", "one_short")


class Cursor:
    """Stands at the beginning of one number."""

    def __init__(self, tokens: Sequence[Token], place: int, *, join: bool) -> None:
        self.tokens = tokens
        self.begin = place
        self.place = place
        self.join = join
        self.doubt = ""
        self.total = 0
        self.millions = 0
        self.last = NO_POWER

    def _has(self, place: int, *kinds: str) -> bool:
        if place >= len(self.tokens) or not self.tokens[place].has(*kinds):
            return False
        return self.join or place == self.begin or not self.tokens[place].space

    def _number(self, value: int | None, **more: object) -> Number:
        run = self.tokens[self.begin : self.place]
        isan = any(token.has("isan") for token in run)
        doubt = str(more.pop("doubt", "")) or self.doubt
        if not doubt and isan:
            doubt = "dialect"
        if not doubt and any(token.has("typo") for token in run):
            doubt = "spelling"
        refusal = str(more.pop("refusal", ""))
        if value is not None and len(str(value)) > MAX_DIGITS:
            value, refusal = None, "too_long"
        return Number(
            value,
            self.begin,
            self.place,
            doubt,
            refusal,
            isan=isan,
            spoken=any(token.has(*WORDS) for token in run),
            space=run[0].space,
            line=run[0].line,
            text="".join(token.text for token in run),
            **more,  # type: ignore[arg-type]  # only low, high and candidates are ever passed
        )

    def _power_at(self, place: int) -> int:
        token = self.tokens[place]
        return TEN if token.has("ten") else int(token.kinds.get("power", THOUSAND))

    def _sum(self) -> int:
        return self.millions + self.total
