"""The sentences of one locale, by key; the only place where a `Text` becomes words.

A placeholder without a value is taken from the campaign's own words ({office}: `campaign.office`), if it has any.
Any other missing key or value raises: the text gate (bot.messages.gate) proves that no locale lacks a key, so a miss
is a mistake of the code that names it, and half a sentence must never reach an official.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Final

from bot.messages.bubbles import Day, Text, Value, Words
from bot.messages.formats import Calendar, number
from bot.messages.marks import Marks
from bot.messages.measure import clean
from bot.messages.template import Slot, Template, TemplateError, parse
from bot.messages.texts import TextsError, flatten, read_texts

LOCALES: Final = ("th", "en")
DEFAULT_LOCALE: Final = "th"
ROUND: Final = "round"
"""The placeholder of a round: its number, or a Text of what it is called."""
JOINER: Final = " · "
"""Between the parts of a tuple."""


class CatalogueError(KeyError):
    """A key that the catalogue does not have, a value that a sentence needs, or a file that cannot be read."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Catalogue:
    locale: str
    calendar: Calendar
    marks: Marks
    _templates: Mapping[str, Template]

    @classmethod
    def load(cls, locale: str) -> Catalogue:
        """The product's own texts from `<locale>.yaml`. Raises CatalogueError."""
        if locale not in LOCALES:
            raise CatalogueError(f"no catalogue for the locale {locale!r}")
        source = files("bot.messages").joinpath(f"{locale}.yaml").read_text(encoding="utf-8")
        try:
            return cls.of(locale, read_texts(source))
        except TextsError as problem:
            raise CatalogueError(f"{locale}.yaml: {problem}") from problem

    @classmethod
    def of(cls, locale: str, texts: Mapping[str, str], marks: Marks | None = None) -> Catalogue:
        """A catalogue of flat `texts` (dotted key -> text). Raises CatalogueError."""
        try:
            calendar = Calendar.from_texts(texts)
        except (KeyError, TemplateError) as problem:
            raise CatalogueError(f"{locale}: the calendar is incomplete: {problem}") from problem
        return cls(locale, calendar, marks if marks is not None else Marks.load(), _parsed(locale, texts))

    def with_texts(self, texts: Mapping[str, object]) -> Catalogue:
        """A copy with a campaign's texts put over these or added; keys nested or dotted.

        Raises CatalogueError when a text cannot be read.
        """
        try:
            own = flatten(texts)
        except TextsError as problem:
            raise CatalogueError(f"{self.locale}: {problem}") from problem
        return replace(self, _templates={**self._templates, **_parsed(self.locale, own)})

    def __contains__(self, key: str) -> bool:
        return key in self._templates

    def __iter__(self) -> Iterator[str]:
        return iter(self._templates)

    def template(self, key: str) -> Template:
        """The parsed text under `key`, or its family's `other` (marks.yaml, families). Raises CatalogueError."""
        family = key.rpartition(".")[0]
        try:
            if key not in self._templates and family in self.marks.families:
                return self._templates[f"{family}.other"]
            return self._templates[key]
        except KeyError:
            raise CatalogueError(f"{self.locale}: no text under the key {key!r}") from None

    def say(self, words: Words) -> str:
        """The words as shown: a Text looked up and filled, other words as they are. Raises CatalogueError."""
        if isinstance(words, str):
            return clean(words)
        template = self.template(words.key)
        if isinstance(words.values.get(ROUND), Text):
            template = template.without_lead(ROUND, self._round_leads())
        return template.fill(partial(self._fill, words))

    def _round_leads(self) -> tuple[str, ...]:
        """What stands before a round's number, and not before a round that is called by words of its own."""
        (leads,) = self.template("word.round_leads").parts
        return tuple(f"{lead.strip()} " for lead in str(leads).split("|"))

    def write(self, value: Value) -> str:
        """A value by the rules of `bubbles.Value`. Raises CatalogueError for what has no rule."""
        if isinstance(value, str | Text):
            return self.say(value)
        if isinstance(value, tuple):
            return JOINER.join(self.say(part) for part in value)
        if isinstance(value, Day):
            return self.calendar.with_weekday(value.date)
        if isinstance(value, dt.datetime):
            return self._time(value)
        if isinstance(value, dt.date):
            return self.calendar.short(value)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise CatalogueError(f"no rule to write a {type(value).__name__}")
        return number(value)

    def _time(self, moment: dt.datetime) -> str:
        try:
            return self.calendar.time_of_day(moment)
        except ValueError as problem:
            raise CatalogueError(str(problem)) from problem

    def _fill(self, words: Text, slot: Slot) -> str:
        try:
            value = words.values[slot.name]
        except KeyError:
            return self._fill_from_campaign(words, slot)
        if slot.one is None or slot.other is None:
            return self.write(value)
        return slot.one if value == 1 else slot.other

    def _fill_from_campaign(self, words: Text, slot: Slot) -> str:
        """What a campaign is called and who answers for it stands in the catalogue itself, under campaign.*."""
        key = f"campaign.{slot.name}"
        if key not in self:
            raise CatalogueError(f"{self.locale}: {words.key} needs a value for {{{slot.name}}}")
        return self.say(Text(key))


def _parsed(locale: str, texts: Mapping[str, str]) -> dict[str, Template]:
    templates: dict[str, Template] = {}
    for key, source in texts.items():
        try:
            templates[key] = parse(source)
        except TemplateError as problem:
            raise CatalogueError(f"{locale}: {key}: {problem}") from problem
    return templates


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The catalogue of every locale."""

    by_locale: Mapping[str, Catalogue]

    @classmethod
    def load(cls) -> Catalogues:
        """All locales of the product. Raises CatalogueError."""
        return cls({locale: Catalogue.load(locale) for locale in LOCALES})

    def with_texts(self, texts: Mapping[str, Mapping[str, object]]) -> Catalogues:
        """Copies with a campaign's texts: {"th": {...}, "en": {...}}. Raises CatalogueError for an unknown locale."""
        for locale in texts:
            if locale not in self.by_locale:
                raise CatalogueError(f"no catalogue for the locale {locale!r}")
        return Catalogues(
            {locale: catalogue.with_texts(texts.get(locale, {})) for locale, catalogue in self.by_locale.items()}
        )

    def for_language(self, language: str) -> Catalogue:
        """The catalogue for a LINE profile language (BCP 47, "th", "en-US"); Thai when it is empty or not spoken."""
        primary = language.replace("_", "-").split("-")[0].lower()
        return self.by_locale.get(primary, self.by_locale[DEFAULT_LOCALE])
