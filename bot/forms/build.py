"""Puts a compiled form together out of the parts of an XForm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from bot.forms.compiled import CompiledForm, Formula, Label, SetValue
from bot.forms.controls import Body, build_body
from bot.forms.graph import Cell, CycleError, Graph, Role, build_graph
from bot.forms.problems import FormError, FormProblem
from bot.forms.workshop import Rows, Workshop, language_code
from bot.forms.xform import JR, read_xform
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import KNOWN

_ROLES = {
    "relevant": Role.RELEVANT,
    "calculate": Role.CALCULATE,
    "required": Role.REQUIRED,
    "readonly": Role.READONLY,
    "constraint": Role.CONSTRAINT,
}
_CONSTANT = {"required": {"true()", "false()"}, "readonly": {"true()", "false()"}, "relevant": {"true()"}}
FIRST_LOAD = "odk-instance-first-load"
VALUE_CHANGED = "xforms-value-changed"


def build_form(xml: bytes, rows: Rows) -> CompiledForm:
    """Compile an XForm. `rows` places faults on the survey sheet. Raises FormError."""
    workshop = Workshop(read_xform(xml), rows)
    body = build_body(workshop)
    on_load, on_change = _actions(workshop)
    graph = _graph(workshop, body)
    texts = _texts(workshop)
    _check_steps(workshop, body)
    workshop.check()
    raw = workshop.raw
    return CompiledForm(
        form_id=raw.root.get("id", ""),
        version=raw.root.get("version", ""),
        content_hash=hashlib.sha256(xml).hexdigest(),
        title=raw.title,
        languages=tuple(language_code(name) for name in raw.texts) or (workshop.default_language,),
        default_language=workshop.default_language,
        steps=tuple(body.steps),
        questions=body.questions,
        groups=body.groups,
        itext=texts,
        instances=workshop.instances,
        tree=workshop.tree,
        template=raw.root,
        static={node.key: node.value for node in workshop.tree.leaves() if node.key is not None and node.value.strip()},
        on_load=on_load,
        on_change=on_change,
        preloads=_preloads(workshop),
        graph=graph,
        xform=xml,
        asked_steps=tuple(
            (step, frozenset(question.name for question in step.asked), step.asked) for step in body.steps if step.asked
        ),
    )


def _check_steps(workshop: Workshop, body: Body) -> None:
    if not workshop.problems and not body.steps:
        workshop.problem("nothing_to_ask")


def _texts(workshop: Workshop) -> dict[str, Label]:
    """All translated texts, for jr:itext() in expressions."""
    ids = {text_id for texts in workshop.raw.texts.values() for text_id in texts}
    faults = len(workshop.problems)
    made = {text_id: workshop.translated(text_id, workshop.tree) for text_id in ids}
    del workshop.problems[faults:]  # the same faults were noted, with their rows, where the texts are used
    return made


def _preloads(workshop: Workshop) -> dict[str, str]:
    preloads: dict[str, str] = {}
    for path, bind in workshop.raw.binds.items():
        kind, node = bind.get(f"{JR}preload"), workshop.paths.get(path)
        if kind and node is not None and node.key is not None:
            preloads[node.key] = bind.get(f"{JR}preloadParams", "") if kind in {"timestamp", "date"} else kind
    return preloads


def _actions(workshop: Workshop) -> tuple[tuple[SetValue, ...], dict[str, tuple[SetValue, ...]]]:
    on_load: list[SetValue] = []
    on_change: dict[str, list[SetValue]] = {}
    for action in workshop.raw.actions:
        node, trigger = workshop.paths.get(action.ref), workshop.paths.get(action.trigger)
        if node is None or node.key is None:
            what = "unsupported_entities" if "/@" in action.ref else "unknown_target"
            workshop.problem(what, action.ref.rpartition("/")[2])
            continue
        formula = workshop.formula(action.value, node, "trigger" if trigger else "default") if action.value else None
        made = SetValue(node.key, formula, follows_known=_follows_known(formula) and trigger is None)
        if FIRST_LOAD in action.events:
            on_load.append(made)
        if VALUE_CHANGED in action.events and trigger is not None and trigger.key is not None:
            on_change.setdefault(trigger.key, []).append(made)
    return tuple(on_load), {name: tuple(actions) for name, actions in on_change.items()}


def _follows_known(formula: Formula | None) -> bool:
    reads = frozenset() if formula is None else formula.expression.reads
    return bool(reads) and all(key.startswith(KNOWN) for key in reads)


def _graph(workshop: Workshop, body: Body) -> Graph:
    cells = [*_cells(workshop), *_watches(body)]
    owners = {cell.formula.node: cell.id for cell in cells if cell.role is Role.RELEVANT}
    relevance = dict(_relevance(workshop, owners))
    try:
        return build_graph(cells, relevance)
    except CycleError as error:
        first = FormProblem(
            "survey" if error.names[0] in workshop.rows else "",
            workshop.rows.get(error.names[0]),
            "cycle",
            {"name": error.names[0], "names": ", ".join(error.names)},
        )
        raise FormError([*workshop.problems, first]) from error


def _cells(workshop: Workshop) -> Iterator[Cell]:
    for path, bind in workshop.raw.binds.items():
        node = workshop.paths.get(path)
        if node is None:
            continue
        for column, role in _ROLES.items():
            source = bind.get(column, "").strip()
            if not source or source in _CONSTANT.get(column, set()):
                continue
            formula = workshop.formula(source, node, column)
            if formula is not None:
                yield Cell(f"{role}:{_cell_name(node)}", role, node.name, formula, _changes(role, node))


def _watches(body: Body) -> Iterator[Cell]:
    """A pick that its filter no longer offers is asked again; a filter that reads nothing never changes its mind."""
    for name, question in body.questions.items():
        formula = None if question.choices is None else question.choices.filter
        if formula is not None and formula.expression.reads:
            yield Cell(f"{Role.OFFERED}:{name}", Role.OFFERED, name, formula, (name,))


def _cell_name(node: Node) -> str:
    return node.name if node.key is not None else f"{node.order}.{node.name}"


def _changes(role: Role, node: Node) -> tuple[str, ...]:
    if role is Role.CALCULATE:
        return (node.name,)
    if role is Role.RELEVANT:
        return tuple(leaf.key for leaf in node.leaves() if leaf.key is not None)
    return ()


def _relevance(workshop: Workshop, owners: Mapping[Node, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each box and group, the cells that can switch it off."""
    for node in workshop.paths.values():
        cells: list[str] = []
        line: Node | None = node
        while line is not None:
            if line in owners:
                cells.append(owners[line])
            line = line.parent
        if cells:
            yield node.name, tuple(reversed(cells))
