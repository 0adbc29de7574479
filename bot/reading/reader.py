"""The one door to reading typed Thai: a Reader holds the loaded lexicon and reads one text at a time, purely."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.reading.audience import Addressed, AudienceReader
from bot.reading.block import BlockReader
from bot.reading.block_fields import Asked
from bot.reading.block_values import Readers
from bot.reading.cases import CaseReader, CaseSaid
from bot.reading.choice import ChoiceReader
from bot.reading.control import ControlReader
from bot.reading.date import DateReader
from bot.reading.decimal import DecimalReader
from bot.reading.district import DistrictReader
from bot.reading.fill_in import FillInReader
from bot.reading.group import GroupReader, GroupWish
from bot.reading.house import HouseNumber, HouseReader
from bot.reading.houses import Houses, HousesReader
from bot.reading.lexicon import Lexicon
from bot.reading.moment import MomentReader
from bot.reading.office_orders import OfficeOrderReader
from bot.reading.options import Chosen, Option
from bot.reading.orders import OrderReader
from bot.reading.place import Place, PlaceReader
from bot.reading.quantity import QuantityReader
from bot.reading.status import StatusReader
from bot.reading.time_of_day import TimeReader
from bot.reading.village import VillageNamed, VillageReader

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from bot.reading.block_fields import BlockField, BlockReading
    from bot.reading.fill_in import Filled
    from bot.reading.fill_in_keys import Cell
    from bot.reading.office_orders import OfficeOrder
    from bot.reading.orders import Order
    from bot.reading.outcome import Reading

_NO_ROUNDS: Mapping[int, dt.date] = {}


REMEMBERED = 128
"""Readings; texts are short, and what a service answers at one time is few."""


class Reader:
    """Reads what people type. Build it once (`Reader.load()`) and pass it on; it keeps no state between texts.

    The last readings are remembered: a turn asks the same of one text several times. Do not change a reading's notes.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._quantity = QuantityReader(lexicon)
        self._decimal = DecimalReader(lexicon, self._quantity.read)
        self._date = DateReader(lexicon)
        self._time = TimeReader(lexicon)
        self._moment = MomentReader(lexicon, self._date, self._time)
        self._place = PlaceReader(lexicon)
        self._status = StatusReader(lexicon, self._date)
        self._control = ControlReader(lexicon)
        self._control_of = lru_cache(REMEMBERED)(self._control.read)
        self._quantity_of = lru_cache(REMEMBERED)(self._quantity.read)
        self._house = HouseReader(lexicon)
        self._houses = HousesReader(lexicon, self._house.read)
        self._cases = CaseReader(lexicon)
        self._district = DistrictReader(lexicon)
        self._audience = AudienceReader(lexicon, self._district)
        self._fill_in = FillInReader(lexicon)
        self._choice = ChoiceReader(lexicon, self._status.read)
        self._order = OrderReader(lexicon)
        self._village = VillageReader(lexicon)
        self._office_order = OfficeOrderReader(lexicon, self._district.read)
        self._block = BlockReader(lexicon, Readers(self._quantity, self._date, self._choice))
        self._group = GroupReader(lexicon, self._control)

    @classmethod
    def load(cls) -> Reader:
        """A reader with the word lists of bot/reading/data."""
        return cls(Lexicon.load())

    def quantity(self, text: str, *, target: int | None = None) -> Reading[int]:
        """A count (whole, not negative, at most nine digits).

        `target` is what ครบ and "เหลืออีก 50" are resolved against. Notes: unit, of, round, moo, remaining, min, max,
        approx, dialect, candidates, all (the target is meant), delta.
        """
        return self._quantity_of(text, target)

    def date(self, text: str, *, now: dt.datetime, rounds: Mapping[int, dt.date] = _NO_ROUNDS) -> Reading[dt.date]:
        """A day (CE), relative to `now` (local time); `rounds` are the due days by number.

        A span has value None and notes from, to. Notes: time ("HH:MM"), bound ("before", "after"), candidates, round,
        weekday (0 = Monday), day, month and last_day of a day that does not exist, dialect.
        """
        return self._date.read(text, now, rounds, lenient=True)

    def decimal(self, text: str) -> Reading[Decimal]:
        """A number that may have a fraction or be negative (at most 15 digits). A whole one is read as a count."""
        return self._decimal.read(text)

    def time(self, text: str) -> Reading[dt.time]:
        """A time of day. Notes: candidates ("HH:MM") of a time that is said the same in the morning and afternoon."""
        return self._time.read(text)

    def moment(
        self, text: str, *, now: dt.datetime, rounds: Mapping[int, dt.date] = _NO_ROUNDS
    ) -> Reading[dt.datetime]:
        """A day with a time of day, without a zone. Notes: candidates (ISO, to the minute)."""
        return self._moment.read(text, now, rounds)

    def place(self, text: str) -> Reading[Place]:
        """Coordinates in degrees, or a map link that holds them. Outside Thailand, or turned round: CONFIRM."""
        return self._place.read(text)

    def status(self, text: str, *, now: dt.datetime | None = None) -> Reading[str]:
        """done, in_progress, not_started or problem. Notes: percent, expected (date), scope ("all"), dialect."""
        return self._status.read(text, now)

    def control(self, text: str) -> Reading[str]:
        """The intent of a steering word (see data/control.yaml); ASK with value None when it is none of them.

        A politeness word alone is CONFIRM "yes" with why "particle": it counts only after a yes/no question. Notes of
        an edit: box, old, new; of what can be asked of one: round; of join: code.
        """
        return self._control_of(text)

    def plain(self, text: str) -> str:
        """A text in the form in which words are compared: digits, marks and letters as one form each."""
        return self._order.plain(text)

    def order(self, text: str) -> Order | None:
        """An order with what it is about (see data/orders.yaml): "ลบ เด็กคนที่ 2"; None when the text begins with no
        such word. Only the first word decides: ask where an order can be meant."""
        return self._order.read(text)

    def village(self, text: str) -> VillageNamed:
        """What is said of a village: หมู่ 5 สานตม is number 5 and a name with สานตม in it."""
        return self._village.read(text)

    def office_order(self, text: str, districts: Sequence[str] = ()) -> OfficeOrder | None:
        """An order of provincial staff about a report or a round (data/office_orders.yaml), one of `districts` named;
        None when the text begins with no such word."""
        return self._office_order.read(text, districts)

    def says_wrong(self, text: str) -> bool:
        """Whether the text says no more than that what was typed or read back just now is wrong: ผิด, พิมพ์ผิด."""
        return self._control.says_wrong(text)

    def called(self, text: str) -> str | None:
        """What follows in a group's text that begins by calling us (data/group.yaml), normalised; None for others."""
        return self._group.called(text)

    def group_wish(self, text: str) -> GroupWish:
        """What somebody wants of us in a group."""
        return self._group.wish(text)

    def house_number(self, text: str) -> Reading[HouseNumber]:
        """A house number with what stands beside it (village number, places, exception marks)."""
        return self._house.read(text)

    def house_numbers(self, text: str) -> Houses | None:
        """Several house numbers on one line, or rows of the visit sheet ("แถว 1-10"); None for anything else."""
        return self._houses.read(text)

    def house_rows(self, text: str) -> Houses | None:
        """Rows of the visit sheet without the word for them ("1-10", "1-5 8"), where rows were asked for."""
        return self._houses.bare_rows(text)

    def house_cases(self, text: str) -> tuple[CaseSaid, ...]:
        """Houses with their exceptional cases ("14 **", "14 ไม่เซ็น ไม่สะดวก", a line for each house); empty when the
        text names no case. What names each house is still to be read (`house_number`)."""
        return self._cases.read(text)

    def district(self, text: str, names: Sequence[str]) -> Reading[str]:
        """One of the given district names; a slip or a shortened name is CONFIRM, an unknown one ASK."""
        return self._district.read(text, names)

    def audience(self, text: str, names: Sequence[str], verb: str = "") -> Reading[Addressed] | None:
        """A group of people, districts among `names`, or both; None when the text does not begin with `verb`.

        The words stand in data/audience.yaml. Nobody named is an empty group; a name that is none of `names` is ASK
        with the notes typed and candidates.
        """
        return self._audience.read(text, names, verb)

    def choice(
        self, text: str, options: Sequence[Option], *, multiple: bool = False, numbered: bool = True
    ) -> Reading[Chosen]:
        """The name of the chosen option; with `multiple` a tuple of names, also for one.

        `numbered` False: the options are shown without numbers, so that a bare number is nobody's place.
        """
        return self._choice.read(text, options, multiple=multiple, numbered=numbered)

    def bare(self, text: str) -> str:
        """A text as choices are compared: without politeness, spaces and brackets."""
        return self._choice.bare(text)

    def block(
        self,
        text: str,
        fields: Sequence[BlockField],
        *,
        now: dt.datetime,
        others: Sequence[BlockField] = (),
        current: Mapping[str, int] | None = None,
        rounds: Mapping[int, dt.date] = _NO_ROUNDS,
    ) -> BlockReading:
        """One message for several boxes. `fields` are asked, in order; `others` are the form's further boxes.

        `current` holds the counts already stored (name -> value), for "ไม่ใช่ 3150 เป็น 3510" and for telling open boxes.
        See BlockReading for the result.
        """
        return self._block.read(text, Asked(fields, now, others, current or {}, rounds))

    def fill_in(self, text: str, cells: Sequence[Cell]) -> Filled:
        """What stands for each of `cells` in a fill-in text that was sent back; the values are still to be read."""
        return self._fill_in.cut(text, cells)
