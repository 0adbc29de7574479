"""A fault of a form in a sentence, by sheet and row, in plain words where the mistake is a usual one."""

from __future__ import annotations

from bot.forms.problems import FormProblem
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue


def sentence(catalogue: Catalogue, problem: FormProblem) -> str:
    """What is wrong where."""
    mistake, named = problem.args.get("mistake"), ", ".join(problem.args.values())
    key, named = (
        (f"form.converter.{mistake}", problem.args["about"]) if mistake else (f"form.problem.{problem.what}", named)
    )
    what = catalogue.say(
        Text(key if key in catalogue else "form.problem.other", {"what": problem.what, "named": named})
    )
    if problem.row is None:
        return what
    return catalogue.say(Text("form.place", {"sheet": problem.sheet, "row": str(problem.row), "what": what}))
