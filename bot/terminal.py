"""The report conversation without LINE or database: a form in, lines of text out. For trying forms, and for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation.document_facts import DocumentsOf, PictureOf
from bot.conversation.effects import SaveDraft, SubmitReport
from bot.conversation.facts import AreaFacts, Facts, Missing, ObligationFacts, PersonFacts, Query, RoleFacts
from bot.conversation.inputs import Incoming, Kind, incoming
from bot.conversation.report_facts import ReportFacts, ReportOf
from bot.conversation.state import State
from bot.conversation.step import step
from bot.conversation.turn import Turn
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.explained import Explained
from bot.forms.submission import to_xml
from bot.forms.values import Values, from_json, start
from bot.messages.bubbles import Bubble, Button, Tap, text
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader

BANGKOK = dt.timezone(dt.timedelta(hours=7))
OBLIGATION = 1
SENT = {"/photo": "image", "/audio": "audio", "/video": "video", "/file": "file", "/place": "location"}
"""What stands for a message without words -> LINE's kind of it."""


@dataclass
class Terminal:
    """One person answering one form. Buttons are listed with letters: typing `/a` taps the first."""

    form: CompiledForm
    facts: Facts
    values: Values
    state: State = field(default_factory=State)
    skipped: frozenset[str] = frozenset()
    explained: Explained = field(default_factory=dict)
    row_version: int | None = None
    submitted: bool = False
    messages: int = 0
    """How many messages without words were sent."""
    bubbles: tuple[Bubble, ...] = ()
    """What was said last."""
    buttons: tuple[Button, ...] = ()

    @staticmethod
    def of(
        form: CompiledForm,
        language: str,
        now: dt.datetime | None = None,
        words: tuple[Catalogue, Reader] | None = None,
    ) -> Terminal:
        """`words`: a catalogue and a reader that are loaded already."""
        moment = now or dt.datetime.now(BANGKOK)
        area = AreaFacts("00", "district", form.title, form.title)
        due = moment + dt.timedelta(days=3)
        owed = ObligationFacts(OBLIGATION, "form", 1, area, moment, due, False, False, False, False, 0)  # noqa: FBT003
        person = PersonFacts(1, "-", (RoleFacts("officer", area),))
        catalogue, reader = words or (Catalogue.load(language), Reader.load())
        facts = Facts(moment, catalogue, reader, 1, {1: due.date()}, person, obligations=(owed,))
        return Terminal(form, facts, start(form, Known(), moment))

    def open(self) -> list[str]:
        """What is shown first."""
        return self.take(Incoming(Kind.TAP, tap={"do": "begin", "o": str(OBLIGATION)}))

    def say(self, words: str) -> list[str]:
        """What is shown after somebody typed `words`, tapped `/a`, or sent what has no words (`/photo`, `/audio`,
        `/video`, `/file NAME`, `/place LATITUDE LONGITUDE`)."""
        letter = words[1:] if words.startswith("/") else ""
        place = ord(letter) - ord("a") if len(letter) == 1 else -1
        if 0 <= place < len(self.buttons):
            return self._tap(self.buttons[place])
        sent = self._message(words)
        return self.take(Incoming(Kind.TEXT, text=words) if sent is None else sent)

    def _message(self, words: str) -> Incoming | None:
        """A message without words, as LINE would bring it; None when the words are words."""
        sort, _space, rest = words.partition(" ")
        if sort not in SENT:
            return None
        self.messages += 1
        body: dict[str, Any] = {"id": f"m{self.messages}", "type": SENT[sort]}
        if sort == "/place":
            degrees = [float(part) for part in rest.replace(",", " ").split()[:2] if part.replace(".", "").isdigit()]
            body |= dict(zip(("latitude", "longitude"), degrees, strict=False))
        if sort == "/file":
            body["fileName"] = rest or "file.pdf"
        return incoming({"type": "message", "message": body}, late=False, group=False)

    def _tap(self, button: Button) -> list[str]:
        if isinstance(button, Tap):
            return self.take(incoming({"type": "postback", "postback": {"data": button.data}}, late=False, group=False))
        return self.take(Incoming(Kind.TEXT, text=self.facts.catalogue.say(button.label)))

    def take(self, said: Incoming) -> list[str]:
        """What is shown after one message or tap."""
        turn = self._step(said)
        self.state = State.from_json(turn.state.to_json())
        for effect in turn.effects:
            if isinstance(effect, SaveDraft):
                self.values = from_json(self.form, effect.answers)
                self.explained = effect.explained
                self.skipped, self.row_version = frozenset(effect.skipped), (self.row_version or 0) + 1
            self.submitted = self.submitted or isinstance(effect, SubmitReport)
        self.bubbles = turn.bubbles
        self.buttons = tuple(button for bubble in turn.bubbles for button in bubble.buttons)
        letters = iter("abcdefghijklmnopqrstuvwxyz" * 4)
        return [line for bubble in turn.bubbles for line in self._lines(bubble, letters)]

    def _step(self, said: Incoming) -> Turn:
        there = OBLIGATION, self.row_version or 0
        unprinted: dict[Query[Any], Any] = {DocumentsOf(OBLIGATION): None, PictureOf(*there): None}
        facts = replace(self.facts, found={ReportOf(OBLIGATION): self._report(), **unprinted})
        try:
            return step(self.state, said, facts)
        except Missing:
            return Turn(self.state, (Bubble((text("general.stale_button_other"),)),))

    def _report(self) -> ReportFacts:
        return ReportFacts(
            obligation=self.facts.obligations[0],
            form=self.form,
            form_version_id=1,
            values=self.values,
            skipped=self.skipped,
            row_version=self.row_version,
            updated_by=1 if self.row_version else None,
            updated_by_name="-",
            updated_at=None,
            amends=None,
            sent=None,
            known_sources={},
            reference="0-1-01",
            rounds=self.facts.obligations,
            explained=self.explained,
        )

    def _lines(self, bubble: Bubble, letters: Iterator[str]) -> Iterator[str]:
        catalogue = self.facts.catalogue
        yield "─" * 28
        for words in (*([bubble.title] if bubble.title else []), *bubble.lines):
            yield catalogue.say(words)
        for button in bubble.buttons:
            yield f"  /{next(letters)} [{catalogue.say(button.label)}]"

    def xml(self) -> str:
        """The submission as it would be stored."""
        return to_xml(self.values, instance_id="uuid:terminal").decode()
