"""Photos of a megabyte from a telephone to the media store, through the running product: none is lost, and how fast.

    python -m benchmarks.photos [--photos 1000] [--s3]

Prints the rate; ends with 1 when a photo is missing. `--s3` stores in a real S3 API (moto's server on this machine) in
place of a folder.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select

from adapters.media import ObjectMedia
from models.media import Media, MediaState
from tests.support.databases import SqliteTemplate
from tests.support.people import BOONMEE
from tests.support.pictures import scene
from tests.support.processes import wait_until
from tests.support.s3 import S3Server
from tests.support.stage import Stage, running_stage

AN_ALBUM = 10
SCENES = 10
"""Different ones; more would only take longer to draw."""
MEGABYTE = 1_000_000
SECONDS_A_PHOTO = 3.0
"""Longer than any photo may take, so that a run ends."""


def photo(seed: int) -> bytes:
    """A JPEG of about a megabyte, twelve million pixels, as a telephone takes it; each seed looks different."""
    grain = Image.effect_noise((4000, 3000), 28).convert("RGB")
    picture = Image.blend(scene(seed, (4000, 3000)), grain, 0.12)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=84)
    return buffer.getvalue()


def numbered(content: bytes, number: int) -> bytes:
    """The same picture with other bytes: a comment at its beginning makes it another file."""
    note = f"photo {number}".encode()
    return content[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + content[2:]


@contextmanager
def _media_url(folder: Path, *, s3: bool) -> Iterator[str]:
    if not s3:
        yield f"file://{folder}/media"
        return
    server = S3Server()
    try:
        yield server.new_store()
    finally:
        server.close()


def _send(stage: Stage, scenes: Sequence[bytes], count: int) -> None:
    for start in range(0, count, AN_ALBUM):
        numbers = range(start, min(start + AN_ALBUM, count))
        album = [numbered(scenes[number % len(scenes)], number) for number in numbers]
        stage.simulator.photo(BOONMEE, *album)


def _stored(stage: Stage) -> int:
    with stage.sessions() as session:
        found = session.scalar(select(func.count()).where(Media.state == MediaState.STORED.value))
    return int(found or 0)


def _missing(stage: Stage, media_url: str) -> int:
    """Photos whose copies cannot be read from the store."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    store = ObjectMedia(media_url)
    with stage.sessions() as session:
        keys = [key for row in session.scalars(select(Media)) for key in (row.storage_key, row.thumbnail_key)]
    missing = 0
    for key in keys:
        try:
            missing += not next(iter(store.get(key)), b"").startswith(b"\xff\xd8")
        except (KeyError, OSError):
            missing += 1
    return missing


def run(count: int, *, s3: bool) -> bool:
    """Whether every photo arrived."""
    scenes = [photo(seed) for seed in range(1, SCENES + 1)]
    size = sum(map(len, scenes)) / SCENES / MEGABYTE
    with tempfile.TemporaryDirectory(prefix="tidtam-") as place:
        folder = Path(place)
        with (
            _media_url(folder, s3=s3) as url,
            running_stage(
                folder,
                SqliteTemplate(folder).copy(folder),
                media_url=url,
                AWS_ACCESS_KEY_ID="test",
                AWS_SECRET_ACCESS_KEY="test",  # noqa: S106 - of a store that ends with this run
            ) as stage,
        ):
            start = time.monotonic()
            _send(stage, scenes, count)
            sent = time.monotonic() - start
            wait_until(lambda: _stored(stage) >= count, seconds=60 + count * SECONDS_A_PHOTO, what="all photos")
            took, missing = time.monotonic() - start, _missing(stage, url)
    where = "S3" if s3 else "a folder"
    sys.stdout.write(
        f"{count} photos of {size:.1f} MB into {where}: sent in {sent:.0f} s, all stored after "
        f"{took:.0f} s, {count / took:.1f} a second, {missing} missing\n"
    )
    return missing == 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--s3", action="store_true")
    given = parser.parse_args(arguments)
    return 0 if run(given.photos, s3=given.s3) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
