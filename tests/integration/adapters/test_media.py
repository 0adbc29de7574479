from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.media import ObjectMedia
from tests.support.ports import free_port

PHOTO = [b"\xff\xd8" + bytes(70_000), b"the end"]


def test_bytes_come_back_as_they_went_in_and_the_size_is_told(media_url: str) -> None:
    media = ObjectMedia(media_url)
    assert media.put("photo/1", PHOTO) == 70_009
    assert b"".join(media.get("photo/1")) == b"".join(PHOTO)


def test_putting_again_replaces(media_url: str) -> None:
    media = ObjectMedia(media_url)
    media.put("photo/1", PHOTO)
    media.put("photo/1", [b"new"])
    assert b"".join(media.get("photo/1")) == b"new"


def test_what_was_never_stored_is_a_key_error(media_url: str) -> None:
    with pytest.raises(KeyError):
        ObjectMedia(media_url).get("photo/none")


def test_removing_twice_is_fine_and_leaves_nothing(media_url: str) -> None:
    media = ObjectMedia(media_url)
    media.put("photo/1", PHOTO)
    media.delete("photo/1")
    media.delete("photo/1")
    with pytest.raises(KeyError):
        media.get("photo/1")


def test_an_upload_that_breaks_off_leaves_nothing_behind(media_url: str) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError("LINE broke off")

    media = ObjectMedia(media_url)
    with pytest.raises(OSError, match="broke off"):
        media.put("photo/1", broken())
    with pytest.raises(KeyError):
        media.get("photo/1")


def test_a_healthy_store_passes_its_check(media_url: str) -> None:
    ObjectMedia(media_url).check()


FORK = """
import os, sys
from adapters.media import ObjectMedia
media = ObjectMedia(sys.argv[1])
child = os.fork()
if child == 0:
    media.put("photo/1", [b"from the child"])
    os._exit(0)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_store_that_only_the_child_of_a_fork_uses_works(folder_url: str) -> None:
    # a process of its own: here obstore has been used already, after which a forked child hangs
    subprocess.run([sys.executable, "-c", FORK, folder_url], check=True, timeout=120)
    assert b"".join(ObjectMedia(folder_url).get("photo/1")) == b"from the child"


def test_a_bucket_that_nobody_serves_is_an_os_error_soon(s3_url: str) -> None:
    media = ObjectMedia(f"s3://photos?endpoint=http://127.0.0.1:{free_port()}&region=us-east-1")
    with pytest.raises(OSError, match="could not be stored"):
        media.check()
    with pytest.raises(OSError, match="could not be read"):
        media.get("photo/1")
    with pytest.raises(OSError, match="could not be removed"):
        media.delete("photo/1")


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="directory"):
        ObjectMedia(f"file://{tmp_path}/file/media").check()


def test_another_kind_of_url_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="MEDIA_URL"):
        ObjectMedia("ftp://somewhere")
