"""Numbers in words, and words mixed with digits ("1หมื่น2พัน5ร้อย"): the grammar of Thai counting.

Formal Thai reads หมื่นสอง as 10,002; people mean 12,000. Every such form is confirmed, หลักร้อย forms are asked, and
only what has one meaning is certain. See `Number` for how this is told.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.reading.numerals import MAX_DIGITS, Number, numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.tokens import Token

_TEN = 10
_HUNDRED = 100
_THOUSAND = 1000
_MILLION = 10**6
_NO_POWER = 10**12
"""Stands for the power before the first: any power may follow."""
_WORDS = ("digit", "zero", "ed", "yi", "ten", "sao", "power", "one_short")


def fold_numbers(tokens: Sequence[Token], *, join: bool = True) -> list[Token | Number]:
    """Replace each run of number tokens by one Number. With `join` False a space ends a spoken number."""
    items: list[Token | Number] = []
    place = 0
    while place < len(tokens):
        number, after = _Cursor(tokens, place, join=join).read()
        items.append(tokens[place] if number is None else number)
        place = place + 1 if number is None else after
    return items


class _Cursor:
    """Reads one number that begins at a token."""

    def __init__(self, tokens: Sequence[Token], place: int, *, join: bool) -> None:
        self.tokens = tokens
        self.begin = place
        self.place = place
        self.join = join
        self.doubt = ""
        self.total = 0
        self.millions = 0
        self.last = _NO_POWER

    def read(self) -> tuple[Number | None, int]:
        if not self._has(self.place, "number", *_WORDS) or self._has(self.place, "ed", "one_short"):
            return None, self.place
        number = self._digit_run() or self._digits_alone() or self._counted()
        return number, self.place

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
            spoken=any(token.has(*_WORDS) for token in run),
            space=run[0].space,
            line=run[0].line,
            text="".join(token.text for token in run),
            **more,  # type: ignore[arg-type]  # only low, high and candidates are ever passed
        )

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

    def _power_at(self, place: int) -> int:
        token = self.tokens[place]
        return _TEN if token.has("ten") else int(token.kinds.get("power", _THOUSAND))

    # -- powers ---------------------------------------------------------------------------------------------------
    def _counted(self) -> Number | None:
        """Terms in falling powers, then a tail below the last power; None for a word that begins no number."""
        if self._has(self.place, "zero"):
            self.place += 1
            return self._number(0)
        while self._term():
            pass
        begun = self.place > self.begin or self._has(self.place, "digit")
        return self._tail() if begun else None

    def _term(self) -> bool:
        """One "สองพัน", "ห้าสิบ", "12.5 พัน", "หมื่น": True if it was taken."""
        coefficient, place, doubt = self._coefficient()
        if coefficient is None or not self._power_follows(place):
            return self._twenty()
        power = self._power_at(place)
        if power == _MILLION:
            return self._million(coefficient, place, doubt)
        if power >= self.last or (place == self.place and power != _TEN and self.last < _NO_POWER):
            return False
        self._take(coefficient * power, power, place + 1, doubt)
        return True

    def _power_follows(self, place: int) -> bool:
        if place >= len(self.tokens) or not self.tokens[place].has("power", "ten", "kilo"):
            return False
        literal = place > self.place and self.tokens[place - 1].has("number")
        return literal or self._has(place, "power", "ten", "kilo")

    def _million(self, coefficient: Fraction, place: int, doubt: str) -> bool:
        if self.millions:
            return False
        value = coefficient if place > self.place else (Fraction(0) if self.total else coefficient)
        amount = (self.total + value) * _MILLION
        self.millions = int(amount)
        self.total = 0
        self.last = _MILLION
        self.doubt = self.doubt or (doubt if amount.denominator == 1 else "not_whole")
        self.place = place + 1
        return True

    def _take(self, amount: Fraction, power: int, place: int, doubt: str) -> None:
        if amount.denominator != 1:
            doubt = "not_whole"
        self.total += int(amount)
        self.last = power
        self.doubt = self.doubt or doubt
        self.place = place

    def _twenty(self) -> bool:
        """Isan ซาว."""
        if not self._has(self.place, "sao") or self.last <= _TEN:
            return False
        self._take(Fraction(20), _TEN, self.place + 1, "dialect")
        return True

    def _coefficient(self) -> tuple[Fraction | None, int, str]:
        """What multiplies the power ahead: (value, place of the power, doubt)."""
        place = self.place
        if self._has(place, "power", "ten"):
            return self._tens_coefficient(place)
        if place < len(self.tokens) and self._has(place, "number"):
            return self._literal_coefficient(place)
        if self._has(place, "yi") and self._has(place + 1, "ten"):
            return Fraction(2), place + 1, ""
        if (
            self._has(place, "ed")
            and self.total
            and self._has(place + 1, "power")
            and self._power_at(place + 1) == _MILLION
        ):
            return Fraction(1), place + 1, ""
        if self._has(place, "digit"):
            digit = int(self.tokens[place].kinds["digit"])
            odd = self._has(place + 1, "ten") and digit <= 2  # noqa: PLR2004 (สิบ and ยี่สิบ are the usual words)
            return Fraction(digit), place + 1, "unusual" if odd else ""
        return None, place, ""

    def _tens_coefficient(self, place: int) -> tuple[Fraction | None, int, str]:
        """A bare power counts once; "สิบสองพัน" counts twelve."""
        if self._has(place, "ten") and self.total == 0:
            unit = int(self.tokens[place + 1].kinds["digit"]) if self._has(place + 1, "digit") else 0
            after = place + (2 if unit else 1)
            if self._has(after, "power") and self._power_at(after) in {_THOUSAND, 10 * _THOUSAND}:
                return Fraction(_TEN + unit), after, "unusual"
        return Fraction(1), place, ""

    def _literal_coefficient(self, place: int) -> tuple[Fraction | None, int, str]:
        read = numeral(self.tokens[place].text)
        certain = read.value is not None and 1 <= read.value < _TEN and not read.doubt
        kilo = place + 1 < len(self.tokens) and self.tokens[place + 1].has("kilo")
        return read.exact, place + 1, "" if certain and not kilo else "multiplied"

    # -- tail -----------------------------------------------------------------------------------------------------
    def _tail(self) -> Number:
        if self.doubt == "not_whole":
            return self._number(None, refusal="not_whole")
        if self._has(self.place, "one_short", "yi", "ed") and self.last < _NO_POWER:
            return self._short_one()
        if self._has(self.place, "digit") and not self._power_follows_digit():
            return self._digit_tail()
        if self._has(self.place, "number") and self.last < _NO_POWER:
            return self._literal_tail()
        bare = self.place == self.begin + 1 and self.tokens[self.begin].has("power")
        return self._number(self._sum(), doubt="colloquial" if bare else "")

    def _power_follows_digit(self) -> bool:
        return self._has(self.place + 1, "power", "ten") and self.last < _NO_POWER

    def _sum(self) -> int:
        return self.millions + self.total

    def _short_one(self) -> Number:
        """As in "ร้อยนึง" (one hundred, but "สองร้อยนึง" could be 201), "ร้อยยี่", "ร้อยเอ็ด" (also a province)."""
        value = self._sum()
        if self._has(self.place, "yi"):
            self.place += 1
            return self._number(value + 2 * self.last // _TEN, doubt="colloquial")
        if self._has(self.place, "ed"):
            self.place += 1
            return self._number(value + 1, doubt="" if value != _HUNDRED else "name_of_a_province")
        bare = value == self.last
        self.place += 1
        return self._number(value if bare else value + 1, doubt="colloquial")

    def _digit_tail(self) -> Number:
        digit = int(self.tokens[self.place].kinds["digit"])
        value, power = self._sum(), self.last
        self.place += 1
        if power == _NO_POWER:
            return self._number(digit)
        if power == _TEN:
            return self._number(value + digit, doubt="unusual" if digit == 1 else "")
        colloquial = value + digit * power // _TEN
        if power == _HUNDRED:
            return self._number(None, refusal="ambiguous", candidates=(value + digit, colloquial))
        if digit == 1 and value == power:
            return self._number(None, refusal="ambiguous", candidates=(value, value + 1, colloquial))
        if power >= _THOUSAND and self._has(self.place, "digit") and not self.tokens[self.place].space:
            return self._second_digit(colloquial, power)
        return self._number(colloquial, doubt="colloquial")

    def _second_digit(self, value: int, power: int) -> Number:
        """As in "หมื่นสองห้า", 12,500."""
        digit = int(self.tokens[self.place].kinds["digit"])
        self.place += 1
        return self._number(value + digit * power // _HUNDRED, doubt="colloquial")

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
        if read.value < _TEN and self.last > _TEN:
            if self.last == _HUNDRED:
                pair = (self._sum() + read.value, self._sum() + read.value * _TEN)
                return self._number(None, refusal="ambiguous", candidates=pair)
            return self._number(self._sum() + read.value * self.last // _TEN, doubt="colloquial")
        return self._number(self._sum() + read.value, doubt="" if full and not token.space else "mixed")
