"""The four things that staff may do with one report: from which states, into which, and what that means."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.facts import ObligationFacts

_SENT = frozenset({"submitted", "late"})


@dataclass(frozen=True, slots=True)
class Deed:
    verb: str
    """return, accept, waive or reopen: of the order, of the texts (office.<verb>.*) and of the buttons."""
    among: frozenset[str]
    """States in which it can be done."""
    to: str
    """The state that follows; '' where the report itself decides."""
    reasoned: bool = False
    """It needs a reason."""
    ready: tuple[str, ...] = ()
    """Usual reasons, by catalogue key."""

    def can(self, item: ObligationFacts) -> bool:
        return item.state in self.among


DEEDS = {
    deed.verb: deed
    for deed in (
        Deed(
            "return",
            _SENT | {"accepted"},
            "returned",
            reasoned=True,
            ready=(
                "office.return.ready.register",
                "office.return.ready.fell",
                "office.return.ready.sums",
                "office.return.ready.missing",
            ),
        ),
        Deed("accept", _SENT, "accepted"),
        Deed(
            "waive",
            frozenset({"open", "partly", "returned"}),
            "waived",
            reasoned=True,
            ready=("office.waive.ready.next", "office.waive.ready.none"),
        ),
        Deed("reopen", frozenset({"accepted", "waived"}), ""),
    )
}
STATES = {
    "open": "state.not_reported",
    "partly": "state.half_done",
    "submitted": "state.sent",
    "late": "state.sent_late",
    "returned": "state.returned",
    "accepted": "state.accepted",
    "waived": "state.waived",
}
"""Catalogue keys of what the ledger's states are called."""


def possible(item: ObligationFacts) -> tuple[Deed, ...]:
    """What can be done with a report as it stands."""
    return tuple(deed for deed in DEEDS.values() if deed.can(item))


def after(deed: Deed, item: ObligationFacts) -> str:
    """The state that the deed leads to."""
    if deed.to:
        return deed.to
    if item.versions:
        return "late" if item.late else "submitted"
    return "partly" if item.draft_exists else "open"
