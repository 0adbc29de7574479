"""In which of its own languages a form speaks to a person."""

from __future__ import annotations

from bot.forms.compiled import CompiledForm
from bot.messages.bubbles import text
from bot.messages.catalogue import Catalogue


def spoken_language(form: CompiledForm, catalogue: Catalogue) -> str:
    """The form's language for a person's: th, th-TH, or by its name ("Thai"); else the form's own default decides."""
    locale = catalogue.locale
    if locale in form.languages:
        return locale
    names = {_NAMES.get(locale, ""), *catalogue.say(text("word.language_names")).casefold().split()}
    for language in form.languages:
        if language.casefold() in names or language.casefold().replace("_", "-").startswith(f"{locale}-"):
            return language
    return locale


_NAMES = {"th": "thai", "en": "english"}
