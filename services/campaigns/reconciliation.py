"""Which figures are compared with the Department's dashboard: the `reconciliation` of campaign.yaml, and its check.

reconciliation:
form: followup                # left out: the form that districts answer, where there is one
measures:
- key: households
labels: {th: ครัวเรือน, en: Households}
register: households      # the villages' numbers of households; left out: the register does not say
boxes: [t4_fix_hh_sum]    # boxes of the form that say the same
dashboard_box: t4_fix_hh_dashboard   # the box in which an office copies the dashboard's figure
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.forms.compiled import CompiledForm
from bot.messages.catalogue import DEFAULT_LOCALE
from services.campaigns.fault import Fault
from services.campaigns.summary import only_form

HOUSEHOLDS: Final = "households"
REGISTERS: Final = (HOUSEHOLDS,)
"""What of the register a measure can be compared with."""
_KEYS = frozenset({"form", "measures"})
_MEASURE_KEYS = frozenset({"key", "labels", "register", "boxes", "dashboard_box"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted."""

    key: str
    labels: Mapping[str, str]
    register: str = ""
    boxes: tuple[str, ...] = ()
    dashboard_box: str = ""

    def label(self, locale: str) -> str:
        return str(self.labels.get(locale) or self.labels.get(DEFAULT_LOCALE) or self.key)

    @property
    def reported(self) -> tuple[str, ...]:
        """Every box of the reports that is compared."""
        return (*self.boxes, self.dashboard_box) if self.dashboard_box else self.boxes


@dataclass(frozen=True, slots=True)
class ReconciliationPlan:
    form: str = ""
    measures: tuple[Measure, ...] = ()

    def measure(self, key: str) -> Measure | None:
        """The one of that name; the first one where none is named or known. None: the campaign has none."""
        return next((one for one in self.measures if one.key == key), next(iter(self.measures), None))


def reconciliation_of(settings: Mapping[str, Any]) -> ReconciliationPlan:
    """The plan of a loaded campaign; an empty one where it has none."""
    given: Mapping[str, Any] = settings.get("reconciliation") or {}
    return ReconciliationPlan(str(given.get("form", "")), tuple(_measure(one) for one in given.get("measures", ())))


def _measure(given: Mapping[str, Any]) -> Measure:
    return Measure(
        str(given["key"]),
        dict(given["labels"]),
        str(given.get("register") or ""),
        tuple(str(box) for box in given.get("boxes") or ()),
        str(given.get("dashboard_box") or ""),
    )


def kept_reconciliation(config: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of it with the campaign's row; the form is named where it was left out."""
    if not isinstance(config.get("reconciliation"), dict):
        return {}
    return {"reconciliation": {"form": only_form(config), **config["reconciliation"]}}


def wrong_reconciliation(config: Mapping[str, Any], forms: Mapping[str, CompiledForm]) -> list[Fault]:
    """A sentence for each fault of `reconciliation` in campaign.yaml. `forms`: what could be compiled, by key."""
    if config.get("reconciliation") is None:
        return []
    if not isinstance(config["reconciliation"], dict):
        return [Fault("reconciliation: it holds no settings", "shape", name="reconciliation")]
    given = kept_reconciliation(config)["reconciliation"]
    return [fault.within("reconciliation", "reconciliation") for fault in _wrong(given, config, forms)]


def _wrong(given: Mapping[str, Any], config: Mapping[str, Any], forms: Mapping[str, CompiledForm]) -> Iterator[Fault]:
    yield from (Fault(f"no such setting: {name}", "setting", name=name) for name in given if name not in _KEYS)
    measures = given.get("measures")
    if not isinstance(measures, list) or not measures or not all(isinstance(one, dict) for one in measures):
        yield Fault("measures is no list of measures", "shape", name="measures")
        return
    keys = [one.get("key") for one in measures]
    twice = {str(key) for key in keys if keys.count(key) > 1}
    yield from (Fault(f"measure {key} stands twice", "twice", name=key) for key in twice)
    form = forms.get(given["form"])
    for place, one in enumerate(measures, 1):
        name = str(one.get("key") or place)
        yield from (fault.within(f"measure {place}", "measure", name=name) for fault in _wrong_measure(one, form))
    if given["form"] not in config["forms"] and any(one.get("boxes") or one.get("dashboard_box") for one in measures):
        named = str(given["form"] or "none")
        yield Fault(f"form: {named!r} is no form of the campaign", "no_form", name=named)


def _wrong_measure(one: Mapping[str, Any], form: CompiledForm | None) -> Iterator[Fault]:
    yield from (Fault(f"no such setting: {name}", "setting", name=name) for name in one if name not in _MEASURE_KEYS)
    if not _NAME.fullmatch(str(one.get("key") or "")):
        yield Fault("key: small letters, digits and _ are needed, such as households", "key")
    if not isinstance(one.get("labels"), dict) or not one["labels"].get(DEFAULT_LOCALE):
        yield Fault("labels: th is missing", "no_thai", name="labels")
    if one.get("register") not in {None, *REGISTERS}:
        told = f"register cannot be {one['register']}: write {' or '.join(REGISTERS)}"
        yield Fault(told, "choice", name="register", given=str(one["register"]), allowed=", ".join(REGISTERS))
    boxes = one.get("boxes") or []
    if not isinstance(boxes, list):
        yield Fault("boxes is no list", "shape", name="boxes")
        return
    if form is not None:
        for box in [*boxes, *([one["dashboard_box"]] if one.get("dashboard_box") else [])]:
            if box not in form.questions:
                yield Fault(f"{box!r} is no box of the form", "no_box", name=str(box))
