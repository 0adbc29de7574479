"""Numbers in words, and words mixed with digits ("1หมื่น2พัน5ร้อย"): the grammar of Thai counting.

Formal Thai reads หมื่นสอง as 10,002; people mean 12,000. Every such form is confirmed, หลักร้อย forms are asked, and
only what has one meaning is certain. See `Number` for how this is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.numerals import Number, numeral
from bot.reading.spoken_cursor import HUNDRED, NO_POWER, TEN, THOUSAND, WORDS
from bot.reading.spoken_terms import Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.tokens import Token


def fold_numbers(tokens: Sequence[Token], *, join: bool = True) -> list[Token | Number]:
    """Replace each run of number tokens by one Number. With `join` False a space ends a spoken number."""
    items: list[Token | Number] = []
    place = 0
    while place < len(tokens):
        number, after = _Spoken(tokens, place, join=join).read()
        items.append(tokens[place] if number is None else number)
        place = place + 1 if number is None else after
    return items


class _Spoken(Terms):
    """Reads one number that begins at a token."""

    def read(self) -> tuple[Number | None, int]:
        if not self._has(self.place, "number", *WORDS) or self._has(self.place, "ed", "one_short"):
            return None, self.place
        number = self._digit_run() or self._digits_alone() or self._counted()
        return number, self.place

    # -- digits ---------------------------------------------------------------------------------------------------
    def _digits_alone(self) -> Number | None:
        """A literal that no power word follows."""
        token = self.tokens[self.place]
        follows = self.place + 1
        if not token.has("number"):
            return None
        read = numeral(token.text)
        multiplied = follows < len(self.tokens) and self.tokens[follows].has("power", "kilo")
        if multiplied and read.exact is not None:
            return None
        self.place += 1
        return self._number(read.value, doubt=read.doubt, refusal=read.refusal)

    def _digit_run(self) -> Number | None:
        """Digit words side by side: "สองสามหลัง" is a range, "สามสองศูนย์" is read out digit by digit."""
        end = self.place
        while self._has(end, "digit", "zero") and (end == self.place or not self.tokens[end].space):
            end += 1
        digits = [self._digit(token) for token in self.tokens[self.place : end]]
        follows_power = self._has(end, "power", "ten")
        if len(digits) < 2 or (follows_power and len(digits) > 2):  # noqa: PLR2004 (one digit is no run)
            return None
        if len(digits) == 2 and digits[1] == digits[0] + 1 and digits[0] > 0:  # noqa: PLR2004
            power = self._power_at(end) if follows_power else 1
            self.place = end + (1 if follows_power else 0)
            return self._number(None, refusal="range", low=digits[0] * power, high=digits[1] * power)
        if follows_power:
            return None
        self.place = end
        return self._number(int("".join(map(str, digits))), doubt="digits_spoken")

    def _digit(self, token: Token) -> int:
        return 0 if token.has("zero") else int(token.kinds["digit"])

    def _counted(self) -> Number | None:
        """Terms in falling powers, then a tail below the last power; None for a word that begins no number."""
        if self._has(self.place, "zero"):
            self.place += 1
            return self._number(0)
        while self._term():
            pass
        begun = self.place > self.begin or self._has(self.place, "digit")
        return self._tail() if begun else None

    # -- tail -----------------------------------------------------------------------------------------------------
    def _tail(self) -> Number:
        if self.doubt == "not_whole":
            return self._number(None, refusal="not_whole")
        if self._has(self.place, "one_short", "yi", "ed") and self.last < NO_POWER:
            return self._short_one()
        if self._has(self.place, "digit") and not self._power_follows_digit():
            return self._digit_tail()
        if self._has(self.place, "number") and self.last < NO_POWER:
            return self._literal_tail()
        bare = self.place == self.begin + 1 and self.tokens[self.begin].has("power")
        return self._number(self._sum(), doubt="colloquial" if bare else "")

    def _power_follows_digit(self) -> bool:
        return self._has(self.place + 1, "power", "ten") and self.last < NO_POWER

    def _short_one(self) -> Number:
        """As in "ร้อยนึง" (one hundred, but "สองร้อยนึง" could be 201), "ร้อยยี่", "ร้อยเอ็ด" (also a province)."""
        value = self._sum()
        if self._has(self.place, "yi"):
            self.place += 1
            return self._number(value + 2 * self.last // TEN, doubt="colloquial")
        if self._has(self.place, "ed"):
            self.place += 1
            return self._number(value + 1, doubt="" if value != HUNDRED else "name_of_a_province")
        bare = value == self.last
        self.place += 1
        return self._number(value if bare else value + 1, doubt="colloquial")

    def _digit_tail(self) -> Number:
        digit = int(self.tokens[self.place].kinds["digit"])
        value, power = self._sum(), self.last
        self.place += 1
        if power == NO_POWER:
            return self._number(digit)
        if power == TEN:
            return self._number(value + digit, doubt="unusual" if digit == 1 else "")
        colloquial = value + digit * power // TEN
        if power == HUNDRED:
            return self._number(None, refusal="ambiguous", candidates=(value + digit, colloquial))
        if digit == 1 and value == power:
            return self._number(None, refusal="ambiguous", candidates=(value, value + 1, colloquial))
        if power >= THOUSAND and self._has(self.place, "digit") and not self.tokens[self.place].space:
            return self._second_digit(colloquial, power)
        return self._number(colloquial, doubt="colloquial")

    def _second_digit(self, value: int, power: int) -> Number:
        """As in "หมื่นสองห้า", 12,500."""
        digit = int(self.tokens[self.place].kinds["digit"])
        self.place += 1
        return self._number(value + digit * power // HUNDRED, doubt="colloquial")

    def _literal_tail(self) -> Number:
        """Digits after a power: "2พัน500", "2 พัน 5"."""
        token = self.tokens[self.place]
        read = numeral(token.text)
        if read.value is None or read.doubt or read.value >= self.last:
            return self._number(self._sum())
        if token.space and not self.join:
            return self._number(self._sum())
        self.place += 1
        full = len(token.text) == len(str(self.last)) - 1
        if read.value < TEN and self.last > TEN:
            if self.last == HUNDRED:
                pair = (self._sum() + read.value, self._sum() + read.value * TEN)
                return self._number(None, refusal="ambiguous", candidates=pair)
            return self._number(self._sum() + read.value * self.last // TEN, doubt="colloquial")
        return self._number(self._sum() + read.value, doubt="" if full and not token.space else "mixed")
