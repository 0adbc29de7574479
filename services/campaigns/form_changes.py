"""What another version of a form changes, box by box, for whoever is about to publish it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import fromstring

from bot.forms.compiled import CompiledForm, Label, Output, Question

_XFORMS = "http://www.w3.org/2002/xforms"
_RULES = ("relevant", "constraint", "calculate", "required")
_KEPT_ATTRIBUTES = ("box", "unit", "example", "words")


@dataclass(frozen=True, slots=True)
class ChangedBox:
    name: str
    label: str
    what: tuple[str, ...] = ()
    """Keys below desk.forms.change of what is different."""


@dataclass(frozen=True, slots=True)
class FormChanges:
    added: tuple[ChangedBox, ...]
    removed: tuple[ChangedBox, ...]
    changed: tuple[ChangedBox, ...]

    @property
    def none(self) -> bool:
        return not (self.added or self.removed or self.changed)


def changes(old: CompiledForm, new: CompiledForm, language: str) -> FormChanges:
    """Between two versions, in the order of the form; labels in `language`, values in them by their names."""
    before, after = _boxes(old), _boxes(new)
    rules_before, rules_after = _rules(old), _rules(new)
    return FormChanges(
        added=tuple(_named(box, language) for name, box in after.items() if name not in before),
        removed=tuple(_named(box, language) for name, box in before.items() if name not in after),
        changed=tuple(
            ChangedBox(name, _words(box.label, language) or name, what)
            for name, box in after.items()
            if name in before
            and (
                what := (
                    *_different(before[name], box),
                    *_other_rules(rules_before.get(before[name].path, {}), rules_after.get(box.path, {})),
                )
            )
        ),
    )


def _rules(form: CompiledForm) -> dict[str, dict[str, str]]:
    """The expressions of each box, by its path."""
    model = fromstring(form.xform)  # noqa: S314 - our own converter wrote it: no DTD, no entities
    return {bind.get("nodeset", ""): dict(bind.attrib) for bind in model.iter(f"{{{_XFORMS}}}bind")}


def _other_rules(old: dict[str, str], new: dict[str, str]) -> tuple[str, ...]:
    return tuple(rule for rule in _RULES if old.get(rule) != new.get(rule))


def _boxes(form: CompiledForm) -> dict[str, Question]:
    """What people are asked and what is computed for them."""
    return {name: box for name, box in form.questions.items() if box.asked or box.computed}


def _named(box: Question, language: str) -> ChangedBox:
    return ChangedBox(box.name, _words(box.label, language) or box.name)


def _different(old: Question, new: Question) -> tuple[str, ...]:
    pairs = {
        "kind": (old.kind, new.kind),
        "label": (_all(old.label), _all(new.label)),
        "hint": (_all(old.hint), _all(new.hint)),
        "limits": ((_all(old.constraint_message), old.range), (_all(new.constraint_message), new.range)),
        "choices": (_choices(old), _choices(new)),
        "default": ((old.has_default, old.known), (new.has_default, new.known)),
        "marks": tuple(tuple(box.attrs.get(name) for name in _KEPT_ATTRIBUTES) for box in (old, new)),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def _choices(box: Question) -> tuple[tuple[str, object], ...]:
    return tuple((choice.value, _all(choice.label)) for choice in box.choices.every) if box.choices else ()


def _all(label: Label | None) -> tuple[tuple[str, str], ...]:
    if label is None:
        return ()
    return tuple((language, _written(parts)) for language, parts in sorted(label.by_language.items()))


def _words(label: Label, language: str) -> str:
    return _written(label.parts(language)).strip()


def _written(parts: tuple[str | Output, ...]) -> str:
    return "".join(part if isinstance(part, str) else f"({part.question or '…'})" for part in parts)
