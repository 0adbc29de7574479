"""Which addresses are called for people who gave us one: never a machine of our own network."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from typing import Any

import pytest

from adapters import webhooks
from adapters.webhooks import PrivateAddressError, WebhookHttp, is_public

PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - not bound to
    "224.0.0.1",
    "240.0.0.1",
    "::1",
    "::",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "ff02::1",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_no_machine_of_a_private_network_is_called(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_open_internet_is(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_name_that_leads_to_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_given: Any, **_more: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(PrivateAddressError):
        WebhookHttp().post("https://example.org/x", b"{}", {})
    with pytest.raises(ValueError, match="example"):
        WebhookHttp().check("https://example.org/x")


def test_a_name_that_takes_too_long_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def never(*_given: Any, **_more: Any) -> list[Any]:
        over.wait(200)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(webhooks, "_RESOLVING", 0.05)
    begun = time.monotonic()
    with pytest.raises(ValueError, match="slow"):
        WebhookHttp().check("https://slow.example.org/x")
    with pytest.raises(TimeoutError):
        WebhookHttp().post("https://slow.example.org/x", b"{}", {})
    assert time.monotonic() - begun < 60, "long before there is an answer"
    over.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/",
        "https://user:secret@93.184.216.34/",
        "https://93.184.216.34/#x",
        "https:///x",
        "ftp://93.184.216.34/",
        "https://93.184.216.34:99999/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "nothing",
        f"https://{'x' * 64}.example.org/",
    ],
)
def test_what_is_no_address_of_the_open_web_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several kinds of it
        WebhookHttp().check(url)


def test_a_public_one_is_taken() -> None:
    WebhookHttp().check("https://93.184.216.34:8443/hook?x=1")


def test_plain_http_is_not_called_even_if_it_was_subscribed_once() -> None:
    with pytest.raises(PrivateAddressError):
        WebhookHttp().post("http://93.184.216.34/", b"{}", {})
