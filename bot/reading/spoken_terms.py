"""The terms of a spoken number in falling powers: สองพัน, ห้าสิบ, 12.5 พัน, ซาว."""

from __future__ import annotations

from fractions import Fraction

from bot.reading.numerals import numeral
from bot.reading.spoken_cursor import MILLION, NO_POWER, TEN, THOUSAND, Cursor


class Terms(Cursor):
    """Takes term after term into the total."""

    def _term(self) -> bool:
        """One "สองพัน", "ห้าสิบ", "12.5 พัน", "หมื่น": True if it was taken."""
        coefficient, place, doubt = self._coefficient()
        if coefficient is None or not self._power_follows(place):
            return self._twenty()
        power = self._power_at(place)
        if power == MILLION:
            return self._million(coefficient, place, doubt)
        if power >= self.last or (place == self.place and power != TEN and self.last < NO_POWER):
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
        amount = (self.total + value) * MILLION
        self.millions = int(amount)
        self.total = 0
        self.last = MILLION
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
        if not self._has(self.place, "sao") or self.last <= TEN:
            return False
        self._take(Fraction(20), TEN, self.place + 1, "dialect")
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
            and self._power_at(place + 1) == MILLION
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
            if self._has(after, "power") and self._power_at(after) in {THOUSAND, 10 * THOUSAND}:
                return Fraction(TEN + unit), after, "unusual"
        return Fraction(1), place, ""

    def _literal_coefficient(self, place: int) -> tuple[Fraction | None, int, str]:
        read = numeral(self.tokens[place].text)
        certain = read.value is not None and 1 <= read.value < TEN and not read.doubt
        kilo = place + 1 < len(self.tokens) and self.tokens[place + 1].has("kilo")
        return read.exact, place + 1, "" if certain and not kilo else "multiplied"
