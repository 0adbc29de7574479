"""What a campaign prints, as its documents.yaml says it: sentences of cells, columns of the compiled table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.forms.compiled import CompiledForm, Kind
from services.campaigns.fault import Fault
from services.documents.letters import LetterSpec, letter_spec
from services.documents.paper import Align, Column
from services.documents.templates import Printer, PrintError

FORM_NAMES = frozenset(
    {"area", "place", "round", "due", "as_of", "reporter", "reference", "sent", "version", "full", "late"}
)
"""What a report's templates may name besides its boxes."""
ROUND_NAMES = frozenset({"round", "due", "as_of", "reports", "districts"})
"""What a compiled document's templates may name."""
_SILENT = frozenset({Kind.NOTE, Kind.META, Kind.ANOTHER})
_TAB = 31
"""Letters of a spreadsheet's tab, by Excel."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """How one report is printed."""

    form: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    meta: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    """Boxes that are printed by other words, and so by none of their own."""
    letter: LetterSpec | None = None
    tab: str = ""
    thai_digits: bool = False

    @property
    def templates(self) -> Iterator[str]:
        yield from (*self.title, *self.meta, *self.notes, *self.sentences.values())
        yield from (cell for row in self.rows for cell in row)
        yield from self.letter.templates if self.letter is not None else ()


@dataclass(frozen=True, slots=True)
class CompiledSpec:
    """How all reports of a round are printed: a row for each district, numbers to be summed."""

    form: str
    title: tuple[str, ...]
    columns: tuple[tuple[str, Column], ...]
    """(box, column)."""
    meta: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    first: str = ""
    missing: str = ""
    total: str = ""
    each: str = ""
    """A line under the table for each district that has reported, of its boxes; left out where it comes out empty."""
    letter: LetterSpec | None = None
    tab: str = ""
    thai_digits: bool = False

    @property
    def templates(self) -> Iterator[str]:
        yield from (*self.title, *self.meta, *self.notes, self.total)
        yield from self.letter.templates if self.letter is not None else ()


def form_spec(given: Mapping[str, Any]) -> FormSpec:
    """Raises KeyError, TypeError or ValueError for what is no such thing."""
    return FormSpec(
        form=str(given["form"]),
        title=_lines(given["title"]),
        columns=tuple(_column(item) for item in given["columns"]),
        rows=tuple(_lines(row) for row in given["rows"]),
        meta=_lines(given.get("meta", ())),
        notes=_lines(given.get("notes", ())),
        sentences={str(name): str(words) for name, words in (given.get("sentences") or {}).items()},
        elsewhere=frozenset(_lines(given.get("elsewhere", ()))),
        letter=letter_spec(given["letter"]) if "letter" in given else None,
        tab=str(given.get("tab", given["form"]))[:_TAB],
        thai_digits=bool(given.get("thai_digits", False)),
    )


def compiled_spec(given: Mapping[str, Any]) -> CompiledSpec:
    """Raises KeyError, TypeError or ValueError for what is no such thing."""
    return CompiledSpec(
        form=str(given["form"]),
        title=_lines(given["title"]),
        columns=tuple((str(item["box"]), _column(item)) for item in given["columns"]),
        meta=_lines(given.get("meta", ())),
        notes=_lines(given.get("notes", ())),
        first=str(given["first"]),
        missing=str(given["missing"]),
        total=str(given["total"]),
        each=str(given.get("each", "")),
        letter=letter_spec(given["letter"]) if "letter" in given else None,
        tab=str(given.get("tab", given["form"]))[:_TAB],
        thai_digits=bool(given.get("thai_digits", False)),
    )


def _lines(given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise TypeError(f"{given!r} is no list")
    return tuple(str(line) for line in given)


def _column(given: Mapping[str, Any]) -> Column:
    align = Align(given.get("align", Align.LEFT))
    return Column(str(given["title"]), float(given["width"]), str(given.get("group", "")), align)


def wrong_documents(config: Any, forms: Mapping[str, CompiledForm]) -> list[Fault]:
    """A sentence for each fault of documents.yaml."""
    if not isinstance(config, Mapping):
        return [Fault("documents: it is no list of documents with a name each", "shape", name="documents")]
    faults: list[Fault] = []
    for name, given in config.items():
        kind = compiled_spec if isinstance(given, Mapping) and "first" in given else form_spec
        try:
            spec = kind(given)
        except KeyError as error:
            found = [Fault(f"{error.args[0]} is missing", "missing", name=str(error.args[0]))]
        except (TypeError, ValueError) as error:
            found = [Fault(str(error))]
        else:
            wrong = _wrong_form(spec, forms) if isinstance(spec, FormSpec) else _wrong_compiled(spec, forms)
            found = list(wrong)
        faults += [fault.within(f"documents: {name}", "document", name=_called(name, given)) for fault in found]
    return faults


def _called(name: object, given: object) -> str:
    """The first line of its title: what people know it by."""
    title = given.get("title") if isinstance(given, Mapping) else None
    line = str(title[0]) if isinstance(title, list) and title else ""
    return str(name) if not line or "{" in line else line


def _wrong_form(spec: FormSpec, forms: Mapping[str, CompiledForm]) -> Iterator[Fault]:
    form = forms.get(spec.form)
    if form is None:
        yield Fault(f"there is no form {spec.form}", "no_form", name=spec.form)
        return
    boxes = {name for name, question in form.questions.items() if question.kind not in _SILENT}
    asked = {name for name in boxes if form.questions[name].kind is not Kind.CALCULATE}
    named: set[str] = set()
    for template in spec.templates:
        try:
            named |= Printer(str).names(template)
        except PrintError as error:
            yield Fault(str(error))
    strange = sorted(named - boxes - FORM_NAMES - set(spec.sentences))
    yield from (Fault(f"no box of the form is called {name}", "no_box", name=name) for name in strange)
    unprinted = sorted(asked - named - spec.elsewhere)
    yield from (Fault(f"box {name} is printed nowhere", "unprinted", name=name) for name in unprinted)
    short = [place for place, row in enumerate(spec.rows, 1) if len(row) != len(spec.columns)]
    for place in short:
        yield Fault(f"row {place} has not as many cells as there are columns", "cells", n=place)


def _wrong_compiled(spec: CompiledSpec, forms: Mapping[str, CompiledForm]) -> Iterator[Fault]:
    form = forms.get(spec.form)
    if form is None:
        yield Fault(f"there is no form {spec.form}", "no_form", name=spec.form)
        return
    unknown = [box for box, _ in spec.columns if box not in form.questions]
    yield from (Fault(f"no box of the form is called {box}", "no_box", name=box) for box in unknown)
    allowed = [(template, ROUND_NAMES) for template in spec.templates]
    for template, names in (*allowed, (spec.each, frozenset({*form.questions, "area"}))):
        try:
            strange = Printer(str).names(template) - names
        except PrintError as error:
            yield Fault(str(error))
        else:
            told = "a template may not ask for"
            yield from (Fault(f"{told} {name} here", "not_here", name=name) for name in sorted(strange))
