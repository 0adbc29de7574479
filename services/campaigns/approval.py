"""Whether a campaign's reports need the head of office's consent before they are sent: the setting, and its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geothai

from models.people import Role
from services.campaigns.fault import Fault

KEYS = frozenset({"by", "districts", "except", "without_head"})
WITHOUT_HEAD = ("send", "wait")
OLDER_VERSIONS = ("finish", "withdrawn")


def wrong_settings(spec: Mapping[str, Any], province: str) -> list[Fault]:
    """A sentence for each fault of a form's `approval` and `older_versions` in campaign.yaml."""
    older = spec.get("older_versions", OLDER_VERSIONS[0])
    faults = [] if older in OLDER_VERSIONS else [_choice("older_versions", older, OLDER_VERSIONS)]
    approval = spec.get("approval")
    if approval is None:
        return faults
    if not isinstance(approval, dict):
        return [*faults, Fault("approval: by is missing", "missing", name="approval by")]
    return faults + [fault.within("approval", "setting", name="approval") for fault in _wrong(approval, spec, province)]


def _wrong(approval: Mapping[str, Any], spec: Mapping[str, Any], province: str) -> list[Fault]:
    faults = [Fault(f"no such setting: {name}", "setting", name=name) for name in approval if name not in KEYS]
    if approval.get("by") != Role.HEAD or Role.HEAD not in (spec.get("answered_by") or ()):
        faults.append(Fault("by: write head, and head among answered_by", "by_head"))
    without = approval.get("without_head", WITHOUT_HEAD[0])
    if without not in WITHOUT_HEAD:
        faults.append(_choice("without_head", without, WITHOUT_HEAD))
    for name in ("districts", "except"):
        faults += _strange(name, approval.get(name), province)
    return faults


def _strange(name: str, codes: Any, province: str) -> list[Fault]:
    if codes is None:
        return []
    if not isinstance(codes, list):
        return [Fault(f"{name} is no list of district codes", "shape", name=name)]
    known = {district.code for district in geothai.districts(province)} if geothai.province(province) else set()
    return [
        Fault(f"{name}: {code!r} is no district of the province", "no_district", code=str(code))
        for code in codes
        if code not in known
    ]


def _choice(name: str, given: object, allowed: Sequence[str]) -> Fault:
    told = f"{name} is {given!r}: write {' or '.join(allowed)}"
    return Fault(told, "choice", name=name, given=str(given), allowed=", ".join(allowed))


def kept_settings(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of them with the campaign's row."""
    return {name: spec[name] for name in ("approval", "older_versions") if spec.get(name) is not None}


def approval_of(settings: Mapping[str, Any], form_key: str, area_code: str) -> Mapping[str, Any] | None:
    """The setting that holds for one area's reports; None where nobody has to agree."""
    approval: Mapping[str, Any] | None = settings["forms"][form_key].get("approval")
    if approval is None or area_code in (approval.get("except") or ()):
        return None
    districts = approval.get("districts")
    return approval if districts is None or area_code in districts else None


def withdrawn(settings: Mapping[str, Any], form_key: str) -> bool:
    """Whether drafts may not be finished on an older version of the form."""
    return bool(settings["forms"][form_key].get("older_versions") == OLDER_VERSIONS[1])
