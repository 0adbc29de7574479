"""The document of a form that the campaign has none for: box by box, and a table of its numbers for a round. Pure."""

from __future__ import annotations

from bot.forms.compiled import CompiledForm, Kind, Question
from bot.messages.bubbles import Value, text
from bot.messages.catalogue import Catalogue
from services.documents.paper import Align, Column
from services.documents.spec import CompiledSpec, FormSpec

_LEFT_OUT = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER, Kind.CALCULATE})
_COUNTED = frozenset({Kind.INTEGER, Kind.DECIMAL})
MOST_COLUMNS = 18
"""Of the compiled table: more do not fit a page."""


def plain_form(key: str, form: CompiledForm, catalogue: Catalogue) -> FormSpec:
    """Two columns: what is asked, and the answer. Boxes of repeats stand on the sheet of boxes, an instance a row."""
    say = catalogue.say
    boxes = [question for question in form.questions.values() if question.kind not in _LEFT_OUT]
    names = [question for question in boxes if question.name.isidentifier()]
    return FormSpec(
        form=key,
        title=(form.title,),
        columns=(
            Column(say(text("document.box")), 8, align=Align.CENTRE),
            Column(say(text("document.label")), 52),
            Column(say(text("document.value")), 40),
        ),
        rows=tuple(
            (str(question.box or ""), _label(question, catalogue), f"{{{{ {question.name} }}}}") for question in names
        ),
        meta=(say(text("document.meta", **_slots("area", "round", "due", "as_of", "reporter", "reference"))),),
        tab=key[:31],
    )


def plain_compiled(key: str, form: CompiledForm, catalogue: Catalogue) -> CompiledSpec:
    """A row for each area, a column for each number of the form, the first ones when there are many."""
    say = catalogue.say
    counted = [question for question in form.questions.values() if question.kind in _COUNTED]
    shown = [question for question in counted if question.name.isidentifier()][:MOST_COLUMNS]
    width = 80 / max(len(shown), 1)
    return CompiledSpec(
        form=key,
        title=(form.title,),
        columns=tuple((question.name, Column(_label(question, catalogue), width)) for question in shown),
        meta=(say(text("document.meta_round", **_slots("round", "due", "reports", "districts"))),),
        first=say(text("document.area")),
        missing=say(text("document.missing")),
        total=say(text("document.total", **_slots("reports", "districts"))),
        tab=key[:31],
    )


def _label(question: Question, catalogue: Catalogue) -> str:
    parts = question.label.parts(catalogue.locale)
    plain = "".join(part for part in parts if isinstance(part, str)).strip()
    return question.short(catalogue.locale) or plain or question.name


def _slots(*names: str) -> dict[str, Value]:
    """Names that are filled in later, when the document is printed."""
    return {name: f"{{{{ {name} }}}}" for name in names}
