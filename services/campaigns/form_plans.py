"""The forms of campaign.yaml, compiled: whom each is for and who answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.forms.compiled import CompiledForm
from bot.forms.problems import FormError
from models.area import AreaKind
from models.people import Role
from services.campaigns.approval import wrong_settings
from services.campaigns.fault import Fault, no_settings

Compile = Callable[[bytes, str], CompiledForm]
"""An XLSForm file's content and name, compiled. Raises FormError."""


@dataclass(frozen=True)
class FormPlan:
    key: str
    unit: str
    answered_by: list[str]
    supplies_known: bool
    form: CompiledForm


def read_form(
    folder: Path, key: str, spec: Mapping[str, Any], faults: list[Fault], compile_form: Compile
) -> FormPlan | None:
    wrong = _wrong_in_form(spec)
    if wrong:
        faults += [fault.within(f"forms.{key}", "form", name=key) for fault in wrong]
        return None
    try:
        form = compile_form((folder / spec["file"]).read_bytes(), spec["file"])
    except OSError as error:
        told = f"forms.{key}: {spec['file']} cannot be read: {error.strerror}"
        faults.append(Fault(told, "unreadable", name=str(spec["file"])))
    except FormError as error:
        faults += [Fault(f"{spec['file']}: {problem}") for problem in error.problems]
    else:
        return FormPlan(key, spec["unit"], list(spec["answered_by"]), bool(spec.get("supplies_known")), form)
    return None


def wrong_form_settings(config: Mapping[str, Any]) -> list[Fault]:
    return [
        fault.within(f"forms.{key}", "form", name=key)
        for key, spec in config["forms"].items()
        if isinstance(spec, Mapping)  # or it has been told of
        for fault in wrong_settings(spec, str(config["province"]))
    ]


def _wrong_in_form(spec: Any) -> list[Fault]:
    if not isinstance(spec, Mapping):
        return [no_settings("forms")]
    missing = [name for name in ("file", "unit", "answered_by") if not spec.get(name)]
    if missing:
        return [Fault(f"{name} is missing", "missing", name=name) for name in missing]
    strange = [role for role in spec["answered_by"] if role not in set(Role)]
    wrong = [Fault(f"no such role: {role}", "role", name=str(role)) for role in strange]
    if spec["unit"] not in set(AreaKind):
        wrong.append(Fault(f"no such unit: {spec['unit']}", "unit", name=str(spec["unit"])))
    return wrong
