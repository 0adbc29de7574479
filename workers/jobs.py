"""The jobs, thin: each looks its work up in the process's Runtime. Arguments are ids only."""

from __future__ import annotations

from workers.context import runtime


def drain(subject_id: int) -> None:
    """Answer what a chat still has pending."""
    runtime().work["drain"](subject_id)


def send_outbox(subject_id: int) -> None:
    """Send one unsent push or multicast."""
    runtime().work["send_outbox"](subject_id)


def finish_report(subject_id: int) -> None:
    """Derive answers, totals and notices of a report version."""
    runtime().work["finish_report"](subject_id)


def fetch_media(subject_id: int) -> None:
    """Fetch a photo's bytes from LINE."""
    runtime().work["fetch_media"](subject_id)


def forget_media(subject_id: int) -> None:
    """Remove a photo's bytes."""
    runtime().work["forget_media"](subject_id)
