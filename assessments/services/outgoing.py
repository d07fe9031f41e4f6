"""Calls an address that somebody named, and no machine that it should not reach.

The standard library's `http.client` does it: it follows no redirect, reads no proxy setting, and lets the connection be
made here, so that what was resolved and looked at is what is connected to; the name stays in `Host`, in SNI and in the
check of the certificate.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

RESOLVE_SECONDS, CONNECT_SECONDS, READ_SECONDS = 5.0, 5.0, 8.0
TOTAL_SECONDS = 12.0
"""From the first connection on. With resolving less than after which a machine counts as silent (models/queued.py)."""
_GLOBAL_IPV6 = ip_network("2000::/3")
_OTHERWISE_CLOSED = (
    ip_network("192.0.0.0/24"),  # for protocols; one of them is where Oracle's machines ask about themselves
    ip_network("192.88.99.0/24"),  # the former relays of 6to4
    ip_network("168.63.129.16/32"),  # where Azure's machines ask about themselves, though it is a public address
    ip_network("2001::/23"),  # for protocols, such as Teredo: an IPv4 address in IPv6
    ip_network("2002::/16"),  # 6to4: the same
    ip_network("3fff::/20"),  # for examples
)
"""What `is_global` lets through in some release. What NAT64 translates to IPv4, and mapped addresses, lie outside of
2000::/3."""


class NotCalled(Exception):
    """There was no answer. `code` says why: `plain`, `address`, `certificate`, `connection`, `time`.

    A name that leads nowhere and one that leads to a closed address are told alike: nobody finds names by asking.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def may_be_called(address: str) -> bool:
    """Whether an address is a public one, or in a network that the site allows.

    >>> [may_be_called(one) for one in ("93.184.216.34", "2606:2800:220:1::1")]
    [True, True]
    >>> any(may_be_called(one) for one in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:93.184.216.34"))
    False
    """
    found = ip_address(address.partition("%")[0])
    return any(found in network for network in settings.WEBHOOK_NETWORKS) or _is_public(found)


def is_closed_literal(host: str) -> bool:
    """Whether a host is no name but an address that may not be called."""
    try:
        return not may_be_called(host)
    except ValueError:
        return False


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if not address.is_global or address.is_multicast or any(address in one for one in _OTHERWISE_CLOSED):
        return False
    return address.version == 4 or address in _GLOBAL_IPV6


def post(url: str, body: bytes, headers: Mapping[str, str], *, about_to: Callable[[], None]) -> int:
    """Sends it and gives the status of the answer, of which nothing more is read. Raises NotCalled.

    `about_to` is called once the name is resolved, and may raise.
    """
    parts = urlsplit(iri_to_uri(url))
    if parts.scheme != "https" and not settings.WEBHOOK_HTTP:
        raise NotCalled("plain")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _ToWhatWasResolved(parts.hostname or "", port, is_https=parts.scheme == "https")
    try:
        connection.resolve()
        about_to()
        with _ending_in_time(connection):
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("POST", path, body=body, headers=dict(headers))
            status = connection.getresponse().status
        if connection.was_cut:  # amid the head of the answer, which counts as its end
            raise TimeoutError
        return status
    except ssl.SSLCertVerificationError:
        raise NotCalled("certificate") from None
    except TimeoutError:
        raise NotCalled("time") from None
    except (OSError, HTTPException, ValueError):  # ValueError: what was cut off while TLS was read
        raise NotCalled("time" if connection.was_cut else "connection") from None
    finally:
        connection.close()


class _ToWhatWasResolved(HTTPConnection):
    """Resolves a name once, and connects to nothing else."""

    def __init__(self, host: str, port: int, *, is_https: bool):
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.default_port = 443 if is_https else 80
        self.is_https = is_https
        self.was_cut = False
        self._resolved: list[tuple[Any, ...]] = []

    def resolve(self) -> None:
        """Raises NotCalled where any address of the name may not be called, or there is none in time."""
        asking = threading.Thread(target=self._ask, name="resolving", daemon=True)
        asking.start()
        asking.join(RESOLVE_SECONDS)
        if not self._resolved or not all(may_be_called(str(address[0])) for *_, address in self._resolved):
            raise NotCalled("address")

    def _ask(self) -> None:
        """Takes as long as the resolver likes: nothing ends it."""
        with suppress(OSError, UnicodeError):
            self._resolved = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)

    def connect(self) -> None:
        self.sock = self._open()
        if self.is_https:
            self.sock = _tls().wrap_socket(self.sock, server_hostname=self.host)
        if self.was_cut:
            raise TimeoutError
        self.sock.settimeout(READ_SECONDS)

    def _open(self) -> socket.socket:
        """The first of the addresses that takes a connection."""
        told: OSError = ConnectionError("no address")
        for family, kind, protocol, _, address in self._resolved:
            opened = socket.socket(family, kind, protocol)
            self.sock = opened
            try:
                opened.settimeout(CONNECT_SECONDS)
                opened.connect(address)
                return opened
            except OSError as error:
                opened.close()
                told = error
            if self.was_cut:
                break
        raise told

    def cut(self) -> None:
        """Ends whatever it waits for, from another thread."""
        self.was_cut = True
        if self.sock is not None:
            with suppress(OSError):  # it is not connected yet, or over already
                self.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _ending_in_time(connection: _ToWhatWasResolved) -> Iterator[None]:
    """Each step has a time-out of its own; this holds where many steps take nearly that long."""
    timer = threading.Timer(TOTAL_SECONDS, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
