"""What a campaign wants of each household, and the exception cases that may stand for it: setting and check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.conversation.household.checks import PARTS, Case
from bot.messages.catalogue import LOCALES
from services.campaigns.fault import Fault

KEYS = frozenset({"cases", "figures", "figures_when", "inspector_push"})
CASE_KEYS = frozenset({"key", "number", "symbol", "titles", "excuses", "asks", "reasons"})
FIGURES = ("villages_checked", "villages_certified", "checked", "complete")
"""Counts of a district beside those of its cases."""
WHEN = ("every_village", "any")
"""A district's figures fill its form once every village has sent something, or from the first household on."""
ASKED = ("reason", "defect", "witness", "correction")
"""What a case asks for: why (reason), what is wrong (defect), the leader's signature as witness, or what was corrected
and who of the household confirmed it."""


def cases_of(settings: Mapping[str, Any] | None, locale: str = LOCALES[0]) -> tuple[Case, ...]:
    """The campaign's cases in the order of its file; none where it has none."""
    specs = ((settings or {}).get("household_checks") or {}).get("cases") or []
    return tuple(_case(spec, locale) for spec in specs)


def _case(spec: Mapping[str, Any], locale: str) -> Case:
    reasons = spec.get("reasons") or {}
    return Case(
        key=str(spec["key"]),
        number=str(spec.get("number", "")),
        symbol=str(spec.get("symbol", "")),
        title=str(spec["titles"].get(locale) or spec["titles"][LOCALES[0]]),
        excuses=frozenset(spec.get("excuses") or ()),
        asks=str(spec.get("asks") or ""),
        reasons=tuple(reasons.get(locale) or reasons.get(LOCALES[0]) or ()),
    )


def figures_of(settings: Mapping[str, Any] | None) -> dict[str, str]:
    """Names of known values by the figure that fills them: {"checked": "t3_hh_checked", "e31": "t3_e31", ...}."""
    return dict(((settings or {}).get("household_checks") or {}).get("figures") or {})


def figures_when(settings: Mapping[str, Any] | None) -> str:
    """From when on a district's figures stand in its form: one of WHEN."""
    return str(((settings or {}).get("household_checks") or {}).get("figures_when") or WHEN[0])


def pushes_to_inspector(settings: Mapping[str, Any] | None) -> bool:
    """Whether a village's summary is sent to its inspector at once, out of the month's messages."""
    return bool(((settings or {}).get("household_checks") or {}).get("inspector_push"))


def wrong_checks(config: Mapping[str, Any]) -> list[Fault]:
    """A sentence for each fault of `household_checks` in campaign.yaml."""
    given = config.get("household_checks")
    if given is None:
        return []
    if not isinstance(given, dict):
        return [Fault("household_checks: write cases and figures below it", "shape", name="household_checks")]
    faults = [_setting("household_checks: ", name) for name in given if name not in KEYS]
    cases = given.get("cases") or []
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        return [*faults, Fault("household_checks: cases is no list of cases", "shape", name="cases")]
    for place, case in enumerate(cases, 1):
        name = str(case.get("number") or case.get("key") or place)
        faults += [fault.within(f"household_checks: case {place}", "case", name=name) for fault in _wrong_case(case)]
    return [*faults, *_twice(cases), *_wrong_figures(given, cases)]


def _twice(cases: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """What tells cases apart and stands at several of them; many have no mark."""
    for name in ("key", "number", "symbol"):
        found = [str(case.get(name) or "") for case in cases]
        for one in dict.fromkeys(found):
            if one and found.count(one) > 1:
                told = f"case {one}" if name == "key" else f"{name} {one}"
                yield Fault(f"household_checks: {told} stands twice", "twice", name=one)


def _wrong_figures(given: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    known = {*FIGURES, *(str(case.get("key")) for case in cases)}
    when = given.get("figures_when")
    if when not in {None, *WHEN}:
        told = f"household_checks: figures_when cannot be {when}: write {' or '.join(WHEN)}"
        yield Fault(told, "choice", name="figures_when", given=str(when), allowed=", ".join(WHEN))
    for name in given.get("figures") or {}:
        if name not in known:
            yield Fault(f"household_checks: no such figure: {name}", "figure", name=str(name))


def _setting(before: str, name: str) -> Fault:
    return Fault(f"{before}no such setting: {name}", "setting", name=name)


def _wrong_case(case: Mapping[str, Any]) -> Iterator[Fault]:
    yield from (_setting("", name) for name in case if name not in CASE_KEYS)
    yield from (Fault(f"{name} is missing", "missing", name=name) for name in ("key", "titles") if not case.get(name))
    if not isinstance(case.get("titles", {}), dict) or not (case.get("titles") or {}).get(LOCALES[0]):
        yield Fault(f"titles has no {LOCALES[0]}", "no_thai", name="titles")
    for part in case.get("excuses") or ():
        if part not in PARTS:
            told = f"it cannot excuse {part}: write photo or signature"
            yield Fault(told, "choice", name="excuses", given=str(part), allowed=", ".join(PARTS))
    asks = case.get("asks")
    if asks and asks not in ASKED:
        told = f"it cannot ask for {asks}: write {', '.join(ASKED)} or nothing"
        yield Fault(told, "choice", name="asks", given=str(asks), allowed=", ".join(ASKED))
