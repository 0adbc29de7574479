"""Calls to addresses that people gave us: only to the open internet, whatever a name resolves to.

The name is resolved here, every address that it has must be a public one, and the connection is made to that very
address: between looking and calling nobody can point the name at a machine of ours.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import urllib3

_TIMEOUT: Final = urllib3.Timeout(connect=3, read=8, total=10)
_RESOLVING: Final = 3.0
"""Seconds that a name may take to be resolved."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddressError(OSError):
    """The name leads to a machine that is not on the open internet."""


@dataclass(frozen=True)
class WebhookHttp:
    """`services.ports.WebhookGateway`. `local`: of a demonstration, which may call plain HTTP on its own machine."""

    local: bool = False

    def check(self, url: str) -> None:
        """Raises ValueError for what we never call, and for a name that leads nowhere or to a private machine."""
        parts = urlsplit(url)
        port = parts.port  # raises ValueError
        wanted = {"https", "http"} if self.local else {"https"}
        plain = parts.username is None and parts.password is None and not parts.fragment and url.isascii()
        if parts.scheme not in wanted or not parts.hostname or not plain or port == 0:
            raise ValueError(url)
        try:
            self._addresses(parts)
        except OSError as error:
            raise ValueError(url) from error

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer, whose body is not read; no redirect is followed. Raises OSError."""
        parts = urlsplit(url)
        if not self.local and parts.scheme != "https":
            raise PrivateAddressError(parts.hostname)
        address = self._addresses(parts)[0]
        pool = self._pool(parts, str(address))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            answer = pool.request(
                "POST",
                target,
                body=body,
                headers={**headers, "Host": parts.netloc, "User-Agent": "tidtam"},
                redirect=False,
                preload_content=False,
            )
            answer.close()
        except urllib3.exceptions.HTTPError as error:
            raise ConnectionError(type(error).__name__) from error
        finally:
            pool.close()
        return answer.status

    def _pool(self, parts: SplitResult, address: str) -> urllib3.HTTPConnectionPool:
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, parts.port or 80, timeout=_TIMEOUT, retries=False)
        # the certificate is that of the name, wherever it leads
        return urllib3.HTTPSConnectionPool(
            address,
            parts.port or 443,
            timeout=_TIMEOUT,
            retries=False,
            cert_reqs="CERT_REQUIRED",
            server_hostname=parts.hostname,
            assert_hostname=parts.hostname,
        )

    def _addresses(self, parts: SplitResult) -> list[Address]:
        """What the name resolves to. Raises PrivateAddressError when any of it is not public, OSError for no answer."""
        found = _resolved(str(parts.hostname), parts.port or 443)
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
        if not self.local and not all(is_public(each) for each in addresses):
            raise PrivateAddressError(parts.hostname)
        return addresses


def _resolved(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError, TimeoutError among them: the system would wait for half a minute."""
    answer: queue.SimpleQueue[list[str] | OSError | ValueError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put([str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, ValueError) as error:
            answer.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=_RESOLVING)
    except queue.Empty:
        raise TimeoutError(host) from None
    if isinstance(found, ValueError):  # a label of more than 63 letters
        raise OSError(host) from found
    if isinstance(found, OSError):
        raise found
    return found


def is_public(address: Address) -> bool:
    """Whether it is somebody's on the open internet; the older address inside a newer one is looked at too."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if inside is None and address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None or (inside is not None and not is_public(inside)):
            return False
        if inside is not None:
            return True
        if address.is_site_local:  # fec0::/10, which the library takes for global
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
