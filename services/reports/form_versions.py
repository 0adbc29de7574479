"""A form loaded anew while people answer: which drafts could go over to it, and which have to."""

from __future__ import annotations

from models.campaign import Campaign, Form
from models.obligation import Draft
from services.campaigns import approval as campaign_approval


def newer_version(form: Form, draft: Draft | None) -> int | None:
    """The version that a draft could go over to. A change of a sent report keeps the report's own."""
    if draft is None or draft.amends is not None or draft.form_version_id == form.current_version_id:
        return None
    return form.current_version_id


def to_offer(form: Form, draft: Draft | None) -> int | None:
    """The same, as long as nobody has been asked: once for each draft and version."""
    newer = newer_version(form, draft)
    return newer if draft is not None and draft.offered_version_id != newer else None


def is_withdrawn(campaign: Campaign, form: Form, draft: Draft) -> bool:
    """Whether the draft may not be finished on the version that it was begun on."""
    return newer_version(form, draft) is not None and campaign_approval.withdrawn(campaign.settings, form.key)
