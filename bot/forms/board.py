"""Which boxes are still open, as the bits of one number: finding the next step costs the same in a form of any size.

Every asked box has a bit, in the order in which boxes are asked; a bit is set when the box is shut (filled, not
relevant, read-only for now).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.forms.parts import Question, Step


class Board:
    """The boxes of one layout."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.bits: dict[str, int] = {}
        """Name of a box -> its bit. A box that two steps ask has two."""
        self._steps: list[tuple[Step, tuple[Question, ...], int]] = []
        """Each with its boxes and their bits."""
        self._step_at: list[int] = []
        self._first = 0
        size = 0
        for step in steps:
            asked = step.asked
            if asked:
                mask = ((1 << len(asked)) - 1) << size
                self._first |= 1 << size
                self._step_at += [len(self._steps)] * len(asked)
                for place, question in enumerate(asked):
                    self.bits[question.name] = self.bits.get(question.name, 0) | 1 << (size + place)
                self._steps.append((step, asked, mask))
                size += len(asked)
        self._all = (1 << size) - 1
        self._folds = tuple(self._fold(distance) for distance in self._distances())

    def _distances(self) -> Iterator[int]:
        """1, 2, 4 ... below the width of the widest step."""
        widest = max((len(asked) for _, asked, _ in self._steps), default=0)
        distance = 1
        while distance < widest:
            yield distance
            distance *= 2

    def _fold(self, distance: int) -> tuple[int, int]:
        """The places whose neighbour at that distance belongs to the same step."""
        same = 0
        for _, asked, mask in self._steps:
            if len(asked) > distance:
                same |= mask & (mask >> distance)
        return distance, same

    def mask(self, names: Iterable[str]) -> int:
        """The bits of the names that are asked at all."""
        found = 0
        bits = self.bits
        for name in names:
            found |= bits.get(name, 0)
        return found

    def first(self, shut: int) -> tuple[Step, tuple[Question, ...]] | None:
        """The first step with an open box, and its open boxes."""
        still = self._all & ~shut
        if not still:
            return None
        return self._open(self._step_at[(still & -still).bit_length() - 1], still)

    def every(self, shut: int) -> Iterator[tuple[Step, tuple[Question, ...]]]:
        """All steps with an open box."""
        still = self._all & ~shut
        while still:
            place = self._step_at[(still & -still).bit_length() - 1]
            yield self._open(place, still)
            still &= ~self._steps[place][2]

    def count(self, shut: int) -> int:
        """How many steps have an open box."""
        still = self._all & ~shut
        for distance, same in self._folds:
            still |= (still >> distance) & same
        return (still & self._first).bit_count()

    def _open(self, place: int, still: int) -> tuple[Step, tuple[Question, ...]]:
        step, asked, mask = self._steps[place]
        left = (still & mask) // (mask & -mask)
        return step, tuple(question for offset, question in enumerate(asked) if left >> offset & 1)
