"""How a photo looks, in 64 bits: photos of the same thing differ in few of them, whatever their size or compression.

The difference hash: the picture as nine by eight grey squares, a bit for each that is darker than its right neighbour.
It says "look at these two side by side" and nothing more; a person decides (mission.md: never match by machine).
"""

from __future__ import annotations

from PIL import Image

BITS = 64
BANDS = 4
"""Parts of 16 bits that are looked up: two fingerprints at most three bits apart share one of them for certain."""
_DIGITS_A_BAND = BITS // 4 // BANDS


def fingerprint(image: Image.Image) -> str:
    """16 hexadecimal digits."""
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    squares = grey.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            here = row * 9 + column
            bits = bits << 1 | (squares[here] < squares[here + 1])
    return f"{bits:016x}"


def distance(first: str, second: str) -> int:
    """How many of the 64 bits differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


def bands(mark: str) -> tuple[int, ...]:
    """The parts of a fingerprint that are looked up, each below 65,536."""
    return tuple(int(mark[at : at + _DIGITS_A_BAND], 16) for at in range(0, len(mark), _DIGITS_A_BAND))


def is_flat(mark: str) -> bool:
    """Next to nothing in it, such as a photo of the dark: it looks like every other such photo."""
    return int(mark, 16).bit_count() <= _FLAT


_FLAT = 3
