"""What all parts of a form share while it is being compiled: its data tree, its rows, the faults found so far."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import unescape

from bot.forms.addresses import read_tree
from bot.forms.markup import spoken
from bot.forms.problems import FormError, FormProblem
from bot.forms.texts import Formula, Label, Output, Part
from bot.forms.xform import RawForm, RawPart, RawText
from bot.forms.xpath.lower import compile_expression
from bot.forms.xpath.nodes import Node, data_tree
from bot.forms.xpath.parser import NAMESPACES, ExpressionError
from bot.forms.xpath.scope import KNOWN_INSTANCE, LAST_SAVED, Scope

NODE_CAP = 5_000
"""Boxes and groups of one form."""
CHOICE_CAP = 50_000
"""Rows in all of its choice lists."""

Rows = Mapping[str, int]
"""Name of a question or group -> row of the survey sheet."""


class Workshop:
    """Built from a RawForm. Faults gather in `problems`; `check` raises them."""

    def __init__(self, raw: RawForm, rows: Rows) -> None:
        self.raw = raw
        self.rows = rows
        self.problems: list[FormProblem] = []
        repeats = {control.ref for top in raw.body for control in top.walk() if control.tag == "repeat"}
        self.data = read_tree(raw.root, repeats, {*raw.binds, *(action.ref for action in raw.actions)})
        self.tree, self.paths = self.data.root, self.data.paths
        self.repeats = any(node.repeat for node in self.paths.values())
        self.instances = {name: data_tree(element) for name, element in raw.instances.items()}
        self.default_language = language_code(raw.default_language)
        self._check_tree()
        self._check_instances()

    def problem(self, what: str, name: str = "", **args: str) -> None:
        row = self.rows.get(name)
        named = {"name": name, **args} if name else args
        made = FormProblem("survey" if row is not None else "", row, what, named)
        if made not in self.problems:
            self.problems.append(made)

    def check(self) -> None:
        """Raises FormError when anything was wrong."""
        self._check_files()
        if self.problems:
            raise FormError(self.problems)

    def _check_tree(self) -> None:
        if len(self.paths) > NODE_CAP:
            raise FormError([FormProblem("", None, "too_big", {"limit": str(NODE_CAP)})])
        for name in self.data.doubled:
            self.problem("duplicate_name", name)

    def _check_instances(self) -> None:
        if sum(len(tree.children[0].children) for tree in self.instances.values()) > CHOICE_CAP:
            self.problem("too_many_choices", limit=str(CHOICE_CAP))

    def _check_files(self) -> None:
        """Every file that the form refers to must be there."""
        told = {problem.args.get("address") for problem in self.problems if problem.what == "external_file"}
        for name, address in self.raw.external.items():
            if name not in {KNOWN_INSTANCE, LAST_SAVED} and address not in told:
                self.problem("external_file", name, address=address)

    def formula(self, source: str, node: Node, column: str) -> Formula | None:
        """Compile an expression about `node`; None after noting what is wrong with it."""
        scope = Scope(
            tree=self.tree,
            origin=node,
            at=node,
            repeats=self.repeats,
            instances=self.instances,
            prefixes=NAMESPACES,
        )
        try:
            expression = compile_expression(source, scope)
        except ExpressionError as error:
            function = error.args_.get("name", "")
            rest = {key: value for key, value in error.args_.items() if key != "name"}
            extra = {"function": function, **rest} if function else rest
            self.problem(error.what, node.name, column=column, source=source.strip()[:200], **extra)
            return None
        for what, args in scope.faults:
            renamed = {("about" if key == "name" else key): value for key, value in args.items()}
            self.problem(what, node.name, column=column, source=source.strip()[:200], **renamed)
        return Formula(expression, node)

    def path_of(self, name: str) -> str | None:
        """The path of the box with the address `name`."""
        return next((path for path, node in self.paths.items() if node.key == name), None)

    @property
    def top(self) -> Node:
        """The root element."""
        return self.tree.children[0]

    def label(self, text: RawText, node: Node) -> Label:
        """A text in all its languages."""
        if text.text_id:
            return self.translated(text.text_id, node)
        if not text.parts:
            return Label({}, self.default_language)
        return Label({self.default_language: spoken(self._parts(text.parts, node))}, self.default_language)

    def translated(self, text_id: str, node: Node, *, as_written: bool = False) -> Label:
        """The itext `text_id` in all languages, without markup unless `as_written`. pyxform's "-" for a missing
        translation counts as missing."""
        found = {
            language_code(language): self._parts(texts[text_id], node)
            for language, texts in self.raw.texts.items()
            if text_id in texts
        }
        if any(parts != ("-",) for parts in found.values()):
            found = {language: parts for language, parts in found.items() if parts != ("-",)}
        said = found if as_written else {language: spoken(parts) for language, parts in found.items()}
        return Label(said, self.default_language)

    def _parts(self, raw: tuple[RawPart, ...], node: Node) -> tuple[Part, ...]:
        made: list[Part] = []
        for part in raw:
            if isinstance(part, str):
                made.append(part)
                continue
            before = len(self.problems)
            formula = self.formula(part[0], node, "label")
            if formula is None and part[0].lstrip().startswith("instance("):
                del self.problems[before:]
                made.append(unescape(part[0]))  # pyxform takes any words that begin so for an expression
            if formula is not None:
                made.append(Output(formula, formula.expression.direct))
        return tuple(made)


def language_code(name: str) -> str:
    """The code in brackets of a language column's name; a name without one stays, pyxform's "default" is ""."""
    head, opened, tail = name.rpartition("(")
    if opened and head and tail.endswith(")"):
        return tail[:-1].strip()
    return "" if name == "default" else name
