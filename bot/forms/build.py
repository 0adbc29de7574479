"""Puts a compiled form together out of the parts of an XForm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from bot.forms import lexical
from bot.forms.actions import build_actions
from bot.forms.blueprint import Blueprint
from bot.forms.compiled import CompiledForm
from bot.forms.controls import Body, build_body
from bot.forms.graph import Cell, Role
from bot.forms.layout import Layouts
from bot.forms.order import CycleError, Unit, in_order
from bot.forms.problems import FormError, FormProblem
from bot.forms.texts import Formula, Label
from bot.forms.workshop import Rows, Workshop, language_code
from bot.forms.xform import JR, read_xform
from bot.forms.xpath.nodes import Node
from bot.forms.xpath.scope import marker, pattern

_ROLES = {
    "relevant": Role.RELEVANT,
    "calculate": Role.CALCULATE,
    "required": Role.REQUIRED,
    "readonly": Role.READONLY,
    "constraint": Role.CONSTRAINT,
}
PROPERTY = "property "
"""Before the name of what the host knows about the person or device, in `CompiledForm.preloads`."""
_CONSTANT = {"required": {"true()", "false()"}, "readonly": {"true()", "false()"}, "relevant": {"true()"}}


def build_form(xml: bytes, rows: Rows) -> CompiledForm:
    """Compile an XForm. `rows` places faults on the survey sheet. Raises FormError."""
    workshop = Workshop(read_xform(xml), rows)
    body = build_body(workshop)
    actions = build_actions(workshop)
    units = _units(workshop, body)
    texts = _texts(workshop)
    workshop.check()
    raw = workshop.raw
    plan = Blueprint(
        tree=workshop.tree,
        tails=workshop.data.tails,
        units=tuple(units),
        owners=dict(_owners(workshop, units)),
        items=body.items,
        steps=body.steps,
        questions=body.questions,
        groups=body.groups,
        repeats=body.repeats,
    )
    return CompiledForm(
        form_id=raw.root.get("id", ""),
        version=raw.root.get("version", ""),
        content_hash=hashlib.sha256(xml).hexdigest(),
        title=raw.title,
        languages=tuple(language_code(name) for name in raw.texts) or (workshop.default_language,),
        default_language=workshop.default_language,
        steps=plan.steps,
        questions=plan.questions,
        groups=plan.groups,
        repeats=plan.repeats,
        itext=texts,
        instances=workshop.instances,
        tree=workshop.tree,
        paths={question.path: name for name, question in body.questions.items()},
        static=dict(_static(body)),
        on_load=actions.on_load,
        on_new=actions.on_new,
        on_change=actions.on_change,
        preloads=_preloads(workshop),
        layouts=Layouts(plan.layout),
        xform=xml,
    )


def _static(body: Body) -> Iterator[tuple[str, str]]:
    """What boxes hold from the start; a default that is no value of its box is none."""
    for name, question in body.questions.items():
        value = question.node.value
        if value.strip() and lexical.is_value(question.kind, value):
            yield name, value


def _texts(workshop: Workshop) -> dict[str, Label]:
    """All translated texts, for jr:itext() in expressions."""
    ids = {text_id for texts in workshop.raw.texts.values() for text_id in texts}
    faults = len(workshop.problems)
    made = {text_id: workshop.translated(text_id, workshop.top, as_written=True) for text_id in ids}
    del workshop.problems[faults:]  # the same faults were noted, with their rows, where the texts are used
    return made


def _preloads(workshop: Workshop) -> dict[str, str]:
    preloads: dict[str, str] = {}
    for path, bind in workshop.raw.binds.items():
        kind, node = bind.get(f"{JR}preload"), workshop.paths.get(path)
        if kind and node is not None and node.key is not None:
            params = bind.get(f"{JR}preloadParams", "")
            preloads[node.key] = {"timestamp": params, "date": params, "property": f"{PROPERTY}{params}"}.get(
                kind, kind
            )
    return preloads


def _units(workshop: Workshop, body: Body) -> list[Unit]:
    try:
        return in_order([*_cells(workshop), *_watches(body), *_counts(workshop)], workshop.paths.values())
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
                yield _cell(role, node, formula, _changes(role, node))


def _cell(role: Role, node: Node, formula: Formula, changes: Iterable[str] = (), own: str = "") -> Cell:
    """`own`: what it reads besides what its expression reads."""
    reads = formula.expression.reads | {own} if own else formula.expression.reads
    return Cell(f"{role}:{node.address}", role, node.address, formula, reads, tuple(changes))


def _watches(body: Body) -> Iterator[Cell]:
    """A pick that its filter no longer offers is asked again; a filter that reads nothing never changes its mind."""
    for name, question in body.questions.items():
        formula = None if question.choices is None else question.choices.filter
        if formula is not None and formula.expression.reads:
            own = pattern(question.node.depth, name)
            yield _cell(Role.OFFERED, question.node, formula, (name,), own)


def _counts(workshop: Workshop) -> Iterator[Cell]:
    """How many instances a repeat has, where the form says so."""
    for control in (inner for top in workshop.raw.body for inner in top.walk() if inner.tag == "repeat"):
        source, node = control.attrs.get(f"{JR}count", "").strip(), workshop.paths.get(control.ref)
        formula = workshop.formula(source, node, "repeat_count") if source and node is not None else None
        if formula is not None and node is not None:
            yield _cell(Role.COUNT, node, formula, _keys_in(node))


def _changes(role: Role, node: Node) -> Iterable[str]:
    if role is Role.CALCULATE:
        return (node.address,)
    return _keys_in(node) if role is Role.RELEVANT else ()


def _keys_in(node: Node) -> Iterator[str]:
    """All that depends on whether a node is there: its boxes, and how many of the repeats in it apply."""
    for inner in node.walk():
        yield from (holder.key for holder in (inner, *inner.attributes) if holder.key is not None)
        if inner.repeat:
            yield marker(inner.address)


def _owners(workshop: Workshop, units: Iterable[Unit]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """For each box and group, the nodes that can switch it off."""
    owners = {cell.formula.node for unit in units for cell in unit if cell.role is Role.RELEVANT}
    for node in workshop.paths.values():
        found = [step for step in node.line() if step in owners]
        if found:
            yield node.address, tuple(reversed(found))
