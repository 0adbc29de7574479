"""Bytes of photos by key, on a folder or in an S3 bucket, through one library for both (obstore)."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

# Only imported before a fork, never used: once any store was used in the parent, a child waits for ever for worker
# threads that it did not inherit. Hence the lazy `_opened`.
import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

_CLIENT: ClientConfig = {"connect_timeout": timedelta(seconds=2), "timeout": timedelta(seconds=20)}
_RETRY: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}


class ObjectMedia:
    """`services.ports.MediaStore` on `file:///folder` or `s3://bucket/prefix?endpoint=http://host:9000&region=...`.

    S3 credentials come from the usual AWS variables. Every method raises OSError when the store cannot be reached.
    """

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in {"file", "s3"}:
            raise ValueError("MEDIA_URL must begin with file:// or s3://")
        self._url = url
        self._store: LocalStore | S3Store | None = None
        self._lock = threading.Lock()

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        size = 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                size += len(chunk)
                yield chunk

        try:
            obstore.put(self._opened(), key, counted())
        except BaseError as error:
            raise OSError(f"media {key} could not be stored") from error
        return size

    def get(self, key: str) -> Iterator[bytes]:
        try:
            found = obstore.get(self._opened(), key)
        except (NotFoundError, FileNotFoundError):
            raise KeyError(key) from None
        except BaseError as error:
            raise OSError(f"media {key} could not be read") from error
        return _read(key, found.stream())

    def delete(self, key: str) -> None:
        try:
            obstore.delete(self._opened(), key)
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError as error:
            raise OSError(f"media {key} could not be removed") from error

    def check(self) -> None:
        """Write and remove a small object. Raises OSError when that cannot be done."""
        key = f"check/{uuid.uuid4().hex}"
        self.put(key, [b"ok"])
        self.delete(key)

    def _opened(self) -> LocalStore | S3Store:
        with self._lock:
            if self._store is None:
                self._store = _open(self._url)
            return self._store


def _read(key: str, stream: Iterable[Any]) -> Iterator[bytes]:
    try:
        for chunk in stream:
            yield bytes(chunk)
    except BaseError as error:
        raise OSError(f"media {key} broke off") from error


def _open(url: str) -> LocalStore | S3Store:
    parts = urlsplit(url)
    try:
        if parts.scheme == "file":
            return LocalStore(prefix=unquote(parts.path), mkdir=True)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        config: S3Config = {}
        client = _CLIENT.copy()
        if "endpoint" in options:
            config["endpoint"] = options["endpoint"]
            client["allow_http"] = options["endpoint"].startswith("http://")
        if "region" in options:
            config["region"] = options["region"]
        prefix = parts.path.strip("/") or None
        return S3Store(parts.netloc, prefix=prefix, config=config, client_options=client, retry_config=_RETRY)
    except BaseError as error:
        raise OSError("the media store cannot be opened") from error
