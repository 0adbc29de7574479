"""ODK XPath: extract-signed(), the text of a message signed with Ed25519 (RFC 8032).

Only signatures are checked here, with public numbers; nothing secret passes through, so plain integers will do.
"""

from __future__ import annotations

import base64
import hashlib

from bot.forms.xpath.data import Value, to_text
from bot.forms.xpath.frame import Frame
from bot.forms.xpath.function import Function, eager, table

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_KEY, _SIGNATURE = 32, 64
_WORK = 20_000
"""What one check counts for against the cap on work: some milliseconds."""

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z."""


def extract_signed(frame: Frame, contents: Value, public_key: Value) -> str:
    """The message, when the signature before it is right for the key; '' otherwise. Both are Base64."""
    frame.env.charge(_WORK)
    try:
        signed = base64.b64decode(to_text(contents, frame.env))
        key = base64.b64decode(to_text(public_key, frame.env))
        signature, message = signed[:_SIGNATURE], signed[_SIGNATURE:]
        return message.decode() if is_signed(key, message, signature) else ""
    except ValueError:
        return ""


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032, 5.1.7."""
    if len(key) != _KEY or len(signature) != _SIGNATURE:
        return False
    owner, point = _read(key), _read(signature[:_KEY])
    scalar = int.from_bytes(signature[_KEY:], "little")
    if owner is None or point is None or scalar >= _ORDER:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:_KEY] + key + message).digest(), "little") % _ORDER
    return _same(_times(scalar, _base()), _add(point, _times(digest, owner)))


def _base() -> Point:
    y = 4 * pow(5, _P - 2, _P) % _P
    x = _x_of(y, 0) or 0
    return x, y, 1, x * y % _P


def _read(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = None if y >= _P else _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P != 0:
        x = x * _ROOT % _P
    if (x * x - square) % _P != 0 or (x == 0 and sign):
        return None
    return _P - x if x & 1 != sign else x


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % _P == 0 and (one[1] * other[2] - other[1] * one[2]) % _P == 0


SIGNED_FUNCTIONS: dict[str, Function] = table([eager("extract-signed", 2, 2, extract_signed)])
