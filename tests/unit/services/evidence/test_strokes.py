from __future__ import annotations

import io
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.evidence.strokes import MOST_BYTES, MOST_POINTS, Unsigned, UnsignedError, draw, read_strokes

SIGNED = [[[20, 100], [120.25, 40], [200, 120]], [[60, 60], [220, 80]]]


def body(strokes: Any = SIGNED, width: Any = 320, height: Any = 240) -> bytes:
    return orjson.dumps({"width": width, "height": height, "strokes": strokes})


def test_a_signature_is_drawn_large_and_whole_with_its_proportions() -> None:
    picture = Image.open(io.BytesIO(draw(read_strokes(body()))))
    assert (picture.size, picture.format) == ((600, 240), "PNG")
    left, top, right, bottom = picture.convert("L").point(lambda grey: 255 * (grey < 128)).getbbox() or (0, 0, 0, 0)
    assert bottom - top > 200
    assert 2.2 < (right - left) / (bottom - top) < 2.7
    assert left > 0
    assert right < 600


def test_the_same_drawing_has_the_same_digest_and_another_has_not() -> None:
    assert read_strokes(body()).sha256() == read_strokes(body()).sha256()
    assert read_strokes(body()).sha256() != read_strokes(body(SIGNED[:1])).sha256()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (body([]), Unsigned.EMPTY),
        (body([[]]), Unsigned.EMPTY),
        (body([[[10, 10]]]), Unsigned.TOO_SHORT),
        (body([[[10, 10], [20, 20]]]), Unsigned.TOO_SHORT),
        (body([[[1, 1]] * (MOST_POINTS + 1)]), Unsigned.TOO_MUCH),
        (b" " * (MOST_BYTES + 1), Unsigned.TOO_MUCH),
        (b"", Unsigned.UNREADABLE),
        (b"[]", Unsigned.UNREADABLE),
        (b'{"width": 320}', Unsigned.UNREADABLE),
        (body("words"), Unsigned.UNREADABLE),
        (body([[[1, 2, 3]]]), Unsigned.UNREADABLE),
        (body([[["a", "b"]]]), Unsigned.UNREADABLE),
        (body([[[1e9, 0], [0, 0]]]), Unsigned.UNREADABLE),
        (body(width=0), Unsigned.UNREADABLE),
        (body(width=True), Unsigned.UNREADABLE),
        (body(height=1e12), Unsigned.UNREADABLE),
    ],
)
def test_what_is_no_signature_says_why(sent: bytes, why: Unsigned) -> None:
    with pytest.raises(UnsignedError) as refused:
        read_strokes(sent)
    assert refused.value.why is why


POINTS = st.lists(st.tuples(st.floats(-100, 900), st.floats(-100, 900)), max_size=12)


@given(st.lists(POINTS, max_size=6))
def test_whatever_is_scribbled_is_drawn_or_refused(lines: list[list[tuple[float, float]]]) -> None:
    try:
        strokes = read_strokes(body(lines))
    except UnsignedError:
        return
    assert Image.open(io.BytesIO(draw(strokes))).size == (600, 240)
