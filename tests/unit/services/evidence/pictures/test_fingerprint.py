from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.evidence.pictures.fingerprint import bands, distance, fingerprint, is_flat
from services.evidence.pictures.look_alikes import MOST_DIFFERENT
from tests.support import pictures

MARKS = st.integers(0, 2**64 - 1).map(lambda bits: f"{bits:016x}")


def test_the_same_scene_looks_the_same_at_another_size_and_compression() -> None:
    for seed in range(20):
        first = fingerprint(pictures.scene(seed))
        again = Image.open(io.BytesIO(pictures.jpeg(seed, quality=40))).resize((400, 300))
        assert distance(first, fingerprint(again)) <= MOST_DIFFERENT


def test_other_scenes_look_different() -> None:
    marks = [fingerprint(pictures.scene(seed)) for seed in range(20)]
    assert min(distance(a, b) for a in marks for b in marks if a is not b) > MOST_DIFFERENT


@given(MARKS, st.sets(st.integers(0, 63), max_size=3))
def test_two_fingerprints_three_bits_apart_share_a_band(mark: str, flipped: set[int]) -> None:
    other = f"{int(mark, 16) ^ sum(1 << bit for bit in flipped):016x}"
    assert distance(mark, other) == len(flipped)
    assert any(here == there for here, there in zip(bands(mark), bands(other), strict=True))


def test_a_photo_of_the_dark_says_nothing() -> None:
    assert is_flat(fingerprint(Image.new("RGB", (200, 100), "black")))
    assert not is_flat(fingerprint(pictures.scene()))
