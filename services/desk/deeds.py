"""Every kind of deed that the audit holds, by the groups in which its page lets one choose.

A new action of the code is a line here and words under desk.audit.did: a test gathers the actions from the code and
fails for one that is missing here.
"""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "reports": (
        "submitted",
        "asked",
        "sent_back",
        "handed_over",
        "returned",
        "accepted",
        "waived",
        "reopened",
        "round_closed",
        "round_reopened",
        "letter_sent",
        "answer withdrawn",
    ),
    "households": (
        "case_marked",
        "case_noted",
        "case_confirmed",
        "case_dropped",
        "signed",
        "sheet_covered",
        "sheet_uncovered",
        "certified",
        "unsent_after_certificate",
    ),
    "people": (
        "joined",
        "approved",
        "declined",
        "role_given",
        "role_ended",
        "role_handed_on",
        "phone_code_made",
        "codes_made",
        "group_linked",
    ),
    "desk": ("desk_entered", "desk_left", "desk_ended"),
    "looks": (
        "viewed",
        "viewed_small",
        "looked",
        "printed",
        "exported_reports",
        "exported_photos",
        "register_exported_villages",
        "register_exported_households",
        "register_exported_volunteers",
        "reconciliation_exported",
    ),
    "figures": (
        "dashboard_figures_entered",
        "reconciliation_explained",
        "reconciliation_frozen",
        "reconciliation_unfrozen",
        "register_tried_villages",
        "register_tried_households",
        "register_tried_volunteers",
        "register_imported_villages",
        "register_imported_households",
        "register_imported_volunteers",
    ),
    "campaigns": (
        "campaign_loaded",
        "form_published",
        "text_changed",
        "round_moved",
        "days_off_changed",
        "reminder_changed",
        "retention_changed",
        "checks_changed",
    ),
    "programs": (
        "token_made",
        "token_revoked",
        "token_reads",
        "webhook_made",
        "webhook_ended",
        "webhook_gone",
        "webhook_again",
    ),
    "keeping": ("unsent", "erased", "purged"),
}
COMMANDS = frozenset(
    {
        *GROUPS["campaigns"],
        *GROUPS["figures"],
        "exported_reports",
        "register_exported_villages",
        "register_exported_households",
        "register_exported_volunteers",
        "erased",
    }
)
"""What nobody by name does only from the command line."""
PROGRAMS = frozenset({"token_reads"})
"""What another program does."""
