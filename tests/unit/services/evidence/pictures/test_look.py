from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.evidence.pictures.look import LONGEST_SIDE, THUMBNAIL_SIDE, Refusal, RefusedError, look
from tests.support import pictures


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photo_gives_two_copies_without_a_word_of_where_and_with_what_it_was_taken() -> None:
    sent = pictures.jpeg(exif=pictures.with_place())
    assert b"Telephone of somebody" in sent
    picture = look(io.BytesIO(sent))
    for copy in (picture.shown, picture.thumbnail):
        assert b"Telephone" not in copy
        assert dict(opened(copy).getexif()) == {}
        assert opened(copy).format == "JPEG"
    assert (picture.width, picture.height) == (640, 480)


def test_a_large_photo_is_shown_smaller_and_a_small_one_as_it_is() -> None:
    large, small = look(io.BytesIO(pictures.jpeg(size=(4000, 3000)))), look(io.BytesIO(pictures.jpeg(size=(300, 200))))
    width, height = opened(large.shown).size
    assert LONGEST_SIDE // 2 < width <= LONGEST_SIDE
    assert height == width * 3 // 4
    assert max(opened(large.thumbnail).size) == THUMBNAIL_SIDE
    assert (large.width, large.height) == (4000, 3000)
    assert opened(small.shown).size == (300, 200)


def test_a_photo_taken_on_its_side_is_shown_upright() -> None:
    picture = look(io.BytesIO(pictures.jpeg(exif=pictures.with_place(orientation=6))))
    assert opened(picture.shown).size == (480, 640)
    assert (picture.width, picture.height) == (480, 640)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_pictures_of_every_colour_mode_are_photos(mode: str) -> None:
    assert opened(look(io.BytesIO(pictures.png(mode=mode))).shown).mode == "RGB"


def test_what_stands_behind_a_photo_is_not_in_what_is_shown() -> None:
    polyglot = pictures.jpeg() + b"<script>alert(1)</script>PK\x03\x04"
    assert b"<script>" not in look(io.BytesIO(polyglot)).shown


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (pictures.PDF, Refusal.DOCUMENT),
        (b"PK\x03\x04" + bytes(100), Refusal.DOCUMENT),
        (pictures.HEIC, Refusal.HEIC),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(100), Refusal.NOT_A_PICTURE),
        (pictures.animation(), Refusal.ANIMATION),
        (pictures.bomb(), Refusal.TOO_MANY_PIXELS),
        (pictures.bomb(12_000, 8_000), Refusal.TOO_MANY_PIXELS),
        (pictures.jpeg()[:-2000], Refusal.BROKEN),
        (pictures.png()[:-500], Refusal.BROKEN),
        (b"<html><body>no picture</body></html>", Refusal.NOT_A_PICTURE),
        (b"", Refusal.NOT_A_PICTURE),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(content: bytes, refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        look(io.BytesIO(content))
    assert refused.value.refusal is refusal


@given(st.binary(max_size=300), st.integers(0, 4000))
def test_no_bytes_whatever_do_more_than_be_refused(noise: bytes, at: int) -> None:
    whole = pictures.jpeg(size=(64, 48))
    for content in (noise, b"\x89PNG\r\n\x1a\n" + noise, whole[: at % len(whole)] + noise):
        try:
            picture = look(io.BytesIO(content))
        except RefusedError:
            continue
        assert opened(picture.shown).format == "JPEG"
