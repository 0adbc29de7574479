"""Why something is decided about a report: one of the ready reasons, or words of one's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import request

from bot.messages.bubbles import Text, Words, text
from bot.messages.catalogue import Catalogue
from bot.reading.national_id import mask

READY = ("register", "fell", "sums", "missing", "same")
"""Of desk.reports.reasons; a campaign may say them in other words."""
LONGEST = 300
"""Letters of a reason: it stands in a chat."""
WHOLE = ""
"""In place of a box: the report as a whole."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in for one box."""

    box: str
    ready: str
    words: str

    def reason(self, catalogue: Catalogue, kind: str) -> str:
        """The words that were typed, else the ready reason that was chosen; "" for neither."""
        return self.words or (catalogue.say(Text(f"desk.reports.{kind}.{self.ready}")) if self.ready else "")


def filled_in(among: Collection[str]) -> Iterator[Given]:
    """Each box of the form, in its order; what is no ready reason of ours is none."""
    for place, box in enumerate(request.form.getlist("box")):
        ready = request.form.get(f"ready{place}", "")
        words = mask(" ".join(request.form.get(f"words{place}", "").split()))
        yield Given(box, ready if ready in among else "", words)


def wrong_reason(reason: str, label: Words, example: str) -> Text | None:
    if not any(letter.isalpha() for letter in reason):
        return text("desk.reports.give_back.needs_reason", label=label, example=text(example))
    if len(reason) > LONGEST:
        return text("desk.reports.give_back.too_long", n=len(reason), most=LONGEST)
    return None


def ready_reasons(catalogue: Catalogue, kind: str, among: Collection[str]) -> list[tuple[str, str]]:
    """(key, words) of what can be chosen."""
    return [(one, catalogue.say(Text(f"desk.reports.{kind}.{one}"))) for one in among]
