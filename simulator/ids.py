"""Identifiers shaped like LINE's, so that a bot's parsing and column widths are tried on the real thing."""

from __future__ import annotations

import secrets
import time
import uuid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def user_id() -> str:
    """A user id: U and 32 hexadecimal digits."""
    return "U" + secrets.token_hex(16)


def group_id(*, room: bool = False) -> str:
    """A group id, C and 32 hexadecimal digits; a room's begins with R."""
    return ("R" if room else "C") + secrets.token_hex(16)


def ulid() -> str:
    """A ULID, the form of webhookEventId: 48 bits of milliseconds, 80 of chance, 26 letters."""
    number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def message_id(seq: int) -> str:
    """A message id of 18 digits; `seq` makes it unique, the clock makes it look like LINE's."""
    return f"{int(time.time() * 1000):013d}{seq % 100_000:05d}"


def token() -> str:
    """A reply or quote token."""
    return secrets.token_hex(16)


def image_set_id() -> str:
    """The id that the photos of one album share."""
    return secrets.token_hex(20).upper()


def request_id() -> str:
    """A value of x-line-request-id."""
    return str(uuid.uuid4())
