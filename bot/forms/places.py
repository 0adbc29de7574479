"""Where things stand in a layout: which step asks a box, which box bears a printed number. Found once, read often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.forms.parts import Question, Step


class Places:
    """The steps and numbered boxes of one layout."""

    def __init__(self, steps: tuple[Step, ...], questions: Mapping[str, Question]) -> None:
        self.steps = {step.name: step for step in reversed(steps)}
        """By name."""
        self.order = {id(step): place for place, step in enumerate(steps)}
        """id(step) -> its place among all."""
        self.homes: dict[str, Step] = {}
        """Name of a box or calculation -> the first step that asks, shows or computes it."""
        self.boxes = _numbered(questions.values())
        """Printed number -> the first box that bears it."""
        for step in steps:
            for question in (*step.questions, *step.calculates):
                self.homes.setdefault(question.name, step)


def _numbered(questions: Iterable[Question]) -> dict[int, Question]:
    found: dict[int, Question] = {}
    for question in questions:
        if question.box is not None:
            found.setdefault(question.box, question)
    return found
