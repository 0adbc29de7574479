"""What of campaign.yaml stays with the campaign's row, and how it is read there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.calendar import WorkingDays
from services.campaigns.approval import kept_settings
from services.campaigns.duties import duties_of
from services.campaigns.reconciliation import kept_reconciliation
from services.campaigns.summary import kept_summary

_KEPT = (
    "titles",
    "work",
    "contact",
    "prepare",
    "duties",
    "reminders",
    "reminder_rules",
    "groups",
    "household_checks",
    "disclaimer",
    "retention",
)
"""Keys of campaign.yaml that stay with the campaign's row as they are."""


def stored_settings(config: Mapping[str, Any], texts: dict[str, Any], working_days: WorkingDays) -> dict[str, Any]:
    """What is kept of campaign.yaml with the campaign's row: everything but the files' contents."""
    kept = {key: config[key] for key in _KEPT if key in config}
    return {
        **kept,
        **kept_summary(config),
        **kept_reconciliation(config),
        "privacy_version": config.get("privacy_notice", {}).get("version", 1),
        "forms": {
            key: {"reference_prefix": spec.get("reference_prefix", _prefix(key, spec, config)), **kept_settings(spec)}
            for key, spec in config["forms"].items()
        },
        "holidays": sorted(day.isoformat() for day in working_days.holidays),
        "texts": texts,
    }


def _prefix(key: str, spec: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Stands before the number of a receipt, where one round of the same number asks for another form as well."""
    of_duty = any(duty.get("form") == key for duty in duties_of(config))
    return f"{key}-" if spec.get("supplies_known") or of_duty else ""


def working_days_of(settings: Mapping[str, Any]) -> WorkingDays:
    """The working-day table that a loaded campaign carries."""
    return WorkingDays(frozenset(dt.date.fromisoformat(day) for day in settings.get("holidays", [])))
