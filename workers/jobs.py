"""The jobs, thin: each looks its work up in the process's Runtime. Arguments are ids only.

RQ logs what a job raises and keeps it in Redis for days, so nothing that somebody wrote may stand in it.
"""

from __future__ import annotations

from rq.timeouts import BaseTimeoutException

from services.traces import without_words
from workers.context import runtime


def drain(subject_id: int) -> None:
    """Answer what a chat still has pending."""
    _do("drain", subject_id)


def send_outbox(subject_id: int) -> None:
    """Send one unsent push or multicast."""
    _do("send_outbox", subject_id)


def dispatch(subject_id: int) -> None:
    """Send all that is due on a channel, in batches."""
    _do("dispatch", subject_id)


def finish_report(subject_id: int) -> None:
    """Derive answers, remarks and notices of a report version."""
    _do("finish_report", subject_id)


def leave_group(subject_id: int) -> None:
    """Leave a LINE group once the goodbye is out."""
    _do("leave_group", subject_id)


def send_broadcast(subject_id: int) -> None:
    """Write a broadcast whose time has come into the outbox."""
    _do("send_broadcast", subject_id)


def burst_summary(subject_id: int) -> None:
    """Sum a burst of photos up, once nothing has come for a moment."""
    _do("burst_summary", subject_id)


def count_quality(subject_id: int) -> None:
    """Count what the checks of the register find in a province."""
    _do("count_quality", subject_id)


def draw_sheets(subject_id: int) -> None:
    """Draw the visit sheets of a district's villages."""
    _do("draw_sheets", subject_id)


def evidence_figures(subject_id: int) -> None:
    """Count what the leaders of a district sent."""
    _do("evidence_figures", subject_id)


def fetch_media(subject_id: int) -> None:
    """Fetch a photo's bytes from LINE."""
    _do("fetch_media", subject_id)


def forget_media(subject_id: int) -> None:
    """Remove a photo's bytes."""
    _do("forget_media", subject_id)


def purge(subject_id: int) -> None:
    """Remove what has been kept long enough."""
    _do("purge", subject_id)


def deliver_webhook(subject_id: int) -> None:
    """Tell a subscriber of something that happened."""
    _do("deliver_webhook", subject_id)


def import_register(subject_id: int) -> None:
    """Try or import a file of the register that was handed in on the desk."""
    _do("import_register", subject_id)


def make_export(subject_id: int) -> None:
    """Make a file that was asked for on the desk."""
    _do("make_export", subject_id)


def make_certificate(subject_id: int) -> None:
    """Make the document of a certified village."""
    _do("make_certificate", subject_id)


def link_rich_menu(subject_id: int) -> None:
    """Show somebody the rich menu of their role and language."""
    _do("link_rich_menu", subject_id)


def sync_rich_menus(subject_id: int) -> None:
    """Draw the rich menus that the texts have changed, and link everybody."""
    _do("sync_rich_menus", subject_id)


def _do(job: str, subject_id: int) -> None:
    try:
        runtime().work[job](subject_id)
    except BaseTimeoutException:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, its words stay here
        raise without_words(error) from None
